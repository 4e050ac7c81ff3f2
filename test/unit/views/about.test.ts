/** What is picked in one view is found in the others: each kind of event that a played world notes, and each view. */
import { expect, test } from 'vitest'
import { arrivalsOf, hopAbout } from '../../../src/core/views/about.ts'
import { concern } from '../../../src/core/views/concern.ts'
import { connections } from '../../../src/core/views/connections.ts'
import { lookups } from '../../../src/core/views/dns.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { lineAbout, mailLogs } from '../../../src/core/views/log.ts'
import { hostsOf } from '../../../src/core/views/network-map.ts'
import { packets, packetsOf } from '../../../src/core/views/packets/packets.ts'
import { rowOf } from '../../../src/core/views/row-of.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')

function played(recipients: readonly string[]) {
  const sim = new Sim(campus)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const dialogue = [
    ...['telnet mx1.rennes.example 25', 'EHLO pc', 'MAIL FROM:<alice@rennes.example>'],
    ...[...recipients.map((recipient) => `RCPT TO:<${recipient}>`), 'DATA', 'Subject: Hi', '', 'text', '.', 'QUIT'],
  ]
  for (const line of dialogue) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  return sim
}

/** What each view that has a place for events shows of one. */
function placed(sim: Sim) {
  const { trace } = sim
  const all = <View>(fold: ConstructorParameters<typeof Folder<View>>[0]) => new Folder(fold).catchUp(trace)
  const hostAt = (address: string) => sim.world.network.hostAt(address)
  const views = {
    concern: all(concern),
    rows: all(sequence(hostAt)).rows,
    packets: all(packets),
    log: all(mailLogs(campus)),
    connections: all(connections),
    lookups: all(lookups).rows,
  }
  return (event: TraceEvent) => {
    const hop = hopAbout(views.concern, event)
    const shown = {
      sequence: rowOf(views.rows, trace, event.seq) !== null,
      journey: hop !== null,
      mailboxes: arrivalsOf(event, hop).size > 0,
      log: lineAbout(views.log, event, hop, (seq) => trace[seq]) !== null,
      packets: packetsOf(views.packets, event).length > 0,
      network: hostsOf(event, views.connections, hostAt).length > 0,
      dns: views.lookups.some(({ seq, last }) => seq === event.seq || last === event.seq),
    }
    return Object.entries(shown).flatMap(([view, is]) => (is ? [view] : []))
  }
}

/** For each kind of event, the views in which all of them are found. */
function found(sim: Sim, from = 0) {
  const shows = placed(sim)
  const kinds = new Map<string, string[]>()
  for (const event of sim.trace.slice(from)) {
    const shown = shows(event)
    kinds.set(event.kind, kinds.get(event.kind)?.filter((view) => shown.includes(view)) ?? shown)
  }
  return Object.fromEntries(kinds)
}

const MESSAGE = ['journey', 'mailboxes', 'log']

test('whatever is noted of a message on its way is found in the views that show it', () => {
  const sim = played(['claire@lyon.example'])
  const dialled = sim.trace.find(({ kind }) => kind === 'dial')!.seq
  const wire = ['sequence', ...MESSAGE, 'packets', 'network']
  const note = ['sequence', ...MESSAGE, 'network']
  expect(found(sim, dialled)).toEqual({
    dial: wire,
    connected: wire,
    segment: wire,
    tls: wire,
    command: wire,
    reply: wire,
    chunk: wire,
    fin: wire,
    attempt: wire,
    // By BDAT its octets are those of its chunks.
    content: note,
    accepted: note,
    routed: note,
    sent: note,
    delivered: note,
    removed: note,
    remark: note,
    'terminal-conn': [...MESSAGE, 'network'],
    lookup: ['sequence', ...MESSAGE, 'packets', 'network', 'dns'],
    'looked-up': ['sequence', ...MESSAGE, 'network', 'dns'],
    datagram: ['sequence', ...MESSAGE, 'packets', 'network'],
    // What stands on a terminal is picked nowhere.
    typed: ['packets', 'network'],
    printed: ['network'],
  })
})

test('what is said to a host is about the message as that host takes it; what it refuses, as the other one has it', () => {
  const sim = played(['claire@lyon.example', 'nobody@lyon.example'])
  const view = new Folder(concern).catchUp(sim.trace)
  const about = (line: string) => {
    const heard = sim.trace.filter((event) => event.kind === 'command' && event.line.startsWith(line))
    return heard.map((event) => hopAbout(view, event)?.host)
  }
  expect(about('RCPT TO:<claire')).toEqual(['mx1.rennes.example', 'mx.lyon.example', 'store.lyon.example'])
  expect([...about('EHLO'), ...about('QUIT')]).not.toContain(undefined)

  const refused = played(['nobody@lyon.example'])
  const said = refused.trace.find((event) => event.kind === 'reply' && event.verb === 'RCPT' && event.code === '550')
  expect(said).toMatchObject({ host: 'store.lyon.example' })
  expect(hopAbout(new Folder(concern).catchUp(refused.trace), said!)?.host).toBe('mx.lyon.example')
})

test('what was delivered of a message comes with whatever is picked of it, and a delivery alone with itself', () => {
  const sim = played(['claire@lyon.example', 'bruno@rennes.example'])
  const view = new Folder(concern).catchUp(sim.trace)
  const brought = (event: TraceEvent) => [...arrivalsOf(event, hopAbout(view, event))]
  const rcpt = sim.trace.find((event) => event.kind === 'command' && event.verb === 'RCPT')!
  const delivered = sim.trace.filter(({ kind }) => kind === 'delivered')
  expect(delivered).toHaveLength(2)
  expect(brought(rcpt).sort()).toEqual(delivered.map(({ seq }) => seq).sort())
  expect(brought(delivered[0]!)).toEqual([delivered[0]!.seq])
  // Beyond the first host only that copy.
  const relayed = sim.trace.filter((event) => event.kind === 'command' && event.line.startsWith('RCPT TO:<claire'))
  expect(brought(relayed[1]!)).toEqual([delivered.find(({ host }) => host === 'store.lyon.example')!.seq])
})

test('what is about no message is found in none', () => {
  const sim = new Sim(campus)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  sim.type('t1', 'dig MX lyon.example\n')
  sim.drain()
  const shows = placed(sim)
  for (const event of sim.trace) expect(shows(event)).not.toEqual(expect.arrayContaining(['journey']))
})
