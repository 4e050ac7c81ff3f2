import { describe, expect, it } from 'vitest'
import { readImapPath, readUrl } from '../../../src/core/shell/curl-url.ts'
import { homeOf } from '../../../src/core/shell/files.ts'
import { Desk, FakeStream, smtpServer } from './fake.ts'

const home = homeOf('alice')
const MAIL = 'Subject: shadows\r\n\r\nLights go out.\r\n'

/** A server that answers each line by its own rule; `*` is the tag of an IMAP command. */
function lineServer(greeting: string, rules: readonly (readonly [RegExp, string])[]) {
  const stream = new FakeStream()
  const said: string[] = []
  stream.onWrite = (data, self) => {
    for (const line of data.split('\r\n').slice(0, -1)) {
      said.push(line)
      const [, answer] = rules.find(([pattern]) => pattern.test(line)) ?? []
      if (answer !== undefined) self.says(answer.replaceAll('TAG', line.split(' ')[0]!))
    }
  }
  stream.says(greeting)
  return { stream, said }
}

const imap = (more: readonly (readonly [RegExp, string])[] = [], offers = '') =>
  lineServer('* OK mx1 ready\r\n', [
    ...more,
    [/CAPABILITY/, `* CAPABILITY IMAP4rev1 ${offers}\r\nTAG OK done\r\n`],
    [/LOGIN alice tournesol/, 'TAG OK welcome\r\n'],
    [/LOGIN/, 'TAG NO [AUTHENTICATIONFAILED] no\r\n'],
    [/SELECT INBOX/, '* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nTAG OK done\r\n'],
    [/SELECT/, 'TAG NO none\r\n'],
    [/FETCH 1 BODY\[\]/, `* 1 FETCH (BODY[] {${MAIL.length}}\r\n${MAIL})\r\nTAG OK done\r\n`],
    [/FETCH 1 BODY\[TEXT\]/, '* 1 FETCH (BODY[TEXT] {4}\r\nhey!)\r\nTAG OK done\r\n'],
    [/FETCH 9/, 'TAG OK done\r\n'],
    [/SEARCH SUBJECT shadows/, '* SEARCH 2 84\r\n* 3 EXISTS\r\nTAG OK done\r\n'],
    [/LIST "" \*/, '* LIST () "/" INBOX\r\n* LIST () "/" Saved\r\nTAG OK done\r\n'],
    [/STORE 1/, '* 1 FETCH (FLAGS (\\Seen))\r\nTAG OK done\r\n'],
    [/APPEND INBOX \{/, '+ go\r\n'],
    [/^Lights/, 'A003 OK done\r\n'],
    [/LOGOUT/, '* BYE bye\r\nTAG OK done\r\n'],
  ])

function at(port: number, { stream, said }: { stream: FakeStream; said: string[] }) {
  const desk = new Desk().start()
  desk.servers[`192.0.2.10:${port}`] = stream
  desk.files[`${home}/letter.eml`] = MAIL
  return { desk, said, curl: (words: string) => desk.output(`curl ${words}`) }
}

const shown = MAIL.replaceAll('\r\n', '\n')

describe('URLs', () => {
  it('parts, guesses, and what is none', () => {
    expect(readUrl('imap://alice:s%40@mx1.rennes.example:1143/INBOX;UID=1?x%20y')).toEqual({
      scheme: 'imap',
      host: 'mx1.rennes.example',
      port: 1143,
      user: 'alice',
      password: 's@',
      path: 'INBOX;UID=1',
      query: 'x y',
    })
    expect(readUrl('pop3.rennes.example')).toMatchObject({ scheme: 'pop3', port: 110, user: null })
    expect(readUrl('imaps://x/')).toMatchObject({ port: 993, path: '' })
    expect(readUrl('www.rennes.example')).toEqual({ wrong: 'protocol', name: 'http' })
    expect(readUrl('imap://')).toEqual({ wrong: 'malformed' })
    expect(readUrl('imap://a%0d@h/')).toEqual({ wrong: 'malformed' })
    expect(readImapPath('Bo&AO4-tes/x;UIDVALIDITY=5/;UID=20/;SECTION=1.2;PARTIAL=0.9')).toEqual({
      mailbox: 'Bo&AO4-tes/x',
      uidValidity: 5,
      uid: '20',
      index: null,
      section: '1.2',
      partial: '0.9',
    })
    expect(readImapPath('INBOX;FOO=1')).toBeNull()
    expect(readImapPath('INBOX%0D%0Ax')).toBeNull()
  })
})

describe('curl imap://', () => {
  it('fetches, by UID or by place', () => {
    const { curl, said } = at(143, imap())
    expect(curl('--url "imap://mx1/INBOX;UID=1" -u alice:tournesol')).toBe(shown)
    expect(said).toEqual([
      'A001 CAPABILITY',
      'A002 LOGIN alice tournesol',
      'A003 SELECT INBOX',
      'A004 UID FETCH 1 BODY[]',
      'A005 LOGOUT',
    ])
    const second = at(143, imap())
    expect(second.curl('"imap://alice:tournesol@mx1/INBOX;MAILINDEX=1;SECTION=TEXT"')).toBe('hey!')
    expect(second.said).toContain('A004 FETCH 1 BODY[TEXT]')
    expect(at(143, imap()).curl('-u alice:tournesol "imap://mx1/INBOX;UID=9"')).toBe(
      'curl: (78) Remote file not found\n',
    )
    expect(at(143, imap()).curl('-u alice:tournesol "imap://mx1/INBOX;UIDVALIDITY=8;UID=1"')).toBe(
      'curl: (78) Mailbox UIDVALIDITY has changed\n',
    )
  })

  it('lists, searches, says any command, appends', () => {
    expect(at(143, imap()).curl('-u alice:tournesol imap://mx1/')).toBe('* LIST () "/" INBOX\n* LIST () "/" Saved\n')
    expect(at(143, imap()).curl('-u alice:tournesol "imap://mx1/INBOX?SUBJECT%20shadows"')).toBe('* SEARCH 2 84\n')
    expect(at(143, imap()).curl("-u alice:tournesol imap://mx1/INBOX -X 'FETCH 1 BODY[TEXT]'")).toBe(
      '* 1 FETCH (BODY[TEXT] {4}\nhey!)\n',
    )
    expect(at(143, imap()).curl("-u alice:tournesol imap://mx1/INBOX -X 'STORE 1 +FLAGS \\Seen'")).toBe(
      '* 1 FETCH (FLAGS (\\Seen))\n',
    )
    const up = at(143, imap())
    expect(up.curl('-u alice:tournesol imap://mx1/INBOX -T letter.eml')).toBe('')
    expect(up.said).toContain(`A003 APPEND INBOX {${MAIL.length}}`)
    expect(up.said).toContain('Lights go out.')
  })

  it('-v shows the dialogue, and where it stands', () => {
    const text = at(143, imap()).curl('-v -u alice:tournesol "imap://mx1/INBOX;UID=1"')
    expect(text).toContain(
      [
        '* Host mx1:143 was resolved.',
        '* IPv6: (none)',
        '* IPv4: 192.0.2.10',
        '*   Trying 192.0.2.10:143...',
        '* Connected to mx1 (192.0.2.10) port 143',
        '< * OK mx1 ready',
        '> A001 CAPABILITY',
        '< * CAPABILITY IMAP4rev1 ',
        '< A001 OK done',
        '> A002 LOGIN alice tournesol',
      ].join('\n'),
    )
    expect(text).toContain(
      `> A004 UID FETCH 1 BODY[]\n< * 1 FETCH (BODY[] {${MAIL.length}}\n* Found ${MAIL.length} bytes to download\n${shown}< )\n< A004 OK done\n`,
    )
    expect(text).not.toContain('LOGOUT')
    expect(text.endsWith('* Connection #0 to host mx1 left intact\n')).toBe(true)
  })

  it('goes wrong in the words of curl', () => {
    expect(at(143, imap()).curl('-u alice:wrong imap://mx1/')).toBe('curl: (67) Login denied\n')
    expect(at(143, imap()).curl('-u alice:tournesol "imap://mx1/None;UID=1"')).toBe('curl: (67) Select failed\n')
    expect(at(143, imap()).curl('--ssl-reqd imap://mx1/')).toBe('curl: (64) STARTTLS not available.\n')
    expect(at(143, imap()).curl('imap://nowhere.example/')).toBe('curl: (6) Could not resolve host: nowhere.example\n')
    expect(at(143, imap()).curl('imap://mx1:144/')).toBe(
      'curl: (7) Failed to connect to mx1 port 144: Could not connect to server\n',
    )
    expect(at(143, imap()).curl('http://mx1/')).toBe('curl: (1) Protocol "http" not supported\n')
    expect(at(143, imap()).curl('-s imap://nowhere.example/')).toBe('')
    expect(at(143, imap()).curl('')).toBe('curl: (2) no URL specified\n')
    expect(at(143, imap()).curl('-u alice:tournesol imap://mx1/INBOX -T none.eml')).toMatch(/^curl: \(26\)/)
    expect(at(143, imap()).curl('--frobnicate imap://mx1/')).toContain('option --frobnicate: is unknown')
    expect(at(143, imap()).curl('imap://mx1/ -u')).toContain('option -u: requires parameter')
    const bye = lineServer('* BYE full\r\n', [])
    expect(at(143, bye).curl('imap://mx1/')).toBe('curl: (8) Got unexpected imap-server response\n')
  })

  it('asks for a password that was not given, and keeps it secret; writes files; feeds pipes', () => {
    const { desk, curl } = at(143, imap())
    expect(curl('-u alice imap://mx1/')).toContain("Enter host password for user 'alice':")
    expect(desk.type('tournesol')).toContain('* LIST () "/" INBOX')
    const second = at(143, imap())
    expect(second.curl('-o m.eml -u alice:tournesol "imap://mx1/INBOX;UID=1"')).toBe('')
    expect(second.desk.files[`${home}/m.eml`]).toBe(MAIL)
    const third = at(143, imap())
    expect(third.curl('-s -u alice:tournesol "imap://mx1/INBOX;UID=1" | base64')).toBe(`${btoa(MAIL)}\n`)
  })
})

describe('curl pop3://', () => {
  const pop3 = () =>
    lineServer('+OK mx1 ready\r\n', [
      [/CAPA/, '+OK list\r\nUSER\r\nTOP\r\n.\r\n'],
      [/USER|PASS/, '+OK\r\n'],
      [/^LIST$/, '+OK 2\r\n1 120\r\n2 200\r\n.\r\n'],
      [/^LIST 1$/, '+OK 1 120\r\n'],
      [/^UIDL$/, '+OK\r\n1 a\r\n.\r\n'],
      [/^TOP 1 0$/, '+OK\r\nSubject: x\r\n\r\n.\r\n'],
      [/^RETR 1$/, '+OK\r\nSubject: x\r\n\r\n..dot\r\n.\r\n'],
      [/^DELE 2$/, '+OK gone\r\n'],
      [/^RETR/, '-ERR none\r\n'],
      [/QUIT/, '+OK bye\r\n'],
    ])

  it('lists, retrieves, says any command', () => {
    const { curl, said } = at(110, pop3())
    expect(curl('-u alice:tournesol pop3://mx1/')).toBe('1 120\n2 200\n')
    expect(said).toEqual(['CAPA', 'USER alice', 'PASS tournesol', 'LIST', 'QUIT'])
    expect(at(110, pop3()).curl('-u alice:tournesol pop3://mx1/1')).toBe('Subject: x\n\n.dot\n')
    expect(at(110, pop3()).curl('-u alice:tournesol -l pop3://mx1/1')).toBe('')
    expect(at(110, pop3()).curl('-u alice:tournesol -X UIDL pop3://mx1/')).toBe('1 a\n')
    expect(at(110, pop3()).curl("-u alice:tournesol -X 'TOP 1 0' pop3://mx1/")).toBe('Subject: x\n\n')
    const deletes = at(110, pop3())
    expect(deletes.curl('-u alice:tournesol -I -X DELE pop3://mx1/2')).toBe('')
    expect(deletes.said).toContain('DELE 2')
    expect(at(110, pop3()).curl('-u alice:tournesol pop3://mx1/7')).toBe('curl: (8) Weird server reply\n')
    expect(at(110, pop3()).curl('--ssl-reqd pop3://mx1/7')).toBe('curl: (64) STLS not supported.\n')
    const text = at(110, pop3()).curl('-v -u alice:tournesol pop3://mx1/')
    expect(text).toContain('> LIST\n< +OK 2\n1 120\n2 200\n')
  })
})

describe('curl smtp://', () => {
  it('hands a message in', () => {
    const desk = new Desk().start()
    const server = smtpServer()
    desk.servers['192.0.2.10:25'] = server
    desk.files[`${home}/letter.eml`] = MAIL
    expect(
      desk.output('curl smtp://mx1 --mail-from alice@rennes.example --mail-rcpt bob@rennes.example -T letter.eml'),
    ).toBe('')
    expect(server.written).toContain('MAIL FROM:<alice@rennes.example>\r\nRCPT TO:<bob@rennes.example>')
    expect(server.written).toContain(MAIL)
    const strict = new Desk().start()
    strict.servers['192.0.2.10:25'] = smtpServer()
    strict.files[`${home}/letter.eml`] = MAIL
    const words = '--mail-from a@b.example --mail-rcpt c@d.example -T letter.eml'
    expect(strict.output(`curl --ssl-reqd smtp://mx1 ${words}`)).toBe('curl: (64) STARTTLS not supported.\n')
    strict.servers['192.0.2.10:25'] = smtpServer({ RCPT: '550 5.1.1 no' })
    expect(strict.output(`curl smtp://mx1 ${words}`)).toBe('curl: (55) RCPT failed: 550\n')
  })
})
