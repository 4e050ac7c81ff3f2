/** The worlds that come with the house: each is right, and what it says of itself is so. */
import { expect, test } from 'vitest'
import { readWorld, worldNames } from '../../../src/node/worlds.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { firstExchange } from '../../../src/core/world/exchange.ts'
import { withVariants } from '../../../src/core/world/variants.ts'
import { World } from '../../../src/core/world/world.ts'
import type { SmtpBackend } from '../../../src/core/smtp/backend.ts'

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1)

test('campus, rfc and courses are there', () => {
  expect(worldNames().sort()).toEqual(expect.arrayContaining(['campus', 'courses', 'rfc']))
})

test.each(worldNames())('%s reads, runs, and every domain with accounts has an exchanger', (name) => {
  const file = readWorld(name)
  expect(file.name).toBe(name)
  expect(JSON.parse(JSON.stringify(file))).toEqual(file)
  const world = new World(file, file.seed)
  for (const { address, host, password } of file.accounts) {
    expect(world.stores.get(host)?.accountAt(address)?.password).toBe(password)
    expect(firstExchange(file, domainOf(address))).not.toBeNull()
  }
  for (const [host, { variants }] of Object.entries(file.hosts))
    for (const variant of Object.keys(variants)) expect(withVariants(file, { [host]: variant })).toHaveProperty('world')
})

const campus = readWorld('campus')
const { facts, hosts, accounts } = campus
const accountAt = (address: string | undefined) => accounts.find((account) => account.address === address)!
const exchangeFor = (address: string | undefined) => hosts[firstExchange(campus, domainOf(address ?? ''))!]!

test('campus: the words for VRFY get the verdicts that the facts promise', () => {
  const exchange = firstExchange(campus, domainOf(accounts[0]!.address))
  const service = new World(campus, 1).services.find(({ host, service }) => host === exchange && service === 'smtp')!
  let backend: SmtpBackend | null = null
  service.answer((_engine, given) => (backend = given as unknown as SmtpBackend))
  const verdict = (word: string | undefined) => backend!.verify(word!).verdict
  expect(verdict(facts.ambiguous)).toBe('ambiguous')
  expect(verdict(facts.unverifiable)).toBe('unverifiable')
  expect(verdict(facts.forward251)).toBe('forward')
  expect(verdict(facts.moved551)).toBe('moved')
  expect(backend!.expand(facts.list!).verdict).toBe('list')
})

test('campus: its other facts are so', () => {
  const alias = hosts[accountAt(facts.alias!.account).host]!.mail!.aliases[facts.alias!.address]
  expect(alias).toEqual([facts.alias!.account])
  expect(campus.zones[facts.nullmx!]!.records).toContain('@ MX 0 .')
  expect(hosts[firstExchange(campus, facts.down!)!]!.down).toBe(true)
  expect(exchangeFor(facts.sevenbit).services.smtp!.capabilities).not.toContain('8BITMIME')
  expect(exchangeFor(facts.strips).mail!.touches.eighthBit).toBe('strip')
  expect(exchangeFor(facts.strips).services.smtp!.capabilities).not.toContain('8BITMIME')
  expect(exchangeFor(facts.footerList).mail!.lists[facts.footerList!]!.footer).toContain(facts.footerList)
  expect(accountAt(facts.quota).quota).toBeLessThan(100_000)
  expect(exchangeFor(facts.greylisted).mail!.policy.greylist).toBeGreaterThan(0)
  expect(hosts[facts.refusesPlain!]!.services.submission!.auth.needsTls).toBe(true)
})

test('campus: what else its facts promise of sending is so', () => {
  const offers = (address: string | undefined) => exchangeFor(address).services.smtp!.capabilities
  expect(offers(facts.dsn)).toContain('DSN')
  expect(offers(facts.chunking)).toContain('CHUNKING')
  expect(offers(facts.binarymime)).toContain('BINARYMIME')
  expect(offers(facts.smtputf8)).toContain('SMTPUTF8')
  expect(offers(facts.checkpoint)).toContain('CHECKPOINT')
  expect(offers(facts.sevenbit)).not.toContain('DSN')
  expect(exchangeFor(facts.bombing).mail!.policy.bombing).not.toBeNull()
  expect(accountAt(facts.transition).transition).toBe(true)
  const domainOf = (address: string) => address.split('@')[1]!
  expect(hosts[facts.gateway!.host]!.mail!.gateways).toHaveProperty([domainOf(facts.gateway!.address)])
  expect(firstExchange(campus, domainOf(facts.gateway!.address))).toBe(facts.gateway!.host)
  const { host, domain } = facts.etrn!
  expect(hosts[host]!.services.smtp!.capabilities).toContain('ETRN')
  expect(firstExchange(campus, domain)).toBe(host)
  const transports = Object.values(exchangeFor(facts.lmtp!.address).mail!.transports)
  expect(transports).toContainEqual({ host: facts.lmtp!.host, port: 24, protocol: 'lmtp' })
  expect(hosts[facts.lmtp!.host]!.services.smtp).toBeUndefined()
})

test.each(['SEND', 'SOML', 'SAML', 'TURN'] as const)(
  'campus offers no %s, and world rfc has a variant that does',
  (verb) => {
    const offering = (services: { smtp?: { capabilities?: readonly string[] | undefined } | undefined } | undefined) =>
      services?.smtp?.capabilities?.includes(verb) ?? false
    expect(Object.values(hosts).some(({ services }) => offering(services))).toBe(false)
    const { variants } = readWorld('rfc').hosts['foo.com']!
    expect(offering(variants['rfc821']!.services)).toBe(true)
  },
)

test('campus: nothing rings by itself: whoever waits for the next alarm comes to an end', () => {
  const { clock } = new World(campus, 1)
  clock.drain()
  expect(clock.next()).toBeNull()
})

test('campus: two organisations take a password without TLS, only the all-in-one host on port 25, one host is strict', () => {
  const having = (test: (host: (typeof hosts)[string]) => boolean | undefined) =>
    Object.keys(hosts).filter((name) => test(hosts[name]!))
  const takesPlain = having(({ services: { submission } }) => submission && !submission.auth.needsTls)
  expect(takesPlain.map((name) => hosts[name]!.organisation)).toEqual(['rennes.example', 'brest.example'])
  expect(having(({ services }) => services.smtp?.capabilities.includes('AUTH'))).toEqual(['mail.brest.example'])
  expect(having(({ services }) => services.smtp?.dialect === 'rfc5321')).toHaveLength(1)
  const { greylisted } = facts
  const impatient = having(({ services, mail }) => (services.smtp?.limits.errors ?? mail?.policy.rate ?? null) !== null)
  expect(impatient).toEqual([firstExchange(campus, domainOf(greylisted!))])
  for (const organisation of ['rennes.example', 'lyon.example', 'brest.example']) {
    const laptops = having((host) => host.organisation === organisation && host.roles.includes('laptop'))
    expect(laptops.length).toBeGreaterThanOrEqual(2)
    for (const laptop of laptops)
      expect(campus.people.some(({ host, account }) => host === laptop && account)).toBe(true)
  }
})

test('what MIME mail lies in the mailboxes from the beginning is sound', () => {
  const kinds = ['campus', 'courses'].flatMap((name) => {
    const world = new World(readWorld(name), 1)
    return [...world.stores.values()].flatMap((store) =>
      [...store.accounts.values()].flatMap(({ mailboxes }) =>
        mailboxes.get('INBOX')!.messages.flatMap(({ content }) => {
          const { root, problems } = parseMessage(content.octets)
          expect(problems).toEqual([])
          return root.contentType === null ? [] : [`${root.type}/${root.subtype}`]
        }),
      ),
    )
  })
  expect(kinds.sort()).toEqual([
    'multipart/alternative',
    'multipart/digest',
    'multipart/mixed',
    'multipart/mixed',
    'multipart/mixed',
    'text/plain',
    'text/plain',
  ])
})
