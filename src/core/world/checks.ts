/**
 * What has to agree across a world file: hosts, accounts and names that are mentioned exist, addresses are unique, mail
 * for an account ends where its mailbox is. All problems are told at once; parts may still be missing here.
 */
import { checkFacts } from './check-facts.ts'
import { checkLimits } from './check-limits.ts'
import { checkServices } from './check-services.ts'
import { checkZones } from './check-zones.ts'
import { faultHosts, parseFault } from './faults.ts'
import { domainOf, entries, isAccount, known, type World } from './known.ts'
import type { HostFile } from './schema.ts'
import type { Draft, Place, Problem } from './yaml.ts'

export function* checkWorld(world: World): Generator<Problem> {
  yield* checkLimits(world)
  yield* checkHosts(world)
  yield* checkLinksAndFaults(world)
  yield* checkZones(world)
  yield* checkAccounts(world)
  yield* checkFacts(world)
}

function* checkHosts(world: World): Generator<Problem> {
  const seen = new Map<string, string>()
  for (const [name, host] of entries(world.hosts)) {
    const place = ['hosts', name]
    const other = seen.get(host?.address ?? '')
    if (other !== undefined) yield { place: [...place, 'address'], message: `${other} has this address already.` }
    if (host?.address !== undefined) seen.set(host.address, name)
    yield* known(world, host?.resolver, [...place, 'resolver'])
    yield* known(world, host?.webmail?.accounts, [...place, 'webmail', 'accounts'])
    yield* checkServices(world, name, host, place)
    yield* checkMail(world, host, place)
    for (const [variant, over] of entries(host?.variants))
      if (over?.mail && !host?.mail)
        yield {
          place: [...place, 'variants', variant, 'mail'],
          message: `${name} has no mail block that could vary.`,
        }
  }
}

function* checkMail(world: World, host: Draft<HostFile> | undefined, place: Place): Generator<Problem> {
  const mail = host?.mail
  if (!mail) return
  for (const [domain, next] of entries(mail.transports))
    yield* known(world, next?.host, [...place, 'mail', 'transports', domain])
  yield* known(world, mail.smarthost, [...place, 'mail', 'smarthost'])
  for (const [domain, next] of entries(mail.transports))
    if (next?.protocol === 'lmtp' && next.host !== undefined && world.hosts?.[next.host])
      yield* speaksLmtp(world.hosts[next.host], next.host, next.port, [...place, 'mail', 'transports', domain])
  for (const domain of Object.keys(mail.gateways ?? {}))
    if (!Object.hasOwn(mail.transports ?? {}, domain))
      yield { place: [...place, 'mail', 'gateways', domain], message: `No transport says which host has ${domain}.` }
  yield* checkWaiting(world, host, place)
  for (const block of ['aliases', 'lists', 'forwards'] as const) {
    for (const address of Object.keys(mail[block] ?? {}))
      yield* final(host, address, [...place, 'mail', block, address])
  }
  for (const [at, address] of (mail.unverifiable ?? []).entries()) {
    yield* final(host, address ?? '', [...place, 'mail', 'unverifiable', at])
  }
}

/** RFC 2033 5: LMTP has a port of its own, and what listens there answers for each recipient. */
function* speaksLmtp(
  host: Draft<HostFile> | undefined,
  name: string,
  port: number | undefined,
  place: Place,
): Generator<Problem> {
  const offered = host?.services?.lmtp
  if (offered === undefined) yield { place, message: `${name} has no service lmtp.` }
  else if (offered.port !== port) yield { place, message: `${name} speaks LMTP on port ${offered.port}.` }
}

/** Mail that waits here, and mail that waits elsewhere and is asked for. */
function* checkWaiting(world: World, host: Draft<HostFile> | undefined, place: Place): Generator<Problem> {
  const { mail } = host ?? {}
  for (const [domain, told] of entries(mail?.waiting)) {
    const at = [...place, 'mail', 'waiting', domain]
    yield* known(world, told?.host, [...at, 'host'])
    if (mail?.domains?.includes(domain)) yield { place: at, message: `Mail for ${domain} ends here, and cannot wait.` }
  }
  for (const [index, told] of (mail?.collect ?? []).entries()) {
    const at = [...place, 'mail', 'collect', index]
    yield* known(world, told?.from, [...at, 'from'])
    if (told?.by === 'TURN' && !host?.services?.smtp)
      yield { place: [...at, 'by'], message: 'After TURN this host is the server: it needs a service smtp.' }
  }
}

function* final(host: Draft<HostFile> | undefined, address: string, place: Place): Generator<Problem> {
  const domains = host?.mail?.domains ?? []
  const domain = domainOf(address)
  if (!address.includes('@') || domains.includes(domain)) return
  const list = domains.join(', ') || 'none'
  yield { place, message: `Mail for ${domain} does not end on this host: its "mail: domains" are ${list}.` }
}

function* checkLinksAndFaults(world: World): Generator<Problem> {
  const seen = new Set<string>()
  for (const [at, link] of (world.links ?? []).entries()) {
    const place = ['links', at, 'between']
    const [one, other] = link?.between ?? []
    yield* known(world, one, [...place, 0])
    yield* known(world, other, [...place, 1])
    if (one === undefined || other === undefined) continue
    const both = [one, other].sort().join('--')
    if (one === other) yield { place, message: 'A link joins two hosts, not one with itself.' }
    else if (seen.has(both)) yield { place, message: 'These two hosts have a link already.' }
    seen.add(both)
  }
  for (const [at, { do: text } = {}] of (world.faults ?? []).entries()) {
    if (text === undefined) continue
    const place = ['faults', at, 'do']
    const fault = parseFault(text)
    if ('error' in fault) yield { place, message: fault.error }
    else for (const host of faultHosts(fault)) yield* known(world, host, place)
  }
}

function* checkAccounts(world: World): Generator<Problem> {
  const addresses = new Set<string>()
  const users = new Set<string>()
  for (const [at, account] of (world.accounts ?? []).entries()) {
    const { address, user, host } = account ?? {}
    const place = ['accounts', at]
    if (address !== undefined && addresses.has(address.toLowerCase())) {
      yield { place: [...place, 'address'], message: `Another account has the address ${address} already.` }
    }
    addresses.add(address?.toLowerCase() ?? '')
    yield* known(world, host, [...place, 'host'])
    if (host === undefined || address === undefined) continue
    const login = `${user ?? address.slice(0, address.lastIndexOf('@'))} on ${host}`.toLowerCase()
    if (users.has(login)) yield { place: [...place, 'user'], message: `There is a user ${login} already.` }
    users.add(login)
    if (world.hosts?.[host]) yield* final(world.hosts[host], address, [...place, 'address'])
  }
  for (const [at, person] of (world.people ?? []).entries()) {
    yield* known(world, person?.host, ['people', at, 'host'])
    yield* isAccount(world, person?.account, ['people', at, 'account'])
  }
}
