/** Terminals that a mail system may write onto, and who sits at them: SEND of RFC 821 and write(1). */
import { expect, test } from 'vitest'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const MESSAGE =
  'Return-Path: <EAK@bar.com>\r\nReceived: from bar.com\r\n\tby foo.com\r\n\r\nBlah\x07 blah\x1b[2J...\r\n'

function seated(world = 'campus') {
  const sim = new Sim(readWorld(world))
  const screen = (terminal: string) =>
    sim.trace
      .filter((event): event is TraceEvent & { kind: 'printed' | 'typed' } => 'terminal' in event && 'text' in event)
      .map((event) => (event.terminal === terminal ? event.text : ''))
      .join('')
  return { sim, screen }
}

const of = (sim: Sim, host: string) =>
  sim.world.terminals.of(
    (user) => sim.file.accounts.find((account) => account.host === host && account.user === user)?.address ?? null,
  )

test('a person sits at any machine, and is active for the mail system of the account while a terminal is open', () => {
  const { sim } = seated()
  const terminals = of(sim, 'mx1.rennes.example')
  expect(terminals.isActive('alice')).toBe(false)
  expect(terminals.show('alice', MESSAGE)).toBe(false)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  expect(terminals.isActive('alice')).toBe(true)
  expect(terminals.isActive('bruno')).toBe(false)
  expect(terminals.isActive('nobody')).toBe(false)
  // Another organisation has no alice.
  expect(of(sim, 'mail.brest.example').isActive('alice')).toBe(false)
  // Who sits down in her place is somebody else.
  sim.open('t1', 'pc-bruno.rennes.example', 'bruno')
  expect([terminals.isActive('alice'), terminals.isActive('bruno')]).toEqual([false, true])
})

test('what is shown stands on lines of its own, cannot steer the terminal, and the prompt comes again', () => {
  const { sim, screen } = seated('rfc')
  sim.open('t1', 'foo.com', 'Admin.MRC')
  sim.drain()
  const before = screen('t1').length
  expect(of(sim, 'foo.com').show('Admin.MRC', MESSAGE)).toBe(true)
  expect(screen('t1').slice(before)).toBe(
    '\nMessage from <EAK@bar.com> at 05:33 ...\nBlah\u2407 blah\u241b[2J...\nEOF\nAdmin.MRC@foo:~$ ',
  )
})

test('a message with a header is shown with its sender and subject', () => {
  const { sim, screen } = seated()
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  const shown = 'From: Bruno\r\n <bruno@rennes.example>\r\nSubject: Coffee\r\n\r\nNow?\r\n\r\n'
  of(sim, 'mx1.rennes.example').show('alice', shown)
  expect(screen('t1')).toContain(
    'Message from Bruno <bruno@rennes.example> at 10:00 ...\nSubject: Coffee\n\nNow?\nEOF\n',
  )
})

test('mesg n keeps a terminal quiet; of several terminals each that takes messages shows them', () => {
  const { sim, screen } = seated()
  const terminals = of(sim, 'mx1.rennes.example')
  for (const id of ['t1', 't2']) sim.open(id, 'pc-alice.rennes.example', 'alice')
  sim.type('t1', 'mesg n\nmesg\n')
  sim.drain()
  expect(screen('t1')).toContain('is n\n')
  expect(terminals.show('alice', MESSAGE)).toBe(true)
  expect(screen('t1')).not.toContain('Message from')
  expect(screen('t2')).toContain('Message from <EAK@bar.com>')
  sim.type('t2', 'mesg n\nwho -T\n')
  sim.drain()
  expect(terminals.isActive('alice')).toBe(false)
  expect(screen('t2')).toContain('alice    - t1           Sep  7 10:00\nalice    - t2           Sep  7 10:00\n')
  sim.type('t1', 'mesg y\n')
  sim.drain()
  expect(terminals.isActive('alice')).toBe(true)
})

test('mesg and who say what is wrong with their words', () => {
  const { sim, screen } = seated()
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.type('t1', 'mesg maybe\nmesg y n\nwho -x\nwho\n')
  sim.drain()
  expect(screen('t1')).toContain('mesg: invalid argument: maybe\n')
  expect(screen('t1')).toContain('usage: mesg [y|n]\n')
  expect(screen('t1')).toContain("who: invalid option -- 'x'\n")
  expect(screen('t1')).toContain('alice    t1           Sep  7 10:00\n')
})
