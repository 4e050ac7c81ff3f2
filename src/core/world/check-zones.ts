/** Zones of a world file: every record can be read, and an MX leads to a name that some zone has (RFC 5321 5.1). */
import type { ResourceRecord } from '../dns/records.ts'
import { parseRecord } from '../dns/zonefile.ts'
import type { WorldFile } from './schema.ts'
import type { Draft, Problem } from './yaml.ts'

export function* checkZones(world: Draft<WorldFile>): Generator<Problem> {
  const read: { record: ResourceRecord; place: (string | number)[] }[] = []
  for (const [origin, zone] of Object.entries(world.zones ?? {})) {
    const place = ['zones', origin]
    if (zone?.server !== undefined && !world.hosts?.[zone.server]) {
      yield { place: [...place, 'server'], message: `There is no host ${zone.server} in this world.` }
    }
    for (const [at, line] of (zone?.records ?? []).entries()) {
      const there = [...place, 'records', at]
      if (origin === 'reverse') {
        yield {
          place: there,
          message: 'This zone is made from the addresses of the hosts; a host may say "reverse: NAME".',
        }
        continue
      }
      const record = parseRecord(line ?? '', origin, zone?.ttl ?? 3600)
      if ('error' in record) yield { place: there, message: `"${line}" is no record: ${record.error}` }
      else read.push({ record, place: there })
    }
  }
  const names = new Set(read.map(({ record }) => record.name))
  for (const { record, place } of read) {
    // A lone dot: the domain takes no mail (RFC 7505).
    if (record.type !== 'MX' || record.exchange === '' || names.has(record.exchange)) continue
    yield { place, message: `No zone here has the name ${record.exchange} that this MX leads to.` }
  }
}
