/**
 * The fields of MIME that say what a part is: Content-Type (RFC 2045 5), Content-Disposition (RFC 2183),
 * Content-Transfer-Encoding (RFC 2045 6), MIME-Version (4). Comments may stand anywhere in them.
 */
import type { Octets } from '../bytes/octets.ts'
import { isSpecial } from './mailbox.ts'
import { mimeTokens, type Parameter, parameter, parameterText, readParameters } from './parameters.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'

export { type Parameter, parameter, parameterText }

export interface ContentType {
  /** In small letters, as all of these names: their case means nothing. */
  readonly type: string
  /** '' where it is missing. */
  readonly subtype: string
  readonly typePlace: Place
  readonly subtypePlace: Place | null
  readonly parameters: readonly Parameter[]
}

export interface Disposition {
  /** inline, attachment, or another word, which RFC 2183 2.8 wants treated as attachment. */
  readonly kind: string
  readonly kindPlace: Place
  readonly parameters: readonly Parameter[]
}

export interface TransferEncoding {
  /** 7bit, 8bit, binary, quoted-printable, base64, or another word. */
  readonly name: string
  readonly namePlace: Place
}

/** Null where there is no type. */
export function readContentType(source: Octets, place: Place, report: Report): ContentType | null {
  const tokens = mimeTokens(source, place, report)
  const type = tokens[0]
  if (type?.kind !== 'atom' || isSpecial(tokens[1], '=')) {
    report('type-missing', place.from, place.to)
    return null
  }
  const slash = isSpecial(tokens[1], '/')
  const subtype = slash && tokens[2]?.kind === 'atom' ? tokens[2] : null
  if (subtype === null) report('subtype-missing', type.from, type.to)
  return {
    type: type.text.toLowerCase(),
    subtype: subtype?.text.toLowerCase() ?? '',
    typePlace: { from: type.from, to: type.to },
    subtypePlace: subtype && { from: subtype.from, to: subtype.to },
    parameters: readParameters(tokens, subtype ? 3 : slash ? 2 : 1, report),
  }
}

/** Null where there is none; its parameters alone say nothing. */
export function readDisposition(source: Octets, place: Place, report: Report): Disposition | null {
  const tokens = mimeTokens(source, place, report)
  const kind = tokens[0]
  if ((kind?.kind !== 'atom' && kind?.kind !== 'quoted') || isSpecial(tokens[1], '=')) {
    report('disposition-missing', place.from, place.to)
    return null
  }
  const name = kind.text.toLowerCase()
  if (name !== 'inline' && name !== 'attachment') report('disposition-unknown', kind.from, kind.to)
  return { kind: name, kindPlace: { from: kind.from, to: kind.to }, parameters: readParameters(tokens, 1, report) }
}

const ENCODINGS: ReadonlySet<string> = new Set(['7bit', '8bit', 'binary', 'quoted-printable', 'base64'])

/** Null where the field is empty. */
export function readTransferEncoding(source: Octets, place: Place, report: Report): TransferEncoding | null {
  const [name, ...rest] = mimeTokens(source, place, report)
  if (name?.kind !== 'atom' && name?.kind !== 'quoted') {
    report('encoding-missing', place.from, place.to)
    return null
  }
  if (rest.length > 0) report('value-extra', rest[0]!.from, rest.at(-1)!.to)
  const text = name.text.toLowerCase()
  if (!ENCODINGS.has(text)) report('encoding-unknown', name.from, name.to)
  return { name: text, namePlace: { from: name.from, to: name.to } }
}

/** `1.0`, whatever comments stand between its three parts (RFC 2045 4). */
export function readMimeVersion(source: Octets, place: Place, report: Report): string {
  const version = mimeTokens(source, place, report)
    .map(({ text }) => text)
    .join('')
  if (version !== '1.0') report('mime-version', place.from, place.to)
  return version
}
