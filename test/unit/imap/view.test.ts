import { describe, expect, it } from 'vitest'
import { Desk, letter, type Line } from './desk.ts'

/** Alice's INBOX with so many letters, of which nothing is \Recent any more, and sessions on it. */
function desk(letters: number, sessions: number): [Desk, ...Line[]] {
  const made = new Desk()
  made.deliver('alice', ...Array.from({ length: letters }, (_, k) => letter(`number ${k + 1}`)))
  if (letters > 0) made.open().ok('UNSELECT')
  return [made, ...Array.from({ length: sessions }, () => made.open())]
}
const expunge = (line: Line, numbers: string) => {
  line.ok(`STORE ${numbers} +FLAGS.SILENT (\\Deleted)`)
  return line.ok('EXPUNGE')
}

describe('two sessions and an expunge (RFC 3501 5.5, 7.4.1)', () => {
  it('numbers stay until they are told, and what is expunged can still be fetched', () => {
    const [, one, two] = desk(4, 2) as [Desk, Line, Line]
    one.ok('UID STORE 2,3 +FLAGS.SILENT (\\Deleted)')
    expect(two.ok('NOOP')).toEqual(['2 FETCH (FLAGS (\\Deleted))', '3 FETCH (FLAGS (\\Deleted))'])
    expect(one.ok('EXPUNGE')).toEqual(['2 EXPUNGE', '2 EXPUNGE'])
    expect(two.ok('FETCH 1:4 UID')).toEqual([1, 2, 3, 4].map((n) => `${n} FETCH (UID ${n})`))
    const [fetched] = two.ok('FETCH 2 BODY.PEEK[HEADER.FIELDS (SUBJECT)]')
    expect(fetched).toContain('Subject: number 2')
    expect(two.ok('STORE 4 +FLAGS (\\Seen)')).toEqual(['4 FETCH (FLAGS (\\Seen))'])
    expect(two.ok('SEARCH UNDELETED').join()).not.toContain('EXPUNGE')
    expect(two.ok('NOOP')).toEqual(['2 EXPUNGE', '2 EXPUNGE'])
    expect(two.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 1)', '2 FETCH (UID 4)'])
    expect(two.say('FETCH 3 UID').tagged).toMatch(/^BAD /)
  })

  it.each([
    'FETCH 1 FLAGS',
    'STORE 1 +FLAGS (\\Seen)',
    'SEARCH ALL',
    'SORT (DATE) UTF-8 ALL',
    'THREAD REFERENCES UTF-8 ALL',
  ])('tells no EXPUNGE in %s, however often it is said', (command) => {
    const [, one, two] = desk(3, 2) as [Desk, Line, Line]
    expunge(one, '2')
    for (let time = 0; time < 3; time++) expect(two.ok(command).join('|')).not.toMatch(/EXPUNGE/)
    expect(two.ok('NOOP').filter((line) => line.endsWith('EXPUNGE'))).toEqual(['2 EXPUNGE'])
  })

  it.each([
    'NOOP',
    'CHECK',
    'UID FETCH 1 FLAGS',
    'UID STORE 1 +FLAGS (\\Seen)',
    'UID SEARCH ALL',
    'UID COPY 1 Trash',
    'COPY 1 Trash',
    'STATUS Trash (MESSAGES)',
    'CAPABILITY',
    'LIST "" ""',
    'SUBSCRIBE INBOX',
  ])('tells EXPUNGE in %s', (command) => {
    const [, one, two] = desk(3, 2) as [Desk, Line, Line]
    expunge(one, '2')
    expect(two.ok(command).filter((line) => line.endsWith('EXPUNGE'))).toEqual(['2 EXPUNGE'])
  })

  it('each number is what it is once those before it were told', () => {
    const [, one, two] = desk(6, 2) as [Desk, Line, Line]
    expect(expunge(one, '1,3:4,6')).toEqual(['1 EXPUNGE', '2 EXPUNGE', '2 EXPUNGE', '3 EXPUNGE'])
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '2 EXPUNGE', '2 EXPUNGE', '3 EXPUNGE'])
  })

  it('EXISTS never falls without EXPUNGE: an arrival behind an untold expunge counts both', () => {
    const [made, one, two] = desk(2, 2) as [Desk, Line, Line]
    expunge(one, '1')
    made.deliver('alice', letter('number 3'))
    expect(two.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 1)', '3 EXISTS', '1 RECENT'])
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE'])
    expect(two.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 2)', '2 FETCH (UID 3)'])
  })

  it('what came and went between two commands never was', () => {
    const [made, one, two] = desk(1, 2) as [Desk, Line, Line]
    made.deliver('alice', letter('number 2'), letter('number 3'))
    expect(one.ok('NOOP')).toEqual(['3 EXISTS', '2 RECENT'])
    expunge(one, '2')
    expect(two.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 1)', '2 EXISTS', '0 RECENT'])
    expect(two.ok('NOOP')).toEqual([])
    expect(two.ok('FETCH 2 UID')).toEqual(['2 FETCH (UID 3)'])
  })

  it('the last one went, and another came: first the one, then the other', () => {
    const [made, one, two] = desk(1, 2) as [Desk, Line, Line]
    expunge(one, '1')
    made.deliver('alice', letter('number 2'))
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '1 EXISTS', '1 RECENT'])
    expect(two.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 2)'])
  })

  it('EXPUNGE tells what others expunged, and both went once', () => {
    const [, one, two] = desk(3, 2) as [Desk, Line, Line]
    one.ok('STORE 1,3 +FLAGS.SILENT (\\Deleted)')
    one.ok('UID EXPUNGE 1')
    expect(two.ok('EXPUNGE')).toEqual(['1 EXPUNGE', '2 FETCH (FLAGS (\\Deleted))', '2 EXPUNGE'])
    expect(one.ok('NOOP')).toEqual(['2 EXPUNGE'])
    expect(two.ok('NOOP')).toEqual([])
  })

  it('CLOSE removes only what this session knows of, and tells nothing', () => {
    const [made, one, two] = desk(2, 2) as [Desk, Line, Line]
    one.ok('STORE 1 +FLAGS.SILENT (\\Deleted)')
    made.store.deliver('alice', 'INBOX', letter('number 3'), made.now, ['\\Deleted'])
    expect(one.say('CLOSE')).toEqual({ untagged: [], tagged: 'OK CLOSE completed' })
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '2 EXISTS', '1 RECENT'])
  })

  it('with QRESYNC it is VANISHED, by UIDs (RFC 7162 3.2.10)', () => {
    const [made, one] = desk(5, 1) as [Desk, Line]
    const two = made.session()
    two.ok('LOGIN alice alice-pw')
    two.ok('ENABLE QRESYNC')
    two.ok('SELECT INBOX')
    expunge(one, '1:2,4')
    expect(two.ok('NOOP')).toEqual(['VANISHED 1:2,4'])
    expect(two.ok('FETCH 1:2 UID')).toEqual(['1 FETCH (UID 3)', '2 FETCH (UID 5)'])
  })
})

describe('\\Recent (RFC 3501 2.3.2)', () => {
  it('goes to one session only, whoever is told first', () => {
    const [made, one, two] = desk(1, 2) as [Desk, Line, Line]
    made.deliver('alice', letter('number 2'))
    expect(two.ok('NOOP')).toEqual(['2 EXISTS', '1 RECENT'])
    expect(one.ok('NOOP')).toEqual(['2 EXISTS', '0 RECENT'])
    expect(two.ok('FETCH 2 FLAGS')).toEqual(['2 FETCH (FLAGS (\\Recent))'])
    expect(one.ok('FETCH 2 FLAGS')).toEqual(['2 FETCH (FLAGS ())'])
    expect(two.ok('SEARCH RECENT')).toEqual(['SEARCH 2'])
    expect(one.ok('SEARCH RECENT')).toEqual(['SEARCH'])
    expect(made.open().ok('SEARCH RECENT')).toEqual(['SEARCH'])
  })

  it('STATUS tells how many nobody was told of; EXAMINE takes none of them', () => {
    const made = new Desk()
    made.deliver('alice', letter('number 1'))
    const other = made.session()
    other.ok('LOGIN alice alice-pw')
    expect(other.ok('STATUS INBOX (RECENT)')).toEqual(['STATUS INBOX (RECENT 1)'])
    expect(made.open('alice', 'EXAMINE INBOX').ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Recent))'])
    expect(other.ok('STATUS INBOX (RECENT)')).toEqual(['STATUS INBOX (RECENT 1)'])
    expect(other.ok('SELECT INBOX')).toContain('1 RECENT')
    expect(made.open().ok('STATUS INBOX (RECENT)')).toEqual(['STATUS INBOX (RECENT 0)'])
  })

  it('is gone with the session', () => {
    const made = new Desk()
    made.deliver('alice', letter('number 1'))
    const one = made.open()
    expect(one.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Recent))'])
    expect(one.ok('SELECT INBOX')).toContain('0 RECENT')
  })
})

describe('flags of other sessions (RFC 3501 7.4.2)', () => {
  it('are told once, as they are now', () => {
    const [, one, two, three] = desk(2, 3) as [Desk, Line, Line, Line]
    one.ok('STORE 2 +FLAGS (\\Seen)')
    two.ok('STORE 2 +FLAGS (\\Flagged)')
    expect(three.ok('NOOP')).toEqual(['2 FETCH (FLAGS (\\Flagged \\Seen))'])
    expect(three.ok('NOOP')).toEqual([])
    expect(one.ok('NOOP')).toEqual(['2 FETCH (FLAGS (\\Flagged \\Seen))'])
    expect(two.ok('NOOP')).toEqual([])
  })

  it('one’s own are not told with .SILENT, to others they are (RFC 3501 6.4.6)', () => {
    const [, one, two] = desk(1, 2) as [Desk, Line, Line]
    expect(one.ok('STORE 1 FLAGS.SILENT (\\Seen)')).toEqual([])
    expect(one.ok('NOOP')).toEqual([])
    expect(two.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 1)', '1 FETCH (FLAGS (\\Seen))'])
  })

  it('a keyword that is new is in FLAGS before it is used', () => {
    const [, one, two] = desk(1, 2) as [Desk, Line, Line]
    one.ok('STORE 1 +FLAGS.SILENT ($Later)')
    const told = two.ok('NOOP')
    expect(told[0]).toMatch(/^FLAGS \(.* \$Later\)$/)
    expect(told[1]).toMatch(/^OK \[PERMANENTFLAGS \(.* \$Later \\\*\)\]/)
    expect(told.slice(2)).toEqual(['1 FETCH (FLAGS ($Later))'])
  })

  it('what fell out of the log of changes is found by looking at all of it', () => {
    const [made, one, two] = desk(3, 2) as [Desk, Line, Line]
    const inbox = made.store.account('alice')!.mailboxes.get('INBOX')!
    const before = inbox.highestModseq
    one.ok('STORE 3 +FLAGS.SILENT (\\Flagged)')
    for (let round = 0; inbox.changesSince(before) !== null; round++) {
      expect(round).toBeLessThan(1000)
      const content = made.store.content('Subject: x\r\n\r\n')
      const uids = inbox.add(
        Array.from({ length: 5000 }, () => ({ content, internalDate: 0, flags: [] })),
        false,
      )
      inbox.expunge(uids, null)
    }
    expunge(one, '1')
    const told = two.ok('NOOP')
    expect(told[0]).toBe('1 EXPUNGE')
    expect(told.filter((line) => line.includes('\\Flagged'))).toEqual(['2 FETCH (FLAGS (\\Flagged))'])
    expect(told.some((line) => / (EXISTS|RECENT)$/.test(line))).toBe(false)
    expect(two.ok('NOOP')).toEqual([])
    expect(two.ok('FETCH * UID')).toEqual(['2 FETCH (UID 3)'])
  })
})

describe('IMAP4rev2 (RFC 9051 7.5.2, appendix E)', () => {
  it('knows no \\Recent, and names the UID in what nobody asked for', () => {
    const [made, one] = desk(2, 1) as [Desk, Line]
    const two = made.session()
    two.ok('LOGIN alice alice-pw')
    two.ok('ENABLE IMAP4rev2')
    two.ok('SELECT INBOX')
    made.deliver('alice', letter('number 3'))
    one.ok('STORE 1 +FLAGS.SILENT (\\Seen)')
    expect(two.ok('NOOP')).toEqual(['3 EXISTS', '1 FETCH (UID 1 FLAGS (\\Seen))'])
    expunge(one, '1')
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE'])
  })
})

describe('three sessions', () => {
  it('are equal once each has been told everything', () => {
    const [made, ...lines] = desk(4, 3)
    const [one, two, three] = lines as [Line, Line, Line]
    one.ok('STORE 1:2 +FLAGS (\\Seen)')
    two.ok('STORE 2:3 +FLAGS.SILENT (\\Deleted)')
    made.deliver('alice', letter('number 5'))
    three.ok('STORE 4 FLAGS ($Later)')
    two.ok('UID EXPUNGE 2')
    one.ok('FETCH 2 FLAGS')
    three.ok('UID MOVE 4 Trash')
    one.ok('COPY 1 INBOX')
    for (const line of lines) line.ok('NOOP')
    const pictures = lines.map((line) =>
      line.ok('FETCH 1:* (UID FLAGS)').join('|').replaceAll(' \\Recent', '').replaceAll('\\Recent', ''),
    )
    expect(pictures[0]).toBe(
      '1 FETCH (UID 1 FLAGS (\\Seen))|2 FETCH (UID 3 FLAGS (\\Deleted))|3 FETCH (UID 5 FLAGS ())|4 FETCH (UID 6 FLAGS (\\Seen))',
    )
    expect(new Set(pictures).size).toBe(1)
    expect(lines.map((line) => line.ok('NOOP'))).toEqual([[], [], []])
  })
})

describe('a mailbox that somebody has open', () => {
  const work = (): [Desk, Line, Line] => {
    const made = new Desk()
    const one = made.open()
    one.ok('CREATE work/now')
    made.store.deliver('alice', 'work/now', letter('number 1'), made.now)
    made.store.deliver('alice', 'work/now', letter('number 2'), made.now)
    return [made, one, made.open('alice', 'SELECT work/now')]
  }

  it('DELETE by another: all of it is expunged, and nothing else goes wrong', () => {
    const [, one, two] = work()
    one.ok('DELETE work/now')
    expect(two.ok('FETCH 1 UID')).toEqual(['1 FETCH (UID 1)'])
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(two.ok('SEARCH ALL')).toEqual(['SEARCH'])
    expect(two.say('FETCH 1 UID').tagged).toMatch(/^BAD /)
    expect(two.ok('UID FETCH 1:* UID')).toEqual([])
    expect(two.say('STATUS work/now (MESSAGES)').tagged).toMatch(/^NO \[NONEXISTENT\]/)
    expect(two.say('EXPUNGE').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(two.ok('CLOSE')).toEqual([])
    expect(two.say('SELECT work/now').tagged).toMatch(/^NO \[NONEXISTENT\]/)
  })

  it('DELETE and CREATE again: the session stays with what it opened', () => {
    const [made, one, two] = work()
    one.ok('DELETE work/now')
    one.ok('CREATE work/now')
    made.store.deliver('alice', 'work/now', letter('number 3'), made.now)
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(two.ok('SELECT work/now')).toContain('1 EXISTS')
  })

  it('a session’s own DELETE of its selected mailbox tells it at once', () => {
    const [, , two] = work()
    expect(two.ok('DELETE work/now')).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(two.ok('NOOP')).toEqual([])
    expect(two.ok('UNSELECT')).toEqual([])
  })

  it('RENAME: the session notices nothing, and arrivals come under the new name', () => {
    const [made, one, two] = work()
    one.ok('RENAME work later')
    expect(two.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 1)', '2 FETCH (UID 2)'])
    made.store.deliver('alice', 'later/now', letter('number 3'), made.now)
    expect(two.ok('NOOP')).toEqual(['3 EXISTS', '3 RECENT'])
    expect(two.ok('STATUS later/now (MESSAGES)')).toEqual(['STATUS later/now (MESSAGES 3)'])
  })

  it('RENAME of INBOX takes its messages away from whoever has it open (RFC 3501 6.3.5)', () => {
    const [, one, two] = desk(2, 2) as [Desk, Line, Line]
    expect(one.ok('RENAME INBOX old')).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(two.ok('STATUS old (MESSAGES)')).toEqual(['STATUS old (MESSAGES 2)'])
  })

  it('SELECT of the same mailbox again begins anew, and one that fails leaves nothing open (RFC 3501 6.3.1)', () => {
    const [, one, two] = desk(2, 2) as [Desk, Line, Line]
    expunge(one, '1')
    expect(two.ok('SELECT INBOX')).toContain('1 EXISTS')
    expect(two.say('SELECT nowhere').tagged).toMatch(/^NO \[NONEXISTENT\]/)
    expect(two.say('FETCH 1 UID').tagged).toMatch(/^BAD /)
  })
})
