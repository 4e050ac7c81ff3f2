import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCommand, smtpCommands, type Verb } from '../../src/core/smtp/commands.ts'
import { Desk } from '../unit/smtp/desk.ts'

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.array(octet, { maxLength: 60 }).map((octets) => octets.join(''))

/** Lines that lead deep into a session, and lines that nobody should write. */
const line = fc.oneof(
  fc.constantFrom(
    'HELO bar.com',
    'EHLO bar.com',
    'MAIL FROM:<a@bar.com>',
    'MAIL FROM: <a@bar.com> SIZE=5',
    'MAIL FROM:<> BODY=8BITMIME',
    'RCPT TO:<b@foo.com>',
    'RCPT TO:green@foo.com',
    'DATA',
    '.',
    '..',
    'Subject: x',
    '',
    'RSET',
    'NOOP',
    'VRFY smith',
    'EXPN list',
    'HELP',
    'HELP STATUS',
    'AUTH LOGIN',
    'AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm',
    'dGlt',
    '*',
    'STARTTLS',
    'QUIT',
  ),
  noise,
  noise.map((text) => `MAIL FROM:<${text}>`),
  noise.map((text) => `RCPT TO:${text}`),
  noise.map((text) => `AUTH PLAIN ${text}`),
)
const ending = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '')
const input = fc
  .array(
    fc.tuple(line, ending).map(([text, end]) => text + end),
    { maxLength: 30 },
  )
  .map((lines) => lines.join(''))
const dialect = fc.constantFrom('lenient', 'rfc5321', 'rfc821' as const) as fc.Arbitrary<
  'lenient' | 'rfc5321' | 'rfc821'
>

/** Everything that was said, in order; `secured` follows `startTls` as a driver does it. */
function converse(chunks: readonly string[], desk: Desk): string {
  let said = desk.open()
  for (const chunk of chunks) {
    said += desk.bytes(chunk)
    if (desk.effects.at(-2)?.do === 'startTls' || desk.effects.at(-1)?.do === 'startTls')
      said += desk.feed({ on: 'secured' })
  }
  return said
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((place) => place % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, k) => text.slice(from, places[k] ?? text.length))
}

describe('the SMTP server, whatever comes', () => {
  it('never throws, and each reply is one that its row declares', () => {
    fc.assert(
      fc.property(input, dialect, (text, which) => {
        const desk = new Desk({ dialect: which })
        converse([text], desk)
        for (const { note } of desk.notes) {
          if (note.kind !== 'reply') continue
          const own = note.verb === null ? {} : smtpCommands[note.verb as Verb].outcomes
          const declared = { ...anyCommand, ...own } as Record<string, { code: string }>
          expect(declared[note.outcome]?.code).toBe(note.code)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('answers every command once, in the form of RFC 5321 4.2', () => {
    fc.assert(
      fc.property(input, dialect, (text, which) => {
        const desk = new Desk({ dialect: which })
        const said = converse([text], desk)
        expect(said).toMatch(
          /^(?:\d{3}-[\t\x20-\x7e\x80-\xff]*\r\n)*(?:\d{3} [\t\x20-\x7e\x80-\xff]*\r\n(?:\d{3}-[\t\x20-\x7e\x80-\xff]*\r\n)*)*$/,
        )
        const finals = said.split('\r\n').filter((reply) => /^\d{3} /.test(reply)).length
        const heard = desk.notes.filter(({ note }) => note.kind === 'command' || note.kind === 'content').length
        expect(finals).toBe(heard + 1)
      }),
      { numRuns: 500 },
    )
  })

  it('says the same however its input is cut, and however often its state is cloned', () => {
    fc.assert(
      fc.property(input, dialect, fc.array(fc.nat(), { maxLength: 12 }), (text, which, places) => {
        if (/starttls/i.test(text)) return // what is pipelined behind STARTTLS is thrown away: there the cut matters
        const whole = new Desk({ dialect: which })
        const pieces = new Desk({ dialect: which })
        pieces.cloning = true
        expect(converse(cut(text, places), pieces)).toBe(converse([text], whole))
        expect(pieces.taken).toEqual(whole.taken)
      }),
      { numRuns: 500 },
    )
  })

  it('gives a message on as it was written, for any octets in lines that end with CRLF', () => {
    const text = fc.array(
      noise.map((octets) => octets.replace(/[\r\n]/g, '')),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (lines, places) => {
        const desk = new Desk()
        desk.after('MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'DATA')
        const content = lines.map((each) => `${each}\r\n`).join('')
        const stuffed = lines.map((each) => `${each.startsWith('.') ? '.' : ''}${each}\r\n`).join('')
        for (const chunk of cut(`${stuffed}.\r\n`, places)) desk.bytes(chunk)
        expect(desk.taken[0]?.content).toBe(content)
      }),
      { numRuns: 500 },
    )
  })
})
