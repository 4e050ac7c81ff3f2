/**
 * The tokens of a Sieve script (RFC 5228 8.1), each with its place. What is no token becomes one that says what is wrong,
 * so that reading goes on.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'

export type Token =
  | { readonly kind: 'identifier' | 'tag'; readonly name: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'string'; readonly value: Octets; readonly at: number }
  | { readonly kind: Separator; readonly at: number }
  | { readonly kind: 'bad'; readonly message: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number }

type Separator = ';' | ',' | '{' | '}' | '(' | ')' | '[' | ']'

const SEPARATORS = ';,{}()[]'
const WORD = /(:?)([A-Za-z_][A-Za-z0-9_]*)/y
const NUMBER = /(\d+)([KMG]?)(?![A-Za-z0-9_])/iy
const NUMBER_LIKE = /\d\w*/y
const TEXT = /text:[ \t]*(?:#[^\n]*)?\r\n/iy
const UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

/** RFC 5228 2.4.1: so much every implementation reads. More would be no size of any mail. */
const MOST = 2 ** 53 - 1

/**
 * Lines end with CRLF. An LF alone, as editors of Unix write it, is taken for one: no place moves by it, for lines and
 * columns are counted afterwards.
 */
export const wholeLines = (text: Octets): Octets => text.replace(/\r?\n/g, '\r\n')

/** All tokens; the last is `end`. */
export function tokens(text: Octets): Token[] {
  const found: Token[] = []
  for (let at = 0; ;) {
    const [token, next] = tokenAt(text, at)
    if (token !== null) found.push(token)
    if (token?.kind === 'end') return found
    at = next
  }
}

/** The token there, null for white space and comments, and where to go on. */
function tokenAt(text: Octets, at: number): [Token | null, number] {
  const character = text[at]
  if (character === undefined) return [{ kind: 'end', at }, at]
  if (character === ' ' || character === '\t' || text.startsWith('\r\n', at)) {
    return [null, character === '\r' ? at + 2 : at + 1]
  }
  if (character === '#') return hashComment(text, at)
  if (text.startsWith('/*', at)) return bracketComment(text, at)
  if (character === '"') return quoted(text, at)
  if (SEPARATORS.includes(character)) return [{ kind: character as Separator, at }, at + 1]
  TEXT.lastIndex = at
  if (TEXT.test(text)) return multiLine(text, at, TEXT.lastIndex)
  return number(text, at) ?? word(text, at) ?? unknown(text, at)
}

const bad = (at: number, message: string): Token => ({ kind: 'bad', message, at })

function hashComment(text: Octets, at: number): [Token | null, number] {
  const end = text.indexOf('\r\n', at)
  const next = end < 0 ? text.length : end + 2
  return [nulIn(text, at, next) ? bad(at, 'encountered NUL character in hash comment') : null, next]
}

function bracketComment(text: Octets, at: number): [Token | null, number] {
  const end = text.indexOf('*/', at + 2)
  if (end < 0) return [bad(at, "end of file before end of bracket comment ('/* ... */')"), text.length]
  return [nulIn(text, at, end) ? bad(at, 'encountered NUL character in bracket comment') : null, end + 2]
}

/** A backslash takes the character behind it as it is, whatever that is (RFC 5228 2.4.2). */
function quoted(text: Octets, at: number): [Token, number] {
  let end = at + 1
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  if (end >= text.length) return [bad(at, 'end of file before end of quoted string'), text.length]
  const value = text.slice(at + 1, end).replace(/\\([^])/g, '$1')
  return [stringToken(value, at, 'quoted string'), end + 1]
}

/** `text:` up to the line that is a dot; of two dots that begin a line one is dropped. */
function multiLine(text: Octets, at: number, from: number): [Token, number] {
  const ownLine = text.startsWith('.\r\n', from)
  const end = ownLine ? from : text.indexOf('\r\n.\r\n', from) + 2
  if (end < from) return [bad(at, 'end of file before end of multi-line string'), text.length]
  const value = text.slice(from, end).replace(/(^|\r\n)\.\./g, '$1.')
  return [stringToken(value, at, 'multi-line string'), end + 3]
}

function stringToken(value: Octets, at: number, what: string): Token {
  if (value.includes('\0')) return bad(at, `encountered NUL character in ${what}`)
  if (/\r(?!\n)/.test(value)) return bad(at, `found stray carriage-return (CR) character in ${what}`)
  return { kind: 'string', value, at }
}

const nulIn = (text: Octets, from: number, to: number) => text.slice(from, to).includes('\0')

function number(text: Octets, at: number): [Token, number] | null {
  NUMBER_LIKE.lastIndex = at
  if (!NUMBER_LIKE.test(text)) return null
  const next = NUMBER_LIKE.lastIndex
  NUMBER.lastIndex = at
  const parts = NUMBER.exec(text)
  if (parts === null) return [bad(at, `'${text.slice(at, next)}' is no number`), next]
  const value = Number(parts[1]) * UNITS[parts[2]!.toUpperCase()]!
  return [value > MOST ? bad(at, `number exceeds integer limits (max ${MOST})`) : { kind: 'number', value, at }, next]
}

function word(text: Octets, at: number): [Token, number] | null {
  WORD.lastIndex = at
  const parts = WORD.exec(text)
  if (parts === null) return null
  const [, colon, name] = parts
  const next = WORD.lastIndex
  if (name!.toLowerCase() === 'text' && colon === '' && text[next] === ':') {
    return [bad(at, "invalid character after 'text:' in multi-line string: its text begins on the next line"), next + 1]
  }
  return [{ kind: colon === ':' ? 'tag' : 'identifier', name: name!.toLowerCase(), at }, next]
}

/** One problem for a run of them: a person who forgot a quotation mark has many. */
const UNKNOWN = /[^ \t\r\n"#;,{}()[\]A-Za-z0-9_:]+|[^]/y

function unknown(text: Octets, at: number): [Token, number] {
  UNKNOWN.lastIndex = at
  UNKNOWN.test(text)
  const next = UNKNOWN.lastIndex
  return [bad(at, `unexpected character(s) starting with '${shown(text.slice(at, next))}'`), next]
}

/** What is quoted of a script in a message for a person. */
export function shown(octets: Octets): string {
  const text = harmless(utf8Text(octets)).replace(/\s+/g, ' ')
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}

/** What a message says was found. */
export function described(token: Token): string {
  if (token.kind === 'identifier') return `identifier '${shown(token.name)}'`
  if (token.kind === 'tag') return `tag ':${shown(token.name)}'`
  if (token.kind === 'number' || token.kind === 'string') return token.kind
  return token.kind === 'end' ? 'end of file' : `'${token.kind}'`
}

/** The line of a place, counted from 1. */
export function lineCounter(text: Octets): (at: number) => number {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at)
  return (at) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

export function columnOf(text: Octets, at: number): number {
  const lineAt = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1
  return utf8Text(text.slice(lineAt, at)).length + 1
}
