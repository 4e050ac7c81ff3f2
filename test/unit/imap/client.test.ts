import { describe, expect, it } from 'vitest'
import { begin, advance, type Exchange } from '../../../src/core/sasl/exchange.ts'
import type { Identities } from '../../../src/core/sasl/mechanism.ts'
import { decodeBase64, encodeBase64 } from '../../../src/core/bytes/base64.ts'
import { ImapConnection, type Done } from '../../../src/core/imap/client/connection.ts'
import { login } from '../../../src/core/imap/client/login.ts'
import type { News } from '../../../src/core/imap/client/picture.ts'
import { astring, mailbox, string } from '../../../src/core/imap/client/write.ts'
import { run, type Task } from '../../../src/core/task.ts'
import { FakeStream } from '../shell/fake.ts'
import { machine } from './plain-server.ts'

/** Each thing that the client writes gets the next answer; what it wrote is kept. */
function script(greeting: string, ...answers: readonly string[]) {
  const stream = new FakeStream()
  const said: string[] = []
  const left = [...answers]
  stream.onWrite = (data) => {
    said.push(data)
    const answer = left.shift()
    if (answer !== undefined) stream.says(answer)
  }
  stream.says(greeting)
  const connection = new ImapConnection(stream, machine)
  return { stream, said, connection }
}

function result<T>(task: Task<T>): T {
  const done: T[] = []
  run(task, (value) => done.push(value))
  if (done.length === 0) throw new Error('the task waits for something')
  return done[0]!
}

const wishes = { inClear: true, initialResponse: true }

describe('a connection', () => {
  it('numbers its commands and hears until the tagged answer', () => {
    const { said, connection } = script(
      '* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n',
      '* 5 EXISTS\r\n* unknown thing\r\na001 OK [READ-ONLY] done\r\n',
      'a002 NO cannot\r\n',
      'a003 BAD what?\r\n',
    )
    expect(result(connection.greeting())).toMatchObject({ condition: 'OK' })
    expect(result(connection.has('idle'))).toBe(true)
    expect(result(connection.has('move'))).toBe(false)
    const done = result(connection.command('NOOP'))
    expect(done).toMatchObject({ condition: 'OK', code: { name: 'READ-ONLY' }, text: 'done' })
    expect(done.data.map(({ is }) => is)).toEqual(['exists', 'unknown'])
    expect(result(connection.command('X'))).toMatchObject({ condition: 'NO', text: 'cannot' })
    expect(result(connection.command('Y'))).toMatchObject({ condition: 'BAD', text: 'what?' })
    expect(said).toEqual(['a001 NOOP\r\n', 'a002 X\r\n', 'a003 Y\r\n'])
  })

  it('literals: asked for, pushed, refused', () => {
    const asked = script(
      '* OK [CAPABILITY IMAP4rev1] hi\r\n',
      '+ go\r\n',
      'a001 OK done\r\n',
      'a002 NO [TOOBIG] no\r\n',
    )
    result(asked.connection.greeting())
    expect(result(asked.connection.command('APPEND x ', { literal: 'a\r\nb' }))).toMatchObject({ condition: 'OK' })
    const refused = result(asked.connection.command('APPEND x ', { literal: 'never' }, ' more'))
    expect(refused).toMatchObject({ condition: 'NO', code: { name: 'TOOBIG' } })
    expect(asked.said).toEqual(['a001 APPEND x {4}\r\n', 'a\r\nb\r\n', 'a002 APPEND x {5}\r\n'])
    const plus = script('* OK [CAPABILITY LITERAL+] hi\r\n', 'a001 OK done\r\n')
    result(plus.connection.greeting())
    result(plus.connection.command('X ', { literal: 'ab' }, ' ', { literal: '' }))
    expect(plus.said).toEqual(['a001 X {2+}\r\nab {0+}\r\n\r\n'])
    const minus = script('* OK [CAPABILITY LITERAL-] hi\r\n', 'a001 OK done\r\n', '+ ok\r\n', 'a002 OK done\r\n')
    result(minus.connection.greeting())
    result(minus.connection.command('X ', { literal: 'y'.repeat(4096) }))
    result(minus.connection.command('X ', { literal: 'y'.repeat(4097) }))
    expect(minus.said[1]).toBe('a002 X {4097}\r\n')
  })

  it('writes each string in the shortest form that is right', () => {
    expect([astring('INBOX'), astring(''), astring('nil'), astring('a b"\\'), astring('a]b')]).toEqual([
      'INBOX',
      '""',
      '"nil"',
      '"a b\\"\\\\"',
      'a]b',
    ])
    expect([string('x'), string('a\r\nb'), mailbox('Boîtes')]).toEqual(['"x"', { literal: 'a\r\nb' }, 'Bo&AO4-tes'])
  })

  it('every way in which it can end is an answer', () => {
    const ended = (stream: FakeStream, connection: ImapConnection, done: Done, why: string) => {
      expect(done).toMatchObject({ condition: 'LOST', text: why })
      expect(connection.over).toBe(true)
      expect(stream.ended).not.toBeNull()
      expect(result(connection.command('NOOP'))).toMatchObject({ condition: 'LOST', text: why })
      expect(result(connection.select('INBOX'))).toMatchObject({ condition: 'LOST' })
    }
    const greets = (octets: string, why: string) => {
      const { stream, connection } = script(octets)
      ended(stream, connection, result(connection.greeting()), why)
    }
    greets('* BYE full\r\n', 'full')
    greets('220 smtp.example ESMTP\r\n', 'The server does not greet as an IMAP server does')
    const closes = (answer: string, why: string, how: 'fin' | 'reset' | null) => {
      const { stream, connection } = script('* OK hi\r\n', answer)
      result(connection.greeting())
      if (how) stream.leaves(how)
      else stream.onWrite = (_, self) => self.says(answer)
      const done: Done[] = []
      run(connection.command('NOOP'), (value) => done.push(value))
      ended(stream, connection, done[0]!, why)
    }
    closes('', 'The server closed the connection', 'fin')
    closes('', 'The connection was lost', 'reset')
    closes('b007 OK whose?\r\n', 'The server answers a command that was never given', null)
    const late = script('* OK hi\r\n', '* BYE autologout\r\n')
    result(late.connection.greeting())
    const done: Done[] = []
    run(late.connection.command('NOOP'), (value) => done.push(value))
    late.stream.leaves()
    ended(late.stream, late.connection, done[0]!, 'autologout')
  })

  it('LOGOUT hears BYE, and PREAUTH needs no login', () => {
    const { connection, stream } = script('* PREAUTH hello alice\r\n', '* BYE bye\r\na001 OK out\r\n')
    result(connection.greeting())
    expect(connection.state).toBe('authenticated')
    result(connection.logout())
    expect(stream.ended).toBe('fin')
    expect(connection.over).toBe(true)
  })

  it('STARTTLS: what was told in clear is forgotten', () => {
    const { connection, stream, said } = script(
      '* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n',
      'a001 OK go\r\na002 OK [CAPABILITY INJECTED] x\r\n',
      '* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na002 OK\r\n',
    )
    stream.startTls = () => (resume) => {
      resume(null)
      return () => {}
    }
    result(connection.greeting())
    expect(result(connection.startTls('mail.example'))).toMatchObject({ condition: 'OK' })
    expect(result(connection.has('AUTH=PLAIN'))).toBe(true)
    expect(result(connection.has('LOGINDISABLED'))).toBe(false)
    expect(result(connection.has('INJECTED'))).toBe(false)
    expect(said).toEqual(['a001 STARTTLS\r\n', 'a002 CAPABILITY\r\n'])
    const fails = script('* OK hi\r\n', 'a001 OK go\r\n')
    result(fails.connection.greeting())
    expect(result(fails.connection.startTls('x'))).toMatchObject({ condition: 'LOST', text: 'no TLS in this test' })
  })
})

describe('login', () => {
  const who: Identities = {
    login: (user, password) => (user === 'alice' && password === 'tournesol' ? 'alice' : null),
    secret: (user) => (user === 'alice' ? { account: 'alice', password: 'tournesol' } : null),
    nonce: () => '<1896.697170952@mail.example>',
  }

  /** The server's half of an AUTHENTICATE exchange. */
  function authenticating(capabilities: string) {
    const stream = new FakeStream()
    const said: string[] = []
    let exchange: Exchange | null = null
    stream.onWrite = (data) => {
      const line = data.slice(0, -2)
      said.push(line)
      const answer = (step: ReturnType<typeof advance>) =>
        stream.says(
          step.is === 'challenge'
            ? `+ ${encodeBase64(step.challenge)}\r\n`
            : step.is === 'ok'
              ? 'a001 OK [CAPABILITY IMAP4rev1 MOVE] welcome\r\n'
              : 'a001 NO [AUTHENTICATIONFAILED] no\r\n',
        )
      const [, mechanism, initial] = /^a001 AUTHENTICATE (\S+)(?: (\S+))?$/.exec(line) ?? []
      if (mechanism !== undefined) {
        const begun = begin(mechanism as 'PLAIN', initial === undefined ? null : decodeBase64(initial), who)
        exchange = begun.exchange
        answer(begun.step)
      } else if (exchange) answer(advance(exchange, decodeBase64(line)!, who))
    }
    stream.says(`* OK [CAPABILITY IMAP4rev1 ${capabilities}] hi\r\n`)
    const connection = new ImapConnection(stream, machine)
    result(connection.greeting())
    return { connection, said }
  }

  it.each([
    ['AUTH=PLAIN', 2],
    ['SASL-IR AUTH=PLAIN', 1],
    ['SASL-IR AUTH=LOGIN', 3],
    ['AUTH=PLAIN AUTH=CRAM-MD5', 2],
    ['SASL-IR AUTH=PLAIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256', 3],
    ['AUTH=SCRAM-SHA-256', 4],
  ])('%s', (capabilities, lines) => {
    const { connection, said } = authenticating(capabilities)
    expect(result(login(connection, 'alice', 'tournesol', wishes))).toMatchObject({ condition: 'OK' })
    expect(said).toHaveLength(lines)
    expect(connection.state).toBe('authenticated')
    expect(result(connection.has('MOVE'))).toBe(true)
    const wrong = authenticating(capabilities)
    expect(result(login(wrong.connection, 'alice', 'wrong', wishes))).toMatchObject({ condition: 'NO' })
  })

  it('a password does not go in clear where that is not wanted', () => {
    const clear = { inClear: false, initialResponse: true }
    const safe = authenticating('AUTH=PLAIN AUTH=CRAM-MD5')
    expect(result(login(safe.connection, 'alice', 'tournesol', clear))).toMatchObject({ condition: 'OK' })
    expect(safe.said[0]).toBe('a001 AUTHENTICATE CRAM-MD5')
    const weak = authenticating('AUTH=PLAIN AUTH=LOGIN')
    expect(result(login(weak.connection, 'alice', 'tournesol', clear))).toMatchObject({
      condition: 'NO',
      text: 'The password would cross the network in clear',
    })
    expect(weak.said).toEqual([])
    const disabled = script('* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n')
    result(disabled.connection.greeting())
    expect(result(login(disabled.connection, 'a', 'b', wishes))).toMatchObject({ condition: 'NO' })
    expect(disabled.said).toEqual([])
  })

  it('LOGIN where nothing else is there; capabilities are asked for anew', () => {
    const { connection, said } = script(
      '* OK hi\r\n',
      '* CAPABILITY IMAP4rev1\r\na001 OK\r\n',
      '+ go\r\n',
      '+ go\r\n',
      'a002 OK welcome\r\n',
      '* CAPABILITY IMAP4rev1 IDLE\r\na003 OK\r\n',
    )
    result(connection.greeting())
    expect(result(login(connection, 'é', 'a "b"\xa0', wishes))).toMatchObject({ condition: 'OK' })
    expect(result(connection.has('IDLE'))).toBe(true)
    expect(said.slice(1, 4)).toEqual(['a002 LOGIN {2}\r\n', '\xc3\xa9 {7}\r\n', 'a "b"\xc2\xa0\r\n'])
  })

  it('a server that does not prove itself in SCRAM is none', () => {
    const { connection, stream } = script('* OK [CAPABILITY SASL-IR AUTH=SCRAM-SHA-256] hi\r\n', 'a001 OK sure\r\n')
    result(connection.greeting())
    const done: Done[] = []
    run(login(connection, 'alice', 'tournesol', wishes), (value) => done.push(value))
    stream.leaves()
    expect(done).toMatchObject([{ condition: 'NO', text: 'The server did not prove that it knows the password' }])
    expect(connection.over).toBe(true)
  })
})

describe('the picture of the open mailbox', () => {
  const selected = () => {
    const made = script(
      '* PREAUTH [CAPABILITY IMAP4rev1 UNSELECT IDLE] hi\r\n',
      '* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* 1 RECENT\r\n* OK [UNSEEN 2] x\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 9] x\r\n' +
        '* OK [HIGHESTMODSEQ 5] x\r\n* OK [PERMANENTFLAGS ()] x\r\na001 OK [READ-ONLY] done\r\n',
    )
    result(made.connection.greeting())
    result(made.connection.select('INBOX'))
    return made
  }

  it('is what SELECT told, and follows what comes unasked', () => {
    const { connection, stream } = selected()
    expect(connection.state).toBe('selected')
    expect(connection.picture).toMatchObject({
      ...{ mailbox: 'INBOX', readOnly: true, uidValidity: 7, uidNext: 9, highestModseq: 5, unseen: 2, recent: 1 },
      ...{ flags: ['\\Seen'], permanentFlags: [] },
    })
    const news: News['news'][] = []
    connection.listen = (one) => news.push(one.news)
    const answers = [
      '* 2 FETCH (UID 5 FLAGS (\\Seen))\r\n* 3 FETCH (UID 6)\r\na002 OK\r\n',
      '* 1 EXPUNGE\r\n* 3 EXISTS\r\n* 1 FETCH (FLAGS ())\r\na003 OK\r\n',
      '* VANISHED (EARLIER) 1:3\r\n* VANISHED 6\r\na004 OK\r\n',
      'a005 OK\r\n',
    ]
    stream.onWrite = (_, self) => self.says(answers.shift()!)
    result(connection.command('X'))
    result(connection.command('X'))
    expect(connection.picture!.messages).toEqual([
      { uid: 5, flags: [] },
      { uid: 6, flags: null },
      { uid: null, flags: null },
    ])
    result(connection.command('X'))
    expect(connection.picture!.messages.map(({ uid }) => uid)).toEqual([5, null])
    expect(news).toEqual(['message', 'message', 'expunged', 'exists', 'message', 'vanished', 'vanished'])
    result(connection.unselect())
    expect(connection.state).toBe('authenticated')
    expect(connection.picture).toBeNull()
  })

  it('a refused SELECT leaves no mailbox open; CLOSED ends the old one', () => {
    const { connection, stream } = selected()
    const answers = ['* 9 EXISTS\r\n* OK [CLOSED] x\r\n* 1 EXISTS\r\na002 OK done\r\n', 'a003 NO [NONEXISTENT] no\r\n']
    stream.onWrite = (_, self) => self.says(answers.shift()!)
    result(connection.select('Saved'))
    expect(connection.picture!.messages).toHaveLength(1)
    expect(result(connection.select('None'))).toMatchObject({ condition: 'NO' })
    expect(connection.state).toBe('authenticated')
    expect(connection.picture).toBeNull()
  })

  it('IDLE ends by the clock, by what is heard, or by the server', () => {
    const { connection, stream, said } = selected()
    stream.onWrite = (data, self) => {
      said.push(data)
      self.says(data.includes('IDLE') ? '+ idling\r\n' : `a00${said.length > 5 ? 3 : 2} OK done\r\n`)
    }
    const ends: Done[] = []
    let stop = () => {}
    run(
      connection.idle(
        (resume) => {
          stop = () => resume(null)
          return () => {}
        },
        ({ is }) => is === 'exists',
      ),
      (done) => ends.push(done),
    )
    stream.says('* OK still here\r\n')
    expect(ends).toEqual([])
    stream.says('* 4 EXISTS\r\n')
    expect(ends).toMatchObject([{ condition: 'OK' }])
    expect(said.slice(-2)).toEqual(['a002 IDLE\r\n', 'DONE\r\n'])
    stream.onWrite = (data, self) => self.says(data.includes('IDLE') ? '+ idling\r\n' : 'a003 OK done\r\n')
    run(
      connection.idle(
        (resume) => {
          stop = () => resume(null)
          return () => {}
        },
        () => false,
      ),
      (done) => ends.push(done),
    )
    stop()
    expect(ends).toHaveLength(2)
    stream.onWrite = (_, self) => self.says('a004 NO not now\r\n')
    expect(
      result(
        connection.idle(
          () => () => {},
          () => false,
        ),
      ),
    ).toMatchObject({ condition: 'NO' })
  })
})
