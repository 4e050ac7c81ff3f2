/**
 * What a section of a message says (RFC 3501 6.4.5): which octets `BODY[2.HEADER]` means. What concerns the message itself
 * wants its header alone; only what lies within it wants the tree of its parts.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Content } from '../../message/content.ts'
import { withoutBlanks } from '../../message/fields.ts'
import { readSectionPath } from '../../message/mime/section-path.ts'
import { astring } from '../wire/writer.ts'
import { withoutNul } from '../wire/envelope.ts'
import type { Reader } from '../wire/reader.ts'

export interface Section {
  /** `2.HEADER`, in capitals; '' for the whole message. */
  readonly path: string
  /** Of HEADER.FIELDS. */
  readonly names: readonly Octets[]
}

/** A substring of a section, `<0.2048>`. */
export interface Substring {
  readonly from: number
  readonly count: number
}

const PATH = /[A-Za-z\d.]*/y

/** What stands between the brackets; `binary` has numbers alone (RFC 3516 3). */
export function readSection(reader: Reader, binary: boolean): Section {
  reader.take('[')
  const path = reader.match(PATH)!.toUpperCase()
  const section = readSectionPath(path)
  if (!section || /(^|\.)0/.test(path)) reader.fail(`${path} is no section`)
  if (binary && section.text !== null) reader.fail(`BINARY has no section ${path}`)
  let names: readonly Octets[] = []
  if (section.text === 'HEADER.FIELDS' || section.text === 'HEADER.FIELDS.NOT') {
    reader.sp()
    names = reader.list(() => reader.astring('the name of a header field'))
  }
  reader.take(']')
  return { path, names }
}

/** What stands behind a section; null where there is nothing. */
export function readSubstring(reader: Reader): Substring | null {
  if (!reader.try('<')) return null
  const from = reader.number('the first octet')
  reader.take('.')
  const count = reader.number('a number of octets')
  if (count === 0) reader.fail('a number of octets from 1 was expected')
  reader.take('>')
  return { from, count }
}

/** As the answer names it; of a part of it, with its origin. */
export function sectionName({ path, names }: Section, substring: Substring | null): Octets {
  const list = names.length === 0 ? '' : ` (${names.map((name) => astring(name.toUpperCase())).join(' ')})`
  return `[${path}${list}]${substring ? `<${substring.from}>` : ''}`
}

/** What reads the section of any message; null where a message has no such part. NUL, which no literal may hold, is octet 80. */
export function sectionReader({ path, names }: Section): (content: Content) => Octets | null {
  switch (path) {
    case '':
      return ({ octets }) => withoutNul(octets)
    case 'HEADER':
      return (content) => withoutNul(content.octets.slice(0, bodyAt(content)))
    case 'TEXT':
      return (content) => withoutNul(content.octets.slice(bodyAt(content)))
    case 'HEADER.FIELDS':
      return fieldsReader(names, true)
    case 'HEADER.FIELDS.NOT':
      return fieldsReader(names, false)
    default:
      return ({ model }) => {
        const octets = model.section(path, names)
        return octets === null ? null : withoutNul(octets)
      }
  }
}

export const cut = (octets: Octets, { from, count }: Substring): Octets => octets.slice(from, from + count)

const bodyAt = (content: Content): number => content.keep('body at', ({ header }) => header.body)

/**
 * Fields as they are written, and the empty line, which belongs to every header that is asked for. Where the header ends is
 * known, so that every line before is a field's: lists of messages are read so, by the ten thousand.
 */
function fieldsReader(names: readonly Octets[], named: boolean): (content: Content) => Octets {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  return (content) => {
    const { octets } = content
    const body = bodyAt(content)
    let text = ''
    let at = 0
    while (at < body && octets[at] !== '\r' && octets[at] !== '\n') {
      const end = fieldEnd(octets, at, body)
      const name = withoutBlanks(octets.slice(at, octets.indexOf(':', at))).toLowerCase()
      if (wanted.has(name) === named) text += octets.slice(at, end)
      at = end
    }
    // RFC 3501 6.4.5: only a message that ends with its header has no empty line.
    return withoutNul(text + (octets.slice(at, body) || (body < octets.length ? '\r\n' : '')))
  }
}

/** Behind the field that begins there, and the lines that continue it. */
function fieldEnd(octets: Octets, from: number, body: number): number {
  for (let at = from; ;) {
    const feed = octets.indexOf('\n', at)
    if (feed < 0 || feed + 1 >= body) return body
    at = feed + 1
    if (octets[at] !== ' ' && octets[at] !== '\t') return at
  }
}
