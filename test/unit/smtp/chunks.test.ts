import { describe, expect, it } from 'vitest'
import type { SmtpProfile } from '../../../src/core/smtp/backend.ts'
import { Desk } from './desk.ts'

const capabilities = ['PIPELINING', 'SIZE', '8BITMIME', 'CHUNKING', 'BINARYMIME']

function ready(changes: Partial<SmtpProfile> = {}, body = ''): Desk {
  const desk = new Desk({ capabilities, ...changes })
  desk.after(`MAIL FROM:<a@bar.com>${body}`, 'RCPT TO:<b@foo.com>')
  return desk
}

const codes = (said: string) => said.split('\r\n').flatMap((line) => (/^\d{3} /.test(line) ? [line.slice(0, 3)] : []))

describe('BDAT', () => {
  it('takes a message in chunks, dots and all, and says how many octets each had', () => {
    const desk = ready()
    expect(desk.bytes('BDAT 6\r\n..a\r\nb')).toBe('250 6 octets received\r\n')
    expect(desk.session.state).toBe('chunks')
    expect(desk.bytes('BDAT 5 LAST\r\n\r\n.\r\n')).toBe('250 OK\r\n')
    expect(desk.taken.map(({ content }) => content)).toEqual(['..a\r\nb\r\n.\r\n'])
    expect(desk.session.state).toBe('ready')
    const notes = desk.notes.flatMap(({ note }) => (note.kind === 'chunk' || note.kind === 'content' ? [note] : []))
    expect(notes).toMatchObject([
      { kind: 'chunk', octets: 6, last: false },
      { kind: 'chunk', octets: 5, last: true },
      { kind: 'content', octets: 11, lines: 3 },
    ])
  })

  it('is over with an empty last chunk, and may be empty altogether', () => {
    const desk = ready()
    expect(codes(desk.bytes('BDAT 3\r\nx\r\nBDAT 0 LAST\r\n'))).toEqual(['250', '250'])
    expect(desk.taken[0]!.content).toBe('x\r\n')
    desk.say('MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>')
    expect(desk.bytes('bdat 0 last\r\n')).toBe('250 OK\r\n')
    expect(desk.taken[1]!.content).toBe('')
  })

  it('comes out the same however it is cut, and from a clone at every step', () => {
    const whole = 'BDAT 8\r\nNOOP\r\nQUBDAT 4\r\nIT\r\nBDAT 0 LAST\r\nNOOP\r\n'
    const said = ready().bytes(whole)
    expect(codes(said)).toEqual(['250', '250', '250', '250'])
    for (let cut = 0; cut <= whole.length; cut++) {
      const desk = ready()
      desk.cloning = true
      expect(desk.bytes(whole.slice(0, cut)) + desk.bytes(whole.slice(cut))).toBe(said)
      expect(desk.taken[0]!.content).toBe('NOOP\r\nQUIT\r\n')
    }
  })

  it.each([
    'BDAT',
    'BDAT many',
    'BDAT -1',
    'BDAT 3 FIRST',
    'BDAT LAST',
    'BDAT 1.5',
    'BDAT 0x3',
    'BDAT 99999999999999999999',
  ])('%s is 501 at once', (line) => {
    const desk = ready()
    expect(desk.say(line)).toMatch(/^501 Syntax: BDAT/)
    expect(desk.session.state).toBe('recipients')
    expect(desk.bytes('BDAT 3 LAST\r\nx\r\n')).toMatch(/^250 /)
  })

  it('is refused only when its octets are swallowed, and none of them is a command', () => {
    const desk = new Desk({ capabilities })
    desk.open()
    const refused = (state: string, code: string) => {
      expect(desk.bytes('BDAT 12 LAST\r\nNOOP\r\n')).toBe('')
      expect(desk.session.state).toBe('chunk')
      expect(desk.bytes('QUIT\r\n').slice(0, 3)).toBe(code)
      expect(desk.session.state).toBe(state)
    }
    refused('connected', '503')
    desk.say('EHLO bar.com')
    refused('ready', '503')
    desk.say('MAIL FROM:<a@bar.com>')
    refused('mail', '503')
    desk.say('RCPT TO:<green@foo.com>')
    refused('mail', '554')
    expect(desk.taken).toEqual([])
  })

  it('has no chunk behind the last one', () => {
    const desk = ready()
    expect(codes(desk.bytes('BDAT 3 LAST\r\na\r\nBDAT 3 LAST\r\nb\r\n'))).toEqual(['250', '503'])
    expect(desk.taken).toHaveLength(1)
  })

  it('is neither mixed with DATA nor with another transaction, and RSET forgets it', () => {
    const desk = ready()
    desk.bytes('BDAT 3\r\na\r\n')
    for (const line of ['DATA', 'MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>']) expect(desk.say(line)).toMatch(/^503 /)
    expect(desk.say('NOOP')).toMatch(/^250 /)
    expect(desk.say('RSET', 'MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>')).toMatch(/^250 /)
    desk.bytes('BDAT 3 LAST\r\nb\r\n')
    expect(desk.taken.map(({ content }) => content)).toEqual(['b\r\n'])
  })

  it('is 502 where it is not offered', () => {
    expect(ready({ capabilities: [] }).say('BDAT 3')).toMatch(/^502 /)
  })

  it('does not grow beyond what the host takes', () => {
    const desk = ready()
    expect(codes(desk.bytes(`BDAT 10001\r\n${'x'.repeat(10_001)}BDAT 3 LAST\r\nx\r\n`))).toEqual(['552', '503'])
    const endless = ready()
    endless.bytes('BDAT 900000000000\r\n')
    for (let k = 0; k < 100; k++) expect(endless.bytes('y'.repeat(10_000))).toBe('')
    expect(endless.session.content!.parts).toEqual([])
    expect(endless.session.pending).toBe('')
  })

  it.each(['a\nb', 'a\rb', '\n', '\r', 'a\r\r\n', 'a\r\n\n', 'a\n\r\n', '\r\r', 'x\r'])(
    'refuses a text with %j',
    (text) => {
      for (let cut = 0; cut <= text.length; cut++) {
        const desk = ready()
        const first = text.slice(0, cut)
        const second = text.slice(cut)
        expect(codes(desk.bytes(`BDAT ${cut}\r\n${first}BDAT ${second.length} LAST\r\n${second}`))).toEqual([
          '250',
          '554',
        ])
        expect(desk.remarks()).toEqual(['bare-end-in-message'])
      }
    },
  )

  it('takes any octets where the message is BINARYMIME, which DATA could not', () => {
    const octets = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')
    const desk = ready({ dialect: 'rfc5321' }, ' BODY=BINARYMIME')
    expect(desk.say('DATA')).toMatch(/^503 .*BDAT/)
    expect(desk.bytes(`BDAT 2560 LAST\r\n${octets.repeat(10)}`)).toMatch(/^250 /)
    expect(desk.taken[0]!.content).toBe(octets.repeat(10))
  })

  it.each([
    [998, 'rfc5321', '250'],
    [999, 'rfc5321', '500'],
    [998, 'rfc821', '250'],
    [999, 'rfc821', '500'],
    [999, 'lenient', '250'],
  ] as const)('with a line of %i octets, %s answers %s', (length, dialect, code) => {
    const line = `x\r\n${'y'.repeat(length)}\r\nx\r\n`
    expect(codes(ready({ dialect }).bytes(`BDAT ${line.length} LAST\r\n${line}`))).toEqual([code])
    const open = 'y'.repeat(length + 2)
    expect(codes(ready({ dialect }).bytes(`BDAT ${open.length} LAST\r\n${open}`))).toEqual([code])
  })

  it('swallows a chunk before it says what the world makes it say, and does not take it', () => {
    const desk = ready({ answers: { BDAT: 'later' } })
    expect(codes(desk.bytes('BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n'))).toEqual(['451', '250'])
    expect(desk.taken).toEqual([])
  })

  it('has one reply where it is not the last, in LMTP, too', () => {
    const lmtp = (changes: Partial<SmtpProfile> = {}) => {
      const desk = new Desk({ capabilities, role: 'lmtp', ...changes })
      desk.open()
      desk.say('LHLO bar.com', 'MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'RCPT TO:<c@foo.com>')
      return desk
    }
    const large = `BDAT 10001\r\n${'x'.repeat(10_001)}`
    expect(codes(lmtp().bytes(`${large}NOOP\r\n`))).toEqual(['552', '250'])
    expect(codes(lmtp().bytes(large.replace('\r\n', ' LAST\r\n')))).toEqual(['552', '552'])
    const later = { answers: { BDAT: 'later' } }
    expect(codes(lmtp(later).bytes('BDAT 3\r\nx\r\nNOOP\r\n'))).toEqual(['451', '250'])
    expect(codes(lmtp(later).bytes('BDAT 3 LAST\r\nx\r\nNOOP\r\n'))).toEqual(['451', '451', '250'])
    const forced = ready({ answers: { BDAT: 'accepted' } })
    expect(codes(forced.bytes('BDAT 3\r\nx\r\nBDAT 3 LAST\r\ny\r\n'))).toEqual(['250', '250'])
    expect(forced.taken.map(({ content }) => content)).toEqual(['x\r\ny\r\n'])
  })

  it('may break off', () => {
    const desk = ready()
    desk.bytes('BDAT 100 LAST\r\nhalf')
    desk.feed({ on: 'closed', how: 'reset' })
    expect(desk.taken).toEqual([])
  })
})
