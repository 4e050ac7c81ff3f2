import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { curve, openPoint, pathOf, pointAt } from '../../../src/app/network/curve.ts'
import { layout, neighbour, type Box, type Sizes } from '../../../src/app/network/layout.ts'

const sizes: Sizes = {
  column: { least: 108, most: 180 },
  card: 44,
  gap: { x: 9, y: 17 },
  frame: { pad: 8, title: 19, gap: 10 },
}

const worlds = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 14 }).map((counts) =>
  counts.map((count, group) => ({
    name: `o${group}`,
    hosts: Array.from({ length: count }, (_, host) => `h${group}.${host}`),
  })),
)

const apart = (one: Box, other: Box) =>
  one.x + one.width <= other.x + 0.01 ||
  other.x + other.width <= one.x + 0.01 ||
  one.y + one.height <= other.y + 0.01 ||
  other.y + other.height <= one.y + 0.01

describe('the layout of the map', () => {
  test('puts every card into the room, and nothing over anything', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 200, max: 1400 }), (groups, room) => {
        const { frames, cards, height } = layout(groups, room, sizes)
        expect(frames).toHaveLength(groups.length)
        expect([...cards.keys()].sort()).toEqual(groups.flatMap(({ hosts }) => hosts).sort())
        const boxes = frames.map(({ box }) => box)
        for (const [at, box] of boxes.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(room + 0.01)
          expect(box.y + box.height).toBeLessThanOrEqual(height)
          for (const other of boxes.slice(at + 1)) expect(apart(box, other)).toBe(true)
        }
        const places = [...cards.values()]
        for (const [at, card] of places.entries()) {
          expect(card.width).toBeGreaterThan(60)
          for (const other of places.slice(at + 1)) expect(apart(card, other)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  test('is the same for the same, and lower where there is more room', () => {
    const groups = Array.from({ length: 8 }, (_, at) => ({ name: `${at}`, hosts: [`a${at}`, `b${at}`, `c${at}`] }))
    expect(layout(groups, 352, sizes)).toEqual(layout(groups, 352, sizes))
    expect(layout(groups, 900, sizes).height).toBeLessThan(layout(groups, 352, sizes).height)
    expect(layout([], 352, sizes)).toMatchObject({ height: 0, frames: [] })
  })

  test('arrow keys reach every card', () => {
    const groups = [
      { name: 'a', hosts: ['1', '2', '3', '4', '5'] },
      { name: 'b', hosts: ['6'] },
      { name: 'c', hosts: ['7', '8'] },
    ]
    const { cards } = layout(groups, 500, sizes)
    const reached = new Set(['1'])
    for (const host of reached)
      for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
        const next = neighbour(cards, host, key)
        if (next !== null) reached.add(next)
      }
    expect([...reached].sort()).toEqual([...cards.keys()].sort())
    expect(neighbour(cards, '1', 'ArrowLeft')).toBeNull()
    expect(neighbour(cards, '1', 'Enter')).toBeNull()
  })
})

describe('the line of a link', () => {
  const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 })
  const edge = ({ x, y, width, height }: Box, point: { x: number; y: number }) =>
    point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height

  test.each([
    ['neighbours', box(0, 0), box(120, 0)],
    ['over the head of one between', box(0, 0), box(240, 0)],
    ['one below the other', box(0, 0), box(0, 60)],
    ['far below in the same column', box(0, 0), box(0, 180)],
    ['across', box(0, 0), box(300, 200)],
    ['across, upwards', box(300, 200), box(0, 0)],
    ['to the left', box(240, 0), box(0, 0)],
  ])('begins at one card and ends at the other: %s', (_name, one, other) => {
    const line = curve(one, other)
    expect(edge(one, pointAt(line, 0))).toBe(true)
    expect(edge(other, pointAt(line, 1))).toBe(true)
    expect(pathOf(line)).toMatch(/^M-?[\d.]+ -?[\d.]+C(-?[\d.]+ ?){6}$/)
  })

  test('what is written on it is not hidden by a card', () => {
    const [one, hidden, other] = [box(0, 0), box(20, 120), box(40, 240)]
    const point = openPoint(curve(one, other), [one, hidden, other])
    for (const card of [one, hidden, other]) expect(edge(card, point)).toBe(false)
  })
})
