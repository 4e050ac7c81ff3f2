/**
 * Messages of the open folder that are picked to do something with all of them at once. As long as none is, what is done is
 * done with the one that is read.
 */
export interface Picks {
  uids: ReadonlySet<number>
  /** Where a row of them begins that is picked from one to another. */
  from: number | null
}

export const NONE: Picks = { uids: new Set(), from: null }

export const all = (list: readonly number[]): Picks => ({ uids: new Set(list), from: null })

/** Takes one in or out. The one that is read is the first of several. */
export function toggled({ uids }: Picks, uid: number, read: number | null): Picks {
  const first = uids.size === 0 && read !== null && read !== uid ? [read] : [...uids]
  const others = first.filter((other) => other !== uid)
  return { uids: new Set(first.includes(uid) ? others : [...others, uid]), from: uid }
}

/** All from where one was picked before, or else from the one that is read, to this one. */
export function upTo(picks: Picks, uid: number, list: readonly number[], read: number | null): Picks {
  const from = picks.from ?? read ?? uid
  const [first = 0, last = 0] = [Math.max(0, list.indexOf(from)), list.indexOf(uid)].sort((a, b) => a - b)
  return { uids: new Set(list.slice(first, last + 1)), from }
}
