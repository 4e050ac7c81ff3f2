/** Which hosts a message may go to next, in the order in which they are tried (RFC 5321 5.1). */
import { asciiDomain } from '../dns/idna.ts'
import { mailRoute } from '../dns/mx.ts'
import type { Machine } from '../machine.ts'
import { isIpv4 } from '../smtp/grammar.ts'
import type { Path } from '../smtp/path.ts'
import type { Task } from '../task.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import type { Note } from '../trace/events.ts'
import { entryOf, type MailConfig } from './config.ts'
import type { Remote } from './queue.ts'
import type { MailSystem } from './system.ts'

export type How = (Note & { kind: 'routed' })['how']

/** Where a path points before anybody is asked: a domain to look up, or a host that the configuration names. */
export interface NextHop {
  domain: string
  how: 'look-up' | 'source-route' | 'transport' | 'smarthost'
  host: HostName | null
  port: number
  protocol: 'smtp' | 'lmtp'
}

export const SMTP_PORT = 25
const BY_SMTP = { port: SMTP_PORT, protocol: 'smtp' } as const

export interface NextHost {
  preference: number
  host: HostName
}

export interface Trouble {
  permanent: boolean
  /** RFC 3463, or the reply code of the host that said no. */
  code: string
  why: string
  /** The host that said so. */
  remote?: Remote
}

export type Routing = { how: How; hosts: readonly NextHost[]; trouble: Trouble | null }

export function nextHop(config: MailConfig, path: Path): NextHop {
  const domain = nextDomain(path)
  const transport = entryOf(config.transports, domain)
  if (transport !== undefined) return { domain, how: 'transport', ...transport }
  const waiting = entryOf(config.waiting, domain)
  if (waiting !== undefined) return { domain, how: 'transport', host: waiting.host, ...BY_SMTP }
  if (config.smarthost !== null) return { domain, how: 'smarthost', host: config.smarthost, ...BY_SMTP }
  return { domain, how: path.route.length > 0 ? 'source-route' : 'look-up', host: null, ...BY_SMTP }
}

/** The domain that a message for this path goes to next: the first of its source route, or its own. */
export const nextDomain = (path: Path) => asciiDomain(path.route[0] ?? path.domain)

export function* routing(system: MailSystem, hop: NextHop): Task<Routing> {
  if (hop.how === 'transport' || hop.how === 'smarthost') {
    return withoutOurselves(system, hop, hop.how, [{ preference: 0, host: hop.host! }])
  }
  const found = yield* mailRoute(system.machine, hop.domain)
  if (found.route === 'null-mx') {
    // RFC 7505 4.2.
    const trouble = { permanent: true, code: '5.1.10', why: `${hop.domain} takes no mail (its MX is null)` }
    return { how: 'null-mx', hosts: [], trouble }
  }
  const how = hop.how === 'source-route' ? hop.how : found.route === 'hosts' ? found.how : 'mx'
  if (found.route === 'none') {
    const { permanent, why } = found
    return { how, hosts: [], trouble: { permanent, code: permanent ? '5.1.2' : '4.4.3', why: `${hop.domain}: ${why}` } }
  }
  return withoutOurselves(system, hop, how, inOrder(system, found.hosts))
}

/** By preference; those of equal preference in an order of chance, so that they share the load. */
function inOrder({ chance }: MailSystem, hosts: readonly NextHost[]): NextHost[] {
  return chance.shuffle(hosts).sort((a, b) => a.preference - b.preference)
}

/** A host that is an exchanger itself passes mail on only to better ones; to others, it would come back. */
function withoutOurselves({ machine }: MailSystem, hop: NextHop, how: How, hosts: readonly NextHost[]): Routing {
  const own = hosts.find(({ host }) => isOurs(machine, host))
  const others = own ? hosts.filter(({ preference }) => preference < own.preference) : hosts
  return { how, hosts: others, trouble: others.length === 0 ? loopsBack(hop.domain) : null }
}

const isOurs = (machine: Machine, host: HostName) =>
  host.toLowerCase() === machine.host.toLowerCase() || bare(host) === machine.address

export const loopsBack = (domain: string): Trouble => ({
  permanent: true,
  code: '5.4.6',
  why: `mail for ${domain} loops back to myself`,
})

export type Located = { addresses: readonly Ipv4[] } | Trouble

/** The addresses of a host; a literal, with or without brackets, is its own. */
export function* addressesOf(machine: Machine, host: HostName): Task<Located> {
  if (isIpv4(bare(host))) return { addresses: [bare(host)] }
  const { result, records } = yield* machine.resolve(host, 'A')
  if (result === 'found')
    return { addresses: records.flatMap((record) => (record.type === 'A' ? [record.address] : [])) }
  const permanent = result === 'nxdomain' || result === 'no-data'
  if (permanent) return { permanent, code: '5.4.4', why: `host ${host} not found` }
  return { permanent, code: '4.4.3', why: `host ${host}: name server error (${result})` }
}

const bare = (host: HostName) => host.replace(/^\[(.*)\]$/, '$1')
