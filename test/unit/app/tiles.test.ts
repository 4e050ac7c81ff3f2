import { describe, expect, test } from 'vitest'
import { Tiles } from '../../../src/app/terminal/tiles.ts'

describe('terminals seen at once', () => {
  test('one: the one in front', () => {
    const tiles = new Tiles()
    expect(tiles.shown(['a', 'b', 'c'], 'b', 1)).toEqual(['b'])
    expect(tiles.shown(['a', 'b', 'c'], 'c', 1)).toEqual(['c'])
  })

  test('two: who comes in front takes the place of the one that was not there for longest; the order is that of the tabs', () => {
    const tiles = new Tiles()
    expect(tiles.shown(['a'], 'a', 2)).toEqual(['a'])
    expect(tiles.shown(['a', 'b'], 'b', 2)).toEqual(['a', 'b'])
    expect(tiles.shown(['a', 'b', 'c'], 'c', 2)).toEqual(['b', 'c'])
    expect(tiles.shown(['a', 'b', 'c'], 'b', 2)).toEqual(['b', 'c'])
    expect(tiles.shown(['a', 'b', 'c'], 'a', 2)).toEqual(['a', 'b'])
  })

  test('one that was closed makes room; the latest in front comes back', () => {
    const tiles = new Tiles()
    tiles.shown(['a', 'b', 'c'], 'a', 2)
    tiles.shown(['a', 'b', 'c'], 'c', 2)
    expect(tiles.shown(['a', 'b'], 'b', 2)).toEqual(['a', 'b'])
    expect(tiles.shown(['a', 'b', 'd', 'e'], 'e', 4)).toEqual(['a', 'b', 'd', 'e'])
    expect(tiles.shown(['a', 'b', 'd', 'e'], 'd', 1)).toEqual(['d'])
  })
})
