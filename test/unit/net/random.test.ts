import { describe, expect, it } from 'vitest'
import { Random } from '../../../src/core/net/random.ts'

const draws = (random: Random, n = 20) => Array.from({ length: n }, () => random.next())

describe('seeded randomness', () => {
  it('gives the same for the same seed, and other numbers for another', () => {
    expect(draws(new Random(42))).toEqual(draws(new Random(42)))
    expect(draws(new Random(42))).not.toEqual(draws(new Random(43)))
    expect(draws(new Random(1))).not.toEqual(draws(new Random(1 + 2 ** 32)))
  })

  it('forks by seed and label, whatever was drawn before', () => {
    const one = new Random(5)
    const other = new Random(5)
    draws(other, 100)
    expect(draws(one.fork('x'))).toEqual(draws(other.fork('x')))
    expect(draws(one.fork('x'))).not.toEqual(draws(one.fork('y')))
    expect(draws(new Random(6).fork('x'))).not.toEqual(draws(one.fork('x')))
  })

  it('stays within its bounds and reaches all of them', () => {
    const random = new Random(3)
    const seen = new Set<number>()
    for (let count = 0; count < 1000; count++) seen.add(random.below(6))
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5])
    const mean = draws(random, 10_000).reduce((sum, n) => sum + n) / 10_000
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.02)
  })

  it('shuffles without losing anything, and leaves the list as it was', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8]
    const shuffled = new Random(9).shuffle(list)
    expect(shuffled).not.toEqual(list)
    expect([...shuffled].sort()).toEqual(list)
    expect(list).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('makes octets of all values', () => {
    const octets = new Random(9).octets(10_000)
    expect(octets).toHaveLength(10_000)
    expect(new Set(octets).size).toBe(256)
  })
})
