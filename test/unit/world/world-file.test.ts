import { expect, test } from 'vitest'
import { parseWorld } from '../../../src/core/world/parse.ts'

const head = `name: small
title: { en: Small, fr: Petit }
epoch: '2026-09-07T10:00:00+02:00'
`
const small = `${head}hosts:
  mail.ici.example:
    address: 192.0.2.1
    services: { smtp: {}, submission: {} }
    mail: { domains: [ici.example] }
zones:
  ici.example: { server: mail.ici.example, records: ['@ MX 10 mail', 'mail A 192.0.2.1'] }
accounts:
  - { address: Jean@ici.example, password: cerise, host: mail.ici.example, quota: 10 kB }
`

function world(text: string) {
  const read = parseWorld(text, 'w.yaml')
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1))
  return read.world
}

/** Errors as `line key: message`. */
function errors(text: string): string[] {
  const read = parseWorld(text, 'w.yaml')
  return 'errors' in read ? read.errors.map(({ line, key, message }) => `${line} ${key}: ${message}`) : []
}

test('what is left out has the value that schema.ts promises', () => {
  const { epoch, zone, seed, hosts, accounts, links, people, faults, facts } = world(small)
  expect({ epoch, zone, seed, links, people, faults, facts }).toEqual({
    epoch: Date.UTC(2026, 8, 7, 8),
    zone: '+0000',
    seed: 1,
    links: [],
    people: [],
    faults: [],
    facts: {},
  })
  const host = hosts['mail.ici.example']!
  expect(host).toMatchObject({
    organisation: null,
    roles: [],
    zone: null,
    clock: 0,
    delay: 10,
    resolver: null,
    down: false,
  })
  expect(host.services.smtp).toEqual({
    port: 25,
    dialect: 'lenient',
    capabilities: ['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'DSN', 'SMTPUTF8', 'CHUNKING', 'HELP'],
    texts: {},
    answers: {},
    reverse: false,
    local: {},
    auth: { mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'], weak: [], needsTls: false, accounts: null },
    limits: { size: 52_428_800, recipients: 100, errors: null, idle: 300_000 },
  })
  expect(host.services.submission).toMatchObject({
    port: 587,
    capabilities: expect.arrayContaining(['AUTH']) as unknown,
  })
  expect(host.mail).toMatchObject({
    transports: {},
    gateways: {},
    smarthost: null,
    relay: { networks: [], domains: [], all: false },
    sourceRoutes: 'strip',
    retry: { after: [60_000, 300_000, 900_000, 3_600_000, 14_400_000], expire: 432_000_000, notice: 14_400_000 },
    connections: 5,
    queue: { messages: 10_000, octets: 256_000_000 },
    waiting: {},
    collect: [],
    hops: 30,
    policy: { greylist: null, rate: null, bombing: null },
    touches: { disclaimer: null, eighthBit: 'convert' },
    store: { limit: 1_000_000_000 },
  })
  expect(accounts).toEqual([
    {
      address: 'Jean@ici.example',
      user: 'Jean',
      name: 'Jean',
      password: 'cerise',
      host: 'mail.ici.example',
      quota: 10_000,
      vacation: null,
      filter: null,
      transition: false,
      mail: [],
      mailboxes: {},
      remote: {},
    },
  ])
})

test('moments are read with their zone, over leap years', () => {
  const epoch = (text: string) => world(small.replace('2026-09-07T10:00:00+02:00', text)).epoch
  for (const text of [
    '1970-01-01T00:00:00Z',
    '1998-05-21T05:33:29-07:00',
    '2000-02-29T23:59:59Z',
    '2100-03-01T00:00:00Z',
    '2024-12-31T00:00:00+05:30',
  ])
    expect(epoch(text)).toBe(Date.parse(text))
  for (const text of ['2026-02-29T00:00:00Z', '2026-09-07', '2026-13-01T00:00:00Z', 'now'])
    expect(errors(small.replace('2026-09-07T10:00:00+02:00', text))).toEqual([
      `3 epoch: "${text}" is not a moment such as 2026-09-07T08:00:00Z.`,
    ])
})

test.each([
  ['address: 192.0.2.1', 'address: 8.8.8.8', 'hosts > mail.ici.example > address', 'nobody really has'],
  ['address: 192.0.2.1', 'address: 192.0.2.256', 'hosts > mail.ici.example > address', 'is not an IPv4 address'],
  [
    'services: { smtp: {}, s',
    'delay: 10\n    services: { smtp: {}, s',
    'hosts > mail.ici.example > delay',
    'must be text, not the number 10',
  ],
  [
    'smtp: {}',
    'smtp: { dialect: modern }',
    'hosts > mail.ici.example > services > smtp > dialect',
    '"lenient", not "modern"',
  ],
  [
    'smtp: {}',
    'smtp: { capabilities: [PIPE] }',
    'hosts > mail.ici.example > services > smtp > capabilities > item 1',
    'not "PIPE"',
  ],
  [
    'smtp: {}',
    'smtp: { texts: { RCPT.fine: ok } }',
    'hosts > mail.ici.example > services > smtp > texts > RCPT.fine',
    'No reply is called "RCPT.fine"',
  ],
  [
    'smtp: {}',
    'smtp: { texts: { RCPT.ok: déjà } }',
    'hosts > mail.ici.example > services > smtp > texts > RCPT.ok',
    'plain ASCII',
  ],
  [
    'smtp: {}',
    'smtp: { answers: { MAIL: never } }',
    'hosts > mail.ici.example > services > smtp > answers > MAIL',
    'MAIL has no outcome "never"',
  ],
  ['smtp: {}', 'smtp: { port: 587 }', 'hosts > mail.ici.example > services > submission', 'Port 587 is taken'],
  [
    'smtp: {}',
    'nntp: {}',
    'hosts > mail.ici.example > services > nntp',
    'is not known here. Known are: smtp, submission',
  ],
  [
    'domains: [ici',
    'smarthost: a.example, domains: [ici',
    'hosts > mail.ici.example > mail > smarthost',
    'no host a.example',
  ],
  [
    'domains: [ici',
    'aliases: { a@b.example: [c@d.example] }, domains: [ici',
    'hosts > mail.ici.example > mail > aliases > a@b.example',
    'does not end on this host',
  ],
  [
    'domains: [ici',
    'retry: { after: [] }, domains: [ici',
    'hosts > mail.ici.example > mail > retry > after',
    'At least one',
  ],
  [
    'domains: [ici.example]',
    'domains: [la.example]',
    'accounts > item 1 > address',
    'Mail for ici.example does not end on this host: its "mail: domains" are la.example',
  ],
  ['server: mail', 'server: dns', 'zones > ici.example > server', 'no host dns.ici.example'],
  ['10 mail', 'ten mail', 'zones > ici.example > records > item 1', 'is no record'],
  ['10 mail', '10 post', 'zones > ici.example > records > item 1', 'No zone here has the name post.ici.example'],
  ['quota: 10 kB', 'quota: much', 'accounts > item 1 > quota', 'such as 500 kB'],
  ['quota: 10 kB', 'quota: -1', 'accounts > item 1 > quota', 'not the number -1'],
  ['Jean@ici.example', 'Jean', 'accounts > item 1 > address', 'is not a mail address'],
])('%s, written as %s', (right, wrong, key, message) => {
  const found = errors(small.replace(right, wrong))
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(` ${key}: `)
  expect(found[0]).toContain(message)
})

test('what is mentioned exists, and what is unique stands once', () => {
  const text = `${small}  - { address: jean@ici.example, password: x, host: mail.ici.example }
people:
  - { name: Jean, host: pc.ici.example, account: paul@ici.example }
links:
  - { between: [mail.ici.example, mail.ici.example] }
  - { between: [mail.ici.example, b.example], loss: 2 }
faults:
  - { at: 1s, do: cut mail.ici.example }
  - { at: 1s, do: down b.example }
facts:
  list: a@ici.example
  quota: b@ici.example
  nullmx: c.example
  refusesPlain: d.example
`
  expect(errors(text)).toEqual([
    '13 accounts > item 2 > user: There is a user jean on mail.ici.example already.',
    '13 accounts > item 2 > address: Another account has the address jean@ici.example already.',
    '15 people > item 1 > host: There is no host pc.ici.example in this world.',
    '15 people > item 1 > account: There is no account paul@ici.example in this world.',
    '17 links > item 1 > between: A link joins two hosts, not one with itself.',
    '18 links > item 2 > between > item 2: There is no host b.example in this world.',
    '18 links > item 2 > loss: A chance lies between 0 (never) and 1 (always).',
    '20 faults > item 1 > do: "cut mail.ici.example" is no fault; there are: cut A--B, mend A--B, slow A--B 5s, loss A--B 0.2, down HOST, up HOST.',
    '21 faults > item 2 > do: There is no host b.example in this world.',
    '23 facts > list: No host has a list a@ici.example.',
    '24 facts > quota: There is no account b@ici.example in this world.',
    '25 facts > nullmx: There is no zone c.example in this world.',
    '26 facts > refusesPlain: There is no host d.example in this world.',
  ])
})

test('two hosts with one address, and a variant of a service that is not there', () => {
  const text = `${head}hosts:
  a.example: { address: 192.0.2.1 }
  b.example:
    address: 192.0.2.1
    variants: { old: { services: { smtp: { dialect: rfc821, colour: red } } } }
`
  expect(errors(text)).toEqual([
    '7 hosts > b.example > address: a.example has this address already.',
    '8 hosts > b.example > variants > old > services > smtp: b.example has no service smtp that could vary.',
    expect.stringMatching(
      /^8 hosts > b\.example > variants > old > services > smtp > colour: The key "colour" is not known/,
    ),
  ])
})

test('a host with a mail service, and one with an account, has a mail block', () => {
  expect(errors(small.replace('mail: { domains: [ici.example] }', 'down: true'))).toEqual([
    '7 hosts > mail.ici.example > services: A host with these services needs a mail block; "mail: {}" will do.',
    '12 accounts > item 1 > address: Mail for ici.example does not end on this host: its "mail: domains" are none.',
  ])
})

test('a list is not blamed for what is wrong with its items', () => {
  expect(errors(`${small}links: [{ between: [5, mail.ici.example] }, { between: [mail.ici.example] }]\n`)).toEqual([
    '13 links > item 1 > between > item 1: This must be text, not the number 5.',
    '13 links > item 2 > between: Two host names stand here: [a.example, b.example].',
  ])
})

test('the only delay is wrong: the list is not empty besides', () => {
  expect(errors(small.replace('domains: [ici', 'retry: { after: [soon] }, domains: [ici'))).toEqual([
    '8 hosts > mail.ici.example > mail > retry > after > item 1: "soon" is not a duration such as 10ms, 5s, 15m, 4h or 5d.',
  ])
})

test('the reverse zone is made, not written', () => {
  expect(
    errors(small.replace('zones:', "zones:\n  reverse: { server: mail.ici.example, records: ['1 PTR x.'] }"))[0],
  ).toContain('This zone is made from the addresses of the hosts')
})
