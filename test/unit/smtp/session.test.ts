import { describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

describe('a session', () => {
  it('greets, answers EHLO with its extensions and says goodbye', () => {
    const desk = new Desk()
    expect(desk.open()).toBe('220 foo.com Simple Mail Transfer Service Ready\r\n')
    expect(desk.say('EHLO bar.com')).toBe(
      '250-foo.com greets bar.com\r\n250-PIPELINING\r\n250-SIZE 10000\r\n250-8BITMIME\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN CRAM-MD5\r\n250 HELP\r\n',
    )
    expect(desk.say('QUIT')).toBe('221 foo.com Service closing transmission channel\r\n')
    expect(desk.did('close')).toBe(true)
  })

  it('takes a message for those recipients that it knows', () => {
    const desk = new Desk()
    desk.after('MAIL FROM:<Smith@bar.com>')
    expect(desk.say('RCPT TO:<Jones@foo.com>')).toBe('250 OK\r\n')
    expect(desk.say('RCPT TO:<Green@foo.com>')).toBe('550 No such user here\r\n')
    expect(desk.say('RCPT TO:Brown@foo.com')).toBe('250 OK\r\n')
    expect(desk.say('DATA')).toBe('354 Start mail input; end with <CRLF>.<CRLF>\r\n')
    expect(desk.say('Blah blah blah...', '...etc.', '.')).toBe('250 OK\r\n')
    expect(desk.taken).toHaveLength(1)
    expect(desk.taken[0]!.envelope.recipients.map(({ path }) => path.local)).toEqual(['Jones', 'Brown'])
    expect(desk.taken[0]!.content).toBe('Blah blah blah...\r\n..etc.\r\n')
    expect(desk.remarks()).toEqual(['no-brackets'])
  })

  it('answers all that was said before the far end closed, though it had to wait for a name', () => {
    const desk = new Desk({ reverse: true })
    expect(desk.open()).toBe('')
    expect(desk.bytes('EHLO bar.com\r\nNOOP\r\nNO')).toBe('')
    expect(desk.feed({ on: 'closed', how: 'fin' })).toBe('')
    expect(desk.did('close')).toBe(false)
    const said = desk.feed({ on: 'answer', id: 0, answer: { answer: 'reverse', name: null } })
    expect(said).toMatch(/^220 .*\r\n(250-.*\r\n)+250 HELP\r\n250 OK\r\n$/)
    expect(desk.did('close')).toBe(true)
  })

  it('answers everything that one chunk brought in one write', () => {
    const desk = new Desk()
    desk.after()
    const before = desk.effects.filter((effect) => effect.do === 'send').length
    const said = desk.bytes('MAIL FROM:<a@bar.com>\r\nRCPT TO:<b@foo.com>\r\nDATA\r\nhi\r\n.\r\nQUIT\r\n')
    expect(desk.effects.filter((effect) => effect.do === 'send')).toHaveLength(before + 1)
    expect(said.split('\r\n').map((line) => line.slice(0, 3))).toEqual(['250', '250', '354', '250', '221', ''])
  })

  it.each([
    ['MAIL FROM:<a@b.c>', '503 Bad sequence of commands: EHLO or HELO first'],
    ['VRFY Crispin', '250 Mark Crispin <Admin.MRC@foo.com>'],
    ['VRFY info', '250 <info@foo.com>'],
    ['NOOP whatever', '250 OK'],
    ['RSET', '250 OK'],
    ['RSET now', '501 Syntax: RSET CRLF'],
    ['BLAH', '500 Syntax error, command unrecognized'],
    ['', '500 Syntax error, command unrecognized'],
    ['TURN', '502 Command not implemented'],
    ['HELO', '501 Syntax: HELO SP Domain CRLF'],
    ['HELO bar\0com', '501 Syntax: HELO SP Domain CRLF'],
    ['VRFY', '501 Syntax: VRFY SP String CRLF'],
    ['EHL0 bar.com', '500 Syntax error, command unrecognized'],
  ])('before HELO, %j is answered %j', (line, reply) => {
    const desk = new Desk()
    desk.open()
    expect(desk.say(line)).toBe(`${reply}\r\n`)
    expect(desk.session.state).toBe('connected')
  })

  it('keeps the order of RFC 5321 4.1.4', () => {
    const desk = new Desk()
    expect(desk.after('RCPT TO:<b@foo.com>')).toMatch(/^503 /)
    expect(desk.say('DATA')).toMatch(/^503 /)
    expect(desk.say('MAIL FROM:<a@bar.com>')).toMatch(/^250 /)
    expect(desk.say('MAIL FROM:<a@bar.com>')).toMatch(/^503 /)
    expect(desk.say('DATA')).toMatch(/^503 .*RCPT first/)
    expect(desk.say('RCPT TO:<green@foo.com>', 'DATA')).toMatch(/^554 /)
    expect(desk.say('RSET', 'RCPT TO:<b@foo.com>')).toMatch(/^503 /)
  })

  it('forgets the transaction at EHLO, and the session at STARTTLS with what was pipelined behind it', () => {
    const desk = new Desk()
    desk.after('MAIL FROM:<a@bar.com>', 'EHLO bar.com')
    expect(desk.say('RCPT TO:<b@foo.com>')).toMatch(/^503 /)
    expect(desk.bytes('STARTTLS\r\nMAIL FROM:<evil@bar.com>\r\n')).toBe('220 Ready to start TLS\r\n')
    expect(desk.did('startTls')).toBe(true)
    desk.feed({ on: 'secured' })
    expect(desk.say('HELP STATUS')).not.toMatch(/EHLO bar|MAIL/)
    expect(desk.say('MAIL FROM:<a@bar.com>')).toMatch(/^503 .*EHLO/)
    expect(desk.say('EHLO bar.com')).not.toContain('STARTTLS')
    expect(desk.say('STARTTLS')).toMatch(/^503 /)
  })

  it('tells what it knows: HELP 214, HELP STATUS 211', () => {
    const desk = new Desk()
    expect(desk.after('HELP')).toMatch(/^214-.*\r\n214-.*MAIL RCPT/)
    expect(desk.say('HELP mail')).toMatch(
      /^214-MAIL FROM:<reverse-path>.*\r\n214-.*SIZE=.*(\r\n214-.*)*\r\n214 RFC 5321 section 4.1.1.2\r\n$/,
    )
    expect(desk.say('HELP nonsense')).toMatch(/^504 /)
    desk.say('MAIL FROM:<a@bar.com>')
    const status = desk.say('HELP STATUS')
    expect(status).toMatch(/^211-State: mail\r\n/)
    expect(status).toContain('211-From <a@bar.com>')
    expect(status).toContain('EHLO bar.com')
    expect(desk.session.state).toBe('mail')
  })

  it('lists the ambiguous with 553, the members of a list with 250', () => {
    const desk = new Desk()
    expect(desk.after('VRFY smith')).toBe(
      '553-Ambiguous; Possibilities are\r\n553-John Smith <jsmith@foo.com>\r\n553 Harry Smith <hsmith@foo.com>\r\n',
    )
    expect(desk.say('EXPN list')).toBe('250-John Smith <jsmith@foo.com>\r\n250 <b@foo.com>\r\n')
    expect(desk.say('EXPN nobody')).toMatch(/^550 /)
  })

  it('gives enhanced status codes where it offers them, but not at the greeting, EHLO and 354', () => {
    const desk = new Desk({ capabilities: ['ENHANCEDSTATUSCODES'] })
    expect(desk.open()).toBe('220 foo.com Simple Mail Transfer Service Ready\r\n')
    expect(desk.say('EHLO bar.com')).toBe('250-foo.com greets bar.com\r\n250 ENHANCEDSTATUSCODES\r\n')
    expect(desk.say('MAIL FROM:<a@bar.com>')).toBe('250 2.1.0 OK\r\n')
    expect(desk.say('RCPT TO:<green@foo.com>')).toBe('550 5.1.1 No such user here\r\n')
    expect(desk.say('RCPT TO:<b@foo.com>', 'DATA')).toMatch(/^354 Start/)
    expect(desk.say('.')).toBe('250 2.0.0 OK\r\n')
    expect(desk.say('VRFY smith')).toMatch(/^553-5.1.4 Ambig.*\r\n553-5.1.4 John/)
  })

  it('loses patience only where the world says so, and falls asleep after the time-out', () => {
    const patient = new Desk()
    patient.open()
    for (let k = 0; k < 200; k++) expect(patient.say('BLAH')).toMatch(/^500 /)
    const strict = new Desk({ limits: { size: 10_000, recipients: 100, errors: 2, idle: 300_000 } })
    strict.open()
    strict.say('BLAH', 'BLAH')
    expect(strict.say('BLAH')).toMatch(/^500 .*\r\n421 .*Too many errors/)
    expect(strict.did('close')).toBe(true)
    expect(patient.feed({ on: 'alarm', name: 'idle' })).toMatch(/^421 /)
    expect(patient.did('close')).toBe(true)
  })

  it('answers a half-closed connection and then closes', () => {
    const desk = new Desk()
    desk.open()
    expect(desk.bytes('HELO bar.com\r\nNOOP\r\nQUI')).toBe('250 foo.com\r\n250 OK\r\n')
    desk.feed({ on: 'closed', how: 'fin' })
    expect(desk.did('close')).toBe(true)
    expect(desk.taken).toEqual([])
  })

  it('asks for the name of its caller first where the host is set up so, and lets what was typed wait', () => {
    const desk = new Desk({ reverse: true })
    expect(desk.open()).toBe('')
    expect(desk.bytes('HELO liar.example\r\n')).toBe('')
    const said = desk.feed({ on: 'answer', id: 0, answer: { answer: 'reverse', name: 'honest.example' } })
    expect(said).toBe('220 foo.com Simple Mail Transfer Service Ready\r\n250 foo.com\r\n')
    expect(desk.remarks()).toEqual(['hello-differs'])
  })

  it('answers a verb with the outcome that the world prescribes', () => {
    const desk = new Desk({ answers: { MAIL: 'later', NOOP: 'notAvailable' } })
    expect(desk.after('MAIL FROM:<a@bar.com>')).toMatch(/^451 /)
    expect(desk.say('NOOP')).toMatch(/^421 /)
    expect(desk.did('close')).toBe(true)
  })

  it('that is not wanted ends when the client says so, and until then all else is out of turn', () => {
    const desk = new Desk({ answers: { greeting: 'notWanted' }, capabilities: ['CHUNKING'] })
    expect(desk.open()).toMatch(/^554 /)
    expect(desk.did('close')).toBe(false)
    expect(desk.did('alarm')).toBe(true)
    for (const line of ['EHLO bar.com', 'NOOP', 'AUTH PLAIN', 'BLAH', '', 'QUIT now'])
      expect([line, desk.say(line).slice(0, 3)]).toEqual([line, line === 'QUIT now' ? '501' : '503'])
    expect(desk.bytes('BDAT 6\r\nQUIT\r\n')).toMatch(/^503 /)
    expect(desk.session.state).toBe('rejected')
    expect(desk.say('QUIT')).toMatch(/^221 /)
    expect(desk.did('close')).toBe(true)
  })

  it('that is not wanted may fall asleep, too', () => {
    const desk = new Desk({ answers: { greeting: 'notWanted' } })
    desk.open()
    expect(desk.feed({ on: 'alarm', name: 'idle' })).toMatch(/^421 /)
    expect(desk.did('close')).toBe(true)
  })

  it('counts logins that failed as errors, recipients that are unknown not', () => {
    const desk = new Desk({ limits: { size: 10_000, recipients: 100, errors: 2, idle: 300_000 } })
    desk.after('MAIL FROM:<a@bar.com>')
    for (let k = 0; k < 9; k++) expect(desk.say('RCPT TO:<green@foo.com>')).toMatch(/^550 [^\n]*\n$/)
    desk.say('RSET')
    expect(desk.say('AUTH PLAIN AGEAYg==')).toMatch(/^535 [^\n]*\n$/)
    expect(desk.say('AUTH PLAIN', 'AGEAYg==')).toMatch(/^535 [^\n]*\n$/)
    expect(desk.say('AUTH PLAIN AGEAYg==')).toMatch(/^535 .*\r\n421 .*Too many errors/)
  })

  it('counts in its spans what STARTTLS has thrown away', () => {
    const desk = new Desk()
    desk.after()
    desk.bytes('STARTTLS\r\nMAIL FROM:<evil@bar.com>\r\nhalf')
    desk.feed({ on: 'secured' })
    desk.say('NOOP')
    const from = 'EHLO bar.com\r\nSTARTTLS\r\nMAIL FROM:<evil@bar.com>\r\nhalf'.length
    expect(desk.notes.findLast(({ note }) => note.kind === 'command')).toMatchObject({ from, to: from + 6 })
  })

  it('uses the texts of its world', () => {
    const desk = new Desk({
      texts: {
        greeting: '{host} Sendmail ready at {date}',
        'MAIL.ok': '<{path}>... Sender ok',
        'EHLO.ok': '{host} Hello {helo}\nnice to meet you',
      },
    })
    expect(desk.open()).toBe('220 foo.com Sendmail ready at Thu, 21 May 1998 05:33:29 -0700\r\n')
    expect(desk.say('EHLO bar.com')).toMatch(/^250-foo.com Hello bar.com\r\n250-nice to meet you\r\n250-PIPELINING/)
    expect(desk.say('MAIL FROM:<im@liti.ibp.fr>')).toBe('250 <im@liti.ibp.fr>... Sender ok\r\n')
  })

  it('notes each command and reply with the octets where it stands', () => {
    const desk = new Desk()
    desk.after('NOOP')
    const spans = desk.notes.map(({ note, dir, from, to }) => [note.kind, dir, from, to])
    const up = spans.filter(([kind]) => kind === 'command')
    expect(up).toEqual([
      ['command', 'up', 0, 14],
      ['command', 'up', 14, 20],
    ])
    const down = spans.filter(([kind]) => kind === 'reply')
    expect(down.map(([, , from]) => from)).toEqual([0, down[0]![3], down[1]![3]])
  })
})
