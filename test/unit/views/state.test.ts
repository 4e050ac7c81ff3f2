import { describe, expect, test } from 'vitest'
import { draw } from '../../../src/app/state/geometry.ts'
import type { Note, Protocol } from '../../../src/core/trace/events.ts'
import { arrowsOf, statesOf } from '../../../src/core/views/chart-arrows.ts'
import { placesOf } from '../../../src/core/views/chart-places.ts'
import { chartOf, moveKey, reachable, START } from '../../../src/core/views/chart.ts'
import { choices, repliesOf } from '../../../src/core/views/choices.ts'
import { beginning, tableOf } from '../../../src/core/views/protocols.ts'
import {
  isOver,
  MOST_MOVES,
  MOST_SESSIONS,
  sessionAt,
  spokenSessions,
  states,
  type StateView,
} from '../../../src/core/views/state.ts'
import { play, readScript, scriptFiles } from '../../scripts/scripts.ts'
import { Traced } from './trace.ts'

const END = { address: '192.0.2.1', port: 25 }
const dial = (conn: string) => ({ kind: 'dial', conn, from: END, to: END, toHost: 'mx1' }) as const
const command = (conn: string, verb: string, state: string) =>
  ({ kind: 'command', conn, protocol: 'smtp', verb, line: verb, state, secret: false }) as const
const reply = (
  conn: string,
  verb: string | null,
  code: string,
  from: string,
  to: string,
  ...lines: string[]
): Note => ({
  ...{ kind: 'reply', conn, protocol: 'smtp', verb, outcome: 'ok', code, lines: ['x', ...lines], from, to },
})
const greeting = (conn: string) => reply(conn, 'greeting', '220', 'connected', 'connected')
const protocols: Protocol[] = ['smtp', 'lmtp', 'pop3', 'imap']

const begun = () =>
  new Traced()
    .note('pc', dial('c1'), { kind: 'terminal-conn', terminal: 't1', conn: 'c1' })
    .note('mx1', greeting('c1'), command('c1', 'EHLO', 'connected'))
    .note('mx1', reply('c1', 'EHLO', '250', 'connected', 'ready', 'PIPELINING', 'SIZE 1000'))
    .note('mx1', command('c1', 'MAIL', 'ready'), reply('c1', 'MAIL', '250', 'ready', 'mail'))

describe('the chart', () => {
  test('holds every move that the scripts make, whatever the protocol', () => {
    const unknown = new Set<string>()
    for (const file of scriptFiles)
      for (const event of play(readScript(file)).sim.trace) {
        if (event.kind !== 'reply' || event.from === event.to || event.verb === null) continue
        // A host that closes down, or loses its patience, does so wherever it is.
        if (event.code === '421' || event.outcome === 'shutdown') continue
        const from = event.verb === 'greeting' ? START : event.from
        const { moves } = chartOf(event.protocol)
        if (!moves.some((move) => move.from === from && move.verb === event.verb && move.to === event.to))
          unknown.add(`${event.protocol} ${moveKey(from, event.verb, event.to)}`)
      }
    expect([...unknown]).toEqual([])
  }, 60_000)

  test('has no move that no handler makes', () => {
    const keys = (protocol: Protocol) => chartOf(protocol).moves.map(({ from, verb, to }) => moveKey(from, verb, to))
    expect(keys('smtp')).toContain('recipients>DATA>content')
    expect(keys('smtp')).not.toContain('mail>DATA>content')
    expect(keys('smtp')).not.toContain('connected>RSET>ready')
    expect(keys('pop3').filter((key) => key.includes('QUIT'))).toEqual([
      'authorization>QUIT>closing',
      'transaction>QUIT>update',
    ])
    expect(keys('lmtp')).toContain('connected>LHLO>ready')
    expect(keys('lmtp').some((key) => key.includes('EHLO'))).toBe(false)
  })

  test('a code stands at an arrow where the command alone would not tell', () => {
    const labels = (protocol: Protocol, from: string, to: string) =>
      chartOf(protocol).moves.flatMap((move) => (move.from === from && move.to === to ? [move.label] : []))
    expect(labels('smtp', START, 'connected')).toEqual(['220'])
    expect(labels('smtp', 'ready', 'recipients')).toEqual(['MAIL 355'])
    expect(labels('smtp', 'ready', 'mail')).toContain('MAIL')
    expect(labels('imap', 'selected', 'authenticated')).toContain('SELECT NO')
    expect(labels('pop3', 'challenge', 'authorization')).toEqual(['base64 -ERR'])
    expect(labels('imap', 'idle', 'selected')).toEqual(['DONE'])
  })

  test('what is not offered cannot be reached, as far as the server has told', () => {
    const smtp = chartOf('smtp')
    expect(reachable(smtp, null)).toEqual(new Set(smtp.states))
    const plain = reachable(smtp, ['SIZE'])
    for (const state of ['chunks', 'challenge', 'turned']) expect([state, plain.has(state)]).toEqual([state, false])
    expect(plain.has('content')).toBe(true)
    expect(reachable(smtp, ['CHUNKING']).has('chunks')).toBe(true)
  })

  test('the usual way goes down, the rest lies aside', () => {
    const way = (protocol: Protocol) =>
      [...placesOf(chartOf(protocol)).places.values()].flatMap(({ state, column }) => (column === 0 ? [state] : []))
    expect(way('smtp')).toEqual([START, 'connected', 'ready', 'mail', 'recipients', 'content', 'closing'])
    expect(way('pop3')).toEqual([START, 'authorization', 'transaction', 'update'])
    expect(way('imap')).toEqual([START, 'not-authenticated', 'authenticated', 'selected', 'logout'])
  })

  test.each(protocols)(
    '%s: every state has a place of its own, and every arrow its line within the picture',
    (protocol) => {
      const chart = chartOf(protocol)
      const places = placesOf(chart)
      const spots = new Set([...places.places.values()].map(({ row, column }) => `${row} ${column}`))
      expect(spots.size).toBe(chart.states.length)
      const arrows = arrowsOf(chart, places.general, { state: START, taken: new Map(), offered: null })
      const { lines, boxes, width, height } = draw(arrows, places, 'from any state')
      expect(width).toBeLessThan(380)
      expect(boxes.map(({ state }) => state).sort()).toEqual([...chart.states].sort())
      expect(lines).toHaveLength(arrows.length)
      for (const { path } of lines) {
        const numbers = (path.match(/-?[\d.]+/g) ?? []).map(Number)
        for (const [at, number] of numbers.entries()) {
          expect(number).toBeGreaterThanOrEqual(0)
          expect(number).toBeLessThanOrEqual(at % 2 === 0 ? width : height)
        }
      }
      for (const { y, height: tall } of boxes) expect(y + tall).toBeLessThanOrEqual(height)
      expect(draw(arrows, places, 'from any state')).toEqual({ lines, boxes, width, height })
    },
  )
})

describe('sessions', () => {
  test('state, moves and what is offered follow the replies', () => {
    const session = sessionAt(begun().fold(states), null, 't1')!
    expect(session).toMatchObject({ client: 'pc', server: 'mx1', state: 'mail', replies: 3 })
    expect(session.offered).toEqual(['PIPELINING', 'SIZE'])
    expect(session.moves.map(({ command, verb, from, to }) => [command, verb, from, to])).toEqual([
      [null, 'greeting', START, 'connected'],
      [3, 'EHLO', 'connected', 'ready'],
      [5, 'MAIL', 'ready', 'mail'],
    ])
    const chart = chartOf('smtp')
    expect(
      statesOf(chart, session)
        .filter(({ visited }) => visited)
        .map(({ state }) => state),
    ).toEqual([START, 'connected', 'ready', 'mail'])
    const arrows = arrowsOf(chart, 'closing', session)
    expect(arrows.filter(({ times }) => times > 0).map(({ from, to }) => `${from} ${to}`)).toEqual([
      'start connected',
      'connected ready',
      'ready mail',
    ])
    expect(arrows.find(({ from, to }) => from === 'recipients' && to === 'chunks')?.offered).toBe(false)
  })

  test('what no row leads to is drawn once it has happened', () => {
    const view = begun()
      .note('mx1', reply('c1', null, '421', 'mail', 'closing'))
      .fold(states)
    const session = sessionAt(view, null, 't1')!
    const end = arrowsOf(chartOf('smtp'), 'closing', session).find(({ from }) => from === null)!
    expect(end.times).toBe(1)
    expect(end.words.map(({ text }) => text)).toContain('!')
    expect(isOver(session)).toBe(false)
  })

  test('after HELO nothing is offered, and what was told before TLS still counts as there', () => {
    const helo = new Traced().note('pc', dial('c1')).note('mx1', greeting('c1'))
    helo.note('mx1', reply('c1', 'HELO', '250', 'connected', 'ready'))
    expect(sessionAt(helo.fold(states), null, 't1')?.offered).toEqual([])
    expect(
      sessionAt(new Traced().note('pc', dial('c1')).note('mx1', greeting('c1')).fold(states), null, 't')?.offered,
    ).toBe(null)
    const tls: Note = {
      kind: 'reply',
      conn: 'c1',
      protocol: 'smtp',
      verb: 'STARTTLS',
      outcome: 'go',
      code: '220',
      lines: ['go'],
      from: 'ready',
      to: 'connected',
    }
    const done = begun().note('mx1', tls, { kind: 'tls', conn: 'c1', step: 'established', detail: '' })
    expect(sessionAt(done.fold(states), null, 't1')).toMatchObject({ offered: ['PIPELINING', 'SIZE'], secure: true })
  })

  test('the one that was asked for comes first, then that of the terminal, then the latest', () => {
    const traced = begun().note('mx1', dial('c2')).note('mx2', greeting('c2'))
    traced.note('pc', dial('c3'), { kind: 'dial-failed', conn: 'c3', why: 'refused' })
    const view = traced.fold(states)
    const at = (conn: string | null, terminal: string) => sessionAt(view, conn, terminal)?.conn
    expect([at('c2', 't1'), at(null, 't1'), at(null, 't2'), at('c3', 't2')]).toEqual(['c2', 'c1', 'c2', 'c2'])
    expect(spokenSessions(view).map(({ conn }) => conn)).toEqual(['c2', 'c1'])
    expect(sessionAt(states.empty(), null, 't1')).toBe(null)
  })

  test('TURN swaps the ends, and a session that has ended stays as it was', () => {
    const view = begun()
      .note(
        'mx1',
        { kind: 'turned', conn: 'c1', client: 'mx1', server: 'pc' },
        { kind: 'fin', conn: 'c1', dir: 'down' },
      )
      .fold(states)
    const session = sessionAt(view, null, 't1')!
    expect(session).toMatchObject({ client: 'mx1', server: 'pc', state: 'mail' })
    expect(isOver(session)).toBe(true)
  })

  test('only so much is kept, and the rest counted', () => {
    const many = new Traced()
    for (let conn = 0; conn < MOST_SESSIONS + 20; conn++) {
      many.note('pc', dial(`c${conn}`)).note('mx1', greeting(`c${conn}`))
      if (conn !== 3) many.note('mx1', { kind: 'reset', conn: `c${conn}`, dir: 'up' })
    }
    for (let at = 0; at < 5 * MOST_MOVES; at++) many.note('mx1', reply('c3', 'NOOP', '250', 'ready', 'ready'))
    const view: StateView = many.fold(states)
    expect(view.sessions.size).toBe(MOST_SESSIONS)
    const session = view.sessions.get('c3')!
    expect(session.replies).toBe(5 * MOST_MOVES + 1)
    expect(session.moves.length).toBeLessThan(2 * MOST_MOVES)
    expect(session.taken.get('ready>NOOP>ready')).toBe(5 * MOST_MOVES)
  })
})

describe('what can be said', () => {
  test('is told apart from what the state forbids, and from what is not offered', () => {
    const { now, never } = choices(tableOf('smtp'), 'ready', ['SIZE'], ['SIZE'])
    expect(now).toContain('MAIL')
    expect(never.find(({ verb }) => verb === 'RCPT')).toEqual({
      verb: 'RCPT',
      missing: null,
      legalIn: ['mail', 'recipients'],
    })
    expect(never.find(({ verb }) => verb === 'STARTTLS')?.missing).toBe('STARTTLS')
    expect(choices(tableOf('smtp'), 'content', ['SIZE'], null).now).toEqual(['.'])
    expect(choices(tableOf('imap'), 'idle', null, null).now).toEqual(['DONE'])
  })

  test('a command begins as it is typed, and its replies are those of its row', () => {
    expect(beginning(tableOf('smtp'), 'MAIL', 2)).toBe('MAIL FROM:<')
    expect(beginning(tableOf('imap'), 'FETCH', 2)).toBe('a3 FETCH ')
    expect(beginning(tableOf('imap'), 'DONE', 2)).toBe('DONE')
    expect(repliesOf(tableOf('smtp'), 'QUIT')).toEqual([
      { code: '221', texts: [{ text: '2.0.0 ‹host› Service closing transmission channel', to: 'closing' }] },
    ])
    expect(repliesOf(tableOf('imap'), 'CLOSE')).toEqual([
      { code: 'OK', texts: [{ text: '‹verb› completed', to: 'authenticated' }] },
    ])
    expect(repliesOf(tableOf('pop3'), 'NONE')).toEqual([])
  })
})
