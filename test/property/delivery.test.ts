/** Whatever hosts answer and aliases say: what was accepted ends somewhere, once, and the trace tells where. */
import fc from '../fast-check.ts'
import { expect, test } from 'vitest'
import type { MailConfig } from '../../src/core/mta/config.ts'
import { client, fails, Bench, DAY, MINUTE, path, relaysTo, says, send, type Server } from '../unit/mta/bench.ts'

const LOCAL = ['alice', 'bob', 'info', 'team', 'list', 'gone', 'nobody'].map((local) => `${local}@rennes.example`)
const FAR = ['carol@lyon.example', 'dave@lyon.example', 'erin@nice.example', 'x@nowhere.example', 'alice@paris.example']
const address = fc.constantFrom(...LOCAL, ...FAR)
const SERVERS: readonly Server[] = [
  says('250'),
  says('250'),
  says('450'),
  says('550'),
  fails('greeting', '421'),
  fails('greeting', '554'),
  fails('mail', '451'),
  fails('mail', '552'),
  fails('content', null, true),
  'refused',
  'timeout',
]

const world = fc.record({
  info: fc.array(address, { minLength: 1, maxLength: 3 }),
  team: fc.array(address, { minLength: 1, maxLength: 3 }),
  list: fc.array(address, { minLength: 1, maxLength: 4 }),
  owner: address,
  forward: address,
  back: fc.constantFrom(...LOCAL),
  mails: fc.array(
    fc.record({ from: fc.option(address), to: fc.array(address, { minLength: 1, maxLength: 4 }), wait: fc.nat(20) }),
    { minLength: 1, maxLength: 4 },
  ),
  moods: fc.array(fc.constantFrom(...SERVERS), { minLength: 2, maxLength: 12 }),
  crash: fc.boolean(),
  connections: fc.integer({ min: 1, max: 3 }),
  /** The same letter so often at once: they share connections. */
  copies: fc.integer({ min: 1, max: 4 }),
})

test('every accepted message is delivered, sent, returned or dropped, and nobody gets it unnoticed twice', () => {
  fc.assert(
    fc.property(world, ({ info, team, list, owner, forward, back, mails, moods, crash, connections, copies }) => {
      const bench = new Bench()
      bench.names('lyon.example MX 10 mx1.lyon.example', 'lyon.example MX 20 mx2.lyon.example')
      bench.names('nice.example MX 10 mx2.lyon.example', 'paris.example MX 0 mx.paris.example')
      bench.names('mx1.lyon.example A 198.51.100.1', 'mx2.lyon.example A 198.51.100.2')
      bench.names('mx.paris.example A 203.0.113.1', 'rennes.example MX 5 mx1.rennes.example')
      bench.names('mx1.rennes.example A 192.0.2.10')
      const config: Partial<MailConfig> = {
        connections,
        aliases: { 'info@rennes.example': info, 'team@rennes.example': team },
        lists: { 'list@rennes.example': { name: 'A List', owner, members: list } },
        forwards: { 'gone@rennes.example': { to: forward, reply: 251 } },
      }
      const people = ['alice', 'bob'].map((user) => ({ user, address: `${user}@rennes.example`, quota: 2000 }))
      const rennes = bench.mta('mx1.rennes.example', '192.0.2.10', config, people)
      // Paris sends on to Rennes, so that mail can go round between the two.
      const forwards = { 'alice@paris.example': { to: back, reply: 251 } } as const
      const paris = bench.mta('mx.paris.example', '203.0.113.1', { domains: ['paris.example'], forwards })
      bench.server('192.0.2.10', relaysTo(rennes.backend, client()))
      bench.server('203.0.113.1', relaysTo(paris.backend, client()))
      const moody = (turn: number) => {
        bench.server('198.51.100.1', moods[turn % moods.length]!)
        bench.server('198.51.100.2', moods[(turn + 1) % moods.length]!)
      }
      mails.forEach(({ from, to, wait }, turn) => {
        moody(turn)
        // From one copy to the next a mailbox may fill up.
        for (let copy = 0; copy < copies; copy++) {
          const known = to.filter(
            (one) => !['unknown', 'full'].includes(rennes.backend.recipient(client(), null, path(one), 'MAIL').verdict),
          )
          if (known.length > 0) send(rennes.backend, from, known)
        }
        bench.runUntil(bench.now + wait * MINUTE)
        if (crash) {
          rennes.mta.stop()
          rennes.mta.start()
        }
      })
      for (let turn = 0; turn < 12; turn++) {
        moody(turn)
        bench.runUntil(bench.now + DAY)
      }
      bench.drain()

      expect([...rennes.mta.queue(), ...paris.mta.queue()]).toEqual([])
      expect(bench.notes('removed')).toHaveLength(bench.notes('accepted').length)
      const told = new Set([
        ...bench.notes('bounced').map(({ id }) => id),
        ...bench.notes('dropped').map(({ id }) => id),
      ])
      for (const { id } of bench.notes('failed')) expect(told.has(id)).toBe(true)
      const ends = new Set<string>()
      for (const note of [...bench.notes('delivered'), ...bench.notes('sent'), ...bench.notes('failed')]) {
        for (const recipient of note.kind === 'delivered' ? [note.address] : note.recipients) {
          const key = `${note.id} ${recipient}`
          expect(ends.has(key)).toBe(false)
          ends.add(key)
        }
      }
      for (const { id, recipients } of bench.notes('attempt')) {
        for (const recipient of recipients) expect(ends.has(`${id} ${recipient}`)).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})
