import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Run } from '../../../src/app/run.svelte.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Rewind, Sim } from '../../../src/core/world/sim.ts'

const file = 'src/worlds/campus.yaml'
const parsed = parseWorld(readFileSync(file, 'utf8'), file)
if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
const { world } = parsed

function begin(most: number, { sim = new Sim(world), language = (): string => 'en' } = {}) {
  const told = { full: 0, refused: 0 }
  const run = new Run(sim, {
    language,
    pace: () => 0,
    settled: () => {},
    refused: () => void told.refused++,
    grain: () => 'seen',
    rewind: () => new Rewind(sim.file, sim),
    most,
    full: () => void told.full++,
    lesson: null,
  })
  if (sim.acts.length === 0) run.open('t1', 'pc-alice.rennes.example', 'alice')
  return { run, told }
}

test('of so many events no more come: what is done then is refused with a word, and one can still look back', async () => {
  const { run, told } = begin(60)
  run.type('t1', 'telnet mx1.rennes.example 25\n')
  await run.quiet()
  expect(run.refuses).toBe(false)
  run.type('t1', 'EHLO pc-alice.rennes.example\n')
  await run.quiet()
  for (let turn = 0; turn < 20 && !run.refuses; turn++) {
    run.type('t1', 'NOOP\n')
    await run.quiet()
  }
  expect(run.refuses).toBe(true)
  // What one act tells at once is told to its end.
  expect(run.length).toBeLessThan(60 + 20)
  const { length } = run
  const before = told.full
  expect(before).toBeGreaterThan(0)
  run.type('t1', 'NOOP\n')
  run.skip()
  expect(run.length).toBe(length)
  expect(told).toEqual({ full: before + 2, refused: 0 })
  run.lookAt(10)
  expect(run.until).toBe(10)
})

test('the shell speaks as the page does from the next thing on that is done, and never in the past', async () => {
  let language = 'en'
  const { run, told } = begin(1000, { language: () => language })
  run.type('t1', 'dig MX rennes.example\n')
  await run.quiet()
  language = 'fr'
  const { acts, world } = run.sim
  expect(world.language).toBe('en')
  run.lookAt(2)
  run.type('t1', 'help\n')
  expect([acts.length, world.language, told.refused]).toEqual([2, 'en', 1])
  run.lookAt(null)
  run.type('t1', 'help\n')
  expect(world.language).toBe('fr')
  expect(acts.map(({ act }) => act)).toEqual(['open', 'type', 'language', 'type'])
  run.type('t1', 'help\n')
  expect(acts.map(({ act }) => act)).toEqual(['open', 'type', 'language', 'type', 'type'])
})

test('who stops where nothing is on its way is told so, and where something is, that', async () => {
  const { run } = begin(1000)
  await run.quiet()
  run.type('t1', 'telnet mx1.rennes.example 25\n')
  expect(run.busy).toBe(true)
  run.pause()
  expect(run.busy).toBe(true)
  run.sim.drain()
  run.pause()
  expect(run.busy).toBe(false)
  // As a scenario is opened: it has been played, and is looked at from its beginning.
  const played = new Sim(world)
  played.open('t1', 'pc-alice.rennes.example', 'alice')
  played.type('t1', 'echo Hello | mail -s Late x@panne.example\n')
  played.drain()
  const again = begin(1000, { sim: played }).run
  again.lookAt(1)
  expect(again.busy).toBe(false)
  again.lookAt(null)
  expect(again.next?.what).toMatch(/connect|retry|queue/)
})
