/**
 * Messages of a folder that are picked to do something with all of them at once. As long as none is, what is done is done with
 * the one that is read.
 */
export interface Picks {
  folder: string
  uids: ReadonlySet<number>
  /** Where a row of them begins that is picked from one to another. */
  from: number | null
}

export const NONE: Picks = { folder: '', uids: new Set(), from: null }

/** Those of them that are in the list, in its order. */
export const among = ({ folder, uids }: Picks, open: string, list: readonly number[]): number[] =>
  folder === open ? list.filter((uid) => uids.has(uid)) : []

export const all = (folder: string, list: readonly number[]): Picks => ({ folder, uids: new Set(list), from: null })

/** Takes one in or out. The one that is read is the first of several. */
export function toggled(picks: Picks, folder: string, uid: number, read: number | null): Picks {
  const before = folder === picks.folder ? [...picks.uids] : []
  const first = before.length === 0 && read !== null && read !== uid ? [read] : before
  const others = first.filter((other) => other !== uid)
  return { folder, uids: new Set(first.includes(uid) ? others : [...others, uid]), from: uid }
}

/** All from where one was picked before, or else from the one that is read, to this one. */
export function upTo(picks: Picks, folder: string, uid: number, list: readonly number[], read: number | null): Picks {
  const from = folder === picks.folder && picks.from !== null ? picks.from : (read ?? uid)
  const [first = 0, last = 0] = [Math.max(0, list.indexOf(from)), list.indexOf(uid)].sort((a, b) => a - b)
  return { folder, uids: new Set(list.slice(first, last + 1)), from }
}
