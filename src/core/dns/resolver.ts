/**
 * The stub resolver: what is on every host, and asks the name server that the host is set up to use (RFC 1034 5.3.1).
 * It keeps nothing and follows nothing: the name server does that for it.
 */
import type { Machine } from '../machine.ts'
import type { Task } from '../task.ts'
import type { Ipv4 } from '../terms.ts'
import { normalName } from './names.ts'
import { query, resolutionOf } from './query.ts'
import type { RecordType, Resolution } from './records.ts'
import { INTERNET } from './wire.ts'
import { recordText } from './zonefile.ts'

const PATIENCE = 5000

export function* stubResolve(machine: Machine, server: Ipv4 | null, name: string, type: RecordType): Task<Resolution> {
  const normal = normalName(name)
  const lookup = machine.note({ kind: 'lookup', name: normal ?? name, type, server })
  let found: Resolution
  // What is no name cannot be asked for, and exists nowhere.
  if (normal === null) found = { result: 'nxdomain', records: [], aliases: [], cached: false }
  else {
    const question = { name: normal, type, class: INTERNET }
    const options = { lookup, recursionDesired: true, patience: PATIENCE }
    found = resolutionOf(server === null ? null : yield* query(machine, server, question, options), question)
  }
  const answers = [...found.aliases, ...found.records].map(recordText)
  machine.note({ kind: 'looked-up', name: normal ?? name, type, result: found.result, answers, cached: false })
  return found
}
