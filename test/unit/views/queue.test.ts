import { expect, test } from 'vitest'
import { departures, queuesByHost } from '../../../src/core/views/queue.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Traced } from './trace.ts'

const accepted = (id: string, from = 'a@x.example', to = ['b@y.example']) =>
  ({ kind: 'accepted', id, from, to, octets: 9, messageId: null, role: 'mta' }) as const

test('what leaves a queue is told with what became of each recipient', () => {
  const view = new Traced()
    .note('mx1', accepted('A'), accepted('B'))
    .note(
      'mx1',
      { kind: 'sent', id: 'A', server: 'mx', recipients: ['b@y.example', 'c@y.example'], reply: '250 OK' },
      { kind: 'failed', id: 'A', recipients: ['caf\xc3\xa9@y.example'], why: 'no', code: '550' },
      { kind: 'bounced', id: 'A', bounce: 'R', to: 'a@x.example' },
      { kind: 'removed', id: 'A' },
    )
    .note('mx2', { kind: 'removed', id: 'A' })
    .fold(departures)
  expect(view).toMatchObject({ sent: 2, delivered: 0, bounced: 1 })
  expect(view.gone).toMatchObject([
    {
      ...{ host: 'mx1', id: 'A', from: 'a@x.example', at: 5, seq: 5, seqs: [0, 2, 3, 4], report: 'R' },
      ...{ sent: ['b@y.example', 'c@y.example'], delivered: [], failed: ['café@y.example'] },
    },
  ])
  expect([...view.open.keys()]).toEqual(['mx1 B'])
})

test('the last fifty are kept, and no message grows without end', () => {
  const traced = new Traced()
  for (let n = 0; n < 60; n++) {
    traced.note('mx1', accepted(`${n}`))
    for (let m = 0; m < 30; m++)
      traced.note('mx1', { kind: 'sent', id: `${n}`, server: 'mx', recipients: [`${m}@y`], reply: '250' })
    traced.note('mx1', { kind: 'removed', id: `${n}` })
  }
  const view = traced.fold(departures)
  expect(view.gone.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, n) => `${n + 10}`))
  expect(view.gone.every(({ sent, seqs }) => sent.length === 20 && seqs.length === 20)).toBe(true)
  expect(view.sent).toBe(1800)
  expect(view.open.size).toBe(0)
})

test('a host that is away: the message waits, with its reason and the next try', () => {
  const sim = new Sim(readWorld('campus'))
  sim.fault('down mx.lyon.example')
  sim.open('t1', 'mx1.rennes.example', 'bruno')
  sim.type('t1', 'echo hello | sendmail claire@lyon.example alice@rennes.example\n')
  sim.drain()
  while (sim.next() !== null && !sim.trace.some(({ kind }) => kind === 'deferred')) {
    sim.skip()
    sim.drain()
  }
  const queues = queuesByHost(sim.world.mtas, 50)
  expect(queues.filter(({ count }) => count > 0).map(({ host }) => host)).toEqual(['mx1.rennes.example'])
  const queue = queues.find(({ host }) => host === 'mx1.rennes.example')!
  expect(queue).toMatchObject({ count: 1, states: { incoming: 0, active: 0, deferred: 1, hold: 0 } })
  expect(queue.messages[0]).toMatchObject({
    state: 'deferred',
    from: 'bruno@mx1.rennes.example',
    recipients: [
      { address: 'claire@lyon.example', state: 'deferred', tries: 1 },
      { state: 'done', next: null },
    ],
  })
  const [waiting] = queue.messages[0]!.recipients
  expect(waiting!.reason).toContain('connect to mx.lyon.example')
  expect(waiting!.next).toBeGreaterThan(sim.now)
  expect(sim.trace[waiting!.seq]).toMatchObject({ kind: 'deferred' })
  expect(queuesByHost(sim.world.mtas, 0).find(({ count }) => count > 0)?.messages).toEqual([])
})
