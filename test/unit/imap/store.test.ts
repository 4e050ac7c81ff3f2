import { describe, expect, it } from 'vitest'
import { Post } from './fake.ts'

const OK = 'OK STORE completed\r\n'
const three = () => {
  const post = new Post()
  for (let k = 1; k <= 3; k++) post.put(`Subject: ${k}\r\n\r\n`)
  post.selected().say('LOGOUT')
  return post
}

describe('STORE (RFC 3501 6.4.6)', () => {
  it('adds, removes, replaces, in the order of the numbers; .SILENT says nothing', () => {
    const session = three().selected()
    expect(session.say('STORE 2:3 +FLAGS (\\Deleted)')).toBe(
      `* 2 FETCH (FLAGS (\\Deleted))\r\n* 3 FETCH (FLAGS (\\Deleted))\r\n${OK}`,
    )
    expect(session.say('STORE 2 FLAGS \\seen \\flagged')).toBe(`* 2 FETCH (FLAGS (\\Flagged \\Seen))\r\n${OK}`)
    expect(session.say('STORE 2 -FLAGS (\\Seen)')).toBe(`* 2 FETCH (FLAGS (\\Flagged))\r\n${OK}`)
    expect(session.say('STORE 2 FLAGS.SILENT ()')).toBe(OK)
    expect(session.say('FETCH 2 FLAGS')).toContain('(FLAGS ())')
    expect(session.say('UID STORE 2 +FLAGS (\\Draft)')).toBe(
      '* 2 FETCH (UID 2 FLAGS (\\Draft))\r\nOK UID STORE completed\r\n',
    )
  })

  it('tells the new value also where nothing changed', () => {
    const session = three().selected()
    expect(session.say('STORE 1 -FLAGS (\\Seen)')).toBe(`* 1 FETCH (FLAGS ())\r\n${OK}`)
  })

  it('tells FLAGS anew before a keyword that was not there', () => {
    const session = three().selected()
    expect(session.say('STORE 1 +FLAGS ($Forwarded)')).toMatch(
      /^\* FLAGS \(.* \$Forwarded\)\r\n\* OK \[PERMANENTFLAGS \(.*\$Forwarded \\\*\)\] .*\r\n\* 1 FETCH \(FLAGS \(\$Forwarded\)\)\r\nOK /,
    )
    expect(session.say('STORE 2 +FLAGS ($forwarded)')).toBe(`* 2 FETCH (FLAGS ($Forwarded))\r\n${OK}`)
  })

  it('a change by another session is told once, and is not lost behind a silent one', () => {
    const post = three()
    const [session, other] = [post.selected(), post.selected()]
    other.say('STORE 1 +FLAGS.SILENT (\\Answered)')
    expect(session.say('STORE 1:2 +FLAGS.SILENT (\\Flagged)')).toBe(`* 1 FETCH (FLAGS (\\Answered \\Flagged))\r\n${OK}`)
    expect(session.say('NOOP')).toBe('OK NOOP completed\r\n')
    expect(other.say('NOOP')).toBe(
      '* 1 FETCH (FLAGS (\\Answered \\Flagged))\r\n* 2 FETCH (FLAGS (\\Flagged))\r\nOK NOOP completed\r\n',
    )
  })

  it('refuses where the mailbox is open for reading, and \\Recent always', () => {
    const session = three().selected('EXAMINE INBOX')
    expect(session.say('STORE 1 +FLAGS (\\Seen)')).toBe('NO [READ-ONLY] The mailbox is open for reading only\r\n')
    for (const command of [
      'STORE 1 +FLAGS (\\Recent)',
      'STORE 1 +FLAGS (\\Foo)',
      'STORE 1 FLAGS',
      'STORE 1 LABELS (x)',
      'STORE 9 FLAGS ()',
      'STORE 1 (X 1) FLAGS ()',
    ])
      expect(three().selected().say(command), command).toMatch(/^BAD /)
  })

  it('changes of the flags what the rights allow (RFC 4314 4)', () => {
    const post = new Post()
    post.store.share('board', { anyone: 'lrs' })
    post.put('Subject: 1\r\n\r\n')
    const session = post.session()
    session.say('LOGIN alice secret')
    post.store
      .share('board', { anyone: 'lrs' })
      .add([{ content: post.store.content('Subject: 1\r\n\r\n'), internalDate: 0, flags: ['\\Flagged'] }], false)
    session.say('SELECT Shared/board')
    expect(session.say('STORE 1 FLAGS (\\Seen \\Deleted)')).toContain('FETCH (FLAGS (\\Flagged \\Seen')
    expect(session.say('STORE 1 +FLAGS (\\Deleted word)')).toMatch(/^NO \[NOPERM\]/)
  })

  it('limits keywords', () => {
    const session = three().selected()
    expect(session.say(`STORE 1 +FLAGS (${'k'.repeat(200)})`)).toMatch(/^NO \[LIMIT\]/)
    const many = Array.from({ length: 401 }, (_, k) => `k${k}`).join(' ')
    expect(session.say(`STORE 1 +FLAGS (${many})`)).toMatch(/^NO \[LIMIT\]/)
  })

  it('says so where numbers mean expunged messages; UIDs that are not there mean nothing', () => {
    const post = three()
    const [session, other] = [post.selected(), post.selected()]
    other.say('STORE 2 +FLAGS.SILENT (\\Deleted)')
    other.say('EXPUNGE')
    expect(session.say('STORE 1:3 +FLAGS (\\Seen)')).toBe(
      '* 1 FETCH (FLAGS (\\Seen))\r\n* 3 FETCH (FLAGS (\\Seen))\r\nNO [EXPUNGEISSUED] Some of the messages have been deleted and expunged elsewhere\r\n',
    )
    expect(session.say('STORE 1:3 (UNCHANGEDSINCE 100) +FLAGS.SILENT (\\Draft)')).toMatch(
      /NO \[MODIFIED 2\] Some of the messages no longer exist\r\n$/,
    )
    expect(session.say('UID STORE 1:3 +FLAGS.SILENT (\\Flagged)')).toMatch(/OK UID STORE completed\r\n$/)
  })
})

describe('conditional STORE (RFC 7162 3.1.3)', () => {
  it('names in the form of the command what was changed meanwhile', () => {
    const post = three()
    const session = post.selected('SELECT INBOX (CONDSTORE)')
    const [, since] = /HIGHESTMODSEQ (\d+)/.exec(session.say('SELECT INBOX (CONDSTORE)'))!
    post.selected().say('STORE 2 +FLAGS (\\Seen)')
    const next = Number(since) + 2
    expect(session.say(`STORE 1:3 (UNCHANGEDSINCE ${since}) +FLAGS.SILENT (\\Deleted)`)).toBe(
      `* 1 FETCH (MODSEQ (${next}))\r\n* 3 FETCH (MODSEQ (${next}))\r\n` +
        `* 2 FETCH (MODSEQ (${next - 1}) FLAGS (\\Seen))\r\nOK [MODIFIED 2] Conditional STORE failed for some\r\n`,
    )
    expect(session.say('UID STORE 1:3 (UNCHANGEDSINCE 0) FLAGS ()')).toMatch(
      /^OK \[MODIFIED 1:3\] Conditional UID STORE failed for some\r\n$/,
    )
    expect(session.say(`UID STORE 1 (UNCHANGEDSINCE ${next}) FLAGS (\\Seen)`)).toBe(
      `* 1 FETCH (UID 1 MODSEQ (${next + 1}) FLAGS (\\Seen))\r\nOK UID STORE completed\r\n`,
    )
  })
})
