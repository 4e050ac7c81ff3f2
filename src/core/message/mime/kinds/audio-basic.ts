/**
 * audio/basic (RFC 2046 4.3): 8-bit mu-law, 8000 samples a second, one channel. No browser plays it any more; as a WAV file
 * of 16-bit samples all of them do.
 */
import type { Octets } from '../../../bytes/octets.ts'

const RATE = 8000

/**
 * ITU-T G.711: the bits come inverted; a sign, three bits of exponent, four of mantissa. The steps double with the
 * exponent, so that quiet sounds keep fine steps.
 */
export function sampleOf(octet: number): number {
  const bits = ~octet & 0xff
  const exponent = (bits >> 4) & 7
  const magnitude = ((((bits & 15) << 3) + 0x84) << exponent) - 0x84
  return bits & 0x80 ? -magnitude : magnitude
}

/** Both octets of each of the 256 samples, low one first, as WAV has them. */
const PAIRS = Array.from({ length: 256 }, (_, octet) => littleEndian(sampleOf(octet), 2))

export function audioBasicAsWav(octets: Octets): Octets {
  const samples: Octets[] = []
  for (let at = 0; at < octets.length; at++) samples.push(PAIRS[octets.charCodeAt(at) & 0xff]!)
  const data = samples.join('')
  const format = [
    littleEndian(1, 2), // PCM
    littleEndian(1, 2), // one channel
    littleEndian(RATE, 4),
    littleEndian(RATE * 2, 4), // octets a second
    littleEndian(2, 2), // octets a sample
    littleEndian(16, 2), // bits a sample
  ].join('')
  const chunks = `WAVE${chunk('fmt ', format)}${chunk('data', data)}`
  return chunk('RIFF', chunks)
}

const chunk = (name: string, content: Octets): Octets => `${name}${littleEndian(content.length, 4)}${content}`

function littleEndian(number: number, size: number): Octets {
  let octets = ''
  for (let k = 0; k < size; k++) octets += String.fromCharCode((number >> (8 * k)) & 0xff)
  return octets
}
