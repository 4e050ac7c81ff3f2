import { describe, expect, it } from 'vitest'
import { answerFrom } from '../../../src/core/dns/authority.ts'
import type { Zone } from '../../../src/core/dns/records.ts'
import type { QuestionType } from '../../../src/core/dns/wire.ts'
import { ANY, INTERNET } from '../../../src/core/dns/wire.ts'
import { recordText } from '../../../src/core/dns/zonefile.ts'
import { zone } from './simulated.ts'

const RENNES = zone('rennes.example', [
  '@ SOA dns hostmaster 1 7200 900 1209600 300',
  '@ NS dns',
  '@ MX 10 mx1',
  '@ MX 20 mx2',
  '@ MX 30 mx.lyon.example.',
  'dns A 192.0.2.1',
  'mx1 A 192.0.2.10',
  'mx2 A 192.0.2.11',
  'www CNAME web',
  'web CNAME host.deep',
  'host.deep A 192.0.2.12',
  'lost CNAME nowhere',
  'textless CNAME mx1',
  'away CNAME www.elsewhere.example.',
  'over CNAME mx.lyon.example.',
  'tick CNAME tock',
  'tock CNAME tick',
  'self CNAME self',
  '*.pop MX 10 mx1',
  '*.pop TXT wild',
  'mary.pop A 192.0.2.13',
  '*.alias CNAME mx2',
  'sub NS ns.sub',
  'ns.sub A 192.0.2.20',
  'mx.sub A 192.0.2.21',
])
const LYON = zone('lyon.example', ['@ SOA dns hostmaster 1 7200 900 1209600 60', 'mx A 198.51.100.1', '@ MX 5 mx'])
const LAB = zone('lab.rennes.example', ['@ A 192.0.2.99'])
const RENNES_SOA = 'rennes.example. 300 IN SOA dns.rennes.example. hostmaster.rennes.example. 1 7200 900 1209600 300'

function ask(name: string, type: QuestionType, zones: Zone[] = [RENNES, LAB, LYON], now = 0) {
  const reply = answerFrom(zones, { name, type, class: INTERNET }, now)
  if (reply === null) return null
  const { rcode, authoritative } = reply
  const [answers, authorities, additionals] = [reply.answers, reply.authorities, reply.additionals].map((records) =>
    records.map(recordText),
  )
  return { rcode, authoritative, answers, authorities, additionals }
}
const empty = { answers: [], authorities: [], additionals: [] }
const negative = { ...empty, authoritative: true, authorities: [RENNES_SOA] }

describe('answerFrom', () => {
  it('answers with authority, and with the addresses of the hosts in MX records that it knows', () => {
    expect(ask('rennes.example', 'MX')).toEqual({
      rcode: 'NOERROR',
      authoritative: true,
      answers: [
        'rennes.example. 3600 IN MX 10 mx1.rennes.example.',
        'rennes.example. 3600 IN MX 20 mx2.rennes.example.',
        'rennes.example. 3600 IN MX 30 mx.lyon.example.',
      ],
      authorities: [],
      additionals: [
        'mx1.rennes.example. 3600 IN A 192.0.2.10',
        'mx2.rennes.example. 3600 IN A 192.0.2.11',
        'mx.lyon.example. 3600 IN A 198.51.100.1',
      ],
    })
    expect(ask('rennes.example', 'NS')?.additionals).toEqual(['dns.rennes.example. 3600 IN A 192.0.2.1'])
  })

  it('takes the longest zone', () => {
    expect(ask('lab.rennes.example', 'A')?.answers).toEqual(['lab.rennes.example. 3600 IN A 192.0.2.99'])
    expect(ask('lab.rennes.example', 'A', [LAB, RENNES])?.answers).toHaveLength(1)
    expect(ask('lab.rennes.example', 'A', [RENNES])).toEqual({ ...negative, rcode: 'NXDOMAIN' })
    expect(ask('other.example', 'A')).toEqual({ ...empty, rcode: 'REFUSED', authoritative: false })
    expect(ask('example', 'A')?.rcode).toBe('REFUSED')
    expect(ask('xrennes.example', 'A')?.rcode).toBe('REFUSED')
  })

  it('refuses another class', () => {
    expect(answerFrom([RENNES], { name: 'rennes.example', type: 'MX', class: 3 }, 0)?.rcode).toBe('REFUSED')
  })

  it('tells a name that is not there from one that has no such record', () => {
    expect(ask('nobody.rennes.example', 'A')).toEqual({ ...negative, rcode: 'NXDOMAIN' })
    expect(ask('mx1.rennes.example', 'MX')).toEqual({ ...negative, rcode: 'NOERROR' })
    expect(ask('mx1.rennes.example', 'TYPE28')).toEqual({ ...negative, rcode: 'NOERROR' })
    expect(ask('x.mx1.rennes.example', 'A')?.rcode).toBe('NXDOMAIN')
  })

  it('has a name that only has names under it', () => {
    expect(ask('deep.rennes.example', 'A')).toEqual({ ...negative, rcode: 'NOERROR' })
  })

  it('shows in the SOA how long that may be kept', () => {
    expect(ask('x.lyon.example', 'A')?.authorities?.[0]).toMatch(/^lyon\.example\. 60 IN SOA/)
    const brief = zone('b', ['@ 30 SOA a b 1 2 3 4 86400'])
    expect(ask('x.b', 'A', [brief])?.authorities?.[0]).toMatch(/^b\. 30 IN SOA .* 86400$/)
  })

  it('follows aliases within its zones', () => {
    expect(ask('www.rennes.example', 'A')).toEqual({
      ...empty,
      rcode: 'NOERROR',
      authoritative: true,
      answers: [
        'www.rennes.example. 3600 IN CNAME web.rennes.example.',
        'web.rennes.example. 3600 IN CNAME host.deep.rennes.example.',
        'host.deep.rennes.example. 3600 IN A 192.0.2.12',
      ],
    })
    expect(ask('over.rennes.example', 'A')?.answers).toHaveLength(2)
    expect(ask('www.rennes.example', 'CNAME')?.answers).toHaveLength(1)
  })

  it('says of the end of the chain what it knows', () => {
    expect(ask('lost.rennes.example', 'A')).toEqual({
      ...negative,
      rcode: 'NXDOMAIN',
      answers: ['lost.rennes.example. 3600 IN CNAME nowhere.rennes.example.'],
    })
    expect(ask('textless.rennes.example', 'TXT')).toMatchObject({
      ...negative,
      rcode: 'NOERROR',
      answers: [expect.stringContaining('CNAME')],
    })
    expect(ask('away.rennes.example', 'A')).toEqual({
      ...empty,
      rcode: 'NOERROR',
      authoritative: true,
      answers: ['away.rennes.example. 3600 IN CNAME www.elsewhere.example.'],
    })
  })

  it('is not led in circles', () => {
    expect(ask('tick.rennes.example', 'A')?.answers).toHaveLength(2)
    expect(ask('self.rennes.example', 'A')?.answers).toHaveLength(1)
  })

  it('gives all types for ANY', () => {
    expect(ask('x.pop.rennes.example', ANY)?.answers).toHaveLength(2)
    expect(ask('www.rennes.example', ANY)?.answers).toHaveLength(1)
  })

  describe('wildcards (RFC 4592)', () => {
    it('stand in for names that are not there, at any depth', () => {
      expect(ask('x.pop.rennes.example', 'MX')?.answers).toEqual([
        'x.pop.rennes.example. 3600 IN MX 10 mx1.rennes.example.',
      ])
      expect(ask('x.y.pop.rennes.example', 'MX')?.answers).toHaveLength(1)
      expect(ask('x.pop.rennes.example', 'MX')?.additionals).toEqual(['mx1.rennes.example. 3600 IN A 192.0.2.10'])
    })

    it('have no say where a name is there', () => {
      expect(ask('mary.pop.rennes.example', 'MX')).toEqual({ ...negative, rcode: 'NOERROR' })
      expect(ask('x.mary.pop.rennes.example', 'MX')).toEqual({ ...negative, rcode: 'NXDOMAIN' })
      expect(ask('pop.rennes.example', 'MX')).toEqual({ ...negative, rcode: 'NOERROR' })
    })

    it('may lack the type, be an alias, and be asked for by name', () => {
      expect(ask('x.pop.rennes.example', 'A')).toEqual({ ...negative, rcode: 'NOERROR' })
      expect(ask('x.alias.rennes.example', 'A')?.answers).toEqual([
        'x.alias.rennes.example. 3600 IN CNAME mx2.rennes.example.',
        'mx2.rennes.example. 3600 IN A 192.0.2.11',
      ])
      expect(ask('*.pop.rennes.example', 'TXT')?.answers).toEqual(['*.pop.rennes.example. 3600 IN TXT "wild"'])
    })
  })

  it('refers to the servers of what it has given away', () => {
    const referral = {
      rcode: 'NOERROR',
      authoritative: false,
      answers: [],
      authorities: ['sub.rennes.example. 3600 IN NS ns.sub.rennes.example.'],
      additionals: ['ns.sub.rennes.example. 3600 IN A 192.0.2.20'],
    }
    expect(ask('mx.sub.rennes.example', 'A')).toEqual(referral)
    expect(ask('sub.rennes.example', 'MX')).toEqual(referral)
    const sub = zone('sub.rennes.example', ['mx A 192.0.2.21'])
    expect(ask('mx.sub.rennes.example', 'A', [RENNES, sub])?.authoritative).toBe(true)
  })

  it('can hold the root', () => {
    const root = zone('', ['@ SOA a b 1 2 3 4 5', 'example NS ns.example', 'ns.example A 192.0.2.1', 'arpa TXT x'])
    expect(ask('rennes.example', 'A', [root])?.authorities).toEqual(['example. 3600 IN NS ns.example.'])
    expect(ask('nowhere', 'A', [root])?.rcode).toBe('NXDOMAIN')
    expect(ask('', 'SOA', [root])?.answers).toHaveLength(1)
    expect(ask('x.nowhere', 'TXT', [zone('', ['* TXT all'])])?.answers).toEqual(['x.nowhere. 3600 IN TXT "all"'])
  })

  it('has faults at their time', () => {
    const faulty: Zone = {
      ...RENNES,
      faults: [
        { answer: 'servfail', from: 1000, until: 2000 },
        { answer: 'silence', from: 5000 },
      ],
    }
    const at = (now: number) => ask('rennes.example', 'MX', [faulty], now)
    expect(at(999)?.rcode).toBe('NOERROR')
    expect(at(1000)).toEqual({ ...empty, rcode: 'SERVFAIL', authoritative: false })
    expect(at(1999)?.rcode).toBe('SERVFAIL')
    expect(at(2000)?.rcode).toBe('NOERROR')
    expect(at(5000)).toBeNull()
    expect(ask('x.lyon.example', 'A', [faulty, LYON], 5000)?.rcode).toBe('NXDOMAIN')
  })
})
