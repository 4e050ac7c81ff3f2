/**
 * A message changed at its tree: a part put in, moved, taken out, wrapped in a multipart, encoded anew. Each is a function
 * from source to source that leaves every other octet as it stands; what cannot be done gives null.
 */
import { decodeText, encodeText, type MoreCharsets } from '../../../bytes/charsets.ts'
import type { Octets } from '../../../bytes/octets.ts'
import { decodedOctets } from '../decoded.ts'
import { isMultipart, type Part } from '../part.ts'
import { freeBoundary } from './boundary.ts'
import { type Encoding, encodeBody, needed, survey, weighEncodings } from './choose-encoding.ts'
import type { Unique } from './draft.ts'

/** A part with the delimiter before it, up to the next delimiter: such pieces can be put in any order. */
function piecesOf(multipart: Part): { from: number; to: number }[] {
  const { delimiters } = multipart.multipart!
  const openings = delimiters.filter(({ closing }) => !closing)
  return openings.map(({ from }, at) => ({
    from,
    to: openings[at + 1]?.from ?? delimiters.find(({ closing }) => closing)?.from ?? multipart.body.to,
  }))
}

/** Where a part stands among those of its multipart; -1 for the message itself, and for one that lies in a message. */
export function positionOf(part: Part): number {
  return part.parent?.multipart ? part.parent.children.indexOf(part) : -1
}

const spliced = (source: Octets, from: number, to: number, text: Octets): Octets =>
  source.slice(0, from) + text + source.slice(to)

export function withoutPart(part: Part): Octets | null {
  const at = positionOf(part)
  if (at < 0) return null
  const { from, to } = piecesOf(part.parent!)[at]!
  const rest = part.source.slice(to)
  return part.source.slice(0, from) + (hasLineEnd(part.source.slice(from, from + 2)) ? rest : withoutLineEnd(rest))
}

/** `by` is -1 or 1. */
export function movedPart(part: Part, by: number): Octets | null {
  const at = positionOf(part)
  const pieces = at < 0 ? [] : piecesOf(part.parent!)
  const [first, second] = [pieces[Math.min(at, at + by)], pieces[Math.max(at, at + by)]]
  if (at < 0 || !first || !second) return null
  const { source } = part
  const [one, other] = [source.slice(first.from, first.to), source.slice(second.from, second.to)]
  const text = hasLineEnd(one) ? other + one : `${withoutLineEnd(other)}\r\n${one}`
  return spliced(source, first.from, second.to, text)
}

/** The first delimiter of a multipart without a preamble has none of its own in front. */
const hasLineEnd = (piece: Octets): boolean => /^\r?\n/.test(piece)
const withoutLineEnd = (piece: Octets): Octets => piece.replace(/^\r?\n/, '')

/** Behind a part, or as the last part of a multipart. `entity`: header, empty line, body. */
export function withPart(place: Part, entity: Octets): Octets | null {
  const multipart = place.multipart ? place : place.parent
  if (!multipart?.multipart) return null
  const { boundary } = multipart.multipart
  const pieces = piecesOf(multipart)
  const behind = place.multipart ? pieces.at(-1) : pieces[positionOf(place)]
  const at = behind?.to ?? multipart.body.from
  // A delimiter takes the line end before it (RFC 2046 5.1.1), so each piece begins with one.
  const piece = `\r\n--${boundary}\r\n${entity}`
  return spliced(multipart.source, at, at, pieces.length > 0 ? piece : `${piece}\r\n--${boundary}--\r\n`)
}

/** The part becomes the only one of a multipart in its place. What its header says of the content goes with it. */
export function wrapped(part: Part, subtype: string, unique: Unique): Octets {
  const { source, place, fields, body } = part
  const isOwn = (name: string) => name.startsWith('content-') && name !== 'content-length'
  const written = (own: boolean) =>
    fields
      .filter(({ lowerName }) => isOwn(lowerName) === own)
      .map(({ from, to }) => source.slice(from, to))
      .join('')
  const content = source.slice(body.from, body.to)
  const boundary = freeBoundary([source], new Set(), unique)
  const version = part.parent === null && !part.field('mime-version') ? 'MIME-Version: 1.0\r\n' : ''
  const related = subtype === 'related' ? `; type="${part.type}/${part.subtype}"` : ''
  const header = `${written(false)}${version}Content-Type: multipart/${subtype}${related}; boundary="${boundary}"\r\n`
  // What holds a part of eight bits is of eight bits too (RFC 2045 6.4).
  const label = part.encoding === '8bit' || part.encoding === 'binary' ? part.encoding : null
  const width = label === null ? '' : `Content-Transfer-Encoding: ${label}\r\n`
  const entity = `${written(true)}\r\n${content.replace(/\r\n$/, '')}`
  const end = part.parent === null ? '\r\n' : ''
  return spliced(
    source,
    place.from,
    place.to,
    `${header}${width}\r\n--${boundary}\r\n${entity}\r\n--${boundary}--${end}`,
  )
}

/** Which encodings its octets can travel in. */
export function encodingsFor(part: Part): Encoding[] {
  const octets = isMultipart(part) || part.children.length > 0 ? null : decodedOctets(part)
  if (octets === null) return []
  return weighEncodings(octets, kindOf(part), '7bit')
    .rows.filter(({ obstacles }) => obstacles.length === 0)
    .map(({ encoding }) => encoding)
}

const kindOf = (part: Part) => (part.type === 'text' ? ('text' as const) : ('binary' as const))

export function encodedAs(part: Part, encoding: Encoding): Octets | null {
  const octets = decodedOctets(part)
  return octets === null ? null : withBody(part, octets, encoding, null)
}

/** The same text in another charset; null where that has not all its characters. */
export function inCharset(part: Part, charset: string, more?: MoreCharsets): Octets | null {
  const octets = decodedOctets(part)
  if (octets === null || part.type !== 'text') return null
  const text = decodeText(octets, part.parameter('charset') ?? 'us-ascii', more)
  const written = text.includes('\ufffd') ? null : encodeText(text, charset)
  if (written === null) return null
  const own = part.encoding === 'base64' || part.encoding === 'quoted-printable'
  const encoding = own ? (part.encoding as Encoding) : needed(survey(written))
  return withBody(part, written, encoding, charset)
}

function withBody(part: Part, octets: Octets, encoding: Encoding, charset: string | null): Octets {
  const { source, place, body } = part
  const kept = part.fields.filter(
    ({ lowerName }) => lowerName !== 'content-transfer-encoding' && (charset === null || lowerName !== 'content-type'),
  )
  const label = part.field('content-transfer-encoding')
  const type = part.field('content-type')
  const lines = kept.map(({ from, to }) => ({ from, text: source.slice(from, to) }))
  if (part.parent === null && !part.field('mime-version'))
    lines.push({ from: body.from, text: 'MIME-Version: 1.0\r\n' })
  if (charset !== null)
    lines.push({ from: type?.from ?? body.from, text: typeIn(type ? source.slice(type.from, type.to) : null, charset) })
  if (label || encoding !== '7bit')
    lines.push({ from: label?.from ?? body.from, text: `Content-Transfer-Encoding: ${encoding}\r\n` })
  lines.sort((one, other) => one.from - other.from)
  const header = lines.map(({ text }) => (text.endsWith('\n') ? text : `${text}\r\n`)).join('')
  const encoded = encodeBody(octets, encoding, kindOf(part))
  // The line end before a delimiter belongs to the delimiter (RFC 2046 5.1.1).
  const text = part.parent !== null && encoding === 'base64' ? encoded.replace(/\r\n$/, '') : encoded
  return spliced(source, place.from, place.to, `${header}\r\n${text}`)
}

/** The Content-Type field with another charset. */
function typeIn(field: Octets | null, charset: string): Octets {
  if (field === null) return `Content-Type: text/plain; charset=${charset}\r\n`
  const found = /;\s*charset\*?\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;]+)/i
  return found.test(field)
    ? field.replace(found, `; charset=${charset}`)
    : field.replace(/\r?\n?$/, '').replace(/;?\s*$/, `; charset=${charset}\r\n`)
}
