/**
 * A zone that is being written: its text is the one source, and each record of it can also be filled in as a form. What
 * a form changes is the lines of that record; comments and the rest stay as they were written.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { remembered } from '../dns/cache.ts'
import { readMaster, relative, type Entry } from '../dns/masterfile.ts'
import { normalName } from '../dns/names.ts'
import type { RecordType, ResourceRecord } from '../dns/records.ts'
import { zoneErrors, zoneWarnings, type Finding } from '../dns/zone-checks.ts'
import { DATA_FIELDS, parseRecord, recordText, type Field, type Wrong } from '../dns/zonefile.ts'
import type { HostName, Millis } from '../terms.ts'
import type { Naming } from '../world/naming.ts'
import type { WorldFile } from '../world/schema.ts'

export const RECORD_TYPES = ['A', 'MX', 'CNAME', 'TXT', 'NS', 'SRV', 'PTR', 'SOA'] as const satisfies RecordType[]

export interface RecordForm {
  name: string
  /** Empty: the zone's own. */
  ttl: string
  type: RecordType
  /** What stands in the fields of the data. */
  data: Partial<Record<Field, string>>
}

export interface ZoneDraft {
  readonly entries: readonly Entry[]
  readonly findings: readonly Finding[]
  /** It can be put in force. */
  readonly sound: boolean
  /** Records that it takes away and brings, in zone file form. */
  readonly gone: readonly string[]
  readonly come: readonly string[]
}

/** What a text would do if it were put in force. */
export function zoneDraft(text: string, origin: string, server: HostName, naming: Naming, file: WorldFile): ZoneDraft {
  const entries = readMaster(text, origin)
  const zones = naming.zones
    .filter(({ zone }) => zone.origin !== origin)
    .map(({ zone, server }) => ({ origin: zone.origin, server, records: zone.records }))
  const hosts = Object.entries(file.hosts)
  const errors = zoneErrors(origin, entries)
  const warnings = zoneWarnings(origin, entries, {
    server,
    zones,
    addressOf: (host) => file.hosts[host]?.address ?? null,
    hostAt: (address) => hosts.find(([, host]) => host.address === address)?.[0] ?? null,
  })
  const old = naming.zones.find(({ zone }) => zone.origin === origin)?.zone.records ?? []
  const written = entries.flatMap(({ record }) => (record ? [record] : []))
  const told = (records: readonly ResourceRecord[], others: readonly ResourceRecord[]) => {
    const texts = new Set(others.map(recordText))
    return [...new Set(records.map(recordText))].filter((line) => !texts.has(line)).map(harmless)
  }
  return {
    entries,
    findings: [...errors, ...warnings],
    sound: errors.length === 0 && written.length === entries.length,
    gone: told(old, written),
    come: told(written, old),
  }
}

/** A record as its form shows it. */
export function formOf(record: ResourceRecord, origin: string, ttl: number): RecordForm {
  const data = Object.fromEntries(
    DATA_FIELDS[record.type].map((field) => [field, fieldText(record, field, origin)]),
  ) as RecordForm['data']
  return {
    name: relative(record.name, origin),
    ttl: record.ttl === ttl ? '' : String(record.ttl),
    type: record.type,
    data,
  }
}

function fieldText(record: ResourceRecord, field: Field, origin: string): string {
  if (record.type === 'TXT') return utf8Text(record.texts.join(''))
  const value = (record as unknown as Record<string, unknown>)[field]
  return typeof value === 'string' && field !== 'address' ? relative(value, origin) : String(value ?? '')
}

/** The line that a form writes, and what is wrong with its fields. */
export function lineOfForm({ name, ttl, type, data }: RecordForm, origin: string): { line: string; wrong: Wrong[] } {
  const values: [Field, string][] = [
    ['name', name.trim()],
    ...DATA_FIELDS[type].map((field): [Field, string] => [field, (data[field] ?? '').trim()]),
  ]
  const wrong: Wrong[] = []
  for (const [field, value] of values) {
    if (value === '') wrong.push({ field, why: 'missing', text: '', most: 0 })
    else if (field !== 'texts' && /[\s;()"]/.test(value))
      wrong.push({ field, why: 'name', text: harmless(value), most: 0 })
  }
  const [first, ...rest] = values
  const words = rest.map(([field, value]) => (field === 'texts' ? quoted(value) : value))
  const line = [first![1], ttl.trim(), 'IN', type, ...words].filter((word) => word !== '').join(' ')
  if (ttl.trim() !== '' && !/^\d+$/.test(ttl.trim()))
    wrong.push({ field: 'ttl', why: 'number', text: harmless(ttl), most: 2 ** 31 - 1 })
  if (wrong.length === 0) {
    const record = parseRecord(line, origin, 0)
    if ('error' in record) wrong.push(record.wrong)
  }
  return { line, wrong }
}

/** Text in its quotes, in pieces that a record can hold (RFC 1035 3.3.14). */
function quoted(text: string): string {
  const characters = [...text.replace(/[\r\n]+/g, ' ')]
  const pieces: string[] = []
  // Four octets has the longest character, so that 63 of them always fit.
  const most = characters.every((character) => character < '\x7f') ? 255 : 63
  for (let at = 0; at < characters.length; at += most) pieces.push(characters.slice(at, at + most).join(''))
  return pieces.map((piece) => `"${piece.replace(/["\\]/g, '\\$&')}"`).join(' ')
}

/** The whole name that stands behind a short one; null where it is none. */
export function wholeName(text: string, origin: string): string | null {
  const written = text.trim()
  if (written === '') return null
  if (written === '@') return `${origin}.`
  const name = normalName(written.endsWith('.') ? written : `${written}.${origin}`)
  return name === null ? null : `${name}.`
}

/** The text with this line where an entry stood; null takes it out, no entry puts it at the end. */
export function withLine(text: string, entry: Entry | null, line: string | null): string {
  const lines = text.split(/\r\n|\r|\n/)
  if (entry === null) {
    while (lines.at(-1) === '') lines.pop()
    return [...lines, line ?? '', ''].join('\n')
  }
  const next = lines[entry.line + entry.lines - 1]
  const put = line === null ? [] : [line]
  // A line that took its name from this one needs one of its own now.
  const orphan = next !== undefined && /^[ \t]+[^ \t;]/.test(next) && entry.record !== null
  lines.splice(
    entry.line - 1,
    entry.lines + (orphan ? 1 : 0),
    ...put,
    ...(orphan ? [`${entry.record.name}.${next}`] : []),
  )
  return lines.join('\n')
}

/** A zone to begin with. */
export function newZoneText(origin: string, server: HostName, address: string, serial: number): string {
  const within = server === origin || server.endsWith(`.${origin}`)
  return [
    `$ORIGIN ${origin}.`,
    '$TTL 3600',
    `@ IN SOA ${server}. hostmaster ( ${serial} 7200 900 1209600 300 )`,
    `@ IN NS  ${server}.`,
    ...(within ? [`${server}. IN A ${address}`] : []),
    '',
  ].join('\n')
}

/** Records that others still remember otherwise than the zone says now: the latest first. */
export function outdated(
  { zones, caches }: Naming,
  origin: string,
  now: Millis,
): { host: HostName; name: string; type: string | null; left: number }[] {
  const zone = zones.find((served) => served.zone.origin === origin)?.zone
  const others = new Set(zones.map(({ zone }) => zone.origin))
  const current = new Set(zone?.records.map((record) => recordText({ ...record, ttl: 0 })))
  const names = new Set(zone?.records.map(({ name }) => name))
  return [...caches].flatMap(([host, cache]) =>
    remembered(cache, now)
      .filter(({ name, type, result, records }) => {
        if (zoneAround(name, others) !== origin) return false
        if (result === 'nxdomain') return names.has(name)
        if (result === 'no-data') return zone?.records.some((record) => record.name === name && record.type === type)
        const here = zone?.records.filter((record) => record.name === name && record.type === type) ?? []
        // What a wildcard gave is not among the records; it is current as long as there is one.
        if (here.length === 0 && zone?.records.some((record) => record.name.startsWith('*.'))) return false
        return (
          here.length !== records.length || records.some((record) => !current.has(recordText({ ...record, ttl: 0 })))
        )
      })
      .map(({ name, type, left }) => ({ host, name, type, left }))
      .reverse(),
  )
}

function zoneAround(name: string, origins: ReadonlySet<string>): string | null {
  for (let rest = name; rest !== ''; rest = rest.slice(rest.indexOf('.') + 1)) {
    if (origins.has(rest)) return rest
    if (!rest.includes('.')) return null
  }
  return null
}
