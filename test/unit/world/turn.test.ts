/** TURN in world rfc (RFC 821 3.8): two hosts change their roles, and so may a person at a terminal. */
import { expect, test } from 'vitest'
import type { TraceEvent } from '../../../src/core/trace/events.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const rfc = readWorld('rfc')

const screen = (sim: Sim, terminal: string) =>
  sim.trace
    .filter((event): event is TraceEvent & { kind: 'printed' } => event.kind === 'printed')
    .map((event) => (event.terminal === terminal ? event.text : ''))
    .join('')

function type(sim: Sim, terminal: string, ...lines: string[]): void {
  for (const line of lines) {
    sim.type(terminal, `${line}\n`)
    sim.drain()
  }
}

/** Smith hands a message for Bill Jones in at foo.com, which keeps it until xyz.com asks. */
function waiting(variants: Record<string, string>): Sim {
  const sim = new Sim(rfc, { variants })
  sim.open('smith', 'bar.com', 'Smith')
  const letter = ['Subject: it waits', '', 'Until you call.', '.', 'QUIT']
  type(
    sim,
    'smith',
    'telnet foo.com 25',
    'HELO bar.com',
    'MAIL FROM:<Smith@bar.com>',
    'RCPT TO:<Jones@xyz.com>',
    'DATA',
  )
  type(sim, 'smith', ...letter)
  expect(sim.world.stores.get('xyz.com')!.account('Jones')!.mailboxes.get('INBOX')!.messages).toHaveLength(0)
  return sim
}

test('who types TURN hears the server speak as a client: HELO, MAIL, RCPT, DATA', () => {
  const sim = waiting({ 'foo.com': 'turning' })
  sim.open('jones', 'xyz.com', 'Jones')
  type(sim, 'jones', 'telnet foo.com 25', 'HELO xyz.com', 'TURN')
  const mark = screen(sim, 'jones').length
  const since = () => screen(sim, 'jones').slice(mark)
  expect(sim.trace.filter(({ kind }) => kind === 'turned')).toMatchObject([{ client: 'foo.com', server: 'xyz.com' }])
  type(sim, 'jones', '220 xyz.com Simple Mail Transfer Service Ready')
  expect(since()).toBe('EHLO foo.com\n')
  type(sim, 'jones', '500 What?', '250 xyz.com')
  expect(since()).toBe('EHLO foo.com\nHELO foo.com\nMAIL FROM:<Smith@bar.com>\n')
  type(sim, 'jones', '250 OK', '250 OK', '354 Go on')
  expect(since()).toMatch(
    /RCPT TO:<Jones@xyz\.com>\nDATA\nReceived: from bar\.com.*\nSubject: it waits\n\nUntil you call\.\n\.\n$/s,
  )
  type(sim, 'jones', '250 OK')
  expect(since()).toMatch(/\.\nQUIT\n$/)
  expect(sim.world.mtas.get('foo.com')!.queue()).toEqual([])
  type(sim, 'jones', '221 Bye')
  expect(since()).toContain('Connection closed by foreign host.')
})

test('the host itself calls every hour, turns, and serves on its own call', () => {
  const sim = waiting({ 'foo.com': 'turning', 'xyz.com': 'turning' })
  sim.act({ act: 'wait', for: 2 * 3_600_000 })
  sim.drain()
  const [letter] = sim.world.stores.get('xyz.com')!.account('Jones')!.mailboxes.get('INBOX')!.messages
  expect(letter!.content.octets).toContain('Until you call.')
  const turned = sim.trace.find((event) => event.kind === 'turned')!
  expect(turned).toMatchObject({ host: 'foo.com', client: 'foo.com', server: 'xyz.com' })
  // What the new server hears are octets of the direction in which the old one spoke.
  const heard = sim.trace.find(
    (event) => event.kind === 'command' && event.host === 'xyz.com' && event.verb === 'RCPT',
  )!
  const [conn, dir, from, to] = heard.span!
  expect([conn, dir]).toEqual([(turned as TraceEvent & { kind: 'turned' }).conn, 'down'])
  const said = sim.trace.map((event) =>
    event.kind === 'segment' && event.conn === conn && event.dir === 'down' ? event.data : '',
  )
  expect(said.join('').slice(from, to)).toBe('RCPT TO:<Jones@xyz.com>\r\n')
})
