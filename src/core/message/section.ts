/**
 * The header section with its places, and what is wrong with it (RFC 5322 2.2, 3.6). `fields.ts` asks for single fields
 * in what SMTP took; this reader is for those who want to see the whole: every field, every slip.
 *
 * Files of messages come with CRLF or with LF. Both end a line here, and a lone LF is reported. (To `fields.ts`, as to
 * SMTP, only CRLF ends a line: what a server stamps must not depend on a reader's kindness.)
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import { fieldRow } from './field-table.ts'
import { nameEnd, withoutBlanks } from './fields.ts'
import type { Place } from './place.ts'
import { type Report, silent } from './problems.ts'

export interface FieldPlace extends Place {
  /** As written: `Message-Id`. */
  readonly name: string
  readonly lowerName: string
  /** What stands between the colon and the last line end, folding included. */
  readonly value: Place
}

export interface HeaderSection {
  readonly fields: readonly FieldPlace[]
  /** Where the last field ends ... */
  readonly end: number
  /** ... and where the body begins: behind the empty line, or at the line that is no field. */
  readonly body: number
}

/** RFC 5322 2.1.1, without the line end. */
const LONGEST_LINE = 998

export function headerSection(source: Octets, from: number, to: number, report: Report): HeaderSection {
  const fields: FieldPlace[] = []
  let at = from
  for (;;) {
    if (at >= to) return { fields, end: at, body: at }
    const empty = emptyLine(source, at, to)
    if (empty > 0) {
      if (empty === 1) report('bare-lf', at, at + 1)
      return { fields, end: at, body: at + empty }
    }
    const colon = nameEnd(source, at)
    if (colon < 0 || colon >= to) {
      report('no-colon', at, lineTextEnd(source, at, to))
      return { fields, end: at, body: at }
    }
    const end = fieldEnd(source, at, to, report)
    const written = source.slice(at, colon)
    const name = withoutBlanks(written)
    if (name !== written) report('blank-before-colon', at + name.length, colon)
    const value = { from: colon + 1, to: Math.max(colon + 1, withoutLineEnd(source, at, end)) }
    fields.push({ name, lowerName: name.toLowerCase(), from: at, to: end, value })
    if (report !== silent) octetTroubles(source, at, value.to, report)
    at = end
  }
}

/** The field's end, its continuation lines included, with a look at each line. */
function fieldEnd(source: Octets, from: number, to: number, report: Report): number {
  for (let line = from; ;) {
    const feed = source.indexOf('\n', line)
    const end = feed < 0 || feed >= to ? to : feed + 1
    const textEnd = withoutLineEnd(source, line, end)
    if (textEnd - line > LONGEST_LINE) report('line-too-long', line, textEnd)
    if (textEnd === end - 1 && source[textEnd] === '\n') report('bare-lf', textEnd, end)
    if (line > from && isBlankLine(source, line, textEnd)) report('blank-line-in-field', line, end)
    if (end === to || (source[end] !== ' ' && source[end] !== '\t')) return end
    line = end
  }
}

function isBlankLine(source: Octets, from: number, to: number): boolean {
  let at = from
  while (at < to && (source[at] === ' ' || source[at] === '\t')) at++
  return at === to
}

/** How many octets long the line end at `at` is: 2, 1 for a lone LF, 0 where there is none. */
function emptyLine(source: Octets, at: number, to: number): number {
  if (source[at] === '\n') return 1
  return at + 1 < to && source[at] === '\r' && source[at + 1] === '\n' ? 2 : 0
}

function lineTextEnd(source: Octets, from: number, to: number): number {
  const feed = source.indexOf('\n', from)
  return withoutLineEnd(source, from, feed < 0 || feed >= to ? to : feed + 1)
}

function withoutLineEnd(source: Octets, from: number, to: number): number {
  if (to <= from || source[to - 1] !== '\n') return to
  return to - 1 > from && source[to - 2] === '\r' ? to - 2 : to - 1
}

/** NUL, other controls, a lone CR, octets that are no UTF-8: once a field, at the first of its kind. */
function octetTroubles(source: Octets, from: number, to: number, report: Report): void {
  const text = source.slice(from, to)
  if (!/[^\t\n\x20-\x7e]/.test(text)) return
  const first = (key: 'nul' | 'bare-cr' | 'control-character', pattern: RegExp) => {
    const found = text.search(pattern)
    if (found >= 0) report(key, from + found, from + found + 1)
  }
  first('nul', /\0/)
  first('bare-cr', /\r(?!\n)/)
  first('control-character', /[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]/)
  if (utf8Octets(utf8Text(text)) !== text) {
    const found = text.search(/[\x80-\xff]/)
    report('not-utf8', from + found, to)
  }
}

/** The value on one line, without the white space around it. */
export const unfolded = (source: Octets, place: Place): Octets =>
  withoutBlanks(source.slice(place.from, place.to).replace(/\r?\n(?=[ \t])/g, ''))

/** What the header of a message lacks, or has too often (RFC 5322 3.6). */
export function headerTroubles(fields: readonly FieldPlace[], report: Report): void {
  const seen = repeatedFields(fields, report)
  const at = fields[0]?.from ?? 0
  if (!seen.has('date')) report('date-missing', at, at)
  if (!seen.has('from')) report('from-missing', at, at)
}

/** The same of a message within another, which begins at `at`: one of three fields is enough (RFC 2046 5.2.1). */
export function encapsulatedTroubles(fields: readonly FieldPlace[], at: number, report: Report): void {
  const seen = repeatedFields(fields, report)
  if (!['from', 'subject', 'date'].some((name) => seen.has(name))) report('encapsulated-header', at, at)
}

/** The names that are there; what stands too often is reported. */
export function repeatedFields(fields: readonly FieldPlace[], report: Report): ReadonlySet<string> {
  const seen = new Set<string>()
  for (const { lowerName, from, to } of fields) {
    if (seen.has(lowerName) && fieldRow(lowerName).times !== 'any') report('field-twice', from, to)
    seen.add(lowerName)
  }
  return seen
}
