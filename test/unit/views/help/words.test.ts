/** Looking at a line before Enter, "did you mean", and what words on the screen mean. */
import { describe, expect, test } from 'vitest'
import {
  fetchWords,
  flagWords,
  searchWords,
  sortWords,
  statusWords,
  storeWords,
} from '../../../../src/core/views/help/imap-words.ts'
import { look } from '../../../../src/core/views/help/look.ts'
import { meant } from '../../../../src/core/views/help/meant.ts'
import { meaningAt, meanings } from '../../../../src/core/views/help/meaning.ts'
import { isKey } from '../../../../src/texts/index.ts'
import '../../../../src/texts/views/meaning.ts'
import '../../../../src/texts/views/terminal.ts'
import { HelpDesk } from './desk.ts'

const MX = 'mx1.rennes.example'
const SMTP = [`telnet ${MX} 25`, 'EHLO pc-alice.rennes.example']
const IMAP = [`telnet ${MX} 143`, 'a1 LOGIN alice tournesol', 'a2 SELECT INBOX']

function looker(...lines: string[]) {
  const { listener } = new HelpDesk().say(...lines).scene
  if (listener.to !== 'server') throw new Error('no server listens')
  return (line: string) => {
    const seen = look(listener, line)
    if (!seen) return null
    const now = 'pieces' in seen ? (seen.pieces[seen.now]?.text ?? null) : null
    return { now, trouble: seen.trouble?.key ?? null }
  }
}

describe('a line before Enter', () => {
  test('SMTP: the piece that one is in, and what is wrong for certain', () => {
    const at = looker(...SMTP)
    expect(at('')).toBeNull()
    expect(at('MA')).toBeNull()
    expect(at('MAIL')).toEqual({ now: 'MAIL', trouble: null })
    expect(at('MAIL FROM:<al')).toEqual({ now: 'FROM:<reverse-path>', trouble: null })
    expect(at('MAIL FROM:<a@b.example> SI')).toEqual({ now: '[SP Mail-parameters]', trouble: null })
    expect(at('MAIL FROM:<a@b.example> SIZE=1 RE')).toEqual({ now: '[SP Mail-parameters]', trouble: null })
    expect(at('MAIL FROM:<a@b.example> SIZ=1')?.trouble).toBe('look.parameter')
    expect(at('MAIL FROM:<a@b.example> TRANSID=<a@b>')?.trouble).toBe('look.offered')
    expect(at('MAIL TO:')?.trouble).toBe('look.keyword')
    expect(at('MAIL FROM:<a b@c>')?.trouble).toBe('look.address')
    expect(at('MAIL FROM: <a@b.example>')?.trouble).toBe('look.blank-after-colon')
    expect(at('RCPT TO:<a')).toEqual({ now: 'TO:<forward-path>', trouble: 'look.state' })
    expect(at('MIAL')?.trouble).toBe('look.meant')
    expect(at('QWERTZ')?.trouble).toBe('look.unknown')
    expect(at('XCLOCK')).toBeNull()
    expect(at('ETRN x')?.trouble).toBe('look.offered')
  })

  test('POP3: numbers, and nothing of a password', () => {
    const before = looker(`telnet ${MX} 110`)
    expect(before('RETR 1')?.trouble).toBe('look.state')
    expect(before('PASS very secret')).toEqual({ now: null, trouble: null })
    const at = looker(`telnet ${MX} 110`, 'USER alice', 'PASS tournesol')
    expect(at('TOP 1 ')).toEqual({ now: 'n', trouble: null })
    expect(at('RETR x')?.trouble).toBe('look.number')
    expect(at('LSIT')?.trouble).toBe('look.meant')
    expect(at('STAT 1')?.trouble).toBe('look.room')
  })

  test('IMAP: the tag, groups that may be left out, words of several parts', () => {
    const at = looker(...IMAP)
    expect(at('a3')).toBeNull()
    expect(at('SELECT INBOX')?.trouble).toBe('look.tag')
    expect(at('a3 FETCH 1 FLAGS')?.now).toContain('fetch-att')
    expect(at('a3 FETCH x')?.trouble).toBe('look.set')
    expect(at('a3 UID FETCH 1:')?.now).toBe('sequence-set')
    expect(at('a3 LIST "" *')?.now).toContain('list-mailbox')
    expect(at('a3 LIST (SUBSCRIBED) ""')?.now).toBe('mailbox')
    expect(at('a3 SEARCH FROM x')?.now).toBe('1*(SP search-key)')
    expect(at('a3 SEARCH CHARSET UTF-8 ALL')?.now).toBe('1*(SP search-key)')
    expect(at('a3 STORE 1 +FLAGS (\\Seen')?.now).toBe('flags')
    expect(at('a3 SELCT INBOX')?.trouble).toBe('look.meant')
    expect(at('a3 LOGIN x')?.trouble).toBe('look.state')
  })
})

describe('did you mean', () => {
  test('commands and machines at the shell, commands of telnet', () => {
    const { scene } = new HelpDesk()
    expect(meant(scene, 'tlenet mx1.rennes.example 25', null)).toBe('telnet mx1.rennes.example 25')
    expect(meant(scene, 'telnet mx1.renes.example 25', 'dial')).toBe('telnet mx1.rennes.example 25')
    expect(meant(scene, 'telnet mx1.rennes.example 25', 'dial')).toBeNull()
    expect(meant(scene, 'xyzzyxyzzy', null)).toBeNull()
    expect(meant(new HelpDesk().say('telnet').scene, 'opne mx1', null)).toBe('open mx1')
  })

  test('SMTP: verbs, paths, people', () => {
    const { scene } = new HelpDesk().say(...SMTP)
    expect(meant(scene, 'HLEO pc-alice', 'unrecognized')).toBe('HELO pc-alice')
    expect(meant(scene, 'MAIL alice@rennes.example', 'syntax')).toBe('MAIL FROM:<alice@rennes.example>')
    expect(meant(scene, 'MAIL FROM: alice@rennes.example SIZE=10', 'syntax')).toBe(
      'MAIL FROM:<alice@rennes.example> SIZE=10',
    )
    expect(meant(scene, 'RCPT FROM:<a@b.example>', 'syntax')).toBe('RCPT TO:<a@b.example>')
    expect(meant(scene, 'MAILFROM:<a@b.example>', 'unrecognized')).toBe('MAIL FROM:<a@b.example>')
    expect(meant(scene, 'RCPT TO:<bruon@rennes.example>', 'unknown')).toBe('RCPT TO:<bruno@rennes.example>')
    expect(meant(scene, 'RCPT TO:<zzzzzzz@rennes.example>', 'unknown')).toBeNull()
    expect(meant(scene, 'NOOP', null)).toBeNull()
  })

  test('POP3 and IMAP: verbs, the tag, mailboxes', () => {
    expect(meant(new HelpDesk().say(`telnet ${MX} 110`).scene, 'UESR alice', 'unrecognized')).toBe('USER alice')
    const { scene } = new HelpDesk().say(...IMAP)
    expect(meant(scene, 'a3 FETHC 1 FLAGS', 'unrecognized')).toBe('a3 FETCH 1 FLAGS')
    expect(meant(scene, 'SELECT INBOX', 'noTag')).toMatch(/^a\d+ SELECT INBOX$/)
    expect(meant(scene, 'a4 SELECT Snet', 'nonexistent')).toBe('a4 SELECT Sent')
  })
})

describe('meaning', () => {
  const { known } = new HelpDesk().scene
  const keys = (line: string, spoken: 'smtp' | 'pop3' | 'imap' | null) =>
    Object.fromEntries(
      meanings(line, { known, spoken, has: isKey }).map(({ word, says }) => [word, says.map(({ key }) => key)]),
    )

  test('of a reply code and an enhanced status, digit by digit', () => {
    expect(keys('550 5.1.1 No such user here', 'smtp')).toEqual({
      550: ['smtp.code.550', 'meaning.first.5', 'meaning.second.5'],
      '5.1.1': ['meaning.status.5', 'meaning.subject.1', 'meaning.detail.1.1'],
    })
    expect(keys('250-PIPELINING', 'smtp')['PIPELINING']).toBeUndefined()
    expect(keys('250 SIZE 1000', 'smtp')['SIZE']).toEqual(['meaning.smtp.SIZE'])
  })

  test('of commands, parameters, machines and people', () => {
    expect(keys('MAIL FROM:<bruno@rennes.example> SIZE=10', 'smtp')).toMatchObject({
      MAIL: ['smtp.MAIL'],
      'bruno@rennes.example': ['complete.person'],
      'SIZE=10': ['complete.parameter.SIZE'],
    })
    expect(keys('alice@pc-alice:~$ telnet mx1.rennes.example 25', null)).toMatchObject({
      telnet: ['shell.telnet'],
      'mx1.rennes.example': ['complete.host'],
    })
    expect(keys('rennes.example. 3600 IN MX 10 mx1.rennes.example.', null)).toMatchObject({ MX: ['meaning.dns.MX'] })
    expect(keys('Subject: hello', 'smtp')).toMatchObject({ Subject: ['field.Subject'] })
  })

  test('of what POP3 and IMAP say', () => {
    expect(keys('-ERR [IN-USE] no', 'pop3')).toMatchObject({
      '-ERR': ['pop3.code.-ERR'],
      'IN-USE': ['meaning.code.pop3.IN-USE'],
    })
    expect(keys('* 3 EXISTS', 'imap')).toEqual({ '*': ['meaning.untagged'], EXISTS: ['meaning.imap.EXISTS'] })
    expect(keys('a2 OK [READ-WRITE] SELECT completed', 'imap')).toMatchObject({
      a2: ['meaning.tag'],
      OK: ['imap.code.OK'],
      'READ-WRITE': ['meaning.code.imap.READ-WRITE'],
    })
    expect(keys('a3 UID FETCH 1 FLAGS', 'imap')).toMatchObject({ FETCH: ['imap.UID FETCH'] })
    expect(keys('* FLAGS (\\Seen)', 'imap')).toMatchObject({ '\\Seen': ['meaning.flag.seen'] })
  })

  test('at a place, and none where there is none; a long line is read in part', () => {
    const words = { known, spoken: 'smtp', has: isKey } as const
    expect(meaningAt('250 OK', 1, words)?.word).toBe('250')
    expect(meaningAt('250 OK', 5, words)).toBeNull()
    expect(meanings('x'.repeat(100_000), words)).toEqual([])
  })
})

test('every word that is offered for IMAP is one that its server takes', () => {
  const desk = new HelpDesk().say(...IMAP, 'a3 CREATE Try')
  const argument = (word: string) => {
    if (['KEYWORD', 'UNKEYWORD'].includes(word)) return ' x'
    if (/SINCE|BEFORE|ON$/.test(word)) return ' 1-Sep-2026'
    if (['LARGER', 'SMALLER', 'UID'].includes(word)) return ' 1'
    if (word === 'NOT') return ' ALL'
    if (word === 'OR') return ' ALL ALL'
    return word === 'HEADER' ? ' Subject x' : /^(FROM|TO|CC|BCC|SUBJECT|BODY|TEXT)$/.test(word) ? ' x' : ''
  }
  const lines = [
    ...fetchWords.map((word) => `FETCH 1 ${word}`),
    ...searchWords.map((word) => `SEARCH ${word}${argument(word)}`),
    ...statusWords.map((word) => `STATUS Try (${word})`),
    ...sortWords.map((word) => `SORT (${word === 'REVERSE' ? 'REVERSE DATE' : word}) UTF-8 ALL`),
    ...storeWords.map((word) => `STORE 1 ${word} (\\Flagged)`),
    ...flagWords.map((word) => `STORE 1 +FLAGS (${word})`),
  ]
  for (const line of lines) {
    desk.say(`x ${line}`)
    const reply = desk.sim.trace.findLast((event) => event.kind === 'reply')
    expect([line, reply?.kind === 'reply' && reply.code]).toEqual([line, 'OK'])
  }
})
