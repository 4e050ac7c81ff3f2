import { describe, expect, test } from 'vitest'
import { columns, cut, inView, labelAt, windowFor, within } from '../../../src/app/sequence/geometry.ts'
import { readSaved, savedText } from '../../../src/core/lesson/saved.ts'

const metrics = { row: 30, gutter: 60, column: 80, character: 7 }

describe('the picture', () => {
  test('shares the room among the hosts, and grows when there are too many', () => {
    const few = columns(['a', 'b'], 460, metrics)
    expect([few.width, few.x.get('a'), few.x.get('b')]).toEqual([460, 160, 360])
    expect(columns(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 460, metrics).width).toBe(60 + 7 * 80)
    expect(columns([], 460, metrics).x.size).toBe(0)
  })

  test('a label stands in the middle of its arrow, or begins at its left and never leaves the picture', () => {
    const seen = { left: 60, right: 452 }
    expect(labelAt('QUIT', 100, 300, seen, 7)).toEqual({ x: 186, text: 'QUIT' })
    const long = labelAt('x'.repeat(40), 300, 200, seen, 7)
    expect(long.text).toBe('x'.repeat(40))
    expect(long.x).toBeLessThan(208)
    expect(long.x + long.text.length * 7).toBeLessThanOrEqual(452)
    const endless = labelAt('x'.repeat(400), 300, 200, seen, 7)
    expect(endless.x).toBe(60)
    expect(endless.text.endsWith('…')).toBe(true)
    expect(endless.x + endless.text.length * 7).toBeLessThanOrEqual(452)
    expect(cut('abc', 0, 7)).toBe('a…')
  })

  test('in a picture that is wider than its room, a label keeps to what can be seen of its arrow', () => {
    const [seen, all] = [
      { left: 200, right: 500 },
      { left: 60, right: 900 },
    ]
    expect(windowFor(100, 300, seen, all)).toEqual(seen)
    expect(windowFor(600, 550, seen, all)).toEqual(all)
    expect(within(100, 50, seen)).toBe(200)
    expect(within(480, 50, seen)).toBe(450)
    expect(within(300, 50, seen)).toBe(300)
  })

  test('draws what can be seen, however many rows there are', () => {
    expect(inView(0, 300, 30, 5)).toMatchObject({ first: 0, last: 5 })
    const { first, last, slots } = inView(30_000, 300, 30, 30_000)
    expect(first).toBeLessThanOrEqual(1000)
    expect(last).toBeGreaterThanOrEqual(1010)
    expect(last - first).toBeLessThan(30)
    // As many at the end: each has a place of its own among them, and keeps it.
    expect(last - first).toBe(slots)
    expect(inView(900_000 - 300, 300, 30, 30_000)).toEqual({ first: 30_000 - slots, last: 30_000, slots })
    // A filter leaves five of them while the reader is far below.
    expect(inView(30_000, 300, 30, 5)).toMatchObject({ first: 0, last: 5 })
  })
})

describe('a saved journal', () => {
  const journal = { world: 'campus', seed: 1, engine: '1', acts: [], until: 5, steps: 2, checksum: 'ab' }

  test('comes back as it was', () => {
    expect(readSaved(savedText({ lesson: '01/02', journal, closed: ['t1'] }))).toEqual({
      facteur: 1,
      lesson: '01/02',
      journal,
      closed: ['t1'],
    })
    expect(readSaved(JSON.stringify({ facteur: 1, lesson: null, journal }))?.closed).toEqual([])
  })

  test('may hold files that were laid onto a machine, where they can lie', () => {
    const withFile = (change: Record<string, unknown>) => {
      const act = {
        act: 'file',
        at: 0,
        steps: 0,
        host: 'a.example',
        user: 'alice',
        path: '/tmp/x',
        data: '\xff',
        ...change,
      }
      return readSaved(JSON.stringify({ facteur: 1, lesson: null, journal: { ...journal, acts: [act] } }))
    }
    expect(withFile({})).not.toBeNull()
    expect(withFile({ path: '/tmp/../etc/x' })).toBeNull()
    expect(withFile({ data: 'x'.repeat(5_000_001) })).toBeNull()
    expect(withFile({ data: null })).toBeNull()
  })

  test('anything else is no journal', () => {
    const wrong = [
      '',
      'null',
      '[]',
      '{"facteur":1}',
      JSON.stringify({ facteur: 2, lesson: null, journal }),
      JSON.stringify({ facteur: 1, lesson: 3, journal }),
      JSON.stringify({ facteur: 1, lesson: null, journal, closed: [1] }),
      JSON.stringify({ facteur: 1, lesson: null, journal: { ...journal, acts: [null] } }),
      JSON.stringify({ facteur: 1, lesson: null, journal: { ...journal, until: 'soon' } }),
    ]
    expect(wrong.map(readSaved)).toEqual(wrong.map(() => null))
  })
})
