import { describe, expect, test } from 'vitest'
import type { Stream } from '../../../src/core/stream.ts'
import { Bench, client, DAY, fails, HOUR, says, send, STRANGER, streamTo, type Answering } from './bench.ts'

const ALICE = 'alice@rennes.example'
const PEOPLE = [{ user: 'alice', address: ALICE }]
const ISLAND = '203.0.113.50'
const ISLANDER = client({ peer: { address: ISLAND, port: 40_000 }, helo: 'mail.sein.example' })
const waiting = { 'sein.example': { host: 'mail.sein.example', networks: [`${ISLAND}/32`] } }

function setUp(given: Parameters<Bench['mta']>[2] = {}) {
  const bench = new Bench()
  bench.names('mail.sein.example A 203.0.113.50', 'lyon.example MX 10 mx1.lyon.example')
  bench.names('mx1.lyon.example A 198.51.100.1')
  bench.server(ISLAND, says('250'))
  bench.server('198.51.100.1', says('250'))
  return { bench, ...bench.mta('mx2.rennes.example', '192.0.2.11', { waiting, ...given }, PEOPLE) }
}

describe('mail for a host that comes for it', () => {
  test('waits, and lets other mail pass; then it is returned as any other', () => {
    const { bench, mta, backend, inbox } = setUp()
    send(backend, ALICE, ['soazig@sein.example', 'bob@lyon.example'])
    bench.drain()
    expect(bench.notes('sent').map(({ recipients }) => recipients)).toEqual([['bob@lyon.example']])
    expect(bench.notes('deferred')).toMatchObject([{ why: 'waits until its host asks for it', until: 5 * DAY }])
    bench.runUntil(5 * DAY - 1)
    expect(mta.queue()).toHaveLength(1)
    expect(inbox('alice')).toEqual([])
    bench.runUntil(5 * DAY + 1)
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(inbox('alice')).toHaveLength(1)
    expect(bench.connections.map(({ address }) => address)).toEqual(['198.51.100.1'])
  })

  test.each(['sein.example', 'SEIN.Example', '@sein.example', '@example', '#mail.sein.example'])(
    'goes to it after ETRN %s',
    (node) => {
      const { bench, mta, backend } = setUp()
      send(backend, ALICE, ['soazig@sein.example'])
      send(backend, ALICE, ['yann@sein.example'])
      bench.drain()
      expect(backend.etrn(ISLANDER, node, -1)).toEqual({ verdict: 'started', pending: 2 })
      bench.drain()
      expect(bench.notes('sent').map(({ server }) => server)).toEqual(['mail.sein.example', 'mail.sein.example'])
      expect(mta.queue()).toEqual([])
      expect(backend.etrn(ISLANDER, node, -1)).toEqual({ verdict: 'none' })
    },
  )

  test('is not for others to ask for', () => {
    const { bench, backend } = setUp()
    send(backend, ALICE, ['soazig@sein.example'])
    bench.drain()
    expect(backend.etrn(STRANGER, 'sein.example', -1).verdict).toBe('not-allowed')
    expect(backend.etrn(ISLANDER, 'lyon.example', -1)).toEqual({ verdict: 'unable' })
    expect(backend.etrn(ISLANDER, '#everything', -1)).toEqual({ verdict: 'unable' })
    bench.drain()
    expect(bench.notes('sent')).toEqual([])
  })

  test('waits again when its host could not be reached after all', () => {
    const { bench, mta, backend } = setUp()
    bench.server(ISLAND, 'refused')
    send(backend, ALICE, ['soazig@sein.example'])
    bench.drain()
    backend.etrn(ISLANDER, 'sein.example', -1)
    bench.runUntil(2 * DAY)
    expect(bench.notes('attempt')).toHaveLength(1)
    bench.server(ISLAND, says('250'))
    backend.etrn(ISLANDER, 'sein.example', -1)
    bench.drain()
    expect(mta.queue()).toEqual([])
  })
})

describe('TURN', () => {
  test('is for the host of that mail, from its networks', () => {
    const { backend } = setUp()
    expect(backend.mayTurn(ISLANDER)).toBe(true)
    expect(backend.mayTurn({ ...ISLANDER, helo: 'MAIL.sein.example' })).toBe(true)
    expect(backend.mayTurn({ ...ISLANDER, helo: 'lyon.example' })).toBe(false)
    expect(backend.mayTurn({ ...STRANGER, helo: 'mail.sein.example' })).toBe(false)
  })

  test('sends all that waits over the connection that is there', () => {
    const { bench, mta, backend } = setUp()
    for (const user of ['soazig', 'yann']) send(backend, ALICE, [`${user}@sein.example`])
    bench.drain()
    mta.become(streamTo('192.0.2.11', ISLAND, 40_000, 'turned'), 'mail.sein.example')
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.connections).toMatchObject([{ conn: 'turned', setup: { startTls: 'never' }, over: true }])
    expect(bench.notes('attempt').map(({ conn }) => conn)).toEqual(['turned', 'turned'])
    expect(bench.notes('sent')).toHaveLength(2)
  })

  test('that breaks off leaves the rest where it was', () => {
    const { bench, mta, backend } = setUp()
    let turn = 0
    const breaking: Answering = (job) => (turn++ === 0 ? says('250')(job) : fails('mail')(job))
    bench.server(ISLAND, breaking)
    for (const user of ['soazig', 'yann', 'gael']) send(backend, ALICE, [`${user}@sein.example`])
    bench.drain()
    mta.become(streamTo('192.0.2.11', ISLAND, 40_000, 'turned'), 'mail.sein.example')
    bench.drain()
    expect(mta.queue()).toHaveLength(2)
    expect(bench.notes('failed')).toEqual([])
    expect(backend.etrn(ISLANDER, 'sein.example', -1)).toEqual({ verdict: 'started', pending: 2 })
  })
})

describe('a host that collects', () => {
  const collects = (by: 'ETRN' | 'TURN', answer?: (stream: Stream) => void) => {
    const bench = new Bench()
    bench.names('mx2.rennes.example A 192.0.2.11')
    const given = { domains: ['sein.example'], collect: [{ from: 'mx2.rennes.example', by, every: HOUR }] }
    const { mta } = bench.mta('mail.sein.example', ISLAND, given, [], answer ? { answer } : {})
    mta.start()
    return { bench, mta }
  }

  test('says ETRN for its domains, every so often, while it is up', () => {
    const { bench, mta } = collects('ETRN')
    const heard: string[] = []
    const etrn = (node: string) => {
      heard.push(node)
      return { code: '250', lines: ['OK'] }
    }
    bench.server('192.0.2.11', Object.assign(says('250'), { etrn }))
    bench.runUntil(2 * HOUR + 1000)
    expect(heard).toEqual(['sein.example', 'sein.example'])
    expect(bench.connections.every(({ over }) => over)).toBe(true)
    mta.stop()
    expect(bench.nextAlarm).toBeNull()
  })

  test('answers on the stream that was turned', () => {
    const answered: string[] = []
    const { bench } = collects('TURN', ({ id }) => answered.push(id))
    bench.server('192.0.2.11', Object.assign(says('250'), { turn: () => null }))
    bench.runUntil(HOUR + 1000)
    expect(answered).toEqual([bench.connections[0]!.conn])
  })

  test('says QUIT where TURN is refused', () => {
    const answered: string[] = []
    const { bench } = collects('TURN', ({ id }) => answered.push(id))
    bench.server('192.0.2.11', says('250'))
    bench.runUntil(HOUR + 1000)
    expect(answered).toEqual([])
    expect(bench.connections[0]!.over).toBe(true)
  })
})
