/**
 * Who may do what with a mailbox (RFC 4314). The rights `c` and `d` of RFC 2086 stand for those that they became: `c` for `k`
 * and `x`, `d` for `e` and `t` (RFC 4314 2.1.1).
 */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import { refused } from '../backend.ts'
import type { Reader } from '../wire/reader.ts'
import { astring, mailboxName } from '../wire/writer.ts'
import { doneOr, refusal } from './refusal.ts'
import type { Handler, Turn } from './turn.ts'

/** RFC 4314 3.3. */
export const getAcl: Handler<'GETACL'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  const entries = turn.account.acl(name)
  if (refused(entries)) return refusal(turn, entries)
  const list = entries.map(({ identifier, rights }) => `${word(turn, identifier)} ${rightsText(rights)}`)
  turn.untagged(['ACL', mailboxName(name, turn.utf8), ...list].join(' '))
  return { outcome: 'ok' }
}

/** RFC 4314 3.1. */
export const setAcl: Handler<'SETACL'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.sp()
  const identifier = readIdentifier(reader)
  reader.sp()
  const rights = reader.astring('rights')
  reader.end()
  const foreign = /[^lrswipkxteacd]/.exec(rights.replace(/^[+-]/, ''))?.[0]
  // RFC 4314 3.1: a right that is not known is an error of the client's.
  if (foreign !== undefined) reader.fail(`there is no right ${foreign}`)
  return doneOr(turn, turn.account.setAcl(name, identifier, rights))
}

/** RFC 4314 3.2. */
export const deleteAcl: Handler<'DELETEACL'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.sp()
  const identifier = readIdentifier(reader)
  reader.end()
  return doneOr(turn, turn.account.deleteAcl(name, identifier))
}

/** RFC 4314 3.4. */
export const listRights: Handler<'LISTRIGHTS'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.sp()
  const identifier = readIdentifier(reader)
  reader.end()
  const rights = turn.account.listRights(name, identifier)
  if (refused(rights)) return refusal(turn, rights)
  const { always, optional } = rights
  // RFC 4314 2.1.1: the old letters go with those that they became.
  const groups = optional.map((right) => (right === 'k' ? 'kc' : right === 't' ? 'td' : right))
  const what = [mailboxName(name, turn.utf8), word(turn, identifier), rightsText(always), ...groups]
  turn.untagged(`LISTRIGHTS ${what.join(' ')}`)
  return { outcome: 'ok' }
}

/** RFC 4314 3.5. */
export const myRights: Handler<'MYRIGHTS'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.end()
  const rights = turn.account.myRights(name)
  if (refused(rights)) return refusal(turn, rights)
  turn.untagged(`MYRIGHTS ${mailboxName(name, turn.utf8)} ${rightsText(rights)}`)
  return { outcome: 'ok' }
}

const readIdentifier = (reader: Reader) => utf8Text(reader.astring('an identifier'))

const word = ({ utf8 }: Turn, identifier: string) => astring(utf8Octets(identifier), utf8)

/** With the old letters, for clients of RFC 2086. */
function rightsText(rights: string): Octets {
  const old = `${/[kx]/.test(rights) ? 'c' : ''}${/[et]/.test(rights) ? 'd' : ''}`
  return rights === '' ? '""' : rights + old
}
