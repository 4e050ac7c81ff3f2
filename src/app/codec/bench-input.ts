/** What is typed at the bench, as what a codec takes; or, in words, why it is none. */
import { decodeText, encodeText } from '../../core/bytes/charsets.ts'
import type { Octets } from '../../core/bytes/octets.ts'
import { hexOf, visible, type Matter } from '../../core/message/steps/run.ts'

export type Given = 'text' | 'hex'

interface Trouble {
  readonly error: 'digit' | 'odd' | 'charset' | 'hex-characters'
  readonly values: Readonly<Record<string, string>>
}

type Input = { readonly input: string } | Trouble

/** Blanks between the digits do no harm, nor does the way that dumps write them: 0x23, 23:5C, 23,5C. */
export function octetsOfHex(typed: string): { input: Octets } | Trouble {
  const digits = typed.replace(/0x|[\s:,;]/gi, '')
  const sign = /[^0-9A-Fa-f]/u.exec(digits)?.[0]
  if (sign !== undefined) return { error: 'digit', values: { sign } }
  if (digits.length % 2 !== 0) return { error: 'odd', values: {} }
  return { input: digits.replace(/../g, (two) => String.fromCharCode(Number.parseInt(two, 16))) }
}

export const hexOfOctets = (octets: Octets): string =>
  Array.from(octets, (octet) => hexOf(octet.charCodeAt(0))).join(' ')

/** The lines of a text field end as the lines of mail do. */
const withCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n')

function octetsOfText(typed: string, charset: string): Input {
  const text = withCrlf(typed)
  const input = encodeText(text, charset)
  if (input !== null) return { input }
  const sign = [...text].find((character) => encodeText(character, charset) === null) ?? ''
  return { error: 'charset', values: { charset, sign: visible(sign) } }
}

export function benchInput(typed: string, given: Given, is: Matter, charset: string): Input {
  if (given === 'text') return is === 'characters' ? { input: withCrlf(typed) } : octetsOfText(typed, charset)
  const octets = octetsOfHex(typed)
  if (is === 'octets' || 'error' in octets) return octets
  const input = decodeText(octets.input, charset)
  return input.includes('\ufffd') ? { error: 'hex-characters', values: { charset } } : { input }
}
