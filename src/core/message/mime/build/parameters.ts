/**
 * Writes the parameters of Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2231): as a token or quoted; in
 * percent signs with charset and language where a value is not ASCII; in pieces where it is too long for a line.
 */
import { encodeText, smallestCharset } from '../../../bytes/charsets.ts'
import { HEX } from '../../../bytes/quoted-printable.ts'
import { utf8Octets } from '../../../bytes/utf8.ts'
import type { FieldLines } from './field-lines.ts'

export interface ParameterOptions {
  charset?: string
  language?: string
}

/** With the blank in front and the `;` behind, a line of 78. */
const LONGEST = 76

/** These may not be cut in pieces: half a boundary helps nobody who does not know RFC 2231. */
const WHOLE = new Set(['boundary', 'charset'])

/** A token of RFC 2045 5.1. */
const isToken = (text: string): boolean => /^[!#$%&'*+.^_`{|}~0-9A-Za-z-]+$/.test(text)

/** attribute-char of RFC 2231 7: a token without `*`, `'` and `%`. */
const ATTRIBUTE = /[!#$&+.^_`{|}~0-9A-Za-z-]/

/** The `;` belongs to what stands before it. */
export function addParameter(lines: FieldLines, name: string, value: string, options: ParameterOptions = {}): void {
  for (const piece of parameterPieces(name, value, options)) {
    lines.add(';', '')
    lines.add(piece)
  }
}

/** `name=value`, or the pieces of it: `name*0*=utf-8''...`, `name*1*=...`. */
export function parameterPieces(name: string, value: string, options: ParameterOptions = {}): string[] {
  // What looks like an encoded word would be read as one by programs that decode them here, where they may not stand.
  if (/[^\x20-\x7e]/.test(value) || value.includes('=?')) return extended(name, value, options)
  const whole = `${name}=${isToken(value) ? value : quoted(value)}`
  if (whole.length <= LONGEST || WHOLE.has(name.toLowerCase())) return [whole]
  return numbered(
    name,
    '',
    Array.from(value, (character) => quotedCharacter(character)),
    '"',
  )
}

function extended(name: string, value: string, { charset: given, language = '' }: ParameterOptions): string[] {
  const charset = given !== undefined && encodeText(value, given) !== null ? given : smallestCharset(value)
  const characters = Array.from(value, (character) => percent(encodeText(character, charset) ?? utf8Octets(character)))
  const head = `${charset}'${language.replace(/[^A-Za-z0-9-]/g, '')}'`
  const whole = `${name}*=${head}${characters.join('')}`
  return whole.length <= LONGEST ? [whole] : numbered(name, head, characters, '')
}

/** Pieces as long as a line allows, never with half a character. `mark` stands around each. */
function numbered(name: string, head: string, characters: readonly string[], mark: '"' | ''): string[] {
  const pieces: string[] = []
  let piece = head
  const start = () => `${name}*${pieces.length}${mark === '' ? '*' : ''}=${mark}`
  for (const character of characters) {
    if (start().length + piece.length + character.length + mark.length > LONGEST && piece !== '') {
      pieces.push(`${start()}${piece}${mark}`)
      piece = ''
    }
    piece += character
  }
  return [...pieces, `${start()}${piece}${mark}`]
}

const quotedCharacter = (character: string): string =>
  character === '"' || character === '\\' ? `\\${character}` : character

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`

function percent(octets: string): string {
  let text = ''
  for (const octet of octets) {
    const code = octet.charCodeAt(0)
    text += ATTRIBUTE.test(octet) ? octet : `%${HEX[code >> 4]!}${HEX[code & 15]!}`
  }
  return text
}
