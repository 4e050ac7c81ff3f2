import { describe, expect, test } from 'vitest'
import { field, fieldValues } from '../../../src/core/message/fields.ts'
import { Space } from '../../../src/core/store/space.ts'
import { Bench, client, MINUTE, path, profile, says, send, STRANGER } from './bench.ts'

const PEOPLE = [
  { user: 'alice', address: 'alice@rennes.example', name: 'Alice Martin' },
  { user: 'bob', address: 'bob@rennes.example', name: 'Bob Martin', quota: 1000 },
]
const HOST = ['mx1.rennes.example', '192.0.2.10'] as const
const verdict = (answer: { verdict: string }) => answer.verdict

describe('RCPT', () => {
  const { backend } = new Bench().mta(
    ...HOST,
    {
      relay: { networks: ['192.0.2.0/24'], domains: ['lyon.example'], all: false },
      aliases: { 'info@rennes.example': ['alice@rennes.example'] },
      lists: { 'profs@rennes.example': { name: 'Professors', owner: 'alice@rennes.example', members: [] } },
      forwards: {
        'charles@rennes.example': { to: 'charles@lyon.example', reply: 251 },
        'denis@rennes.example': { to: 'denis@paris.example', reply: 551 },
      },
    },
    PEOPLE,
  )
  const ask = (to: string, who = STRANGER) => backend.recipient(who, path('x@far.example'), path(to), 'MAIL')

  test.each([
    ['alice@rennes.example', 'ok'],
    ['ALICE@Rennes.Example', 'ok'],
    ['"alice"@rennes.example', 'ok'],
    ['info@rennes.example', 'ok'],
    ['profs@rennes.example', 'ok'],
    ['profs-owner@rennes.example', 'ok'],
    ['alice@[192.0.2.10]', 'ok'],
    ['alice@mx1.rennes.example', 'ok'],
    ['Postmaster', 'ok'],
    ['PostMaster@rennes.example', 'ok'],
    ['@a.example,@b.example:alice@rennes.example', 'ok'],
    ['nobody@rennes.example', 'unknown'],
    ['nobody@[192.0.2.10]', 'unknown'],
    ['x@lyon.example', 'ok'],
    ['x@LYON.example', 'ok'],
    ['x@paris.example', 'no-relay'],
    ['x@[192.0.2.11]', 'no-relay'],
    ['@lyon.example:x@paris.example', 'no-relay'],
  ])('%s from outside: %s', (to, expected) => expect(verdict(ask(to))).toBe(expected))

  test('relays for its own networks and for who logged in', () => {
    expect(verdict(ask('x@paris.example', client()))).toBe('ok')
    expect(verdict(ask('x@paris.example', { ...STRANGER, user: 'alice' }))).toBe('ok')
    const open = new Bench().mta(...HOST, { relay: { networks: [], domains: [], all: true } }).backend
    expect(verdict(open.recipient(STRANGER, null, path('x@paris.example'), 'MAIL'))).toBe('ok')
  })

  test('tells where somebody has gone', () => {
    expect(ask('charles@rennes.example')).toEqual({ verdict: 'forward', to: 'charles@lyon.example' })
    expect(ask('denis@rennes.example')).toEqual({ verdict: 'moved', to: 'denis@paris.example' })
  })
})

test('everybody has a postmaster, even the host that only hands on', () => {
  const bench = new Bench()
  const given = { domains: [], smarthost: 'mx1.rennes.example' }
  const { backend } = bench.mta('msa.rennes.example', '192.0.2.11', given, [], { store: null })
  for (const to of ['Postmaster', 'postmaster@msa.rennes.example'])
    expect(verdict(backend.recipient(client(), null, path(to), 'MAIL'))).toBe('ok')
  bench.names('mx1.rennes.example A 192.0.2.10')
  bench.server('192.0.2.10', says('250'))
  send(backend, 'alice@rennes.example', ['Postmaster'])
  bench.drain()
  expect(bench.notes('sent')[0]?.recipients).toEqual(['postmaster@mx1.rennes.example'])
})

describe('policy', () => {
  test('never keeps anybody from the postmaster', () => {
    const { backend } = new Bench().mta(
      ...HOST,
      { policy: { greylist: MINUTE, rate: { messages: 0, per: MINUTE }, bombing: null } },
      PEOPLE,
    )
    expect(verdict(backend.recipient(STRANGER, null, path('postmaster'), 'MAIL'))).toBe('ok')
    expect(verdict(backend.recipient(STRANGER, null, path('alice@rennes.example'), 'MAIL'))).toBe('busy')
  })

  test('greylisting lets a stranger pass who comes again, but not too soon', () => {
    const bench = new Bench()
    const { backend } = bench.mta(...HOST, { policy: { greylist: 5 * MINUTE, rate: null, bombing: null } }, PEOPLE)
    const ask = (who = STRANGER, to = 'alice@rennes.example') =>
      backend.recipient(who, path('x@far.example'), path(to), 'MAIL')
    expect(ask()).toEqual({ verdict: 'greylisted', seconds: 300 })
    bench.now = MINUTE
    expect(ask()).toEqual({ verdict: 'greylisted', seconds: 240 })
    bench.now = 5 * MINUTE
    const neighbour = { ...STRANGER, peer: { address: '203.0.113.9', port: 1 } }
    expect(verdict(ask(neighbour))).toBe('ok')
    expect(verdict(ask(STRANGER, 'bob@rennes.example'))).toBe('greylisted')
    expect(verdict(ask(client()))).toBe('ok')
    expect(verdict(ask({ ...STRANGER, user: 'alice' }))).toBe('ok')
    expect(verdict(ask(STRANGER, 'nobody@rennes.example'))).toBe('unknown')
  })

  test('a rate limit counts messages of one address in a time', () => {
    const bench = new Bench()
    const { backend } = bench.mta(
      ...HOST,
      { policy: { greylist: null, rate: { messages: 2, per: MINUTE }, bombing: null } },
      PEOPLE,
    )
    const ask = (who = STRANGER) => verdict(backend.recipient(who, null, path('alice@rennes.example'), 'MAIL'))
    send(backend, null, ['alice@rennes.example'], { client: STRANGER })
    bench.now = 30_000
    send(backend, null, ['alice@rennes.example'], { client: STRANGER })
    expect(ask()).toBe('busy')
    expect(ask(client())).toBe('ok')
    bench.now = MINUTE
    expect(ask()).toBe('ok')
  })
})

describe('MAIL', () => {
  const bench = new Bench()
  const store = bench.mta('store.rennes.example', '192.0.2.12', {}, PEOPLE)
  const mx = bench.mta(...HOST, {
    aliases: { 'info@rennes.example': ['help@rennes.example'], 'help@rennes.example': ['alice@rennes.example'] },
  })
  const { mta } = bench.mta('msa.rennes.example', '192.0.2.11', { domains: [] }, [], {
    store: null,
    organisation: () => [store.mta, mx.mta],
  })
  const backend = mta.backend(profile('msa.rennes.example', { role: 'submission' }))
  const from = (sender: string | null, user: string | null) =>
    verdict(backend.sender(client({ user }), sender === null ? null : path(sender), null))

  test('whoever logged in sends as himself', () => {
    expect(from('alice@rennes.example', 'alice')).toBe('ok')
    expect(from('Alice@RENNES.example', 'alice')).toBe('ok')
    expect(from('info@rennes.example', 'alice')).toBe('ok')
    expect(from('"alice"@rennes.example', 'alice')).toBe('ok')
    expect(from('alice@store.rennes.example', 'alice')).toBe('ok')
    expect(from('"alice"@rennes.example', 'bob')).toBe('not-yours')
    expect(from(null, 'alice')).toBe('ok')
    expect(from('bob@rennes.example', 'alice')).toBe('not-yours')
    expect(from('info@rennes.example', 'bob')).toBe('not-yours')
    expect(from('alice@far.example', 'alice')).toBe('not-yours')
  })

  test('accounts of another host of the organisation log in', () => {
    expect(backend.login('alice', 'alice-secret')).toBe('alice')
    expect(backend.login('Alice@rennes.example', 'alice-secret')).toBe('alice')
    expect(backend.login('alice', 'bob-secret')).toBeNull()
    expect(backend.login('nobody', '')).toBeNull()
    expect(backend.secret('bob@rennes.example')).toMatchObject({ account: 'bob', password: 'bob-secret' })
    expect(new Set([backend.nonce(), backend.nonce(), backend.nonce()]).size).toBe(3)
  })

  test('others send as they like, but not more than there is room for', () => {
    expect(verdict(mx.backend.sender(STRANGER, path('bill@far.example'), 1000))).toBe('ok')
    expect(verdict(mx.backend.sender(STRANGER, null, 1e12))).toBe('storage')
  })
})

describe('the content', () => {
  const setUp = () => new Bench().mta(...HOST, {}, PEOPLE)

  test('gets a Received field, and at delivery Return-Path and Delivered-To', () => {
    const { backend, inbox } = setUp()
    const answer = send(backend, 'x@far.example', ['ALICE@rennes.example'], { client: STRANGER })
    const id = answer.verdict === 'queued' ? answer.id : ''
    expect(id).toMatch(/^[0-9A-F]{10}$/)
    expect(inbox('alice')).toEqual([
      'Return-Path: <x@far.example>\r\nDelivered-To: alice@rennes.example\r\n' +
        `Received: from spam (unknown [203.0.113.66])\r\n\tby mx1.rennes.example with ESMTP id ${id}\r\n` +
        '\tfor <ALICE@rennes.example>; Mon, 7 Sep 2026 10:00:00 +0200 (CEST)\r\n' +
        'Subject: hi\r\n\r\nhello\r\n',
    ])
  })

  test('of several recipients does not tell one of the other', () => {
    const { backend, inbox } = setUp()
    send(backend, 'x@far.example', ['alice@rennes.example', 'bob@rennes.example'])
    expect(field(inbox('alice')[0]!, 'Received')).not.toContain('for <')
  })

  test('without a header stays a body', () => {
    const { backend, inbox } = setUp()
    send(backend, null, ['alice@rennes.example'], { content: 'Blah blah blah...\r\n' })
    expect(inbox('alice')[0]).toMatch(/\r\n\r\nBlah blah blah\.\.\.\r\n$/)
  })

  test('is completed at submission only', () => {
    const { mta, backend, inbox } = setUp()
    const submission = mta.backend(profile('mx1.rennes.example', { role: 'submission' }))
    const content = 'Subject: no date\r\n\r\n'
    send(submission, 'alice@rennes.example', ['alice@rennes.example'], { content, client: client({ user: 'alice' }) })
    send(backend, 'alice@rennes.example', ['alice@rennes.example'], { content })
    const own = 'Message-ID: <mine@here>\r\nDate: yesterday\r\n\r\n'
    send(submission, null, ['alice@rennes.example'], { content: own, client: client({ user: 'alice' }) })
    const [completed, relayed, complete] = inbox('alice')
    expect(field(completed!, 'Message-ID')).toMatch(/^<[0-9A-F]{10}@mx1\.rennes\.example>$/)
    expect(field(completed!, 'Date')).toBe('Mon, 7 Sep 2026 10:00:00 +0200 (CEST)')
    expect(field(completed!, 'Received')).toContain('with ESMTPA')
    expect(field(relayed!, 'Message-ID')).toBeNull()
    expect(field(relayed!, 'Date')).toBeNull()
    expect(fieldValues(complete!, 'Message-ID')).toEqual(['<mine@here>'])
    expect(fieldValues(complete!, 'Date')).toEqual(['yesterday'])
  })

  test('is dated by the clock of the host, be it wrong', () => {
    const { backend, store, inbox } = new Bench().mta(...HOST, {}, PEOPLE, { skew: -25 * MINUTE })
    send(backend, null, ['alice@rennes.example'])
    expect(field(inbox('alice')[0]!, 'Received')).toContain('09:35:00 +0200')
    expect(store.account('alice')!.mailboxes.get('INBOX')!.messages[0]!.internalDate).toBe(Date.UTC(2026, 8, 7, 7, 35))
    expect(backend.date()).toContain('09:35:00')
  })

  test('that has gone through too many hands is refused', () => {
    const { backend } = new Bench().mta(...HOST, { hops: 3 }, PEOPLE)
    const hops = (count: number) => `${'Received: from a by b; now\r\n'.repeat(count)}\r\nReceived: in the body\r\n`
    expect(send(backend, null, ['alice@rennes.example'], { content: hops(3) }).verdict).toBe('queued')
    expect(send(backend, null, ['alice@rennes.example'], { content: hops(4) })).toEqual({
      verdict: 'loop',
    })
  })

  test('without room for anybody is refused; where some have room, the sender hears of the rest', () => {
    const bench = new Bench()
    const { mta, backend, inbox, store } = bench.mta(...HOST, {}, PEOPLE)
    const large = `Subject: large\r\n\r\n${'x'.repeat(1200)}\r\n`
    const middle = `Subject: middle\r\n\r\n${'x'.repeat(500)}\r\n`
    expect(send(backend, null, ['bob@rennes.example'], { content: large }).verdict).toBe('over-quota')
    expect(send(backend, null, ['bob@rennes.example'], { content: middle }).verdict).toBe('queued')
    expect(send(backend, null, ['bob@rennes.example'], { content: middle }).verdict).toBe('storage')

    const both = ['bob@rennes.example', 'alice@rennes.example']
    send(backend, 'alice@rennes.example', both, { content: large })
    const [message, bounce] = inbox('alice')
    expect(message).toContain('Subject: large')
    expect(bounce).toContain('<bob@rennes.example>:\r\n    5.2.2 the message is larger')

    // What fits later is tried later.
    send(backend, 'alice@rennes.example', both, { content: middle })
    expect(mta.queue()[0]!.recipients.map(({ status, code }) => [status, code])).toEqual([
      ['waiting', '4.2.2'],
      ['delivered', ''],
    ])
    store.account('bob')!.quota = 10_000
    bench.runUntil(MINUTE)
    bench.drain()
    expect(inbox('bob')).toHaveLength(2)
    expect(mta.queue()).toEqual([])
  })

  test('is taken only where its final copy fits, with what delivery writes on top', () => {
    const whole = (quota: number) => {
      const { mta, backend, inbox } = new Bench().mta(...HOST, {}, [{ ...PEOPLE[1]!, quota }])
      const answer = send(backend, 'x@far.example', ['bob@rennes.example'], { content: 'Subject: x\r\n\r\n' })
      return { answer: answer.verdict, queued: mta.queue().length, octets: inbox('bob')[0]?.length ?? 0 }
    }
    const { octets } = whole(10_000)
    expect(whole(octets)).toEqual({ answer: 'queued', queued: 0, octets })
    expect(whole(octets - 1)).toEqual({ answer: 'over-quota', queued: 0, octets: 0 })
  })

  test('is taken only while all stores and queues of the world have room for it together', () => {
    const bench = new Bench()
    const space = new Space(5000)
    const content = `Subject: x\r\n\r\n${'x'.repeat(1500)}\r\n`
    const far = bench.mta('mx.far.example', '198.51.100.9', { domains: ['far.example'] }, [], { space })
    const near = bench.mta(...HOST, {}, PEOPLE, { space })
    expect(send(far.backend, null, ['x@nowhere.example'], { content }).verdict).toBe('queued')
    expect(send(near.backend, null, ['x@nowhere.example'], { content }).verdict).toBe('queued')
    expect(send(near.backend, null, ['x@nowhere.example'], { content }).verdict).toBe('storage')
    bench.drain()
    expect(near.mta.queue()).toEqual([])
    expect(send(near.backend, null, ['x@nowhere.example'], { content }).verdict).toBe('queued')
  })

  test('fills a mailbox until RCPT says so', () => {
    const { backend, store } = setUp()
    const bob = store.account('bob')!
    bob.used = 1000
    expect(backend.recipient(STRANGER, null, path('bob@rennes.example'), 'MAIL')).toEqual({
      verdict: 'full',
      permanent: false,
    })
    bob.quota = 0
    expect(backend.recipient(STRANGER, null, path('bob@rennes.example'), 'MAIL')).toEqual({
      verdict: 'full',
      permanent: true,
    })
  })

  test('is not taken when the queue is full, and what was taken stays', () => {
    const bench = new Bench()
    const { mta, backend } = bench.mta(...HOST, {}, PEOPLE)
    bench.names('far.example MX servfail')
    const content = `\r\n${'x'.repeat(50_000_000)}`
    const answers = Array.from({ length: 7 }, () => send(backend, null, ['x@far.example'], { content }).verdict)
    expect(answers).toEqual([...Array<string>(5).fill('queued'), 'storage', 'storage'])
    expect(mta.queue()).toHaveLength(5)
  })
})

describe('ids', () => {
  test('only grow', () => {
    let chance = 1
    const random = {
      below: (n: number) => (chance = (chance * 48_271) % 0x7fffffff) % n,
      shuffle: <T>(l: readonly T[]) => [...l],
    }
    const { backend } = new Bench().mta(...HOST, {}, PEOPLE, { random })
    const ids = Array.from({ length: 300 }, () => {
      const answer = send(backend, null, ['alice@rennes.example'])
      return answer.verdict === 'queued' ? answer.id : ''
    })
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(300)
  })
})
