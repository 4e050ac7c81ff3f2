/**
 * What a server says from its own zones: the algorithm of RFC 1034 4.3.2, with RFC 4592's wildcards and RFC 2308's
 * negative answers. It knows no network and no cache.
 */
import type { Millis } from '../terms.ts'
import { matches } from './chain.ts'
import { isWithin, parentOf } from './names.ts'
import type { Rcode, ResourceRecord, Zone } from './records.ts'
import type { Question } from './wire.ts'
import { INTERNET } from './wire.ts'

/** What goes into a message of answer. */
export interface Reply {
  rcode: Rcode
  /** Whether the name asked for is in a zone of the one who answers. */
  authoritative: boolean
  answers: ResourceRecord[]
  authorities: ResourceRecord[]
  additionals: ResourceRecord[]
}

export function bareReply(rcode: Rcode): Reply {
  return { rcode, authoritative: false, answers: [], authorities: [], additionals: [] }
}

/** Null: the zone is struck dumb, and nothing is said at all. */
export function answerFrom(zones: readonly Zone[], question: Question, now: Millis): Reply | null {
  const reply = bareReply('NOERROR')
  const passed = new Set<string>()
  let name = question.name
  for (;;) {
    const zone = question.class === INTERNET ? zoneOf(zones, name) : null
    // An alias may lead to where others answer; who asked goes on there.
    if (zone === null) return passed.size > 0 ? reply : bareReply('REFUSED')
    const fault = zone.faults?.find(({ from = 0, until = Infinity }) => from <= now && now < until)
    if (fault !== undefined) return fault.answer === 'silence' ? null : bareReply('SERVFAIL')

    const delegation = delegationOf(zone, name)
    if (delegation.length > 0) {
      reply.authorities = delegation
      reply.additionals = addressesFor(zones, delegation)
      return reply
    }
    reply.authoritative = true
    const here = recordsAt(zone, name)
    const wanted = here?.filter((record) => matches(record, question.type)) ?? []
    const alias = here?.find((record) => record.type === 'CNAME')
    if (wanted.length === 0 && alias !== undefined) {
      reply.answers.push(alias)
      passed.add(name)
      if (passed.has(alias.target)) return reply
      name = alias.target
      continue
    }
    reply.answers.push(...wanted)
    reply.additionals = addressesFor(zones, wanted)
    // With a chain before it, the code speaks of the chain's end (RFC 2308 2.1).
    if (here === null) reply.rcode = 'NXDOMAIN'
    if (wanted.length === 0) reply.authorities = authorityOf(zone)
    return reply
  }
}

/** The longest of the zones that hold this name. */
function zoneOf(zones: readonly Zone[], name: string): Zone | null {
  let longest: Zone | null = null
  for (const zone of zones) {
    if (isWithin(name, zone.origin) && (longest === null || isWithin(zone.origin, longest.origin))) longest = zone
  }
  return longest
}

/** The records of a name; empty where it only has names under it (RFC 4592 2.2.2), null where it does not exist. */
function recordsAt(zone: Zone, name: string): ResourceRecord[] | null {
  const exact = zone.records.filter((record) => record.name === name)
  if (exact.length > 0) return exact
  if (exists(zone, name)) return []
  // What `*` gives stands in for names that do not exist right under the closest one that does (RFC 4592 3.3.1).
  let encloser = parentOf(name)
  while (!exists(zone, encloser)) encloser = parentOf(encloser)
  const wildcard = encloser === '' ? '*' : `*.${encloser}`
  if (!exists(zone, wildcard)) return null
  return zone.records.filter((record) => record.name === wildcard).map((record) => ({ ...record, name }))
}

function exists(zone: Zone, name: string): boolean {
  return name === zone.origin || zone.records.some((record) => isWithin(record.name, name))
}

/** The NS records of the zone cut on the way down to this name, the upper one if there are two. */
function delegationOf(zone: Zone, name: string): ResourceRecord[] {
  let delegation: ResourceRecord[] = []
  for (let at = name; at !== zone.origin; at = parentOf(at)) {
    const servers = zone.records.filter((record) => record.name === at && record.type === 'NS')
    if (servers.length > 0) delegation = servers
  }
  return delegation
}

/** The SOA that comes with a negative answer; its TTL says how long that may be kept (RFC 2308 section 3). */
function authorityOf(zone: Zone): ResourceRecord[] {
  const soa = zone.records.find((record) => record.name === zone.origin && record.type === 'SOA')
  return soa?.type === 'SOA' ? [{ ...soa, ttl: Math.min(soa.ttl, soa.minimum) }] : []
}

/** The addresses of the hosts that MX and NS records name, for who would otherwise ask next. */
function addressesFor(zones: readonly Zone[], records: readonly ResourceRecord[]): ResourceRecord[] {
  const hosts = new Set<string>()
  for (const record of records) {
    if (record.type === 'MX') hosts.add(record.exchange)
    if (record.type === 'NS') hosts.add(record.server)
  }
  return [...hosts].flatMap((host) => {
    const records = zoneOf(zones, host)?.records ?? []
    return records.filter((record) => record.name === host && record.type === 'A')
  })
}
