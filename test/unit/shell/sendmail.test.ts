import { describe, expect, it } from 'vitest'
import { Desk, smtpServer } from './fake.ts'

function desk(answers: Record<string, string> = {}, more: ConstructorParameters<typeof Desk>[0] = {}) {
  const at = new Desk(more).start()
  const server = smtpServer(answers)
  at.servers['192.0.2.10:25'] = server
  return { at, server }
}

const LETTER = '/home/' + 'alice/letter.eml'
const MESSAGE =
  'From: Alice <alice@rennes.example>\nTo: bob@lyon.example, "Carol, C." <carol@lyon.example>\n' +
  'Cc: team: dan@x.example, erin@x.example;\nBcc: boss@x.example,\n fred@x.example\nSubject: hello\n\ntext\n'

const recipients = (written: string) => [...written.matchAll(/RCPT TO:<([^>]*)>/g)].map(([, address]) => address)
const content = (written: string) => written.slice(written.indexOf('DATA\r\n') + 6, written.indexOf('\r\n.\r\n') + 2)

describe('sendmail -t', () => {
  it('takes the recipients from To, Cc and Bcc, and tells nobody of Bcc', () => {
    const { at, server } = desk()
    at.files[LETTER] = MESSAGE
    expect(at.output('sendmail -t < letter.eml')).toBe('')
    const all = ['bob@lyon', 'carol@lyon', 'dan@x', 'erin@x', 'boss@x', 'fred@x'].map((name) => `${name}.example`)
    expect(recipients(server.written)).toEqual(all)
    expect(content(server.written)).not.toMatch(/bcc|boss|fred/i)
    expect(content(server.written)).toContain('Cc: team: dan@x.example, erin@x.example;\r\nSubject: hello\r\n')
  })

  it('adds Message-ID, Date and From where they are missing, and nothing else', () => {
    const { at, server } = desk()
    at.type("printf 'To: bob\\r\\nSubject: x\\r\\n\\r\\ntext' | sendmail -t")
    expect(content(server.written)).toBe(
      'To: bob\r\nSubject: x\r\nMessage-ID: <u1@pc-alice.rennes.example>\r\n' +
        'Date: Mon, 07 Sep 2026 10:00:00 +0200 (CEST)\r\nFrom: Alice Martin <alice@rennes.example>\r\n\r\ntext\r\n',
    )
    const whole =
      'Message-ID: <a@b>\r\nDate: Mon, 7 Sep 2026 10:00:00 +0200\r\nFrom: a@b.example\r\nTo: c@d.example\r\n\r\nx\r\n'
    const second = desk()
    second.at.files[LETTER] = whole
    second.at.type('sendmail -t < letter.eml')
    expect(content(second.server.written)).toBe(whole)
  })

  it('sends from -f, and shows the dialogue with -v', () => {
    const { at, server } = desk()
    expect(at.output("printf 'To: bob@x.example\\n\\nx\\n' | sendmail -t -v -f other@rennes.example")).toContain(
      '>>> MAIL FROM:<other@rennes.example>\n',
    )
    expect(server.written).toContain('From: Alice Martin <other@rennes.example>\r\n')
  })

  it('says that nobody is named', () => {
    const { at, server } = desk()
    expect(at.output("printf 'Subject: x\\n\\nx\\n' | sendmail -t")).toBe(
      'sendmail: fatal: No recipient addresses found in message header\n',
    )
    expect(at.output('echo x | sendmail')).toContain('Recipient addresses must be specified')
    expect(at.output("printf 'To: a@b@c..d\\n\\nx\\n' | sendmail -t")).toContain('sendmail: a@b@c..d: ')
    expect(server.written).toBe('')
  })
})

describe('sendmail ADDRESS', () => {
  it('ends at a lone dot, but not with -i or -oi', () => {
    const sent = (option: string) => {
      const { at, server } = desk()
      at.type(`printf 'Subject: x\\n\\none\\n.\\ntwo\\n' | sendmail ${option} bob@x.example`)
      return content(server.written.replace('..\r\n', 'DOT\r\n'))
    }
    expect(sent('')).toMatch(/\r\n\r\none\r\n$/)
    expect(sent('-i')).toMatch(/\r\n\r\none\r\nDOT\r\ntwo\r\n$/)
    expect(sent('-oi')).toBe(sent('-i'))
  })

  it('reads what is typed, to the lone dot', () => {
    const { at, server } = desk()
    at.type('sendmail bob@x.example carol', 'Subject: by hand', '', 'hello', '.')
    expect(recipients(server.written)).toEqual(['bob@x.example', 'carol@rennes.example'])
    expect(content(server.written)).toContain('Subject: by hand\r\n')
    expect(content(server.written)).toMatch(/\r\n\r\nhello\r\n$/)
  })

  it('puts the header before a text that has none', () => {
    const { at, server } = desk()
    at.type('echo just text | sendmail bob@x.example')
    expect(content(server.written)).toMatch(/^Message-ID: <u1@[^]*\r\n\r\njust text\r\n$/)
  })

  it('lists the queue with -bp, and knows no other modes', () => {
    const { at } = desk()
    expect(at.output('sendmail -bp')).toBe('Mail queue is empty\n')
    expect(at.output('sendmail -bs')).toContain('-bm')
  })
})

describe('mail with options', () => {
  it('-c and -b add recipients, -r says who sends', () => {
    const { at, server } = desk()
    at.type('echo x | mail -s s -c carol@x.example,dan -b erin@x.example -r boss@rennes.example bob@x.example')
    expect(recipients(server.written)).toEqual([
      'bob@x.example',
      'carol@x.example',
      'dan@rennes.example',
      'erin@x.example',
    ])
    expect(server.written).toContain('MAIL FROM:<boss@rennes.example>')
    expect(content(server.written)).toContain(
      'From: Alice Martin <boss@rennes.example>\r\nTo: bob@x.example\r\nCc: carol@x.example,\r\n dan@rennes.example\r\nSubject: s\r\n',
    )
    expect(content(server.written)).not.toContain('erin')
  })

  it('-A and -a attach files, which another program finds again', async () => {
    const { default: PostalMime } = await import('postal-mime')
    const { at, server } = desk()
    at.files['/home/' + 'alice/pixel.png'] = '\x89PNG\r\n\x1a\n\x00\xff'
    at.files['/tmp/été.txt'] = 'caf\xc3\xa9\n'
    at.type("echo voilà | mail -s 'deux été' -A pixel.png -a /tmp/été.txt bob@x.example")
    const sent = content(server.written)
    expect(sent).toMatch(/^[\x00-\x7f]*$/)
    const read = await PostalMime.parse(sent)
    expect(read.subject).toBe('deux été')
    expect(read.text?.trim()).toBe('voilà')
    const files = read.attachments.map(({ filename, mimeType, content: octets }) => [
      filename,
      mimeType,
      Buffer.from(octets as ArrayBuffer).toString('latin1'),
    ])
    expect(files).toEqual([
      ['pixel.png', 'image/png', '\x89PNG\r\n\x1a\n\x00\xff'],
      ['été.txt', 'text/plain', 'caf\xc3\xa9\n'],
    ])
  })

  it('sends nothing when a file cannot be read', () => {
    const { at, server } = desk()
    expect(at.output('echo x | mail -A nosuch bob')).toBe('mail: nosuch: No such file or directory\n')
    expect(server.written).toBe('')
  })

  it('saves a message of the mailbox as a file', () => {
    const { at } = desk()
    at.files['/var/mail/alice'] = 'From bob@x.example Mon Sep  7 08:00:00 2026\nSubject: one\n\nbody\n\n'
    at.type('mail')
    expect(at.type('s 1 letter.eml')).toContain('"letter.eml" [New file] 5/')
    expect(at.type('save letter.eml')).toContain('[Appended]')
    expect(at.type('s 9 letter.eml')).toContain('No applicable messages')
    expect(at.files[LETTER]).toBe(at.files['/var/mail/alice'].repeat(2))
  })
})
