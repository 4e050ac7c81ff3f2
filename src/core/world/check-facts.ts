/** What a world says of itself is so: each of its facts names something that is there. */
import { domainOf, entries, isAccount, known, type World } from './known.ts'
import type { Problem } from './yaml.ts'

const ACCOUNTS = [
  ...['sevenbit', 'strips', 'quota', 'greylisted', 'vacation', 'filter', 'dsn', 'chunking', 'binarymime', 'checkpoint'],
  ...['smtputf8', 'transition', 'bombing'],
] as const

export function* checkFacts(world: World): Generator<Problem> {
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
  for (const fact of ACCOUNTS) yield* isAccount(world, facts?.[fact], ['facts', fact])
  yield* checkServerFacts(world)
  yield* known(world, facts?.refusesPlain, ['facts', 'refusesPlain'])
  yield* checkReadingFacts(world)
  for (const fact of ['nullmx', 'down'] as const) {
    const domain = facts?.[fact]
    if (domain !== undefined && !world.zones?.[domain])
      yield { place: ['facts', fact], message: `There is no zone ${domain} in this world.` }
  }
}

function* checkServerFacts(world: World): Generator<Problem> {
  const { lmtp, etrn, gateway, xcommand, transition } = world.facts ?? {}
  if (transition !== undefined && world.accounts?.some((one) => one?.address === transition && !one.transition))
    yield { place: ['facts', 'transition'], message: `The password of ${transition} is in its form already.` }
  const filter = world.accounts?.find((one) => one?.address === world.facts?.filter)
  if (filter && !filter.filter) yield { place: ['facts', 'filter'], message: `${filter.address} has no filter.` }
  const hostOf = (fact: { host?: string | undefined } | undefined) => world.hosts?.[fact?.host ?? '']
  yield* isAccount(world, lmtp?.address, ['facts', 'lmtp', 'address'])
  if (lmtp && !hostOf(lmtp)?.services?.lmtp)
    yield { place: ['facts', 'lmtp', 'host'], message: `${lmtp.host} has no service lmtp.` }
  if (etrn && !Object.hasOwn(hostOf(etrn)?.mail?.waiting ?? {}, etrn.domain ?? ''))
    yield { place: ['facts', 'etrn'], message: `No mail for ${etrn.domain} waits at ${etrn.host}.` }
  yield* isAccount(world, gateway?.address, ['facts', 'gateway', 'address'])
  if (gateway && !Object.hasOwn(hostOf(gateway)?.mail?.gateways ?? {}, domainOf(gateway.address ?? '')))
    yield { place: ['facts', 'gateway'], message: `${gateway.host} translates nothing for ${gateway.address}.` }
  if (xcommand && !Object.hasOwn(hostOf(xcommand)?.services?.smtp?.local ?? {}, xcommand.verb ?? ''))
    yield { place: ['facts', 'xcommand'], message: `${xcommand.host} has no command ${xcommand.verb}.` }
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
