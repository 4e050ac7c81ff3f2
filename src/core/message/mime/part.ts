/**
 * A message taken apart (RFC 2045-2049, RFC 5322): a tree of parts, each of which knows where it stands in the source.
 *
 * Nothing is copied and nothing is decoded here. All places are places in the source of the whole message, so that a
 * view can light up a header, a delimiter line or a part where it was written.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { ContentType, Disposition } from '../content-fields.ts'
import type { Place } from '../place.ts'
import type { Problem } from '../problems.ts'
import type { FieldPlace } from '../section.ts'

/** A line that parts what a multipart holds: `--boundary`, or `--boundary--` behind the last part (RFC 2046 5.1.1). */
export interface Delimiter extends Place {
  /**
   * The dashes and the boundary alone. `from` and `to` are the whole delimiter: the line end in front of it belongs to
   * it and not to the part before, and so do the blanks behind it and, unless another delimiter owns that, its line end.
   */
  readonly text: Place
  readonly closing: boolean
}

/** What only a multipart has. */
export interface Multipart {
  /** The boundary as it counts: unquoted, its continuations joined, without blanks at the end. */
  readonly boundary: string
  readonly delimiters: readonly Delimiter[]
  /** The text before the first delimiter, which is for readers without MIME; null where there is none. */
  readonly preamble: Place | null
  /** The text behind the closing delimiter, which nobody is shown. */
  readonly epilogue: Place | null
}

/** Why a part that should hold parts is left in one piece. */
export type Opaque =
  /** A multipart without a boundary. */
  | 'boundary'
  /** Base64 or quoted-printable over other parts, which RFC 2045 6.4 forbids. */
  | 'encoded'
  /** Nested deeper, or more parts, than anybody reads. */
  | 'limit'

export interface Part {
  readonly source: Octets
  readonly parent: Part | null
  /** Header and body; the delimiters around it are not its own. */
  readonly place: Place
  /** The header section with the empty line that ends it. */
  readonly header: Place
  readonly fields: readonly FieldPlace[]
  readonly body: Place

  /** The type as it counts, in lower case: text/plain where none is written or what is written cannot be read. */
  readonly type: string
  readonly subtype: string
  /** What the Content-Type field says; null where there is none that can be read. */
  readonly contentType: ContentType | null
  /** In lower case; `7bit` where none is written. */
  readonly encoding: string
  readonly disposition: Disposition | null
  /** Content-ID with its angle brackets, Content-Description, -Location and -MD5 as written, on one line. */
  readonly id: Octets | null
  readonly description: Octets | null
  readonly languages: readonly string[]
  readonly location: Octets | null
  readonly md5: Octets | null

  /** The parts of a multipart in order; of a message/rfc822 the one message in it. */
  readonly children: readonly Part[]
  readonly multipart: Multipart | null
  readonly opaque: Opaque | null
  /** As IMAP numbers it (RFC 3501 6.4.5): `2.1`; null for a message that is a multipart, which has no number of its own. */
  readonly number: string | null
  /** The octets of the body, and its line ends. */
  readonly size: number
  readonly lines: number

  /** The value of a parameter of the Content-Type, decoded; null where it is not there. Names in lower case. */
  parameter(name: string): string | null
  /** The first field of that name (in lower case), or null. */
  field(lowerName: string): FieldPlace | null
}

export interface MessageTree {
  readonly root: Part
  readonly problems: readonly Problem[]
}

export const isMultipart = (part: Part): boolean => part.type === 'multipart'

/** message/rfc822, and what RFC 6532 made of it for messages with UTF-8 in their headers. */
export const isMessage = (part: Part): boolean =>
  part.type === 'message' && (part.subtype === 'rfc822' || part.subtype === 'global')

/** Every part of the tree, a parent before its children. */
export function* allParts(part: Part): Generator<Part> {
  yield part
  for (const child of part.children) yield* allParts(child)
}
