import { describe, expect, test } from 'vitest'
import { columns, cut, inView, labelAt } from '../../../src/app/sequence/geometry.ts'
import { readSaved, savedText } from '../../../src/app/journal-file.ts'

const metrics = { row: 30, gutter: 60, column: 80, character: 7 }

describe('the picture', () => {
  test('shares the room among the hosts, and grows when there are too many', () => {
    const few = columns(['a', 'b'], 460, metrics)
    expect([few.width, few.x.get('a'), few.x.get('b')]).toEqual([460, 160, 360])
    expect(columns(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 460, metrics).width).toBe(60 + 7 * 80)
    expect(columns([], 460, metrics).x.size).toBe(0)
  })

  test('a label stands in the middle of its arrow, or begins at its left and never leaves the picture', () => {
    expect(labelAt('QUIT', 100, 300, 460, metrics)).toEqual({ x: 200, anchor: 'middle', text: 'QUIT' })
    const long = labelAt('x'.repeat(40), 300, 200, 460, metrics)
    expect(long.anchor).toBe('start')
    expect(long.x + long.text.length * 7).toBeLessThanOrEqual(460)
    const endless = labelAt('x'.repeat(400), 300, 200, 460, metrics)
    expect(endless.x).toBe(60)
    expect(endless.text.endsWith('…')).toBe(true)
    expect(endless.x + endless.text.length * 7).toBeLessThanOrEqual(460)
    expect(cut('abc', 0, 7)).toBe('a…')
  })

  test('draws what can be seen, however many rows there are', () => {
    expect(inView(0, 300, 30, 5)).toEqual({ first: 0, last: 5 })
    const { first, last } = inView(30_000, 300, 30, 30_000)
    expect(first).toBeLessThanOrEqual(1000)
    expect(last).toBeGreaterThanOrEqual(1010)
    expect(last - first).toBeLessThan(30)
  })
})

describe('a saved journal', () => {
  const journal = { world: 'campus', seed: 1, engine: '1', acts: [], until: 5, steps: 2, checksum: 'ab' }

  test('comes back as it was', () => {
    expect(readSaved(savedText('01/02', journal))).toEqual({ facteur: 1, lesson: '01/02', journal })
  })

  test('anything else is no journal', () => {
    const wrong = [
      '',
      'null',
      '[]',
      '{"facteur":1}',
      JSON.stringify({ facteur: 2, lesson: null, journal }),
      JSON.stringify({ facteur: 1, lesson: 3, journal }),
      JSON.stringify({ facteur: 1, lesson: null, journal: { ...journal, acts: [null] } }),
      JSON.stringify({ facteur: 1, lesson: null, journal: { ...journal, until: 'soon' } }),
    ]
    expect(wrong.map(readSaved)).toEqual(wrong.map(() => null))
  })
})
