/**
 * A part as the parser makes it. What decides about the tree (type, boundary, encoding) is read at once; the rest of the
 * Content fields only when somebody asks, for most messages are only listed.
 */
import type { Octets } from '../../bytes/octets.ts'
import {
  type ContentType,
  type Disposition,
  parameter,
  parameterText,
  readContentType,
  readDisposition,
  readTransferEncoding,
} from '../content-fields.ts'
import type { Place } from '../place.ts'
import { type Report, silent } from '../problems.ts'
import { type FieldPlace, unfolded } from '../section.ts'
import type { Delimiter, Multipart, Opaque, Part } from './part.ts'
import type { Found } from './delimiters.ts'

export class Entity implements Part {
  readonly source: Octets
  readonly parent: Entity | null
  place: Place = { from: 0, to: 0 }
  header: Place = { from: 0, to: 0 }
  body: Place = { from: 0, to: 0 }
  fields: readonly FieldPlace[] = []
  type = 'text'
  subtype = 'plain'
  contentType: ContentType | null = null
  encoding = '7bit'
  readonly children: Entity[] = []
  multipart: OpenMultipart | null = null
  opaque: Opaque | null = null
  number: string | null = null

  private countedLines = -1
  private readLanguages: readonly string[] | null = null
  private readDisposition: Disposition | null | undefined

  constructor(source: Octets, parent: Entity | null) {
    this.source = source
    this.parent = parent
  }

  /** A part of nothing, which stands at that place. */
  standAt(at: number): void {
    this.place = this.header = this.body = { from: at, to: at }
  }

  /** The fields that decide how the body is read. */
  readContent(report: Report): void {
    const type = this.field('content-type')
    const read = type && readContentType(this.source, type.value, report)
    if (read && read.subtype !== '') this.contentType = read
    // What cannot be read counts as plain text (RFC 2045 5.2); a digest says that it holds messages (RFC 2046 5.1.5).
    const { parent } = this
    if (this.contentType) {
      this.type = this.contentType.type
      this.subtype = this.contentType.subtype
    } else if (!type && parent?.type === 'multipart' && parent.subtype === 'digest') {
      this.type = 'message'
      this.subtype = 'rfc822'
    }
    const encoding = this.field('content-transfer-encoding')
    if (encoding) this.encoding = readTransferEncoding(this.source, encoding.value, report)?.name ?? '7bit'
  }

  get disposition(): Disposition | null {
    if (this.readDisposition === undefined) {
      const field = this.field('content-disposition')
      this.readDisposition = field ? readDisposition(this.source, field.value, silent) : null
    }
    return this.readDisposition
  }

  get id(): Octets | null {
    return this.line('content-id')
  }

  get description(): Octets | null {
    return this.line('content-description')
  }

  get location(): Octets | null {
    return this.line('content-location')
  }

  get md5(): Octets | null {
    return this.line('content-md5')
  }

  /** RFC 3282: tags between commas, with comments. */
  get languages(): readonly string[] {
    this.readLanguages ??= (this.line('content-language') ?? '')
      .replace(/\([^()]*\)/g, '')
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
    return this.readLanguages
  }

  get size(): number {
    return this.body.to - this.body.from
  }

  /** Lines are counted as line ends: a last line without one is none (RFC 3501 7.4.2). */
  get lines(): number {
    if (this.countedLines < 0) {
      this.countedLines = 0
      const { from, to } = this.body
      for (let at = this.source.indexOf('\n', from); at >= 0 && at < to; at = this.source.indexOf('\n', at + 1)) {
        this.countedLines++
      }
    }
    return this.countedLines
  }

  parameter(name: string): string | null {
    const found = parameter(this.contentType, name)
    if (found) return parameterText(found)
    // RFC 2045 5.2: where nothing is said, it is text/plain; charset=us-ascii.
    return name === 'charset' && this.type === 'text' && !this.contentType ? 'us-ascii' : null
  }

  field(lowerName: string): FieldPlace | null {
    return this.fields.find((field) => field.lowerName === lowerName) ?? null
  }

  /** Where the type is written; the beginning of the part where it is not. */
  contentPlace(): Place {
    const field = this.field('content-type')
    const from = this.fields[0]?.from ?? this.place.from
    return field ?? { from, to: from }
  }

  private line(lowerName: string): Octets | null {
    const field = this.field(lowerName)
    return field ? unfolded(this.source, field.value) : null
  }
}

/** A multipart while it is read. */
export class OpenMultipart implements Multipart {
  readonly boundary: string
  readonly delimiters: Delimiter[] = []
  preamble: Place | null = null
  epilogue: Place | null = null

  constructor(boundary: string) {
    this.boundary = boundary
  }

  add({ from, text, closing }: Found, to: number): void {
    this.delimiters.push({ from, to, text, closing })
  }
}

/** RFC 3501 6.4.5. A message that is no multipart has one part, number 1; in a part `2` it has number 2.1. */
export function numberParts(message: Entity, before = ''): void {
  if (message.multipart) {
    numberChildren(message, before)
  } else {
    message.number = `${before}1`
    numberInside(message, message.number)
  }
}

function numberChildren(multipart: Entity, before: string): void {
  multipart.children.forEach((child, k) => {
    child.number = before + String(k + 1)
    numberInside(child, child.number)
  })
}

function numberInside(part: Entity, number: string): void {
  if (part.multipart) numberChildren(part, `${number}.`)
  else if (part.children[0]) numberParts(part.children[0], `${number}.`)
}
