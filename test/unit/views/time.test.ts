/** Looking back: a view, and a world, as they were. */
import { describe, expect, it } from 'vitest'
import { Folder } from '../../../src/core/views/folder.ts'
import { marks, placed, type Mark } from '../../../src/core/views/marks.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import { Sim } from '../../../src/core/world/sim.ts'
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

describe('marks', () => {
  it('are what people did, and what came of it', () => {
    const kinds = new Folder(marks).catchUp(lived().trace).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'typed')).toHaveLength(3)
    expect(kinds).toContain('delivered')
    expect(kinds.at(-1)).toBe('fault')
  })

  it('in one place are the one that matters most', () => {
    const all: Mark[] = [
      { seq: 0, kind: 'typed' },
      { seq: 1, kind: 'delivered' },
      { seq: 60, kind: 'fault' },
      { seq: 61, kind: 'typed' },
    ]
    expect(placed(all, 100, 10)).toEqual([
      { at: 0, mark: all[1] },
      { at: 0.6, mark: all[2] },
    ])
    expect(placed([], 0, 10)).toEqual([])
  })
})
