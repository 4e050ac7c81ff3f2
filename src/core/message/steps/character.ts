/**
 * One character among octets: where it begins and ends, and how its bits lie in the octets of UTF-8 (RFC 3629 section 3).
 */
import { decodeText, encodeText, type MoreCharsets } from '../../bytes/charsets.ts'
import { charsetNamed } from '../../bytes/charset-names.ts'
import type { Octets } from '../../bytes/octets.ts'
import { bitsOf, type Cell } from './run.ts'

export const REPLACEMENT = '\ufffd'

/** Half a surrogate pair, which is no character: with the flag `u` the whole pairs are not matched. */
const HALF = /[\ud800-\udfff]/u
const HALVES = /[\ud800-\udfff]/gu

export const hasHalf = (text: string): boolean => HALF.test(text)
export const withoutHalves = (text: string): string => text.replace(HALVES, REPLACEMENT)

/** How many octets a character has that begins with this one; 0: none begins so. */
const utf8Length = (lead: number): number =>
  lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0

/** The character at `at` and how many octets it has; octets that are none are U+FFFD, each for itself. */
export function characterAt(octets: Octets, at: number, charset: string): { text: string; length: number } {
  if (charsetNamed(charset) !== 'utf-8') return { text: decodeText(octets[at]!, charset), length: 1 }
  const length = utf8Length(octets.charCodeAt(at))
  if (length === 0) return { text: REPLACEMENT, length: 1 }
  const text = decodeText(octets.slice(at, at + length), 'utf-8')
  // Octets that are no character give as many U+FFFD, or other characters behind the first.
  return [...text].length === 1 && at + length <= octets.length ? { text, length } : { text: REPLACEMENT, length: 1 }
}

export const octetsOf = (character: string, charset: string): Octets | null => encodeText(character, charset)

/** The marks in front of the bits of a character: 0, or 110, 1110, 11110 and then 10 each. */
const MARKS = [['0'], ['110', '10'], ['1110', '10', '10'], ['11110', '10', '10', '10']] as const

/** The bits of a code point as they lie in its octets of UTF-8, and the octets around them. */
export function utf8Bits(octets: Octets): { bits: string; cells: Cell[] } {
  let bits = ''
  const cells = MARKS[octets.length - 1]!.map((mark, k): Cell => {
    const value = octets.charCodeAt(k)
    const from = bits.length
    bits += bitsOf(value, 8).slice(mark.length)
    return { kind: 'octet', from, to: bits.length, mark, value, character: octets.length === 1 ? octets : '' }
  })
  return { bits, cells }
}

/** A character by its code point, over so many bits. */
export const codeCell = (character: string, to: number): Cell => ({
  kind: 'code',
  from: 0,
  to,
  mark: '',
  value: character.codePointAt(0)!,
  character,
})

/**
 * Octets that come one after the other and become text as soon as a character is whole: the halves of one may lie in two
 * encoded words. A charset of the platform's cannot be read in pieces, its text comes at the end.
 */
export class Reading {
  private pending: Octets = ''
  private readonly charset: string
  private readonly more: MoreCharsets | undefined

  constructor(charset: string, more: MoreCharsets | undefined) {
    this.charset = charset
    this.more = more
  }

  get waiting(): number {
    return this.pending.length
  }

  /** The characters that are whole with these octets. */
  push(octets: Octets): string {
    const name = charsetNamed(this.charset)
    if (name !== 'utf-8') {
      const whole = name !== null || !this.more?.(this.charset)
      if (whole) return decodeText(octets, this.charset)
      this.pending += octets
      return ''
    }
    this.pending += octets
    let text = ''
    let at = 0
    while (at < this.pending.length) {
      const length = utf8Length(this.pending.charCodeAt(at))
      if (length > this.pending.length - at && /^[\x80-\xbf]*$/.test(this.pending.slice(at + 1))) break
      const character = characterAt(this.pending, at, this.charset)
      text += character.text
      at += character.length
    }
    this.pending = this.pending.slice(at)
    return text
  }

  /** Nothing comes any more. */
  end(): string {
    const text = decodeText(this.pending, this.charset, this.more)
    this.pending = ''
    return text
  }
}
