/**
 * What has to agree across a world file: hosts, accounts and names that are mentioned exist, addresses are unique, mail
 * for an account ends where its mailbox is. All problems are told at once; parts may still be missing here.
 */
import { checkServices } from './check-services.ts'
import { checkZones } from './check-zones.ts'
import { faultHosts, parseFault } from './faults.ts'
import type { HostFile, WorldFile } from './schema.ts'
import type { Draft, Place, Problem } from './yaml.ts'

type World = Draft<WorldFile>
export function* checkWorld(world: World): Generator<Problem> {
  yield* checkHosts(world)
  yield* checkLinksAndFaults(world)
  yield* checkZones(world)
  yield* checkAccounts(world)
  yield* checkFacts(world)
}

const entries = <T>(block: { readonly [key: string]: T } | null | undefined) => Object.entries(block ?? {})
const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

function* known(world: World, name: string | null | undefined, place: Place): Generator<Problem> {
  if (typeof name === 'string' && !world.hosts?.[name])
    yield { place, message: `There is no host ${name} in this world.` }
}

function* checkHosts(world: World): Generator<Problem> {
  const seen = new Map<string, string>()
  for (const [name, host] of entries(world.hosts)) {
    const place = ['hosts', name]
    const other = seen.get(host?.address ?? '')
    if (other !== undefined) yield { place: [...place, 'address'], message: `${other} has this address already.` }
    if (host?.address !== undefined) seen.set(host.address, name)
    yield* known(world, host?.resolver, [...place, 'resolver'])
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
    yield* known(world, next, [...place, 'mail', 'transports', domain])
  yield* known(world, mail.smarthost, [...place, 'mail', 'smarthost'])
  for (const block of ['aliases', 'lists', 'forwards'] as const) {
    for (const address of Object.keys(mail[block] ?? {}))
      yield* final(host, address, [...place, 'mail', block, address])
  }
  for (const [at, address] of (mail.unverifiable ?? []).entries()) {
    yield* final(host, address ?? '', [...place, 'mail', 'unverifiable', at])
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

function* isAccount(world: World, address: string | null | undefined, place: Place): Generator<Problem> {
  if (typeof address !== 'string' || world.accounts?.some((account) => account?.address === address)) return
  yield { place, message: `There is no account ${address} in this world.` }
}

function* checkFacts(world: World): Generator<Problem> {
  const { facts } = world
  const blocks = (block: 'lists' | 'aliases') =>
    entries(world.hosts).flatMap(([, host]) => Object.keys(host?.mail?.[block] ?? {}))
  for (const fact of ['list', 'footerList'] as const) {
    const list = facts?.[fact]
    if (list !== undefined && !blocks('lists').includes(list))
      yield { place: ['facts', fact], message: `No host has a list ${list}.` }
  }
  const alias = facts?.alias?.address
  if (alias !== undefined && !blocks('aliases').includes(alias)) {
    yield { place: ['facts', 'alias', 'address'], message: `No host has an alias ${alias}.` }
  }
  yield* isAccount(world, facts?.alias?.account, ['facts', 'alias', 'account'])
  for (const fact of ['sevenbit', 'strips', 'quota', 'greylisted', 'vacation'] as const)
    yield* isAccount(world, facts?.[fact], ['facts', fact])
  yield* known(world, facts?.refusesPlain, ['facts', 'refusesPlain'])
  yield* checkReadingFacts(world)
  for (const fact of ['nullmx', 'down'] as const) {
    const domain = facts?.[fact]
    if (domain !== undefined && !world.zones?.[domain])
      yield { place: ['facts', fact], message: `There is no zone ${domain} in this world.` }
  }
}

function* checkReadingFacts({ facts, hosts, accounts }: World): Generator<Problem> {
  const { referral, remoteMailbox, ...greeting } = facts ?? {}
  const referrals = hosts?.[referral?.host ?? '']?.mail?.referrals ?? {}
  if (referral && !Object.hasOwn(referrals, referral.user ?? ''))
    yield { place: ['facts', 'referral'], message: `${referral.host} sends no ${referral.user} elsewhere.` }
  if (remoteMailbox !== undefined && !accounts?.some((account) => Object.hasOwn(account?.remote ?? {}, remoteMailbox)))
    yield { place: ['facts', 'remoteMailbox'], message: `No account has a mailbox ${remoteMailbox} elsewhere.` }
  for (const fact of ['preauth', 'bye'] as const) {
    const { host = '', service = '' } = greeting[fact] ?? {}
    const { imap, imaps, more } = hosts?.[host]?.services ?? {}
    const told = service === 'imap' ? imap : service === 'imaps' ? imaps : more?.[service]
    const says = told && 'greeting' in told ? told.greeting : undefined
    if (greeting[fact] && !(fact === 'bye' ? says === 'bye' : typeof says === 'object'))
      yield { place: ['facts', fact], message: `No service ${service} of ${host} greets so.` }
  }
}
