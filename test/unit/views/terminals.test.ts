import { describe, expect, test } from 'vitest'
import { historyKey, terminals } from '../../../src/core/views/terminals.ts'
import { command, greeted, printed, remark, reply, Traced, typed } from './trace.ts'

const at = (traced: Traced) => traced.fold(terminals).terminals.get('t1')!

describe('a terminal', () => {
  test('holds what was typed and printed, in order', () => {
    const { pieces, host } = at(greeted())
    expect(host).toBe('pc-alice')
    expect(pieces.map(({ text }) => text).join('')).toBe(
      'alice@pc-alice:~$ telnet mx1.rennes.example 25\n220 mx1 ESMTP\n',
    )
  })

  test('knows the line that is not ended', () => {
    expect(at(greeted()).unended).toBe('')
    expect(at(greeted().note('pc-alice', printed('telnet> '))).unended).toBe('telnet> ')
    expect(at(greeted().note('pc-alice', printed('a'), printed('b'), printed('c\nd'))).unended).toBe('d')
  })

  test('knows protocol, state and what the server offers, until the far end closes', () => {
    const traced = greeted().note(
      'mx1',
      command('EHLO', 'EHLO pc-alice'),
      reply('EHLO', '250', 'ready', 'mx1 greets pc-alice', 'SIZE 1000', 'AUTH=LOGIN', 'HELP'),
    )
    expect(at(traced).speaking).toMatchObject({
      protocol: 'smtp',
      state: 'ready',
      capabilities: ['SIZE', 'AUTH', 'HELP'],
    })
    traced.note('mx1', { kind: 'fin', conn: 'c1', dir: 'down' })
    expect(at(traced).speaking).toMatchObject({ protocol: null, capabilities: null })
  })

  test('keeps a history for each thing that is typed to, without secrets', () => {
    const traced = greeted()
      .note('pc-alice', typed('EHLO pc\n'), typed('EHLO pc\n'), typed('AUTH PLAIN AGFsaWNlAA==\n'))
      .note('pc-alice', typed('hunter2\n', true), typed('   \n'), typed('AUTH LOGIN\n'))
      .note('mx1', reply('AUTH', '334', 'challenge', 'VXNlcm5hbWU6'))
      .note('pc-alice', typed('YWxpY2U=\n'))
      .note('mx1', reply('DATA', '354', 'content', 'go on'))
      .note('pc-alice', typed('Subject: hello\n'))
      .note('pc-alice', printed('telnet> '), typed('close\n'))
    expect(Object.fromEntries(traced.fold(terminals).history)).toEqual({
      shell: ['telnet mx1.rennes.example 25'],
      smtp: ['EHLO pc', 'AUTH LOGIN'],
      content: ['Subject: hello'],
      'telnet> ': ['close'],
    })
  })

  test('a prompt with a dollar is the shell, even while a session is open', () => {
    expect(historyKey(at(greeted().note('pc-alice', printed('alice@pc-alice:~$ '))))).toBe('shell')
  })
})

describe('the coach', () => {
  test('speaks of the last turn only', () => {
    const traced = greeted().note(
      'mx1',
      command('RCPT', 'RCPT TO:<x@rennes.example>'),
      remark('blank-after-colon'),
      reply('RCPT', '550', 'mail', 'No such user here'),
    )
    expect(at(traced).speaking.advice).toMatchObject([
      { advice: 'remark', key: 'blank-after-colon' },
      { advice: 'code', code: '550', verb: 'RCPT' },
    ])
    traced.note('mx1', command('NOOP', 'NOOP'), reply('NOOP', '250', 'mail', 'OK'))
    expect(at(traced).speaking.advice).toEqual([])
  })

  test('a remark about the end of the line comes before the line, and stays', () => {
    const traced = greeted().note(
      'mx1',
      remark('bare-lf'),
      command('NOOP', 'NOOP'),
      reply('NOOP', '250', 'ready', 'OK'),
    )
    expect(at(traced).speaking.advice).toMatchObject([{ key: 'bare-lf' }])
  })

  test('says why nobody answered', () => {
    const traced = new Traced().note(
      'pc-alice',
      {
        kind: 'dial',
        conn: 'c9',
        from: { address: '192.0.2.30', port: 49152 },
        to: { address: '192.0.2.10', port: 25 },
        toHost: 'mx1',
      },
      printed('Trying 192.0.2.10...\n'),
      { kind: 'dial-failed', conn: 'c9', why: 'refused' },
    )
    expect(at(traced).speaking).toMatchObject({ protocol: null, advice: [{ advice: 'dial', why: 'refused' }] })
  })

  test('names the word that no server knows', () => {
    const traced = greeted().note(
      'mx1',
      { ...command('', '  hullo there'), verb: null },
      { ...reply('', '500', 'connected', 'unrecognized'), verb: null },
    )
    expect(at(traced).speaking.advice).toMatchObject([{ code: '500', verb: null, word: 'hullo' }])
  })

  test('behind STARTTLS it warns, and says why plain text ended the connection', () => {
    const traced = greeted().note('mx1', command('STARTTLS', 'STARTTLS'), {
      ...reply('STARTTLS', '220', 'connected', 'Go'),
      outcome: 'go',
    })
    expect(at(traced).speaking.advice).toMatchObject([{ key: 'tls-next' }])
    const alert = { kind: 'tls', conn: 'c1', step: 'alert', detail: 'unexpected_message' } as const
    traced.note('mx1', alert, { kind: 'fin', conn: 'c1', dir: 'down' })
    expect(at(traced).speaking).toMatchObject({ protocol: null, advice: [{ key: 'tls-plaintext' }] })
  })

  test('says that there is no such host, until the next command', () => {
    const said = (why: string) => printed(`telnet: could not resolve x.example/25: ${why}\n`)
    const traced = new Traced().note('pc-alice', said('Name or service not known'))
    expect(at(traced).speaking.advice).toMatchObject([{ advice: 'dial', why: 'unknown' }])
    traced.note('pc-alice', said('No address associated with hostname'), printed('alice@pc-alice:~$ '))
    expect(at(traced).speaking.advice).toMatchObject([{ advice: 'dial', why: 'no-address' }])
    traced.note('pc-alice', typed('date\n'))
    expect(at(traced).speaking.advice).toEqual([])
  })
})
