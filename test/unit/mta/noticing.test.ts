import { describe, expect, test } from 'vitest'
import { field } from '../../../src/core/message/fields.ts'
import { Checkpoints } from '../../../src/core/mta/checkpoints.ts'
import { Notices } from '../../../src/core/mta/notice.ts'
import { Schedule } from '../../../src/core/mta/schedule.ts'
import type { QueueEntry } from '../../../src/core/mta/queue.ts'
import { addressee, PLAIN_TERMS } from '../../../src/core/smtp/envelope.ts'
import { Bench, client, DAY, HOUR, MINUTE, path, profile, send, STRANGER } from './bench.ts'

const HOST = ['mx1.rennes.example', '192.0.2.10'] as const
const PEOPLE = ['alice', 'bob'].map((user) => ({ user, address: `${user}@rennes.example` }))
const mail = { content: 'Message-ID: <1@far.example>\r\n\r\nhi\r\n', client: STRANGER }

describe('a duplicate', () => {
  test('is the same Message-ID for the same person within a day; it is delivered all the same', () => {
    const bench = new Bench()
    const { backend, inbox } = bench.mta(...HOST, {}, PEOPLE)
    send(backend, null, ['alice@rennes.example'], mail)
    send(backend, null, ['bob@rennes.example'], mail)
    expect(bench.notes('noticed')).toEqual([])
    send(backend, null, ['Alice@Rennes.example'], mail)
    expect(bench.notes('noticed')).toMatchObject([{ what: 'duplicate' }])
    expect(bench.notes('noticed')[0]!.detail).toContain('<1@far.example> came for <alice@rennes.example> before')
    expect(bench.causes(bench.notes('accepted')[2]!)).toEqual(['accepted', 'noticed'])
    expect(inbox('alice')).toHaveLength(2)
    bench.runUntil(DAY)
    send(backend, null, ['alice@rennes.example'], mail)
    expect(bench.notes('noticed')).toHaveLength(1)
  })

  test('is looked for among the last so many', () => {
    const notices = new Notices({ greylist: null, rate: null, bombing: null })
    const again = (id: number) => notices.duplicate(`<${id}@x>`, 'a@b', 'Q', 0)
    for (let id = 0; id < 10_001; id++) expect(again(id)).toBeNull()
    expect(again(10_000)).not.toBeNull()
    expect(again(0)).toBeNull()
    expect(notices.duplicate(null, 'a@b', 'Q', 0)).toBeNull()
  })
})

test('mail bombing is noticed once for each burst', () => {
  const bench = new Bench()
  const policy = { greylist: null, rate: null, bombing: { messages: 3, per: MINUTE } }
  const { backend, inbox } = bench.mta(...HOST, { policy }, PEOPLE)
  const burst = (count: number) => {
    for (let k = 0; k < count; k++) send(backend, null, ['alice@rennes.example'], { client: STRANGER })
  }
  burst(3)
  expect(bench.notes('noticed')).toEqual([])
  burst(5)
  expect(bench.notes('noticed')).toMatchObject([{ what: 'bombing' }])
  send(backend, null, ['bob@rennes.example'], { client: STRANGER })
  expect(bench.notes('noticed')).toHaveLength(1)
  bench.runUntil(2 * MINUTE)
  burst(4)
  expect(bench.notes('noticed')).toHaveLength(2)
  expect(inbox('alice')).toHaveLength(12)
})

describe('a transaction that broke off', () => {
  const recipients = [addressee(path('b@y'))]
  const envelope = { ...PLAIN_TERMS, from: path('a@x'), recipients, declared: null }
  const kept = { envelope, content: 'Subject: lo' }

  test('is found by its client and its name alone, until it is through', () => {
    const { backend } = new Bench().mta(...HOST)
    backend.keepCheckpoint(client(), '<1@pc>', kept)
    expect(backend.checkpoint(client(), '<1@pc>')).toEqual(kept)
    expect(backend.checkpoint(client({ helo: 'PC' }), '<1@pc>')).toEqual(kept)
    expect(backend.checkpoint(client(), '<1@PC>')).toBeNull()
    expect(backend.checkpoint(client({ helo: 'other' }), '<1@pc>')).toBeNull()
    expect(backend.checkpoint({ ...STRANGER, helo: 'pc' }, '<1@pc>')).toBeNull()
    // What alice left is hers, though somebody else sits at the same machine and says the same names.
    backend.keepCheckpoint(client({ user: 'alice' }), '<2@pc>', kept)
    expect(backend.checkpoint(client({ user: 'alice' }), '<2@pc>')).toEqual(kept)
    expect(backend.checkpoint(client({ user: null }), '<2@pc>')).toBeNull()
    expect(backend.checkpoint(client({ user: 'bob' }), '<2@pc>')).toBeNull()
    backend.keepCheckpoint(client(), '<1@pc>', null)
    expect(backend.checkpoint(client(), '<1@pc>')).toBeNull()
  })

  test('is forgotten after two days, or for a hundred others, or for lack of room', () => {
    const store = new Checkpoints()
    store.keep(client(), '<old@pc>', kept, 0)
    expect(store.find(client(), '<old@pc>', 48 * HOUR)).toEqual(kept)
    expect(store.find(client(), '<old@pc>', 48 * HOUR + 1)).toBeNull()
    for (let k = 0; k <= 100; k++) store.keep(client(), `<${k}@pc>`, kept, 0)
    expect(store.find(client(), '<0@pc>', 0)).toBeNull()
    expect(store.find(client(), '<1@pc>', 0)).toEqual(kept)
    const big = { envelope, content: 'x'.repeat(30_000_000) }
    for (const name of ['<a@pc>', '<b@pc>', '<c@pc>']) store.keep(client(), name, big, 0)
    expect(store.find(client(), '<a@pc>', 0)).toBeNull()
    expect(store.find(client(), '<c@pc>', 0)).toEqual(big)
  })
})

describe('SEND', () => {
  const terminals = { isActive: (user: string) => user === 'alice', show: () => true }
  test('is for those alone who sit at a terminal', () => {
    const { backend } = new Bench().mta(...HOST, {}, PEOPLE, { terminals })
    const ask = (to: string, how: 'SEND' | 'SOML' | 'SAML') => backend.recipient(STRANGER, null, path(to), how).verdict
    expect(ask('alice@rennes.example', 'SEND')).toBe('ok')
    expect(ask('bob@rennes.example', 'SEND')).toBe('not-logged-in')
    expect(ask('nobody@rennes.example', 'SEND')).toBe('unknown')
    expect(ask('bob@rennes.example', 'SOML')).toBe('ok')
    expect(ask('bob@rennes.example', 'SAML')).toBe('ok')
  })
})

describe('LMTP', () => {
  const lmtp = profile(HOST[0], { role: 'lmtp' })
  test('delivers at once, and answers for each recipient', () => {
    const bench = new Bench()
    const { mta, inbox } = bench.mta(...HOST, {}, [
      ...PEOPLE,
      { user: 'full', address: 'full@rennes.example', quota: 10 },
    ])
    const to = ['alice@rennes.example', 'full@rennes.example', 'nobody@rennes.example'].map(path)
    const envelope = { ...PLAIN_TERMS, from: path('a@x'), recipients: to.map(addressee), declared: null }
    const verdicts = mta.backend(lmtp).deliver(client({ secure: true }), envelope, 'Subject: hi\r\n\r\nhello\r\n', -1)
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['queued', 'full', 'unknown'])
    expect(mta.queue()).toEqual([])
    expect(field(inbox('alice')[0]!, 'Received')).toContain('with LMTPS')
    expect(bench.notes('accepted')[0]!.role).toBe('mda')
  })
})

test('a host takes mail as what it is for it', () => {
  const bench = new Bench()
  const relay = { networks: ['192.0.2.0/24'], domains: ['lyon.example'], all: false }
  const { mta, backend } = bench.mta(...HOST, { relay }, PEOPLE)
  send(backend, null, ['alice@rennes.example'], { client: STRANGER })
  send(backend, null, ['x@lyon.example'], { client: STRANGER })
  send(backend, null, ['x@far.example'])
  send(mta.backend(profile(HOST[0], { role: 'submission' })), null, ['x@far.example'])
  expect(bench.notes('accepted').map(({ role }) => role)).toEqual(['mx', 'mx', 'mta', 'msa'])
})

test('a schedule gives what is due, the earliest first, each once', () => {
  const schedule = new Schedule()
  const entries = Array.from({ length: 200 }, (_, k) => ({ id: String(k) }) as QueueEntry)
  const times = entries.map((_, k) => (k * 7919) % 200)
  entries.forEach((entry, k) => {
    schedule.put(entry, times[k]! + 1000)
    schedule.put(entry, times[k]!)
    schedule.put(entry, times[k]! + 5)
  })
  expect(schedule.next).toBe(0)
  const given: number[] = []
  for (let entry = schedule.take(99); entry; entry = schedule.take(99)) given.push(times[Number(entry.id)]!)
  expect(given).toEqual(Array.from({ length: 100 }, (_, k) => k))
  expect(schedule.next).toBe(100)
  schedule.clear()
  expect(schedule.next).toBe(Infinity)
})

test('SAML to a full mailbox is on the terminal once, however often the mailbox is tried', () => {
  const bench = new Bench()
  let shown = 0
  const terminals = { isActive: () => true, show: () => ++shown > 0 }
  const people = [
    { user: 'full', address: 'full@rennes.example', quota: 700 },
    { user: 'bob', address: 'bob@rennes.example' },
  ]
  const { mta, backend } = bench.mta(...HOST, {}, people, { terminals })
  const content = `Subject: x\r\n\r\n${'y'.repeat(200)}\r\n`
  send(backend, 'a@x.example', ['full@rennes.example'], { content, client: STRANGER })
  const to = ['full@rennes.example', 'bob@rennes.example']
  send(backend, 'a@x.example', to, { content, client: STRANGER, terms: { how: 'SAML' } })
  expect(mta.queue()[0]!.recipients[0]).toMatchObject({ status: 'waiting', success: null })
  bench.runUntil(24 * 3_600_000)
  expect(bench.notes('deferred').length).toBeGreaterThan(3)
  expect(shown).toBe(2)
})
