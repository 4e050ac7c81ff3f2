import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import {
  heightened,
  homes,
  inOrder,
  moved,
  parts,
  placed,
  readArrangement,
  sizedAs,
  widened,
  without,
  withPart,
  withPartsOf,
  type Arrangement,
  type Direction,
} from '../../../src/app/arrangement.ts'
import { boxesOf } from '../../../src/app/boxes.ts'

const usual = without(homes.columns, 'more')
const three = { parts: ['lesson', 'terminals', 'views'], width: null, heights: null } as const
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
    expect(shape(withPart(two, 'terminals', homes.columns))).toBe('lesson | terminals | views')
    expect(shape(withPart(usual, 'more', homes.columns))).toBe('lesson | terminals | views/more')
    expect(shape(withPart(two, 'more', homes.columns))).toBe('lesson | views/more')
    const one = without(two, 'lesson')
    expect(without(one, 'views')).toBe(one)
  })

  test('in rows each comes back to its own place, too', () => {
    const upper = without(without(homes.rows, 'views'), 'more')
    expect(shape(upper)).toBe('lesson/terminals')
    expect(shape(withPart(upper, 'more', homes.rows))).toBe('lesson/terminals | more')
    expect(shape(withPart(withPart(upper, 'more', homes.rows), 'views', homes.rows))).toBe(
      'lesson/terminals | views/more',
    )
    const lower = without(without(homes.rows, 'lesson'), 'terminals')
    expect(shape(withPart(lower, 'terminals', homes.rows))).toBe('terminals | views/more')
    expect(shape(withPart(without(homes.rows, 'lesson'), 'lesson', homes.rows))).toBe('lesson/terminals | views/more')
  })

  test('one arrangement gets the parts of the other, and keeps what it has of them where it is', () => {
    const only = without(without(usual, 'lesson'), 'terminals')
    expect(shape(withPartsOf(homes.rows, only, homes.rows))).toBe('views')
    expect(shape(withPartsOf(homes.rows, usual, homes.rows))).toBe('lesson/terminals | views')
    const turned = placed(homes.rows, 'lesson', 'terminals', 'down')
    expect(shape(withPartsOf(turned, usual, homes.rows))).toBe('terminals/lesson | views')
    // Nothing in common: the new one comes before the last old one goes.
    expect(shape(withPartsOf([homes.columns[0]], only, homes.rows))).toBe('views')
  })

  test('columns, and the same as rows: the borders stand between the boxes, and know whose size they change', () => {
    const two = widened(without(usual, 'lesson'), 1, 40)
    expect(boxesOf(two, false).parts.get('terminals')).toEqual({
      x: '0%',
      y: '0%',
      width: 'calc(100% - 40%)',
      height: 'calc(100%)',
    })
    expect(boxesOf(two, false).borders).toEqual([
      {
        x: 'calc(100% - 40%)',
        y: '0%',
        length: '100%',
        upright: true,
        of: 'views',
        from: 'end',
        column: 1,
        above: null,
      },
    ])
    expect(boxesOf(two, true).borders).toEqual([
      {
        x: '0%',
        y: 'calc(100% - 40%)',
        length: '100%',
        upright: false,
        of: 'views',
        from: 'end',
        column: 1,
        above: null,
      },
    ])

    const { parts: stand, borders } = boxesOf(heightened(homes.rows, 0, 0, 30), true)
    expect(stand.get('terminals')).toEqual({
      x: 'calc(30%)',
      y: '0%',
      width: 'calc(70%)',
      height: 'calc(100% - 42%)',
    })
    expect(borders.map(({ of, from, upright, x, y }) => ({ of, from, upright, x, y }))).toEqual([
      { of: 'lesson', from: 'start', upright: true, x: 'calc(30%)', y: '0%' },
      { of: 'views', from: 'end', upright: false, x: '0%', y: 'calc(100% - 42%)' },
      { of: 'views', from: 'start', upright: true, x: 'calc(50%)', y: 'calc(100% - 42%)' },
    ])
  })

  test('in a row that nobody set the lesson has room for its lines', () => {
    const lesson = 'clamp(15rem, 32%, 20rem)'
    const { parts: stand } = boxesOf(homes.rows, true)
    expect(stand.get('lesson')!.width).toBe(`calc(${lesson})`)
    expect(stand.get('terminals')).toMatchObject({ x: `calc(${lesson})`, width: `calc((100% - ${lesson}) / 1)` })
  })

  test('widths and heights keep within their limits, and leave room', () => {
    expect(widened(usual, 0, 3)[0]!.width).toBe(10)
    expect(widened(usual, 2, 99)[2]!.width).toBe(70)
    expect(widened(widened(usual, 0, 40), 2, 99)[2]!.width).toBe(50)
    expect(widened(widened(usual, 0, 40), 0, null)[0]!.width).toBe(null)
    expect(widened(homes.rows, 1, 99, 42)[1]!.width).toBe(70)
    expect(widened(usual, 2, 99, 28)[2]!.width).toBe(62)
    const stacked = withPart(usual, 'more', homes.columns)
    expect(heightened(stacked, 2, 0, 70)[2]!.heights).toEqual([70, 30])
    expect(heightened(stacked, 2, 0, 99)[2]!.heights).toEqual([85, 15])
  })

  test('where the lesson is left out of a column, a border moves the two that it stands between', () => {
    const [column] = heightened(heightened([{ ...three, heights: [40, 30, 30] }], 0, 0, 40), 0, 1, 30)
    const seen = without([column!], 'lesson')
    expect(seen[0]).toMatchObject({ parts: ['terminals', 'views'], heights: [50, 50] })
    expect(sizedAs([column!], seen)).toEqual([column])
    expect(sizedAs([column!], heightened(seen, 0, 0, 70))[0]!.heights).toEqual([40, 42, 18])
    expect(sizedAs([column!], heightened(seen, 0, 0, null))[0]!.heights).toBe(null)
    // Between them, or below.
    const between = { ...three, parts: ['terminals', 'lesson', 'views'] as const, heights: [30, 40, 30] }
    expect(sizedAs([between], heightened(without([between], 'lesson'), 0, 0, 70))[0]!.heights).toEqual([42, 40, 18])
    // All alike: three parts of a column.
    const alike = sizedAs([three], heightened(without([three], 'lesson'), 0, 0, 75))[0]!.heights!
    expect(alike.map(Math.round)).toEqual([33, 50, 17])
    // With one part left there is a width, and no height.
    const pair = [{ ...column!, parts: ['lesson', 'terminals'] as const, heights: [70, 30] }, homes.columns[2]]
    expect(sizedAs(pair, widened(without(pair, 'lesson'), 1, 40))).toEqual([pair[0], { ...pair[1], width: 40 }])
    expect(sizedAs(usual, widened(without(usual, 'lesson'), 1, 40))[2]!.width).toBe(40)
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
      fc.property(fc.array(step, { maxLength: 30 }), fc.constantFrom('columns', 'rows'), (steps, kind) => {
        let arrangement: Arrangement = homes[kind]
        for (const each of steps) {
          if (each.do === 'move') arrangement = moved(arrangement, each.part, each.way)
          else if (each.do === 'put') arrangement = placed(arrangement, each.part, each.beside, each.way)
          else if (each.do === 'hide') arrangement = without(arrangement, each.part)
          else if (each.do === 'show') arrangement = withPart(arrangement, each.part, homes[kind])
          else arrangement = heightened(widened(arrangement, each.at, each.percent), each.at, 0, null)
          const there = inOrder(arrangement)
          expect(there.length).toBeGreaterThan(0)
          expect(new Set(there).size).toBe(there.length)
          expect(arrangement.every((column) => column.parts.length > 0)).toBe(true)
          const boxes = boxesOf(arrangement, kind === 'rows')
          expect([...boxes.parts.keys()].sort()).toEqual(there.toSorted())
          expect(boxes.borders).toHaveLength(there.length - 1)
          expect(readArrangement(JSON.parse(JSON.stringify(arrangement)))).toEqual(arrangement)
          expect(shape(sizedAs(arrangement, without(arrangement, 'lesson')))).toBe(shape(arrangement))
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
