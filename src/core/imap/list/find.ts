/**
 * Which names LIST and LSUB tell. Names that are subscribed need not exist (RFC 3501 6.3.6); RECURSIVEMATCH also tells of
 * names above those that were selected (RFC 5258 3.1).
 */
import type { ImapAccount, MailboxInfo } from '../backend.ts'
import type { ListOptions } from './options.ts'
import type { Pattern } from './pattern.ts'

export interface Found {
  name: string
  /** Null: nothing is there. */
  info: MailboxInfo | null
  subscribed: boolean
  /** Selection options that something below it fits. */
  childInfo: readonly string[]
}

export function found(account: ImapAccount, patterns: readonly Pattern[], select: ListOptions['select']): Found[] {
  const infos = new Map<string, MailboxInfo>()
  for (const info of account.mailboxes()) if (select.remote || !info.remote) infos.set(info.name, info)
  const subscriptions = new Set(account.subscriptions())
  const matches = (name: string) => patterns.some((pattern) => pattern.matches(name))
  const isSelected = (name: string) =>
    (!select.subscribed || subscriptions.has(name)) &&
    (!select.specialUse || (infos.get(name)?.specialUse.length ?? 0) > 0)
  const names = new Set(infos.keys())
  if (select.subscribed)
    for (const name of subscriptions)
      if (!infos.has(name) && !isElsewhere(account, name, select.remote)) names.add(name)
  const above = select.recursive ? namesAbove([...names].filter(isSelected), matches) : new Map<string, boolean>()
  if (select.recursive) for (const name of above.keys()) names.add(name)
  const options = [...(select.subscribed ? ['SUBSCRIBED'] : []), ...(select.specialUse ? ['SPECIAL-USE'] : [])]
  const all: Found[] = []
  for (const name of names.size === infos.size ? names : [...names].sort(byName)) {
    if (!matches(name)) continue
    const selected = isSelected(name)
    // RFC 5258 3.5: not where the client finds what is below in the same answer.
    const childInfo = selected ? above.has(name) : above.get(name) === true
    if (!selected && !childInfo) continue
    all.push({
      name,
      info: infos.get(name) ?? null,
      subscribed: subscriptions.has(name),
      childInfo: childInfo ? options : [],
    })
  }
  return all
}

/** A subscribed name of another server is left out where only those of this one are asked for. */
const isElsewhere = (account: ImapAccount, name: string, remote: boolean): boolean =>
  !remote && account.mailboxes().some((info) => info.name === name && info.remote)

/** The names above these; true where one of those below is not in the answer itself. */
function namesAbove(selected: readonly string[], matches: (name: string) => boolean): Map<string, boolean> {
  const above = new Map<string, boolean>()
  for (const name of selected) {
    const untold = !matches(name)
    for (const parent of parentsOf(name)) above.set(parent, untold || above.get(parent) === true)
  }
  return above
}

/** RFC 3501 6.3.9: a `%` also tells of the names above those that are subscribed. */
export function lsubNames(account: ImapAccount, pattern: Pattern, remote: boolean): { name: string; above: boolean }[] {
  const elsewhere = new Set(remote ? [] : account.mailboxes().flatMap((info) => (info.remote ? [info.name] : [])))
  const names = new Map<string, boolean>()
  for (const name of account.subscriptions()) {
    if (elsewhere.has(name)) continue
    if (pattern.matches(name)) names.set(name, false)
    else if (pattern.staysOnLevel)
      for (const parent of parentsOf(name)) if (!names.has(parent) && pattern.matches(parent)) names.set(parent, true)
  }
  return [...names.keys()].sort(byName).map((name) => ({ name, above: names.get(name)! }))
}

function parentsOf(name: string): string[] {
  const parents: string[] = []
  for (let at = name.lastIndexOf('/'); at > 0; at = name.lastIndexOf('/', at - 1)) parents.push(name.slice(0, at))
  return parents
}

/** INBOX first, and children before the next of their parent's level: no name holds a control character. */
function byName(one: string, other: string): number {
  const [a, b] = [rank(one), rank(other)]
  return a < b ? -1 : a > b ? 1 : 0
}

const rank = (name: string) => name.replaceAll('/', '\u0001').replace(/^INBOX(?=\u0001|$)/, '\u0000')
