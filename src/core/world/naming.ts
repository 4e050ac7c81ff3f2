/**
 * The DNS of a world: zones from the file, the reverse zone from the hosts' addresses, who answers for what; and zones
 * that people put in force while the world runs.
 */
import { emptyCache, type DnsCache } from '../dns/cache.ts'
import type { ResourceRecord, Zone } from '../dns/records.ts'
import { reverseName } from '../dns/address.ts'
import { parentOf } from '../dns/names.ts'
import { nameServer } from '../dns/server.ts'
import { parseRecord, recordText } from '../dns/zonefile.ts'
import type { Network } from '../net/network.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import type { WorldFile } from './schema.ts'

const DOMAIN_PORT = 53
/** The world file calls it so: its PTR records are made here. */
const REVERSE = 'reverse'

/** A zone, and the host that has it. */
export interface ServedZone {
  readonly server: HostName
  readonly zone: Zone
}

/** What a zone said before and says now. */
export interface ZoneChange {
  /** Null: it is not served any more. */
  readonly serial: number | null
  /** Records that went, and that came. */
  readonly gone: readonly ResourceRecord[]
  readonly come: readonly ResourceRecord[]
}

export class Naming {
  /** What each name server remembers. */
  readonly caches = new Map<HostName, DnsCache>()
  private readonly served: Map<string, ServedZone>
  /** The zones of each server: it holds the list, and looks into it at each question. */
  private readonly own = new Map<HostName, Zone[]>()
  private readonly network: Network

  constructor(file: WorldFile, network: Network) {
    this.network = network
    this.served = new Map(worldZones(file).map((served) => [served.zone.origin, served]))
    for (const host of serversOf(file)) this.start(host)
  }

  /** In the order of the world's file, later ones behind. */
  get zones(): readonly ServedZone[] {
    return [...this.served.values()]
  }

  /** The longest zone around a name. */
  zoneOf(name: string): ServedZone | null {
    for (let rest = name.toLowerCase(); ; rest = parentOf(rest)) {
      const found = this.served.get(rest)
      if (found || rest === '') return found ?? null
    }
  }

  /**
   * Puts a zone in force. Its serial is raised where whoever wrote it did not (RFC 1912 2.2). Null: nothing has changed.
   * What others remember of it they go on remembering.
   */
  put(origin: string, server: HostName, records: readonly ResourceRecord[]): ZoneChange | null {
    const before = this.served.get(origin)
    const old = before?.zone.records ?? []
    const [gone, come] = [without(old, records), without(records, old)]
    if (gone.length === 0 && come.length === 0 && before?.server === server) return null
    const serial = raised(serialOf(old), serialOf(records) ?? 1)
    const faults = before?.zone.faults
    const zone: Zone = {
      origin,
      records: records.map((record) => withSerial(record, serial)),
      ...(faults && { faults }),
    }
    this.remove(origin)
    this.served.set(origin, { server, zone })
    this.start(server)
    this.own.get(server)!.push(zone)
    return { serial, gone: without(old, zone.records), come: without(zone.records, old) }
  }

  /** Its place in the list is kept for whoever puts it back. */
  drop(origin: string): ZoneChange | null {
    const before = this.served.get(origin)
    if (!before) return null
    this.remove(origin)
    this.served.delete(origin)
    return { serial: null, gone: before.zone.records, come: [] }
  }

  private remove(origin: string): void {
    for (const list of this.own.values()) {
      const at = list.findIndex((zone) => zone.origin === origin)
      if (at >= 0) list.splice(at, 1)
    }
  }

  private start(host: HostName): void {
    if (this.own.has(host)) return
    const zones = [...this.served.values()].filter(({ server }) => server === host).map(({ zone }) => zone)
    this.own.set(host, zones)
    const { network } = this
    const authorities = (name: string): Ipv4 | null => {
      const found = this.zoneOf(name)
      return found ? network.machine(found.server).address : null
    }
    const anew = () => {
      const cache = emptyCache()
      this.caches.set(host, cache)
      return nameServer({ zones, authorities, cache, machine: network.machine(host) })
    }
    let handler = anew()
    network.bind(host, DOMAIN_PORT, (data, from, reply) => handler(data, from, reply))
    // What was remembered is lost with the machine.
    network.onUp(host, () => {
      handler = anew()
    })
  }
}

const without = (records: readonly ResourceRecord[], others: readonly ResourceRecord[]) => {
  const texts = new Set(others.map(recordText))
  return records.filter((record) => !texts.has(recordText(record)))
}

function serialOf(records: readonly ResourceRecord[]): number | null {
  const soa = records.find((record) => record.type === 'SOA')
  return soa?.type === 'SOA' ? soa.serial : null
}

const withSerial = (record: ResourceRecord, serial: number): ResourceRecord =>
  record.type === 'SOA' ? { ...record, serial } : record

/** The serial that was written, if it is after the one before in the circle of RFC 1982 3.2; else the next one. */
export function raised(before: number | null, written: number): number {
  if (before === null) return written
  const ahead = (written - before) >>> 0
  return ahead > 0 && ahead < 2 ** 31 ? written : (before + 1) >>> 0
}

/** Each zone of the file, and who is its server. */
export function worldZones(file: WorldFile): ServedZone[] {
  return Object.entries(file.zones).map(([origin, zone]) => ({ server: zone.server, zone: new FileZone(file, origin) }))
}

/** Most zones of a world nobody asks about: each is read when somebody does. Its lines were checked with the file. */
class FileZone implements Zone {
  readonly origin: string
  readonly faults: NonNullable<Zone['faults']>
  private readonly file: WorldFile
  private readonly name: string
  private read: readonly ResourceRecord[] | null = null

  constructor(file: WorldFile, name: string) {
    this.file = file
    this.name = name
    this.origin = name === REVERSE ? 'in-addr.arpa' : name
    this.faults = file.zones[name]!.faults
  }

  get records(): readonly ResourceRecord[] {
    return (this.read ??= this.lines())
  }

  private lines(): readonly ResourceRecord[] {
    const { records, ttl, server } = this.file.zones[this.name]!
    return this.name === REVERSE ? pointers(this.file, ttl, server) : zoneRecords(this.origin, records, ttl, server)
  }
}

/** Whoever is named as a resolver, or as the server of a zone. */
function serversOf(file: WorldFile): ReadonlySet<HostName> {
  const servers = new Set(Object.values(file.zones).map(({ server }) => server))
  for (const { resolver } of Object.values(file.hosts)) if (resolver !== null) servers.add(resolver)
  return servers
}

/** A zone has a SOA and an NS record whether or not somebody wrote them (RFC 1035 5.2). */
function zoneRecords(origin: string, lines: readonly string[], ttl: number, server: HostName): ResourceRecord[] {
  const records: ResourceRecord[] = []
  for (const line of lines) {
    const record = parseRecord(line, origin, ttl)
    if ('error' in record) throw new Error(`zone ${origin}: ${line}: ${record.error}`)
    records.push(record)
  }
  const has = (type: string) => records.some((record) => record.type === type && record.name === origin)
  if (!has('NS')) records.unshift({ name: origin, ttl, type: 'NS', server })
  if (!has('SOA')) records.unshift(soa(origin, ttl, server))
  return records
}

function soa(name: string, ttl: number, primary: HostName): ResourceRecord {
  return {
    name,
    ttl,
    type: 'SOA',
    primary,
    mailbox: `hostmaster.${name}`,
    serial: 1,
    refresh: 7200,
    retry: 900,
    expire: 1_209_600,
    minimum: 300,
  }
}

function pointers(file: WorldFile, ttl: number, server: HostName): ResourceRecord[] {
  const records: ResourceRecord[] = [
    soa('in-addr.arpa', ttl, server),
    { name: 'in-addr.arpa', ttl, type: 'NS', server },
  ]
  for (const [name, { address, reverse }] of Object.entries(file.hosts)) {
    if (reverse !== null) records.push({ name: reverseName(address), ttl, type: 'PTR', target: reverse ?? name })
  }
  return records
}
