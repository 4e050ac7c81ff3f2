import { describe, expect, it } from 'vitest'
import { Clock } from '../../../src/core/net/clock.ts'
import { Tracer } from '../../../src/core/net/tracer.ts'
import type { Note } from '../../../src/core/trace/events.ts'

const fault = (what: string): Note => ({ kind: 'fault', what })

describe('the tracer', () => {
  it('makes each note the cause of the next, unless told otherwise', () => {
    const tracer = new Tracer(new Clock())
    tracer.note('a', fault('one'))
    tracer.note('a', fault('two'))
    tracer.note('a', fault('three'), null, 0)
    tracer.note('a', fault('four'), null, null)
    expect(tracer.events.map((event) => event.cause)).toEqual([null, 0, 0, null])
  })

  it('carries the cause to what runs later', () => {
    const clock = new Clock()
    const tracer = new Tracer(clock)
    tracer.note('a', fault('cause'))
    clock.at(
      10,
      'soon',
      '',
      tracer.carry(() => tracer.note('a', fault('effect'))),
    )
    tracer.note('b', fault('something else'))
    clock.drain()
    expect(tracer.events[2]).toMatchObject({ at: 10, cause: 0, what: 'effect' })
    expect(tracer.cause).toBe(1)
  })

  it('keeps the last ones where it is bounded, and counts on', () => {
    const tracer = new Tracer(new Clock(), 10)
    for (let count = 0; count < 1000; count++) tracer.note('a', fault(`${count}`))
    const seqs = tracer.events.map((event) => event.seq)
    expect(seqs.length).toBeGreaterThanOrEqual(10)
    expect(seqs.length).toBeLessThanOrEqual(20)
    expect(seqs).toEqual(Array.from(seqs, (_, at) => 1000 - seqs.length + at))
  })

  it('keeps none, but still tells those who listen', () => {
    const tracer = new Tracer(new Clock(), 0)
    expect(tracer.note('a', fault('unheard'))).toBe(0)
    const heard: number[] = []
    const stop = tracer.subscribe((event) => heard.push(event.seq))
    tracer.note('a', fault('heard'))
    stop()
    tracer.note('a', fault('unheard'))
    expect(heard).toEqual([1])
    expect(tracer.events).toEqual([])
  })
})
