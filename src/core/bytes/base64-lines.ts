/**
 * Base64 as mail carries it (RFC 2045 6.8): in lines of 76 characters. What comes in has crossed relays and editors, so
 * unlike the strict base64 of AUTH, the decoder reads on over whatever is not of the alphabet, and a text that was cut
 * still gives the octets that it has. What was wrong can be asked for apart.
 *
 * A message may be nearly all base64, so both ways are built for speed: many lines become one string at a time.
 */
import { BITS, CODES, PAD } from './base64.ts'
import { CHUNK, fromCodes, type Octets } from './octets.ts'
import { MOST_TROUBLES, type Trouble } from './trouble.ts'

/** RFC 2045 6.8: no line is longer. */
const LINE = 76
const CR = 0x0d
const LF = 0x0a

/** The octets of a whole line, and of as many lines as become a string together. */
const LINE_OCTETS = (LINE / 4) * 3
const LINES_OCTETS = Math.floor(CHUNK / (LINE + 2)) * LINE_OCTETS

/** Lines of 76 characters, each of them, the last one too, ended by CRLF. */
export function encodeBase64Lines(octets: Octets): Octets {
  const parts: Octets[] = []
  let codes: number[] = []
  for (let from = 0; from < octets.length; from += LINES_OCTETS) {
    const end = Math.min(octets.length, from + LINES_OCTETS)
    let to = 0
    for (let line = from; line < end; line += LINE_OCTETS) {
      const lineEnd = Math.min(end, line + LINE_OCTETS)
      let at = line
      for (; at + 2 < lineEnd; at += 3) {
        const bits = (octets.charCodeAt(at) << 16) | (octets.charCodeAt(at + 1) << 8) | octets.charCodeAt(at + 2)
        codes[to++] = CODES[bits >> 18]!
        codes[to++] = CODES[(bits >> 12) & 63]!
        codes[to++] = CODES[(bits >> 6) & 63]!
        codes[to++] = CODES[bits & 63]!
      }
      if (at < lineEnd) {
        const two = lineEnd - at === 2
        const bits = (octets.charCodeAt(at) << 16) | (two ? octets.charCodeAt(at + 1) << 8 : 0)
        codes[to++] = CODES[bits >> 18]!
        codes[to++] = CODES[(bits >> 12) & 63]!
        codes[to++] = two ? CODES[(bits >> 6) & 63]! : PAD
        codes[to++] = PAD
      }
      codes[to++] = CR
      codes[to++] = LF
    }
    if (to < codes.length) codes = codes.slice(0, to)
    parts.push(fromCodes(codes))
  }
  return parts.join('')
}

/** The bits of a character where it stands in its group of four; what is not of the alphabet is negative in each. */
const FIRST = Int32Array.from(BITS, (bits) => bits << 18)
const SECOND = Int32Array.from(BITS, (bits) => bits << 12)
const THIRD = Int32Array.from(BITS, (bits) => bits << 6)
const FOURTH = Int32Array.from(BITS)

/** Groups of three octets that become a string together. */
const GROUPS_OCTETS = CHUNK - (CHUNK % 3)

/**
 * The octets of base64 text: what is not of the alphabet is skipped, padding is the end, and of a group that was cut
 * what makes a whole octet is kept.
 */
export function decodeBase64Lines(text: Octets): Octets {
  const parts: Octets[] = []
  const codes: number[] = []
  let to = 0
  let group = 0
  let held = 0
  for (let at = 0; at < text.length;) {
    if (to === GROUPS_OCTETS) {
      parts.push(fromCodes(codes))
      to = 0
    }
    if (held === 0) {
      for (; at + 3 < text.length && to < GROUPS_OCTETS; at += 4) {
        const bits =
          FIRST[text.charCodeAt(at) & 0xff]! |
          SECOND[text.charCodeAt(at + 1) & 0xff]! |
          THIRD[text.charCodeAt(at + 2) & 0xff]! |
          FOURTH[text.charCodeAt(at + 3) & 0xff]!
        if (bits < 0) break
        codes[to++] = bits >> 16
        codes[to++] = (bits >> 8) & 0xff
        codes[to++] = bits & 0xff
      }
      if (to === GROUPS_OCTETS) continue
    }
    // Not four in a row: a line ends here, or the text does, or something foreign stands between them.
    const code = text.charCodeAt(at++)
    if (code === PAD) break
    const bits = BITS[code & 0xff]!
    if (bits < 0) continue
    group = ((group << 6) | bits) & 0xffffff
    if (++held < 4) continue
    codes[to++] = group >> 16
    codes[to++] = (group >> 8) & 0xff
    codes[to++] = group & 0xff
    held = 0
  }
  const last = codes.slice(0, to)
  if (held === 2) last.push((group >> 4) & 0xff)
  if (held === 3) last.push((group >> 10) & 0xff, (group >> 2) & 0xff)
  parts.push(fromCodes(last))
  return parts.join('')
}

/**
 * foreign: a stretch of characters outside the alphabet, line ends aside; long-line: what a line has beyond 76
 * characters; cut: the last group lacks characters or padding; after-padding: something stands behind the end;
 * stray-bits: the last character has bits that no octet takes.
 */
export type Base64Trouble = Trouble<'foreign' | 'long-line' | 'cut' | 'after-padding' | 'stray-bits'>

/** What is wrong with base64 text, as one meets it while reading. */
export function base64LinesTrouble(text: Octets): readonly Base64Trouble[] {
  const troubles: Base64Trouble[] = []
  let line = 0
  let foreignEnd = 0
  let count = 0
  let last = 0
  let at = 0
  for (; at < text.length && troubles.length < MOST_TROUBLES; at++) {
    const code = text.charCodeAt(at)
    if (code === CR || code === LF) {
      line = at + 1
      continue
    }
    if (at === line + LINE) troubles.push({ key: 'long-line', from: at, to: skip(text, at, isLineEnd) })
    if (code === PAD) break
    if (BITS[code & 0xff]! >= 0) {
      count++
      last = at
    } else if (at >= foreignEnd) {
      foreignEnd = skip(text, at, (other) => isLineEnd(other) || other === PAD || BITS[other & 0xff]! >= 0)
      troubles.push({ key: 'foreign', from: at, to: foreignEnd })
    }
  }
  if (troubles.length < MOST_TROUBLES) troubles.push(...endTrouble(text, at, count % 4, last))
  return troubles
}

const isLineEnd = (code: number): boolean => code === CR || code === LF

/** The first place from `at` on where the character is one of those asked for, or the end. */
function skip(text: Octets, at: number, until: (code: number) => boolean): number {
  while (at < text.length && !until(text.charCodeAt(at))) at++
  return at
}

/** The end, from the first padding on: `held` characters of the last group were there, and the last of them at `last`. */
function endTrouble(text: Octets, at: number, held: number, last: number): Base64Trouble[] {
  const troubles: Base64Trouble[] = []
  const wanted = held === 0 ? 0 : 4 - held
  let pads = 0
  while (at < text.length && (isLineEnd(text.charCodeAt(at)) || (text.charCodeAt(at) === PAD && pads < wanted))) {
    if (text.charCodeAt(at++) === PAD) pads++
  }
  const stray = held === 2 ? 0xf : held === 3 ? 0x3 : 0
  if (pads === wanted && (BITS[text.charCodeAt(last) & 0xff]! & stray) !== 0) {
    troubles.push({ key: 'stray-bits', from: last, to: last + 1 })
  }
  if (held === 1 || pads < wanted) troubles.push({ key: 'cut', from: last, to: last + 1 })
  if (at < text.length) troubles.push({ key: 'after-padding', from: at, to: text.length })
  return troubles
}
