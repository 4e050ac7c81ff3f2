import { describe, expect, test } from 'vitest'
import { addedLines, copiesOf, endsOf, likeliest } from '../../../src/core/views/copies.ts'
import { utf8Text } from '../../../src/core/bytes/utf8.ts'
import { compared, letterHead } from '../../../src/core/views/envelope.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { hopOf, inOrder, journeys, type Hop, type Journeys } from '../../../src/core/views/journey.ts'
import { stepWentWrong, stepWords } from '../../../src/core/views/journey-words.ts'
import { claimOf, dateOf, readReceived, receivedChain } from '../../../src/core/views/received.ts'
import { sequence } from '../../../src/core/views/sequence.ts'
import { whereabouts } from '../../../src/core/views/whereabouts.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'
import { Traced } from './trace.ts'

const campus = readWorld('campus')
const FORGED =
  'Received: from the.moon (the.moon [203.0.113.9])\n\tby nowhere.example with SMTP id 77; Mon, 7 Sep 2026 09:00:00 +0200'
const LETTER = ['From: Boss <boss@brest.example>', 'To: claire@lyon.example', 'Date: Mon, 7 Sep 2026 10:00:00 +0200']

/** Alice types a message at mx1, as somebody else. */
function sent(recipients: readonly string[], header: readonly string[] = LETTER, prepare?: (sim: Sim) => void) {
  const sim = new Sim(campus)
  prepare?.(sim)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.drain()
  const dialogue = [
    ...['telnet mx1.rennes.example 25', 'EHLO liar.example', 'MAIL FROM:<alice@rennes.example>'],
    ...[...recipients.map((recipient) => `RCPT TO:<${recipient}>`), 'DATA'],
    ...[...header, '', 'text', '.', 'QUIT'],
  ]
  for (const line of dialogue) {
    sim.type('t1', `${line}\n`)
    sim.drain()
  }
  return { sim, view: new Folder(journeys).catchUp(sim.trace) }
}

const holders = ({ trace, world: { stores, mtas } }: Sim) => ({
  ...{ stores, mtas },
  places: new Folder(whereabouts).catchUp(trace).places,
})

const places = (view: Journeys, number: number) =>
  inOrder(view.all.find((journey) => journey.number === number)!).map(({ hop: { how, host, role }, depth }) => [
    ...[depth, how, host.split('.')[0], role],
  ])

describe('the way of a message', () => {
  test('goes from host to host under new ids', () => {
    const { sim, view } = sent(['claire@lyon.example'])
    expect(places(view, 1)).toEqual([
      [0, 'entered', 'mx1', 'mta'],
      [0, 'handed', 'mx', 'mx'],
      [0, 'handed', 'store', 'mda'],
    ])
    const [first, second] = view.all[0]!.hops as [Hop, Hop]
    expect(first.client).toMatchObject({ host: 'pc-alice.rennes.example', helo: 'liar.example', secure: false })
    expect(second.client).toMatchObject({ host: 'mx1.rennes.example', helo: 'mx1.rennes.example', secure: true })
    expect(view.all[0]!.hops.every(({ gone }) => gone)).toBe(true)
    expect(view.open.conns.size).toBe(0)
    const content = sim.trace.find(({ kind }) => kind === 'content')!
    expect(hopOf(view, content)).toBe(first)
    expect(hopOf(view, first.steps[0])).toBe(first)
    expect(hopOf(view, sim.trace[0])).toBe(null)
    expect(hopOf(view, undefined)).toBe(null)
  })

  test('forks where copies are made, and a report is a journey of its own', () => {
    const { sim, view } = sent(['profs@rennes.example', 'charles@rennes.example', 'nobody@lyon.example'])
    expect(places(view, 1)).toEqual([
      [0, 'entered', 'mx1', 'mx'],
      [1, 'list', 'mx1', 'mta'],
      [2, 'handed', 'mail', 'mx'],
      [2, 'handed', 'mx', 'mx'],
      [2, 'handed', 'store', 'mda'],
      [1, 'forward', 'mx1', 'mta'],
      [1, 'handed', 'mx', 'mx'],
      [1, 'handed', 'store', 'mda'],
      [1, 'handed', 'mx', 'mx'],
    ])
    expect(places(view, 2)).toEqual([
      [0, 'made', 'mx', 'mta'],
      [0, 'handed', 'mx1', 'mx'],
    ])
    const [message, report] = view.all
    expect(message!.abouts).toEqual([{ number: 2, how: 'bounce' }])
    expect(report!.about).toEqual({ number: 1, how: 'bounce' })
    const ends = endsOf(message!, holders(sim))
    expect(ends.map(({ is, to }) => `${is} ${to}`)).toEqual([
      'mailbox alice@rennes.example',
      'mailbox bruno@rennes.example',
      'mailbox emma@brest.example',
      'failed nobody@lyon.example',
      'returned alice@rennes.example',
      'mailbox claire@lyon.example',
      'mailbox charles@lyon.example',
    ])
    expect(ends.every(({ is, letter }) => (letter !== null) === (is === 'mailbox'))).toBe(true)
  })

  test('ends for now in a queue, where it can be read, too', () => {
    const { sim, view } = sent(['claire@lyon.example'], LETTER, (world) => world.fault('down mx.lyon.example'))
    const journey = view.all[0]!
    expect(endsOf(journey, holders(sim))).toMatchObject([{ is: 'queue', host: 'mx1.rennes.example', next: null }])
    sim.skip()
    sim.drain()
    const later = new Folder(journeys).catchUp(sim.trace).all[0]!
    const [end] = endsOf(later, holders(sim))
    expect(end).toMatchObject({ is: 'queue', to: 'claire@lyon.example' })
    expect(end!.next).toBeGreaterThan(sim.now)
    expect(copiesOf(later, view, holders(sim))).toMatchObject([{ is: 'queue', added: 0 }])
  })

  test('goes on from mailbox to mailbox, wherever IMAP moves and copies it, until it is nowhere', () => {
    const { sim } = sent(['alice@rennes.example', 'claire@lyon.example'])
    const places = () => {
      const [journey] = new Folder(journeys).catchUp(sim.trace).all
      const all = holders(sim)
      const copies = copiesOf(journey!, new Folder(journeys).catchUp(sim.trace), all).map(({ name }) => name)
      const ends = endsOf(journey!, all).map(({ detail, letter }) => `${detail}${letter === null ? ' no more' : ''}`)
      return { ends, copies }
    }
    const say = (...lines: string[]) => {
      for (const line of lines) {
        sim.type('t1', `${line}\n`)
        sim.drain()
      }
    }
    say('telnet mx1.rennes.example 143', 'a LOGIN alice tournesol', 'b SELECT INBOX', 'c CREATE Work')
    say('d COPY 1:3 Work', 'e UID MOVE 2:3 Trash')
    const both = ['alice/Work', 'alice/Trash', 'claire/INBOX']
    expect(places()).toEqual({ ends: both, copies: both })
    say('f SELECT Work', 'g UID STORE 3 +FLAGS (\\Deleted)', 'h EXPUNGE')
    expect(places().ends).toEqual(['alice/Trash', 'claire/INBOX'])
    // Its number there is another one now.
    say('i SELECT Trash', 'j MOVE 2 Work', 'k STORE 1 +FLAGS (\\Deleted)', 'l EXPUNGE')
    expect(places().ends).toEqual(['alice/Work', 'claire/INBOX'])
    say('m SELECT Work', 'n STORE 1:* +FLAGS (\\Deleted)', 'o EXPUNGE')
    expect(places()).toEqual({ ends: ['alice/INBOX no more', 'claire/INBOX'], copies: ['claire/INBOX'] })
  })

  test('what came back is read in the report', () => {
    const { sim, view } = sent(['nobody@lyon.example'])
    const copies = copiesOf(view.all[0]!, view, holders(sim))
    expect(copies).toMatchObject([{ is: 'returned', hop: { host: 'mx.lyon.example' } }])
    expect(addedLines(copies[0]!).map(({ name, by }) => `${name} ${by?.host ?? '-'}`)).toEqual([
      'Received mx.lyon.example',
      'Received mx1.rennes.example',
      ...['From -', 'To -', 'Date -'],
    ])
  })

  test('the oldest are forgotten', () => {
    const traced = new Traced()
    for (let n = 0; n < 400; n++)
      traced.note('mx', {
        ...{ kind: 'accepted', id: `${n}`, from: '', to: ['a@x'], octets: 1, messageId: null, role: 'mx' },
      })
    const view = traced.fold(journeys)
    expect(view.all).toHaveLength(300)
    expect(view.hops.size).toBe(300)
    expect(view.all[0]!.number).toBe(101)
  })
})

describe('what a message carries', () => {
  test('each line is known to be of a host, or of the writer; a mark that nobody made stands out', () => {
    const { sim, view } = sent(['profs@rennes.example', 'claire@lyon.example'], [FORGED, ...LETTER])
    const copies = copiesOf(view.all[0]!, view, holders(sim))
    const lines = (copy: (typeof copies)[number]) =>
      addedLines(copy).map(({ name, by, foreign }) => `${name} ${foreign ? '?!' : (by?.id ?? '-')}`)
    const own = ['Received ?!', 'From -', 'To -', 'Date -']
    const [first, list] = view.all[0]!.hops as [Hop, Hop]
    const alice = copies.find(({ name }) => name === 'alice/INBOX')!
    const marks = ['Delivered-To', 'List-Id', 'List-Post', 'List-Unsubscribe', 'Precedence']
    expect(lines(alice)).toEqual([
      ...['Return-Path', 'Delivered-To', ...marks].map((name) => `${name} ${list.id}`),
      `Received ${first.id}`,
      ...own,
    ])
    const direct = copies.find(({ name, hop }) => name === 'claire/INBOX' && hop.from === 'alice@rennes.example')!
    const store = direct.hop
    expect(lines(direct)).toEqual([
      ...[`Return-Path ${store.id}`, `Delivered-To ${store.id}`, `Received ${store.id}`],
      ...[`Received ${store.parent!.id}`, `Received ${first.id}`, ...own],
    ])
    expect(likeliest(copies, null)!.name).toBe('claire/INBOX')
    expect(likeliest(copies, alice.hop)!.hop.parent?.parent?.parent ?? alice.hop).toBe(first)
    expect(likeliest([], null)).toBe(null)
  })

  test('lines are known by name where the body was changed, too', () => {
    const { sim, view } = sent(['annonces@rennes.example'])
    const copy = copiesOf(view.all[0]!, view, holders(sim)).find(({ name }) => name === 'emma/INBOX')!
    const [first, list] = view.all[0]!.hops as [Hop, Hop]
    const by = addedLines(copy).map((line) => line.by)
    expect(by.filter((hop) => hop === list)).toHaveLength(5)
    expect(by.filter((hop) => hop === first)).toHaveLength(1)
    expect(by.filter((hop) => hop === null)).toHaveLength(3)
  })

  test('the Received lines, from below, with what is wrong with them', () => {
    const { sim, view } = sent(['emma@brest.example'], [FORGED, ...LETTER])
    const [copy] = copiesOf(view.all[0]!, view, holders(sim))
    const links = receivedChain(copy!.content, view.hops, (host) => (host === 'mail.brest.example' ? -420_000 : 0))
    expect(links).toMatchObject([
      { by: 'nowhere.example', helo: 'the.moon', claim: 'same', hop: null, delay: -3_600_000 },
      { by: 'mx1.rennes.example', helo: 'liar.example', name: 'pc-alice.rennes.example', claim: 'differs' },
      { by: 'mail.brest.example', claim: 'same', skew: -420_000, delay: -420_000, for: 'emma@brest.example' },
    ])
    expect(links[1]!.hop).toBe(view.all[0]!.hops[0])
  })

  test('fields of all kinds are read as far as they can be', () => {
    expect(readReceived('by mx.example; nonsense')).toMatchObject({ helo: '', by: 'mx.example', date: null })
    expect(
      readReceived('from [192.0.2.1] (unknown [192.0.2.1]) by x with ESMTPS id A for <a@x>; 7 Sep 2026 10:00 +0000'),
    ).toEqual({
      ...{ helo: '[192.0.2.1]', name: '', address: '192.0.2.1', by: 'x', with: 'ESMTPS', id: 'A', for: 'a@x' },
      date: Date.UTC(2026, 8, 7, 10),
    })
    expect(readReceived(`from ${'('.repeat(100_000)}`)).toMatchObject({ by: '', date: null })
    expect(claimOf('[192.0.2.1]', '')).toBe('literal')
    expect(claimOf('a.example', '')).toBe('unknown')
    expect(claimOf('A.example', 'a.example')).toBe('same')
    expect(claimOf('', 'a.example')).toBe('none')
    expect(dateOf('From: x\r\n\r\n')).toBe(null)
  })
})

describe('envelope and letter', () => {
  const hop = (from: string, to: string[], how: Hop['how'] = 'entered') =>
    ({ from, to, how, parent: null }) as unknown as Hop
  const head = letterHead(
    'From: "B" <B@x.example>\r\nTo: a@x.example, c@x.example\r\nSubject: =?utf-8?Q?=C3=A9?=\r\n\r\n',
  )

  test('are the same, or differ for a reason', () => {
    expect(head).toEqual({ subject: 'é', from: ['B@x.example'], to: ['a@x.example', 'c@x.example'] })
    expect(compared(hop('@r.example:b@x.example', ['A@x.example']), head)).toEqual({ from: 'same', unnamed: [] })
    expect(compared(hop('', ['d@x.example']), head)).toEqual({ from: 'null', unnamed: ['d@x.example'] })
    expect(compared(hop('list-owner@x.example', [], 'list'), head).from).toBe('list')
    expect(compared(hop('z@x.example', []), head).from).toBe('differs')
    // Who names nobody does not name another.
    expect(compared(hop('z@x.example', []), letterHead('Subject: Hello\r\n\r\n')).from).toBe('absent')
  })
})

test('a host that does not answer is told, by its name, before the next one is tried', () => {
  const sim = new Sim(campus)
  sim.fault('down mx1.rennes.example')
  sim.open('t1', 'pc-emma.brest.example', 'emma')
  sim.drain()
  sim.type('t1', 'echo Tides | mail -s High bruno@rennes.example\n')
  while (sim.skip()) sim.drain()
  const [journey] = new Folder(journeys).catchUp(sim.trace).all
  const told = journey!.hops[0]!.steps.map((step) => [step.kind, 'server' in step ? step.server : ''])
  const first = told.findIndex(([kind]) => kind === 'attempt')
  expect(told.slice(first, first + 4)).toEqual([
    ['attempt', 'mx1.rennes.example'],
    ['dial-failed', 'mx1.rennes.example'],
    ['attempt', 'mx2.rennes.example'],
    ['sent', 'mx2.rennes.example'],
  ])
  const unanswered = journey!.hops[0]!.steps[first + 1]!
  expect(stepWords(unanswered)).toEqual({
    key: 'journey.step.unanswered.timeout',
    values: { server: 'mx1.rennes.example' },
  })
  expect(stepWentWrong(unanswered)).toBe(true)
  expect(utf8Text(sim.world.mailLog('mail.brest.example'))).toMatch(
    /connecting to mx1.+\n.+ facteur\/smtp: connect to mx1\.rennes\.example\[192\.0\.2\.10\]:25: Connection timed out\n.+connecting to mx2/,
  )
})

test('a host that puts the mail off is told, with what it said to which command, before the next one is tried', () => {
  const mx1 = campus.hosts['mx1.rennes.example']!
  const services = { ...mx1.services, smtp: { ...mx1.services.smtp!, answers: { MAIL: 'later' } } }
  const sim = new Sim({ ...campus, hosts: { ...campus.hosts, 'mx1.rennes.example': { ...mx1, services } } })
  sim.open('t1', 'pc-emma.brest.example', 'emma')
  sim.drain()
  sim.type('t1', 'echo Tides | mail -s High bruno@rennes.example\n')
  sim.drain()
  const [journey] = new Folder(journeys).catchUp(sim.trace).all
  const steps = journey!.hops[0]!.steps
  const first = steps.findIndex(({ kind }) => kind === 'attempt')
  const told = steps.slice(first, first + 4).map((step) => [step.kind, 'server' in step ? step.server : ''])
  expect(told).toEqual([
    ['attempt', 'mx1.rennes.example'],
    ['passed', 'mx1.rennes.example'],
    ['attempt', 'mx2.rennes.example'],
    ['sent', 'mx2.rennes.example'],
  ])
  const passed = steps[first + 1]!
  const why = expect.stringMatching(/^host mx1.+ said: 45\d .+\(in reply to MAIL FROM command\)$/)
  expect(stepWords(passed)).toEqual({
    key: 'seq.passed',
    values: { server: 'mx1.rennes.example', to: 'bruno@rennes.example', why },
  })
  expect(stepWentWrong(passed)).toBe(true)
  expect(utf8Text(sim.world.mailLog('mail.brest.example'))).toMatch(
    /connecting to mx1.+\n.+ facteur\/smtp: \w+: host mx1\.rennes\.example\[192\.0\.2\.10\] said: 45.+MAIL FROM command\)\n.+connecting to mx2/,
  )
  const sequenceRows = new Folder(sequence(() => null)).catchUp(sim.trace).rows
  expect(sequenceRows.find(({ seq }) => seq === passed.seq)).toMatchObject({ row: 'mail', from: 'mail.brest.example' })
})

test('steps are told as in the sequence; what is an arrow there has words of its own', () => {
  const { view } = sent(['claire@lyon.example', 'nobody@lyon.example'])
  const steps = view.all[0]!.hops.flatMap((hop) => hop.steps)
  const keys = steps.map((step) => {
    const words = stepWords(step)
    return 'key' in words ? words.key : words.text
  })
  expect(keys).toEqual(
    expect.arrayContaining(['journey.step.attempt', 'journey.step.sent', 'journey.step.removed', 'seq.failed']),
  )
  expect(steps.filter(stepWentWrong).map(({ kind }) => kind)).toEqual(['failed', 'bounced'])
})
