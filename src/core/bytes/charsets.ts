/**
 * From octets to text and back, in the charsets that mail is made of: us-ascii, iso-8859-1 and -15, windows-1252, utf-8.
 * Whoever runs the core may hand in a decoder for more of them: the browser has some forty.
 *
 * iso-8859-1 is the true one, in which 0x80 to 0x9f are control characters (C1). Browsers read windows-1252 under that
 * name, which is what many senders meant; here the two can be told apart, since that is worth a lesson.
 */
import { type CharsetName, charsetNamed } from './charset-names.ts'
import type { Octets } from './octets.ts'
import { utf8Octets, utf8Text } from './utf8.ts'

/** A decoder for the charset of that name, null where there is none. */
export type MoreCharsets = (name: string) => ((octets: Octets) => string) | null

/**
 * Where a charset of eight bits differs from iso-8859-1: the characters that took the place of others. The five octets
 * that windows-1252 leaves open (81, 8D, 8F, 90, 9D) stay C1 control characters, as browsers have it.
 */
const DIFFERENCES: Readonly<
  Record<'iso-8859-15' | 'windows-1252', readonly (readonly [octet: number, text: string])[]>
> = {
  'iso-8859-15': [
    [0xa4, '€'],
    [0xa6, 'Š'],
    [0xa8, 'š'],
    [0xb4, 'Ž'],
    [0xb8, 'ž'],
    [0xbc, 'ŒœŸ'],
  ],
  'windows-1252': [
    [0x80, '€'],
    [0x82, '‚ƒ„…†‡ˆ‰Š‹Œ'],
    [0x8e, 'Ž'],
    [0x91, '‘’“”•–—˜™š›œ'],
    [0x9e, 'žŸ'],
  ],
}

interface CodePage {
  readonly text: ReadonlyMap<string, string>
  readonly octets: ReadonlyMap<string, string>
}

function codePage(name: keyof typeof DIFFERENCES): CodePage {
  const text = new Map<string, string>()
  for (const [octet, characters] of DIFFERENCES[name]) {
    ;[...characters].forEach((character, k) => text.set(String.fromCharCode(octet + k), character))
  }
  const octets = new Map([...text].map(([octet, character]) => [character, octet]))
  return { text, octets }
}

const CODE_PAGES = { 'iso-8859-15': codePage('iso-8859-15'), 'windows-1252': codePage('windows-1252') }

const ABOVE_ASCII = /[^\x00-\x7f]/
const ABOVE_OCTETS = /[^\x00-\xff]/

/** The text that the octets are; a charset that nobody knows is read as us-ascii, with U+FFFD for what is above it. */
export function decodeText(octets: Octets, charset: string, more?: MoreCharsets): string {
  const name = charsetNamed(charset)
  switch (name) {
    case 'iso-8859-1':
      return octets
    case 'utf-8':
      return utf8Text(octets)
    case 'iso-8859-15':
    case 'windows-1252': {
      const { text } = CODE_PAGES[name]
      return octets.replace(/[\x80-\xbf]/g, (octet) => text.get(octet) ?? octet)
    }
    case 'us-ascii':
    case null: {
      const decode = name === null ? more?.(charset) : null
      return decode ? decode(octets) : octets.replace(/[\x80-\xff]/g, '\ufffd')
    }
  }
}

export const knowsCharset = (name: string, more?: MoreCharsets): boolean =>
  charsetNamed(name) !== null || (more?.(name) ?? null) !== null

/**
 * The text in that charset; null where the charset lacks one of its characters, or is not one of the five. UTF-8 has them
 * all: half a surrogate pair, which is no character, becomes U+FFFD.
 */
export function encodeText(text: string, charset: string): Octets | null {
  const name = charsetNamed(charset)
  switch (name) {
    case 'us-ascii':
      return ABOVE_ASCII.test(text) ? null : text
    case 'iso-8859-1':
      return ABOVE_OCTETS.test(text) ? null : text
    case 'iso-8859-15':
    case 'windows-1252':
      return encodeWith(CODE_PAGES[name], text)
    case 'utf-8':
      return utf8Octets(text)
    case null:
      return null
  }
}

function encodeWith({ text: taken, octets }: CodePage, text: string): Octets | null {
  let missing = false
  const encoded = text.replace(/[^\x00-\x7f]/g, (character) => {
    const octet = octets.get(character)
    if (octet !== undefined) return octet
    if (character > '\xff' || taken.has(character)) missing = true
    return character
  })
  return missing ? null : encoded
}

/** From the least to the most: what a recipient with an old program is likely to read comes first. */
const BY_SIZE: readonly CharsetName[] = ['us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8']

/** The first charset that has all the characters of the text. */
export const smallestCharset = (text: string): CharsetName =>
  BY_SIZE.find((name) => encodeText(text, name) !== null) ?? 'utf-8'
