/** UTF-8 by hand (RFC 3629), so that the core needs neither TextEncoder nor a DOM type. */
import type { Octets } from './octets.ts'

/** What a person typed, as the octets that a UTF-8 terminal sends. */
export function utf8Octets(text: string): Octets {
  let ascii = true
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) > 0x7f) {
      ascii = false
      break
    }
  if (ascii) return text
  let octets = ''
  for (const character of text) {
    let code = character.codePointAt(0) as number
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd // half a surrogate pair is no character
    if (code < 0x80) octets += String.fromCharCode(code)
    else if (code < 0x800) octets += String.fromCharCode(0xc0 | (code >> 6), tail(code))
    else if (code < 0x10000) octets += String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code))
    else octets += String.fromCharCode(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code))
  }
  return octets
}

const tail = (code: number) => 0x80 | (code & 0x3f)

/** Octets as text for a person: UTF-8 where it is valid, U+FFFD for every octet that is not. */
export function utf8Text(octets: Octets): string {
  if (!/[\x80-\xff]/.test(octets)) return octets
  let text = ''
  for (let at = 0; at < octets.length;) {
    const lead = octets.charCodeAt(at)
    const length =
      lead < 0x80
        ? 1
        : lead >= 0xc2 && lead < 0xe0
          ? 2
          : lead >= 0xe0 && lead < 0xf0
            ? 3
            : lead >= 0xf0 && lead < 0xf5
              ? 4
              : 0
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
  let code = length === 1 ? octets.charCodeAt(at) : octets.charCodeAt(at) & (0x7f >> length)
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
