import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { decodeText, encodeText, knowsCharset, smallestCharset } from '../../../src/core/bytes/charsets.ts'
import { toOctets } from '../../../src/core/bytes/octets.ts'

/** What libmime decodes with; the TextDecoder of Node 20 takes windows-1252 for iso-8859-1. */
const iconv = createRequire(createRequire(import.meta.url).resolve('libmime'))('iconv-lite') as {
  decode(octets: Uint8Array, charset: string): string
}

const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
const all = toOctets(bytes)

describe('the charsets that the core knows', () => {
  it('windows-1252 has what iconv-lite says; the octets that it leaves open are C1, as the Encoding Standard has it', () => {
    const text = decodeText(all, 'windows-1252')
    expect(text.replace(/[\x80-\x9f]/g, '\ufffd')).toBe(iconv.decode(bytes, 'windows-1252'))
    expect(text.match(/[\x80-\x9f]/g)?.join('')).toBe('\x81\x8d\x8f\x90\x9d')
  })

  it('iso-8859-15 is what browsers read, in all 256 octets', () => {
    expect(decodeText(all, 'iso-8859-15')).toBe(new TextDecoder('iso-8859-15').decode(bytes))
  })

  it('iso-8859-1 is the true one, with its C1 control characters', () => {
    expect(decodeText(all, 'iso-8859-1')).toBe(iconv.decode(bytes, 'iso-8859-1'))
    expect(decodeText('\x80', 'iso-8859-1')).toBe('\x80')
  })

  it('us-ascii has seven bits', () => {
    expect(decodeText(all, 'us-ascii')).toBe(all.slice(0, 128) + '\ufffd'.repeat(128))
  })

  it('utf-8 gives U+FFFD for what is not valid', () => {
    expect(decodeText('\xc3\xa9\xe9', 'UTF-8')).toBe('é\ufffd')
  })

  it.each(['iso-8859-1', 'iso-8859-15', 'windows-1252'])('every octet of %s comes back', (charset) => {
    expect(encodeText(decodeText(all, charset), charset)).toBe(all)
  })

  it.each([
    ['US-ASCII', 'a\xa4', 'a\ufffd'],
    ['ANSI_X3.4-1968', 'a\xa4', 'a\ufffd'],
    ['646', 'a\xa4', 'a\ufffd'],
    ['Latin1', '\xa4\x80', '¤\x80'],
    ['ISO_8859-1:1987', '\xa4\x80', '¤\x80'],
    ['Latin-9', '\xa4\x80', '€\x80'],
    ['csISO885915', '\xa4\x80', '€\x80'],
    ['CP1252', '\xa4\x80', '¤€'],
    ['x-cp1252', '\xa4\x80', '¤€'],
    [' utf8 ', '\xc2\xa4', '¤'],
  ])('%j is one of them', (name, octets, text) => {
    expect(knowsCharset(name)).toBe(true)
    expect(decodeText(octets, name)).toBe(text)
  })
})

describe('other charsets', () => {
  const more = (name: string) =>
    name === 'koi8-r' ? (octets: string) => new TextDecoder('koi8-r').decode(Buffer.from(octets, 'latin1')) : null

  it('are read by whoever knows them', () => {
    expect(knowsCharset('koi8-r')).toBe(false)
    expect(knowsCharset('koi8-r', more)).toBe(true)
    expect(decodeText('\xcd\xc9\xd2', 'koi8-r', more)).toBe('мир')
  })

  it('that nobody knows are read as us-ascii', () => {
    expect(knowsCharset('x-klingon', more)).toBe(false)
    expect(decodeText('caf\xe9', 'x-klingon', more)).toBe('caf\ufffd')
    expect(decodeText('caf\xe9', 'constructor')).toBe('caf\ufffd')
    expect(encodeText('a', 'x-klingon')).toBeNull()
  })
})

describe('text in a charset', () => {
  it.each([
    ['us-ascii', 'e', 'e'],
    ['us-ascii', 'é', null],
    ['iso-8859-1', 'é', '\xe9'],
    ['iso-8859-1', '€', null],
    ['iso-8859-15', 'é€Œ', '\xe9\xa4\xbc'],
    ['iso-8859-15', '¤', null],
    ['iso-8859-15', '’', null],
    ['windows-1252', 'l’é € ¤', 'l\x92\xe9 \x80 \xa4'],
    ['windows-1252', '\x80', null],
    ['windows-1252', '\x81', '\x81'],
    ['windows-1252', 'ł', null],
    ['windows-1252', '😀', null],
    ['utf-8', 'é😀', '\xc3\xa9\xf0\x9f\x98\x80'],
    ['utf-8', '\ud83d', '\xef\xbf\xbd'],
  ])('%s of %j', (charset, text, octets) => {
    expect(encodeText(text, charset)).toBe(octets)
  })

  it.each([
    ['', 'us-ascii'],
    ['plain ~', 'us-ascii'],
    ['élève', 'iso-8859-1'],
    ['5 €, un cœur', 'iso-8859-15'],
    ['l’été', 'windows-1252'],
    ['5 € ou 5 ¤', 'windows-1252'],
    ['dzień', 'utf-8'],
    ['☺', 'utf-8'],
  ])('%j needs %s', (text, charset) => {
    expect(smallestCharset(text)).toBe(charset)
  })
})
