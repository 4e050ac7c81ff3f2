/**
 * A script puts a record into a zone, or takes it out, as a person does in the DNS pane:
 *
 *     zone rennes.example + @ MX 5 mx3
 *     zone rennes.example - @ MX 10 mx1
 *     zone moi.example on dns.rennes.example + @ MX 10 mx1.rennes.example.      a new zone, on that server
 */
import { masterText, readMaster } from '../dns/masterfile.ts'
import { zoneErrors } from '../dns/zone-checks.ts'
import { dataText, parseRecord } from '../dns/zonefile.ts'
import { newZoneText } from '../views/zone-draft.ts'
import type { Deed } from '../world/journal.ts'
import type { Sim } from '../world/sim.ts'

const FORM = /^zone ([a-z0-9.-]+)(?: on (\S+))? ([+-]) (.+)$/

export const isZoneStep = (text: string): boolean => text.startsWith('zone ')

/** What is wrong with it; null: it was done. */
export function zoneStep(sim: Sim, text: string): string | null {
  const deed = zoneDeed(sim, text)
  if (typeof deed === 'string') return deed
  sim.act(deed)
  sim.drain()
  return null
}

/** The act that such a line is; in words, what is wrong with it. */
export function zoneDeed(sim: Sim, text: string): (Deed & { act: 'zone' }) | string {
  const [, origin = '', on, sign, line = ''] = FORM.exec(text) ?? []
  if (sign === undefined) return 'a zone is changed by: zone ORIGIN [on HOST] + RECORD, or - RECORD'
  const known = sim.world.naming.zones.find(({ zone }) => zone.origin === origin)
  const server = on ?? known?.server
  if (server === undefined) return `there is no zone ${origin}, and nobody who shall serve it (on HOST)`
  const address = sim.file.hosts[server]?.address
  if (address === undefined) return `there is no host ${server}`
  const record = parseRecord(line, origin, 0)
  if ('error' in record) return record.error
  const before = known ? masterText(origin, known.zone.records) : newZoneText(origin, server, address, 1)
  const entries = readMaster(before, origin)
  const there = entries.find(
    (entry) =>
      entry.record?.name === record.name &&
      entry.record.type === record.type &&
      dataText(entry.record) === dataText(record),
  )
  if (sign === '-' && !there?.record) return `the zone ${origin} has no such record`
  const kept = entries.flatMap((entry) => (sign === '-' && entry === there ? [] : (entry.record ?? [])))
  const after = sign === '+' ? `${before}${line}\n` : masterText(origin, kept)
  const [error] = zoneErrors(origin, readMaster(after, origin))
  if (error) return `no server would load this zone: ${error.key}`
  return { act: 'zone', origin, server, text: after }
}
