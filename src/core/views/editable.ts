/**
 * Octets as a text that can be edited and becomes the same octets again. A text field knows one kind of line end and no
 * octets: a line end is CRLF here; a lone CR or LF, a control and an octet that is no character have signs of their own.
 *
 *     CRLF a new line      lone LF  ␊ and a new line      lone CR  ␍      NUL ␀ ... DEL ␡      E9 (no UTF-8)  ‹E9›
 *
 * Where one of these signs stands in the source itself, it is written as its octets.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'

/** Lone line ends and controls, one character in UTF-8 beyond ASCII, or an octet that is part of none. */
const PIECE =
  /\r\n|[\x00-\x08\x0a-\x1f\x7f]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\x80-\xff]/g

/** C1 controls, marks of direction, the signs for controls: shown as octets, for nobody could tell them apart. */
const UNCLEAR = /[\x80-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\u2400-\u2421\ufeff]/

export const editableText = (octets: Octets): string => octets.replace(PIECE, shown)

function shown(piece: Octets, at: number, octets: Octets): string {
  if (piece === '\r\n') return '\n'
  if (piece === '\n') return '\u240a\n'
  if (piece === '\x7f') return '\u2421'
  if (piece < ' ') return String.fromCharCode(0x2400 + piece.charCodeAt(0))
  if (piece.length > 1) {
    const text = utf8Text(piece)
    const isSign = text === '\u2039' && /^[0-9A-F]{2}\xe2\x80\xba/.test(octets.slice(at + 3, at + 8))
    if (utf8Octets(text) === piece && !UNCLEAR.test(text) && !isSign) return text
  }
  return Array.from(piece, (octet) => `\u2039${octet.charCodeAt(0).toString(16).toUpperCase()}\u203a`).join('')
}

/** What the text field holds as octets, piece by piece. */
const TOKEN = /\u240a\n|\n|[\u2400-\u241f\u2421]|\u2039[0-9A-F]{2}\u203a|[\ud800-\udbff][\udc00-\udfff]|[^]/g

function octetsOf(token: string): Octets {
  if (token === '\n') return '\r\n'
  if (token === '\u240a\n') return '\n'
  if (token.length === 4) return String.fromCharCode(Number.parseInt(token.slice(1, 3), 16))
  const code = token.charCodeAt(0)
  if (code === 0x2421) return '\x7f'
  if (code >= 0x2400 && code < 0x2420) return String.fromCharCode(code - 0x2400)
  return utf8Octets(token)
}

const PLAIN = /^[\t\x20-\x7e]*$/

/** Signs that may stand for something else than themselves, and halves of characters. */
const SIGN = /[\u2400-\u2421\u2039\ud800-\udfff]/

function lineOctets(line: string): Octets {
  if (PLAIN.test(line)) return line
  return SIGN.test(line) ? line.replace(TOKEN, (token) => octetsOf(token)) : utf8Octets(line)
}

/** A text in a field, and where each of its characters stands in the octets. All of it by lines, which are short. */
export class EditedText {
  readonly text: string
  readonly octets: Octets
  /** Where each line begins, in the text and in the octets. */
  readonly textLines: readonly number[]
  readonly octetLines: readonly number[]

  constructor(text: string) {
    this.text = text
    const textLines: number[] = []
    const octetLines: number[] = []
    const pieces: Octets[] = []
    let from = 0
    let octets = 0
    for (const line of text.split('\n')) {
      textLines.push(from)
      octetLines.push(octets)
      from += line.length + 1
      const last = from > text.length
      const bare = !last && line.endsWith('\u240a')
      const piece = lineOctets(bare ? line.slice(0, -1) : line) + (last ? '' : bare ? '\n' : '\r\n')
      octets += piece.length
      pieces.push(piece)
    }
    this.octets = pieces.join('')
    this.textLines = textLines
    this.octetLines = octetLines
  }

  /** The line of a place in the text, from 0. */
  lineAt(text: number): number {
    return lastNotAfter(this.textLines, text)
  }

  /** The octet that the character at `text` begins with. */
  octetAt(text: number): number {
    const line = this.lineAt(text)
    let at = this.textLines[line]!
    let octets = this.octetLines[line]!
    const whole = this.lineText(line)
    if (PLAIN.test(whole)) return octets + Math.min(text - at, whole.length)
    for (const [token] of this.withEnd(line).matchAll(TOKEN)) {
      if (at + token.length > text) break
      at += token.length
      octets += octetsOf(token).length
    }
    return octets
  }

  /** The character that the octet is part of. */
  textAt(octet: number): number {
    const line = lastNotAfter(this.octetLines, octet)
    let at = this.textLines[line]!
    let octets = this.octetLines[line]!
    const whole = this.lineText(line)
    if (PLAIN.test(whole)) return at + Math.min(octet - octets, whole.length)
    for (const [token] of this.withEnd(line).matchAll(TOKEN)) {
      octets += octetsOf(token).length
      if (octets > octet) break
      at += token.length
    }
    return at
  }

  /** A line without its end. */
  lineText(line: number): string {
    const next = this.textLines[line + 1]
    return this.text.slice(this.textLines[line], next === undefined ? undefined : next - 1)
  }

  private withEnd(line: number): string {
    return this.text.slice(this.textLines[line], this.textLines[line + 1])
  }
}

function lastNotAfter(places: readonly number[], at: number): number {
  let low = 0
  let high = places.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (places[middle]! <= at) low = middle
    else high = middle - 1
  }
  return low
}
