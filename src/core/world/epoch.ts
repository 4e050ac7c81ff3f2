/** A host's idea of the time: its own zone, and a clock that may be wrong. */
import { parseZone, type Zone } from '../message/date.ts'
import type { HostName, Millis } from '../terms.ts'
import type { WorldFile } from './schema.ts'

export interface HostTime {
  zone: Zone
  /** How far its clock is ahead. */
  skew: Millis
  /** The world's epoch: milliseconds since 1970 UTC. */
  epoch: number
}

export function hostTime(file: WorldFile, host: HostName): HostTime {
  const zone = file.hosts[host]?.zone ?? file.zone
  return { zone: parseZone(zone) ?? { minutes: 0, name: null }, skew: file.hosts[host]?.clock ?? 0, epoch: file.epoch }
}
