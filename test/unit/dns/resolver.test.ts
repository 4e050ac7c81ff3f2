import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { DnsMessage } from '../../../src/core/dns/wire.ts'
import { decodeMessage, dnsMessage, encodeMessage } from '../../../src/core/dns/wire.ts'
import { record, SimulatedNet } from './simulated.ts'

const SERVER = '192.0.2.53'

/** A host whose name server gives these answers, one a question; null is silence. */
function setUp(...answers: (Partial<DnsMessage> | Octets | null)[]) {
  const net = new SimulatedNet()
  const asked: DnsMessage[] = []
  net.serve(SERVER, (data, _from, reply) => {
    const message = decodeMessage(data)!
    asked.push(message)
    const answer = answers[asked.length - 1]
    if (typeof answer === 'string') reply(answer)
    else if (answer) reply(encodeMessage(dnsMessage({ ...message, reply: true, recursionAvailable: true, ...answer })))
  })
  const machine = net.machine('laptop', '192.0.2.99', SERVER)
  return { net, machine, asked, mx: (name = 'rennes.example') => net.resolve(machine, name, 'MX') }
}

const MX = record('rennes.example. 60 MX 10 mx1.rennes.example.')

describe('stubResolve', () => {
  it('sends a real packet, reads the answer, and notes both', () => {
    const { net, mx, asked } = setUp({ answers: [MX] })
    expect(mx('Rennes.Example.')).toEqual({ result: 'found', records: [MX], aliases: [], cached: false })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({
      reply: false,
      recursionDesired: true,
      question: { name: 'rennes.example', type: 'MX' },
    })
    expect(net.datagrams.map(({ at, to }) => [at, to])).toEqual([
      [0, SERVER],
      [10, '192.0.2.99'],
    ])
    expect(net.notes).toEqual([
      { host: 'laptop', kind: 'lookup', name: 'rennes.example', type: 'MX', server: SERVER },
      {
        host: 'laptop',
        kind: 'looked-up',
        name: 'rennes.example',
        type: 'MX',
        result: 'found',
        answers: ['rennes.example. 60 IN MX 10 mx1.rennes.example.'],
        cached: false,
      },
    ])
  })

  it('counts its ids, the same in every run', () => {
    const ids = [1, 2].map(() => {
      const { mx, asked } = setUp({}, {}, {})
      for (let k = 0; k < 3; k++) mx()
      return asked.map(({ id }) => id)
    })
    expect(new Set(ids[0]).size).toBe(3)
    expect(ids[0]).toEqual(ids[1])
  })

  it('follows the aliases in the answer', () => {
    const aliases = [record('rennes.example. 60 CNAME b.example.'), record('b.example. 60 CNAME c.example.')]
    const found = record('c.example. 60 MX 10 m.example.')
    const stray = record('d.example. 60 MX 10 evil.example.')
    const { mx } = setUp({ answers: [stray, found, ...aliases] })
    expect(mx()).toEqual({ result: 'found', records: [found], aliases, cached: false })
  })

  it('gives up on aliases that go in circles', () => {
    const answers = [record('rennes.example. 60 CNAME b.example.'), record('b.example. 60 CNAME rennes.example.')]
    expect(setUp({ answers }).mx().result).toBe('servfail')
  })

  it.each([
    ['no-data', { answers: [] }],
    ['no-data', { answers: [record('rennes.example. 60 A 192.0.2.1')] }],
    ['nxdomain', { rcode: 'NXDOMAIN' }],
    ['servfail', { rcode: 'SERVFAIL' }],
    ['servfail', { rcode: 'NOTIMP' }],
    ['servfail', { rcode: 'FORMERR', question: null }],
    ['servfail', { answers: [MX], truncated: true }],
    ['refused', { rcode: 'REFUSED' }],
  ] as const)('says %s', (result, answer) => {
    const { mx, asked } = setUp(answer)
    expect(mx()).toMatchObject({ result, records: [] })
    expect(asked).toHaveLength(1)
  })

  it('tries twice, 5 s each', () => {
    const { net, mx, asked } = setUp(null, { answers: [MX] })
    expect(mx().result).toBe('found')
    expect(asked).toHaveLength(2)
    expect(net.now).toBe(5020)
  })

  it('then says that nobody answered', () => {
    const { net, mx, asked } = setUp()
    expect(mx().result).toBe('timeout')
    expect(asked).toHaveLength(2)
    expect(net.now).toBe(10_000)
    expect(net.notes.at(-1)).toMatchObject({ kind: 'looked-up', result: 'timeout', answers: [] })
  })

  it.each<[string, Partial<DnsMessage> | Octets]>([
    ['garbage', '\xff\xfe'],
    ['another id', { id: 4711, answers: [MX] }],
    ['a question', { reply: false, answers: [MX] }],
    ['an answer to another question', { question: { name: 'evil.example', type: 'MX', class: 1 }, answers: [MX] }],
    ['an answer about another type', { question: { name: 'rennes.example', type: 'A', class: 1 }, answers: [MX] }],
    ['an answer to no question', { question: null, answers: [MX] }],
  ])('does not take %s for an answer', (_, answer) => {
    expect(setUp(answer, { answers: [MX] }).mx().result).toBe('found')
    expect(setUp(answer, answer).mx().result).toBe('timeout')
  })

  it('needs no server to know that what is no name is nowhere', () => {
    const { net, mx } = setUp()
    for (const name of ['a..b', 'x'.repeat(64), 'é.example', 'a b']) expect(mx(name).result).toBe('nxdomain')
    expect(net.datagrams).toEqual([])
  })

  it('finds nobody to ask on a host that has no resolver', () => {
    const net = new SimulatedNet()
    expect(net.resolve(net.machine('lost', '192.0.2.1'), 'rennes.example', 'A').result).toBe('timeout')
    expect(net.datagrams).toEqual([])
  })
})
