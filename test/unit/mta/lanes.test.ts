import { describe, expect, test } from 'vitest'
import { addressee } from '../../../src/core/smtp/envelope.ts'
import { Bench, fails, HOUR, MINUTE, path, says, send, type Answering, type Server } from './bench.ts'

const ALICE = 'alice@rennes.example'
const PEOPLE = [{ user: 'alice', address: ALICE }]

function setUp(server: Server, given: Parameters<Bench['mta']>[2] = {}) {
  const bench = new Bench()
  bench.names('lyon.example MX 10 mx1.lyon.example', 'lyon.example MX 20 mx2.lyon.example')
  bench.names('nice.example MX 10 mx1.lyon.example', 'nice.example MX 20 mx2.lyon.example')
  bench.names('mx1.lyon.example A 198.51.100.1', 'mx2.lyon.example A 198.51.100.2')
  bench.server('198.51.100.1', server)
  return { bench, ...bench.mta('mx1.rennes.example', '192.0.2.10', given, PEOPLE) }
}

/** Answers with one after the other, the last again and again. */
const inTurn = (...answers: Answering[]): Answering => {
  let turn = 0
  return (job) => answers[Math.min(turn++, answers.length - 1)]!(job)
}
const OVER_ONE = { connections: 1 }

describe('a connection', () => {
  test('that has delivered takes the next message for the same hosts, whatever its domain', () => {
    const { bench, mta, backend } = setUp(says('250'), { connections: 2 })
    for (let k = 0; k < 10; k++) send(backend, ALICE, [`x${k}@${k % 2 === 0 ? 'lyon' : 'nice'}.example`])
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.notes('sent')).toHaveLength(10)
    expect(bench.connections).toHaveLength(2)
    expect(bench.connections.every(({ over }) => over)).toBe(true)
    // The notes tell which connection it was.
    const again = bench.notes('attempt').filter(({ conn }) => conn !== undefined)
    expect(again).toHaveLength(8)
    const used = new Set(bench.connections.map(({ conn }) => conn))
    expect(again.every(({ conn }) => used.has(conn!))).toBe(true)
  })

  test('on which one message was refused carries the next', () => {
    const { bench, backend, inbox } = setUp(inTurn(says('550'), fails('mail', '552'), says('250')), OVER_ONE)
    for (let k = 0; k < 4; k++) send(backend, ALICE, [`x${k}@lyon.example`])
    bench.drain()
    expect(bench.connections).toHaveLength(1)
    expect(inbox('alice')).toHaveLength(2)
    expect(bench.notes('sent').map(({ recipients }) => recipients[0])).toEqual(['x2@lyon.example', 'x3@lyon.example'])
  })

  test.each([
    ['is lost', fails('mail')],
    ['ends with 421', fails('mail', '421')],
  ])('that %s before the second message is dialled anew for it', (_, end) => {
    const { bench, mta, backend } = setUp(inTurn(says('250'), end, says('250')), OVER_ONE)
    for (let k = 0; k < 3; k++) send(backend, ALICE, [`x${k}@lyon.example`])
    bench.drain()
    expect(bench.notes('sent')).toHaveLength(3)
    expect(bench.notes('deferred')).toEqual([])
    expect(bench.notes('passed')).toMatchObject([{ server: 'mx1.lyon.example', recipients: ['x1@lyon.example'] }])
    expect(bench.connections.map(({ address }) => address)).toEqual(['198.51.100.1', '198.51.100.1'])
    expect(mta.queue()).toEqual([])
  })

  test('that is lost after the final dot is not tried again at once', () => {
    const { bench, mta, backend } = setUp(inTurn(says('250'), fails('content', null, true), says('250')), OVER_ONE)
    for (let k = 0; k < 3; k++) send(backend, ALICE, [`x${k}@lyon.example`])
    bench.drain()
    expect(bench.notes('sent').map(({ recipients }) => recipients[0])).toEqual(['x0@lyon.example', 'x2@lyon.example'])
    expect(mta.queue().map(({ recipients }) => recipients[0]!.uncertain)).toEqual([true])
  })

  test('on which MAIL is put off is left, and the other host asked', () => {
    const { bench, backend } = setUp(inTurn(says('250'), fails('mail', '451'), says('250')), OVER_ONE)
    bench.server('198.51.100.2', says('250'))
    for (let k = 0; k < 2; k++) send(backend, ALICE, [`x${k}@lyon.example`])
    bench.drain()
    expect(bench.notes('sent').map(({ server }) => server)).toEqual(['mx1.lyon.example', 'mx2.lyon.example'])
    expect(bench.connections.map(({ address }) => address)).toEqual(['198.51.100.1', '198.51.100.2'])
  })
})

test('at most so many connections to the same hosts are open at once', () => {
  const { bench, mta, backend } = setUp('hangs', { connections: 3 })
  for (let k = 0; k < 9; k++) send(backend, ALICE, [`x${k}@lyon.example`])
  bench.drain()
  expect(bench.connections).toHaveLength(3)
  mta.stop()
  bench.server('198.51.100.1', says('250'))
  mta.start()
  bench.drain()
  expect(mta.queue()).toEqual([])
  // Three were in its hands when this host went down.
  expect(bench.notes('repeated')).toHaveLength(3)
})

test('LMTP has its own port and greeting', () => {
  const store = { host: 'mx1.lyon.example', port: 2003, protocol: 'lmtp' } as const
  const { bench, backend } = setUp(says('250'), { transports: { 'lyon.example': store } })
  send(backend, ALICE, ['x@lyon.example', 'y@nice.example'])
  bench.drain()
  expect(bench.connections.map(({ port, setup }) => [port, setup.protocol]).sort()).toEqual([
    [2003, 'lmtp'],
    [25, 'smtp'],
  ])
})

describe('what goes on with a message', () => {
  test('are its terms, and what was said of its recipients', () => {
    const { bench, backend } = setUp(says('250'))
    const to = { ...addressee(path('x@lyon.example')), notify: ['SUCCESS'] as const, orcpt: 'rfc822;x@lyon.example' }
    send(backend, ALICE, [to], { terms: { ret: 'HDRS', envid: 'QQ1', body: '8BITMIME', utf8: true } })
    bench.drain()
    const { envelope } = bench.jobs[0]!.job
    expect(envelope).toMatchObject({ ret: 'HDRS', envid: 'QQ1', body: '8BITMIME', utf8: true })
    expect(envelope.recipients[0]).toMatchObject({ notify: ['SUCCESS'], orcpt: 'rfc822;x@lyon.example' })
  })

  test('is noted where the client had to encode it', () => {
    const encoding: Answering = (job) => ({ ...says('250')(job), encoded: 'seven-bit' }) as ReturnType<Answering>
    const { bench, backend } = setUp(encoding, { touches: { disclaimer: null, eighthBit: 'convert' } })
    send(backend, ALICE, ['x@lyon.example'])
    bench.drain()
    expect(bench.jobs[0]!.job.eighthBit).toBe('convert')
    expect(bench.notes('touched')).toMatchObject([{ what: 'seven-bit' }])
    expect(bench.causes(bench.notes('sent')[0]!).slice(0, 3)).toEqual(['sent', 'touched', 'attempt'])
  })

  test('is a name, where it is long: the same at every try, another for another copy', () => {
    const { bench, backend } = setUp(fails('content'), { connections: 1 })
    bench.names('brest.example MX 0 mx.brest.example', 'mx.brest.example A 198.51.100.9')
    bench.server('198.51.100.9', says('250'))
    const content = `Subject: long\r\n\r\n${'line\r\n'.repeat(20_000)}`
    send(backend, ALICE, ['x@lyon.example', 'y@brest.example'], { content })
    send(backend, ALICE, ['x@lyon.example'])
    bench.runUntil(MINUTE + 5000)
    const names = (address: string) =>
      bench.jobs.filter((job) => job.address === address).map(({ job }) => job.transid ?? null)
    const [first, short, second] = names('198.51.100.1')
    expect(first).toMatch(/^<[0-9A-F]{10}\.[0-9a-f]{8}@mx1\.rennes\.example>$/)
    expect(short).toBeNull()
    expect(second).toBe(first)
    expect(names('198.51.100.9')[0]).not.toBe(first)
  })
})

test('a message that waits for long is told of once for each recipient', () => {
  const retry = { after: [HOUR], expire: 100 * HOUR, notice: 4 * HOUR }
  const { bench, mta, backend } = setUp('refused', { retry })
  send(backend, ALICE, ['x@lyon.example', 'y@lyon.example'])
  bench.runUntil(4 * HOUR - 1)
  expect(bench.notes('notified')).toEqual([])
  bench.runUntil(50 * HOUR)
  expect(bench.notes('notified')).toMatchObject([{ what: 'delayed', to: ALICE }])
  expect(mta.queue()[0]!.recipients.every(({ toldDelay }) => toldDelay)).toBe(true)
})

test('a queue of thousands is drained, each domain by itself, in no more looks than there are messages', () => {
  const { bench, mta, backend } = setUp(says('450'), { connections: 4 })
  bench.names('alone.example MX 10 mx1.lyon.example')
  for (let k = 0; k < 3000; k++) send(backend, ALICE, [`x${k}@alone.example`])
  bench.drain()
  expect(mta.queue()).toHaveLength(3000)
  bench.server('198.51.100.1', says('250'))
  bench.runUntil(HOUR)
  expect(mta.queue()).toEqual([])
  expect(bench.jobs).toHaveLength(6000)
  expect(bench.connections.length).toBeLessThan(50)
})
