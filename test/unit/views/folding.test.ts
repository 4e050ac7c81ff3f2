import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { played, scenarios } from '../../../src/core/lesson/scenarios.ts'
import { concern, isOnTheWay } from '../../../src/core/views/concern.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import {
  asOf,
  everything,
  leftOut,
  placeOf,
  rowKinds,
  Sieve,
  type Knowledge,
  type Wish,
} from '../../../src/core/views/folding.ts'
import { rowKind } from '../../../src/core/views/row-kinds.ts'
import { rowOf } from '../../../src/core/views/row-of.ts'
import type { Row } from '../../../src/core/views/rows.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const circumstances = { say: (_: string, key: string) => key, language: 'en' } as const
const run = (id: string): Sim => {
  const scenario = scenarios.find((each) => each.id === id)!
  return played(scenario, readWorld(scenario.world), circumstances)
}
const sims = ['relay', 'bounce', 'list', 'tls'].map(run)

const folded = (sim: Sim, until = sim.trace.length) =>
  new Folder(sequence((address) => sim.world.network.hostAt(address))).upTo(sim.trace, until)

function knowledgeOf(sim: Sim): Knowledge {
  const { connections } = folded(sim)
  const about = new Folder(concern).catchUp(sim.trace)
  return {
    kindOf: (row) => rowKind(row, connections),
    isOnTheWay: (row, message) => isOnTheWay(about, row, message),
  }
}

const wishes = (sim: Sim): fc.Arbitrary<Wish> => {
  const { connections } = folded(sim)
  const some = <Each>(all: readonly Each[]) => fc.subarray([...all]).map((part) => new Set(part))
  const one = <Each>(all: readonly Each[]) => fc.option(fc.constantFrom(...all), { freq: 3 })
  const conns = [...connections.keys()]
  const hosts = Object.keys(sim.file.hosts)
  return fc.record({
    folded: some(conns),
    resolvers: some(hosts),
    notes: fc.boolean(),
    hosts: some(hosts),
    kinds: some(rowKinds),
    session: one(conns),
    message: one([1, 2, 3]),
  })
}

/** All that there is to see of what is shown. */
function seen(sieve: Sieve, until: number | null) {
  const shown = sieve.shown(until)
  return {
    rows: shown.rows.slice(0, shown.count).map((row) => asOf(row, until)),
    participants: shown.participants,
    folded: shown.rows.slice(0, shown.count).map(({ conn }) => shown.folded(conn)),
  }
}

/** What belongs to a row later on, and what only bookkeeping needs. */
const plain = (rows: readonly Row[]) =>
  rows.map((row) => ({
    ...row,
    last: 0,
    ...(row.row === 'lost' ? { seqs: [] } : {}),
    ...(row.row === 'dns' ? { cached: false } : {}),
  }))

describe('a sieve', () => {
  test('looks at each row once, however often it is asked: an event costs the same at any length', () => {
    const { rows } = folded(sims[0]!)
    let looks = 0
    const watched = new Proxy(rows, {
      get(all, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++
        return Reflect.get(all, key, receiver) as unknown
      },
    })
    const sieve = new Sieve(everything, knowledgeOf(sims[0]!))
    for (let asked = 0; asked < 50; asked++) sieve.take(watched).shown(null)
    expect(looks).toBe(rows.length)
  })

  test.each(sims)('that is asked again and again shows what one that is made anew shows', (sim) => {
    const knowledge = knowledgeOf(sim)
    const { rows } = folded(sim)
    fc.assert(
      fc.property(wishes(sim), fc.array(fc.nat(rows.length), { maxLength: 5 }), (wish, cuts) => {
        const patient = new Sieve(wish, knowledge)
        for (const cut of cuts.sort((a, b) => a - b)) patient.take(rows.slice(0, cut))
        const anew = new Sieve(wish, knowledge).take(rows)
        expect(seen(patient.take(rows), null)).toEqual(seen(anew, null))
      }),
      { numRuns: 40 },
    )
  })

  test.each(sims)('shows of the past what was seen then', (sim) => {
    const knowledge = knowledgeOf(sim)
    const all = folded(sim).rows
    fc.assert(
      fc.property(wishes(sim), fc.integer({ min: 1, max: sim.trace.length }), (wish, until) => {
        const now = seen(new Sieve(wish, knowledge).take(all), until)
        const then = seen(new Sieve(wish, knowledge).take(folded(sim, until).rows), null)
        expect({ ...now, rows: plain(now.rows) }).toEqual({ ...then, rows: plain(then.rows) })
      }),
      { numRuns: 40 },
    )
  })

  test.each(sims)('leaves out what is not wanted, says why, and nothing else', (sim) => {
    const knowledge = knowledgeOf(sim)
    const { rows } = folded(sim)
    fc.assert(
      fc.property(wishes(sim), (wish) => {
        const shown = new Sieve({ ...wish, folded: new Set() }, knowledge).take(rows).shown(null)
        for (const row of rows)
          expect(placeOf(shown, row.seq) < 0 || row.row === 'received').toBe(
            leftOut(row, wish, knowledge).length > 0 || row.row === 'received',
          )
        for (const row of shown.rows) {
          if (wish.hosts.size > 0) expect(wish.hosts.has(row.from) || wish.hosts.has(row.to)).toBe(true)
          if (wish.kinds.size > 0) expect(wish.kinds).toContain(rowKind(row, folded(sim).connections))
          if (wish.session !== null) expect(row.conn).toBe(wish.session)
          if (!wish.notes) expect(['mail', 'received']).not.toContain(row.row)
        }
      }),
      { numRuns: 15 },
    )
  })
})

describe('one message', () => {
  const sim = run('relay')
  const { of, journeys } = new Folder(concern).catchUp(sim.trace)
  const rows = folded(sim).rows.filter(({ seq }) => of.get(seq) === 1)

  test('is followed from the hand that gives it to the mailbox', () => {
    expect(journeys.all.length).toBe(1)
    const conns = new Set(rows.map(({ conn }) => conn))
    conns.delete(null)
    expect([...conns]).toEqual([...folded(sim).connections.keys()])
    const kinds = rows.map((row) => (row.row === 'mail' ? row.note.kind : row.row))
    for (const kind of ['connect', 'dns', 'command', 'reply', 'content', 'accepted', 'received', 'routed', 'delivered'])
      expect(kinds).toContain(kind)
  })

  test('of the session in which it was handed in, its transaction alone', () => {
    const [first] = [...folded(sim).connections.keys()]
    const verbs = rows.flatMap((row) => (row.conn === first && row.row === 'command' ? [row.verb] : []))
    expect(verbs[0]).toBe('MAIL')
    expect(verbs).not.toContain('EHLO')
    expect(verbs).not.toContain('QUIT')
    // The reply by which the host takes it comes after the host has noted that it did.
    const replies = rows.filter((row) => row.conn === first && row.row === 'reply')
    expect(replies.length).toBe(verbs.length)
  })

  test('its filter shows how the session began and ended, too, with the look-ups for it', () => {
    const hand = run('direct')
    const about = new Folder(concern).catchUp(hand.trace)
    const shown = folded(hand).rows.filter((row) => isOnTheWay(about, row, 1))
    const said = shown.flatMap((row) => (row.row === 'command' ? [row.verb] : []))
    expect(said).toEqual(['HELO', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
    expect(shown.filter(({ row }) => row === 'connect' || row === 'close').length).toBe(2)
    expect(shown.flatMap((row) => (row.row === 'reply' ? [row.code] : []))).toContain('220')
    expect(shown.flatMap((row) => (row.row === 'dns' ? [row.type] : []))).toContain('PTR')
  })

  test('of a session with two letters, each is shown without the other, and with what belongs to neither', () => {
    const sim = new Sim(readWorld('campus'), circumstances)
    sim.open('t1', 'pc-alice.rennes.example', 'alice')
    sim.drain()
    const letter = (to: string) => ['MAIL FROM:<alice@rennes.example>', `RCPT TO:<${to}>`, 'DATA', '', 'Hello', '.']
    const refused = ['MAIL FROM:<alice@rennes.example>', 'RCPT TO:<nemo@rennes.example>', 'RSET']
    const [bruno, ines] = ['bruno@rennes.example', 'ines@rennes.example']
    const lines = [
      'telnet mx1.rennes.example 25',
      'HELO pc-alice',
      ...letter(bruno),
      ...refused,
      ...letter(ines),
      'QUIT',
    ]
    // A patient reader notices by what was gained that what was left out belongs to it, or what was shown does not.
    const about = concern.empty()
    let [seen, gained] = [0, 0]
    for (const line of lines) {
      sim.type('t1', `${line}\n`)
      sim.drain()
      const before = folded(sim, seen).rows.map((row) => isOnTheWay(about, row, 1))
      const length = seen
      for (; seen < sim.trace.length; seen++) concern.add(about, sim.trace[seen]!)
      const after = folded(sim, length).rows.map((row) => isOnTheWay(about, row, 1))
      if (before.join() !== after.join()) expect(about.gained.get(1)).toBeGreaterThan(gained)
      gained = about.gained.get(1) ?? 0
    }
    const said = (message: number) =>
      folded(sim).rows.flatMap((row) => (row.row === 'command' && isOnTheWay(about, row, message) ? [row.line] : []))
    const transaction = (to: string) => letter(to).slice(0, 3)
    expect(said(1)).toEqual(['HELO pc-alice', ...transaction(bruno), ...refused, 'QUIT'])
    expect(said(2)).toEqual(['HELO pc-alice', ...refused, ...transaction(ines), 'QUIT'])
  })

  test('two that go one after the other in one session are told apart', () => {
    const bounce = run('bounce')
    const view = new Folder(concern).catchUp(bounce.trace)
    const numbers = new Set(view.of.values())
    expect(numbers.size).toBeGreaterThan(1)
    for (const event of bounce.trace)
      if (event.kind === 'bounced') expect(view.of.get(event.seq)).not.toBe(view.journeys.count)
  })
})

test('what hosts write on top of a message is in the trace, as it stands in the mailbox', () => {
  const sim = run('relay')
  const fields = folded(sim).rows.flatMap((row) => (row.row === 'received' ? [row.field] : []))
  expect(fields.length).toBe(3)
  const [delivered] = sim.trace.filter((event) => event.kind === 'delivered')
  const box = sim.world.stores.get(delivered!.host)!.account(delivered!.account)!.mailboxes.get(delivered!.mailbox)!
  const letter = box.message(delivered!.uid)!.content.octets
  for (const field of fields) expect(letter).toContain(field.replaceAll('\n', '\r\n'))
})

test('a reply tells the state that it brings, where it brings one', () => {
  const moves = folded(run('relay')).rows.flatMap((row) => (row.row === 'reply' && row.moved ? [row.moved] : []))
  expect(moves).toEqual(expect.arrayContaining(['ready', 'mail', 'recipients', 'closing']))
})

test('whatever is picked elsewhere has its row: the segment of a command, the answer to a question', () => {
  const sim = run('relay')
  const { rows } = folded(sim)
  const found = (seq: number) => rowOf(rows, sim.trace, seq)
  for (const row of rows) expect(found(row.seq)?.seq).toBe(row.seq)
  for (const event of sim.trace) {
    if (event.kind === 'segment' && event.data.length > 0 && !event.tls) expect(found(event.seq)?.conn).toBe(event.conn)
    if (event.kind === 'looked-up') expect(found(event.seq)?.row).toBe('dns')
    if (event.kind === 'connected') expect(found(event.seq)).toMatchObject({ row: 'connect', conn: event.conn })
  }
  expect(found(sim.trace.length)).toBeNull()
})
