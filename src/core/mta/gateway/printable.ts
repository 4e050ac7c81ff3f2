/**
 * ASN.1's PrintableString, in which O/R addresses are written, has no `@`, `_` or `%`: RFC 2156 3.4 spells what it lacks
 * in parentheses. `alice@rennes.example` is `alice(a)rennes.example`, and an octet without a letter of its own is `(126)`.
 */
import type { Octets } from '../../bytes/octets.ts'

const LETTERS: Readonly<Record<string, string>> = {
  '@': '(a)',
  '%': '(p)',
  '!': '(b)',
  '"': '(q)',
  _: '(u)',
  '(': '(l)',
  ')': '(r)',
}
const OCTETS = new Map(Object.entries(LETTERS).map(([octet, spelt]) => [spelt, octet]))

export const printable = (octets: Octets): string =>
  octets.replace(
    /[^A-Za-z0-9 '+,\-./:=?]/g,
    (octet) => LETTERS[octet] ?? `(${String(octet.charCodeAt(0)).padStart(3, '0')})`,
  )

/** What no rule explains stays as it is. */
export const unprintable = (text: Octets): Octets =>
  text.replace(/\((?:[apbqulr]|[01]\d\d|2[0-4]\d|25[0-5])\)/g, (spelt) => OCTETS.get(spelt) ?? numbered(spelt))

const numbered = (spelt: string) => String.fromCharCode(Number(spelt.slice(1, -1)))
