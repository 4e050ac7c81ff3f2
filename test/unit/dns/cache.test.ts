import { describe, expect, it } from 'vitest'
import type { DnsCache } from '../../../src/core/dns/cache.ts'
import { emptyCache, recall, remember, rememberAbsence } from '../../../src/core/dns/cache.ts'
import type { QuestionType } from '../../../src/core/dns/wire.ts'
import { INTERNET } from '../../../src/core/dns/wire.ts'
import { recordText } from '../../../src/core/dns/zonefile.ts'
import { record } from './simulated.ts'

function look(cache: DnsCache, now: number, name: string, type: QuestionType) {
  const reply = recall(cache, now, { name, type, class: INTERNET })
  return (
    reply && {
      rcode: reply.rcode,
      answers: reply.answers.map(recordText),
      authorities: reply.authorities.map(recordText),
    }
  )
}

function soa(line: string) {
  const parsed = record(line)
  if (parsed.type !== 'SOA') throw new Error('not a SOA')
  return parsed
}

describe('the cache', () => {
  it('shows the time that is left, and forgets at its end', () => {
    const cache = emptyCache()
    remember(cache, 5000, [record('a.x. 60 MX 10 m.x.'), record('a.x. 60 MX 20 n.x.'), record('m.x. 600 A 192.0.2.1')])
    const ttl = (now: number) => look(cache, now, 'a.x', 'MX')?.answers.map((text) => text.split(' ')[1])
    expect(ttl(5000)).toEqual(['60', '60'])
    expect(ttl(5999)).toEqual(['60', '60'])
    expect(ttl(6000)).toEqual(['59', '59'])
    expect(ttl(64_999)).toEqual(['1', '1'])
    expect(ttl(65_000)).toBeUndefined()
    expect(look(cache, 65_000, 'm.x', 'A')?.answers).toEqual(['m.x. 540 IN A 192.0.2.1'])
    expect(look(cache, 5000, 'a.x', 'A')).toBeNull()
  })

  it('keeps a set as long as the shortest of its records, and nothing for no time', () => {
    const cache = emptyCache()
    remember(cache, 0, [record('a.x. 60 A 192.0.2.1'), record('a.x. 30 A 192.0.2.2'), record('b.x. 0 A 192.0.2.3')])
    expect(look(cache, 0, 'a.x', 'A')?.answers).toEqual(['a.x. 30 IN A 192.0.2.1', 'a.x. 30 IN A 192.0.2.2'])
    expect(look(cache, 0, 'b.x', 'A')).toBeNull()
  })

  it('keeps nothing longer than a week', () => {
    const cache = emptyCache()
    remember(cache, 0, [record('a.x. 2147483647 A 192.0.2.1')])
    expect(look(cache, 0, 'a.x', 'A')?.answers).toEqual(['a.x. 604800 IN A 192.0.2.1'])
  })

  it('puts the new in the place of the old', () => {
    const cache = emptyCache()
    remember(cache, 0, [record('a.x. 60 A 192.0.2.1')])
    remember(cache, 30_000, [record('a.x. 60 A 192.0.2.2')])
    expect(look(cache, 60_000, 'a.x', 'A')?.answers).toEqual(['a.x. 30 IN A 192.0.2.2'])
    rememberAbsence(cache, 60_000, 'b.x', null, soa('x. 60 SOA n.x. h.x. 1 2 3 4 60'))
    remember(cache, 61_000, [record('b.x. 60 A 192.0.2.3')])
    expect(look(cache, 61_000, 'b.x', 'A')?.rcode).toBe('NOERROR')
  })

  it('follows aliases as far as it knows them', () => {
    const cache = emptyCache()
    remember(cache, 0, [record('a.x. 60 CNAME b.y.'), record('b.y. 30 CNAME c.z.')])
    const aliases = ['a.x. 60 IN CNAME b.y.', 'b.y. 30 IN CNAME c.z.']
    expect(look(cache, 0, 'a.x', 'A')).toEqual({ rcode: 'NOERROR', answers: aliases, authorities: [] })
    remember(cache, 0, [record('c.z. 60 A 192.0.2.1')])
    expect(look(cache, 0, 'a.x', 'A')?.answers).toEqual([...aliases, 'c.z. 60 IN A 192.0.2.1'])
    expect(look(cache, 0, 'a.x', 'CNAME')?.answers).toEqual([aliases[0]])
    rememberAbsence(cache, 0, 'c.z', null, soa('z. 60 SOA n.z. h.z. 1 2 3 4 60'))
    expect(look(cache, 0, 'a.x', 'MX')).toMatchObject({ rcode: 'NXDOMAIN', answers: aliases })
    remember(cache, 40_000, [record('b.y. 60 CNAME a.x.')])
    expect(look(cache, 40_000, 'a.x', 'TXT')?.answers).toHaveLength(2)
  })

  it('remembers that a name is not there for all types, and that a record is not for one', () => {
    const cache = emptyCache()
    const said = soa('x. 900 SOA n.x. h.x. 1 2 3 4 300')
    rememberAbsence(cache, 0, 'gone.x', null, said)
    rememberAbsence(cache, 0, 'bare.x', 'MX', said)
    const authorities = ['x. 300 IN SOA n.x. h.x. 1 2 3 4 300']
    for (const type of ['A', 'MX', 'TXT'] as const) {
      expect(look(cache, 0, 'gone.x', type)).toEqual({ rcode: 'NXDOMAIN', answers: [], authorities })
    }
    expect(look(cache, 0, 'bare.x', 'MX')).toEqual({ rcode: 'NOERROR', answers: [], authorities })
    expect(look(cache, 0, 'bare.x', 'A')).toBeNull()
    expect(look(cache, 299_000, 'bare.x', 'MX')?.authorities).toEqual(['x. 1 IN SOA n.x. h.x. 1 2 3 4 300'])
    expect(look(cache, 300_000, 'bare.x', 'MX')).toBeNull()
    expect(look(cache, 300_000, 'gone.x', 'MX')).toBeNull()
  })

  it('does not take the lack of an alias for the lack of anything else', () => {
    const cache = emptyCache()
    rememberAbsence(cache, 0, 'a.x', 'CNAME', soa('x. 60 SOA n.x. h.x. 1 2 3 4 60'))
    expect(look(cache, 0, 'a.x', 'A')).toBeNull()
  })

  it('takes the smaller of the two times of a SOA, and three hours at most', () => {
    const cache = emptyCache()
    rememberAbsence(cache, 0, 'a.x', null, soa('x. 30 SOA n.x. h.x. 1 2 3 4 300'))
    rememberAbsence(cache, 0, 'b.x', null, soa('x. 86400 SOA n.x. h.x. 1 2 3 4 86400'))
    expect(look(cache, 30_000, 'a.x', 'A')).toBeNull()
    expect(look(cache, 10_799_000, 'b.x', 'A')).not.toBeNull()
    expect(look(cache, 10_800_000, 'b.x', 'A')).toBeNull()
  })

  it('is bounded: the oldest makes room', () => {
    const cache = emptyCache(3)
    for (let k = 1; k <= 5; k++) remember(cache, k, [record(`h${k}.x. 60 A 192.0.2.${k}`)])
    expect(cache.entries.size).toBe(3)
    expect(look(cache, 5, 'h2.x', 'A')).toBeNull()
    expect(look(cache, 5, 'h3.x', 'A')).not.toBeNull()
  })

  it('is plain data', () => {
    const cache = emptyCache()
    remember(cache, 0, [record('a.x. 60 A 192.0.2.1')])
    expect(look(structuredClone(cache), 1000, 'a.x', 'A')?.answers).toEqual(['a.x. 59 IN A 192.0.2.1'])
  })
})
