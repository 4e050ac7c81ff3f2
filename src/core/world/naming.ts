/** The DNS of a world: zones from the file, the reverse zone from the hosts' addresses, and who answers for what. */
import { emptyCache, type DnsCache } from '../dns/cache.ts'
import type { ResourceRecord, Zone } from '../dns/records.ts'
import { reverseName } from '../dns/address.ts'
import { nameServer } from '../dns/server.ts'
import { parseRecord } from '../dns/zonefile.ts'
import type { Network } from '../net/network.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import type { WorldFile } from './schema.ts'

const DOMAIN_PORT = 53
/** The world file calls it so: its PTR records are made here. */
const REVERSE = 'reverse'

/** Returns what each of them remembers. */
export function startNameServers(file: WorldFile, network: Network): ReadonlyMap<HostName, DnsCache> {
  const zones = worldZones(file)
  const authorities = authorityTable(zones, file)
  const caches = new Map<HostName, DnsCache>()
  for (const host of serversOf(file)) {
    const own = zones.filter(({ server }) => server === host).map(({ zone }) => zone)
    const start = () => {
      const cache = emptyCache()
      caches.set(host, cache)
      return nameServer({ zones: own, authorities, cache, machine: network.machine(host) })
    }
    let handler = start()
    network.bind(host, DOMAIN_PORT, (data, from, reply) => handler(data, from, reply))
    // What was remembered is lost with the machine.
    network.onUp(host, () => {
      handler = start()
    })
  }
  return caches
}

/** Each zone of the file, its records read, and who is its server. */
export function worldZones(file: WorldFile): { server: HostName; zone: Zone }[] {
  return Object.entries(file.zones).map(([origin, zone]) => ({
    server: zone.server,
    zone: {
      origin: origin === REVERSE ? 'in-addr.arpa' : origin,
      records:
        origin === REVERSE
          ? pointers(file, zone.ttl, zone.server)
          : zoneRecords(origin, zone.records, zone.ttl, zone.server),
      faults: zone.faults,
    } satisfies Zone,
  }))
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

function authorityTable(
  zones: readonly { server: HostName; zone: Zone }[],
  file: WorldFile,
): (name: string) => Ipv4 | null {
  const servers = new Map(zones.map(({ server, zone }) => [zone.origin, file.hosts[server]?.address ?? null]))
  return (name) => {
    for (let rest = name.toLowerCase(); ;) {
      const address = servers.get(rest)
      if (address !== undefined) return address
      const dot = rest.indexOf('.')
      if (dot < 0) return null
      rest = rest.slice(dot + 1)
    }
  }
}
