import { describe, expect, test } from 'vitest'
import { networkTest } from '../../../src/core/mta/networks.ts'
import { logLine, MailLog } from '../../../src/core/mta/log.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'
import { Bench, fails, MINUTE, says, send } from './bench.ts'

const HOST = ['foo.com', '192.0.2.10'] as const
const { backend } = new Bench().mta(
  ...HOST,
  {
    domains: ['foo.com'],
    relay: { networks: [], domains: ['behind.example'], all: false },
    aliases: { 'info@foo.com': ['jsmith@foo.com', 'x@far.example'], '"front desk"@foo.com': ['jsmith@foo.com'] },
    lists: {
      'example-list@foo.com': {
        name: 'Example People',
        owner: 'crispin@foo.com',
        members: ['jsmith@foo.com', 'sam@bar.com'],
      },
    },
    forwards: {
      'jones@foo.com': { to: 'Jones@xyz.com', reply: 251 },
      'gone@foo.com': { to: 'gone@xyz.com', reply: 551 },
    },
    unverifiable: ['shy@foo.com'],
  },
  [
    { user: 'jsmith', address: 'jsmith@foo.com', name: 'John Smith' },
    { user: 'hsmith', address: 'hsmith@foo.com', name: 'Harry Smith' },
    { user: 'crispin', address: 'Admin.MRC@foo.com', name: 'Mark Crispin' },
    { user: 'shy', address: 'shy@foo.com', name: 'Shy Person' },
    { user: 'office', address: '"the office"@foo.com', name: 'Office' },
  ],
)
const MARK = { verdict: 'user', name: 'Mark Crispin', address: 'Admin.MRC@foo.com' }
const JOHN = { name: 'John Smith', address: 'jsmith@foo.com' }
const HARRY = { name: 'Harry Smith', address: 'hsmith@foo.com' }

describe('VRFY', () => {
  test.each([
    ['Crispin', MARK],
    ['Mark Crispin', MARK],
    ['admin.mrc', MARK],
    ['<ADMIN.MRC@FOO.COM>', MARK],
    ['jsmith', { verdict: 'user', ...JOHN }],
    ['smith', { verdict: 'ambiguous', candidates: [JOHN, HARRY] }],
    ['harry smith', { verdict: 'user', ...HARRY }],
    ['shy', { verdict: 'unverifiable' }],
    ['Shy Person', { verdict: 'unverifiable' }],
    ['jones', { verdict: 'forward', name: '', address: 'Jones@xyz.com' }],
    ['gone@foo.com', { verdict: 'moved', name: '', address: 'gone@xyz.com' }],
    ['example-list', { verdict: 'user', name: 'Example People', address: 'example-list@foo.com' }],
    ['info', { verdict: 'user', name: '', address: 'info@foo.com' }],
    ['anybody@behind.example', { verdict: 'unverifiable' }],
    ['anybody@far.example', { verdict: 'unknown' }],
    ['nobody', { verdict: 'unknown' }],
    ['smith@foo.com', { verdict: 'unknown' }],
    ['', { verdict: 'unknown' }],
    ['@', { verdict: 'unknown' }],
    ['postmaster', { verdict: 'user', ...JOHN }],
    // RFC 5321 4.1.2: quotes are a way of writing, for the world file as for the client.
    ['<"the office"@foo.com>', { verdict: 'user', name: 'Office', address: '"the office"@foo.com' }],
    ['<"The\\ Office"@foo.com>', { verdict: 'user', name: 'Office', address: '"the office"@foo.com' }],
    ['"front desk"@foo.com', { verdict: 'user', name: '', address: '"front desk"@foo.com' }],
    ['<"jsmith"@foo.com>', { verdict: 'user', ...JOHN }],
  ])('%s', (word, expected) => expect(backend.verify(word)).toEqual(expected))
})

describe('EXPN', () => {
  const sam = { name: '', address: 'sam@bar.com' }
  test.each([
    ['example-list', { verdict: 'list', members: [JOHN, sam] }],
    ['Example People', { verdict: 'list', members: [JOHN, sam] }],
    ['<example-list@foo.com>', { verdict: 'list', members: [JOHN, sam] }],
    ['info', { verdict: 'list', members: [JOHN, { name: '', address: 'x@far.example' }] }],
    ['example-list-owner', { verdict: 'list', members: [{ name: '', address: 'crispin@foo.com' }] }],
    ['crispin', MARK],
    ['shy', { verdict: 'unverifiable' }],
    ['nobody', { verdict: 'unknown' }],
  ])('%s', (word, expected) => expect(backend.expand(word)).toEqual(expected))
})

test('networks are read by their prefix', () => {
  const own = networkTest(['192.0.2.0/24', '198.51.100.128/25', '203.0.113.9'])
  const inside = ['192.0.2.0', '192.0.2.255', '198.51.100.128', '203.0.113.9']
  const outside = ['192.0.3.0', '198.51.100.127', '203.0.113.8', '0.0.0.0']
  expect(inside.map(own)).toEqual([true, true, true, true])
  expect(outside.map(own)).toEqual([false, false, false, false])
  expect(networkTest(['0.0.0.0/0'])('203.0.113.1')).toBe(true)
  expect(networkTest([])('203.0.113.1')).toBe(false)
})

describe('the mail log', () => {
  const event = (note: Note, host = 'foo.com') =>
    ({ ...note, seq: 0, at: 0, host, cause: null, span: null }) as TraceEvent

  test('tells in lines what became of a message', () => {
    const bench = new Bench()
    const { backend: foo } = bench.mta(...HOST, { domains: ['foo.com'] }, [{ user: 'smith', address: 'smith@foo.com' }])
    bench.names('bar.com MX 10 mx.bar.com', 'mx.bar.com A 203.0.113.1')
    bench.server('203.0.113.1', fails('greeting', '421'))
    send(foo, 'x@bar.com', ['smith@foo.com', 'y@bar.com'])
    bench.drain()
    bench.server('203.0.113.1', says('550', 'no \x1b[2J'))
    bench.runUntil(2 * MINUTE)
    const lines = bench.trace.map(logLine).filter((line) => line !== null)
    const id = bench.notes('accepted')[0]!.id
    expect(lines.slice(0, 2)).toEqual([
      `facteur/qmgr: ${id}: from=<x@bar.com>, size=${bench.notes('accepted')[0]!.octets}, nrcpt=2 (queue active)`,
      `facteur/local: ${id}: to=<smith@foo.com>, relay=local, status=sent (delivered to mailbox)`,
    ])
    expect(lines).toContain(
      `facteur/smtp: ${id}: to=<y@bar.com>, status=deferred (host mx.bar.com[203.0.113.1] said: 421 no)`,
    )
    expect(lines.join('\n')).toContain('said: 550 no \u241b[2J)')
    expect(lines.join('\n')).not.toContain('\x1b')
  })

  test('says who calls and who is refused', () => {
    const log = new MailLog('foo.com')
    const ends = { from: { address: '203.0.113.1', port: 1 }, to: { address: '192.0.2.10', port: 25 } }
    const reply = (verb: string | null, outcome: string, code: string, to = 'ready') =>
      event({ kind: 'reply', conn: 'c', protocol: 'smtp', verb, outcome, code, lines: ['text'], from: 'ready', to })
    expect(log.add(event({ kind: 'dial', conn: 'c', ...ends, toHost: 'foo.com' }, 'bar.com'))).toBeNull()
    expect(log.add(reply('greeting', 'ready', '220', 'connected'))).toBe('facteur/smtpd: connect from [203.0.113.1]')
    expect(log.add(reply('RCPT', 'unknown', '550'))).toBe('facteur/smtpd: NOQUEUE: reject: RCPT: 550 text')
    expect(log.add(reply('RCPT', 'ok', '250'))).toBeNull()
    expect(log.add(reply('QUIT', 'ok', '221', 'closing'))).toBe('facteur/smtpd: disconnect from [203.0.113.1]')
    expect(log.add(event({ kind: 'removed', id: 'A' }, 'other.com'))).toBeNull()
    for (const conn of ['d', 'e']) log.add(event({ kind: 'dial', conn, ...ends, toHost: 'foo.com' }, 'bar.com'))
    log.add({ ...reply('greeting', 'ready', '220', 'connected'), conn: 'd' } as TraceEvent)
    // Who hangs up has gone, too; of who was never greeted nothing is said.
    expect(log.add(event({ kind: 'fin', conn: 'd', dir: 'up' }, 'bar.com'))).toBe(
      'facteur/smtpd: disconnect from [203.0.113.1]',
    )
    expect(log.add(event({ kind: 'fin', conn: 'd', dir: 'down' }, 'foo.com'))).toBeNull()
    expect(log.add(event({ kind: 'fin', conn: 'e', dir: 'up' }, 'bar.com'))).toBeNull()
  })
})

test('a name that US-ASCII cannot write is found, and left out of the reply', () => {
  const { backend: host } = new Bench().mta(...HOST, { domains: ['foo.com'] }, [
    { user: 'zoe', address: 'zoe@foo.com', name: 'Zoé Çelik' },
  ])
  expect(host.verify('zo\xc3\xa9')).toEqual({ verdict: 'user', name: '', address: 'zoe@foo.com' })
})

test('who is not to be told of is not told of among others either', () => {
  const { backend: host } = new Bench().mta(
    ...HOST,
    {
      domains: ['foo.com'],
      lists: {
        'all@foo.com': { name: 'All', owner: 'ann@foo.com', members: ['ann@foo.com', 'bob@foo.com', 'carl@foo.com'] },
        'one@foo.com': { name: 'One', owner: 'ann@foo.com', members: ['bob@foo.com'] },
      },
      unverifiable: ['bob@foo.com'],
    },
    ['ann', 'bob', 'carl'].map((user) => ({ user, address: `${user}@foo.com`, name: `${user} Smith` })),
  )
  const [ann, carl] = ['ann', 'carl'].map((user) => ({ name: `${user} Smith`, address: `${user}@foo.com` }))
  expect(host.verify('smith')).toEqual({ verdict: 'ambiguous', candidates: [ann, carl] })
  expect(host.expand('all')).toEqual({ verdict: 'list', members: [ann, carl] })
  expect(host.expand('one')).toEqual({ verdict: 'unverifiable' })
})
