import { describe, expect, it } from 'vitest'
import { Desk, Shelf, twoMessages } from './desk.ts'

describe('a session', () => {
  it('is the one of RFC 1939 section 10', () => {
    const desk = new Desk()
    expect(desk.open()).toBe('+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n')
    expect(desk.say('APOP mrose c4c9334bac560ecc979e58001b3e22fb')).toBe(
      "+OK mrose's maildrop has 2 messages (320 octets)\r\n",
    )
    expect(desk.say('STAT')).toBe('+OK 2 320\r\n')
    expect(desk.say('LIST')).toBe('+OK 2 messages (320 octets)\r\n1 120\r\n2 200\r\n.\r\n')
    expect(desk.say('RETR 1')).toBe(`+OK 120 octets\r\n${twoMessages[0]}.\r\n`)
    expect(desk.say('DELE 1')).toBe('+OK message 1 deleted\r\n')
    expect(desk.say('RETR 2')).toBe(`+OK 200 octets\r\n${twoMessages[1]}.\r\n`)
    expect(desk.say('DELE 2')).toBe('+OK message 2 deleted\r\n')
    expect(desk.shelf.messages).toHaveLength(2)
    expect(desk.say('QUIT')).toBe('+OK dewey POP3 server signing off (maildrop empty)\r\n')
    expect(desk.shelf.messages).toEqual([])
    expect(desk.did('close')).toBe(true)
    expect(desk.session.state).toBe('update')
  })

  it('keeps numbers and sizes as they were when the maildrop was locked', () => {
    const desk = new Desk()
    desk.after()
    desk.shelf.put('Subject: late\r\n\r\n')
    desk.shelf.expunge(1)
    expect(desk.say('STAT')).toBe('+OK 2 320\r\n')
    expect(desk.say('LIST 1')).toBe('+OK 1 120\r\n')
    expect(desk.say('RETR 1')).toBe('-ERR message 1 is gone: another session removed it\r\n')
    expect(desk.say('TOP 1 0')).toBe('-ERR message 1 is gone: another session removed it\r\n')
    expect(desk.say('RETR 2')).toContain(twoMessages[1])
    expect(desk.say('DELE 1')).toBe('+OK message 1 deleted\r\n')
    expect(desk.say('QUIT')).toBe('+OK dewey POP3 server signing off (1 message left)\r\n')
    expect(desk.shelf.contents()).toEqual([twoMessages[1], 'Subject: late\r\n\r\n'])
  })

  it.each([
    ['LIST 3', '-ERR no such message, only 2 messages in maildrop'],
    ['LIST 0', '-ERR no such message, only 2 messages in maildrop'],
    ['LIST 99999999999999999999', '-ERR no such message, only 2 messages in maildrop'],
    ['LIST x', '-ERR syntax: LIST [SP msg] CRLF'],
    ['LIST 1 2', '-ERR syntax: LIST [SP msg] CRLF'],
    ['RETR', '-ERR syntax: RETR SP msg CRLF'],
    ['RETR -1', '-ERR syntax: RETR SP msg CRLF'],
    ['TOP 1', '-ERR syntax: TOP SP msg SP n CRLF'],
    ['TOP 100 3', '-ERR no such message, only 2 messages in maildrop'],
    ['UIDL 2', '+OK 2 3ddb123400000002'],
    ['UIDL 3', '-ERR no such message, only 2 messages in maildrop'],
    ['NOOP', '+OK'],
    ['NOOP x', '-ERR syntax: NOOP CRLF'],
    ['LAST', '+OK 0'],
    ['list 2', '+OK 2 200'],
    ['RSET', '+OK maildrop has 2 messages (320 octets)'],
    ['USER mrose', '-ERR not now: you are logged in already'],
    ['STLS', '-ERR not now: you are logged in already'],
    ['UTF8', '-ERR not now: you are logged in already'],
    ['XTND XMIT', '-ERR unknown command'],
    ['', '-ERR unknown command'],
    ['LANG *', '+OK en Language changed'],
    ['LANG MUL', '-ERR invalid language MUL'],
    ['LANG i-default', '+OK i-default Language changed'],
  ])('answers %j with %j', (line, reply) => {
    expect(new Desk().after(line)).toBe(`${reply}\r\n`)
  })

  it.each([['STAT'], ['LIST'], ['RETR 1'], ['DELE 1'], ['NOOP'], ['RSET'], ['TOP 1 1'], ['UIDL'], ['LAST']])(
    'does not take %j before the login',
    (line) => {
      const desk = new Desk()
      desk.open()
      expect(desk.say(line)).toBe('-ERR not now: log in first\r\n')
    },
  )

  it('lists all but what is marked, and an empty maildrop as well', () => {
    const desk = new Desk()
    expect(desk.after('UIDL')).toBe(
      '+OK unique-id listing follows\r\n1 3ddb123400000001\r\n2 3ddb123400000002\r\n.\r\n',
    )
    desk.say('DELE 1')
    expect(desk.say('LIST')).toBe('+OK 1 message (200 octets)\r\n2 200\r\n.\r\n')
    expect(desk.say('UIDL')).toBe('+OK unique-id listing follows\r\n2 3ddb123400000002\r\n.\r\n')
    for (const line of ['DELE 1', 'RETR 1', 'LIST 1', 'UIDL 1', 'TOP 1 0'])
      expect(desk.say(line)).toBe('-ERR message 1 already deleted\r\n')
    desk.say('DELE 2')
    expect(desk.say('LIST')).toBe('+OK 0 messages (0 octets)\r\n.\r\n')
  })

  it('speaks of the highest message retrieved, and forgets that with RSET (RFC 1460)', () => {
    const desk = new Desk()
    desk.shelf.messages[0]!.seen = true
    expect(desk.after('LAST')).toBe('+OK 1\r\n')
    expect(desk.say('TOP 2 0', 'LAST')).toBe('+OK 1\r\n')
    expect(desk.say('RETR 2', 'RETR 1', 'LAST')).toBe('+OK 2\r\n')
    expect(desk.say('RSET', 'LAST')).toBe('+OK 1\r\n')
    desk.say('QUIT')
    expect(desk.shelf.messages.map((message) => message.seen)).toEqual([true, false])
  })

  it('marks what was retrieved as seen, once QUIT is said', () => {
    const desk = new Desk()
    desk.after('RETR 2')
    expect(desk.shelf.messages.map((message) => message.seen)).toEqual([false, false])
    desk.say('QUIT')
    expect(desk.shelf.messages.map((message) => message.seen)).toEqual([false, true])
  })

  it('says so when something could not be removed', () => {
    const desk = new Desk()
    desk.shelf.stuck.add(2)
    desk.after('DELE 1', 'DELE 2')
    expect(desk.say('QUIT')).toBe('-ERR [SYS/TEMP] some deleted messages not removed\r\n')
    expect(desk.shelf.contents()).toEqual([twoMessages[1]])
    expect(desk.shelf.lockedBy).toBeNull()
    expect(desk.did('close')).toBe(true)
  })

  it('lets nothing stay where EXPIRE is 0 (RFC 2449 6.7)', () => {
    const desk = new Desk({ expire: 0 })
    desk.after('RETR 1', 'QUIT')
    expect(desk.shelf.contents()).toEqual([twoMessages[1]])
  })

  it.each([
    ['a lost connection', { on: 'closed', how: 'reset' }],
    ['a half-close', { on: 'closed', how: 'fin' }],
    ['ten minutes of silence', { on: 'alarm', name: 'idle' }],
  ] as const)('removes nothing after %s, and gives the lock back', (_why, input) => {
    const desk = new Desk()
    desk.after('RETR 1', 'DELE 1')
    desk.bytes('QUIT')
    expect(desk.feed(input)).toBe('')
    expect(desk.shelf.contents()).toEqual(twoMessages)
    expect(desk.shelf.messages[0]!.seen).toBe(false)
    expect(desk.shelf.lockedBy).toBeNull()
    expect(desk.remarks()).toContain('marks-forgotten')
    expect(desk.bytes('\r\n')).toBe('')
  })

  it('sets the clock of the auto-logout anew with every input', () => {
    const desk = new Desk()
    desk.after('NOOP')
    const alarms = desk.effects.filter((effect) => effect.do === 'alarm')
    expect(alarms).toHaveLength(4)
    expect(alarms.at(-1)).toEqual({ do: 'alarm', name: 'idle', after: 600_000 })
    desk.feed({ on: 'alarm', name: 'idle' })
    expect(desk.remarks()).toContain('auto-logout')
    expect(desk.effects.slice(-2)).toEqual([{ do: 'cancel', name: 'idle' }, { do: 'close' }])
  })

  it('has one session at a time in a maildrop', () => {
    const shelf = new Shelf().put(...twoMessages)
    const [one, two] = [new Desk({}, shelf), new Desk({}, shelf)]
    one.after()
    expect(two.after()).toBe('-ERR [IN-USE] maildrop already locked: is another POP3 session open?\r\n')
    expect(two.session.state).toBe('authorization')
    one.say('QUIT')
    expect(two.say('USER mrose', 'PASS tanstaaf')).toMatch(/^\+OK /)
  })

  it('leaves in one piece what one chunk brought, in order', () => {
    const desk = new Desk()
    desk.after()
    const before = desk.effects.filter((effect) => effect.do === 'send').length
    const said = desk.bytes('STAT\r\nRETR 1\r\nDELE 1\r\nNOOP\r\nQUIT\r\nSTAT\r\n')
    expect(desk.effects.filter((effect) => effect.do === 'send')).toHaveLength(before + 1)
    expect(said).toBe(
      `+OK 2 320\r\n+OK 120 octets\r\n${twoMessages[0]}.\r\n+OK message 1 deleted\r\n+OK\r\n` +
        '+OK dewey POP3 server signing off (1 message left)\r\n',
    )
  })

  it('sends a long pipeline in pieces', () => {
    const desk = new Desk({}, new Shelf().put(`Subject: big\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(4000)}`))
    desk.after()
    const before = desk.effects.length
    desk.bytes('RETR 1\r\n'.repeat(20))
    const pieces = desk.effects.slice(before).flatMap((effect) => (effect.do === 'send' ? [effect.data.length] : []))
    expect(pieces.length).toBeGreaterThan(4)
    expect(Math.max(...pieces)).toBeLessThan(1_400_000)
  })
})

describe('what a session leaves in the trace', () => {
  it('is one reply a command, and the data behind it', () => {
    const desk = new Desk()
    desk.after('LIST', 'RETR 1', 'QUIT')
    const replies = desk.notes.filter(({ note }) => note.kind === 'reply')
    expect(
      replies.map(({ note }) => (note.kind === 'reply' ? [note.verb, note.outcome, note.code, note.to] : [])),
    ).toEqual([
      ['greeting', 'ready', '+OK', 'authorization'],
      ['USER', 'ok', '+OK', 'authorization'],
      ['PASS', 'ok', '+OK', 'transaction'],
      ['LIST', 'all', '+OK', 'transaction'],
      ['RETR', 'ok', '+OK', 'transaction'],
      ['QUIT', 'updated', '+OK', 'update'],
    ])
    const said = desk.effects.map((effect) => (effect.do === 'send' ? effect.data : '')).join('')
    const spans = replies.map(({ dir, from, to }) => [dir, said.slice(from, to)])
    expect(spans.slice(3)).toEqual([
      ['down', '+OK 2 messages (320 octets)\r\n'],
      ['down', '+OK 120 octets\r\n'],
      ['down', '+OK dewey POP3 server signing off (2 messages left)\r\n'],
    ])
    const data = desk.notes.filter(({ note }) => note.kind === 'data')
    expect(data.map(({ note }) => note)).toEqual([
      { kind: 'data', conn: 'c1', protocol: 'pop3', verb: 'LIST', lines: ['1 120', '2 200'], count: 2, octets: 17 },
      {
        kind: 'data',
        conn: 'c1',
        protocol: 'pop3',
        verb: 'RETR',
        lines: ['Subject: one', '', 'a'.repeat(102)],
        count: 3,
        octets: 123,
      },
    ])
    expect(data.map(({ from, to }) => said.slice(from, to))).toEqual([
      '1 120\r\n2 200\r\n.\r\n',
      `${twoMessages[0]}.\r\n`,
    ])
  })

  it('is not longer for a long message', () => {
    const desk = new Desk({}, new Shelf().put(`${'x'.repeat(900)}\r\n`.repeat(50)))
    desk.after('RETR 1')
    const notes = desk.notes.flatMap(({ note }) => (note.kind === 'data' ? [note] : []))
    expect(notes).toMatchObject([{ count: 50, lines: Array.from({ length: 12 }, () => 'x'.repeat(200)) }])
  })

  it('tells which lines are secret', () => {
    const desk = new Desk()
    desk.open()
    desk.say('APOP mrose 0', 'USER mrose', 'PASS x', 'AUTH LOGIN', 'bXJvc2U=', '*', 'NOOP')
    const secrets = desk.notes.flatMap(({ note }) => (note.kind === 'command' ? [[note.verb, note.secret]] : []))
    expect(secrets).toEqual([
      ['APOP', true],
      ['USER', false],
      ['PASS', true],
      ['AUTH', true],
      ['response', true],
      ['response', true],
      ['NOOP', false],
    ])
  })
})
