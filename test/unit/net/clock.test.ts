import { describe, expect, it } from 'vitest'
import { Clock } from '../../../src/core/net/clock.ts'
import { Random } from '../../../src/core/net/random.ts'

function recorded() {
  const clock = new Clock()
  const ran: string[] = []
  const at = (when: number, kind: 'soon' | 'distant', what: string) =>
    clock.at(when, kind, what, () => ran.push(`${what}@${clock.now}`))
  return { clock, ran, at }
}

describe('the clock', () => {
  it('drains what is in flight and stands before the next alarm', () => {
    const { clock, ran, at } = recorded()
    at(50, 'distant', 'alarm')
    at(20, 'soon', 'b')
    at(10, 'soon', 'a')
    clock.drain()
    expect(ran).toEqual(['a@10', 'b@20'])
    expect(clock.now).toBe(20)
    expect(clock.step()).toBe(false)
    expect(clock.next()).toMatchObject({ at: 50, what: 'alarm' })
  })

  it('runs an alarm that something in flight passes', () => {
    const { clock, ran, at } = recorded()
    at(30, 'soon', 'slow segment')
    at(20, 'distant', 'alarm')
    clock.drain()
    expect(ran).toEqual(['alarm@20', 'slow segment@30'])
  })

  it('keeps the order of scheduling at the same moment, across both kinds', () => {
    const { clock, ran, at } = recorded()
    at(5, 'soon', '1')
    at(5, 'distant', '2')
    at(5, 'soon', '3')
    clock.runUntil(5)
    expect(ran).toEqual(['1@5', '2@5', '3@5'])
  })

  it('skips to the next alarm and runs all that is due then', () => {
    const { clock, ran, at } = recorded()
    at(100, 'distant', 'one')
    at(100, 'distant', 'two')
    at(200, 'distant', 'three')
    expect(clock.skip()).toBe(true)
    expect(ran).toEqual(['one@100', 'two@100'])
    expect(clock.skip()).toBe(true)
    expect(clock.skip()).toBe(false)
    expect(clock.now).toBe(200)
  })

  it('runs until a moment and stands there', () => {
    const { clock, ran, at } = recorded()
    at(10, 'distant', 'in')
    at(11, 'distant', 'out')
    clock.runUntil(10)
    expect(ran).toEqual(['in@10'])
    clock.runUntil(5)
    expect(clock.now).toBe(10)
  })

  it('does what was wished for the past now, and for never never', () => {
    const { clock, ran, at } = recorded()
    clock.runUntil(100)
    at(10, 'soon', 'late')
    const never = at(Infinity, 'distant', 'never')
    clock.drain()
    clock.cancel(never)
    expect(ran).toEqual(['late@100'])
    expect(clock.next()).toBeNull()
    expect(clock.nextAt()).toBeNull()
  })

  it('forgets what was cancelled, once or twice, before or after it ran', () => {
    const { clock, ran, at } = recorded()
    const gone = at(10, 'soon', 'gone')
    const kept = at(11, 'soon', 'kept')
    clock.cancel(gone)
    clock.cancel(gone)
    clock.drain()
    clock.cancel(kept)
    expect(ran).toEqual(['kept@11'])
    expect(clock.step()).toBe(false)
  })

  it('stays in order when most of many timers are cancelled', () => {
    const clock = new Clock()
    const random = new Random(7)
    const ran: number[] = []
    const left: number[] = []
    for (let count = 0; count < 5000; count++) {
      const when = random.below(100_000)
      const timer = clock.at(when, 'distant', '', () => ran.push(when))
      if (random.next() < 0.9) clock.cancel(timer)
      else left.push(when)
    }
    clock.runUntil(100_000)
    expect(ran).toEqual(left.sort((one, other) => one - other))
  })
})
