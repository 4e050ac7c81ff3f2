import { describe, expect, test } from 'vitest'
import type { MailConfig } from '../../../src/core/mta/config.ts'
import { field, fieldValues } from '../../../src/core/message/fields.ts'
import { pathText } from '../../../src/core/smtp/path.ts'
import { Bench, client, relaysTo, says, send } from './bench.ts'

const PEOPLE = ['alice', 'bob'].map((user) => ({ user, address: `${user}@rennes.example` }))
const HOST = ['mx1.rennes.example', '192.0.2.10'] as const
const LYON = '198.51.100.1'
const X = 'x@far.example'

function setUp(given: Partial<MailConfig>) {
  const bench = new Bench()
  bench.names('lyon.example MX 10 mx.lyon.example', `mx.lyon.example A ${LYON}`)
  bench.names('rennes.example MX 10 mx1.rennes.example', 'mx1.rennes.example A 192.0.2.10')
  bench.names('far.example MX 10 mx.far.example', 'mx.far.example A 203.0.113.1')
  bench.server(LYON, says('250'))
  bench.server('203.0.113.1', says('250'))
  return { bench, ...bench.mta(...HOST, given, PEOPLE) }
}

describe('aliases', () => {
  test('rename, through each other, and keep the sender', () => {
    const { bench, backend, inbox } = setUp({
      aliases: {
        'info@rennes.example': ['team@rennes.example', 'carol@lyon.example'],
        'team@rennes.example': ['alice@rennes.example', 'bob@rennes.example'],
      },
    })
    send(backend, X, ['INFO@rennes.example'])
    bench.drain()
    for (const user of ['alice', 'bob']) {
      expect(field(inbox(user)[0]!, 'Return-Path')).toBe(`<${X}>`)
      expect(field(inbox(user)[0]!, 'Delivered-To')).toBe(`${user}@rennes.example`)
    }
    expect(pathText(bench.jobs[0]!.job.envelope.from)).toBe(X)
    expect(bench.notes('expanded').map(({ address, into, by }) => [address, into.length, by])).toEqual([
      ['info@rennes.example', 2, 'alias'],
      ['team@rennes.example', 2, 'alias'],
    ])
  })

  test('give nobody two copies', () => {
    const { bench, backend, inbox, mta } = setUp({
      aliases: { 'info@rennes.example': ['alice@rennes.example', 'carol@LYON.example'] },
    })
    send(backend, X, ['alice@rennes.example', 'info@rennes.example', 'Alice@[192.0.2.10]', 'carol@lyon.example'])
    bench.drain()
    expect(inbox('alice')).toHaveLength(1)
    expect(bench.jobs.map(({ job }) => job.envelope.recipients.length)).toEqual([1])
    expect(bench.notes('repeated')).toHaveLength(3)
    expect(mta.queue()).toEqual([])
  })

  test('that name themselves mean the mailbox; that only name themselves lead nowhere', () => {
    const { bench, backend, inbox } = setUp({
      aliases: {
        'alice@rennes.example': ['alice@rennes.example', 'bob@rennes.example'],
        'a@rennes.example': ['b@rennes.example'],
        'b@rennes.example': ['a@rennes.example'],
      },
    })
    send(backend, X, ['alice@rennes.example'])
    expect([inbox('alice').length, inbox('bob').length]).toEqual([1, 1])
    send(backend, 'alice@rennes.example', ['a@rennes.example'])
    expect(bench.notes('failed')[0]).toMatchObject({ code: '5.4.6', recipients: ['a@rennes.example'] })
    expect(inbox('alice')[1]).toContain('the alias leads only to itself')
  })

  test('to nobody return the message', () => {
    const { backend, inbox } = setUp({ aliases: { 'old@rennes.example': ['gone@rennes.example'] } })
    send(backend, 'bob@rennes.example', ['old@rennes.example'])
    expect(inbox('bob')[0]).toContain(
      '<gone@rennes.example> (expanded from <old@rennes.example>):\r\n    5.1.1 unknown user',
    )
  })
})

describe('a list', () => {
  const list = (...members: string[]) => ({
    lists: { 'profs@rennes.example': { name: 'The Professors', owner: 'bob@rennes.example', members } },
  })

  test('sends one copy a destination, in the name of its owner', () => {
    const { bench, backend, inbox } = setUp(
      list('alice@rennes.example', 'c@lyon.example', 'd@lyon.example', 'e@far.example'),
    )
    send(backend, X, ['profs@rennes.example'])
    bench.drain()
    expect(
      bench.jobs.map(({ job }) => [
        pathText(job.envelope.from),
        job.envelope.recipients.map(({ path }) => pathText(path)),
      ]),
    ).toEqual([
      ['profs-owner@rennes.example', ['c@lyon.example', 'd@lyon.example']],
      ['profs-owner@rennes.example', ['e@far.example']],
    ])
    const [message] = inbox('alice')
    expect(field(message!, 'Return-Path')).toBe('<profs-owner@rennes.example>')
    expect(field(message!, 'List-Id')).toBe('The Professors <profs.rennes.example>')
    expect(fieldValues(message!, 'Delivered-To')).toEqual(['alice@rennes.example', 'profs@rennes.example'])
    expect(bench.causes(bench.notes('delivered')[0]!)).toEqual(['delivered', 'accepted', 'expanded', 'accepted'])
  })

  test('tells its owner what a member did not get, not the writer', () => {
    const { bench, backend, inbox } = setUp(list('alice@rennes.example', 'c@lyon.example'))
    bench.server(LYON, says('550'))
    send(backend, 'alice@rennes.example', ['profs@rennes.example'])
    bench.drain()
    expect(inbox('bob')).toHaveLength(1)
    expect(field(inbox('bob')[0]!, 'Return-Path')).toBe('<>')
    expect(inbox('alice')).toHaveLength(1)
  })

  test('that holds itself ends, even where its owner is the list', () => {
    for (const owner of ['bob@rennes.example', 'profs@rennes.example']) {
      const members = ['profs@rennes.example', 'alice@rennes.example']
      const { bench, mta, backend, inbox } = setUp({
        lists: { 'profs@rennes.example': { name: 'Profs', owner, members } },
      })
      send(backend, X, ['profs@rennes.example'])
      bench.drain()
      expect(mta.queue()).toEqual([])
      expect(bench.notes('failed')).toEqual([])
      expect(bench.notes('repeated')[0]!.recipients).toEqual(['profs@rennes.example'])
      const received = inbox('alice').map((content) => field(content, 'Return-Path'))
      expect(received).toEqual(['<profs-owner@rennes.example>'])
    }
  })
})

describe('a forward', () => {
  test('sends on under the same sender', () => {
    const { bench, backend } = setUp({ forwards: { 'carol@rennes.example': { to: 'carol@lyon.example', reply: 251 } } })
    send(backend, X, ['carol@rennes.example'])
    bench.drain()
    const { job } = bench.jobs[0]!
    expect([pathText(job.envelope.from), pathText(job.envelope.recipients[0]!.path)]).toEqual([X, 'carol@lyon.example'])
    expect(field(job.content, 'Delivered-To')).toBe('carol@rennes.example')
    expect(bench.notes('expanded')[0]!.by).toBe('forward')
  })

  test('in a circle over two hosts ends with one bounce', () => {
    const { bench, mta, backend, inbox } = setUp({
      forwards: { 'carol@rennes.example': { to: 'carol@lyon.example', reply: 251 } },
    })
    const lyon = bench.mta('mx.lyon.example', LYON, {
      domains: ['lyon.example'],
      forwards: { 'carol@lyon.example': { to: 'carol@rennes.example', reply: 251 } },
    })
    bench.server(LYON, relaysTo(lyon.backend, client()))
    bench.server('192.0.2.10', relaysTo(backend, client()))
    send(backend, 'alice@rennes.example', ['carol@rennes.example'])
    bench.drain()
    expect(inbox('alice')).toHaveLength(1)
    expect(inbox('alice')[0]).toContain('mail forwarding loop for carol@rennes.example')
    expect(bench.notes('expanded')).toHaveLength(2)
    expect([...mta.queue(), ...lyon.mta.queue()]).toEqual([])
  })

  test('that only tells refuses what an alias sends it', () => {
    const { backend, inbox } = setUp({
      forwards: { 'carol@rennes.example': { to: 'carol@lyon.example', reply: 551 } },
      aliases: { 'info@rennes.example': ['carol@rennes.example'] },
    })
    send(backend, 'bob@rennes.example', ['info@rennes.example'])
    expect(inbox('bob')[0]).toContain('5.1.6 the mailbox has moved to <carol@lyon.example>')
  })
})

test('two hosts that each take the other for the destination stop at the limit of hops', () => {
  const { bench, mta, backend, inbox } = setUp({
    transports: { 'paris.example': { host: `[${LYON}]`, port: 25, protocol: 'smtp' } },
    hops: 6,
  })
  const lyon = bench.mta('mx.lyon.example', LYON, {
    domains: ['lyon.example'],
    transports: { 'paris.example': { host: '[192.0.2.10]', port: 25, protocol: 'smtp' } },
    hops: 6,
  })
  bench.server(LYON, relaysTo(lyon.backend, client()))
  bench.server('192.0.2.10', relaysTo(backend, client()))
  send(backend, 'alice@rennes.example', ['x@paris.example'])
  bench.drain()
  expect(bench.notes('sent').filter(({ recipients }) => recipients[0] === 'x@paris.example')).toHaveLength(6)
  expect(inbox('alice')).toHaveLength(1)
  expect([...mta.queue(), ...lyon.mta.queue()]).toEqual([])
})

describe('source routes', () => {
  const relay = { networks: [], domains: [], all: true }

  test('are stripped', () => {
    const { bench, backend } = setUp({ relay })
    send(backend, X, ['@mx1.rennes.example,@far.example:carol@lyon.example'])
    bench.drain()
    const { envelope } = bench.jobs[0]!.job
    expect([pathText(envelope.from), pathText(envelope.recipients[0]!.path)]).toEqual([X, 'carol@lyon.example'])
  })

  test('are followed as RFC 821 has it: off the forward-path, into the reverse-path', () => {
    const { bench, backend } = setUp({ relay, sourceRoutes: 'follow', domains: ['rennes.example'] })
    send(backend, '@bar.com:JQP@bar.com', ['@rennes.example:Jones@lyon.example', 'Green@lyon.example'])
    send(backend, X, ['@rennes.example,@lyon.example:Brown@far.example'])
    bench.drain()
    expect(
      bench.jobs.map(({ address, job: { envelope } }) => [
        address,
        pathText(envelope.from),
        envelope.recipients.map(({ path }) => pathText(path)),
      ]),
    ).toEqual([
      [LYON, '@rennes.example,@bar.com:JQP@bar.com', ['Jones@lyon.example']],
      [LYON, '@bar.com:JQP@bar.com', ['Green@lyon.example']],
      [LYON, `@rennes.example:${X}`, ['@lyon.example:Brown@far.example']],
    ])
    expect(bench.notes('routed').map(({ how }) => how)).toEqual(['mx', 'mx', 'source-route'])
  })

  test('lead a bounce back along the reverse-path', () => {
    const { bench, backend } = setUp({ relay, sourceRoutes: 'follow' })
    bench.server(LYON, says('550'))
    send(backend, '@far.example:JQP@bar.com', ['Jones@lyon.example'])
    bench.drain()
    const { address, job } = bench.jobs[1]!
    expect([address, job.envelope.from, pathText(job.envelope.recipients[0]!.path)]).toEqual([
      '203.0.113.1',
      null,
      '@far.example:JQP@bar.com',
    ])
  })
})

test('the postmaster is whoever is there', () => {
  const named = setUp({ aliases: { 'postmaster@rennes.example': ['bob@rennes.example'] } })
  send(named.backend, X, ['Postmaster'])
  expect(named.inbox('bob')).toHaveLength(1)
  const unnamed = setUp({})
  send(unnamed.backend, X, ['POSTMASTER@mx1.rennes.example'])
  expect(unnamed.inbox('alice')).toHaveLength(1)
  const bench = new Bench()
  bench.names('lyon.example MX 10 mx.lyon.example', `mx.lyon.example A ${LYON}`)
  bench.server(LYON, says('250'))
  const relay = { networks: [], domains: ['lyon.example'], all: false }
  const front = bench.mta('front.lyon.example', '198.51.100.9', { domains: [], relay }, [], { store: null })
  send(front.backend, X, ['postmaster'])
  bench.drain()
  expect(bench.notes('sent')[0]!.recipients).toEqual(['postmaster@lyon.example'])
})

describe('lists that hold each other', () => {
  const mutual = (count: number) => {
    const names = Array.from({ length: count }, (_, k) => `l${k}@rennes.example`)
    const members = [...names, 'bob@rennes.example']
    return Object.fromEntries(names.map((name) => [name, { name, owner: 'alice@rennes.example', members }]))
  }

  test.each([2, 7, 40])('%i of them: each copies a message once', (count) => {
    const { backend, inbox, bench } = setUp({ lists: mutual(count) })
    send(backend, X, ['l0@rennes.example', 'l1@rennes.example', 'bob@rennes.example'])
    expect(inbox('bob')).toHaveLength(count + 1)
    expect(bench.notes('expanded')).toHaveLength(count)
    expect(bench.notes('failed')).toEqual([])
  })

  test('forwards of which each leads to all pass a message on once', () => {
    const names = Array.from({ length: 8 }, (_, k) => `f${k}@rennes.example`)
    const { bench, backend, inbox, mta } = setUp({
      aliases: { 'all@rennes.example': [...names, 'bob@rennes.example'] },
      forwards: Object.fromEntries(names.map((name) => [name, { to: 'all@rennes.example', reply: 251 as const }])),
    })
    send(backend, X, ['all@rennes.example'])
    bench.drain()
    expect(inbox('bob').length).toBeLessThanOrEqual(names.length + 1)
    expect(bench.notes('expanded', 'mx1.rennes.example').length).toBeLessThan(20)
    expect(mta.queue()).toEqual([])
  })
})

describe('a message that names a list in Delivered-To', () => {
  const lists = {
    'team@rennes.example': { name: 'Team', owner: 'alice@rennes.example', members: ['bob@rennes.example'] },
  }
  const content = 'Message-ID: <1@far.example>\r\nDelivered-To: team@rennes.example\r\n\r\nhello\r\n'

  test('though the list has never had it, is refused, and its sender hears so', () => {
    const { backend, inbox, bench } = setUp({ lists })
    send(backend, 'bob@rennes.example', ['team@rennes.example'], { content })
    expect(bench.notes('failed')[0]).toMatchObject({ code: '5.4.6' })
    expect(inbox('bob')[0]).toContain('Status: 5.4.6')
  })

  test('and that the list has had, is dropped in silence', () => {
    const { backend, inbox, bench } = setUp({ lists })
    send(backend, X, ['team@rennes.example'], { content: content.replace(/Delivered.*\r\n/, '') })
    send(backend, X, ['team@rennes.example'], { content })
    expect(inbox('bob')).toHaveLength(1)
    expect(bench.notes('failed')).toEqual([])
    expect(bench.notes('repeated')).toHaveLength(1)
  })
})
