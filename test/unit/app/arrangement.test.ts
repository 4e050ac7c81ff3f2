import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import {
  heightened,
  inOrder,
  moved,
  parts,
  placed,
  readArrangement,
  usual,
  widened,
  without,
  withPart,
  type Arrangement,
  type Direction,
} from '../../../src/app/arrangement.ts'
import { boxesOf } from '../../../src/app/boxes.ts'

const shape = (arrangement: Arrangement) => arrangement.map((column) => column.parts.join('/')).join(' | ')
const directions: readonly Direction[] = ['left', 'right', 'up', 'down']

describe('parts of the page', () => {
  test('a part that has a column to itself joins its neighbour, and leaves it at the other side', () => {
    const joined = moved(usual, 'views', 'left')
    expect(shape(joined)).toBe('lesson | terminals/views')
    expect(shape(moved(joined, 'views', 'up'))).toBe('lesson | views/terminals')
    expect(shape(moved(joined, 'views', 'left'))).toBe('lesson | views | terminals')
    expect(moved(usual, 'lesson', 'left')).toBe(usual)
    expect(moved(usual, 'lesson', 'up')).toBe(usual)
  })

  test('one is put beside another, or below it', () => {
    expect(shape(placed(usual, 'lesson', 'views', 'right'))).toBe('terminals | views | lesson')
    expect(shape(placed(usual, 'lesson', 'views', 'down'))).toBe('terminals | views/lesson')
    expect(shape(placed(usual, 'lesson', 'views', 'up'))).toBe('terminals | lesson/views')
  })

  test('what is put away comes back where it usually stands; something always stays', () => {
    const two = without(usual, 'terminals')
    expect(shape(two)).toBe('lesson | views')
    expect(shape(withPart(two, 'terminals'))).toBe('lesson | terminals | views')
    expect(shape(withPart(usual, 'more'))).toBe('lesson | terminals | views/more')
    const one = without(two, 'lesson')
    expect(without(one, 'views')).toBe(one)
  })

  test('widths and heights keep within their limits, and leave room', () => {
    expect(widened(usual, 0, 3)[0]!.width).toBe(10)
    expect(widened(usual, 2, 99)[2]!.width).toBe(70)
    expect(widened(widened(usual, 0, 40), 2, 99)[2]!.width).toBe(50)
    expect(widened(widened(usual, 0, 40), 0, null)[0]!.width).toBe(null)
    const stacked = withPart(usual, 'more')
    expect(heightened(stacked, 2, 0, 70)[2]!.heights).toEqual([70, 30])
    expect(heightened(stacked, 2, 0, 99)[2]!.heights).toEqual([85, 15])
  })

  test('whatever is done, each part stands there once, has its box, and survives being kept', () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('move' as const),
        part: fc.constantFrom(...parts),
        way: fc.constantFrom(...directions),
      }),
      fc.record({
        do: fc.constant('put' as const),
        part: fc.constantFrom(...parts),
        way: fc.constantFrom(...directions),
        beside: fc.constantFrom(...parts),
      }),
      fc.record({ do: fc.constant('hide' as const), part: fc.constantFrom(...parts) }),
      fc.record({ do: fc.constant('show' as const), part: fc.constantFrom(...parts) }),
      fc.record({ do: fc.constant('size' as const), at: fc.nat(3), percent: fc.integer({ min: -20, max: 140 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let arrangement = usual
        for (const each of steps) {
          if (each.do === 'move') arrangement = moved(arrangement, each.part, each.way)
          else if (each.do === 'put') arrangement = placed(arrangement, each.part, each.beside, each.way)
          else if (each.do === 'hide') arrangement = without(arrangement, each.part)
          else if (each.do === 'show') arrangement = withPart(arrangement, each.part)
          else arrangement = heightened(widened(arrangement, each.at, each.percent), each.at, 0, null)
          const there = inOrder(arrangement)
          expect(there.length).toBeGreaterThan(0)
          expect(new Set(there).size).toBe(there.length)
          expect(arrangement.every((column) => column.parts.length > 0)).toBe(true)
          const boxes = boxesOf(arrangement)
          expect([...boxes.parts.keys()].sort()).toEqual(there.toSorted())
          expect(boxes.borders).toHaveLength(there.length - 1)
          expect(readArrangement(JSON.parse(JSON.stringify(arrangement)))).toEqual(arrangement)
        }
      }),
    )
  })

  test.each([
    null,
    [],
    [{}],
    [{ parts: [] }],
    [{ parts: ['lesson', 'lesson'] }],
    [{ parts: ['elsewhere'] }],
    [{ parts: ['lesson'] }, { parts: ['lesson'] }],
    'lesson',
    [null],
  ])('what is no arrangement is none: %j', (value) => {
    expect(readArrangement(value)).toBe(null)
  })

  test('sizes out of their limits are left to the page', () => {
    const value = [{ parts: ['lesson', 'views'], width: 1e9, heights: [100, 100] }]
    expect(readArrangement(value)).toEqual([{ parts: ['lesson', 'views'], width: null, heights: null }])
  })
})
