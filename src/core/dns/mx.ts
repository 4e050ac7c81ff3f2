/** Where the mail for a domain goes (RFC 5321 section 5.1, RFC 7505). */
import type { Machine } from '../machine.ts'
import type { Task } from '../task.ts'
import type { HostName } from '../terms.ts'
import { addressOctets } from './address.ts'
import { normalName } from './names.ts'
import type { Resolution } from './records.ts'

export interface MailHost {
  preference: number
  /** A name, or the bare address of a literal. */
  host: HostName
}

export type MailRoute =
  /** Lowest preference first. Equal ones stand in the server's order: who delivers shuffles them. */
  | { route: 'hosts'; how: 'mx' | 'address' | 'literal'; hosts: readonly MailHost[] }
  /** The domain says that it takes no mail. */
  | { route: 'null-mx' }
  | { route: 'none'; permanent: boolean; why: string }

export function* mailRoute(machine: Machine, domain: string): Task<MailRoute> {
  if (domain.startsWith('[')) return literalRoute(domain)
  const asked = yield* machine.resolve(domain, 'MX')
  if (asked.result === 'found') return routeByMx(asked)
  if (asked.result !== 'no-data') return noRoute(asked.result)
  // No MX: the host of that name itself takes the mail, if it has an address. An alias is gone through first.
  const name = endOf(asked) ?? normalName(domain) ?? domain
  const address = yield* machine.resolve(name, 'A')
  if (address.result !== 'found') return noRoute(address.result)
  return { route: 'hosts', how: 'address', hosts: [{ preference: 0, host: name }] }
}

/** `[192.0.2.1]` (RFC 5321 4.1.3): no look-up at all. */
function literalRoute(domain: string): MailRoute {
  const address = domain.slice(1, -1)
  if (!domain.endsWith(']') || addressOctets(address) === null) {
    return { route: 'none', permanent: true, why: 'not an IPv4 address literal' }
  }
  return { route: 'hosts', how: 'literal', hosts: [{ preference: 0, host: address }] }
}

function routeByMx({ records }: Resolution): MailRoute {
  const hosts: MailHost[] = []
  for (const record of records) {
    if (record.type === 'MX') hosts.push({ preference: record.preference, host: record.exchange })
  }
  // `.` alone is a null MX; among others it is a mistake, and no host (RFC 7505 section 3).
  const reachable = hosts.filter(({ host }) => host !== '')
  if (reachable.length === 0) return { route: 'null-mx' }
  return { route: 'hosts', how: 'mx', hosts: reachable.sort((a, b) => a.preference - b.preference) }
}

function endOf({ aliases }: Resolution): string | null {
  const last = aliases.at(-1)
  return last?.type === 'CNAME' ? last.target : null
}

/** A name that is not there stays away; a server that fails or is silent may be well again later. */
function noRoute(result: Exclude<Resolution['result'], 'found'>): MailRoute {
  switch (result) {
    case 'nxdomain':
      return { route: 'none', permanent: true, why: 'no such domain' }
    case 'no-data':
      return { route: 'none', permanent: true, why: 'the domain has neither a mail exchanger nor an address' }
    case 'servfail':
      return { route: 'none', permanent: false, why: 'the name server failed' }
    case 'refused':
      return { route: 'none', permanent: false, why: 'the name server refused to answer' }
    case 'timeout':
      return { route: 'none', permanent: false, why: 'no name server answered' }
  }
}
