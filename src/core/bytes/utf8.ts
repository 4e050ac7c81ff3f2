/** UTF-8 by hand (RFC 3629), so that the core needs neither TextEncoder nor a DOM type. */
import { CHUNK, fromCodes, type Octets } from './octets.ts'

/** What a person typed, as the octets that a UTF-8 terminal sends. */
export function utf8Octets(text: string): Octets {
  const first = text.search(/[^\x00-\x7f]/)
  if (first < 0) return text
  const parts = [text.slice(0, first)]
  const codes: number[] = []
  let to = 0
  for (let at = first; at < text.length; at++) {
    if (to > CHUNK - LONGEST) to = flush(parts, codes, to)
    let code = text.charCodeAt(at)
    if (code < 0x80) {
      codes[to++] = code
      continue
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      code = text.codePointAt(at)!
      if (code > 0xffff) at++
      else code = 0xfffd // half a surrogate pair is no character
    }
    if (code < 0x800) codes[to++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) codes[to++] = 0xe0 | (code >> 12)
      else {
        codes[to++] = 0xf0 | (code >> 18)
        codes[to++] = tail(code >> 12)
      }
      codes[to++] = tail(code >> 6)
    }
    codes[to++] = tail(code)
  }
  flush(parts, codes, to)
  return parts.join('')
}

const tail = (code: number) => 0x80 | (code & 0x3f)

/** So many octets has the longest character. */
const LONGEST = 4

/** The first `to` codes become a string. Returns 0, how many are left. */
function flush(parts: string[], codes: number[], to: number): 0 {
  parts.push(fromCodes(codes.slice(0, to)))
  return 0
}

/** Octets as text for a person: UTF-8 where it is valid, U+FFFD for every octet that is not. Most text is mostly ASCII. */
export const utf8Text = (octets: Octets): string => octets.replace(/[\x80-\xff]+/g, beyondAscii)

function beyondAscii(octets: Octets): string {
  let text = ''
  for (let at = 0; at < octets.length;) {
    const lead = octets.charCodeAt(at)
    const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    const code = length === 0 ? -1 : decode(octets, at, length)
    text += code < 0 ? '\ufffd' : String.fromCodePoint(code)
    at += code < 0 ? 1 : length
  }
  return text
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000]

/** The code point at `at`, or -1 where the sequence is cut, overlong, a surrogate or beyond Unicode. */
function decode(octets: Octets, at: number, length: number): number {
  if (at + length > octets.length) return -1
  let code = octets.charCodeAt(at) & (0x7f >> length)
  for (let k = 1; k < length; k++) {
    const octet = octets.charCodeAt(at + k)
    if ((octet & 0xc0) !== 0x80) return -1
    code = (code << 6) | (octet & 0x3f)
  }
  if (code < SMALLEST[length]! || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return -1
  return code
}

/** Control characters made visible, so that no mail, name or file can steer a terminal (ESC, BEL, C1 ...). */
export function harmless(text: string): string {
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (c) => {
    const code = c.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : `\\u{${code.toString(16)}}`
  })
}
