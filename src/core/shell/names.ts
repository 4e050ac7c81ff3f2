/** Host names in what people type, as a machine's own library resolves them: literals, `/etc/hosts`, then DNS. */
import { addressOctets } from '../dns/address.ts'
import { normalName } from '../dns/names.ts'
import type { ResourceRecord } from '../dns/records.ts'
import type { Task } from '../task.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import type { ShellHost } from './host.ts'

/** `why` is what getaddrinfo(3) says of it. */
export type Named = { ok: true; name: HostName; addresses: readonly Ipv4[] } | { ok: false; why: string }

export const isAddress = (text: string): boolean => addressOctets(text) !== null

export function* resolveHost(host: ShellHost, typed: string): Task<Named> {
  if (isAddress(typed)) return { ok: true, name: typed, addresses: [typed] }
  const fixed = fromHostsFile(host, typed.toLowerCase())
  if (fixed !== null) return { ok: true, name: typed, addresses: [fixed] }
  const name = normalName(typed)
  if (name === null || name === '') return { ok: false, why: 'Name or service not known' }
  const found = yield* host.machine.resolve(qualified(host, typed, name), 'A')
  const addresses = found.records.flatMap((record: ResourceRecord) => (record.type === 'A' ? [record.address] : []))
  if (addresses.length > 0) return { ok: true, name: found.records[0]!.name, addresses }
  const temporary = found.result === 'servfail' || found.result === 'timeout' || found.result === 'refused'
  if (temporary) return { ok: false, why: 'Temporary failure in name resolution' }
  const exists = found.result === 'no-data' || found.result === 'found'
  return { ok: false, why: exists ? 'No address associated with hostname' : 'Name or service not known' }
}

/** A name without a dot stands in the machine's own domain (`search` in `/etc/resolv.conf`). */
export function qualified(host: ShellHost, typed: string, name: string = typed): string {
  return typed.includes('.') || host.searchDomain === null ? name : `${name}.${host.searchDomain}`
}

function fromHostsFile(host: ShellHost, name: string): Ipv4 | null {
  for (const line of (host.readFile('/etc/hosts') ?? '').split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (address !== undefined && isAddress(address) && names.some((known) => known.toLowerCase() === name))
      return address
  }
  return null
}
