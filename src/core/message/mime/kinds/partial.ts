/**
 * message/partial (RFC 2046 5.2.2): one long message sent as several short ones, and put together again.
 *
 * The pieces carry the fields that are about the way (From, To, Date, Received ...). What is about the content (Content-...,
 * Subject, Message-ID, MIME-Version, Encrypted) is the inner message's, and travels in the first piece.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { headerField } from '../../build.ts'
import type { Field } from '../../fields.ts'
import { bodyAt, headerFields } from '../../fields.ts'
import { needed, survey } from '../build/choose-encoding.ts'
import { sevenBit } from '../build/seven-bit.ts'

/** RFC 2046 5.2.2.1 (2) and (3). */
const isInner = (name: string): boolean => /^(?:content-.*|subject|message-id|encrypted|mime-version)$/i.test(name)

export interface SplitOptions {
  /** What the pieces have in common, and nothing else has: without angle brackets. */
  id: string
  /** At most so many octets in each piece, with its header. A line that is longer is not cut. */
  most: number
  /** Each piece is a message of its own, with an id of its own, angle brackets and all. */
  messageId: () => string
}

/** Splits at line ends only (rule 1); a message that fits comes back as it is. */
export function splitMessage(whole: Octets, { id, most, messageId }: SplitOptions): Octets[] {
  if (whole.length <= most) return [whole]
  // The pieces must be of seven bits, whatever the way carries (5.2.2).
  const message = needed(survey(whole)) === '7bit' ? whole : sevenBit(whole)
  const fields = headerFields(message)
  const outer = fields.filter(({ name }) => !isInner(name)).map((field) => written(message, field))
  const inner = fields.filter(({ name }) => isInner(name)).map((field) => written(message, field))
  const subject = fields.find(({ name }) => name.toLowerCase() === 'subject')?.value ?? ''
  const header = (number: number, total: number, ownId: string, references: string) =>
    [
      ...outer,
      headerField('Subject', `${subject} (part ${number} of ${total})`.trimStart()),
      headerField('Message-ID', ownId),
      references === '' ? '' : headerField('References', references),
      'MIME-Version: 1.0\r\n',
      `Content-Type: message/partial; id="${id.replace(/[\x00-\x1f\x7f]/g, '').replace(/["\\]/g, '\\$&')}";\r\n`,
      `\tnumber=${number}; total=${total}\r\n`,
      '\r\n',
    ].join('')
  // The header of a piece takes room too. Ids of one source are about as long as each other.
  const firstId = messageId()
  const wrapping = header(99_999, 99_999, firstId, firstId).length + 20
  const content = `${inner.join('')}\r\n${message.slice(bodyAt(message))}`
  const pieces = linesUpTo(content, Math.max(most - wrapping, 1))
  let previous = ''
  return pieces.map((piece, index) => {
    const ownId = index === 0 ? firstId : messageId()
    const text = header(index + 1, pieces.length, ownId, previous) + piece
    previous = ownId
    return text
  })
}

const written = (message: Octets, { from, to }: Field): Octets => {
  const text = message.slice(from, to)
  return text.endsWith('\r\n') ? text : `${text}\r\n`
}

/** Whole lines, as many as fit; at least one. */
function linesUpTo(content: Octets, most: number): Octets[] {
  const pieces: Octets[] = []
  for (let from = 0; from < content.length;) {
    let to = content.length
    if (to - from > most) {
      const window = content.slice(from, from + most)
      const fits = window.lastIndexOf('\r\n')
      const beyond = fits >= 0 ? from + fits : content.indexOf('\r\n', from + Math.max(most - 1, 0))
      to = beyond < 0 ? content.length : beyond + 2
    }
    pieces.push(content.slice(from, to))
    from = to
  }
  return pieces
}

/** One piece, as a reader of its message found it. */
export interface Piece {
  /** The parameters of its Content-Type; null for what is not there or no number. */
  id: string
  number: number | null
  total: number | null
  /** The whole message that the piece is. */
  message: Octets
}

export type Joined =
  | { message: Octets }
  /** Which pieces have not arrived; where no piece says how many there are, `total` is null. */
  | { missing: readonly number[]; total: number | null }

/** More pieces than this are a mistake or an attack. */
const MOST_PIECES = 100_000

/** Puts the pieces together, in whatever order they came and however often; those of another id are not asked. */
export function joinPieces(id: string, pieces: readonly Piece[]): Joined {
  const own = new Map<number, Octets>()
  let total: number | null = null
  for (const piece of pieces) {
    if (piece.id !== id || piece.number === null || piece.number < 1) continue
    if (!own.has(piece.number)) own.set(piece.number, piece.message)
    if (piece.total !== null && piece.total >= 1 && piece.total <= MOST_PIECES) total ??= piece.total
  }
  const expected = total ?? Math.min(Math.max(0, ...own.keys()), MOST_PIECES)
  const missing = Array.from({ length: expected }, (_, index) => index + 1).filter((number) => !own.has(number))
  if (total === null || missing.length > 0) return { missing, total }
  const ordered = Array.from({ length: total }, (_, index) => own.get(index + 1)!)
  const first = ordered[0]!
  const body = ordered.map((message) => message.slice(bodyAt(message))).join('')
  const outer = headerFields(first).filter(({ name }) => !isInner(name))
  const inner = headerFields(body).filter(({ name }) => isInner(name))
  const header = [...outer.map((field) => written(first, field)), ...inner.map((field) => written(body, field))]
  return { message: `${header.join('')}\r\n${body.slice(bodyAt(body))}` }
}
