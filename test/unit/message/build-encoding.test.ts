import { describe, expect, it, test } from 'vitest'
import type { ContentKind, Way } from '../../../src/core/message/mime/build/choose-encoding.ts'
import { encodings, weighEncodings } from '../../../src/core/message/mime/build/choose-encoding.ts'
import { isKey } from '../../../src/texts/index.ts'
import '../../../src/texts/later.ts'

describe('the choice of an encoding', () => {
  const rows: [name: string, octets: string, kind: ContentKind, way: Way, encoding: string, reason: string][] = [
    ['ASCII goes as it is', 'Hello\r\n', 'text', '7bit', '7bit', 'as-it-is'],
    [
      'mostly ASCII stays readable',
      'un long \xe9t\xe9 de plus\r\n',
      'text',
      '7bit',
      'quoted-printable',
      'mostly-ascii',
    ],
    ['8BITMIME carries it', 'un long \xe9t\xe9 de plus\r\n', 'text', '8bit', '8bit', 'as-it-is'],
    ['mostly something else is smaller so', '\xe6\xbc\xa2\xe5\xad\x97', 'text', '7bit', 'base64', 'mostly-not-ascii'],
    ['a line too long', 'x'.repeat(999), 'text', '8bit', 'quoted-printable', 'long-lines'],
    ['a line just long enough', 'x'.repeat(998), 'text', '7bit', '7bit', 'as-it-is'],
    ['a lone LF', 'a\nb', 'text', '8bit', 'quoted-printable', 'line-ends'],
    ['octets', 'GIF', 'binary', '8bit', 'base64', 'binary'],
    ['octets on a way for octets', 'GIF\0\n', 'binary', 'binary', 'binary', 'as-it-is'],
  ]
  test.each(rows)('%s', (_, octets, kind, way, encoding, reason) => {
    expect(weighEncodings(octets, kind, way).choice).toEqual({ encoding, reason })
  })

  it('is weighed for each of the five', () => {
    const octets = 'R\xe9sum\xe9 = CV\r\n'
    const table = weighEncodings(octets, 'text', '7bit')
    expect(table.rows.map(({ encoding }) => encoding)).toEqual(encodings)
    const [seven, eight, binary, quoted, base64] = table.rows
    expect(seven).toMatchObject({
      obstacles: ['eight-bit'],
      carried: true,
      size: 13,
      expansion: 0,
      readable: 1,
      relays: 'any',
    })
    expect(eight).toMatchObject({ obstacles: [], carried: false, relays: '8BITMIME' })
    expect(binary).toMatchObject({ obstacles: [], carried: false, relays: 'BINARYMIME' })
    // R=E9sum=E9 =3D CV and its line end: three octets became nine.
    expect(quoted).toMatchObject({ size: 19, carried: true, relays: 'any' })
    expect(quoted!.readable).toBeCloseTo(10 / 13)
    expect(base64).toMatchObject({ size: 22, readable: 0, carried: true })
  })

  it('base64 costs a third, and two octets of line end for 76 more', () => {
    const { rows } = weighEncodings('\xff'.repeat(57_000), 'binary', '7bit')
    expect(rows[4]!.size).toBe(78_000)
    expect(rows[4]!.expansion).toBeCloseTo(36.84, 2)
  })

  it('says what stands in the way', () => {
    const octets = `\0\r\n\r${'x'.repeat(1200)}\n\xff`
    const [seven, eight, binary] = weighEncodings(octets, 'binary', '7bit').rows
    expect(seven!.obstacles).toEqual(['eight-bit', 'long-line', 'nul', 'bare-cr', 'bare-lf'])
    expect(eight!.obstacles).toEqual(['long-line', 'nul', 'bare-cr', 'bare-lf'])
    expect(binary!.obstacles).toEqual([])
  })

  it('has a text for every reason and obstacle', () => {
    for (const [, , , , , reason] of rows) expect(isKey(`encoding.reason.${reason}`)).toBe(true)
    for (const obstacle of ['eight-bit', 'long-line', 'nul', 'bare-cr', 'bare-lf']) {
      expect(isKey(`encoding.obstacle.${obstacle}`)).toBe(true)
    }
  })
})
