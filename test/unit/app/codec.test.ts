import { describe, expect, it } from 'vitest'
import { benchInput, hexOfOctets, octetsOfHex } from '../../../src/app/codec/bench-input.ts'
import { glyphs } from '../../../src/app/codec/glyphs.ts'
import { pictureOf, type Bit } from '../../../src/app/codec/picture.ts'
import { stepRun } from '../../../src/core/message/steps/codecs.ts'

const line = (bits: readonly Bit[]) => bits.map(({ bit }) => bit).join('')
const cuts = (bits: readonly Bit[]) => bits.filter(({ first }) => first).map(({ column }) => column)

describe('the picture of a step', () => {
  it('has the same bits in the same columns, cut in eights and in sixes', () => {
    const [row, ...more] = pictureOf(stepRun('base64', 'encode', 'Man').steps[0]!)!
    expect(more).toEqual([])
    expect(row).toMatchObject({ columns: 24 })
    expect(line(row!.bitsBefore)).toBe('010011010110000101101110')
    expect(line(row!.bitsAfter)).toBe(line(row!.bitsBefore))
    expect(cuts(row!.bitsBefore)).toEqual([1, 9, 17])
    expect(cuts(row!.bitsAfter)).toEqual([1, 7, 13, 19])
    expect(row!.after.map(({ cell, column, span }) => [cell.character, column, span])).toEqual([
      ...[
        ['T', 1, 6],
        ['W', 7, 6],
        ['F', 13, 6],
        ['u', 19, 6],
      ],
    ])
    // Bits keep the colour of the octet that they come from.
    expect(row!.bitsAfter.map(({ tone }) => tone).join('')).toBe('000000001111111122222222')
  })

  it('shows zeros that fill up, pads as wide as groups, and bits that nobody takes', () => {
    const [row] = pictureOf(stepRun('base64', 'encode', '\x23\x5c').steps[0]!)!
    expect(row!.bitsAfter.filter(({ tone }) => tone < 0).map(({ column }) => column)).toEqual([17, 18])
    expect(row!.after.at(-1)).toMatchObject({ column: 19, span: 6, cell: { character: '=' } })
    const [read] = pictureOf(stepRun('base64', 'decode', 'I1w=').steps[0]!)!
    expect(read!.bitsAfter.filter(({ lost }) => lost).map(({ column }) => column)).toEqual([17, 18])
    const [relay] = pictureOf(stepRun('7bit', 'encode', '\xe9').steps[0]!)!
    expect(relay!.bitsAfter.filter(({ lost }) => lost)).toHaveLength(1)
  })

  it('has columns for marks, and goes on in another row where it is too wide', () => {
    const [row] = pictureOf(stepRun('charset', 'encode', 'é').steps[0]!)!
    expect(line(row!.bitsAfter)).toBe('1100001110101001')
    expect(line(row!.bitsBefore)).toBe('00011101001')
    const rows = pictureOf(stepRun('charset', 'encode', '😀').steps[0]!)!
    expect(rows.map(({ columns }) => columns)).toEqual([24, 8])
    expect(rows[1]!.before[0]).toMatchObject({ continued: true })
    expect(pictureOf(stepRun('utf7', 'encode', '日本語').steps[1]!)!.map(({ columns }) => columns)).toEqual([24, 24])
  })

  it('is none where no bit moves', () => {
    expect(pictureOf(stepRun('utf7', 'encode', '&').steps[0]!)).toBeNull()
  })
})

describe('octets and characters as boxes', () => {
  it('show a character over its first octet, from wherever one looks', () => {
    const looks = (from: number) =>
      glyphs('a\xc3\xa9\r\xff', from, 5, 'octets', 'utf-8').map(({ look, hex }) => [look, hex])
    expect(looks(0)).toEqual([
      ['a', '61'],
      ['é', 'C3'],
      ['', 'A9'],
      ['CR', '0D'],
      ['', 'FF'],
    ])
    expect(looks(2)).toEqual([
      ['', 'A9'],
      ['CR', '0D'],
      ['', 'FF'],
    ])
  })

  it('keep pairs together', () => {
    expect(glyphs('a😀b', 2, 4, 'characters', 'utf-8').map(({ from, hex }) => [from, hex])).toEqual([
      [1, '1F600'],
      [3, '62'],
    ])
  })
})

describe('the bench', () => {
  it('reads hexadecimal as people write it', () => {
    expect(octetsOfHex('23 5c\n0x0D,0A:ff')).toEqual({ input: '\x23\x5c\r\n\xff' })
    expect(octetsOfHex('')).toEqual({ input: '' })
    expect(octetsOfHex('23 5')).toEqual({ error: 'odd', values: {} })
    expect(octetsOfHex('2G')).toEqual({ error: 'digit', values: { sign: 'G' } })
    expect(hexOfOctets('#\\\xff')).toBe('23 5C FF')
  })

  it('makes octets or characters of what is typed, or says why not', () => {
    expect(benchInput('é\n', 'text', 'octets', 'utf-8')).toEqual({ input: '\xc3\xa9\r\n' })
    expect(benchInput('é', 'text', 'octets', 'iso-8859-1')).toEqual({ input: '\xe9' })
    expect(benchInput('a€', 'text', 'octets', 'iso-8859-1')).toMatchObject({ error: 'charset', values: { sign: '€' } })
    expect(benchInput('é', 'text', 'characters', 'us-ascii')).toEqual({ input: 'é' })
    expect(benchInput('C3 A9', 'hex', 'characters', 'utf-8')).toEqual({ input: 'é' })
    expect(benchInput('E9', 'hex', 'characters', 'utf-8')).toMatchObject({ error: 'hex-characters' })
    expect(benchInput('E9', 'hex', 'octets', 'utf-8')).toEqual({ input: '\xe9' })
  })
})
