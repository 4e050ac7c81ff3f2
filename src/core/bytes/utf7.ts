/**
 * Modified UTF-7 (RFC 3501 5.1.3): how IMAP writes the name of a mailbox in seven bits. Printable ASCII stands for itself,
 * `&-` for an ampersand; everything else goes in runs between `&` and `-`: UTF-16 in base64, with a comma for the slash
 * (which parts the levels of a name in many systems) and without padding.
 *
 * A name has one way only to be written, so the decoder is strict: with two ways, two mailboxes would look the same to a
 * person and different to a server.
 */
import { BITS, CODES } from './base64.ts'
import type { Octets } from './octets.ts'

const SLASH = 0x2f
const COMMA = 0x2c
const AMPERSAND = 0x26
const MINUS = 0x2d

/** What stands for itself: 0x20 to 0x7e; the ampersand is told apart. */
const isPrintable = (code: number): boolean => code >= 0x20 && code <= 0x7e

/** Half a surrogate pair, which is no character: with the flag `u` the whole pairs are not matched. */
const HALVES = /[\ud800-\udfff]/gu

/** Half a surrogate pair becomes U+FFFD, as it does in UTF-8. */
export function encodeModifiedUtf7(text: string): string {
  const whole = text.replace(HALVES, '\ufffd')
  return whole.replace(/[^\x20-\x7e]+|&/g, (run) => (run === '&' ? '&-' : `&${modifiedBase64(run)}-`))
}

function modifiedBase64(run: string): string {
  let out = ''
  let bits = 0
  let held = 0
  for (let at = 0; at < run.length; at++) {
    bits = (bits << 16) | run.charCodeAt(at)
    held += 16
    for (; held >= 6; held -= 6) out += digit((bits >> (held - 6)) & 63)
    bits &= (1 << held) - 1
  }
  return held > 0 ? out + digit((bits << (6 - held)) & 63) : out
}

const digit = (bits: number): string => String.fromCharCode(CODES[bits] === SLASH ? COMMA : CODES[bits]!)

/** The name as text; null where it is no valid modified UTF-7. */
export function decodeModifiedUtf7(name: Octets): string | null {
  let text = ''
  let shiftedBack = -1
  for (let at = 0; at < name.length;) {
    const code = name.charCodeAt(at)
    if (!isPrintable(code)) return null
    if (code !== AMPERSAND) {
      text += name[at++]!
      continue
    }
    const end = name.indexOf('-', at)
    if (end < 0) return null
    if (end === at + 1) text += '&'
    else {
      // Shifting back only to shift again: the two runs are one ("null shifts are not permitted").
      if (shiftedBack === at) return null
      const run = decodeRun(name, at + 1, end)
      if (run === null) return null
      text += run
      shiftedBack = end + 1
    }
    at = end + 1
  }
  return text
}

/** The UTF-16 of one run, or null: foreign characters, stray bits, or characters that stand for themselves. */
function decodeRun(name: Octets, from: number, to: number): string | null {
  let text = ''
  let bits = 0
  let held = 0
  for (let at = from; at < to; at++) {
    const code = name.charCodeAt(at)
    const six = code === COMMA ? BITS[SLASH]! : code === SLASH || code === MINUS ? -1 : (BITS[code] ?? -1)
    if (six < 0) return null
    bits = (bits << 6) | six
    held += 6
    if (held < 16) continue
    held -= 16
    const unit = bits >> held
    if (isPrintable(unit)) return null
    text += String.fromCharCode(unit)
    bits &= (1 << held) - 1
  }
  return held < 6 && bits === 0 && text.search(HALVES) < 0 ? text : null
}
