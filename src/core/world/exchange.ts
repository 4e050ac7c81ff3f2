/** The host that takes a domain's mail first, read from the world file: its lowest MX, or the host of that name. */
import { parseRecord } from '../dns/zonefile.ts'
import type { HostName } from '../terms.ts'
import type { WorldFile } from './schema.ts'

export function firstExchange(file: WorldFile, domain: string): HostName | null {
  let best: { preference: number; exchange: string } | null = null
  const zone = file.zones[domain]
  for (const line of zone?.records ?? []) {
    const record = parseRecord(line, domain, zone!.ttl)
    if ('error' in record || record.type !== 'MX' || record.name !== domain) continue
    if (best === null || record.preference < best.preference) best = record
  }
  return best?.exchange ?? (domain in file.hosts ? domain : null)
}
