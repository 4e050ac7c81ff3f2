/**
 * Encoded words (RFC 2047): text beyond ASCII in a header field, as ASCII. `=?iso-8859-1?Q?Andr=E9?=`.
 *
 * Q leaves letters readable, B is smaller where few of them are ASCII. A word has at most 75 characters, and never half a
 * character. What is plain ASCII stays as it is, unless a reader would take it for an encoded word.
 */
import { encodeBase64 } from '../../../bytes/base64.ts'
import { encodeText, smallestCharset } from '../../../bytes/charsets.ts'
import type { Octets } from '../../../bytes/octets.ts'
import { HEX } from '../../../bytes/quoted-printable.ts'
import { utf8Octets } from '../../../bytes/utf8.ts'
import type { FieldLines } from './field-lines.ts'

export interface WordOptions {
  /** The smallest one that has all the characters, where nothing is said or the given one lacks some. */
  charset?: string
  /** Q or B by size and readability, where nothing is said. */
  encoding?: 'Q' | 'B'
  /** RFC 2231 5: `=?us-ascii*en-us?Q?...?=`. */
  language?: string
}

const LONGEST = 75

/** A word longer than this is cut, and only encoded words can be: a line has at most 998 characters. */
const LONGEST_PLAIN = 600

/** What stands for itself in Q; the blank is `_`. A phrase and a comment allow less (RFC 2047 5 (2), (3)). */
const PLAIN_IN_TEXT = /[!-<>@-^`-~]/
const PLAIN_IN_PHRASE = /[A-Za-z0-9!*+/-]/

/** So much of a text must stay readable for Q, where B would be smaller. */
const READABLE = 0.6

/** A plain word no longer than this between two that are encoded costs less inside one encoded word with them. */
const SHORT = 15

const ATOMS = /^[\w!#$%&'*+/=?^`{|}~-]+(?: [\w!#$%&'*+/=?^`{|}~-]+)*$/

const needsEncoding = (text: string): boolean =>
  /[^\x20-\x7e\t]/.test(text) || text.includes('=?') || text.length > LONGEST_PLAIN

/** A line end in a value would begin another field. */
const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ')

/** Writes unstructured text behind the field's name (RFC 2047 5 (1)). */
export function addText(lines: FieldLines, text: string, options: WordOptions = {}): void {
  for (const { space, text: word, encoded } of stretches(oneLine(text))) {
    if (encoded) addEncoded(lines, word, PLAIN_IN_TEXT, options, space || ' ')
    else lines.add(word, space || ' ')
  }
}

/** Writes a comment, with its parentheses (RFC 2047 5 (2)). */
export function addComment(lines: FieldLines, text: string, options: WordOptions = {}): void {
  lines.prefix('(')
  for (const { space, text: word, encoded } of stretches(oneLine(text))) {
    if (encoded) addEncoded(lines, word, PLAIN_IN_PHRASE, options, space || ' ')
    else lines.add(word.replace(/[()\\]/g, '\\$&'), space || ' ')
  }
  lines.add(')', '')
}

/** Writes a phrase: atoms, a quoted string, or encoded words for all of it (RFC 2047 5 (3)). */
export function addPhrase(lines: FieldLines, text: string, options: WordOptions = {}): void {
  const line = oneLine(text)
  if (needsEncoding(line)) addEncoded(lines, line, PLAIN_IN_PHRASE, options, ' ')
  else if (ATOMS.test(line)) for (const atom of line.split(' ')) lines.add(atom)
  else lines.add(`"${line.replace(/["\\]/g, '\\$&')}"`)
}

interface Stretch {
  /** The white space in front of it; '' at the beginning. */
  space: string
  text: string
  encoded: boolean
}

/**
 * The text as words that stay and stretches that are encoded. White space between two encoded words is no part of the
 * text for a reader (RFC 2047 6.2), nor is that at the ends of a value: there it must be encoded too.
 */
function stretches(text: string): Stretch[] {
  const found: Stretch[] = []
  for (const [whole, space, word] of text.matchAll(/([ \t]*)([^ \t]*)/g) as Iterable<[string, string, string]>) {
    if (whole === '') continue
    const last = found.at(-1)
    if (last === undefined) found.push({ space: '', text: whole, encoded: space !== '' || needsEncoding(word) })
    else if (word === '') append(found, { space: '', text: last.text + space, encoded: true }, found.pop()!.space)
    else append(found, { space, text: word, encoded: needsEncoding(word) }, space)
  }
  return found
}

function append(found: Stretch[], next: Stretch, space: string): void {
  const last = found.at(-1)
  const before = found.at(-2)
  if (next.encoded && last?.encoded) last.text += space + next.text
  else if (next.encoded && before?.encoded && last!.text.length <= SHORT) {
    before.text += last!.space + last!.text + space + next.text
    found.pop()
  } else found.push({ ...next, space })
}

function addEncoded(lines: FieldLines, text: string, plain: RegExp, options: WordOptions, space: string): void {
  const given = options.charset
  const charset = given !== undefined && encodeText(text, given) !== null ? given : smallestCharset(text)
  const characters = Array.from(text, (character) => encodeText(character, charset) ?? utf8Octets(character))
  const encoding = options.encoding ?? betterEncoding(characters.join(''), plain)
  const language = /^[A-Za-z0-9-]{1,20}$/.test(options.language ?? '') ? `*${options.language!}` : ''
  const head = `=?${charset}${language}?${encoding}?`
  const most = LONGEST - head.length - 2
  const put = (octets: Octets) => {
    lines.addEncodedWord(`${head}${encoding === 'Q' ? encodeQ(octets, plain) : encodeBase64(octets)}?=`, white)
    white = ' '
  }
  let white = space
  // The first word takes what is left of the line, if that is enough for one character of any charset.
  let room = lines.room(space) - head.length - 2
  if (room < 12 || room > most) room = most
  let octets = ''
  let width = 0
  for (const character of characters) {
    const more = encoding === 'Q' ? widthInQ(character, plain) : character.length
    const full = encoding === 'Q' ? width + more > room : Math.ceil((width + more) / 3) * 4 > room
    if (full) {
      put(octets)
      octets = ''
      width = 0
      room = most
    }
    octets += character
    width += more
  }
  put(octets)
}

function betterEncoding(octets: Octets, plain: RegExp): 'Q' | 'B' {
  let readable = 0
  for (const octet of octets) if (octet === ' ' || plain.test(octet)) readable++
  const sizeInQ = octets.length + 2 * (octets.length - readable)
  const sizeInB = Math.ceil(octets.length / 3) * 4
  return sizeInQ <= sizeInB || readable >= READABLE * octets.length ? 'Q' : 'B'
}

function widthInQ(octets: Octets, plain: RegExp): number {
  let width = 0
  for (const octet of octets) width += octet === ' ' || plain.test(octet) ? 1 : 3
  return width
}

function encodeQ(octets: Octets, plain: RegExp): Octets {
  let text = ''
  for (const octet of octets) {
    const code = octet.charCodeAt(0)
    text += octet === ' ' ? '_' : plain.test(octet) ? octet : `=${HEX[code >> 4]!}${HEX[code & 15]!}`
  }
  return text
}
