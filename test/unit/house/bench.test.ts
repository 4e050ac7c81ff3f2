import { expect, it } from 'vitest'
import { chunksASecond, commandsASecond, megabytesASecond } from '../../../src/node/bench/engine.ts'
import { code, codecs, build, parse, readWithFacteur, readWithPostalMime } from '../../../src/node/bench/message.ts'
import { buildWithNodemailer, codeWithLibraries, readWithMailparser } from '../../../src/node/bench/message-peers.ts'
import { kinds } from '../../../src/node/bench/message-corpus.ts'
import { bigMessage } from '../../../src/node/bench/messages.ts'
import { readOptions } from '../../../src/node/bench/options.ts'
import { queueRun } from '../../../src/node/bench/queue.ts'
import { add, median, medians, table, type Measured } from '../../../src/node/bench/table.ts'
import { readWorld } from '../../../src/node/worlds.ts'

it('the bench of the engine runs to its end', () => {
  expect(commandsASecond(40)).toBeGreaterThan(0)
  expect(megabytesASecond(200_000)).toBeGreaterThan(0)
  expect(chunksASecond(40)).toBeGreaterThan(0)
})

it('the bench of the queue fills it and drains it', () => {
  expect(queueRun(50, () => 0)).toMatchObject({ queued: expect.any(Number), drained: expect.any(Number), memory: 0 })
})

it('the bench of messages runs to its end, ours and the others', async () => {
  for (const [kind] of kinds) {
    for (const run of [readWithFacteur, readWithPostalMime, readWithMailparser, parse, build, buildWithNodemailer]) {
      expect(await run(kind, 0.01)).toBeGreaterThan(0)
    }
  }
  for (const codec of codecs) {
    for (const run of [code, codeWithLibraries]) expect(await run(codec, 0.01)).toBeGreaterThan(0)
  }
})

it('a message is as long as was asked, and ends with a lone dot', () => {
  for (const size of [2_000, 100_000]) {
    const message = bigMessage(size)
    expect(message.endsWith('\r\n.\r\n')).toBe(true)
    expect(message.indexOf('\r\n.')).toBe(message.length - 5)
    expect(message.length - 3).toBeGreaterThanOrEqual(size)
    expect(message.length - 3).toBeLessThan(size + 78)
  }
})

it('shows medians and how they compare', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  const measured: Measured = new Map()
  for (const value of [9_000, 30_000, 31_000]) add(measured, 'messages', 'Facteur', value)
  add(measured, 'messages', 'other', 10_000)
  expect(medians(measured)).toEqual({ messages: { Facteur: 30_000, other: 10_000 } })
  expect(
    table('Over TCP', medians(measured))
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['Over TCP', 'Facteur', 'other', 'ratio'],
    ['messages', '30,000', '10,000', '3.00'],
  ])
  add(measured, 'messages', 'third', 15_000)
  add(measured, 'alone', 'Facteur', 1)
  expect(table('Three', medians(measured))).toMatch(/messages .* 2\.00\nalone +1 +- +-$/)
})

it('reads its options', () => {
  expect(readOptions([])).toMatchObject({ rounds: 5, messages: 20_000, engine: true, message: true, tcp: true })
  expect(readOptions(['--only', 'message'])).toMatchObject({ engine: false, message: true, tcp: false })
  expect(readOptions(['--only', 'queue', '--queue', '5'])).toMatchObject({ queue: true, queued: 5, imap: false })
  expect(readOptions(['--queue', '0'])).toEqual({ error: expect.stringContaining('--queue') })
  expect(readOptions(['--quick', '--only', 'tcp', '--rounds', '2'])).toMatchObject({
    rounds: 2,
    messages: 2_000,
    engine: false,
  })
  expect(readOptions(['--rounds', '0'])).toHaveProperty('error')
  expect(readOptions(['--only', 'x'])).toHaveProperty('error')
  expect(readOptions(['--nothing'])).toHaveProperty('error')
})

it('has a sound world', () => {
  expect(readWorld('src/node/bench/world.yaml').accounts).toHaveLength(1)
})
