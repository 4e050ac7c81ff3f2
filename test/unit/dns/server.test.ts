import { describe, expect, it } from 'vitest'
import { emptyCache } from '../../../src/core/dns/cache.ts'
import type { DnsCache } from '../../../src/core/dns/cache.ts'
import { isWithin } from '../../../src/core/dns/names.ts'
import type { RecordType, Zone } from '../../../src/core/dns/records.ts'
import { nameServer } from '../../../src/core/dns/server.ts'
import type { DnsMessage } from '../../../src/core/dns/wire.ts'
import { decodeMessage, dnsMessage, encodeMessage, INTERNET } from '../../../src/core/dns/wire.ts'
import { recordText } from '../../../src/core/dns/zonefile.ts'
import { ask } from '../../../src/core/task.ts'
import { record, SimulatedNet, zone } from './simulated.ts'

const RENNES = '192.0.2.53'
const LYON = '198.51.100.53'
const DEAD = '203.0.113.53'

const rennes = zone('rennes.example', [
  '@ SOA dns hostmaster 1 7200 900 1209600 300',
  '@ MX 10 mx1',
  'mx1 A 192.0.2.10',
  'lyon CNAME www.lyon.example.',
  'loop CNAME loop.lyon.example.',
  'dead CNAME www.dead.example.',
  'unknown CNAME www.nowhere.test.',
  'sub NS dns.lyon.example.',
])
const lyon = zone('lyon.example', [
  '@ 600 SOA dns hostmaster 1 7200 900 1209600 60',
  '@ 120 MX 10 mx',
  'mx 600 A 198.51.100.10',
  'www 600 CNAME web',
  'web 60 A 198.51.100.11',
  'back 600 CNAME mx1.rennes.example.',
  'loop CNAME loop.rennes.example.',
  'lost 600 CNAME nowhere',
  ...Array.from({ length: 60 }, (_, k) => `many A 198.51.100.${k + 100}`),
  ...Array.from({ length: 100 }, (_, k) => `toomany A 198.51.100.${k + 100}`),
])

interface Site {
  zones?: readonly Zone[]
  /** Zones that the table gives to a server besides those that are really there. */
  table?: Record<string, string>
  cache?: DnsCache
}

/** Two name servers and a laptop at Rennes. */
function setUp({ zones = [lyon], table = {}, cache = emptyCache() }: Site = {}) {
  const net = new SimulatedNet()
  const origins: Record<string, string> = {
    'rennes.example': RENNES,
    'lyon.example': LYON,
    'dead.example': DEAD,
    ...table,
  }
  const authorities = (name: string) => {
    const within = Object.keys(origins).filter((origin) => isWithin(name, origin))
    const longest = within.sort((a, b) => b.length - a.length)[0]
    return longest === undefined ? null : origins[longest]!
  }
  const add = (host: string, address: string, own: readonly Zone[], kept: DnsCache) =>
    net.serve(address, nameServer({ zones: own, authorities, cache: kept, machine: net.machine(host, address) }))
  add('dns.rennes', RENNES, [rennes], cache)
  add('dns.lyon', LYON, zones, emptyCache())
  const laptop = net.machine('laptop', '192.0.2.99', RENNES)
  return {
    net,
    cache,
    resolve(name: string, type: RecordType) {
      const { result, records, aliases } = net.resolve(laptop, name, type)
      return { result, aliases: aliases.map(recordText), records: records.map(recordText) }
    },
    /** The answer to a packet sent by hand. */
    exchange(message: Partial<DnsMessage> | string, server = RENNES) {
      const data = typeof message === 'string' ? message : encodeMessage(dnsMessage(message))
      return net.run(
        (function* () {
          const reply = yield* ask(laptop.exchange(server, 53, data, 60_000))
          return reply === null ? null : { packet: reply, ...decodeMessage(reply)! }
        })(),
      )
    },
    between: () => net.datagrams.filter(({ from }) => from === RENNES).filter(({ to }) => to !== laptop.address).length,
    notesOf: (host: string) => net.notes.filter((note) => note.host === host).map(({ host: _, ...note }) => note),
  }
}

const question = (name: string, type: RecordType) => ({ name, type, class: INTERNET })

describe('the name server', () => {
  it('answers for its own zones at once, with authority', () => {
    const { exchange, net, notesOf } = setUp()
    const reply = exchange({ id: 7, question: question('rennes.example', 'MX'), recursionDesired: true })
    expect(reply).toMatchObject({
      id: 7,
      reply: true,
      authoritative: true,
      recursionDesired: true,
      recursionAvailable: true,
      rcode: 'NOERROR',
      question: question('rennes.example', 'MX'),
      udpSize: null,
    })
    expect(reply?.answers.map(recordText)).toEqual(['rennes.example. 3600 IN MX 10 mx1.rennes.example.'])
    expect(reply?.additionals.map(recordText)).toEqual(['mx1.rennes.example. 3600 IN A 192.0.2.10'])
    expect(net.now).toBe(20)
    expect(notesOf('dns.rennes')).toEqual([])
  })

  it('asks nobody for those who do not want it', () => {
    const { exchange, between } = setUp()
    expect(exchange({ question: question('lyon.example', 'MX') })).toMatchObject({
      rcode: 'REFUSED',
      authoritative: false,
    })
    expect(exchange({ question: question('lyon.rennes.example', 'A') })?.answers).toHaveLength(1)
    expect(between()).toBe(0)
  })

  it('asks the server of another zone, without recursion, and notes it', () => {
    const { exchange, net, notesOf } = setUp()
    const reply = exchange({ question: question('lyon.example', 'MX'), recursionDesired: true })
    expect(reply).toMatchObject({ rcode: 'NOERROR', authoritative: false, recursionAvailable: true })
    expect(reply?.answers.map(recordText)).toEqual(['lyon.example. 120 IN MX 10 mx.lyon.example.'])
    expect(reply?.additionals.map(recordText)).toEqual(['mx.lyon.example. 600 IN A 198.51.100.10'])
    const sent = net.datagrams.find(({ from, to }) => from === RENNES && to === LYON)!
    expect(decodeMessage(sent.data)?.recursionDesired).toBe(false)
    expect(notesOf('dns.rennes')).toEqual([
      { kind: 'lookup', name: 'lyon.example', type: 'MX', server: LYON },
      {
        kind: 'looked-up',
        name: 'lyon.example',
        type: 'MX',
        result: 'found',
        answers: ['lyon.example. 120 IN MX 10 mx.lyon.example.'],
        cached: false,
      },
    ])
  })

  it('knows it the next time, until the TTL has run out', () => {
    const { net, resolve, between, notesOf } = setUp()
    resolve('lyon.example', 'MX')
    expect(between()).toBe(1)
    net.now += 60_000
    expect(resolve('lyon.example', 'MX').records).toEqual(['lyon.example. 60 IN MX 10 mx.lyon.example.'])
    expect(between()).toBe(1)
    expect(notesOf('dns.rennes').slice(-2)).toEqual([
      { kind: 'lookup', name: 'lyon.example', type: 'MX', server: null },
      {
        kind: 'looked-up',
        name: 'lyon.example',
        type: 'MX',
        result: 'found',
        answers: ['lyon.example. 60 IN MX 10 mx.lyon.example.'],
        cached: true,
      },
    ])
    net.now += 60_000
    expect(resolve('lyon.example', 'MX').records).toEqual(['lyon.example. 120 IN MX 10 mx.lyon.example.'])
    expect(between()).toBe(2)
  })

  it('remembers what is not there for as long as the SOA says', () => {
    const { net, resolve, between, notesOf } = setUp()
    for (const [name, type, result] of [
      ['x.lyon.example', 'A', 'nxdomain'],
      ['mx.lyon.example', 'MX', 'no-data'],
    ] as const) {
      const before = between()
      for (let k = 0; k < 3; k++) expect(resolve(name, type)).toEqual({ result, aliases: [], records: [] })
      expect(between()).toBe(before + 1)
      expect(notesOf('dns.rennes').at(-1)).toMatchObject({ kind: 'looked-up', result, answers: [], cached: true })
      net.now += 60_000
      expect(resolve(name, type).result).toBe(result)
      expect(between()).toBe(before + 2)
    }
  })

  it('remembers of an alias to nowhere which of the two names is not there', () => {
    const { resolve, between } = setUp()
    const answer = {
      result: 'nxdomain',
      aliases: ['lost.lyon.example. 600 IN CNAME nowhere.lyon.example.'],
      records: [],
    }
    expect(resolve('lost.lyon.example', 'A')).toEqual(answer)
    expect(resolve('lost.lyon.example', 'MX')).toEqual(answer)
    expect(resolve('nowhere.lyon.example', 'TXT').result).toBe('nxdomain')
    expect(between()).toBe(1)
  })

  it('asks the server of what it has delegated, for those who want it, and refers others to it', () => {
    const sub = zone('sub.rennes.example', ['mx A 192.0.2.21'])
    const { resolve, exchange } = setUp({ zones: [sub], table: { 'sub.rennes.example': LYON } })
    expect(resolve('mx.sub.rennes.example', 'A').records).toEqual(['mx.sub.rennes.example. 3600 IN A 192.0.2.21'])
    expect(exchange({ question: question('mx.sub.rennes.example', 'A') })).toMatchObject({
      rcode: 'NOERROR',
      authoritative: false,
      answers: [],
      authorities: [record('sub.rennes.example. 3600 NS dns.lyon.example.')],
    })
  })

  it('follows aliases across zones, from its own to another and back', () => {
    const { resolve, exchange } = setUp()
    expect(resolve('lyon.rennes.example', 'A')).toEqual({
      result: 'found',
      aliases: [
        'lyon.rennes.example. 3600 IN CNAME www.lyon.example.',
        'www.lyon.example. 600 IN CNAME web.lyon.example.',
      ],
      records: ['web.lyon.example. 60 IN A 198.51.100.11'],
    })
    expect(resolve('back.lyon.example', 'A')).toEqual({
      result: 'found',
      aliases: ['back.lyon.example. 600 IN CNAME mx1.rennes.example.'],
      records: ['mx1.rennes.example. 3600 IN A 192.0.2.10'],
    })
    const flags = (name: string) => exchange({ question: question(name, 'A'), recursionDesired: true })?.authoritative
    expect(flags('lyon.rennes.example')).toBe(true)
    expect(flags('back.lyon.example')).toBe(false)
  })

  it('asks again only for the part of a chain that it has forgotten', () => {
    const { net, resolve, between } = setUp()
    resolve('www.lyon.example', 'A')
    net.now += 100_000
    expect(resolve('www.lyon.example', 'A')).toEqual({
      result: 'found',
      aliases: ['www.lyon.example. 500 IN CNAME web.lyon.example.'],
      records: ['web.lyon.example. 60 IN A 198.51.100.11'],
    })
    expect(between()).toBe(2)
  })

  it('says no such domain where no zone is, at the end of an alias too', () => {
    const { resolve, notesOf } = setUp()
    expect(resolve('nowhere.test', 'MX').result).toBe('nxdomain')
    expect(notesOf('dns.rennes')).toMatchObject([
      { kind: 'lookup', server: null },
      { kind: 'looked-up', result: 'nxdomain', cached: false },
    ])
    expect(resolve('unknown.rennes.example', 'A')).toEqual({
      result: 'nxdomain',
      aliases: ['unknown.rennes.example. 3600 IN CNAME www.nowhere.test.'],
      records: [],
    })
  })

  it('says SERVFAIL for a server that does not answer, before the client gives up', () => {
    const { net, resolve, notesOf } = setUp()
    expect(resolve('dead.example', 'MX').result).toBe('servfail')
    expect(net.now).toBeLessThan(5000)
    expect(notesOf('dns.rennes')).toMatchObject([
      { kind: 'lookup', server: DEAD },
      { kind: 'looked-up', result: 'timeout' },
    ])
    expect(resolve('dead.rennes.example', 'A')).toEqual({ result: 'servfail', aliases: [], records: [] })
  })

  it('says SERVFAIL for aliases in circles over two servers', () => {
    expect(setUp().resolve('loop.rennes.example', 'A').result).toBe('servfail')
  })

  it('says SERVFAIL where a zone is delegated to who does not have it', () => {
    const { resolve, notesOf } = setUp({ table: { 'lame.example': LYON, 'mine.example': RENNES } })
    expect(resolve('lame.example', 'A').result).toBe('servfail')
    expect(notesOf('dns.rennes').at(-1)).toMatchObject({ result: 'refused' })
    expect(resolve('mine.example', 'A').result).toBe('servfail')
  })

  it('passes on faults of zones, and takes nothing from them into the cache', () => {
    const faults = [
      { answer: 'servfail', until: 10_000 },
      { answer: 'silence', from: 10_000, until: 20_000 },
    ] as const
    const { net, resolve, cache } = setUp({ zones: [{ ...lyon, faults }] })
    expect(resolve('lyon.example', 'MX').result).toBe('servfail')
    net.now = 10_000
    expect(resolve('lyon.example', 'MX').result).toBe('servfail')
    expect(cache.entries.size).toBe(0)
    net.now = 20_000
    expect(resolve('lyon.example', 'MX').result).toBe('found')
  })

  it('is silent itself where its own zone is', () => {
    const net = new SimulatedNet()
    const machine = net.machine('dns', RENNES)
    const mute: Zone = { ...rennes, faults: [{ answer: 'silence' }] }
    net.serve(RENNES, nameServer({ zones: [mute], authorities: () => null, cache: emptyCache(), machine }))
    const laptop = net.machine('laptop', '192.0.2.99', RENNES)
    expect(net.resolve(laptop, 'rennes.example', 'MX').result).toBe('timeout')
    expect(net.resolve(laptop, 'other.example', 'MX').result).toBe('nxdomain')
  })

  describe('believes a server only in what is its own', () => {
    const EVIL = '203.0.113.66'
    const victim = zone('victim.example', ['@ SOA dns hostmaster 1 2 3 4 60', 'mx1 60 A 198.51.100.77'])
    const poison = record('mx1.victim.example. 60 A 203.0.113.66')

    function attacked(answer: Partial<DnsMessage>) {
      const site = setUp({ zones: [lyon, victim], table: { 'evil.example': EVIL, 'victim.example': LYON } })
      site.net.serve(EVIL, (data, _from, reply) => {
        reply(encodeMessage(dnsMessage({ ...decodeMessage(data)!, reply: true, authoritative: true, ...answer })))
      })
      return site
    }
    const alias = record('www.evil.example. 60 CNAME mx1.victim.example.')
    const trueAnswer = {
      result: 'found',
      aliases: ['www.evil.example. 60 IN CNAME mx1.victim.example.'],
      records: ['mx1.victim.example. 60 IN A 198.51.100.77'],
    }

    it('and asks who knows where an alias leads out of that', () => {
      const { resolve, notesOf } = attacked({ answers: [alias, poison] })
      expect(resolve('www.evil.example', 'A')).toEqual(trueAnswer)
      expect(notesOf('dns.rennes')).toMatchObject([
        { kind: 'lookup', name: 'www.evil.example', server: EVIL },
        { kind: 'looked-up', result: 'found', answers: trueAnswer.aliases },
        { kind: 'lookup', name: 'mx1.victim.example', server: LYON },
        { kind: 'looked-up', result: 'found', answers: trueAnswer.records },
      ])
    })

    it('not in that something of others is not there', () => {
      const authorities = [record('victim.example. 60 SOA a. b. 1 2 3 4 60')]
      const { resolve } = attacked({ rcode: 'NXDOMAIN', answers: [alias], authorities })
      expect(resolve('www.evil.example', 'A')).toEqual(trueAnswer)
    })

    it('nor in additional records', () => {
      const own = record('a.evil.example. 60 A 203.0.113.67')
      const answers = [
        record('evil.example. 60 MX 1 mx1.victim.example.'),
        record('evil.example. 60 MX 2 a.evil.example.'),
      ]
      const { exchange } = attacked({ answers, additionals: [poison, own] })
      const reply = exchange({ question: question('evil.example', 'MX'), recursionDesired: true })
      expect(reply).toMatchObject({ answers, additionals: [own] })
    })

    it('nor in a SOA that has nothing to do with the name', () => {
      const authorities = [record('victim.example. 60 SOA a. b. 1 2 3 4 60')]
      const { resolve, cache } = attacked({ rcode: 'NXDOMAIN', authorities })
      expect(resolve('x.evil.example', 'A').result).toBe('nxdomain')
      expect(cache.entries.size).toBe(0)
    })
  })

  it('does not believe a server that does not claim authority', () => {
    const { net, resolve, cache } = setUp()
    net.serve(DEAD, (data, _from, reply) => {
      const answers = [record('dead.example. 60 A 192.0.2.66')]
      reply(encodeMessage(dnsMessage({ ...decodeMessage(data)!, reply: true, answers })))
    })
    expect(resolve('dead.example', 'A').result).toBe('servfail')
    expect(cache.entries.size).toBe(0)
  })

  it('keeps to the size of a datagram', () => {
    const { exchange } = setUp()
    const small = exchange({ question: question('many.lyon.example', 'A'), recursionDesired: true })
    expect(small).toMatchObject({ truncated: true, answers: [] })
    expect(small!.packet.length).toBeLessThanOrEqual(512)
    const large = { recursionDesired: true, udpSize: 4096 }
    expect(exchange({ ...large, question: question('many.lyon.example', 'A') })).toMatchObject({
      truncated: false,
      udpSize: 1232,
    })
    expect(exchange({ ...large, question: question('many.lyon.example', 'A') })?.answers).toHaveLength(60)
    expect(exchange({ ...large, question: question('toomany.lyon.example', 'A') }, LYON)).toMatchObject({
      truncated: true,
    })
    expect(exchange({ ...large, question: question('toomany.lyon.example', 'A') })).toMatchObject({ rcode: 'SERVFAIL' })
  })

  it('says what it does not do', () => {
    const { exchange } = setUp()
    expect(exchange({ id: 9, opcode: 4, question: question('rennes.example', 'SOA') })).toMatchObject({
      id: 9,
      opcode: 4,
      rcode: 'NOTIMP',
      question: question('rennes.example', 'SOA'),
    })
    expect(exchange({ question: { name: 'rennes.example', type: 'TYPE252', class: INTERNET } })?.rcode).toBe('NOTIMP')
    const chaos = { name: 'version.bind', type: 'TXT', class: 3 } as const
    expect(exchange({ question: chaos, recursionDesired: true })?.rcode).toBe('REFUSED')
  })

  it('answers garbage with FORMERR where it can, and answers with nothing', () => {
    const { exchange } = setUp()
    expect(exchange({ id: 5 })).toMatchObject({ id: 5, rcode: 'FORMERR' })
    expect(exchange('\x12\x34\x01\x00\x00\x07' + '\x00'.repeat(6))).toMatchObject({
      id: 0x1234,
      reply: true,
      rcode: 'FORMERR',
    })
    expect(exchange('\x12\x34\x81\x00\x00\x07' + '\x00'.repeat(6))).toBeNull()
    expect(exchange('\x12\x34')).toBeNull()
    expect(exchange('')).toBeNull()
    expect(exchange({ reply: true, question: question('rennes.example', 'MX') })).toBeNull()
  })
})
