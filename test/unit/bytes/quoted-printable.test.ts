import { describe, expect, it } from 'vitest'
import {
  decodeQuotedPrintable,
  encodeQuotedPrintable,
  encodeQuotedPrintableBinary,
  quotedPrintableTrouble,
} from '../../../src/core/bytes/quoted-printable.ts'

describe('quoted-printable, written', () => {
  it.each([
    ['', ''],
    ['Les \xe9l\xe8ves', 'Les =E9l=E8ves'],
    ['1 + 1 = 2', '1 + 1 =3D 2'],
    ['a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a\nb\rc\n\rd', 'a=0Ab=0Dc=0A=0Dd'],
    ['a \r\nb\t\r\nc ', 'a=20\r\nb=09\r\nc=20'],
    ['a  \r\n', 'a =20\r\n'],
    ['a \nb', 'a =0Ab'],
    ['\0\x07\x1b\x7f\x80\xff', '=00=07=1B=7F=80=FF'],
    ['.\r\nFrom me', '.\r\nFrom me'],
  ])('%j is %j', (octets, text) => {
    expect(encodeQuotedPrintable(octets)).toBe(text)
    expect(decodeQuotedPrintable(text)).toBe(octets)
  })

  it('writes CR and LF of what is no text as escapes', () => {
    expect(encodeQuotedPrintableBinary('a \r\nb ')).toBe('a =0D=0Ab=20')
    expect(decodeQuotedPrintable('a =0D=0Ab=20')).toBe('a \r\nb ')
  })

  /** RFC 2045 6.7 (5): 76 characters, the `=` of the soft break counted, the CRLF not. */
  it.each([
    ['x'.repeat(76), 'x'.repeat(76)],
    ['x'.repeat(76) + '\r\n', 'x'.repeat(76) + '\r\n'],
    ['x'.repeat(77), 'x'.repeat(75) + '=\r\nxx'],
    ['x'.repeat(73) + '=', 'x'.repeat(73) + '=3D'],
    ['x'.repeat(73) + '=x', 'x'.repeat(73) + '=\r\n=3Dx'],
    ['x'.repeat(72) + '=x', 'x'.repeat(72) + '=3Dx'],
    ['x'.repeat(72) + '=xx', 'x'.repeat(72) + '=3D=\r\nxx'],
    ['x'.repeat(74) + '\xe9', 'x'.repeat(74) + '=\r\n=E9'],
    ['x'.repeat(75) + ' \r\n', 'x'.repeat(75) + '=\r\n=20\r\n'],
    ['x'.repeat(74) + ' x', 'x'.repeat(74) + ' x'],
    ['x'.repeat(74) + ' xx', 'x'.repeat(74) + ' =\r\nxx'],
  ])('breaks %j softly', (octets, text) => {
    expect(encodeQuotedPrintable(octets)).toBe(text)
    expect(decodeQuotedPrintable(text)).toBe(octets)
  })
})

describe('quoted-printable, read', () => {
  it.each([
    /** RFC 2045 6.7, the example. */
    [
      "Now's the time =\r\nfor all folk to come=\r\n to the aid of their country.",
      "Now's the time for all folk to come to the aid of their country.",
    ],
    ['=e9=C3=a9', '\xe9\xc3\xa9'],
    ['come= \t \r\nto', 'cometo'],
    ['come=\nto', 'cometo'],
    ['a \t \r\nb  \nc  ', 'a\r\nb\nc'],
    ['a=20 \r\n', 'a \r\n'],
    ['a = b =G0 =0G =', 'a = b =G0 =0G '],
    ['=4', '=4'],
    ['==41', '=A'],
    ['=\r', '=\r'],
    ['a \rb', 'a \rb'],
    ['= =', '= '],
    ['caf\xe9', 'caf\xe9'],
    ['\r\n \r\n', '\r\n\r\n'],
    ['\n'.repeat(100) + ' ' + '\r\n'.repeat(100), '\n'.repeat(101).slice(1) + '\r\n'.repeat(100)],
  ])('%j is %j', (text, octets) => {
    expect(decodeQuotedPrintable(text)).toBe(octets)
  })

  it('drops blanks at the ends of lines in long stretches too', () => {
    const line = 'a line of some length, with blanks at its end'
    expect(decodeQuotedPrintable(`${line}  \r\n${line}\t\n${line}\r\n`.repeat(100) + ' = ')).toBe(
      `${line}\r\n${line}\n${line}\r\n`.repeat(100) + ' ',
    )
  })

  it('takes ten million of anything', () => {
    const million = 1_000_000
    expect(decodeQuotedPrintable(' '.repeat(10 * million) + 'x').length).toBe(10 * million + 1)
    expect(decodeQuotedPrintable(' '.repeat(10 * million))).toBe('')
    expect(decodeQuotedPrintable('='.repeat(10 * million)).length).toBe(10 * million - 1)
    expect(decodeQuotedPrintable(('= '.repeat(50) + ' '.repeat(100)).repeat(50_000) + 'x').length).toBe(
      10 * million + 1,
    )
    expect(decodeQuotedPrintable(('x'.repeat(99) + '=').repeat(100_000)).length).toBe(10 * million - 1)
    expect(quotedPrintableTrouble('='.repeat(10 * million)).length).toBe(100)
    expect(quotedPrintableTrouble(' '.repeat(10 * million) + 'x').map(({ key }) => key)).toEqual(['long-line'])
  })
})

describe('what is wrong with quoted-printable', () => {
  it.each(['', 'plain', 'a=3D=\r\nb\r\n', 'x'.repeat(76) + '\r\n', 'a\tb c'])('nothing with %j', (text) => {
    expect(quotedPrintableTrouble(text)).toEqual([])
  })

  it.each([
    ['a = b', [{ key: 'bad-escape', from: 2, to: 3 }]],
    ['a=G0', [{ key: 'bad-escape', from: 1, to: 2 }]],
    ['a=4', [{ key: 'bad-escape', from: 1, to: 2 }]],
    ['a=', [{ key: 'bad-escape', from: 1, to: 2 }]],
    [
      '=e9=E9=aF',
      [
        { key: 'lower-case', from: 0, to: 3 },
        { key: 'lower-case', from: 6, to: 9 },
      ],
    ],
    ['x'.repeat(80) + '\r\nx', [{ key: 'long-line', from: 76, to: 80 }]],
    [
      'x'.repeat(75) + '=E9\nx',
      [
        { key: 'long-line', from: 76, to: 78 },
        { key: 'control', from: 78, to: 79 },
      ],
    ],
    [
      'a \t\r\nb= \r\nc ',
      [
        { key: 'trailing-blank', from: 1, to: 3 },
        { key: 'trailing-blank', from: 7, to: 8 },
        { key: 'trailing-blank', from: 11, to: 12 },
      ],
    ],
    [
      'caf\xe9\xe8 \xff',
      [
        { key: 'not-ascii', from: 3, to: 5 },
        { key: 'not-ascii', from: 6, to: 7 },
      ],
    ],
    [
      'a\0\x7f\rb\nc',
      [
        { key: 'control', from: 1, to: 4 },
        { key: 'control', from: 5, to: 6 },
      ],
    ],
  ])('%j', (text, troubles) => {
    expect(quotedPrintableTrouble(text)).toEqual(troubles)
  })
})
