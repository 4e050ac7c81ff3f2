/**
 * APPEND (RFC 3501 6.3.11): one message or several (MULTIAPPEND, RFC 3502), sent whole or put together here (CATENATE,
 * RFC 4469). Several are taken together or not at all. A message keeps the octets that it was sent with, but for octets 0.
 */
import type { Octets } from '../../bytes/octets.ts'
import { withoutBinary } from '../append/binary.ts'
import { readCatenate, type NoMessage } from '../append/catenate.ts'
import { refused, type NewMessage } from '../backend.ts'
import { flagTrouble, tooManyKeywords } from '../flags.ts'
import { readDateTime } from '../wire/date-time.ts'
import { withoutNul } from '../wire/envelope.ts'
import { Reader } from '../wire/reader.ts'
import { writeSet } from '../wire/sequence-set.ts'
import { refusal } from './refusal.ts'
import type { Answered, Handler, Turn } from './turn.ts'

/** Flags are words that a mailbox keeps for good. */
const NO_KEYWORDS: readonly string[] = []

export const append: Handler<'APPEND'> = (turn, reader) => {
  const { account, backend } = turn
  const limit = backend.profile.limits.append
  reader.sp()
  const name = reader.mailbox()
  const messages: NewMessage[] = []
  do {
    reader.sp()
    const message = readMessage(turn, reader)
    if ('badUrl' in message) return { outcome: 'badUrl', values: { url: message.badUrl } }
    if ('tooBig' in message) return { outcome: 'tooBig', values: { limit: String(limit) } }
    if (message.octets === '') return { outcome: 'empty' }
    if (message.octets.length > limit) return { outcome: 'tooBig', values: { limit: String(limit) } }
    // RFC 3502 6.3.11: without MULTIAPPEND there is one message.
    if (messages.push(message) > 1 && !turn.offers('MULTIAPPEND')) reader.fail('MULTIAPPEND is not offered here')
  } while (!reader.atEnd)
  const appended = account.append(name, messages)
  if (refused(appended)) return refusal(turn, appended)
  const { uidValidity, uids } = appended
  return turn.offers('UIDPLUS')
    ? { outcome: 'ok', values: { uidValidity: String(uidValidity), uids: writeSet(uids) } }
    : { outcome: 'plain' }
}

/** Flags and date, which may be left out, and the message. */
function readMessage(turn: Turn, reader: Reader): NewMessage | NoMessage {
  let flags: readonly string[] = NO_KEYWORDS
  let internalDate: number | null = null
  if (reader.next === '(') {
    flags = reader.flags()
    const trouble = flagTrouble(flags) ?? (tooManyKeywords(NO_KEYWORDS, flags) ? 'too many keywords' : null)
    if (trouble !== null) reader.fail(trouble)
    reader.sp()
  }
  if (reader.next === '"') {
    internalDate = readDateTime(reader.string()) ?? reader.fail('the date is none, as "17-Jul-1996 02:44:25 -0700"')
    reader.sp()
  }
  const octets = readOctets(turn, reader)
  return typeof octets === 'string' ? { octets: withoutBinary(octets), flags, internalDate } : octets
}

function readOctets(turn: Turn, reader: Reader): Octets | NoMessage {
  if (turn.offers('CATENATE') && reader.tryWord('CATENATE')) {
    reader.sp()
    const made = readCatenate(turn, reader)
    return 'octets' in made ? made.octets : made
  }
  // RFC 6855 4: a message with UTF-8 in its header says so.
  if (turn.utf8 && reader.tryWord('UTF8')) {
    reader.sp()
    reader.take('(')
    const octets = reader.literal()
    reader.take(')')
    return octets
  }
  const binary = reader.next === '~'
  if (binary && !turn.offers('BINARY') && !turn.utf8)
    reader.fail('BINARY is not offered here: a literal8 cannot be taken')
  // RFC 3501 9: a literal holds no NUL; a literal8 (RFC 3516 4.4) may. Who sends one all the same loses it, and not the message.
  return binary ? reader.literal() : withoutNul(reader.literal())
}

/** Asked before a literal is read: what is refused anyway need not be sent. `reader` ends where the literal begins. */
export function beforeAppendLiteral(turn: Turn, reader: Reader, size: number): Answered<'APPEND'> | null {
  reader.sp()
  const name = reader.mailbox()
  if (size === 0) return { outcome: 'empty' }
  const possible = turn.account.mayAppend(name, turn.session.input.literals + size)
  return refused(possible) ? refusal(turn, possible) : null
}
