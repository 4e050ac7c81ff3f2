import { describe, expect, it } from 'vitest'
import { Desk, FakeStream, smtpServer } from './fake.ts'

const PROMPT = 'alice@pc-alice:~$ '

function desk(answers: Record<string, string> = {}) {
  const at = new Desk().start()
  const server = smtpServer(answers)
  at.servers['192.0.2.10:25'] = server
  return { at, server }
}

describe('mail', () => {
  it('asks for the subject, reads to the lone dot, and hands in silently', () => {
    const { at, server } = desk()
    expect(at.type('mail bob@lyon.example carol')).toBe('mail bob@lyon.example carol\nSubject: ')
    expect(at.type('Hello', 'one', '.two')).toBe('Hello\none\n.two\n')
    expect(at.type('.')).toBe(`.\nEOT\n${PROMPT}`)
    expect(server.written).toContain(
      'MAIL FROM:<alice@rennes.example>\r\nRCPT TO:<bob@lyon.example>\r\nRCPT TO:<carol@rennes.example>\r\nDATA\r\n',
    )
    expect(server.written).toContain(
      'Date: Mon, 07 Sep 2026 10:00:00 +0200 (CEST)\r\nFrom: Alice Martin <alice@rennes.example>\r\nTo: bob@lyon.example,\r\n carol@rennes.example\r\nSubject: Hello\r\n\r\none\r\n..two\r\n.\r\n',
    )
  })

  it('shows the dialogue with -v as the course prints it', () => {
    const { at } = desk()
    at.type("mail -v -s 'A test' bob@lyon.example", 'Ceci est un essai')
    expect(at.key('eof')).toBe(
      [
        'EOT',
        'bob@lyon.example... Connecting to mx1.rennes.example (TCP)...',
        '220 mx1.rennes.example ESMTP Facteur',
        '>>> EHLO pc-alice.rennes.example',
        '250-mx1.rennes.example greets you',
        '250 HELP',
        '>>> MAIL FROM:<alice@rennes.example>',
        '250 2.1.0 OK',
        '>>> RCPT TO:<bob@lyon.example>',
        '250 2.1.5 OK',
        '>>> DATA',
        '354 Start mail input; end with <CRLF>.<CRLF>',
        '>>>',
        'Date: Mon, 07 Sep 2026 10:00:00 +0200 (CEST)',
        'From: Alice Martin <alice@rennes.example>',
        'To: bob@lyon.example',
        'Subject: A test',
        '',
        'Ceci est un essai',
        '.',
        '250 2.0.0 OK',
        '>>> QUIT',
        '221 2.0.0 mx1.rennes.example Service closing transmission channel',
        'bob@lyon.example... Sent',
        PROMPT,
      ].join('\n'),
    )
  })

  it('takes a pipe, encodes what is not ASCII, and does not mind an empty body', () => {
    const { at, server } = desk({ EHLO: '250-mx1\r\n250 8BITMIME' })
    at.type("printf 'été\\n' | mail -s 'Voilà' bob")
    expect(server.written).toContain('BODY=8BITMIME')
    expect(server.written).toContain('Subject: =?UTF-8?Q?Voil=C3=A0?=\r\nMIME-Version: 1.0\r\n')
    expect(server.written).toContain('\r\n\r\n\xc3\xa9t\xc3\xa9\r\n.\r\n')
    expect(at.output("printf '' | mail -s x bob")).toContain("Null message body; hope that's ok\n")
  })

  it('says whom the server did not take, and that nothing was sent', () => {
    const refused = desk({ RCPT: '550 5.1.1 No such user here' }).at
    expect(refused.output('echo x | mail bob')).toBe(
      'bob@rennes.example... 550 5.1.1 No such user here\nThe message was not sent.\n',
    )
    const closed = new Desk().start()
    expect(closed.output('echo x | mail bob')).toBe(
      'mail: mx1.rennes.example: Connection refused\nThe message was not sent.\n',
    )
    const full = desk({ MAIL: '452 4.3.1 Insufficient system storage' }).at
    expect(full.output('echo x | mail bob')).toContain('mail: 452 4.3.1 Insufficient system storage\n')
    const none = new Desk({ submission: null }).start()
    expect(none.output('echo x | mail bob')).toContain('not set up to hand mail in')
    expect(closed.output('echo x | mail a@b@c..d')).toContain('mail: a@b@c..d: ')
  })

  it('says when nobody can know', () => {
    const { at, server } = desk({ '.': '' })
    server.onWrite = ((before) => (data, self) =>
      data.endsWith('\r\n.\r\n') ? self.leaves('reset') : before(data, self))(server.onWrite)
    expect(at.output('echo x | mail bob')).toContain('RFC 1047')
  })

  it('kills the letter at the second Ctrl-C, and the sending at the first', () => {
    const { at, server } = desk()
    at.type('mail bob', 'Subject', 'text')
    expect(at.key('interrupt')).toBe('^C\n(Interrupt -- one more to kill letter)\n')
    expect(at.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(server.written).toBe('')
    const silent = new FakeStream()
    at.servers['192.0.2.10:25'] = silent
    at.type('echo x | mail bob')
    expect(at.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(silent.ended).toBe('reset')
  })

  it('reads the own mailbox', () => {
    const at = new Desk().start()
    expect(at.output('mail')).toMatch(/^No mail for alice\n/)
    at.files['/var/mail/alice'] =
      'From bob@lyon.example Mon Sep  7 08:00:00 2026\nFrom: bob@lyon.example\nSubject: one\n\nbody one\n>From x\n\nFrom carol@x.example Mon Sep  7 09:00:00 2026\nSubject: two\n\nbody two\n'
    expect(at.type('mail')).toContain('"/var/mail/alice": 2 messages\n>  1 bob@lyon.example')
    expect(at.type('1')).toContain('body one\n>From x\n')
    expect(at.type('')).toContain('Subject: two\n\nbody two\n')
    expect(at.type('')).toContain('At EOF')
    expect(at.type('7')).toContain('7: Invalid message number')
    expect(at.type('d 1')).toContain('Nothing is deleted')
    expect(at.type('frob me')).toContain('Unknown command: "frob me"')
    expect(at.type('h')).toContain('>  2 carol@x.example')
    expect(at.type('q')).toBe(`q\n${PROMPT}`)
  })
})
