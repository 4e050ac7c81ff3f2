/**
 * The DNS of a world: look-ups as they happened, and as tables what the zones say and what name servers remember. Zones
 * and memories are read where they are, as mailboxes are: what was there when the world began is no event.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { remembered, type DnsCache } from '../dns/cache.ts'
import type { ResourceRecord } from '../dns/records.ts'
import { dataText } from '../dns/zonefile.ts'
import type { HostName, Ipv4, Millis, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import type { ServedZone } from '../world/naming.ts'
import type { DnsResult } from './rows.ts'

export interface Lookup {
  /** From 1. */
  readonly number: number
  readonly seq: Seq
  /** The event that brought the answer. */
  last: Seq
  readonly at: Millis
  readonly host: HostName
  /** Who is asked; null: what is remembered here was enough. */
  readonly server: Ipv4 | null
  readonly name: string
  readonly type: string
  /** Null: no answer yet. */
  result: DnsResult | null
  answers: readonly string[]
  cached: boolean
}

export interface LookupsView {
  /** The latest ones. */
  readonly rows: Lookup[]
  readonly open: Map<string, Lookup>
}

/** So many are kept at least. */
const KEPT = 5000

export const lookups: Fold<LookupsView> = {
  empty: () => ({ rows: [], open: new Map() }),
  add(view, event) {
    if (event.kind === 'lookup') {
      const { seq, at, host, server } = event
      const row: Lookup = {
        number: (view.rows.at(-1)?.number ?? 0) + 1,
        seq,
        last: seq,
        at,
        host,
        server,
        name: readable(event.name),
        type: event.type,
        result: null,
        answers: [],
        cached: server === null,
      }
      view.rows.push(row)
      view.open.set(question(event), row)
      // In blocks: dropping them one by one would move the whole list each time.
      if (view.rows.length >= 2 * KEPT) view.rows.splice(0, view.rows.length - KEPT)
    } else if (event.kind === 'looked-up') {
      const row = view.open.get(question(event))
      if (!row) return
      view.open.delete(question(event))
      row.last = event.seq
      row.result = event.result
      row.answers = event.answers.map(readable)
      row.cached = event.cached
    }
  },
}

const question = (event: TraceEvent & { kind: 'lookup' | 'looked-up' }) => `${event.host} ${event.type} ${event.name}`
const readable = (text: string) => harmless(utf8Text(text))

export interface RecordRow {
  readonly name: string
  /** Null: there is no such name, whatever the type. */
  readonly type: string | null
  readonly data: string
  /** Seconds. */
  readonly ttl: number
}

export interface ZoneTable {
  readonly origin: string
  readonly server: HostName
  readonly records: readonly RecordRow[]
  /** Its server is out of order for it, now. */
  readonly fault: 'servfail' | 'silence' | null
}

/** What is in force, zone by zone. */
export function zoneTables(zones: readonly ServedZone[], now: Millis): ZoneTable[] {
  return zones.map(({ server, zone }) => ({
    origin: zone.origin,
    server,
    records: zone.records.map((record) => ({ ...rowOf(record), ttl: record.ttl })),
    fault: zone.faults?.find(({ from = 0, until = Infinity }) => from <= now && now < until)?.answer ?? null,
  }))
}

const rowOf = (record: ResourceRecord) => ({
  name: record.name,
  type: record.type,
  data: harmless(dataText(record)),
})

export interface Memory {
  readonly host: HostName
  readonly rows: readonly (RecordRow & { readonly result: 'found' | 'no-data' | 'nxdomain' })[]
  /** More than are shown. */
  readonly more: number
}

/** What each name server remembers, the latest first, of each `most` sets of records; `ttl` is what is left of it. */
export function memories(caches: ReadonlyMap<HostName, DnsCache>, now: Millis, most: number): Memory[] {
  return [...caches].map(([host, cache]) => {
    const all = remembered(cache, now).reverse()
    const rows = all
      .slice(0, most)
      .flatMap(({ name, type, result, records, left }): Memory['rows'] =>
        result === 'found'
          ? records.map((record) => ({ ...rowOf(record), ttl: left, result }))
          : [{ name, type, data: '', ttl: left, result }],
      )
    return { host, rows, more: Math.max(0, all.length - most) }
  })
}
