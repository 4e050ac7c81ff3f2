import { describe, expect, test } from 'vitest'
import { field } from '../../../src/core/message/fields.ts'
import { logLine } from '../../../src/core/mta/log.ts'
import { addressee } from '../../../src/core/smtp/envelope.ts'
import { pathText } from '../../../src/core/smtp/path.ts'
import { Bench, DAY, fails, failsTls, HOUR, MINUTE, says, saysEach, send, unfit, type Server } from './bench.ts'

const PEOPLE = [{ user: 'alice', address: 'alice@rennes.example' }]
const HOST = ['mx1.rennes.example', '192.0.2.10'] as const
const ALICE = 'alice@rennes.example'

/** lyon.example has two exchangers, 10 and 20, and one more of 20. */
function setUp(servers: Record<string, Server> = {}, given: Parameters<Bench['mta']>[2] = {}) {
  const bench = new Bench()
  bench.names(
    'lyon.example MX 20 mx2.lyon.example',
    'lyon.example MX 10 mx1.lyon.example',
    'lyon.example MX 20 mx3.lyon.example',
    'mx1.lyon.example A 198.51.100.1',
    'mx2.lyon.example A 198.51.100.2',
    'mx3.lyon.example A 198.51.100.3',
  )
  for (const [address, server] of Object.entries(servers)) bench.server(address, server)
  return { bench, ...bench.mta(...HOST, given, PEOPLE) }
}
const attempts = (bench: Bench) => bench.notes('attempt').map(({ address }) => address)

describe('the way to another host', () => {
  test('is the exchanger of lowest preference; all that happened hangs together', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('250', 'OK id=1') })
    send(backend, ALICE, ['bob@lyon.example'])
    expect(mta.queue()).toHaveLength(1)
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.trace.map(({ kind }) => kind)).toEqual(['accepted', 'routed', 'attempt', 'sent', 'removed'])
    const [sent] = bench.notes('sent')
    expect(sent).toMatchObject({ server: 'mx1.lyon.example', recipients: ['bob@lyon.example'], reply: '250 OK id=1' })
    expect(bench.causes(sent!)).toEqual(['sent', 'attempt', 'routed', 'accepted'])
    const { job } = bench.jobs[0]!
    expect(job.helo).toBe('mx1.rennes.example')
    expect(pathText(job.envelope.from)).toBe(ALICE)
    expect(field(job.content, 'Received')).toContain('by mx1.rennes.example')
    expect(job.content).not.toContain('Return-Path')
  })

  test('leads to the next exchanger when one is down; those of equal preference are shuffled', () => {
    const { bench, backend } = setUp({ '198.51.100.1': 'refused', '198.51.100.2': says('250') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    // The bench's chance turns a list round: mx3 is before mx2.
    expect(attempts(bench)).toEqual(['198.51.100.1', '198.51.100.3', '198.51.100.2'])
    expect(bench.notes('sent')[0]!.server).toBe('mx2.lyon.example')
  })

  const MX1 = 'mx1.lyon.example[198.51.100.1]'
  test.each([
    ['421 at the door', fails('greeting', '421'), `host ${MX1} said: 421 no`],
    ['554 at the door', fails('greeting', '554'), `host ${MX1} said: 554 no`],
    ['silence', fails('greeting'), `lost connection with ${MX1} while waiting for its greeting`],
    ['451 to MAIL', fails('mail', '451'), `host ${MX1} said: 451 no (in reply to MAIL FROM command)`],
    ['450 to RCPT', says('450'), `host ${MX1} said: 450 so it is (in reply to RCPT TO command)`],
    ['a connection lost in the envelope', fails('mail'), `lost connection with ${MX1} in the envelope`],
  ])('leads to the next exchanger after %s, and it is told why', (_, server, why) => {
    const { bench, backend } = setUp({ '198.51.100.1': server, '198.51.100.3': says('250') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(attempts(bench)).toEqual(['198.51.100.1', '198.51.100.3'])
    expect(bench.notes('sent')).toHaveLength(1)
    const [passed] = bench.notes('passed')
    expect(passed).toMatchObject({ server: 'mx1.lyon.example', recipients: ['bob@lyon.example'], why })
    expect(logLine(passed!)).toBe(`facteur/smtp: ${passed!.id}: ${why}`)
    expect(bench.causes(bench.notes('sent')[0]!).slice(0, 4)).toEqual(['sent', 'attempt', 'passed', 'attempt'])
  })

  test('is told of only where there is one: what the last host said stands where the message is put off', () => {
    const { bench, backend } = setUp({ '198.51.100.1': says('450'), '198.51.100.2': fails('mail', '451') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(bench.notes('passed').map(({ server }) => server)).toEqual(['mx1.lyon.example'])
    expect(bench.notes('deferred')).toHaveLength(1)
    bench.server('198.51.100.4', says('450'))
    bench.names('nantes.example MX 10 mx4.example', 'mx4.example A 198.51.100.4')
    send(backend, ALICE, ['x@nantes.example'])
    bench.drain()
    expect(bench.notes('passed')).toHaveLength(1)
  })

  test('leads past an exchanger that has no address', () => {
    const { bench, backend } = setUp({ '198.51.100.1': says('250') })
    bench.names('nice.example MX 5 nowhere.example', 'nice.example MX 10 mx1.lyon.example')
    send(backend, ALICE, ['x@nice.example'])
    bench.drain()
    expect(bench.notes('passed')).toMatchObject([
      { server: 'nowhere.example', recipients: ['x@nice.example'], why: 'host nowhere.example not found' },
    ])
    expect(bench.notes('sent')).toHaveLength(1)
  })

  test('takes a time-out for granted and goes on', () => {
    const { bench, backend } = setUp({ '198.51.100.1': 'timeout', '198.51.100.3': says('250') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(attempts(bench)).toEqual(['198.51.100.1'])
    bench.runUntil(80_000)
    expect(bench.notes('sent')).toHaveLength(1)
  })

  test('goes through all addresses of a host, to the domain itself, or to a literal', () => {
    const { bench, backend } = setUp({ '198.51.100.8': says('250'), '198.51.100.9': says('250') })
    bench.names('paris.example MX no-data', 'paris.example A 198.51.100.7', 'paris.example A 198.51.100.8')
    bench.server('198.51.100.7', 'refused')
    send(backend, ALICE, ['x@paris.example', 'y@[198.51.100.9]'])
    bench.drain()
    expect(
      bench
        .notes('routed')
        .map(({ how }) => how)
        .sort(),
    ).toEqual(['address', 'literal'])
    expect(attempts(bench).sort()).toEqual(['198.51.100.7', '198.51.100.8', '198.51.100.9'])
    expect(bench.notes('sent')).toHaveLength(2)
  })

  test('is given by a transport or a smarthost, without a look-up', () => {
    const { bench, backend } = setUp(
      { '198.51.100.2': says('250'), '198.51.100.3': says('250') },
      {
        transports: { 'lyon.example': { host: 'mx2.lyon.example', port: 25, protocol: 'smtp' } },
        smarthost: 'mx3.lyon.example',
      },
    )
    send(backend, ALICE, ['a@lyon.example', 'b@paris.example', 'c@nice.example'])
    bench.drain()
    expect(
      bench.jobs.map(({ address, job }) => [address, job.envelope.recipients.map(({ path }) => pathText(path))]),
    ).toEqual([
      ['198.51.100.2', ['a@lyon.example']],
      ['198.51.100.3', ['b@paris.example', 'c@nice.example']],
    ])
  })

  test('never leads back: this host passes mail on only to better exchangers', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': 'refused', '198.51.100.2': says('250') })
    bench.names('nice.example MX 10 mx1.lyon.example', 'nice.example MX 20 mx1.rennes.example')
    bench.names('nice.example MX 20 mx2.lyon.example', 'nice.example MX 30 mx3.lyon.example')
    send(backend, ALICE, ['a@nice.example'])
    bench.drain()
    expect(attempts(bench)).toEqual(['198.51.100.1'])
    expect(bench.notes('deferred')).toHaveLength(1)

    bench.names(
      'loop.example MX 0 mx1.rennes.example',
      'other.example MX 5 alias.example',
      'alias.example A 192.0.2.10',
    )
    send(backend, ALICE, ['a@loop.example', 'a@other.example'])
    bench.drain()
    expect(
      bench
        .notes('failed')
        .map(({ why }) => why)
        .sort(),
    ).toEqual(['mail for loop.example loops back to myself', 'mail for other.example loops back to myself'])
    expect(inbox('alice').join()).toContain('5.4.6 mail for loop.example loops back to myself')
  })
})

describe('one copy', () => {
  test('carries all recipients behind the same hosts, also of two domains', () => {
    const { bench, backend } = setUp({ '198.51.100.1': says('250'), '198.51.100.4': says('250') })
    bench.names('nice.example MX 10 mx1.lyon.example', 'nice.example MX 20 mx2.lyon.example')
    bench.names('brest.example MX 10 mx1.lyon.example', 'brest.example MX 20 mx2.lyon.example')
    bench.names('nantes.example MX 10 mx4.example', 'mx4.example A 198.51.100.4')
    send(backend, ALICE, ['a@nice.example', 'b@nantes.example', 'c@brest.example', 'd@nice.example'])
    bench.drain()
    expect(bench.jobs.map(({ job }) => job.envelope.recipients.map(({ path }) => pathText(path)))).toEqual([
      ['a@nice.example', 'd@nice.example', 'c@brest.example'],
      ['b@nantes.example'],
    ])
  })

  test('goes out while another host keeps silent', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': 'timeout', '198.51.100.4': says('250') })
    bench.names('nantes.example MX 10 mx4.example', 'mx4.example A 198.51.100.4')
    send(backend, ALICE, ['a@lyon.example', 'b@nantes.example'])
    bench.drain()
    expect(bench.notes('sent').map(({ recipients }) => recipients)).toEqual([['b@nantes.example']])
    expect(mta.queue()[0]!.recipients.map(({ status }) => status)).toEqual(['waiting', 'sent'])
  })

  test('ends differently for each recipient', () => {
    const { bench, mta, backend, inbox } = setUp({
      '198.51.100.1': saysEach('250', '450', '550'),
    })
    send(backend, ALICE, ['a@lyon.example', 'b@lyon.example', 'c@lyon.example'])
    bench.drain()
    expect(mta.queue()[0]!.recipients.map(({ status }) => status)).toEqual(['sent', 'waiting', 'returned'])
    expect(inbox('alice')).toHaveLength(1)
    expect(inbox('alice')[0]).toContain('<c@lyon.example>:\r\n    host mx1.lyon.example[198.51.100.1] said: 550 thus')
    expect(inbox('alice')[0]).not.toContain('b@lyon.example')
  })
})

describe('trying again', () => {
  test('keeps the times of the configuration, and what is due stays due', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('450') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(bench.nextAlarm).toBe(bench.notes('deferred')[0]!.until)
    bench.runUntil(4 * HOUR)
    const gaps = bench.notes('deferred').map(({ at, until }) => until - at)
    expect(gaps).toEqual([MINUTE, 5 * MINUTE, HOUR, HOUR, HOUR, HOUR])
    bench.server('198.51.100.1', says('250'))
    mta.flush()
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.nextAlarm).toBeNull()
  })

  test('ends after five days with a bounce that leads back to its cause', () => {
    const { bench, mta, backend, inbox } = setUp({ '198.51.100.1': 'refused' })
    send(backend, ALICE, ['bob@lyon.example'], { content: 'Subject: please\r\nX-Mark: 1\r\n\r\nsecret body\r\n' })
    bench.runUntil(5 * DAY - 1)
    expect(mta.queue()).toHaveLength(1)
    expect(bench.notes('failed')).toEqual([])
    bench.runUntil(5 * DAY)
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.notes('failed')[0]).toMatchObject({ code: '4.4.7', recipients: ['bob@lyon.example'] })
    const [bounce] = inbox('alice')
    expect(bounce).toMatch(/^Return-Path: <>\r\n/)
    expect(field(bounce!, 'From')).toContain('MAILER-DAEMON@mx1.rennes.example')
    expect(field(bounce!, 'To')).toBe('<alice@rennes.example>')
    expect(bounce).toContain('No route to host')
    expect(bounce).toContain('X-Mark: 1\r\n')
    // RFC 3461 4.3: nothing was said with RET, and the whole of a small message comes back.
    expect(bounce).toContain('secret body')
    const delivered = bench.notes('delivered')[0]!
    expect(bench.causes(delivered).slice(0, 4)).toEqual(['delivered', 'accepted', 'bounced', 'failed'])
    expect(bench.causes(delivered).at(-1)).toBe('accepted')
  })

  test('does not happen after 5xx', () => {
    const { bench, mta, backend, inbox } = setUp({ '198.51.100.1': fails('mail', '552') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(attempts(bench)).toEqual(['198.51.100.1'])
    expect(inbox('alice')).toHaveLength(1)
    expect(mta.queue()).toEqual([])
  })

  test('says so where the message may have arrived already', () => {
    const { bench, backend } = setUp({ '198.51.100.1': fails('content', null, true) })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    // The second exchanger is not asked: it might be the same mailbox behind it.
    expect(attempts(bench)).toEqual(['198.51.100.1'])
    expect(bench.notes('repeated')).toEqual([])
    bench.server('198.51.100.1', says('250'))
    bench.runUntil(2 * MINUTE)
    expect(bench.notes('repeated')[0]).toMatchObject({ recipients: ['bob@lyon.example'] })
    expect(bench.notes('sent')).toHaveLength(1)
  })

  test('falls back to plain text when the handshake fails', () => {
    const { bench, backend } = setUp({ '198.51.100.1': failsTls(says('250')) })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(bench.connections.map(({ setup }) => setup.startTls)).toEqual(['if-offered', 'never'])
    expect(bench.notes('passed')).toMatchObject([{ server: 'mx1.lyon.example' }])
    expect(bench.notes('passed')[0]!.why).toContain('during the TLS handshake')
    expect(bench.notes('sent')).toHaveLength(1)
  })

  test.each([
    ['nowhere.example', [], 'no such domain', 'failed'],
    ['null.example', ['null.example MX 0 '], 'null', 'failed'],
    ['broken.example', ['broken.example MX servfail'], 'name server', 'deferred'],
    ['silent.example', ['silent.example MX timeout'], 'name server', 'deferred'],
    ['ghost.example', ['ghost.example MX 10 mx.ghost.example'], 'mx.ghost.example not found', 'failed'],
    ['dim.example', ['dim.example MX 10 mx.dim.example', 'mx.dim.example A servfail'], 'servfail', 'deferred'],
  ] as const)('looks names up: %s', (domain, names, why, kind) => {
    const { bench, backend } = setUp()
    bench.names(...names)
    send(backend, ALICE, [`x@${domain}`])
    bench.drain()
    const [note] = bench.notes(kind)
    expect(note?.why).toContain(why)
    expect(bench.notes('attempt')).toEqual([])
  })
})

describe('a bounce', () => {
  test('is never returned: it is dropped, and the trace says why', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('550', 'No such user') })
    send(backend, null, ['bob@lyon.example'])
    bench.drain()
    expect(mta.queue()).toEqual([])
    expect(bench.notes('bounced')).toEqual([])
    expect(bench.notes('dropped')[0]).toMatchObject({ recipients: ['bob@lyon.example'] })
    expect(bench.notes('dropped')[0]!.why).toContain('No such user')
  })

  test('of a sender who cannot be reached is dropped after its own way', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('550') })
    send(backend, 'ghost@lyon.example', ['bob@lyon.example'])
    bench.drain()
    expect(bench.jobs.map(({ job }) => pathText(job.envelope.from))).toEqual(['ghost@lyon.example', ''])
    expect(bench.notes('dropped')).toHaveLength(1)
    expect(mta.queue()).toEqual([])
  })

  test('shows nothing that a server said as a line of its own', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': says('550', 'no\r\nX: \x1b[2J') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(inbox('alice')[0]).toContain('said: 550 no??X: ?[2J\r\n')
  })
})

describe('a bounce of a message with a header without end', () => {
  test('shows the beginning of it, in whole lines', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': says('550') })
    send(backend, ALICE, ['bob@lyon.example'], { content: 'X-Line: 0123456789\r\n'.repeat(10_000) })
    bench.drain()
    const [bounce] = inbox('alice')
    expect(bounce!.length).toBeLessThan(60_000)
    expect(bounce).toMatch(/\r\nX-Line: 0123456789\r\n\r\n--=_[^\r]*--\r\n$/)
    expect(bounce).toContain('Content-Type: text/rfc822-headers')
  })
})

describe('what this host found out by itself', () => {
  test('is not put into the mouth of the other host', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': unfit('554') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    expect(inbox('alice')[0]).toContain('host mx1.lyon.example[198.51.100.1]: no\r\n')
  })
})

describe('a host that goes down', () => {
  test('keeps its queue, and goes on where it stood', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('450') })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    mta.stop()
    expect(bench.nextAlarm).toBeNull()
    const kept = structuredClone(mta.queue())
    bench.runUntil(HOUR)
    expect(mta.queue()).toEqual(kept)
    bench.server('198.51.100.1', says('250'))
    mta.start()
    bench.drain()
    expect(bench.notes('sent')).toHaveLength(1)
    expect(bench.notes('repeated')).toEqual([])
  })

  test('in the middle of a transfer knows that it may come twice', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': 'hangs' })
    send(backend, ALICE, ['bob@lyon.example'])
    bench.drain()
    mta.stop()
    bench.server('198.51.100.1', says('250'))
    mta.start()
    bench.drain()
    expect(bench.notes('repeated')).toHaveLength(1)
    expect(bench.notes('sent')).toHaveLength(1)
    expect(mta.queue()).toEqual([])
  })
})

test('many messages at once all arrive, twenty at a time', () => {
  const { bench, mta, backend } = setUp({ '198.51.100.1': says('250') })
  for (let k = 0; k < 75; k++) send(backend, ALICE, [`bob${k}@lyon.example`])
  bench.drain()
  expect(bench.notes('sent')).toHaveLength(75)
  expect(mta.queue()).toEqual([])
})

test('a host that does not answer keeps no other domain waiting, however much there is for it', () => {
  const { bench, mta, backend } = setUp({ '198.51.100.1': says('250'), '198.51.100.77': 'hangs' })
  bench.names('dead.example MX 0 mx.dead.example', 'mx.dead.example A 198.51.100.77')
  for (let k = 0; k < 50; k++) send(backend, ALICE, [`x${k}@dead.example`])
  send(backend, ALICE, ['bob@lyon.example'])
  bench.drain()
  expect(bench.notes('sent')).toHaveLength(1)
  expect(bench.notes('attempt').filter(({ address }) => address === '198.51.100.77')).toHaveLength(20)
  expect(mta.queue()).toHaveLength(50)
})

describe('recipients of whom a host says 4xx', () => {
  test('are tried at the next host; those that it took, or refused for good, are not', () => {
    const { bench, mta, backend } = setUp({
      '198.51.100.1': saysEach('250', '450', '550'),
      '198.51.100.3': says('451'),
      '198.51.100.2': says('250'),
    })
    send(backend, ALICE, ['a@lyon.example', 'b@lyon.example', 'c@lyon.example'])
    bench.drain()
    expect(bench.notes('attempt').map(({ address, recipients }) => [address, recipients.length])).toEqual([
      ['198.51.100.1', 3],
      ['198.51.100.3', 1],
      ['198.51.100.2', 1],
    ])
    expect(bench.notes('passed').map(({ server, recipients }) => [server, ...recipients])).toEqual([
      ['mx1.lyon.example', 'b@lyon.example'],
      ['mx3.lyon.example', 'b@lyon.example'],
    ])
    expect(bench.notes('sent').map(({ server, recipients }) => [server, ...recipients])).toEqual([
      ['mx1.lyon.example', 'a@lyon.example'],
      ['mx2.lyon.example', 'b@lyon.example'],
    ])
    expect(bench.notes('failed').map(({ recipients }) => recipients)).toEqual([['c@lyon.example']])
    expect(mta.queue()).toEqual([])
  })

  test('wait for another try when the last host has said so, too; the host that knew them is told of', () => {
    const { bench, mta, backend } = setUp({ '198.51.100.1': says('450', 'greylisted') })
    send(backend, ALICE, ['a@lyon.example'])
    bench.drain()
    expect(bench.notes('deferred')).toHaveLength(1)
    expect(bench.notes('deferred')[0]!.why).toContain('said: 450 greylisted')
    expect(mta.queue()[0]!.recipients[0]!.remote).toMatchObject({ host: 'mx1.lyon.example' })
    bench.runUntil(6 * DAY)
    const report = bench.notes('bounced')
    expect(report).toHaveLength(1)
  })

  test('the report after the last try says which host it was, and what it said', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': says('450', 'greylisted') })
    send(backend, ALICE, ['a@lyon.example'])
    bench.runUntil(6 * DAY)
    expect(inbox('alice')[0]).toContain('Remote-MTA: dns; mx1.lyon.example')
    expect(inbox('alice')[0]).toContain('Diagnostic-Code: smtp; 450 greylisted')
  })
})

test('domains that share their hosts share a copy only where they prefer them alike', () => {
  const { bench, backend } = setUp({ '198.51.100.1': says('250'), '198.51.100.2': says('250') }, { connections: 1 })
  bench.names('a.example MX 10 mx1.lyon.example', 'a.example MX 20 mx2.lyon.example')
  bench.names('b.example MX 20 mx1.lyon.example', 'b.example MX 10 mx2.lyon.example')
  bench.names('c.example MX 5 mx1.lyon.example', 'c.example MX 7 mx2.lyon.example')
  send(backend, ALICE, ['x@a.example', 'x@b.example', 'x@c.example'])
  send(backend, ALICE, ['y@b.example'])
  bench.drain()
  expect(bench.notes('sent').map(({ server, recipients }) => [server, ...recipients])).toEqual(
    expect.arrayContaining([
      ['mx1.lyon.example', 'x@a.example', 'x@c.example'],
      ['mx2.lyon.example', 'x@b.example'],
      ['mx2.lyon.example', 'y@b.example'],
    ]),
  )
})

describe('a domain that a stranger chose', () => {
  test.each(['constructor', '__proto__', 'tostring', 'hasownproperty'])(
    '%s is just a name without a host',
    (domain) => {
      const { bench, mta, backend } = setUp()
      send(backend, ALICE, [`x@${domain}`])
      bench.drain()
      expect(bench.notes('failed')[0]).toMatchObject({ recipients: [`x@${domain}`] })
      expect(mta.queue()).toEqual([])
      expect(backend.verify(`x@${domain}`)).toEqual({ verdict: 'unknown' })
    },
  )

  test('beyond ASCII is looked up as the DNS writes it, and comes back as it was', () => {
    const { bench, backend, inbox } = setUp({ '198.51.100.1': says('550') })
    bench.names('xn--cole-9oa.example MX 10 mx1.lyon.example')
    const to = { route: [], local: 'zo\xc3\xa9', domain: '\xc3\x89cole.example' }
    send(backend, ALICE, [addressee(to)], { terms: { utf8: true } })
    bench.drain()
    expect(bench.notes('routed')[0]).toMatchObject({ domain: 'xn--cole-9oa.example' })
    expect(inbox('alice')[0]).toContain('Final-Recipient: utf-8; zo\\x{E9}@\\x{C9}cole.example\r\n')
  })
})
