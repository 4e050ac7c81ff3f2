/**
 * Base64 (RFC 4648 section 4), strict: a client that sends a wrong AUTH line or a wrong part shall hear of it, so what
 * is outside the alphabet, badly padded or carries stray bits in its last character is no base64 at all.
 */
import type { Octets } from './octets.ts'
import { toOctets } from './octets.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
export const PAD = 0x3d

/** The character of each six bits, as its code. */
export const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0))

/** The six bits of a character, -1 for one outside the alphabet. */
export const BITS = new Int8Array(256).fill(-1)
CODES.forEach((code, bits) => (BITS[code] = bits))

export function encodeBase64(octets: Octets): string {
  const length = octets.length
  const whole = length - (length % 3)
  const out = new Uint8Array(Math.ceil(length / 3) * 4)
  let to = 0
  for (let at = 0; at < whole; at += 3) {
    const bits = (octets.charCodeAt(at) << 16) | (octets.charCodeAt(at + 1) << 8) | octets.charCodeAt(at + 2)
    out[to++] = CODES[bits >> 18]!
    out[to++] = CODES[(bits >> 12) & 63]!
    out[to++] = CODES[(bits >> 6) & 63]!
    out[to++] = CODES[bits & 63]!
  }
  if (whole < length) {
    const two = length - whole === 2
    const bits = (octets.charCodeAt(whole) << 16) | (two ? octets.charCodeAt(whole + 1) << 8 : 0)
    out[to++] = CODES[bits >> 18]!
    out[to++] = CODES[(bits >> 12) & 63]!
    out[to++] = two ? CODES[(bits >> 6) & 63]! : PAD
    out[to++] = PAD
  }
  return toOctets(out)
}

export function decodeBase64(text: string): Octets | null {
  const length = text.length
  if (length % 4 !== 0) return null
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const out = new Uint8Array((length / 4) * 3 - pads)
  const whole = pads === 0 ? length : length - 4
  let to = 0
  for (let at = 0; at < whole; at += 4) {
    const bits =
      (bitsAt(text, at) << 18) | (bitsAt(text, at + 1) << 12) | (bitsAt(text, at + 2) << 6) | bitsAt(text, at + 3)
    if (bits < 0) return null
    out[to++] = bits >> 16
    out[to++] = bits >> 8
    out[to++] = bits
  }
  if (pads > 0) {
    const third = pads === 1 ? bitsAt(text, whole + 2) : 0
    const bits = (bitsAt(text, whole) << 18) | (bitsAt(text, whole + 1) << 12) | (third << 6)
    // The last character may hold no bits that no octet takes (RFC 4648 3.5).
    if (bits < 0 || (bits & (pads === 1 ? 0xff : 0xffff)) !== 0) return null
    out[to++] = bits >> 16
    if (pads === 1) out[to++] = bits >> 8
  }
  return toOctets(out)
}

/** -1 shifted by any of the above stays negative, and so does what it is joined with. */
const bitsAt = (text: string, at: number): number => BITS[text.charCodeAt(at)] ?? -1
