/** The text of a zone is read, and put in force if a name server would load it; what came of it is a note for the trace. */
import { readMaster } from '../dns/masterfile.ts'
import { normalName } from '../dns/names.ts'
import { zoneErrors } from '../dns/zone-checks.ts'
import { recordText } from '../dns/zonefile.ts'
import type { HostName } from '../terms.ts'
import type { WorldNote } from '../trace/events.ts'
import type { Naming } from './naming.ts'

/** So many changes of a zone stand in the trace. */
const MOST_TOLD = 20

/** Null: nothing has changed. */
export function zoneChange(
  naming: Naming,
  origin: string,
  server: HostName,
  text: string | null,
): (WorldNote & { kind: 'zone' }) | null {
  // The root is nobody's to serve here: whoever had it would answer for everybody.
  if (origin === '' || normalName(origin) !== origin) return null
  const change = text === null ? naming.drop(origin) : put(naming, origin, server, text)
  if (!change) return null
  const changes = [
    ...change.gone.map((record) => `- ${recordText(record)}`),
    ...change.come.map((record) => `+ ${recordText(record)}`),
  ].filter((line) => !/^[-+] \S+ \d+ IN SOA /.test(line))
  return { kind: 'zone', origin, serial: change.serial, changes: changes.slice(0, MOST_TOLD), count: changes.length }
}

function put(naming: Naming, origin: string, server: HostName, text: string) {
  const entries = readMaster(text, origin)
  const records = entries.flatMap(({ record }) => (record === null ? [] : [record]))
  if (records.length < entries.length || zoneErrors(origin, entries).length > 0) return null
  // A record that stands there twice is one (RFC 2181 5).
  const once = new Map(records.map((record) => [recordText(record), record]))
  return naming.put(origin, server, [...once.values()])
}
