import { describe, expect, it } from 'vitest'
import { Dialogue, meantFor } from '../../../src/core/shell/dialogue.ts'
import { Desk } from './fake.ts'

/** `S:` lines are heard, others typed; gives those typed lines that were secrets. */
function secrets(port: number, lines: readonly string[]): string[] {
  const dialogue = new Dialogue(port)
  return lines.flatMap((line) => {
    if (line.startsWith('S: ')) {
      dialogue.heard(`${line.slice(3)}\r\n`)
      return []
    }
    const secret = dialogue.reading().secret(line)
    dialogue.said(line)
    return secret ? [line] : []
  })
}

describe('a POP3 dialogue', () => {
  it('hides PASS, APOP and the lines of AUTH', () => {
    expect(
      secrets(110, [
        ...['S: +OK ready', 'CAPA', 'S: +OK', 'S: .', 'USER alice', 'S: +OK', 'pass secret', 'S: -ERR no'],
        ...[
          'APOP alice c4c9334bac560ecc979e58001b3e22fb',
          'S: -ERR no',
          'AUTH',
          'S: +OK',
          'S: PLAIN',
          'S: .',
          'NOOP',
          'S: -ERR',
        ],
        ...['AUTH PLAIN', 'S: + ', 'AGEAYg==', 'S: +OK', 'STAT'],
      ]),
    ).toEqual(['pass secret', 'APOP alice c4c9334bac560ecc979e58001b3e22fb', 'AUTH', 'AUTH PLAIN', 'AGEAYg=='])
  })

  it('hides them also where they were typed ahead of the answers', () => {
    const typed = ['CAPA', 'AUTH LOGIN', 'YWxpY2U=', 'S: +OK ready', 'S: +OK', 'S: .', 'c2VjcmV0', 'S: +OK', 'STAT']
    expect(secrets(110, typed)).toEqual(['AUTH LOGIN', 'YWxpY2U=', 'c2VjcmV0'])
  })
})

describe('an IMAP dialogue', () => {
  it('hides LOGIN and AUTHENTICATE with what follows them', () => {
    expect(
      secrets(143, [
        ...['S: * OK ready', 'a CAPABILITY', 'S: a OK', 'b login alice secret', 'S: b NO', 'c NOOP', 'S: c OK'],
        ...['d AUTHENTICATE PLAIN', 'S: +', 'AGEAYg==', 'S: d OK', 'e SELECT INBOX', 'S: e OK'],
      ]),
    ).toEqual(['b login alice secret', 'd AUTHENTICATE PLAIN', 'AGEAYg=='])
    expect(secrets(143, ['a LOGIN {5}', 'S: + go', 'alice {6}', 'S: + go', 'secret', 'S: a OK', 'b NOOP'])).toEqual([
      'a LOGIN {5}',
      'alice {6}',
      'secret',
    ])
  })
})

describe('a dialogue', () => {
  const protocolOf = (port: number, greeting: string): string => {
    const dialogue = new Dialogue(port)
    dialogue.heard(`${greeting}\r\n`)
    return dialogue.reading().protocol
  }

  it('is known by its port, or by its greeting', () => {
    expect([110, 995, 143, 993, 25, 7].map((port) => new Dialogue(port).reading().protocol)).toEqual([
      ...['pop3', 'pop3', 'imap', 'imap', 'smtp', 'telnet'],
    ])
    expect(protocolOf(1110, '+OK POP3 ready <1@a>')).toBe('pop3')
    expect(protocolOf(1143, '* OK IMAP4rev1')).toBe('imap')
    expect(protocolOf(1143, '* PREAUTH IMAP4rev1')).toBe('imap')
    expect(protocolOf(1025, '220 mx1')).toBe('smtp')
    expect(protocolOf(1013, 'Mon Sep 7')).toBe('telnet')
  })
})

describe('a line for a server that is not there', () => {
  it('is known for what it is', () => {
    const protocol = (line: string) => meantFor(line)?.protocol ?? null
    expect(['ehlo pc', 'MAIL FROM:<a@b>', 'RETR 1', 'UIDL', 'a1 SELECT INBOX', '. LOGOUT'].map(protocol)).toEqual([
      ...['SMTP', 'SMTP', 'POP3', 'POP3', 'IMAP', 'IMAP'],
    ])
    expect(['top', 'last', 'list x', 'response', 'greeting', 'toString', 'a1 toString', ''].map(protocol)).toEqual(
      Array(8).fill(null),
    )
    expect(new Desk().start().type('a1 SELECT INBOX')).toContain('SELECT is a word of IMAP')
    expect(new Desk().start().type('RCPT TO:<bob@rennes.example>')).toContain('telnet HOST 25')
  })
})
