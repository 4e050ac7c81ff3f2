import { describe, expect, it } from 'vitest'
import { Desk, FakeStream, smtpServer } from './fake.ts'

const PROMPT = 'alice@pc-alice:~$ '
const MX = '192.0.2.10:25'

function connected(server: FakeStream = smtpServer(), command = 'telnet mx1.rennes.example 25') {
  const desk = new Desk().start()
  desk.servers[MX] = server
  desk.type(command)
  return { desk, server }
}

describe('telnet', () => {
  it('connects, speaks line by line with CRLF, and tells when the far end closes', () => {
    const desk = new Desk().start()
    const server = smtpServer()
    desk.servers[MX] = server
    expect(desk.type('telnet mx1.rennes.example 25')).toBe(
      "telnet mx1.rennes.example 25\nTrying 192.0.2.10...\nConnected to mx1.rennes.example.\nEscape character is '^]'.\n220 mx1.rennes.example ESMTP Facteur\n",
    )
    expect(desk.type('HELO pc')).toBe('HELO pc\n250 mx1.rennes.example\n')
    expect(desk.type('QUIT')).toBe(
      `QUIT\n221 2.0.0 mx1.rennes.example Service closing transmission channel\nConnection closed by foreign host.\n${PROMPT}`,
    )
    expect(server).toMatchObject({ written: 'HELO pc\r\nQUIT\r\n', ended: 'fin' })
    expect(desk.notes).toContainEqual({ kind: 'terminal-conn', terminal: 't1', conn: 'c1' })
  })

  it('takes names of services, the VMS form, an address, and a name in the own domain', () => {
    for (const command of [
      'telnet mx1.rennes.example smtp',
      'telnet/port=25 mx1.rennes.example',
      'telnet 192.0.2.10 25',
      'telnet mx1 25',
    ])
      expect(connected(smtpServer(), command).desk.screen, command).toContain('220 mx1')
  })

  it('says in its own words why there is no connection', () => {
    const desk = new Desk().start()
    expect(desk.output('telnet mx1.rennes.example 25')).toBe(
      'Trying 192.0.2.10...\ntelnet: Unable to connect to remote host: Connection refused\n',
    )
    desk.servers[MX] = 'timeout'
    expect(desk.output('telnet mx1 25')).toContain('Unable to connect to remote host: Connection timed out\n')
    desk.servers[MX] = 'unreachable'
    expect(desk.output('telnet mx1 25')).toContain('Unable to connect to remote host: No route to host\n')
    expect(desk.output('telnet mx1.rennes.example')).toContain('Connection refused')
    expect(desk.output('telnet mx9.example 25')).toBe(
      'telnet: could not resolve mx9.example/25: Name or service not known\n',
    )
    expect(desk.output('telnet nomail.example 25')).toContain('No address associated with hostname')
    expect(desk.output('telnet mx1 nosuch')).toContain('telnet: could not resolve mx1/nosuch: Servname not supported')
    desk.dnsDown = true
    expect(desk.output('telnet mx1 25')).toBe(
      'telnet: could not resolve mx1/25: Temporary failure in name resolution\n',
    )
  })

  it('tries each address', () => {
    const desk = new Desk().start()
    desk.servers['192.0.2.21:25'] = smtpServer()
    expect(desk.output('telnet two.example 25')).toMatch(
      /^Trying 192.0.2.20...\ntelnet: connect to address 192.0.2.20: Connection refused\nTrying 192.0.2.21...\nConnected to two.example.\n/,
    )
  })

  it('is interrupted while nothing answers', () => {
    const desk = new Desk().start()
    desk.servers[MX] = 'silence'
    desk.type('telnet mx1 25')
    // What is typed ahead waits for a reader, unseen; Ctrl-C throws it away.
    expect(desk.type('echo typed ahead')).toBe('')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(desk.type('echo typed after')).toBe(`echo typed after\ntyped after\n${PROMPT}`)
  })

  it('shows what came in pieces as whole characters, and nothing that steers a terminal', () => {
    const { desk, server } = connected(new FakeStream())
    desk.read()
    server.says('220 caf\xc3')
    server.says('\xa9\r')
    server.says('\n\xff\xfb\x01\x1b[2J\r')
    server.says('x\r\n')
    expect(desk.read()).toBe('220 café\n\ufffd\ufffd\u2401\u241b[2J\u240dx\n')
  })

  it('tells a reset and a time-out from a farewell', () => {
    for (const [how, words] of [
      ['reset', 'Connection reset by peer'],
      ['timeout', 'Connection timed out'],
    ] as const) {
      const { desk, server } = connected()
      server.leaves(how)
      expect(desk.read()).toContain(`telnet: ${words}\nConnection closed by foreign host.\n${PROMPT}`)
      expect(server.ended).toBe(null)
    }
  })

  it('sends text without a line end for Ctrl-D behind it, nothing for Ctrl-C, and closes for Ctrl-D alone', () => {
    const { desk, server } = connected()
    desk.terminal.type('NO')
    expect(server.written).toBe('NO')
    desk.read()
    expect(desk.key('interrupt')).toBe('^C\n')
    desk.type('OP')
    expect(server.written).toBe('NOOP\r\n')
    expect(desk.key('eof')).toBe(`Connection closed.\n${PROMPT}`)
    expect(server.ended).toBe('fin')
  })
})

describe('the telnet prompt', () => {
  it('has its commands, abbreviated too, and goes back with an empty line', () => {
    const { desk, server } = connected()
    desk.read()
    expect(desk.key('escape')).toBe('^]\ntelnet> ')
    expect(desk.type('?')).toContain(
      'Commands may be abbreviated.  Commands are:\n\nclose   \tclose current connection\n',
    )
    expect(desk.type('frob')).toBe('frob\n?Invalid command\ntelnet> ')
    expect(desk.type('s')).toBe('s\n?Ambiguous command\ntelnet> ')
    expect(desk.type('open two.example')).toContain('?Already connected to mx1.rennes.example')
    expect(desk.type('send brk')).toContain('RFC 854')
    expect(desk.type('mode character')).toContain('mode line')
    expect(desk.type('st')).toBe(
      "st\nConnected to mx1.rennes.example.\nOperating in obsolete linemode\nLocal character echo\nEscape character is '^]'.\n",
    )
    server.says('421 bye\r\n')
    expect(desk.read()).toBe('421 bye\n')
    desk.key('escape')
    server.says('later\r\n')
    expect(desk.read()).toBe('')
    expect(desk.type('')).toBe('\nlater\n')
    desk.key('escape')
    expect(desk.type('send escape')).not.toContain(PROMPT)
    expect(server.written).toBe('\x1d')
    desk.key('escape')
    expect(desk.type('quit')).toBe(`quit\nConnection closed.\n${PROMPT}`)
    expect(server.ended).toBe('fin')
  })

  it('is where telnet begins without a host', () => {
    const desk = new Desk().start()
    desk.servers[MX] = smtpServer()
    expect(desk.type('telnet')).toBe('telnet\ntelnet> ')
    expect(desk.type('status', 'close', '')).toContain('?Need to be connected first.\n')
    expect(desk.type('o mx1 25')).toContain('220 mx1.rennes.example')
    desk.key('eof')
    desk.type('telnet')
    expect(desk.key('eof')).toBe(PROMPT)
  })
})

describe('what is typed on a connection', () => {
  const typed = (desk: Desk) =>
    desk.notes.flatMap((note) => (note.kind === 'typed' ? [`${note.secret ? '*' : ''}${note.text.trim()}`] : []))

  it('keeps the lines of an AUTH exchange secret, also when all are pasted at once', () => {
    const answers = {
      AUTH: '334 VXNlcm5hbWU6',
      YWXPY2U: '334 UGFzc3dvcmQ6',
      'YWXPY2U=': '334 UGFzc3dvcmQ6',
      'DG91CG==': '235 2.7.0 ok',
      DG91CG: '235 ok',
      NOOP: '250 OK',
    }
    const { desk } = connected(smtpServer(answers))
    desk.terminal.type('NOOP\nAUTH LOGIN\nYWxpY2U=\ndG91cg==\nNOOP\n')
    expect(typed(desk).slice(1)).toEqual(['NOOP', '*AUTH LOGIN', '*YWxpY2U=', '*dG91cg==', 'NOOP'])
    // The same with a server that has not answered anything yet.
    const slow = connected(new FakeStream()).desk
    slow.terminal.type('NOOP\nauth plain AGFsaWNl\nQUIT\n')
    expect(typed(slow).slice(1)).toEqual(['NOOP', '*auth plain AGFsaWNl', '*QUIT'])
  })

  it('takes the content for mail, whatever its lines look like', () => {
    const { desk } = connected()
    expect(desk.terminal.reading?.protocol).toBe('smtp')
    desk.type('DATA')
    expect(desk.terminal.reading?.protocol).toBe('mail')
    desk.type('AUTH is a word', '.')
    expect(desk.terminal.reading?.protocol).toBe('smtp')
    expect(typed(desk).filter((line) => line.startsWith('*'))).toEqual([])
  })

  it('knows POP3 and IMAP by their ports or their greetings', () => {
    const desk = new Desk().start()
    const pop = new FakeStream()
    desk.servers['192.0.2.10:4110'] = pop
    desk.type('telnet mx1 4110')
    expect(desk.terminal.reading?.protocol).toBe('telnet')
    pop.says('+OK ready\r\n')
    expect(desk.terminal.reading?.protocol).toBe('pop3')
    desk.type('USER alice', 'PASS tournesol', 'STAT')
    desk.key('eof')
    const imap = new FakeStream()
    desk.servers['192.0.2.10:143'] = imap
    desk.type('telnet mx1 imap', 'a1 LOGIN alice {9}', 'tournesol')
    imap.says('a1 OK done\r\n')
    desk.type('a2 SELECT INBOX')
    expect(desk.terminal.reading?.protocol).toBe('imap')
    expect(typed(desk).filter((line) => !line.startsWith('telnet'))).toEqual([
      'USER alice',
      '*PASS tournesol',
      'STAT',
      '*a1 LOGIN alice {9}',
      '*tournesol',
      'a2 SELECT INBOX',
    ])
  })
})

describe('nc', () => {
  it('sends LF alone, and CRLF with -C', () => {
    const plain = connected(new FakeStream(), 'nc mx1 25')
    plain.desk.type('HELO x')
    expect(plain.server.written).toBe('HELO x\n')
    const crlf = connected(new FakeStream(), 'nc -C mx1 25')
    crlf.desk.type('HELO x')
    expect(crlf.server.written).toBe('HELO x\r\n')
  })

  it('sends a pipe and FIN, and still shows what is answered', () => {
    const desk = new Desk().start()
    const server = smtpServer()
    server.onClose = (self) => self.leaves()
    desk.servers[MX] = server
    expect(desk.output("printf 'HELO x\\r\\n' | nc mx1.rennes.example 25")).toBe(
      '220 mx1.rennes.example ESMTP Facteur\n250 mx1.rennes.example\n',
    )
    expect(server).toMatchObject({ written: 'HELO x\r\n', ended: 'fin' })
  })

  it('half-closes at Ctrl-D, and ends at Ctrl-C', () => {
    const { desk, server } = connected(new FakeStream(), 'nc mx1 25')
    desk.key('eof')
    expect(server.ended).toBe('fin')
    server.says('still there\r\n')
    expect(desk.read()).toBe('still there\n')
    expect(desk.key('interrupt')).toBe(`^C\n${PROMPT}`)
    expect(server.ended).toBe('reset')
  })

  it('says why there is no connection, and with -z whether there could be one', () => {
    const { desk } = connected(new FakeStream(), 'nc -zv mx1 25')
    expect(desk.screen).toContain('mx1.rennes.example [192.0.2.10] 25 (smtp) open\n')
    expect(desk.output('nc mx1 110')).toBe('mx1.rennes.example [192.0.2.10] 110 (pop3) : Connection refused\n')
    expect(desk.output('nc nosuch.example 25')).toBe(
      'nosuch.example: forward host lookup failed: Name or service not known\n',
    )
    expect(desk.output('nc mx1')).toBe('no port[s] to connect to\n')
    expect(desk.output('nc -l 25')).toContain("invalid option -- 'l'")
  })
})
