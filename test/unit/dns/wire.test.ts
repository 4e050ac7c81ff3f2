import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { ResourceRecord } from '../../../src/core/dns/records.ts'
import type { DnsMessage } from '../../../src/core/dns/wire.ts'
import { decodeMessage, dnsMessage, encodeMessage, encodeWithin, INTERNET } from '../../../src/core/dns/wire.ts'

const hex = (text: string): Octets =>
  text.replace(/\s+/g, '').replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16)))

const QUESTION = hex('db42 0100 0001 0000 0000 0000 03777777 0c6e6f7274686561737465726e 03656475 00 0001 0001')
const ANSWER = hex(
  'db42 8180 0001 0001 0000 0000 03777777 0c6e6f7274686561737465726e 03656475 00 0001 0001 c00c 0001 0001 00000258 0004 9b211144',
)
const WWW = { name: 'www.northeastern.edu', type: 'A', class: INTERNET } as const

const RECORDS: ResourceRecord[] = [
  {
    name: 'rennes.example',
    ttl: 3600,
    type: 'SOA',
    primary: 'dns.rennes.example',
    mailbox: 'host\\.master.rennes.example',
    serial: 4294967295,
    refresh: 7200,
    retry: 900,
    expire: 1209600,
    minimum: 300,
  },
  { name: 'rennes.example', ttl: 0, type: 'NS', server: 'dns.rennes.example' },
  { name: 'rennes.example', ttl: 2147483647, type: 'MX', preference: 65535, exchange: 'mx1.rennes.example' },
  { name: 'null.example', ttl: 1, type: 'MX', preference: 0, exchange: '' },
  { name: 'www.rennes.example', ttl: 60, type: 'CNAME', target: 'mx1.rennes.example' },
  { name: '10.2.0.192.in-addr.arpa', ttl: 60, type: 'PTR', target: 'mx1.rennes.example' },
  { name: 'mx1.rennes.example', ttl: 60, type: 'A', address: '192.0.2.10' },
  { name: '', ttl: 60, type: 'TXT', texts: ['v=spf1 -all', '', '\x00\xff"'.repeat(85)] },
]

describe('encodeMessage', () => {
  it('writes a question octet by octet as others do', () => {
    expect(encodeMessage(dnsMessage({ id: 0xdb42, recursionDesired: true, question: WWW }))).toBe(QUESTION)
  })

  it('writes an answer, its owner pointing at the question', () => {
    const message = dnsMessage({
      id: 0xdb42,
      reply: true,
      recursionDesired: true,
      recursionAvailable: true,
      question: WWW,
      answers: [{ name: WWW.name, ttl: 600, type: 'A', address: '155.33.17.68' }],
    })
    expect(encodeMessage(message)).toBe(ANSWER)
  })

  it('shortens owners and the names inside MX, NS, CNAME, PTR and SOA', () => {
    const packet = encodeMessage(dnsMessage({ reply: true, answers: RECORDS }))
    for (const label of ['\x06rennes', '\x07example', '\x03mx1', '\x03dns']) expect(packet.split(label)).toHaveLength(2)
    expect(decodeMessage(packet)?.answers).toEqual(RECORDS)
  })

  it('writes names in one case', () => {
    const packet = encodeMessage(dnsMessage({ question: { ...WWW, name: 'WWW.Northeastern.EDU.' } }))
    expect(decodeMessage(packet)?.question).toEqual(WWW)
  })

  it('does not point farther than a pointer reaches', () => {
    const texts = ['x'.repeat(255)]
    const answers: ResourceRecord[] = Array.from({ length: 80 }, () => ({
      name: 'a.example',
      ttl: 1,
      type: 'TXT',
      texts,
    }))
    const late: ResourceRecord[] = [1, 2].map(() => ({
      name: 'late.elsewhere',
      ttl: 1,
      type: 'A',
      address: '192.0.2.1',
    }))
    const packet = encodeMessage(dnsMessage({ reply: true, answers: [...answers, ...late] }))
    expect(packet.length).toBeGreaterThan(0x4000)
    expect(decodeMessage(packet)?.answers).toEqual([...answers, ...late])
    expect(packet.split('late')).toHaveLength(3)
  })

  it('throws rather than write what cannot be read', () => {
    const write = (record: ResourceRecord) => () => encodeMessage(dnsMessage({ answers: [record] }))
    expect(write({ name: 'a..b', ttl: 1, type: 'A', address: '192.0.2.1' })).toThrow(RangeError)
    expect(write({ name: 'x'.repeat(64), ttl: 1, type: 'A', address: '192.0.2.1' })).toThrow(RangeError)
    expect(write({ name: 'a', ttl: 1, type: 'A', address: 'localhost' })).toThrow(RangeError)
    expect(write({ name: 'a', ttl: 1, type: 'TXT', texts: ['x'.repeat(256)] })).toThrow(RangeError)
    expect(write({ name: 'a', ttl: 1, type: 'TXT', texts: [] })).toThrow(RangeError)
  })
})

describe('decodeMessage', () => {
  it('reads what others wrote', () => {
    expect(decodeMessage(QUESTION)).toEqual(dnsMessage({ id: 0xdb42, recursionDesired: true, question: WWW }))
    expect(decodeMessage(ANSWER)?.answers).toEqual([{ name: WWW.name, ttl: 600, type: 'A', address: '155.33.17.68' }])
  })

  it('follows the pointers of the example in RFC 1035 4.1.4', () => {
    // F.ISI.ARPA at 12, FOO. before a pointer to it, a pointer to ARPA alone, and the root.
    const name = (octets: string) => `${octets} 0001 0001 0000003c 0004 0a000034`
    const packet = hex(
      `0001 8000 0000 0004 0000 0000 ${name('0146 03495349 0441525041 00')} ${name('03464f4f c00c')} ${name('c012')} ${name('00')}`,
    )
    expect(decodeMessage(packet)?.answers.map((record) => record.name)).toEqual([
      'f.isi.arpa',
      'foo.f.isi.arpa',
      'arpa',
      '',
    ])
  })

  it.each<[string, Partial<DnsMessage>]>([
    ['QR', { reply: true }],
    ['AA', { authoritative: true }],
    ['TC', { truncated: true }],
    ['RD', { recursionDesired: true }],
    ['RA', { recursionAvailable: true }],
    ['opcode', { opcode: 15 }],
    ['id', { id: 65535 }],
    ['EDNS(0)', { udpSize: 4096 }],
    ['EDNS(0) of size 1', { udpSize: 1 }],
    ['FORMERR', { rcode: 'FORMERR' }],
    ['SERVFAIL', { rcode: 'SERVFAIL' }],
    ['NXDOMAIN', { rcode: 'NXDOMAIN' }],
    ['NOTIMP', { rcode: 'NOTIMP' }],
    ['REFUSED', { rcode: 'REFUSED' }],
    ['another class', { question: { name: 'version.bind', type: 'TXT', class: 3 } }],
    ['another type', { question: { name: 'x', type: 'TYPE28', class: INTERNET } }],
  ])('keeps %s', (_, parts) => {
    expect(decodeMessage(encodeMessage(dnsMessage(parts)))).toEqual(dnsMessage(parts))
  })

  it('puts the flags where RFC 1035 4.1.1 has them', () => {
    const flags = (parts: Partial<DnsMessage>) => encodeMessage(dnsMessage(parts)).slice(2, 4)
    expect(flags({ reply: true })).toBe('\x80\x00')
    expect(flags({ opcode: 2 })).toBe('\x10\x00')
    expect(flags({ authoritative: true })).toBe('\x04\x00')
    expect(flags({ truncated: true })).toBe('\x02\x00')
    expect(flags({ recursionDesired: true })).toBe('\x01\x00')
    expect(flags({ recursionAvailable: true })).toBe('\x00\x80')
    expect(flags({ rcode: 'REFUSED' })).toBe('\x00\x05')
  })

  it('steps over types and classes that it does not know', () => {
    const a = '01 61 00 0001 0001 00000001 0004 c0000201'
    const aaaa = '01 61 00 001c 0001 00000001 0010 20010db8000000000000000000000001'
    const chaos = '01 61 00 0010 0003 00000001 0002 0141'
    const message = decodeMessage(hex(`0001 8000 0000 0003 0000 0000 ${aaaa} ${chaos} ${a}`))
    expect(message?.answers).toEqual([{ name: 'a', ttl: 1, type: 'A', address: '192.0.2.1' }])
  })

  it('takes a negative TTL as none, and a code of later years as failure', () => {
    const message = decodeMessage(hex('0001 8009 0000 0001 0000 0000 01 61 00 0001 0001 80000000 0004 c0000201'))
    expect(message?.rcode).toBe('SERVFAIL')
    expect(message?.answers[0]?.ttl).toBe(0)
  })

  const record = (rest: string) => `0001 8000 0000 0001 0000 0000 ${rest}`
  it.each([
    ['nothing', ''],
    ['half a header', '0001 8000 0000'],
    ['two questions', '0001 0000 0002 0000 0000 0000 00 0001 0001 00 0001 0001'],
    ['a question that is not there', '0001 0000 0001 0000 0000 0000'],
    ['65535 records that are not there', '0001 8000 0000 ffff ffff ffff'],
    ['something behind the end', '0001 0000 0000 0000 0000 0000 00'],
    ['a pointer to itself', record('c00c 0001 0001 00000001 0004 c0000201')],
    ['a pointer forward', record('c00e 00 0001 0001 00000001 0004 c0000201')],
    ['a pointer in a circle', record('01 61 c00c 0001 0001 00000001 0004 c0000201')],
    ['a pointer beyond the end', record('ffff 0001 0001 00000001 0004 c0000201')],
    ['half a pointer', record('c0')],
    ['a label type of 01', record('41 61 00 0001 0001 00000001 0004 c0000201')],
    ['a label type of 10', record('81 61 00 0001 0001 00000001 0004 c0000201')],
    ['a label cut short', record('3f 61')],
    ['an address of three octets', record('00 0001 0001 00000001 0003 c00002')],
    ['an address of five octets', record('00 0001 0001 00000001 0005 c000020100')],
    ['an MX without its host', record('00 000f 0001 00000001 0002 000a')],
    ['an MX whose host is longer than it', record('00 000f 0001 00000001 0003 000a 01 61 00')],
    ['an MX that goes on behind its host', record('00 000f 0001 00000001 0004 000a 00 00')],
    ['a TXT without a text', record('00 0010 0001 00000001 0000')],
    ['a TXT whose text is longer than it', record('00 0010 0001 00000001 0002 02 61 62')],
    ['a SOA cut short', record('00 0006 0001 00000001 0006 00 00 00000001')],
    ['an unknown type longer than the packet', record('00 ffff 0001 00000001 00ff 00')],
  ])('is null for %s', (_, octets) => {
    expect(decodeMessage(hex(octets))).toBeNull()
  })

  it('lets no name be longer than 255 octets by pointing', () => {
    // Each owner is a label of 63 before a pointer to the one before it; the fourth would be 4 * 64 + 1 octets long.
    const names = (count: number) => {
      let packet = hex(`0001 8000 0000 000${count} 0000 0000`)
      let before = -1
      for (let k = 0; k < count; k++) {
        const label = `\x3f${'x'.repeat(63)}`
        const rest = before < 0 ? '\0' : String.fromCharCode(0xc0 | (before >> 8), before & 255)
        before = packet.length
        packet += label + rest + hex('0001 0001 00000001 0004 c0000201')
      }
      return packet
    }
    expect(decodeMessage(names(3))?.answers).toHaveLength(3)
    expect(decodeMessage(names(4))).toBeNull()
  })

  it('follows no more pointers than a name has labels', () => {
    /** The owner of the second record is reached by so many pointers, which the first one holds in its data. */
    const pointed = (count: number) => {
      const pointer = (at: number) => String.fromCharCode(0xc0 | (at >> 8), at & 255)
      let data = '\0'
      for (let k = 1; k < count; k++) data += pointer(k === 1 ? 23 : 24 + 2 * (k - 2))
      const length = String.fromCharCode(data.length >> 8, data.length & 255)
      const header = hex('0001 8000 0000 0002 0000 0000 00 ffff 0001 00000001')
      const owner = pointer(count === 1 ? 23 : 24 + 2 * (count - 2))
      return header + length + data + owner + hex('0001 0001 00000001 0004 c0000201')
    }
    for (const count of [1, 2, 127]) expect(decodeMessage(pointed(count))?.answers).toMatchObject([{ name: '' }])
    for (const count of [128, 5000]) expect(decodeMessage(pointed(count))).toBeNull()
  })
})

describe('encodeWithin', () => {
  const answers: ResourceRecord[] = [{ name: 'a.example', ttl: 1, type: 'MX', preference: 1, exchange: 'b.example' }]
  const additionals: ResourceRecord[] = [{ name: 'b.example', ttl: 1, type: 'A', address: '192.0.2.1' }]
  const message = dnsMessage({
    reply: true,
    question: { name: 'a.example', type: 'MX', class: INTERNET },
    answers,
    additionals,
  })
  const whole = encodeMessage(message).length

  it('leaves what fits as it is', () => {
    expect(decodeMessage(encodeWithin(message, whole))).toEqual(message)
  })

  it('drops additional records first, without a word', () => {
    expect(decodeMessage(encodeWithin(message, whole - 1))).toEqual({ ...message, additionals: [] })
  })

  it('then says that the answer was too long', () => {
    expect(decodeMessage(encodeWithin(message, 30))).toEqual({
      ...message,
      truncated: true,
      answers: [],
      additionals: [],
    })
  })
})
