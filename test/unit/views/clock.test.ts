import { describe, expect, test } from 'vitest'
import { clock, duration, localMillis, timeOfDay } from '../../../src/core/views/clock.ts'
import { Traced } from './trace.ts'

describe('virtual time', () => {
  test('reads as the wall shows it, in its zone', () => {
    const epoch = Date.parse('2026-09-07T08:00:00Z')
    expect(timeOfDay(localMillis(epoch, '+0200 (CEST)', 3250))).toBe('10:00:03')
    expect(timeOfDay(localMillis(epoch, '-0930', 3250.9), true)).toBe('22:30:03.250')
  })

  test('durations are short', () => {
    expect([40, 5000, 75_000, 900_000, 3_660_000, 5 * 86_400_000].map(duration)).toEqual([
      '40 ms',
      '5 s',
      '75 s',
      '15 min',
      '1 h 1 min',
      '5 d',
    ])
  })

  test('the clock stands where the last thing happened, or where it was moved', () => {
    const traced = new Traced().note('a', { kind: 'fault', what: 'down b' }, { kind: 'skipped', to: 75_000 })
    expect(traced.fold(clock)).toEqual({ now: 75_000, skips: 1 })
  })
})
