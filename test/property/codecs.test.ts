import { createRequire } from 'node:module'
import fc from '../fast-check.ts'
import libbase64 from 'libbase64'
import libqp from 'libqp'
import { describe, expect, it } from 'vitest'
import { base64LinesTrouble, decodeBase64Lines, encodeBase64Lines } from '../../src/core/bytes/base64-lines.ts'
import { decodeText, encodeText, smallestCharset } from '../../src/core/bytes/charsets.ts'
import { toOctets, type Octets } from '../../src/core/bytes/octets.ts'
import {
  decodeQuotedPrintable,
  encodeQuotedPrintable,
  encodeQuotedPrintableBinary,
  quotedPrintableTrouble,
} from '../../src/core/bytes/quoted-printable.ts'
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../../src/core/bytes/utf7.ts'

/** What libmime stands on. */
const iconv = createRequire(createRequire(import.meta.url).resolve('libmime'))('iconv-lite') as {
  encode(text: string, charset: string): Uint8Array
}

const any = fc.uint8Array({ maxLength: 300 }).map(toOctets)
const of = (characters: string) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 300 })
const textual = of('aaaaaaaaaaaaaaaaaaaa \t\r\n=\xe9')
const octets = fc.oneof(
  any,
  textual,
  fc.array(fc.constantFrom('a b', '\r\n', ' ', '=', 'x'.repeat(74))).map((l) => l.join('')),
)
const node = (given: Octets) => Buffer.from(given, 'latin1')

describe('base64 in lines', () => {
  it('says what libbase64 says, is read back, and has nothing wrong', () => {
    fc.assert(
      fc.property(octets, (given) => {
        const text = encodeBase64Lines(given)
        expect(text.replace(/\r\n$/, '')).toBe(libbase64.wrap(libbase64.encode(node(given)), 76))
        expect(decodeBase64Lines(text)).toBe(given)
        expect(base64LinesTrouble(text)).toEqual([])
      }),
    )
  })

  it('reads over whatever stands between', () => {
    fc.assert(
      fc.property(any, fc.array(fc.tuple(fc.nat(400), of('! \r\n\xff-_'))), (given, foreign) => {
        let text = encodeBase64Lines(given)
        for (const [at, between] of foreign) text = text.slice(0, at) + between + text.slice(at)
        expect(decodeBase64Lines(text)).toBe(given)
      }),
    )
  })

  it('reads anything, all of it up to the padding as Node does', () => {
    fc.assert(
      fc.property(fc.oneof(any, of('AZaz09+/ \r\n!='), of('AZaz09+/')), (text) => {
        const [before = ''] = text.replace(/[^A-Za-z0-9+/=]/g, '').split('=')
        expect(decodeBase64Lines(text)).toBe(Buffer.from(before, 'base64').toString('latin1'))
        for (const { from, to } of base64LinesTrouble(text)) {
          expect(from).toBeLessThan(to)
          expect(to).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })
})

describe('quoted-printable', () => {
  it('is read back, by libqp too, in lines as RFC 2045 6.7 wants them', () => {
    fc.assert(
      fc.property(octets, fc.boolean(), (given, binary) => {
        const text = binary ? encodeQuotedPrintableBinary(given) : encodeQuotedPrintable(given)
        expect(decodeQuotedPrintable(text)).toBe(given)
        expect(libqp.decode(text).toString('latin1')).toBe(given)
        expect(quotedPrintableTrouble(text)).toEqual([])
        for (const line of text.split('\r\n')) expect(line).toMatch(/^([!-<>-~\t ]|=[0-9A-F]{2}){0,76}=?$/)
        for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
      }),
    )
  })

  it('reads what libqp writes', () => {
    fc.assert(
      fc.property(octets, (given) => {
        expect(decodeQuotedPrintable(libqp.wrap(libqp.encode(node(given)), 76))).toBe(given)
      }),
    )
  })

  it('reads anything, as three plain rules do that are slower', () => {
    const near = fc.array(
      fc.constantFrom('=', '=4', '=e9', '=C3', ' ', '\t', '\r\n', '\n', '\r', 'G', 'x'.repeat(70)),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(
        fc.oneof(
          any,
          near.map((list) => list.join('')),
        ),
        (text) => {
          const rules = /=([0-9A-Fa-f]{2})|=[\t ]*(?:\r?\n|$)|[\t ]+(?=\r?\n|$)/g
          const plain = text.replace(rules, (_, hex?: string) =>
            hex === undefined ? '' : String.fromCharCode(parseInt(hex, 16)),
          )
          expect(decodeQuotedPrintable(text)).toBe(plain)
          for (const { from, to } of quotedPrintableTrouble(text)) {
            expect(from).toBeLessThan(to)
            expect(to).toBeLessThanOrEqual(text.length)
          }
        },
      ),
    )
  })
})

describe('modified UTF-7', () => {
  it('says what iconv-lite says, in printable ASCII, and is read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab&-,/é台😀\t') }), (text) => {
        const name = encodeModifiedUtf7(text)
        expect(name).toBe(toOctets(iconv.encode(text, 'utf-7-imap')))
        expect(name).toMatch(/^[ -~]*$/)
        expect(decodeModifiedUtf7(name)).toBe(text)
      }),
    )
  })

  it('has one way to write a name', () => {
    const near = fc.string({ unit: fc.constantFrom(...'&&--AOkJjo2D3eAA,Ya') })
    fc.assert(
      fc.property(fc.oneof(near, any), (name) => {
        const text = decodeModifiedUtf7(name)
        if (text !== null) expect(encodeModifiedUtf7(text)).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('charsets', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ab\x80\x81¤é€Œ’ł台😀') })

  it('what a charset holds comes back from it', () => {
    const charset = fc.constantFrom('us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-8')
    fc.assert(
      fc.property(texts, charset, (text, name) => {
        const encoded = encodeText(text, name)
        if (encoded !== null) expect(decodeText(encoded, name)).toBe(text)
      }),
    )
  })

  it('the smallest charset holds the text', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.string({ unit: 'grapheme' })), (text) => {
        const name = smallestCharset(text)
        expect(decodeText(encodeText(text, name) ?? '', name)).toBe(text)
      }),
    )
  })
})
