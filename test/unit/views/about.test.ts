/** What is picked in one view is found in the others: each kind of event that a played world notes, and each view. */
import { expect, test } from 'vitest'
import { about } from '../../../src/core/views/about.ts'
import { exchanges } from '../../../src/core/views/exchanges.ts'
import { concern } from '../../../src/core/views/concern.ts'
import { connections } from '../../../src/core/views/connections.ts'
import { lookups } from '../../../src/core/views/dns.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { lineAbout, mailLogs } from '../../../src/core/views/log.ts'
import { foldersOf, listOf, rowsAmong } from '../../../src/core/views/mailer.ts'
import { hostsOf } from '../../../src/core/views/network-map.ts'
import { letterKey } from '../../../src/core/views/mailboxes.ts'
import { packets, packetsOf } from '../../../src/core/views/packets/packets.ts'
import { rowOf } from '../../../src/core/views/row-of.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import { whereabouts } from '../../../src/core/views/whereabouts.ts'
import type { Fold, TraceEvent } from '../../../src/core/trace/events.ts'
import type { MailRequest } from '../../../src/core/mua/requests.ts'
import { mailerAt } from '../../../src/core/world/mailers.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')

/** Types a dialogue line by line, and lets all of it happen. */
function said(sim: Sim, ...lines: string[]): void {
  for (const line of lines) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
}

function played(recipients: readonly string[]) {
  const sim = new Sim(campus)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const dialogue = [
    ...['telnet mx1.rennes.example 25', 'EHLO pc', 'MAIL FROM:<alice@rennes.example>'],
    ...[...recipients.map((recipient) => `RCPT TO:<${recipient}>`), 'DATA', 'Subject: Hi', '', 'text', '.', 'QUIT'],
  ]
  said(sim, ...dialogue)
  return sim
}

const folded = <View>({ trace }: Sim, fold: Fold<View>) => new Folder(fold).catchUp(trace)

/** What each event is about. */
function looked(sim: Sim) {
  const views = {
    concern: folded(sim, concern),
    exchanges: folded(sim, exchanges),
    whereabouts: folded(sim, whereabouts),
  }
  return (event: TraceEvent) => about(views, event, (seq) => sim.trace[seq])
}

/** What each view that has a place for events shows of one. */
function placed(sim: Sim) {
  const { trace } = sim
  const all = <View>(fold: Fold<View>) => folded(sim, fold)
  const aboutOf = looked(sim)
  const hostAt = (address: string) => sim.world.network.hostAt(address)
  const views = {
    rows: all(sequence(hostAt)).rows,
    packets: all(packets),
    log: all(mailLogs(campus)),
    connections: all(connections),
    lookups: all(lookups).rows,
  }
  return (event: TraceEvent) => {
    const { hop, letters } = aboutOf(event)
    const shown = {
      sequence: rowOf(views.rows, trace, event.seq) !== null,
      journey: hop !== null,
      mailboxes: letters.size > 0,
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
  const aboutOf = looked(sim)
  const hosts = (line: string) => {
    const heard = sim.trace.filter((event) => event.kind === 'command' && event.line.startsWith(line))
    return heard.map((event) => aboutOf(event).hop?.host)
  }
  expect(hosts('RCPT TO:<claire')).toEqual(['mx1.rennes.example', 'mx.lyon.example', 'store.lyon.example'])
  expect([...hosts('EHLO'), ...hosts('QUIT')]).not.toContain(undefined)

  const refused = played(['nobody@lyon.example'])
  const said = refused.trace.find((event) => event.kind === 'reply' && event.verb === 'RCPT' && event.code === '550')
  expect(said).toMatchObject({ host: 'store.lyon.example' })
  expect(looked(refused)(said!).hop?.host).toBe('mx.lyon.example')
})

test('what was delivered of a message comes with whatever is picked of it, and a delivery alone with itself', () => {
  const sim = played(['claire@lyon.example', 'bruno@rennes.example'])
  const aboutOf = looked(sim)
  const brought = (event: TraceEvent) => [...aboutOf(event).letters.keys()].sort()
  const rcpt = sim.trace.find((event) => event.kind === 'command' && event.verb === 'RCPT')!
  const delivered = sim.trace.filter(({ kind }) => kind === 'delivered')
  expect(delivered).toHaveLength(2)
  const keys = delivered.flatMap((event) => (event.kind === 'delivered' ? [letterKey(event)] : []))
  expect(brought(rcpt)).toEqual(keys.toSorted())
  expect(brought(delivered[0]!)).toEqual([keys[0]])
  // Beyond the first host only that copy.
  const relayed = sim.trace.filter((event) => event.kind === 'command' && event.line.startsWith('RCPT TO:<claire'))
  expect(brought(relayed[1]!)).toEqual(keys.filter((key) => key.startsWith('store.lyon.example ')))
})

test('what is about no message is found in none', () => {
  const sim = new Sim(campus)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  said(sim, 'dig MX lyon.example')
  const shows = placed(sim)
  for (const event of sim.trace) expect(shows(event)).not.toEqual(expect.arrayContaining(['journey']))
})

const STORE = 'mx1.rennes.example'
const inbox = (...uids: number[]) =>
  uids.map((uid) => letterKey({ host: STORE, account: 'alice', mailbox: 'INBOX', uid }))

test('what is asked of a maildrop or a mailbox is about the letters there, with all that carries it, and about their way', () => {
  const sim = played(['alice@rennes.example'])
  const from = sim.trace.length
  said(sim, `telnet ${STORE} 110`, 'USER alice', 'PASS tournesol', 'LIST', 'RETR 3', 'DELE 1', 'UIDL 2', 'QUIT')
  said(sim, `telnet ${STORE} 143`, 'a LOGIN alice tournesol', 'b SELECT INBOX', 'c FETCH 1:2 (FLAGS)')
  said(sim, 'd UID STORE 3 +FLAGS.SILENT (\\Flagged)', 'e UID FETCH 1,3 (BODY[])', 'f NOOP', 'g LOGOUT')
  const aboutOf = looked(sim)
  const letters = new Map<string, string[]>()
  let line = ''
  for (const event of sim.trace.slice(from)) {
    if (event.kind === 'command') line = event.line
    if (event.kind !== 'segment') letters.set(`${line} ${event.kind}`, [...aboutOf(event).letters.keys()].sort())
  }
  const told = (line: string) => ['command', 'reply', 'data'].map((kind) => letters.get(`${line} ${kind}`) ?? null)
  expect(told('RETR 3')).toEqual([inbox(3), inbox(3), inbox(3)])
  expect(told('DELE 1')).toEqual([inbox(1), inbox(1), null])
  expect(told('UIDL 2')).toEqual([inbox(2), inbox(2), null])
  expect(told('LIST')).toEqual([[], [], []])
  // The first is no more: what has become of the numbers shows in the UIDs.
  expect(told('c FETCH 1:2 (FLAGS)')).toEqual([inbox(2, 3), inbox(2, 3), inbox(2, 3)])
  expect(told('d UID STORE 3 +FLAGS.SILENT (\\Flagged)')).toEqual([inbox(3), inbox(3), null])
  expect(told('e UID FETCH 1,3 (BODY[])')).toEqual([inbox(3), inbox(3), inbox(3)])
  expect(told('f NOOP')).toEqual([[], [], null])
  // The letter that came in this world has a way; segments carry what is said, each its own.
  const way = (event: TraceEvent) => aboutOf(event).hop?.journey.number
  const of = (text: string) =>
    sim.trace.slice(from).filter((event) => event.kind === 'segment' && event.data.includes(text))
  const accepted = sim.trace.find(({ kind }) => kind === 'accepted')!
  expect([...of('RETR 3'), ...of('Subject: Hi'), ...of('UID FETCH 1,3')].map(way)).not.toContain(undefined)
  expect(of('RETR 3').map(way)).toEqual([way(accepted)])
  expect(of('DELE 1').map(way)).toEqual([undefined])
  // Wherever it is laid, it is the same letter.
  said(sim, `telnet ${STORE} 143`, 'a LOGIN alice tournesol', 'b SELECT INBOX', 'c UID MOVE 3 Trash', 'd LOGOUT')
  const retr = sim.trace.find((event) => event.kind === 'command' && event.line === 'RETR 3')!
  const moved = letterKey({ host: STORE, account: 'alice', mailbox: 'Trash', uid: 1 })
  for (const event of [retr, accepted]) expect([...looked(sim)(event).letters.keys()]).toEqual([...inbox(3), moved])
})

test('the mail program shows which of its rows they are: by POP3, too, where its numbers are its own', () => {
  const sim = new Sim(campus)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  said(sim, `telnet ${STORE} 110`, 'USER alice', 'PASS tournesol', 'DELE 1', 'QUIT')
  const ask = (request: MailRequest) => {
    sim.act({ act: 'mail', host: 'pc-alice.rennes.example', user: 'alice', request })
    sim.drain()
  }
  const lit = (line: string) => {
    const { state } = mailerAt(sim.world, 'pc-alice.rennes.example', 'alice')!
    const open = foldersOf(state).find(({ name }) => name === state.open)!
    const list = listOf(state, open, { by: 'date', down: true }, 10)
    const event = sim.trace.findLast((event) => event.kind === 'command' && event.line.includes(line))!
    const account = sim.world.stores.get(STORE)!.account('alice')!
    const uids = [...rowsAmong(state, list, { host: STORE, account }, looked(sim)(event).letters)]
    return uids.map((uid) => [uid, list.rows.find((row) => row.uid === uid)!.subject])
  }
  ask({ ask: 'get' })
  ask({ ask: 'read', folder: 'INBOX', uid: 2 })
  expect(lit('UID FETCH 2 (BODY')).toEqual([[2, 'Coffee']])
  ask({ ask: 'settings', settings: { protocol: 'pop3', security: 'never', leave: true } })
  ask({ ask: 'get' })
  expect(lit('RETR 1')).toEqual([[1, 'Coffee']])
  ask({ ask: 'move', folder: 'INBOX', uids: [1], to: 'Sent' })
  ask({ ask: 'open', folder: 'Sent' })
  expect(lit('RETR 1')).toEqual([[1, 'Coffee']])
  expect(lit('UIDL')).toEqual([])
})
