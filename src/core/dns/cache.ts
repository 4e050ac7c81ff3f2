/**
 * What a resolver remembers: sets of records for as long as their TTL says (RFC 1035 7.4), and that something does not
 * exist (RFC 2308). Plain data; the time is the virtual clock's.
 */
import type { Millis } from '../terms.ts'
import type { Reply } from './authority.ts'
import { bareReply } from './authority.ts'
import type { ResourceRecord } from './records.ts'
import type { Question, QuestionType } from './wire.ts'

/** One set of records of a name and type; where there is none, the SOA that said so. */
interface Entry {
  result: 'found' | 'no-data' | 'nxdomain'
  records: readonly ResourceRecord[]
  ttl: number
  stored: Millis
}

export interface DnsCache {
  /** How many entries it holds; the oldest makes room. */
  limit: number
  entries: Map<string, Entry>
}

/** Nobody remembers for longer: a week for what is there, three hours for what is not (RFC 2308 section 5). */
const LONGEST = 7 * 24 * 3600
const LONGEST_ABSENCE = 3 * 3600

export function emptyCache(limit = 1000): DnsCache {
  return { limit, entries: new Map() }
}

/** Keeps records, each set of one name and type as one. */
export function remember(cache: DnsCache, now: Millis, records: readonly ResourceRecord[]): void {
  const sets = new Map<string, ResourceRecord[]>()
  for (const record of records) {
    const key = keyOf(record.name, record.type)
    sets.set(key, [...(sets.get(key) ?? []), record])
    cache.entries.delete(keyOf(record.name, null))
  }
  for (const [key, set] of sets) {
    const ttl = Math.min(LONGEST, ...set.map((record) => record.ttl))
    store(cache, key, { result: 'found', records: set, ttl, stored: now })
  }
}

/** Keeps that a name does not exist, or, with a type, that it has no such record. */
export function rememberAbsence(
  cache: DnsCache,
  now: Millis,
  name: string,
  type: QuestionType | null,
  soa: ResourceRecord & { type: 'SOA' },
): void {
  const ttl = Math.min(LONGEST_ABSENCE, soa.ttl, soa.minimum)
  store(cache, keyOf(name, type), { result: type === null ? 'nxdomain' : 'no-data', records: [soa], ttl, stored: now })
}

/**
 * What is remembered of a question, with the time that it has left. Aliases are followed as far as they are known: the
 * answer may end in one. Null where nothing is.
 */
export function recall(cache: DnsCache, now: Millis, question: Question): Reply | null {
  const reply = bareReply('NOERROR')
  const passed = new Set<string>()
  for (let name = question.name; !passed.has(name);) {
    passed.add(name)
    const entry = fresh(cache, now, keyOf(name, null)) ?? fresh(cache, now, keyOf(name, question.type))
    if (entry !== null) {
      if (entry.result === 'found') reply.answers.push(...entry.records)
      else reply.authorities.push(...entry.records)
      if (entry.result === 'nxdomain') reply.rcode = 'NXDOMAIN'
      return reply
    }
    const alias = fresh(cache, now, keyOf(name, 'CNAME'))?.records[0]
    if (alias?.type !== 'CNAME') break
    reply.answers.push(alias)
    name = alias.target
  }
  return reply.answers.length > 0 ? reply : null
}

/** All that is remembered now, the latest last; a type of null stands for all types. Looking takes nothing away. */
export function remembered(cache: DnsCache, now: Millis) {
  return [...cache.entries].flatMap(([key, { result, records, ttl, stored }]) => {
    const [name = '', type = ''] = key.split(' ')
    const left = ttl - Math.floor((now - stored) / 1000)
    return left > 0 ? [{ name, type: type === '-' ? null : type, result, records, left }] : []
  })
}

/** An entry whose time has not run out, its records with what is left of it. */
function fresh(cache: DnsCache, now: Millis, key: string): Entry | null {
  const entry = cache.entries.get(key)
  if (entry === undefined) return null
  const ttl = entry.ttl - Math.floor((now - entry.stored) / 1000)
  if (ttl > 0) return { ...entry, records: entry.records.map((record) => ({ ...record, ttl })) }
  cache.entries.delete(key)
  return null
}

function store(cache: DnsCache, key: string, entry: Entry): void {
  cache.entries.delete(key)
  if (entry.ttl === 0) return
  cache.entries.set(key, entry)
  for (const oldest of cache.entries.keys()) {
    if (cache.entries.size <= cache.limit) break
    cache.entries.delete(oldest)
  }
}

/** A type of null stands for all types: no name has one that does not exist. */
function keyOf(name: string, type: QuestionType | null): string {
  return `${name} ${type ?? '-'}`
}
