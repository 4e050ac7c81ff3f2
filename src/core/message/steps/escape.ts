/**
 * An octet as two hexadecimal digits: =E9 in quoted-printable and Q words, %E9 in RFC 2231. Eight bits are cut in two
 * halves of four; each half is one digit.
 */
import { octetAt } from '../../bytes/quoted-printable.ts'
import type { Octets } from '../../bytes/octets.ts'
import { bitsOf, hexOf, octetCells, sign, visible, type Cell, type Picture, type Values } from './run.ts'

const digits = (value: number, written: string): Cell[] =>
  [value >> 4, value & 15].map((half, k) => ({
    kind: 'digit',
    from: 4 * k,
    to: 4 * k + 4,
    mark: '',
    value: half,
    character: written[k]!,
  }))

export const escaped = (octet: Octets, lead: '=' | '%'): string => lead + hexOf(octet.charCodeAt(0))

/** The octet that two digits stand for; '' when they are none. */
export function unescaped(text: string, at: number): Octets {
  const octet = octetAt(text, at)
  return octet < 0 ? '' : String.fromCharCode(octet)
}

export function valuesOf(octet: Octets): Values {
  const value = octet.charCodeAt(0)
  return { hex: hexOf(value), decimal: value, character: value < 0x80 ? visible(octet) : '' }
}

export const escapingPicture = (octet: Octets, written: string): Picture => ({
  values: { ...valuesOf(octet), written },
  bits: bitsOf(octet.charCodeAt(0), 8),
  before: octetCells(octet),
  after: [sign(written[0]!), ...digits(octet.charCodeAt(0), written.slice(1))],
})

export const unescapingPicture = (written: string, octet: Octets): Picture => ({
  values: { ...valuesOf(octet), written },
  bits: bitsOf(octet.charCodeAt(0), 8),
  before: [sign(written[0]!), ...digits(octet.charCodeAt(0), written.slice(1))],
  after: octetCells(octet),
})
