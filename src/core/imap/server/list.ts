/**
 * LIST and its kin. A reference and a pattern are put together, as Dovecot does: LIST "a/" "%" is LIST "" "a/%". RLIST
 * and RLSUB (RFC 2193) also name what lies on other servers.
 */
import { utf8Text } from '../../bytes/utf8.ts'
import { refused, type ImapAccount } from '../backend.ts'
import { attributes, listLine, type Shown } from '../list/attributes.ts'
import { found, lsubNames } from '../list/find.ts'
import { readListOptions, type ListOptions } from '../list/options.ts'
import { Pattern } from '../list/pattern.ts'
import { holdsText } from '../search/text.ts'
import type { Reader } from '../wire/reader.ts'
import { statusLine } from './status-items.ts'
import type { Handler, Turn } from './turn.ts'

const OK = { outcome: 'ok' } as const

/** LIST (RFC 3501 6.3.8, RFC 5258 3). */
export const list: Handler<'LIST'> = (turn, reader) => {
  const options = readListOptions(turn, reader)
  const { reference, patterns, extended } = options
  // RFC 3501 6.3.8: an empty pattern asks for the delimiter, and for the root of the reference.
  if (!extended && patterns[0] === '') {
    turn.untagged(listLine(turn, 'LIST', ['\\Noselect'], rootOf(turn.account, reference)))
    return OK
  }
  const shown = extended ? extendedShown(options) : plainShown(turn)
  const made = patterns.map((pattern) => new Pattern(reference + pattern))
  for (const { name, info, subscribed, childInfo } of found(turn.account, made, options.select)) {
    const extra = childInfo.length === 0 ? '' : ` ("CHILDINFO" (${childInfo.map((word) => `"${word}"`).join(' ')}))`
    turn.untagged(listLine(turn, 'LIST', attributes(info, shown, subscribed), name, extra))
    if (options.status === null || info?.selectable !== true || info.remote) continue
    // RFC 5819 2: no STATUS for what cannot be opened.
    const status = turn.account.status(name)
    if (!refused(status)) turn.untagged(statusLine(turn, name, options.status, status))
  }
  return OK
}

const extendedShown = ({ show, select }: ListOptions): Shown => ({ ...show, extended: true, remote: select.remote })

/** RFC 3348 3, RFC 6154 2: told to all where they are offered. */
const plainShown = (turn: Turn): Shown => ({
  children: turn.offers('CHILDREN') || turn.session.enabled.has('IMAP4rev2'),
  specialUse: turn.offers('SPECIAL-USE'),
})

function rootOf(account: ImapAccount, reference: string): string {
  const { personal, others, shared } = account.namespaces()
  const prefixes = [...personal, ...others, ...shared].map(({ prefix }) => prefix)
  return prefixes.filter((prefix) => reference.startsWith(prefix)).sort((a, b) => b.length - a.length)[0] ?? ''
}

function readPattern(reader: Reader): Pattern {
  reader.sp()
  const reference = reader.mailbox()
  reader.sp()
  return new Pattern(reference + reader.listMailbox())
}

/** LSUB (RFC 3501 6.3.9). \Noselect means there: not subscribed itself, but above something that is. */
const subscribedNames = (turn: Turn, reader: Reader, remote: boolean): void => {
  const pattern = readPattern(reader)
  reader.end()
  for (const { name, above } of lsubNames(turn.account, pattern, remote))
    turn.untagged(listLine(turn, 'LSUB', above ? ['\\Noselect'] : [], name))
}

export const lsub: Handler<'LSUB'> = (turn, reader) => {
  subscribedNames(turn, reader, false)
  return OK
}

/** RFC 2193 5.2. */
export const rlsub: Handler<'RLSUB'> = (turn, reader) => {
  subscribedNames(turn, reader, true)
  return OK
}

const EVERYTHING = { subscribed: false, remote: true, recursive: false, specialUse: false }
const HERE = { ...EVERYTHING, remote: false }

/** RFC 2193 5.1. */
export const rlist: Handler<'RLIST'> = (turn, reader) => {
  const pattern = readPattern(reader)
  reader.end()
  const shown = plainShown(turn)
  for (const { name, info } of found(turn.account, [pattern], EVERYTHING))
    turn.untagged(listLine(turn, 'LIST', attributes(info, shown), name))
  return OK
}

/** SCAN, which no RFC has: UW's LIST of those mailboxes in whose messages a text stands. */
export const scan: Handler<'SCAN'> = (turn, reader) => {
  const pattern = readPattern(reader)
  reader.sp()
  const text = utf8Text(reader.astring('a text'))
  reader.end()
  const shown = plainShown(turn)
  for (const { name, info } of found(turn.account, [pattern], HERE))
    if (info?.selectable === true && mailboxHolds(turn, name, text))
      turn.untagged(listLine(turn, 'LIST', attributes(info, shown), name))
  return OK
}

function mailboxHolds({ account }: Turn, name: string, text: string): boolean {
  const mailbox = account.open(name)
  if (refused(mailbox)) return false
  const holds = mailbox.uids().some((uid) => holdsText(mailbox.message(uid)!.content, text))
  account.release(mailbox.key)
  return holds
}
