import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { toOctets } from '../../src/core/bytes/octets.ts'
import { answerFrom } from '../../src/core/dns/authority.ts'
import { emptyCache, recall, remember } from '../../src/core/dns/cache.ts'
import { isWithin, labelsOf, nameOf, normalName, parentOf } from '../../src/core/dns/names.ts'
import { resolutionOf } from '../../src/core/dns/query.ts'
import { masterText, readMaster } from '../../src/core/dns/masterfile.ts'
import type { ResourceRecord } from '../../src/core/dns/records.ts'
import { nameServer } from '../../src/core/dns/server.ts'
import type { DnsMessage, Question } from '../../src/core/dns/wire.ts'
import { decodeMessage, dnsMessage, encodeMessage, encodeWithin } from '../../src/core/dns/wire.ts'
import { parseRecord, recordText } from '../../src/core/dns/zonefile.ts'
import { zoneErrors } from '../../src/core/dns/zone-checks.ts'
import { SimulatedNet, zone } from '../unit/dns/simulated.ts'

const octets = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength }).map(toOctets)
const label = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('mx1', 'MX1', 'www', 'rennes', 'example', '*', '_dmarc', 'first.last') },
  { weight: 1, arbitrary: octets(63, 1) },
)
const labels = fc.array(label, { maxLength: 8 }).filter((list) => list.join('.').length < 253)
const name = labels.map(nameOf)
const number = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })
const ttl = number(31)

const record: fc.Arbitrary<ResourceRecord> = fc.oneof(
  fc.record({ name, ttl, type: fc.constant('A' as const), address: fc.ipV4() }),
  fc.record({ name, ttl, type: fc.constant('NS' as const), server: name }),
  fc.record({ name, ttl, type: fc.constant('CNAME' as const), target: name }),
  fc.record({ name, ttl, type: fc.constant('PTR' as const), target: name }),
  fc.record({ name, ttl, type: fc.constant('MX' as const), preference: number(16), exchange: name }),
  fc.record({
    name,
    ttl,
    type: fc.constant('TXT' as const),
    texts: fc.array(octets(255), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    name,
    ttl,
    type: fc.constant('SRV' as const),
    priority: number(16),
    weight: number(16),
    port: number(16),
    target: name,
  }),
  fc.record({
    name,
    ttl,
    type: fc.constant('SOA' as const),
    primary: name,
    mailbox: name,
    serial: number(32),
    refresh: number(32),
    retry: number(32),
    expire: number(32),
    minimum: number(32),
  }),
)
const records = fc.array(record, { maxLength: 6 })
const type = fc.constantFrom<Question['type']>('A', 'NS', 'CNAME', 'SOA', 'PTR', 'MX', 'TXT', 'TYPE28', 'TYPE255')
const question = fc.record({ name, type, class: fc.constantFrom(1, 3, 65535) })
const message: fc.Arbitrary<DnsMessage> = fc.record({
  id: number(16),
  reply: fc.boolean(),
  opcode: number(4),
  authoritative: fc.boolean(),
  truncated: fc.boolean(),
  recursionDesired: fc.boolean(),
  recursionAvailable: fc.boolean(),
  rcode: fc.constantFrom('NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'),
  question: fc.option(question),
  answers: records,
  authorities: records,
  additionals: records,
  udpSize: fc.option(number(16)),
})

/** A packet of which a few octets have been changed, and perhaps the end cut off. */
const damaged = fc
  .tuple(message, fc.array(fc.tuple(fc.nat(), number(8)), { minLength: 1, maxLength: 4 }), fc.option(fc.nat()))
  .map(([whole, changes, cut]) => {
    let packet = encodeMessage(whole)
    for (const [place, octet] of changes) {
      const at = place % packet.length
      packet = packet.slice(0, at) + String.fromCharCode(octet) + packet.slice(at + 1)
    }
    return cut === null ? packet : packet.slice(0, cut % packet.length)
  })

describe('DNS packets', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(message, (whole) => {
        expect(decodeMessage(encodeMessage(whole))).toEqual(whole)
      }),
    )
  })

  it('hold any octets whatever without harm, and what is read can be written again', () => {
    fc.assert(
      fc.property(fc.oneof(octets(600), damaged), (packet) => {
        const read = decodeMessage(packet)
        if (read !== null) expect(decodeMessage(encodeMessage(read))).toEqual(read)
      }),
      { numRuns: 1000 },
    )
  })

  it('are none when cut short', () => {
    fc.assert(
      fc.property(message, fc.nat(), (whole, cut) => {
        const packet = encodeMessage(whole)
        expect(decodeMessage(packet.slice(0, cut % packet.length))).toBeNull()
      }),
    )
  })

  it('keep to a size', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 512, max: 2000 }), (whole, size) => {
        const packet = encodeWithin(whole, size)
        expect(packet.length).toBeLessThanOrEqual(size)
        expect(decodeMessage(packet)?.question).toEqual(whole.question)
      }),
    )
  })

  it('whatever comes to port 53, the server stands, and what it says is a DNS answer with the same id', () => {
    const zones = [zone('rennes.example', ['@ MX 10 mx1', 'mx1 A 192.0.2.10', '* TXT wild', 'www CNAME away.example.'])]
    const machine = new SimulatedNet().machine('dns', '192.0.2.53')
    const serve = nameServer({ zones, authorities: () => null, cache: emptyCache(), machine })
    fc.assert(
      fc.property(fc.oneof(octets(100), damaged, message.map(encodeMessage)), (packet) => {
        const said: string[] = []
        serve(packet, { address: '192.0.2.99', port: 49152 }, (data) => said.push(data))
        expect(said.length).toBeLessThanOrEqual(1)
        for (const data of said) {
          expect(data.slice(0, 2)).toBe(packet.slice(0, 2))
          expect(decodeMessage(data)?.reply).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('zone file text', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(record, (one) => {
        const text = recordText(one)
        expect(text).toMatch(/^[\x20-\x7e]+$/)
        expect(parseRecord(text, '', 0)).toEqual(one)
        expect(parseRecord(text, one.name, 0)).toEqual(one)
      }),
    )
  })

  it('may be any text at all', () => {
    const word = fc.constantFrom(
      '@',
      'mx1',
      'IN',
      '300',
      'A',
      'MX',
      'TXT',
      'SOA',
      '10',
      '192.0.2.1',
      '"',
      '\\',
      '\\1',
      ';',
      '.',
      '(',
    )
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 10 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(line, (text) => {
        const read = parseRecord(text, 'rennes.example', 60)
        if ('error' in read) expect(read.error).not.toBe('')
        else expect(parseRecord(recordText(read), '', 0)).toEqual(read)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('names', () => {
  it('and labels are the same thing', () => {
    fc.assert(
      fc.property(labels, (list) => {
        const lower = list.map((one) => one.replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
        expect(labelsOf(nameOf(list))).toEqual(lower)
        expect(normalName(`${nameOf(list)}.`)).toBe(nameOf(list))
      }),
    )
  })

  it('stand under their parents, label by label', () => {
    fc.assert(
      fc.property(labels, labels, (one, other) => {
        expect(parentOf(nameOf(one))).toBe(nameOf(one.slice(1)))
        expect(isWithin(nameOf([...one, ...other]), nameOf(other))).toBe(true)
        const [a, b] = [labelsOf(nameOf(one))!, labelsOf(nameOf(other))!]
        const under = a.length >= b.length && b.every((text, at) => a[a.length - b.length + at] === text)
        expect(isWithin(nameOf(one), nameOf(other))).toBe(under)
      }),
    )
  })
})

describe('answers', () => {
  const few = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 3 }).map((list) => list.join('.'))
  const line = fc.oneof(
    fc.tuple(few, few).map(([owner, target]) => `${owner}. CNAME ${target}.`),
    fc.tuple(few, few).map(([owner, host]) => `${owner}. MX 10 ${host}.`),
    fc.tuple(few, few).map(([owner, host]) => `${owner}. NS ${host}.`),
    few.map((owner) => `${owner}. A 192.0.2.1`),
  )

  it('come to an end from any zone, speak of what was asked, and are the same from the cache', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), few, type, (lines, asked, wanted) => {
        const zones = [zone('', lines)]
        const about: Question = { name: asked, type: wanted, class: 1 }
        const reply = answerFrom(zones, about, 0)
        if (reply === null) throw new Error('there is no fault in this zone')
        if (reply.answers.length > 0) expect(reply.answers[0]!.name).toBe(asked)
        if (wanted === 'TYPE255') return
        const found = resolutionOf(dnsMessage(reply), about)
        const cache = emptyCache()
        remember(cache, 0, [...found.aliases, ...found.records])
        const again = recall(cache, 0, about)
        expect(again?.answers ?? []).toEqual([...found.aliases, ...found.records])
      }),
      { numRuns: 500 },
    )
  })
})

describe('the text of a zone', () => {
  it('is read as it was written', () => {
    const inside = fc.tuple(record, fc.boolean()).map(([one, apex]): ResourceRecord => {
      const short = labelsOf(one.name)!.join('').length > 200 ? 'long' : one.name
      return { ...one, name: apex || short === '' ? 'ici.example' : `${short}.ici.example` }
    })
    fc.assert(
      fc.property(fc.array(inside, { minLength: 1, maxLength: 8 }), (all) => {
        const read = readMaster(masterText('ici.example', all), 'ici.example')
        expect(read.map((entry) => entry.record ?? entry.wrong)).toEqual(all)
      }),
    )
  })

  it('may be any text: nothing is thrown, and every line is in its place', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('@ SOA a b (', '1 2 3 4 5 )', '@ NS a', ' A 192.0.2.1', '$ORIGIN b', 'a CNAME a', '"', ')', '\\'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const entries = readMaster(lines.join('\n'), 'ici.example')
        const all = lines.join('\n').split(/\r\n|\r|\n/).length
        for (const entry of entries) {
          expect((entry.record === null) !== (entry.wrong === null)).toBe(true)
          expect(entry.line).toBeGreaterThan(0)
          expect(entry.line + entry.lines - 1).toBeLessThanOrEqual(all)
        }
        expect(zoneErrors('ici.example', entries)).toBeInstanceOf(Array)
      }),
    )
  })
})
