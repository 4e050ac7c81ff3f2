import { expect, test } from 'vitest'
import { utf8Text } from '../../../src/core/bytes/utf8.ts'
import { linesWith, mailLogs } from '../../../src/core/views/log.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const MX1 = 'mx1.rennes.example'

function sent() {
  const sim = new Sim(readWorld('src/worlds/campus.yaml'))
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  for (const line of ['mail -s hello claire@lyon.example', 'Is this <b>a test</b>?', '.']) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  sim.drain()
  return sim
}

test('lines are those of the file, each with the event that wrote it', () => {
  const sim = sent()
  const fold = mailLogs(sim.file)
  const view = fold.empty()
  for (const event of sim.trace) fold.add(view, event)
  const lines = view.lines.get(MX1)!
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.map(({ text }) => `${text}\n`).join('')).toBe(utf8Text(sim.world.mailLog(MX1)))
  expect(lines.map(({ number }) => number)).toEqual(lines.map((_, at) => at + 1))
  const accepted = lines.find(({ text }) => text.includes('queue active'))!
  expect(sim.trace[accepted.seq]).toMatchObject({ kind: 'accepted', host: MX1 })
  expect(view.lines.has('pc-alice.rennes.example')).toBe(false)
})

test('is searched, and shows the last of what is found', () => {
  const lines = ['One', 'two', 'ONE more'].map((text, at) => ({ number: at + 1, seq: at, text }))
  expect(linesWith(lines, ' one ', 10)).toEqual({ shown: [lines[0], lines[2]], count: 2 })
  expect(linesWith(lines, '', 2)).toEqual({ shown: lines.slice(1), count: 3 })
})

test('is bounded, and numbers go on', () => {
  const sim = sent()
  const fold = mailLogs(sim.file)
  const view = fold.empty()
  const event = sim.trace.find(({ kind }) => kind === 'accepted')!
  for (let k = 0; k < 12_000; k++) fold.add(view, event)
  const lines = view.lines.get(event.host)!
  expect(lines.length).toBeLessThan(10_000)
  expect(lines.at(-1)!.number).toBe(12_000)
})
