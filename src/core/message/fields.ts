/**
 * The header section of a message (RFC 5322 2.2), read where it stands: nothing is copied but what is asked for.
 *
 * The section ends at the empty line. It also ends at a line that is no field: people who type a message by hand forget
 * the empty line or the whole header, and what they typed then is the body.
 */
import type { Octets } from '../bytes/octets.ts'

export interface Field {
  /** As written: `Message-Id`. */
  name: string
  /** What follows the colon, with its folding and its last CRLF. */
  raw: Octets
  /** On one line, without the white space around it. */
  value: Octets
  /** Where the field begins in the content, and where the next one would. */
  from: number
  to: number
}

const SMALL = 65_536

/** RFC 5322 2.2 and, for the blank before the colon, 4.5. */
const NAME = /([!-9;-~]+)[ \t]*:/y

/** Where the colon stands behind the field name that begins at `at`; -1 when none does. */
export function nameEnd(content: Octets, at: number): number {
  NAME.lastIndex = at
  return NAME.test(content) ? NAME.lastIndex - 1 : -1
}

/** Where the field that begins at `at` ends, its continuation lines included; -1 when none begins there. */
function fieldEnd(content: Octets, at: number): number {
  if (nameEnd(content, at) < 0) return -1
  for (let end = at; ;) {
    const lineEnd = content.indexOf('\r\n', end)
    if (lineEnd < 0) return content.length
    end = lineEnd + 2
    if (content[end] !== ' ' && content[end] !== '\t') return end
  }
}

function fieldAt(content: Octets, from: number, to: number): Field {
  NAME.lastIndex = from
  const [start, name] = NAME.exec(content) as unknown as [string, string]
  const raw = content.slice(from + start.length, to)
  return { name, raw, value: withoutBlanks(raw.replace(/\r\n(?=[ \t])/g, '')), from, to }
}

/** Not `trim`: to it the octet A0, with which a UTF-8 `à` ends, is white space. */
export function withoutBlanks(text: Octets): Octets {
  let from = 0
  let to = text.length
  while (from < to && BLANKS.includes(text[from]!)) from++
  while (to > from && BLANKS.includes(text[to - 1]!)) to--
  return text.slice(from, to)
}

const BLANKS = ' \t\r\n'

const isNamed = (content: Octets, at: number, lowerName: string) =>
  content.slice(at, at + lowerName.length).toLowerCase() === lowerName &&
  /[ \t:]/.test(content[at + lowerName.length] ?? '')

export function headerFields(content: Octets): Field[] {
  const fields: Field[] = []
  for (let at = 0, end; (end = fieldEnd(content, at)) > 0; at = end) fields.push(fieldAt(content, at, end))
  return fields
}

/** The values of all fields of that name, in order. */
export function fieldValues(content: Octets, name: string): Octets[] {
  const lowerName = name.toLowerCase()
  const values: Octets[] = []
  for (let at = 0, end; (end = fieldEnd(content, at)) > 0; at = end) {
    if (isNamed(content, at, lowerName)) values.push(fieldAt(content, at, end).value)
  }
  return values
}

/** The value of the first field of that name, or null. */
export function field(content: Octets, name: string): Octets | null {
  const lowerName = name.toLowerCase()
  for (let at = 0, end; (end = fieldEnd(content, at)) > 0; at = end) {
    if (isNamed(content, at, lowerName)) return fieldAt(content, at, end).value
  }
  return null
}

export function countFields(content: Octets, name: string): number {
  const lowerName = name.toLowerCase()
  let count = 0
  for (let at = 0, end; (end = fieldEnd(content, at)) > 0; at = end) if (isNamed(content, at, lowerName)) count++
  return count
}

/** Where the body begins: behind the empty line, or at the line that is no field. */
export function bodyAt(content: Octets): number {
  let at = 0
  for (let end; (end = fieldEnd(content, at)) > 0;) at = end
  return content.startsWith('\r\n', at) ? at + 2 : at
}

/**
 * Puts fields (each with its CRLF) on top. Content that begins with text gets the empty line that it lacks, for the text
 * would be taken for a part of the header.
 */
export function withFields(fields: Octets, content: Octets): Octets {
  const separated = content === '' || content.startsWith('\r\n') || nameEnd(content, 0) > 0
  const top = separated ? fields : `${fields}\r\n`
  // `join` copies, `+` only refers to both: a small message would keep alive the whole chunk of input it was cut from.
  return content.length < SMALL ? [top, content].join('') : top + content
}
