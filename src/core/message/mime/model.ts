/**
 * One message as IMAP, the reading pane and the lessons ask for it. Everything is worked out when somebody asks for the first
 * time, and remembered: a list of a thousand messages wants their envelopes and the bodies of none.
 */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { baseSubject, type BaseSubject } from '../base-subject.ts'
import type { Problem } from '../problems.ts'
import type { MessageDate } from '../read-date.ts'
import { decodedOctets, partText } from './decoded.ts'
import { type Envelope, envelope } from './envelope.ts'
import { type MessageHeader, readHeader } from './header.ts'
import { type ParseLimits, parseMessage } from './parse.ts'
import type { MessageTree, Part } from './part.ts'
import { addressText, bodyText, fieldText, headerText, innerHeadersText } from './search-text.ts'
import { numberedParts, readSectionPath, sectionOctets } from './section-path.ts'
import { sentDate, type SortKeys, sortKeys, subjectText, type ThreadKeys, threadKeys } from './sort-keys.ts'
import { type Structure, structure } from './structure.ts'
import { messageTroubles } from './troubles.ts'

export class MessageModel {
  readonly source: Octets
  private readonly limits: ParseLimits
  /** The browser's charsets, where there are any. */
  private readonly more: MoreCharsets | undefined
  private readonly kept = new Map<string, unknown>()
  private readonly keptOctets = new Map<Part, Octets | null>()
  private readonly keptText = new Map<Part, string>()

  constructor(source: Octets, more?: MoreCharsets, limits: ParseLimits = {}) {
    this.source = source
    this.more = more
    this.limits = limits
  }

  get tree(): MessageTree {
    return this.keep('tree', () => parseMessage(this.source, this.limits))
  }

  /** All that is wrong: with the header, with the delimiters, with the bodies; in the order of their places. */
  get problems(): readonly Problem[] {
    return this.keep('problems', () => messageTroubles(this.tree, (part) => this.decoded(part), this.more))
  }

  /** The header alone, which costs a tenth of the tree: lists of messages want nothing else. */
  get header(): MessageHeader {
    return this.keep('header', () => readHeader(this.source))
  }

  get envelope(): Envelope {
    return this.keep('envelope', () => envelope(this.header))
  }

  get structure(): Structure {
    return this.keep('structure', () => structure(this.tree.root))
  }

  /**
   * A section as IMAP names it: '' for all, `HEADER`, `TEXT`, `1.2`, `2.MIME`, `2.HEADER.FIELDS` with a list of names. Null
   * where there is no such part.
   */
  section(path: string, names: readonly string[] = []): Octets | null {
    const section = readSectionPath(path)
    return section && sectionOctets(this.tree.root, this.numbered, section, names)
  }

  /** A part without its transfer encoding (RFC 3516); null where there is no such part. */
  binary(number: string): Octets | 'unknown-cte' | null {
    if (number === '') return this.source
    const part = this.numbered.get(number)
    return part ? (this.decoded(part) ?? 'unknown-cte') : null
  }

  /** The octets of a part, decoded; in an encoding that nobody knows, as they stand. */
  octets(part: Part): Octets {
    return this.decoded(part) ?? part.source.slice(part.body.from, part.body.to)
  }

  /** The text of a part, out of its encoding and its charset. */
  text(part: Part): string {
    const kept = this.keptText.get(part)
    if (kept !== undefined) return kept
    const text = partText(part, this.octets(part), this.more)
    this.keptText.set(part, text)
    return text
  }

  /** What SEARCH looks through: the fields of the message, ... */
  get headerText(): string {
    return this.keep('headerText', () => headerText(this.header, this.more))
  }

  /** ... those of the parts and messages within, ... */
  get innerHeadersText(): string {
    return this.keep('innerHeadersText', () => innerHeadersText(this.tree.root, this.more))
  }

  /** ... and the text. */
  get bodyText(): string {
    return this.keep('bodyText', () => bodyText(this.tree.root, (part) => this.text(part)))
  }

  /** The values of all fields of that name (in lower case), decoded. */
  fieldTexts(lowerName: string): string[] {
    const { source, fields } = this.header
    return fields.flatMap((field) => (field.lowerName === lowerName ? [fieldText(source, field.value, this.more)] : []))
  }

  /** The mailboxes of a field of addresses, as SEARCH compares them with what is asked for. */
  addressText(lowerName: string): string {
    return addressText(this.header, lowerName, this.more)
  }

  /** The subject, decoded. */
  get subject(): string {
    return this.keep('subject', () => subjectText(this.header, this.more))
  }

  get baseSubject(): BaseSubject {
    return this.keep('baseSubject', () => baseSubject(this.subject))
  }

  /** When it was sent, by its Date field; null where that cannot be read. */
  get sentDate(): MessageDate | null {
    return this.keep('sentDate', () => sentDate(this.header))
  }

  get sortKeys(): SortKeys {
    return this.keep('sortKeys', () => sortKeys(this.header, this.baseSubject.base, this.more))
  }

  get threadKeys(): ThreadKeys {
    return this.keep('threadKeys', () => threadKeys(this.header))
  }

  private get numbered(): ReadonlyMap<string, Part> {
    return this.keep('numbered', () => numberedParts(this.tree.root))
  }

  /** Null where nobody knows the encoding. */
  private decoded(part: Part): Octets | null {
    const kept = this.keptOctets.get(part)
    if (kept !== undefined) return kept
    const octets = decodedOctets(part)
    this.keptOctets.set(part, octets)
    return octets
  }

  private keep<Value>(name: string, work: () => Value): Value {
    if (!this.kept.has(name)) this.kept.set(name, work())
    return this.kept.get(name) as Value
  }
}
