import { describe, expect, it } from 'vitest'
import { base64LinesTrouble, decodeBase64Lines, encodeBase64Lines } from '../../../src/core/bytes/base64-lines.ts'

const all = String.fromCharCode(...Array.from({ length: 256 }, (_, value) => value))

describe('base64 in lines', () => {
  it('is written in lines of 76 characters, each ended by CRLF', () => {
    const lines = encodeBase64Lines(all).split('\r\n')
    expect(lines.pop()).toBe('')
    expect(lines.map((line) => line.length)).toEqual([76, 76, 76, 76, 40])
    expect(lines.join('')).toBe(Buffer.from(all, 'latin1').toString('base64'))
  })

  it('is nothing for nothing, and begins no line that would be empty', () => {
    expect(encodeBase64Lines('')).toBe('')
    expect(encodeBase64Lines('a'.repeat(57))).toBe('YWFh'.repeat(19) + '\r\n')
    expect(decodeBase64Lines('')).toBe('')
  })

  it('of a course: 23 5C', () => {
    expect(encodeBase64Lines('\x23\x5c')).toBe('I1w=\r\n')
    expect(decodeBase64Lines('I1w=')).toBe('\x23\x5c')
  })

  it.each([0, 1, 2, 3, 56, 57, 58, 2963, 2964, 2965, 4094, 4095, 4096, 4097, 50_000])(
    'of %i octets is what Node writes, and comes back',
    (length) => {
      const octets = all.repeat(200).slice(0, length)
      const text = encodeBase64Lines(octets)
      expect(text.replaceAll('\r\n', '')).toBe(Buffer.from(octets, 'latin1').toString('base64'))
      expect(decodeBase64Lines(text)).toBe(octets)
    },
  )

  /** RFC 2045 6.8: what is not in the table is ignored, and a `=` is the end. */
  it.each([
    ['Zm9vYmFy', 'foobar'],
    ['Zm9v\r\nYmFy\r\n', 'foobar'],
    ['Z m\t9\0v!Ym\xffFy', 'foobar'],
    ['>Zm9v\n>YmFy\n', 'foobar'],
    ['Zm-9_vYmFy', 'foobar'],
    ['Zm8=', 'fo'],
    ['Z\r\ng\r\n=\r\n=', 'f'],
    ['Zm8=Zm8=', 'fo'],
    ['Zm9v=YmFy', 'foo'],
    ['Zm9vYmF', 'fooba'],
    ['Zm9vYm', 'foob'],
    ['Zm9vY', 'foo'],
    ['Z', ''],
    ['Z===', ''],
    ['Zh==', 'f'],
    ['====', ''],
    ['!', ''],
  ])('%j is read as %j', (text, octets) => {
    expect(decodeBase64Lines(text)).toBe(octets)
  })

  it('takes ten million characters in one line, and as many that are foreign', () => {
    expect(decodeBase64Lines('QUJD'.repeat(2_500_000)).length).toBe(7_500_000)
    expect(decodeBase64Lines('!'.repeat(10_000_000))).toBe('')
    expect(base64LinesTrouble('!'.repeat(10_000_000)).map(({ key }) => key)).toEqual(['foreign', 'long-line'])
    expect(base64LinesTrouble('! '.repeat(5_000_000) + '\n').length).toBeLessThan(10)
    expect(base64LinesTrouble('!Q'.repeat(5_000_000)).length).toBe(100)
  })
})

describe('what is wrong with base64 in lines', () => {
  it.each(['', 'Zg==', 'Zm8=\r\n', 'Zm9v\r\n', 'Zm9v\nYmFy\n', 'Zg=\r\n=\r\n', encodeBase64Lines(all)])(
    'nothing with %j',
    (text) => {
      expect(base64LinesTrouble(text)).toEqual([])
    },
  )

  it.each([
    ['Zm9v YmFy', [{ key: 'foreign', from: 4, to: 5 }]],
    [
      '> Zm9v\r\n> YmFy',
      [
        { key: 'foreign', from: 0, to: 2 },
        { key: 'foreign', from: 8, to: 10 },
      ],
    ],
    ['YWFh'.repeat(20) + '\r\nYWFh', [{ key: 'long-line', from: 76, to: 80 }]],
    ['Zm9vYm', [{ key: 'cut', from: 5, to: 6 }]],
    ['Zm9vYm=', [{ key: 'cut', from: 5, to: 6 }]],
    ['Zm9vY===', [{ key: 'cut', from: 4, to: 5 }]],
    ['Zm8=Zm8=', [{ key: 'after-padding', from: 4, to: 8 }]],
    ['Zm9v=\r\n', [{ key: 'after-padding', from: 4, to: 7 }]],
    ['Zh==', [{ key: 'stray-bits', from: 1, to: 2 }]],
    ['Zm9=', [{ key: 'stray-bits', from: 2, to: 3 }]],
  ])('%j', (text, troubles) => {
    expect(base64LinesTrouble(text)).toEqual(troubles)
  })
})
