import { describe, expect, test } from 'vitest'
import { connections } from '../../../src/core/views/connections.ts'
import { isRefusal, sayable, tableOf, verbOf } from '../../../src/core/views/protocols.ts'
import { openSessions } from '../../../src/core/views/sessions.ts'
import { newSpeaking, hear } from '../../../src/core/views/speaking.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'
import { pageEnglish as en } from '../../../src/texts/page.en.ts'

const event = (note: Note, seq = 1): TraceEvent => ({ seq, at: 0, host: 'mx1', cause: null, span: null, ...note })
const reply = (
  protocol: 'pop3' | 'imap' | 'smtp',
  verb: string,
  outcome: string,
  code: string,
  to: string,
  line: string,
) => event({ kind: 'reply', conn: 'c1', protocol, verb, outcome, code, lines: [line], from: '', to })

describe('the three tables', () => {
  test('each protocol has its own, and submission speaks SMTP', () => {
    expect(tableOf('submission')).toBe(tableOf('smtp'))
    expect(tableOf('pop3').verbs).toContain('RETR')
    expect(tableOf('smtp').verbs).not.toContain('LHLO')
    expect(tableOf('lmtp').verbs).not.toContain('EHLO')
    expect([tableOf('smtp'), tableOf('lmtp')].map(({ usual }) => usual['connected'])).toEqual(['EHLO', 'LHLO'])
    expect(tableOf('imap').verbs).toContain('UID FETCH')
  })

  test('what can be said follows from state and capabilities', () => {
    const imap = tableOf('imap')
    expect(sayable(imap, 'not-authenticated', ['IMAP4REV1'])).toEqual([
      'CAPABILITY',
      'NOOP',
      'LOGOUT',
      'AUTHENTICATE',
      'LOGIN',
    ])
    expect(sayable(imap, 'selected', ['THREAD=REFERENCES'])).toContain('THREAD')
    expect(sayable(imap, 'selected', ['IMAP4REV1'])).not.toContain('MOVE')
    expect(sayable(tableOf('pop3'), 'transaction', null)).toContain('UIDL')
  })

  test('between two chunks the next one is usual, and nothing that begins a message can be said', () => {
    const smtp = tableOf('smtp')
    expect(smtp.usual['chunks']).toBe('BDAT')
    const words = sayable(smtp, 'chunks', ['CHUNKING', 'SEND'])
    expect(words).toEqual(expect.arrayContaining(['BDAT', 'RSET', 'QUIT']))
    for (const verb of ['MAIL', 'SEND', 'RCPT', 'DATA']) expect(words).not.toContain(verb)
    expect(sayable(smtp, 'recipients', ['SIZE'])).not.toContain('BDAT')
  })

  test('each state that a reply leads to has its words', () => {
    for (const { rows } of [tableOf('smtp'), tableOf('pop3'), tableOf('imap')])
      for (const { legalIn } of Object.values(rows))
        for (const state of legalIn) expect(en).toHaveProperty([`hint.state.${state}`])
    for (const state of Object.keys(tableOf('smtp').swallowing)) expect(en).toHaveProperty([`hint.state.${state}`])
  })

  test('what takes a path begins as its syntax says', () => {
    const { starts, rows } = tableOf('smtp')
    expect(starts).toMatchObject({ MAIL: 'MAIL FROM:<', SEND: 'SEND FROM:<', RCPT: 'RCPT TO:<' })
    for (const [verb, { syntax }] of Object.entries(rows))
      if (/ (?:FROM|TO):</.test(syntax)) expect([verb, starts[verb]]).toEqual([verb, syntax.replace(/<.*/s, '<')])
  })

  test('a verb is known by its beginning, in IMAP behind its tag', () => {
    expect(verbOf(tableOf('pop3'), ' ret')).toBe('RETR')
    expect(verbOf(tableOf('imap'), 'a1 sel')).toBe('SELECT')
    expect(verbOf(tableOf('imap'), 'a1 uid f')).toBe('UID FETCH')
    expect(verbOf(tableOf('imap'), 'select')).toBeNull()
    expect(verbOf(tableOf('smtp'), 'MAIL FROM:<')).toBe('MAIL')
  })

  test('a refusal is one in each of them', () => {
    for (const code of ['450', '550', '-ERR', 'NO', 'BAD']) expect([code, isRefusal(code)]).toEqual([code, true])
    for (const code of ['250', '354', '+OK', '+', 'OK', 'BYE', 'PREAUTH'])
      expect([code, isRefusal(code)]).toEqual([code, false])
  })
})

describe('what a server offers', () => {
  test('a session is between chunks when the server says so', () => {
    const view = newSpeaking()
    hear(view, reply('smtp', 'BDAT', 'chunk', '250', 'chunks', '86 octets received'))
    expect(view.state).toBe('chunks')
    hear(view, reply('smtp', 'BDAT', 'accepted', '250', 'ready', 'OK'))
    expect(view.state).toBe('ready')
  })

  test('IMAP says it in its greeting, after the login, and when it is asked', () => {
    const view = newSpeaking()
    hear(
      view,
      reply('imap', 'greeting', 'ready', 'OK', 'not-authenticated', '* OK [CAPABILITY IMAP4rev1 STARTTLS] hello'),
    )
    expect(view.capabilities).toEqual(['IMAP4REV1', 'STARTTLS'])
    const data = { kind: 'data', conn: 'c1', protocol: 'imap', verb: 'CAPABILITY', count: 1, octets: 30 } as const
    hear(view, event({ ...data, lines: ['* CAPABILITY IMAP4rev1 IDLE'] }))
    expect(view.capabilities).toEqual(['IMAP4REV1', 'IDLE'])
    hear(view, reply('imap', 'NOOP', 'ok', 'OK', 'selected', 'a1 OK NOOP completed'))
    expect(view.capabilities).toEqual(['IMAP4REV1', 'IDLE'])
    hear(view, reply('imap', 'STARTTLS', 'go', 'OK', 'not-authenticated', 'a2 OK Begin TLS negotiation now'))
    expect(view.capabilities).toBeNull()
    expect(view.advice).toMatchObject([{ key: 'tls-next' }])
  })

  test('a word that no server knows stands behind the tag', () => {
    const view = newSpeaking()
    const command = {
      kind: 'command',
      conn: 'c1',
      protocol: 'imap',
      verb: null,
      state: 'selected',
      secret: false,
    } as const
    hear(view, event({ ...command, line: 'a5 FTCH 1' }))
    hear(view, reply('imap', 'NOOP', 'unrecognized', 'BAD', 'selected', 'a5 BAD Unknown command FTCH'))
    expect(view.advice).toMatchObject([{ advice: 'code', word: 'FTCH' }])
  })

  test('POP3 says it when it is asked', () => {
    const view = newSpeaking()
    hear(view, reply('pop3', 'greeting', 'ready', '+OK', 'authorization', 'ready'))
    expect(view.capabilities).toBeNull()
    const lines = ['TOP', 'SASL PLAIN', 'EXPIRE NEVER']
    hear(view, event({ kind: 'data', conn: 'c1', protocol: 'pop3', verb: 'CAPA', lines, count: 3, octets: 30 }))
    expect(view.capabilities).toEqual(['TOP', 'SASL', 'EXPIRE'])
  })
})

test('beside a host stand the sessions that are open with it', () => {
  const all = connections.empty()
  const end = { address: '192.0.2.1', port: 143 }
  connections.add(all, { ...event({ kind: 'dial', conn: 'c1', from: end, to: end, toHost: 'mx1' }), host: 'pc' })
  const speaking = newSpeaking()
  const sessions = new Map([['c1', speaking]])
  expect(openSessions('mx1', all, sessions)).toEqual([])
  connections.add(all, event({ kind: 'connected', conn: 'c1' }))
  hear(speaking, reply('imap', 'SELECT', 'readWrite', 'OK', 'selected', 'a2 OK [READ-WRITE] done'))
  expect(openSessions('mx1', all, sessions)).toEqual([
    { conn: 'c1', client: 'pc', protocol: 'imap', state: 'selected', secure: false },
  ])
  expect(openSessions('mx2', all, sessions)).toEqual([])
})
