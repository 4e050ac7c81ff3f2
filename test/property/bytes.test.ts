import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../src/core/bytes/base64.ts'
import { toBytes, toOctets } from '../../src/core/bytes/octets.ts'
import { harmless, utf8Octets, utf8Text } from '../../src/core/bytes/utf8.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

describe('bytes', () => {
  it('octets and bytes are the same thing', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(toBytes(toOctets(given))).toEqual(given)
      }),
    )
  })

  it('base64 says what Node says, and is read back', () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const text = encodeBase64(toOctets(given))
        expect(text).toBe(Buffer.from(given).toString('base64'))
        expect(decodeBase64(text)).toBe(toOctets(given))
      }),
    )
  })

  it('what base64 accepts is the one way to write it', () => {
    const near = fc.string({ unit: fc.constantFrom(...'ABYZabyz0189+/=='), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary' })), (text) => {
        const octets = decodeBase64(text)
        if (octets !== null) expect(encodeBase64(octets)).toBe(text)
      }),
    )
  })

  it('text goes through UTF-8 and back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toBytes(utf8Octets(text))).toEqual(new TextEncoder().encode(text))
        expect(utf8Text(utf8Octets(text))).toBe(text)
      }),
    )
  })

  it('any octets read as some text, the valid ones as a strict decoder reads them', () => {
    const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    fc.assert(
      fc.property(fc.oneof(bytes, fc.uint8Array({ min: 0x78, maxLength: 8 })), (given) => {
        const text = utf8Text(toOctets(given))
        let expected: string | null = null
        try {
          expected = strict.decode(given)
        } catch {
          expect(text).toContain('\ufffd')
        }
        if (expected !== null) expect(text).toBe(expected)
      }),
    )
  })

  it('what is harmless stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = harmless(text)

        expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
        expect(harmless(shown)).toBe(shown)
      }),
    )
  })
})
