import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const letters = (count: number): Desk => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: count }, (_, k) => letter(`number ${k + 1}`)))
  return desk
}
const loggedIn = (desk: Desk, more: Parameters<Desk['session']>[0] = {}): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  return line
}
const validity = (lines: readonly string[]): number => Number(/UIDVALIDITY (\d+)/.exec(lines.join())![1])
const modseq = (lines: readonly string[]): number => Number(/HIGHESTMODSEQ (\d+)/.exec(lines.join())![1])

describe('SELECT (RFC 3501 6.3.1)', () => {
  it('tells everything in the order of the RFC’s example', () => {
    const desk = letters(3)
    desk.open().ok('STORE 1 +FLAGS (\\Seen)')
    desk.deliver('alice', letter('number 4'))
    expect(loggedIn(desk).say('SELECT INBOX')).toEqual({
      untagged: [
        '4 EXISTS',
        '1 RECENT',
        'OK [UNSEEN 2] Message 2 is first unseen',
        'OK [UIDVALIDITY 1000] UIDs valid',
        'OK [UIDNEXT 5] Predicted next UID',
        'FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
        'OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] Limited',
        'OK [HIGHESTMODSEQ 6] Highest',
      ],
      tagged: 'OK [READ-WRITE] SELECT completed',
    })
  })

  it('names no UNSEEN where there is none, and keywords that are in use', () => {
    const desk = letters(1)
    desk.open().ok('STORE 1 FLAGS (\\Seen $Later)')
    const told = loggedIn(desk).ok('SELECT "inbox"')
    expect(told.join()).not.toContain('UNSEEN')
    expect(told).toContain('FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Later)')
  })

  it('EXAMINE is the same for reading only (RFC 3501 6.3.2)', () => {
    const desk = letters(1)
    const line = loggedIn(desk)
    const { untagged, tagged } = line.say('EXAMINE INBOX')
    expect(tagged).toBe('OK [READ-ONLY] EXAMINE completed')
    expect(untagged).toContain('OK [PERMANENTFLAGS ()] No permanent flags permitted')
    for (const command of ['STORE 1 +FLAGS (\\Deleted)', 'EXPUNGE', 'UID EXPUNGE 1', 'MOVE 1 Trash'])
      expect(line.say(command).tagged, command).toMatch(/^NO \[READ-ONLY\]/)
    line.ok('FETCH 1 BODY[]')
    expect(line.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Recent))'])
    line.ok('COPY 1 Trash')
    desk.open().ok('STORE 1 +FLAGS (\\Deleted)')
    expect(line.ok('CLOSE')).toEqual([])
    expect(line.ok('STATUS INBOX (MESSAGES)')).toEqual(['STATUS INBOX (MESSAGES 1)'])
  })

  it.each([
    ['SELECT nowhere', /^NO \[NONEXISTENT\]/],
    ['SELECT ""', /^NO \[NONEXISTENT\]/],
    ['SELECT "Other Users"', /^NO \[NONEXISTENT\]/],
    ['SELECT "Other Users/bob/INBOX"', /^NO \[NONEXISTENT\]/],
    ['SELECT', /^BAD /],
    ['SELECT INBOX x', /^BAD /],
    ['SELECT INBOX ()', /^BAD /],
    ['SELECT INBOX (FROBNICATE)', /^BAD FROBNICATE is no parameter/],
    ['SELECT &AAE', /^NO \[NONEXISTENT\]/],
  ])('%s', (command, answer) => expect(loggedIn(letters(0)).say(command).tagged).toMatch(answer))

  it('what only holds others cannot be opened, and what lies elsewhere refers (RFC 2193 4.1)', () => {
    const desk = letters(0)
    desk.store.referMailbox('alice', 'remote', 'imap://user;AUTH=*@server2/REMOTE')
    const line = loggedIn(desk)
    line.ok('CREATE above/below')
    expect(line.say('SELECT above').tagged).toMatch(/^NO \[CANNOT\]/)
    expect(line.say('SELECT remote').tagged).toBe(
      'NO [REFERRAL imap://user;AUTH=*@server2/REMOTE] This mailbox is on another server',
    )
    expect(line.say('SELECT remote/x').tagged).toMatch(/^NO \[REFERRAL /)
  })

  it('rights decide whether it is for writing (RFC 4314 5.2)', () => {
    const desk = letters(0)
    desk.store.share('read', { alice: 'lr' })
    desk.store.share('seen', { alice: 'lrs' })
    desk.store.share('drop', { alice: 'li' })
    const line = loggedIn(desk)
    expect(line.say('SELECT Shared/read').tagged).toMatch(/^OK \[READ-ONLY\]/)
    const { untagged, tagged } = line.say('SELECT Shared/seen')
    expect(tagged).toMatch(/^OK \[READ-WRITE\]/)
    expect(untagged).toContain('OK [PERMANENTFLAGS (\\Seen)] Limited')
    expect(line.say('EXPUNGE').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(line.say('SELECT Shared/drop').tagged).toMatch(/^NO \[NOPERM\]/)
  })

  it('says CLOSED where another was open, and MODSEQ can be told (RFC 7162 3.2.11)', () => {
    const desk = letters(1)
    const line = loggedIn(desk)
    expect(line.ok('SELECT INBOX')[0]).toBe('1 EXISTS')
    expect(line.ok('SELECT Trash')[0]).toBe('OK [CLOSED] The previous mailbox is closed')
    expect(line.say('SELECT nowhere').untagged).toEqual(['OK [CLOSED] The previous mailbox is closed'])
    expect(line.say('SELECT nowhere').untagged).toEqual([])
    const old = loggedIn(desk, { capabilities: ['IMAP4rev1'] })
    old.ok('SELECT INBOX')
    expect(old.ok('SELECT Trash').join()).not.toMatch(/CLOSED|HIGHESTMODSEQ/)
  })

  it('IMAP4rev2 tells LIST, and neither RECENT nor UNSEEN (RFC 9051 6.3.2)', () => {
    const line = loggedIn(letters(1))
    line.ok('ENABLE IMAP4rev2')
    const told = line.ok('SELECT INBOX')
    expect(told).toContain('LIST (\\HasNoChildren) "/" INBOX')
    expect(told.join()).not.toMatch(/RECENT|UNSEEN/)
    expect(line.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS ())'])
  })
})

describe('CLOSE, UNSELECT, EXPUNGE', () => {
  it('CLOSE removes without a word (RFC 3501 6.4.2), UNSELECT does not (RFC 3691)', () => {
    const desk = letters(3)
    const line = desk.open()
    line.ok('STORE 1 +FLAGS (\\Deleted)')
    expect(line.say('UNSELECT')).toEqual({ untagged: [], tagged: 'OK UNSELECT completed' })
    expect(line.say('FETCH 1 UID').tagged).toMatch(/^BAD /)
    expect(line.ok('SELECT INBOX')).toContain('3 EXISTS')
    expect(line.say('CLOSE')).toEqual({ untagged: [], tagged: 'OK CLOSE completed' })
    expect(line.ok('SELECT INBOX')).toContain('2 EXISTS')
  })

  it('EXPUNGE is the RFC’s example (RFC 3501 6.4.3)', () => {
    const line = letters(11).open()
    line.ok('STORE 3,4,7,11 +FLAGS.SILENT (\\Deleted)')
    expect(line.say('EXPUNGE')).toEqual({
      untagged: ['3 EXPUNGE', '3 EXPUNGE', '5 EXPUNGE', '8 EXPUNGE'],
      tagged: 'OK EXPUNGE completed',
    })
    expect(line.say('EXPUNGE')).toEqual({ untagged: [], tagged: 'OK EXPUNGE completed' })
  })

  it('UID EXPUNGE only those that are named (RFC 4315 2.1)', () => {
    const line = letters(5).open()
    line.ok('STORE 1,3,5 +FLAGS.SILENT (\\Deleted)')
    expect(line.ok('UID EXPUNGE 3000:3002')).toEqual([])
    expect(line.ok('UID EXPUNGE 3000:*')).toEqual(['5 EXPUNGE'])
    expect(line.ok('UID EXPUNGE 2:4')).toEqual(['3 EXPUNGE'])
    expect(line.ok('UID EXPUNGE 2')).toEqual([])
    for (const text of ['UID EXPUNGE', 'UID EXPUNGE 0', 'UID EXPUNGE x', 'EXPUNGE 1'])
      expect(line.say(text).tagged, text).toMatch(/^BAD /)
  })

  it('with QRESYNC they tell HIGHESTMODSEQ where something went (RFC 7162 3.2.7)', () => {
    const line = loggedIn(letters(2))
    line.ok('ENABLE QRESYNC')
    line.ok('SELECT INBOX')
    line.ok('STORE 1 +FLAGS.SILENT (\\Deleted)')
    const { untagged, tagged } = line.say('EXPUNGE')
    expect(untagged).toEqual(['VANISHED 1'])
    expect(tagged).toMatch(/^OK \[HIGHESTMODSEQ \d+\] EXPUNGE completed$/)
    expect(line.say('EXPUNGE').tagged).toBe('OK EXPUNGE completed')
  })
})

describe('CONDSTORE and QRESYNC as parameters (RFC 7162 3.1.8, 3.2.5)', () => {
  /** Ten messages; what a client remembers; then 2 and 5 to 7 went and 4 and 9 were flagged. */
  const away = () => {
    const desk = letters(10)
    const before = desk.open()
    const told = before.ok('SELECT INBOX (CONDSTORE)')
    const other = desk.open()
    other.ok('STORE 2,5:7 +FLAGS.SILENT (\\Deleted)')
    other.ok('EXPUNGE')
    other.ok('UID STORE 4,9 +FLAGS.SILENT (\\Flagged)')
    before.close()
    other.close()
    const line = loggedIn(desk)
    line.ok('ENABLE QRESYNC')
    const resync = (rest: string) =>
      line.ok(`SELECT INBOX (QRESYNC (${rest}))`).filter((text) => /^VANISHED|FETCH/.test(text))
    return { line, desk, validity: validity(told), modseq: modseq(told), resync }
  }

  it('CONDSTORE: from then on every FETCH with flags has MODSEQ', () => {
    const line = loggedIn(letters(1))
    expect(line.ok('SELECT INBOX (CONDSTORE)').join()).toContain('HIGHESTMODSEQ')
    expect(line.ok('STORE 1 +FLAGS (\\Seen)')).toEqual(['1 FETCH (MODSEQ (3) FLAGS (\\Seen \\Recent))'])
  })

  it('tells what went and what changed, before the tagged OK', () => {
    const { resync, validity: uids, modseq: since } = away()
    expect(resync(`${uids} ${since}`)).toEqual([
      'VANISHED (EARLIER) 2,5:7',
      `3 FETCH (UID 4 MODSEQ (${since + 3}) FLAGS (\\Flagged))`,
      `5 FETCH (UID 9 MODSEQ (${since + 3}) FLAGS (\\Flagged))`,
    ])
  })

  it('of the UIDs that the client knows only', () => {
    const { resync, validity: uids, modseq: since } = away()
    expect(resync(`${uids} ${since} 1:5`)).toEqual([
      'VANISHED (EARLIER) 2,5',
      `3 FETCH (UID 4 MODSEQ (${since + 3}) FLAGS (\\Flagged))`,
    ])
    expect(resync(`${uids} ${since} 6,8:10`)).toEqual([
      'VANISHED (EARLIER) 6',
      `5 FETCH (UID 9 MODSEQ (${since + 3}) FLAGS (\\Flagged))`,
    ])
  })

  it('nothing where UIDVALIDITY is another, or nothing happened since', () => {
    const { line, resync, validity: uids } = away()
    expect(resync(`${uids + 1} 1`)).toEqual([])
    // The RFC's own modification sequences are greater than a double can count.
    expect(resync(`${uids} 90060115194045000 41,43:211,214:541`)).toEqual([])
    expect(resync(`${uids} ${modseq(line.ok('SELECT INBOX'))}`)).toEqual([])
  })

  it('what is no longer known exactly is told too much of, less where numbers and UIDs match (RFC 7162 3.2.5.2)', () => {
    const { desk, resync, validity: uids } = away()
    const inbox = desk.store.account('alice')!.mailboxes.get('INBOX')!
    const content = desk.store.content('Subject: x\r\n\r\n')
    while (inbox.expungedSince(2).all)
      inbox.expunge(
        inbox.add(
          Array.from({ length: 20_000 }, () => ({ content, internalDate: 0, flags: [] })),
          false,
        ),
        null,
      )
    expect(resync(`${uids} 2 1:10`)[0]).toBe('VANISHED (EARLIER) 2,5:7')
    expect(resync(`${uids} 2 1:10 (1:3 1,3:4)`)[0]).toBe('VANISHED (EARLIER) 5:7')
    expect(resync(`${uids} 2 1:10 (1,4 1,7)`)[0]).toBe('VANISHED (EARLIER) 2,5:7')
    expect(resync(`${uids} 2 (1,6:7 1,10,99)`)[0]).toMatch(/^VANISHED \(EARLIER\) 11:/)
  })

  it.each([
    'QRESYNC',
    'QRESYNC ()',
    'QRESYNC (1)',
    'QRESYNC (1 0)',
    'QRESYNC (1 x)',
    'QRESYNC (4294967296 1)',
    'QRESYNC (1 1 *)',
    'QRESYNC (1 1 1:*)',
    'QRESYNC (1 1 $)',
    'QRESYNC (1 1 1 (1))',
    'QRESYNC (1 1 (1 *))',
    'QRESYNC (1 1 1 (1 1) 1)',
  ])('%s is BAD, and what is open stays open', (parameter) => {
    const { line } = away()
    line.ok('SELECT INBOX')
    expect(line.say(`SELECT Trash (${parameter})`).tagged).toMatch(/^BAD /)
    expect(line.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 1)'])
  })

  it('is BAD before ENABLE, and where it is not offered', () => {
    expect(loggedIn(letters(0)).say('SELECT INBOX (QRESYNC (1 1))').tagged).toMatch(/^BAD QRESYNC must be enabled/)
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'QRESYNC' && name !== 'CONDSTORE')
    const line = loggedIn(letters(0), { capabilities })
    for (const parameter of ['QRESYNC (1 1)', 'CONDSTORE'])
      expect(line.say(`SELECT INBOX (${parameter})`).tagged).toMatch(/^BAD .* is no parameter/)
  })
})
