/** What a world file says of sending: LMTP, mail that waits, commands of one host, and what of it cannot be. */
import { expect, test } from 'vitest'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { smtpProfile } from '../../../src/core/world/profiles.ts'

const WORLD = `name: small
title: { en: Small, fr: Petit }
epoch: '2026-09-07T08:00:00Z'
hosts:
  mx.ici.example:
    address: 192.0.2.1
    services:
      smtp:
        capabilities: [SIZE, CHUNKING, BINARYMIME, ETRN, TURN]
        auth: { mechanisms: [PLAIN, CRAM-MD5], weak: [PLAIN] }
        local:
          XCLOCK: { status: 2.0.0, text: 'It is {date}' }
          XCLOSED: { syntax: 'XCLOSED [day]', code: '550', status: 5.7.1, text: Closed, legalIn: [connected, ready] }
    mail:
      transports: { ici.example: 'lmtp:store.ici.example', la.example: 'store.ici.example:2525' }
      gateways: { la.example: '/O=la/ADMD= /C=FR/' }
      waiting: { ile.example: { host: ile.example, networks: [192.0.2.3/32] } }
      retry: { notice: null }
      policy: { bombing: { messages: 20, per: 1m } }
    variants:
      calls: { mail: { collect: [{ from: ile.example, by: TURN }], waiting: { la.example: { host: ile.example } } } }
  store.ici.example:
    address: 192.0.2.2
    services: { lmtp: {} }
    mail: { domains: [ici.example, la.example] }
  ile.example:
    address: 192.0.2.3
    services: { smtp: {} }
    mail: { domains: [ile.example], collect: [{ from: mx.ici.example, by: ETRN, every: 2h }] }
zones:
  ici.example: { server: mx.ici.example, records: ['@ MX 10 mx', 'mx A 192.0.2.1', 'store A 192.0.2.2'] }
accounts:
  - { address: hugo@la.example, password: pomme, host: store.ici.example }
  - { address: jean@ici.example, password: cerise, host: store.ici.example, transition: true }
facts:
  lmtp: { host: store.ici.example, address: jean@ici.example }
  etrn: { host: mx.ici.example, domain: ile.example }
  xcommand: { host: mx.ici.example, verb: XCLOCK }
  gateway: { host: mx.ici.example, address: hugo@la.example }
  dsn: jean@ici.example
  transition: jean@ici.example
`

function read(text: string) {
  const result = parseWorld(text, 'world.yaml')
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.world
}
const errors = (text: string) => {
  const result = parseWorld(text, 'world.yaml')
  return 'errors' in result ? result.errors.map(({ key, message }) => `${key}: ${message}`) : []
}

const { hosts } = read(WORLD)
const mx = hosts['mx.ici.example']!

test('a transport names host, port and protocol', () => {
  expect(mx.mail!.transports).toEqual({
    'ici.example': { host: 'store.ici.example', protocol: 'lmtp', port: 24 },
    'la.example': { host: 'store.ici.example', protocol: 'smtp', port: 2525 },
  })
  expect(hosts['store.ici.example']!.services.lmtp).toMatchObject({
    port: 24,
    capabilities: ['PIPELINING', 'SIZE', '8BITMIME', 'ENHANCEDSTATUSCODES', 'DSN', 'SMTPUTF8', 'CHUNKING'],
  })
})

test('mail that waits, and who asks for it', () => {
  expect(mx.mail).toMatchObject({
    waiting: { 'ile.example': { host: 'ile.example', networks: ['192.0.2.3/32'] } },
    retry: { notice: null },
    policy: { bombing: { messages: 20, per: 60_000 } },
  })
  expect(hosts['ile.example']!.mail!.collect).toEqual([{ from: 'mx.ici.example', by: 'ETRN', every: 7_200_000 }])
  expect(mx.variants['calls']!.mail).toEqual({
    collect: [{ from: 'ile.example', by: 'TURN', every: 3_600_000 }],
    waiting: { 'la.example': { host: 'ile.example', networks: [] } },
  })
})

test('a profile has the role that its service is named for, and every command of its host with a syntax', () => {
  expect(smtpProfile('store.ici.example', 'lmtp', hosts['store.ici.example']!.services.lmtp!).role).toBe('lmtp')
  const { role, weak, local } = smtpProfile('mx.ici.example', 'smtp', mx.services.smtp!)
  expect({ role, weak }).toEqual({ role: 'mx', weak: ['PLAIN'] })
  const calm = ['ready', 'mail', 'recipients']
  expect(local).toEqual({
    XCLOCK: { syntax: 'XCLOCK', code: '250', status: '2.0.0', text: 'It is {date}', legalIn: calm },
    XCLOSED: { syntax: 'XCLOSED [day]', code: '550', status: '5.7.1', text: 'Closed', legalIn: ['connected', 'ready'] },
  })
})

const SMTP = 'hosts > mx.ici.example > services > smtp'
const MAIL = 'hosts > mx.ici.example > mail'

test.each([
  ['XCLOSED:', 'CLOSED:', `${SMTP} > local > CLOSED`, 'begins with X'],
  ["code: '550', status: 5.7.1", "code: '350'", `${SMTP} > local > XCLOSED > code`, 'A reply code like 250 or 550'],
  ["code: '550', status: 5.7.1", "code: '421'", `${SMTP} > local > XCLOSED > code`, 'XCLOSED only answers'],
  ['status: 2.0.0', 'status: 5.0.0', `${SMTP} > local > XCLOCK > status`, 'begins with 2'],
  ['CHUNKING, ', '', `${SMTP} > capabilities`, 'BINARYMIME needs CHUNKING'],
  ['[PLAIN, CRAM-MD5]', '[CRAM-MD5]', `${SMTP} > auth > weak`, 'Who finds PLAIN too weak must know it'],
  ["'lmtp:store.ici", "'lmtp:mx.ici", `${MAIL} > transports > ici.example`, 'mx.ici.example has no service lmtp'],
  ["lmtp:store.ici.example'", "lmtp:store.ici.example:25'", `${MAIL} > transports > ici.example`, 'on port 24'],
  ["'lmtp:store.ici", "'lmtp:post.ici", `${MAIL} > transports > ici.example`, 'no host post.ici.example'],
  ["'lmtp:store", "'uucp:store", `${MAIL} > transports > ici.example`, 'A host stands here'],
  ['host: ile.example, n', 'host: isle.example, n', `${MAIL} > waiting > ile.example > host`, 'no host isle.example'],
  ['mail:\n      t', 'mail:\n      domains: [ile.example]\n      t', `${MAIL} > waiting > ile.example`, 'cannot wait'],
  ['from: mx', 'from: my', 'hosts > ile.example > mail > collect > item 1 > from', 'no host my.ici.example'],
  ['by: ETRN', 'by: NNTP', 'hosts > ile.example > mail > collect > item 1 > by', 'not "NNTP"'],
  ['domain: ile.example }', 'domain: la.example }', 'facts > etrn', 'No mail for la.example waits at mx.ici.example'],
  ["'/O=la/ADMD= /C=FR/'", 'la', `${MAIL} > gateways > la.example`, 'the attributes of a place in X.400'],
  [
    "la.example: 'store",
    "li.example: 'store",
    `${MAIL} > gateways > la.example`,
    'No transport says which host has la.example',
  ],
  [
    'host: mx.ici.example, address',
    'host: ile.example, address',
    'facts > gateway',
    'translates nothing for hugo@la.example',
  ],
  ['verb: XCLOCK', 'verb: XTIME', 'facts > xcommand', 'mx.ici.example has no command XTIME'],
  ['lmtp: { host: store', 'lmtp: { host: mx', 'facts > lmtp > host', 'mx.ici.example has no service lmtp'],
  [', transition: true', '', 'facts > transition', 'is in its form already'],
  ['dsn: jean', 'dsn: paul', 'facts > dsn', 'no account paul@ici.example'],
])('%s, written as %s', (right, wrong, key, message) => {
  const text = WORLD.replace(right, wrong)
  expect(text).not.toBe(WORLD)
  const found = errors(text)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${key}: `)
  expect(found[0]).toContain(message)
})

test('after TURN the caller is the server: it must be one', () => {
  const text = WORLD.replace('by: ETRN', 'by: TURN').replace(
    '{ smtp: {} }\n    mail: { domains: [ile',
    '{}\n    mail: { domains: [ile',
  )
  expect(errors(text)).toEqual([
    'hosts > ile.example > mail > collect > item 1 > by: After TURN this host is the server: it needs a service smtp.',
  ])
})
