/**
 * What is wrong with a zone as a whole. Errors are what no name server would load; warnings are what it loads, though it
 * does not do what was meant. Each names the rule that it breaks.
 */
import type { HostName, Ipv4 } from '../terms.ts'
import { addressOctets } from './address.ts'
import type { Entry } from './masterfile.ts'
import { isWithin, parentOf } from './names.ts'
import type { ResourceRecord } from './records.ts'
import { dataText, type Field } from './zonefile.ts'

export type FindingKey = keyof typeof RULES

/** RFC and section of each. */
export const RULES = {
  'no-soa': 'RFC 1035 5.2',
  'two-soas': 'RFC 1035 5.2',
  'soa-place': 'RFC 1035 5.2',
  'no-ns': 'RFC 1035 5.2',
  'cname-beside': 'RFC 1034 3.6.2',
  'ns-cname': 'RFC 2181 10.3',
  'ns-address': 'RFC 1912 2.8',
  'mx-cname': 'RFC 5321 5.1',
  'mx-address': 'RFC 1035 3.3.9',
  'mx-nowhere': 'RFC 5321 5.1',
  'mx-null': 'RFC 7505 3',
  'srv-cname': 'RFC 2782',
  'srv-name': 'RFC 2782',
  dot: 'RFC 1035 5.1',
  'a-nobody': 'RFC 1912 2.1',
  hostname: 'RFC 1123 2.1',
  spf: 'RFC 7208 3.2',
  'ptr-name': 'RFC 1035 3.5',
  'ptr-forward': 'RFC 1912 2.1',
  ttls: 'RFC 2181 5.2',
  'ttl-long': 'RFC 1912 2.2',
  twice: 'RFC 2181 5',
  lame: 'RFC 1912 2.8',
  delegation: 'RFC 1034 4.2.2',
} as const

export interface Finding {
  readonly key: FindingKey
  readonly severe: boolean
  /** The entry that it is about; null: the zone. */
  readonly entry: Entry | null
  /** Where in the record. */
  readonly field: Field | null
  /** The name, or number, that it is about. */
  readonly what: string
}

/** The rest of the world, as far as a zone leads there. */
export interface Surroundings {
  /** Who serves the zone. */
  readonly server: HostName
  /** All other zones. */
  readonly zones: readonly { origin: string; server: HostName; records: readonly ResourceRecord[] }[]
  readonly addressOf: (host: HostName) => Ipv4 | null
  readonly hostAt: (address: Ipv4) => HostName | null
}

type Sound = Entry & { readonly record: ResourceRecord }
type Tell = (key: FindingKey, entry?: Entry | null, field?: Field | null, what?: string) => void

const LONGEST_TTL = 7 * 24 * 3600
const REVERSE = 'in-addr.arpa'

/** For what cannot be put in force. */
export function zoneErrors(origin: string, entries: readonly Entry[]): Finding[] {
  const found: Finding[] = []
  const tell: Tell = (key, entry = null, field = null, what = '') =>
    found.push({ key, severe: true, entry, field, what })
  const sound = entries.filter((entry): entry is Sound => entry.record !== null)
  const soas = sound.filter(({ record }) => record.type === 'SOA')
  const own = soas.filter(({ record }) => record.name === origin)
  if (own.length === 0) tell('no-soa')
  for (const entry of own.slice(1)) tell('two-soas', entry, 'type')
  for (const entry of soas) if (entry.record.name !== origin) tell('soa-place', entry, 'name', entry.record.name)
  if (!sound.some(({ record }) => record.type === 'NS' && record.name === origin)) tell('no-ns')

  const named = byName(sound)
  for (const [name, here] of named) {
    const alias = here.find(({ record }) => record.type === 'CNAME')
    const other = here.find((entry) => entry !== alias && !same(entry.record, alias?.record))
    if (alias && other) tell('cname-beside', other.line > alias.line ? other : alias, 'name', name)
  }
  for (const entry of sound) {
    if (entry.record.type !== 'NS') continue
    const { server } = entry.record
    const there = named.get(server) ?? []
    if (there.some(({ record }) => record.type === 'CNAME')) tell('ns-cname', entry, 'server', server)
    else if (isWithin(server, origin) && !there.some(({ record }) => record.type === 'A')) {
      // Below another zone cut others know its address; below its own it must stand here, too (RFC 1034 4.2.1).
      if (isWithin(server, entry.record.name) || !isCut(named, origin, server))
        tell('ns-address', entry, 'server', server)
    }
  }
  return found
}

export function zoneWarnings(origin: string, entries: readonly Entry[], around: Surroundings): Finding[] {
  const found: Finding[] = []
  const tell: Tell = (key, entry = null, field = null, what = '') =>
    found.push({ key, severe: false, entry, field, what })
  const sound = entries.filter((entry): entry is Sound => entry.record !== null)
  const named = byName(sound)
  const elsewhere = (name: string) =>
    around.zones.find((zone) => isWithin(name, zone.origin) && zone.records.some((record) => record.name === name))
      ?.records ?? []
  const at = (name: string) => [
    ...(named.get(name)?.map(({ record }) => record) ?? []),
    ...elsewhere(name).filter((record) => record.name === name),
  ]
  for (const entry of sound) checkRecord(entry, origin, at, around, tell)
  checkSets(sound, named, tell)
  const servers = sound.flatMap(({ record }) => (record.type === 'NS' && record.name === origin ? [record.server] : []))
  const address = around.addressOf(around.server)
  const leads = (name: string) =>
    name === around.server || at(name).some((record) => record.type === 'A' && record.address === address)
  if (servers.length > 0 && !servers.some(leads)) tell('lame', null, null, around.server)
  checkDelegation(origin, around, tell)
  return found
}

function checkRecord(
  entry: Sound,
  origin: string,
  at: (name: string) => readonly ResourceRecord[],
  around: Surroundings,
  tell: Tell,
): void {
  const { record } = entry
  const isAlias = (name: string) => at(name).some(({ type }) => type === 'CNAME')
  if (forgotten(record.name, origin)) tell('dot', entry, 'name', record.name)
  for (const [field, name] of targets(record)) if (forgotten(name, origin)) tell('dot', entry, field, name)
  if (record.ttl > LONGEST_TTL) tell('ttl-long', entry, 'ttl', String(record.ttl))
  if ((record.type === 'A' || record.type === 'MX') && /(^|\.)[^.]*_/.test(record.name)) {
    tell('hostname', entry, 'name', record.name)
  }
  switch (record.type) {
    case 'A':
      if (around.hostAt(record.address) === null) tell('a-nobody', entry, 'address', record.address)
      return
    case 'MX': {
      const { exchange } = record
      if (exchange === '') return
      // An address where a name belongs is taken for a name of four labels.
      const number = exchange.endsWith(`.${origin}`) ? exchange.slice(0, -origin.length - 1) : exchange
      if (addressOctets(number) !== null) tell('mx-address', entry, 'exchange', number)
      else if (isAlias(exchange)) tell('mx-cname', entry, 'exchange', exchange)
      else if (!at(exchange).some(({ type }) => type === 'A') && !forgotten(exchange, origin))
        tell('mx-nowhere', entry, 'exchange', exchange)
      return
    }
    case 'SRV':
      if (!/^_[^.]+\._[^.]+(\.|$)/.test(record.name)) tell('srv-name', entry, 'name', record.name)
      if (isAlias(record.target)) tell('srv-cname', entry, 'target', record.target)
      return
    case 'PTR': {
      if (!isWithin(record.name, REVERSE)) return tell('ptr-name', entry, 'name', record.name)
      const address = record.name
        .slice(0, -REVERSE.length - 1)
        .split('.')
        .reverse()
        .join('.')
      if (addressOctets(address) === null) tell('ptr-name', entry, 'name', record.name)
      else if (!at(record.target).some((other) => other.type === 'A' && other.address === address))
        tell('ptr-forward', entry, 'target', record.target)
    }
  }
}

/** What concerns the records of one name together. */
function checkSets(sound: readonly Sound[], named: ReadonlyMap<string, Sound[]>, tell: Tell): void {
  const seen = new Set<string>()
  for (const entry of sound) {
    const { record } = entry
    const text = `${record.name} ${record.type} ${dataText(record)}`
    if (seen.has(text)) tell('twice', entry, 'line', record.name)
    seen.add(text)
    const first = named.get(record.name)!.find((other) => other.record.type === record.type)!
    if (first.record.ttl !== record.ttl) tell('ttls', entry, 'ttl', String(first.record.ttl))
  }
  for (const here of named.values()) {
    const exchanges = here.filter(({ record }) => record.type === 'MX')
    const none = exchanges.find(({ record }) => record.type === 'MX' && record.exchange === '')
    if (none && exchanges.length > 1) tell('mx-null', none, 'exchange')
    const policies = here.filter(({ record }) => record.type === 'TXT' && /^v=spf1( |$)/i.test(record.texts.join('')))
    for (const entry of policies.slice(1)) tell('spf', entry, 'texts', entry.record.name)
  }
}

/** Who serves the zone above, and asks itself first, must be told where this one is. */
function checkDelegation(origin: string, { zones, server }: Surroundings, tell: Tell): void {
  const above = zones
    .filter((zone) => zone.origin !== origin && isWithin(origin, zone.origin))
    .sort((one, other) => other.origin.length - one.origin.length)[0]
  if (!above || above.server === server) return
  if (!above.records.some((record) => record.type === 'NS' && record.name === origin))
    tell('delegation', null, null, above.origin)
}

/** A name that has the zone twice at its end, or a top level before it: its final dot was forgotten. */
function forgotten(name: string, origin: string): boolean {
  if (origin === '' || name === origin || !isWithin(name, origin) || isWithin(origin, REVERSE)) return false
  const before = name.slice(0, -origin.length - 1)
  const top = origin.slice(origin.lastIndexOf('.') + 1)
  return before.includes('.') && before.endsWith(`.${top}`)
}

/** Names that a record leads to. */
function targets(record: ResourceRecord): [Field, string][] {
  switch (record.type) {
    case 'NS':
      return [['server', record.server]]
    case 'CNAME':
    case 'PTR':
    case 'SRV':
      return [['target', record.target]]
    case 'MX':
      return [['exchange', record.exchange]]
    case 'SOA':
      return [['primary', record.primary]]
    default:
      return []
  }
}

/** Whether a name lies below a zone cut, where others know its address. */
function isCut(named: ReadonlyMap<string, Sound[]>, origin: string, name: string): boolean {
  for (let at = parentOf(name); at !== origin && at !== ''; at = parentOf(at))
    if (named.get(at)?.some(({ record }) => record.type === 'NS')) return true
  return false
}

function byName(sound: readonly Sound[]): Map<string, Sound[]> {
  const named = new Map<string, Sound[]>()
  for (const entry of sound) named.set(entry.record.name, [...(named.get(entry.record.name) ?? []), entry])
  return named
}

const same = (one: ResourceRecord, other: ResourceRecord | undefined) =>
  other !== undefined && one.type === other.type && dataText(one) === dataText(other)
