/**
 * The maildrop while it is open (RFC 1939 5 and 7), and QUIT, which alone removes anything (6). Message numbers are
 * those of the moment of the lock; what IMAP expunged meanwhile keeps its number and size, and only RETR and TOP find
 * nothing.
 */
import { tagOf } from '../commands.ts'
import { number, words } from '../grammar.ts'
import { type Maildrop, unmark } from '../session.ts'
import { hasEightBitHeader, topLines, wireLines } from '../wire.ts'
import { messages } from './reply.ts'
import type { Answered, Handler, Turn } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const OK = { outcome: 'ok' } as const

type Values = Readonly<Record<string, string>>
type Unfit = { outcome: 'syntax' | 'noSuch' | 'deleted'; values?: Values }

/** The message that a command may speak of, or why it may not. */
function pick(maildrop: Maildrop, word: string): number | Unfit {
  const which = number(word)
  if (which === null) return SYNTAX
  if (which < 1 || which > maildrop.uids.length)
    return { outcome: 'noSuch', values: { number: word, messages: messages(maildrop.uids.length) } }
  if (maildrop.deleted.has(which)) return { outcome: 'deleted', values: { number: String(which) } }
  return which
}

export const stat: Handler<'STAT'> = (_turn, argument) => (argument.trim() === '' ? OK : SYNTAX)

export const list: Handler<'LIST'> = (turn, argument) =>
  listing(turn, argument, 'size', ({ sizes }, which) => String(sizes[which - 1]))

export const uidl: Handler<'UIDL'> = (turn, argument) =>
  listing(turn, argument, 'id', ({ uidValidity, uids }, which) => uniqueId(uidValidity, uids[which - 1]!))

/** LIST and UIDL: a line for one message, or one for each that is not marked. */
function listing(
  { session, backend }: Turn,
  argument: string,
  what: 'size' | 'id',
  say: (maildrop: Maildrop, which: number) => string,
): Answered<'LIST' | 'UIDL'> {
  const maildrop = session.maildrop!
  const [word, ...rest] = words(argument, backend.profile.dialect)
  if (rest.length > 0) return SYNTAX
  if (word === undefined) {
    const lines: string[] = []
    for (let which = 1; which <= maildrop.uids.length; which++)
      if (!maildrop.deleted.has(which)) lines.push(`${which} ${say(maildrop, which)}`)
    return { outcome: 'all', listing: lines }
  }
  const which = pick(maildrop, word)
  if (typeof which !== 'number') return which
  return { outcome: 'one', values: { number: String(which), [what]: say(maildrop, which) } }
}

/** RFC 1939 7: the same for ever, and never again for another message: UIDVALIDITY and UID are just that (RFC 3501 2.3.1.1). */
export const uniqueId = (uidValidity: number, uid: number) => hex(uidValidity) + hex(uid)
const hex = (value: number) => value.toString(16).padStart(8, '0')

export const retr: Handler<'RETR'> = (turn, argument) => {
  const { session, backend } = turn
  const [word, ...rest] = words(argument, backend.profile.dialect)
  if (word === undefined || rest.length > 0) return SYNTAX
  const got = fetch(turn, word)
  if (!('lines' in got)) return got
  const maildrop = session.maildrop!
  maildrop.retrieved.add(got.which)
  if (got.which > maildrop.last) maildrop.last = got.which
  const values = { number: String(got.which), size: String(maildrop.sizes[got.which - 1]) }
  return { outcome: 'ok', values, message: got.lines }
}

export const top: Handler<'TOP'> = (turn, argument) => {
  const [word, count, ...rest] = words(argument, turn.backend.profile.dialect)
  const lines = count === undefined ? null : number(count)
  if (word === undefined || lines === null || rest.length > 0) return SYNTAX
  const got = fetch(turn, word)
  if (!('lines' in got)) return got
  return { outcome: 'ok', values: { number: String(got.which) }, message: topLines(got.lines, lines) }
}

function fetch(
  { session, backend }: Turn,
  word: string,
): { which: number; lines: string } | Unfit | { outcome: 'gone' | 'needsUtf8'; values: Values } {
  const maildrop = session.maildrop!
  const which = pick(maildrop, word)
  if (typeof which !== 'number') return which
  const content = backend.content(maildrop.uids[which - 1]!)
  const values = { number: String(which) }
  if (content === null) return { outcome: 'gone', values }
  const lines = wireLines(content.octets, maildrop.sizes[which - 1]!)
  // Everybody sends such a header as it is; only the strict host keeps to RFC 6856 2.1.
  if (backend.profile.dialect === 'rfc1939' && !session.utf8 && hasEightBitHeader(lines))
    return { outcome: 'needsUtf8', values }
  return { which, lines }
}

export const dele: Handler<'DELE'> = ({ session, backend }, argument) => {
  const maildrop = session.maildrop!
  const [word, ...rest] = words(argument, backend.profile.dialect)
  if (word === undefined || rest.length > 0) return SYNTAX
  const which = pick(maildrop, word)
  if (typeof which !== 'number') return which
  maildrop.deleted.add(which)
  maildrop.octets -= maildrop.sizes[which - 1]!
  return { outcome: 'ok', values: { number: String(which) } }
}

export const rset: Handler<'RSET'> = ({ session }, argument) => {
  if (argument.trim() !== '') return SYNTAX
  unmark(session.maildrop!)
  return OK
}

export const last: Handler<'LAST'> = ({ session }, argument) =>
  argument.trim() === '' ? { outcome: 'ok', values: { number: String(session.maildrop!.last) } } : SYNTAX

/**
 * RFC 1939 6: the UPDATE state. Messages that were retrieved become \Seen, as Dovecot and UW have it: whoever looks by
 * IMAP next sees what was read. Like removal, that needs a QUIT.
 */
export const quit: Handler<'QUIT'> = (turn, argument) => {
  const { session, backend } = turn
  if (argument.trim() !== '') return SYNTAX
  const { maildrop } = session
  if (maildrop === null) return { outcome: 'bye' }
  // RFC 2449 6.7: where nothing may stay on the server, what was retrieved goes.
  if (mayNotStay(turn, maildrop)) for (const which of maildrop.retrieved) maildrop.deleted.add(which)
  const uid = (which: number) => maildrop.uids[which - 1]!
  const read = [...maildrop.retrieved].filter((which) => !maildrop.deleted.has(which))
  if (read.length > 0) backend.seen(read.map(uid))
  if (maildrop.deleted.size === 0) return { outcome: 'updated' }
  const { kept } = backend.remove([...maildrop.deleted].sort((a, b) => a - b).map(uid))
  return { outcome: kept > 0 ? 'notRemoved' : 'updated' }
}

const mayNotStay = ({ backend: { profile } }: Turn, maildrop: Maildrop) =>
  (maildrop.expire ?? profile.expire) === 0 && profile.capabilities.some((told) => tagOf(told) === 'EXPIRE')
