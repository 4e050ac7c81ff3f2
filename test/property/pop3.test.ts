import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { anyCommand, pop3Commands, type Pop3Verb } from '../../src/core/pop3/commands.ts'
import { stuffed, wireLines, wireSize } from '../../src/core/pop3/wire.ts'
import { Desk, Shelf } from '../unit/pop3/desk.ts'

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.array(octet, { maxLength: 60 }).map((octets) => octets.join(''))
const messageNumber = fc.integer({ min: 0, max: 5 })

/** Lines that lead deep into a session, and lines that nobody should write. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('USER mrose', 'PASS tanstaaf') },
  fc.constantFrom(
    'APOP mrose c4c9334bac560ecc979e58001b3e22fb',
    'USER nobody',
    'PASS x',
    'AUTH',
    'AUTH PLAIN AG1yb3NlAHRhbnN0YWFm',
    'AUTH LOGIN',
    'AUTH CRAM-MD5',
    'bXJvc2U=',
    'dGFuc3RhYWY=',
    '*',
    'STLS',
    'UTF8',
    'CAPA',
    'LANG',
    'LANG en',
    'STAT',
    'LIST',
    'NOOP',
    'RSET',
    'UIDL',
    'LAST',
    'QUIT',
    '',
  ),
  messageNumber.map((n) => `LIST ${n}`),
  messageNumber.map((n) => `RETR ${n}`),
  messageNumber.map((n) => `DELE ${n}`),
  messageNumber.map((n) => `UIDL ${n}`),
  fc.tuple(messageNumber, messageNumber).map(([n, lines]) => `TOP ${n} ${lines}`),
  noise,
  noise.map((text) => `USER ${text}`),
  noise.map((text) => `RETR ${text}`),
  noise.map((text) => `AUTH PLAIN ${text}`),
)
const ending = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '')
const input = fc
  .array(
    fc.tuple(line, ending).map(([text, end]) => text + end),
    { maxLength: 30 },
  )
  .map((lines) => lines.join(''))
const dialect = fc.constantFrom<'lenient' | 'rfc1939'>('lenient', 'rfc1939')
const contents = fc.array(noise, { maxLength: 4 })

/** Everything that was said, in order; `secured` follows `startTls` as a driver does it. */
function converse(chunks: readonly string[], desk: Desk): string {
  let said = desk.open()
  for (const chunk of chunks) {
    said += desk.bytes(chunk)
    if (desk.effects.at(-2)?.do === 'startTls') said += desk.feed({ on: 'secured' })
  }
  return said
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, k) => text.slice(from, places[k] ?? text.length))
}

/** Verbs whose `+OK` has more lines behind it: for LIST and UIDL, this outcome. */
const isLong = (verb: string | null, outcome: string) =>
  outcome === 'list' || outcome === 'all' || (outcome === 'ok' && (verb === 'RETR' || verb === 'TOP'))

/** What a client makes of the server's octets, knowing only which replies have more lines: their first ones. */
function readReplies(said: string, long: readonly boolean[]): string[] {
  const replies: string[] = []
  let at = 0
  while (at < said.length) {
    const end = said.indexOf('\r\n', at)
    const first = said.slice(at, end)
    at = end + 2
    if (long[replies.length] === true) {
      while (!said.startsWith('.\r\n', at)) at = said.indexOf('\r\n', at) + 2
      at += 3
    }
    replies.push(first)
  }
  return replies
}

describe('the POP3 server, whatever comes', () => {
  it('never throws, and each reply is one that its row declares', () => {
    fc.assert(
      fc.property(input, dialect, contents, (text, which, messages) => {
        const desk = new Desk({ dialect: which }, new Shelf().put(...messages))
        converse([text], desk)
        for (const { note } of desk.notes) {
          if (note.kind !== 'reply') continue
          const own = note.verb === null ? {} : pop3Commands[note.verb as Pop3Verb].outcomes
          const declared = { ...anyCommand, ...own } as Record<string, { code: string; to: string | null }>
          expect(declared[note.outcome]?.code).toBe(note.code)
          expect(note.to).toBe(declared[note.outcome]!.to ?? note.from)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('answers every command once, in the form of RFC 1939 3', () => {
    fc.assert(
      fc.property(input, dialect, contents, (text, which, messages) => {
        const desk = new Desk({ dialect: which }, new Shelf().put(...messages))
        const said = converse([text], desk)
        const notes = desk.notes.flatMap(({ note }) => (note.kind === 'reply' ? [note] : []))
        const replies = readReplies(
          said,
          notes.map((note) => isLong(note.verb, note.outcome)),
        )
        expect(replies).toHaveLength(notes.length)
        for (const [k, reply] of replies.entries()) {
          expect(reply).toMatch(/^(?:\+OK|-ERR|\+)(?: [\t\x20-\x7e\x80-\xff]*)?$/)
          expect(reply.startsWith(notes[k]!.code)).toBe(true)
          expect(reply.length).toBeLessThanOrEqual(510)
        }
        expect(replies).toHaveLength(desk.notes.filter(({ note }) => note.kind === 'command').length + 1)
        const spans = desk.notes.filter(({ note }) => note.kind === 'reply' || note.kind === 'data')
        expect(spans.map(({ from }) => from)).toEqual([0, ...spans.slice(0, -1).map(({ to }) => to)])
        expect(spans.at(-1)!.to).toBe(said.length)
      }),
      { numRuns: 500 },
    )
  })

  it('says the same however its input is cut, and however often its state is cloned', () => {
    fc.assert(
      fc.property(input, dialect, fc.array(fc.nat(), { maxLength: 12 }), contents, (text, which, places, messages) => {
        if (/stls/i.test(text)) return // what is pipelined behind STLS is thrown away: there the cut matters
        const whole = new Desk({ dialect: which }, new Shelf().put(...messages))
        const pieces = new Desk({ dialect: which }, new Shelf().put(...messages))
        pieces.cloning = true
        expect(converse(cut(text, places), pieces)).toBe(converse([text], whole))
        expect(pieces.shelf.messages).toEqual(whole.shelf.messages)
      }),
      { numRuns: 500 },
    )
  })

  it('gives any message back line by line, and of the size that it told', () => {
    fc.assert(
      fc.property(
        fc.oneof(noise, fc.string({ unit: fc.constantFrom('.', '\r', '\n', 'a'), maxLength: 30 })),
        (content) => {
          const desk = new Desk({}, new Shelf().put(content))
          const [, size, data] = /^\+OK (\d+) octets\r\n(.*)\.\r\n$/s.exec(desk.after('RETR 1'))!
          const lines = data!.replace(/(^|\n)\.(?!\r\n$)/g, '$1')
          expect(lines).toBe(wireLines(content, wireSize(content)))
          expect(lines.length).toBe(Number(size))
          expect(/(?:^|[^\r])\n/.test(lines)).toBe(false)
          expect(/(?:^|\n)\.\r\n/.test(stuffed(lines))).toBe(false)
        },
      ),
      { numRuns: 500 },
    )
  })
})

type Act =
  | { act: 'DELE' | 'RETR' | 'expunge'; n: number }
  | { act: 'RSET' | 'NOOP' | 'arrive' | 'QUIT' | 'lost' | 'alarm' | 'other' }

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ act: fc.constant('DELE' as const), n: messageNumber }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('RETR' as const), n: messageNumber }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('expunge' as const), n: messageNumber }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('RSET' as const, 'NOOP' as const, 'arrive' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('QUIT' as const, 'lost' as const, 'alarm' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('other' as const) }) },
)

const text = (uid: number) => String(uid).padStart(3, '0')

describe('a maildrop over many sessions, beside a plain model of it', () => {
  it('loses what was marked by QUIT, and nothing else ever', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const shelf = new Shelf().put(text(1), text(2), text(3))
        let uids = [1, 2, 3]
        let next = 4
        let desk = new Desk({}, shelf)
        let numbers: number[] = []
        let marked = new Set<number>()
        const begin = () => {
          desk = new Desk({}, shelf)
          desk.cloning = true
          expect(desk.after()).toMatch(/^\+OK /)
          numbers = [...uids]
          marked = new Set()
        }
        begin()
        for (const step of acts) {
          switch (step.act) {
            case 'DELE': {
              const fine = step.n >= 1 && step.n <= numbers.length && !marked.has(step.n)
              expect(desk.say(`DELE ${step.n}`).startsWith('+OK')).toBe(fine)
              if (fine) marked.add(step.n)
              break
            }
            case 'RETR': {
              const uid = numbers[step.n - 1]
              const fine = uid !== undefined && !marked.has(step.n) && uids.includes(uid)
              expect(desk.say(`RETR ${step.n}`)).toMatch(
                fine ? new RegExp(`^\\+OK 5 octets\r\n${text(uid!)}\r\n`) : /^-ERR/,
              )
              break
            }
            case 'RSET':
              desk.say('RSET')
              marked = new Set()
              break
            case 'expunge':
              shelf.expunge(step.n)
              uids = uids.filter((uid) => uid !== step.n)
              break
            case 'arrive':
              shelf.put(text(next))
              uids.push(next++)
              break
            case 'QUIT':
              expect(desk.say('QUIT')).toMatch(/^\+OK /)
              uids = uids.filter((uid) => !marked.has(numbers.indexOf(uid) + 1))
              begin()
              break
            case 'lost':
              desk.feed({ on: 'closed', how: 'reset' })
              begin()
              break
            case 'alarm':
              desk.feed({ on: 'alarm', name: 'idle' })
              begin()
              break
            case 'other': {
              const other = new Desk({}, shelf)
              expect(other.after('DELE 1', 'QUIT')).toMatch(/^\+OK dewey POP3 server signing off\r\n/)
              break
            }
            case 'NOOP':
              desk.say('NOOP')
          }
          expect(desk.say('STAT')).toBe(`+OK ${numbers.length - marked.size} ${5 * (numbers.length - marked.size)}\r\n`)
          expect(shelf.messages.map((message) => message.uid)).toEqual(uids)
        }
      }),
      { numRuns: 200 },
    )
  })
})
