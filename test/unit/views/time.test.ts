/** Looking back: a view, and a world, as they were. */
import { describe, expect, it } from 'vitest'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Folder, PastFolder } from '../../../src/core/views/folder.ts'
import { target } from '../../../src/core/views/jump.ts'
import { marks, PLACES } from '../../../src/core/views/marks.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import { eventsAt, nextStop, stopBefore, stops } from '../../../src/core/views/stops.ts'
import { Rewind, Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')

function lived(): Sim {
  const sim = new Sim(campus, { seed: 3 })
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  for (const line of ['echo one | mail -s one bruno@rennes.example', 'dig MX lyon.example', 'mailq']) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  sim.fault('down mx1.rennes.example')
  return sim
}

describe('a moment of the past', () => {
  const sim = lived()

  it('of a view is what the view was then, forward and backward', () => {
    const fold = sequence(() => null)
    const folder = new Folder(fold)
    for (const count of [40, 10, 70, 1, sim.trace.length, 60]) {
      const fresh = new Folder(fold).upTo(sim.trace, count)
      expect(folder.upTo(sim.trace, count).rows).toEqual(fresh.rows)
    }
    expect(folder.catchUp(sim.trace).rows.length).toBeGreaterThan(20)
  })

  it.each([1, 2, 30, 60])('of a world, %i events old, has the same trace, and goes on', (events) => {
    const then = Sim.until(campus, sim.journal(), events)
    expect(then.trace.length).toBeGreaterThanOrEqual(events)
    expect(then.trace.length).toBeLessThan(events + 40)
    expect(then.trace).toEqual(sim.trace.slice(0, then.trace.length))
    then.drain()
    then.type('t1', 'echo otherwise\n')
    then.drain()
    const { sim: again, same } = Sim.replay(campus, then.journal())
    expect(same).toBe(true)
    expect(again.trace).toEqual(then.trace)
  })

  it('that has not come yet is now', () => {
    expect(Sim.until(campus, sim.journal(), 1e9).trace).toEqual(sim.trace)
  })
})

describe('a view of the past that is folded in portions', () => {
  const sim = lived()
  const fold = sequence(() => null)
  /** Time for so many portions. */
  const portions = (count: number) => () => count-- > 0

  it('is the last whole one until the wanted one is whole', () => {
    const folder = new PastFolder(fold)
    expect(folder.view).toBeNull()
    expect(folder.goTo(sim.trace, 75, portions(1))).toBe(false)
    expect(folder.view).toBeNull()
    expect(folder.goTo(sim.trace, 75, portions(1))).toBe(true)
    const first = new Folder(fold).upTo(sim.trace, 75).rows
    expect(folder.view!.rows).toEqual(first)
    expect(folder.goTo(sim.trace, 72, portions(1))).toBe(false)
    expect(folder.view!.rows).toEqual(first)
    // The hand has moved on, and what was begun serves still.
    expect(folder.goTo(sim.trace, 68, portions(1))).toBe(true)
    expect(folder.view!.rows).toEqual(new Folder(fold).upTo(sim.trace, 68).rows)
  })

  it('is what a fresh one is, wherever one goes', () => {
    const folder = new PastFolder(fold)
    for (const count of [40, 75, 10, 70, 1, sim.trace.length, 60]) {
      while (!folder.goTo(sim.trace, count, portions(1)));
      expect(folder.view!.rows).toEqual(new Folder(fold).upTo(sim.trace, count).rows)
    }
  })
})

describe('a world on its way', () => {
  it('goes on to a later moment, and says which it has left behind', () => {
    const sim = lived()
    const rewind = new Rewind(campus, sim)
    for (const events of [30, 60, 61, 100]) {
      expect(rewind.reaches(events)).toBe(true)
      while (rewind.towards(events));
      expect(rewind.sim.trace).toEqual(Sim.until(campus, sim.journal(), events).trace)
    }
    expect(rewind.reaches(30)).toBe(false)
    // What is done in the meantime is done there, too.
    sim.type('t1', 'echo more\n')
    sim.drain()
    while (rewind.towards(sim.trace.length));
    expect(rewind.sim.trace).toEqual(sim.trace)
    expect(rewind.towards(1e9)).toBe(false)
  })
})

describe('steps', () => {
  const { trace } = lived()
  const view = new Folder(stops).catchUp(trace)
  const own = (seq: number) => seq

  it.each(['command', 'reply', 'segment'] as const)('from %s to the next and back', (grain) => {
    const there: number[] = []
    for (let at: number | null = 0; (at = nextStop(view[grain], at, own)) !== null; at++) there.push(at)
    expect(there).toEqual(view[grain])
    expect(there.length).toBeGreaterThan(5)
    if (grain !== 'segment') expect(there.every((seq) => trace[seq]!.kind === grain)).toBe(true)
    const back: number[] = []
    let events = trace.length + 1
    for (let at = stopBefore(view[grain], events, own); at !== null; at = stopBefore(view[grain], events, own)) {
      back.push(at)
      events = at + 1
    }
    expect(back.reverse()).toEqual(there)
  })

  it('over every packet: handshakes, what is said, datagrams, ends', () => {
    expect(new Set(view.segment.map((seq) => trace[seq]!.kind))).toEqual(
      new Set(['dial', 'connected', 'segment', 'datagram', 'fin']),
    )
  })

  it('to a time are to the last that had happened by then', () => {
    const events = eventsAt(trace, trace[50]!.at)
    expect(events).toBeGreaterThan(50)
    expect(trace[events - 1]!.at).toBe(trace[50]!.at)
    expect(trace[events]!.at).toBeGreaterThan(trace[50]!.at)
    expect(eventsAt(trace, -1)).toBe(0)
    expect(eventsAt(trace, 1e12)).toBe(trace.length)
  })
})

describe('marks', () => {
  const fold = (all: readonly Partial<TraceEvent>[]) => {
    const view = marks.empty()
    for (const event of all) marks.add(view, event as TraceEvent)
    return view
  }

  it('are what people did, and what came of it', () => {
    const { events, places, share } = new Folder(marks).catchUp(lived().trace)
    expect([...places.values()].filter(({ kind }) => kind === 'typed')).toHaveLength(3)
    expect(events.map(({ kind }) => kind)).toEqual(['delivered', 'fault'])
    for (const [place, { seq }] of places) expect(Math.floor(seq / share)).toBe(place)
  })

  it('in one place are the one that matters most', () => {
    const all = [
      { seq: 0, kind: 'typed' },
      { seq: 1, kind: 'delivered' },
      { seq: 600, kind: 'fault' },
      { seq: 601, kind: 'typed' },
    ] as const
    const { share, places } = fold(all)
    expect(share).toBe(4)
    expect([...places]).toEqual([
      [0, all[1]],
      [150, all[2]],
    ])
  })

  it('stay few, however long the line', () => {
    const view = fold(Array.from({ length: 30_000 }, (_, seq) => ({ seq, kind: seq % 3 === 0 ? 'typed' : 'failed' })))
    expect(view.places.size).toBeLessThanOrEqual(PLACES)
    expect(view.places.size).toBeGreaterThan(PLACES / 2)
    expect(view.events).toHaveLength(20_000)
  })
})

describe('a jump', () => {
  /** From ten in the evening to ten in the morning, one hour east. */
  const line = { epoch: Date.UTC(2026, 2, 1, 21), zone: '+0100', now: 60_000, end: 12 * 3_600_000, events: 300 }

  it.each([
    ['17', { events: 17 }],
    ['#300', { events: 300 }],
    ['22:00:30', { at: 30_999 }],
    ['22:00:30.25', { at: 30_250 }],
    [' 22:05 ', { at: 5 * 60_000 + 59_999 }],
    ['9h30', { at: 11.5 * 3_600_000 + 59_999 }],
    ['10:00', { at: line.end }],
    ['2026-03-02 01:00:00.000', { at: 3 * 3_600_000 }],
  ])('to %j', (text, to) => expect(target(text, line)).toEqual(to))

  it.each(['', '0', '301', 'noon', '21:00', '25:00', '10:70', '2026-03-02 22:00', '2025-03-01 22:00', '10:01'])(
    'to %j leads nowhere',
    (text) => expect(target(text, line)).toBeNull(),
  )
})
