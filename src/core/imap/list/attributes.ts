/** What LIST says of a name (RFC 3501 7.2.2, RFC 3348, RFC 5258 3.4, RFC 6154 2), and the line in which it says so. */
import type { Octets } from '../../bytes/octets.ts'
import type { MailboxInfo } from '../backend.ts'
import type { Turn } from '../server/turn.ts'
import { mailboxName } from '../wire/writer.ts'

export interface Shown {
  /** The client knows \NonExistent (RFC 5258); to others a name without a mailbox is \Noselect. */
  extended?: boolean
  children?: boolean
  subscribed?: boolean
  remote?: boolean
  specialUse?: boolean
}

/** Null is a name that is subscribed, or above one that is, and nothing else. */
export function attributes(info: MailboxInfo | null, shown: Shown, subscribed = info?.subscribed === true): Octets[] {
  const said: Octets[] = []
  if (info === null || !info.exists) said.push(shown.extended === true ? '\\NonExistent' : '\\Noselect')
  else if (!info.selectable && !info.remote) said.push('\\Noselect')
  if (shown.subscribed === true && subscribed) said.push('\\Subscribed')
  if (shown.remote === true && info?.remote === true) said.push('\\Remote')
  if (shown.children === true) said.push(info?.hasChildren === true ? '\\HasChildren' : '\\HasNoChildren')
  if (shown.specialUse === true && info) said.push(...info.specialUse)
  return said
}

/** `extra` is an extended data item (RFC 5258 6). */
export function listLine(
  { utf8 }: Pick<Turn, 'utf8'>,
  word: 'LIST' | 'LSUB',
  said: readonly Octets[],
  name: string,
  extra = '',
): Octets {
  return `${word} (${said.join(' ')}) "/" ${name === '' ? '""' : mailboxName(name, utf8)}${extra}`
}
