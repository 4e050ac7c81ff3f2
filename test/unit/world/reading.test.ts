/** What a world file says of POP3 and IMAP: its services, what lies in mailboxes, what lies elsewhere. */
import { describe, expect, test } from 'vitest'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { servicesOf } from '../../../src/core/world/named-services.ts'
import { World } from '../../../src/core/world/world.ts'

const WORLD = `
name: lecture
title: { en: Reading, fr: Lecture }
epoch: '2026-09-07T08:00:00Z'
hosts:
  mail.ici.example:
    address: 192.0.2.1
    services:
      pop3: {}
      imap: {}
      imaps: {}
      more:
        preauth: { protocol: imap, port: 1143, greeting: { preauth: jean } }
        pop3-slow: { protocol: pop3, port: 1110, loginDelay: 15m, expire: 7 }
    mail:
      domains: [ici.example]
      store: { uidValidity: 4711 }
      referrals: { paul: { password: prune, url: 'imap://paul@la.example/' } }
      shared: { Annonces: { acl: { anyone: lr }, mail: [{ from: a@ici.example, subject: all, text: all }] } }
    variants:
      tls: { services: { imap: { auth: { needsTls: true } }, more: { pop3-slow: { protocol: pop3, apop: false } } } }
accounts:
  - address: jean@ici.example
    password: cerise
    host: mail.ici.example
    mail:
      - { from: a@ici.example, subject: old, text: old, octets: 1000, flags: [\\Seen, devoir], old: true, times: 3 }
      - { message: "Subject: new\\n\\nnew\\n", received: '2026-09-01T12:00:00+02:00' }
    mailboxes: { Travail/2026: ["Subject: work\\n\\nwork\\n"] }
    remote: { Ailleurs: 'imap://la.example/Ailleurs' }
facts:
  referral: { host: mail.ici.example, user: paul }
  remoteMailbox: Ailleurs
  preauth: { host: mail.ici.example, service: preauth }
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

describe('services', () => {
  const { services, variants } = read(WORLD).hosts['mail.ici.example']!

  test('have what schema.ts promises where nothing is said', () => {
    expect(services.pop3).toMatchObject({
      port: 110,
      dialect: 'lenient',
      apop: true,
      tellsUsers: false,
      loginDelay: 0,
      expire: 'never',
      perUser: false,
      auth: { mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'], needsTls: false, accounts: null },
      limits: { line: 255, errors: null, idle: 600_000 },
    })
    expect(services.imap).toMatchObject({
      port: 143,
      greeting: 'ok',
      startTls: true,
      limits: { line: 65_536, append: 52_428_800, errors: null, idle: 1_800_000 },
    })
    expect(services.imaps!.port).toBe(993)
  })

  test('are all of a host, with what their names say', () => {
    expect(servicesOf(services).map(({ name, protocol, secure }) => [name, protocol, secure])).toEqual([
      ['pop3', 'pop3', false],
      ['imap', 'imap', false],
      ['imaps', 'imap', true],
      ['preauth', 'imap', false],
      ['pop3-slow', 'pop3', false],
    ])
    expect(services.more['pop3-slow']).toMatchObject({ loginDelay: 900_000, expire: 7 })
  })

  test('vary', () => {
    expect(variants['tls']!.services).toEqual({
      imap: { auth: { needsTls: true } },
      more: { 'pop3-slow': { protocol: 'pop3', apop: false } },
    })
  })
})

test.each([
  ['port: 1143', 'port: 143', 'more > preauth', 'Port 143 is taken by imap already.'],
  ['port: 1143, ', '', 'preauth > port', ''],
  ['preauth: jean', 'preauth: luc', 'greeting > preauth', 'There is no account luc'],
  ['      imap: {}', '      imap: { texts: { RCPT.ok: x } }', 'texts > RCPT.ok', 'No reply is called "RCPT.ok"'],
  ['      imap: {}', '      imap: { answers: { FETCH: never } }', 'answers > FETCH', 'FETCH has no outcome "never"'],
  [
    '      imap: {}',
    '      imap: { answers: { SELECT: readWrite } }',
    'answers > SELECT',
    'SELECT cannot always answer',
  ],
  ['      imap: {}', '      imap: { answers: { RETR: ok } }', 'answers > RETR', 'There is no command RETR.'],
  ['{ imap: { auth', '{ submission: { auth', 'services > submission', 'has no service submission that could vary'],
  ['\\Seen', '\\Sean', 'flags > item 1', 'is not a flag such as'],
  ['anyone: lr', 'anyone: lz', 'acl > anyone', 'letters of lrswipkxtea'],
  ['Travail/2026:', 'Travail//2026:', 'Travail//2026', 'is not the name of a mailbox'],
  [
    "remote: { Ailleurs: 'imap:",
    "remote: { Ailleurs: 'http:",
    'remote > Ailleurs',
    'is not an address such as imap://',
  ],
  ['user: paul', 'user: jean', 'facts > referral', 'sends no jean elsewhere'],
  ['remoteMailbox: Ailleurs', 'remoteMailbox: Nulle', 'facts > remoteMailbox', 'No account has a mailbox Nulle'],
  ['service: preauth', 'service: imap', 'facts > preauth', 'No service imap of mail.ici.example greets so.'],
])('%s, written as %s', (right, wrong, key, message) => {
  expect(WORLD).toContain(right)
  const found = errors(WORLD.replace(right, wrong))
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(key)
  expect(found[0]).toContain(message)
})

describe('mailboxes when the world begins', () => {
  const store = new World(read(WORLD), 1).stores.get('mail.ici.example')!
  const { mailboxes } = store.account('jean')!
  const inbox = mailboxes.get('INBOX')!

  test('hold what the file says, with flags, dates and sizes', () => {
    expect(inbox.messages.map(({ content, flags }) => [content.size, flags])).toEqual([
      ...Array.from({ length: 3 }, () => [1000, ['\\Seen', 'devoir']]),
      [21, []],
    ])
    expect(inbox.messages[3]!.internalDate).toBe(Date.parse('2026-09-01T10:00:00Z'))
    expect(mailboxes.get('Travail/2026')!.messages).toHaveLength(1)
    expect(inbox.uidValidity).toBe(4711)
  })

  test('those of old are not recent', () => {
    expect(inbox.recentUids(false)).toEqual([4])
  })

  test('others lie elsewhere, or are shared', () => {
    expect(store.referral('paul')).toEqual({ password: 'prune', url: 'imap://paul@la.example/' })
    expect(store.shared.get('Annonces')!.messages).toHaveLength(1)
  })
})
