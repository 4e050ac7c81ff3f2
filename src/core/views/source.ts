/**
 * The source of a message and what stands where in it: every part, field, address, parameter, encoded word and delimiter
 * as a region, one within the other, so that a view can light up what is pointed at and say what it is.
 */
import { decodeText, type MoreCharsets } from '../bytes/charsets.ts'
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { type AddressItem, type Mailbox, nameText, readAddressList } from '../message/address-list.ts'
import { mailDate } from '../message/date.ts'
import { parameterText, readContentType, readDisposition, readTransferEncoding } from '../message/content-fields.ts'
import { fieldRow } from '../message/field-table.ts'
import { readMessageIds } from '../message/message-ids.ts'
import { isMultipart, type Part } from '../message/mime/part.ts'
import type { Parameter } from '../message/parameters.ts'
import type { Place } from '../message/place.ts'
import { silent } from '../message/problems.ts'
import { readDate } from '../message/read-date.ts'
import type { FieldPlace } from '../message/section.ts'
import type { Codec } from '../message/steps/run.ts'
import { decodeWords, readWords, wordsText } from '../message/words.ts'

export type RegionKind =
  | 'part'
  | 'field'
  | 'field-name'
  | 'group'
  | 'group-name'
  | 'mailbox'
  | 'display-name'
  | 'route'
  | 'local-part'
  | 'domain'
  | 'date'
  | 'message-id'
  | 'encoded-word'
  | 'media-type'
  | 'disposition'
  | 'transfer-encoding'
  | 'parameter'
  | 'attribute'
  | 'value'
  | 'empty-line'
  | 'body'
  | 'preamble'
  | 'delimiter'
  | 'closing-delimiter'
  | 'epilogue'

export interface Region extends Place {
  readonly kind: RegionKind
  /** Where the region stands that this one lies in: an index into the list, which has a region before those inside it. */
  readonly within: number
  readonly part: Part
  /** What it says, decoded; '' where that is what stands there. */
  readonly text: string
  /** The name of the field, as written; of a parameter, its own. */
  readonly name: string
  /** Which step form shows how it is decoded. */
  readonly codec: Codec | null
}

/** Far more than anybody looks at: a hostile header must not fill the page's memory. */
const MOST = 20_000

export function sourceRegions(root: Part, more?: MoreCharsets): readonly Region[] {
  const marker = new Marker(more)
  marker.part(root, -1)
  return marker.regions
}

/** A piece of the source that lies in one innermost region, or in none (-1), and in a problem or not. */
export interface Segment extends Place {
  readonly region: number
  readonly wrong: boolean
}

/** The pieces of `from` to `to`, in order; together they are all of it. */
export function sourceSegments(
  regions: readonly Region[],
  problems: readonly Place[],
  from: number,
  to: number,
): Segment[] {
  const cuts = new Set([from, to])
  const cut = (at: number) => at > from && at < to && cuts.add(at)
  const inside = regions.map((region, index) => ({ region, index })).filter(({ region }) => overlaps(region, from, to))
  const wrong = problems.filter((problem) => problem.to > problem.from && overlaps(problem, from, to))
  for (const { from: begin, to: end } of [...inside.map(({ region }) => region), ...wrong]) {
    cut(begin)
    cut(end)
  }
  const places = [...cuts].sort((one, other) => one - other)
  const innermost = owners(inside, places)
  const marked = coverage(wrong, places)
  return places.slice(0, -1).map((begin, k) => ({
    from: begin,
    to: places[k + 1]!,
    region: innermost[k]!,
    wrong: marked[k]!,
  }))
}

/** All regions that lie in it, and those in them: what is lit when it is pointed at is the region itself. */
export function isWithin(regions: readonly Region[], inner: number, outer: number): boolean {
  for (let at = inner; at >= 0; at = regions[at]!.within) if (at === outer) return true
  return false
}

/** What it lies in, from the outermost to the one itself. */
export function pathTo(regions: readonly Region[], inner: number): number[] {
  const path: number[] = []
  for (let at = inner; at >= 0; at = regions[at]?.within ?? -1) path.unshift(at)
  return path
}

/** What the step form of a region's codec is given. A parameter in sections (RFC 2231 3) is read from all of them. */
export function stepInput(regions: readonly Region[], at: number): Octets {
  const written = ({ part, from, to }: Region) => part.source.slice(from, to)
  const region = regions[at]!
  if (region.codec !== 'rfc2231') return written(region)
  const { within, name } = region.kind === 'parameter' ? region : regions[region.within]!
  return regions
    .filter((one) => one.kind === 'parameter' && one.within === within && one.name === name)
    .map((one) => `; ${written(one)}`)
    .join('')
}

const overlaps = (place: Place, from: number, to: number) => place.from < to && place.to > from

/** Regions lie one within the other, so the one that began last is the innermost. */
function owners(inside: readonly { region: Region; index: number }[], places: readonly number[]): number[] {
  const found: number[] = []
  const open: { region: Region; index: number }[] = []
  let next = 0
  for (const at of places.slice(0, -1)) {
    while (open.length > 0 && open.at(-1)!.region.to <= at) open.pop()
    while (next < inside.length && inside[next]!.region.from <= at) {
      const one = inside[next++]!
      while (open.length > 0 && open.at(-1)!.region.to <= one.region.from) open.pop()
      if (one.region.to > at) open.push(one)
    }
    found.push(open.at(-1)?.index ?? -1)
  }
  return found
}

function coverage(marks: readonly Place[], places: readonly number[]): boolean[] {
  const changes = new Map<number, number>()
  const change = (at: number, by: number) => changes.set(at, (changes.get(at) ?? 0) + by)
  for (const { from, to } of marks) {
    change(Math.max(from, places[0]!), 1)
    change(to, -1)
  }
  let depth = 0
  return places.slice(0, -1).map((at) => (depth += changes.get(at) ?? 0) > 0)
}

class Marker {
  readonly regions: Region[] = []
  private readonly more: MoreCharsets | undefined

  constructor(more: MoreCharsets | undefined) {
    this.more = more
  }

  /** The tree is at most a hundred deep: the parser sees to that. */
  part(part: Part, within: number): void {
    const own = this.add('part', part.place, within, part)
    for (const field of part.fields) this.field(field, part, own)
    const fieldsEnd = part.fields.at(-1)?.to ?? part.header.from
    this.add('empty-line', { from: fieldsEnd, to: part.header.to }, own, part)
    const body = this.add('body', part.body, own, part, { codec: bodyCodec(part) })
    const { multipart, children } = part
    if (!multipart) return children.forEach((child) => this.part(child, body))
    if (multipart.preamble) this.add('preamble', multipart.preamble, body, part)
    let next = 0
    for (const delimiter of multipart.delimiters) {
      while (next < children.length && children[next]!.place.from < delimiter.from) this.part(children[next++]!, body)
      this.add(delimiter.closing ? 'closing-delimiter' : 'delimiter', delimiter, body, part)
    }
    while (next < children.length) this.part(children[next++]!, body)
    if (multipart.epilogue) this.add('epilogue', multipart.epilogue, body, part)
  }

  private field(field: FieldPlace, part: Part, within: number): void {
    const own = this.add('field', field, within, part, { name: field.name })
    this.add('field-name', { from: field.from, to: field.value.from }, own, part, { name: field.name })
    const { source } = part
    const { value, name } = field
    switch (fieldRow(field.name).structure) {
      case 'addresses':
        for (const item of readAddressList(source, value, silent)) this.address(item, part, own)
        return
      case 'date': {
        const date = readDate(source, value, silent)
        if (!date) return
        const { epochMillis, zoneMinutes } = date
        this.add('date', date, own, part, { name, text: mailDate(epochMillis, { minutes: zoneMinutes, name: null }) })
        return
      }
      case 'ids':
        for (const id of readMessageIds(source, value, silent))
          this.add('message-id', id, own, part, { name, text: utf8Text(id.id) })
        return
      case 'content-type': {
        const type = readContentType(source, value, silent)
        if (!type) return
        const { from } = type.typePlace
        const to = (type.subtypePlace ?? type.typePlace).to
        this.add('media-type', { from, to }, own, part, { name, text: `${type.type}/${type.subtype}` })
        return this.parameters(type.parameters, part, own)
      }
      case 'disposition': {
        const disposition = readDisposition(source, value, silent)
        if (!disposition) return
        this.add('disposition', disposition.kindPlace, own, part, { name, text: disposition.kind })
        return this.parameters(disposition.parameters, part, own)
      }
      case 'encoding': {
        const encoding = readTransferEncoding(source, value, silent)
        if (encoding) this.add('transfer-encoding', encoding.namePlace, own, part, { name, text: encoding.name })
        return
      }
      case 'words':
        return this.words(value, part, own, name)
      default:
    }
  }

  private address(item: AddressItem, part: Part, within: number): void {
    if (item.kind === 'mailbox') return this.mailbox(item, part, within)
    const own = this.add('group', item, within, part)
    this.add('group-name', item.namePlace, own, part, { text: decodeWords(item.name, this.more) })
    for (const member of item.members) this.mailbox(member, part, own)
  }

  private mailbox(mailbox: Mailbox, part: Part, within: number): void {
    const { namePlace, routePlace, localPlace, domainPlace, local, domain } = mailbox
    const address = domain === null ? local : `${local}@${domain}`
    const own = this.add('mailbox', mailbox, within, part, { text: utf8Text(address) })
    const pieces: [RegionKind, Place | null, string][] = [
      ['display-name', namePlace, nameText(part.source, mailbox, this.more)],
      ['route', routePlace, ''],
      ['local-part', localPlace, utf8Text(local)],
      ['domain', domainPlace, utf8Text(domain ?? '')],
    ]
    pieces.sort(([, one], [, other]) => (one?.from ?? 0) - (other?.from ?? 0))
    for (const [kind, place, text] of pieces) {
      if (!place) continue
      const region = this.add(kind, place, own, part, { text })
      if (kind === 'display-name' && mailbox.nameFrom === 'phrase') this.words(place, part, region, '')
    }
  }

  /** All segments of a parameter bear its whole value: what is written in pieces is read as one. */
  private parameters(parameters: readonly Parameter[], part: Part, within: number): void {
    const segments = parameters
      .flatMap((parameter) => parameter.segments.map((segment) => ({ parameter, segment })))
      .sort((one, other) => one.segment.attribute.from - other.segment.attribute.from)
    for (const { parameter, segment } of segments) {
      const { attribute, value, extended, number } = segment
      const about = { name: parameter.name, text: parameterText(parameter, this.more) }
      const codec = extended || number !== null ? ('rfc2231' as const) : null
      const own = this.add('parameter', { from: attribute.from, to: value.to }, within, part, { ...about, codec })
      this.add('attribute', attribute, own, part, about)
      this.add('value', value, own, part, { ...about, codec })
    }
  }

  private words(place: Place, part: Part, within: number, name: string): void {
    for (const word of readWords(part.source, place, silent, 'text', this.more)) {
      if (word.kind !== 'encoded') continue
      const text = wordsText(part.source, word, this.more)
      this.add('encoded-word', word, within, part, { name, text, codec: word.encoding === 'B' ? 'b-word' : 'q-word' })
    }
  }

  private add(
    kind: RegionKind,
    { from, to }: Place,
    within: number,
    part: Part,
    about: Partial<Pick<Region, 'text' | 'name' | 'codec'>> = {},
  ): number {
    if (to <= from || this.regions.length >= MOST) return within
    const { text = '', name = '', codec = null } = about
    return this.regions.push({ kind, from, to, within, part, text: harmless(text), name, codec }) - 1
  }
}

function bodyCodec(part: Part): Codec | null {
  if (isMultipart(part)) return null
  return part.encoding === 'base64' || part.encoding === 'quoted-printable' ? part.encoding : null
}

/**
 * Octets as they are shown: UTF-8 as its characters, an octet that is none as its two digits in brackets, controls
 * visible, and each line end, marked or not, as a line end.
 */
export function shownOctets(octets: Octets, lineEnds: boolean): string {
  const text = octets.replace(BEYOND, (found) => {
    const character = found.length > 1 ? utf8Text(found) : '\ufffd'
    return character.includes('\ufffd')
      ? Array.from(found, (octet) => `\u2039${hexOf(octet)}\u203a`).join('')
      : character
  })
  if (lineEnds) return harmless(text.replaceAll('\r\n', '\u240d\u240a\n').replace(/(?<!\u240a)\n/g, '\u240a\n'))
  return harmless(text.replaceAll('\r\n', '\n'))
}

/** A character in UTF-8 beyond ASCII, or an octet with its eighth bit set that is none. */
const BEYOND = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g

const hexOf = (octet: string) => octet.charCodeAt(0).toString(16).toUpperCase()

/**
 * The characters and octets that no 7-bit relay lets through, each once, and of which octets they are. An octet that is no
 * UTF-8 may be a character all the same, in a charset of which each octet is one.
 */
export function beyondSevenBits(octets: Octets, most: number, charset = ''): { character: string; hex: string }[] {
  const found = new Map<string, string>()
  for (const [written] of octets.matchAll(BEYOND)) {
    if (found.size >= most) break
    const text = written.length > 1 || !OF_ONE_OCTET.test(charset) ? utf8Text(written) : decodeText(written, charset)
    found.set(Array.from(written, hexOf).join(' '), text.includes('\ufffd') ? '' : harmless(text))
  }
  return [...found].map(([hex, character]) => ({ character, hex }))
}

const OF_ONE_OCTET = /^(?:iso-8859-\d{1,2}|windows-125\d)$/i
