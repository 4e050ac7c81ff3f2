import { describe, expect, it } from 'vitest'
import { Desk, letter, type Line } from './desk.ts'

const loggedIn = (desk = new Desk(), more: Parameters<Desk['session']>[0] = {}): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  return line
}

describe('STATUS (RFC 3501 6.3.10)', () => {
  it('tells the items in the order in which they were asked for', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'), letter('two'), letter('three'))
    const other = desk.open()
    other.ok('STORE 1 +FLAGS (\\Seen \\Deleted)')
    desk.deliver('alice', letter('four'))
    const size = [letter('one'), letter('two'), letter('three'), letter('four')].join('').length
    const line = loggedIn(desk)
    expect(line.ok('STATUS inbox (UIDNEXT MESSAGES)')).toEqual(['STATUS INBOX (UIDNEXT 5 MESSAGES 4)'])
    expect(
      line.ok(
        'STATUS INBOX (messages recent uidnext uidvalidity unseen deleted size highestmodseq deleted-storage appendlimit)',
      ),
    ).toEqual([
      'STATUS INBOX (MESSAGES 4 RECENT 1 UIDNEXT 5 UIDVALIDITY 1000 UNSEEN 3 DELETED 1 ' +
        `SIZE ${size} HIGHESTMODSEQ 6 DELETED-STORAGE ${letter('one').length} APPENDLIMIT 52428800)`,
    ])
  })

  it('of the open mailbox it tells what there is, and the session hears of it behind', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'))
    const line = desk.open()
    desk.deliver('alice', letter('two'))
    expect(line.ok('STATUS INBOX (MESSAGES)')).toEqual(['STATUS INBOX (MESSAGES 2)', '2 EXISTS', '2 RECENT'])
  })

  it('counts follow what happens', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'), letter('two'))
    const [one, two] = [desk.open(), loggedIn(desk)]
    const items = '(MESSAGES UNSEEN DELETED)'
    expect(two.ok(`STATUS INBOX ${items}`)).toEqual(['STATUS INBOX (MESSAGES 2 UNSEEN 2 DELETED 0)'])
    one.ok('STORE 1 FLAGS (\\Seen \\Deleted)')
    expect(two.ok(`STATUS INBOX ${items}`)).toEqual(['STATUS INBOX (MESSAGES 2 UNSEEN 1 DELETED 1)'])
    one.ok('EXPUNGE')
    expect(two.ok(`STATUS INBOX ${items}`)).toEqual(['STATUS INBOX (MESSAGES 1 UNSEEN 1 DELETED 0)'])
    one.ok('COPY 1 Sent')
    expect(two.ok(`STATUS Sent ${items}`)).toEqual(['STATUS Sent (MESSAGES 1 UNSEEN 1 DELETED 0)'])
  })

  it('names a mailbox as it is written', () => {
    const line = loggedIn()
    line.ok('CREATE "a b/&AOk-"')
    expect(line.ok('STATUS "a b/&AOk-" (MESSAGES)')).toEqual(['STATUS "a b/&AOk-" (MESSAGES 0)'])
    line.ok('ENABLE UTF8=ACCEPT')
    expect(line.ok('STATUS "a b/\xc3\xa9" (MESSAGES)')).toEqual(['STATUS "a b/\xc3\xa9" (MESSAGES 0)'])
  })

  it('to ask for HIGHESTMODSEQ shows interest in it (RFC 7162 3.1)', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'))
    const line = desk.open()
    expect(line.ok('STORE 1 +FLAGS (\\Seen)')).toEqual(['1 FETCH (FLAGS (\\Seen \\Recent))'])
    expect(line.ok('STATUS Sent (HIGHESTMODSEQ)')).toEqual([
      'OK [HIGHESTMODSEQ 3] Highest',
      'STATUS Sent (HIGHESTMODSEQ 1)',
    ])
    expect(line.ok('STORE 1 -FLAGS (\\Seen)')).toEqual(['1 FETCH (MODSEQ (4) FLAGS (\\Recent))'])
  })

  it('a limit that there is not is NIL (RFC 7889 3)', () => {
    const limits = { append: Infinity, line: 65_536, errors: Infinity, idle: 1 }
    const capabilities = ['IMAP4rev1', 'APPENDLIMIT']
    expect(loggedIn(new Desk(), { limits, capabilities }).ok('STATUS INBOX (APPENDLIMIT)')).toEqual([
      'STATUS INBOX (APPENDLIMIT NIL)',
    ])
  })

  it.each([
    ['nowhere (MESSAGES)', /^NO \[NONEXISTENT\]/],
    ['above (MESSAGES)', /^NO \[CANNOT\]/],
    ['Shared/drop (MESSAGES)', /^NO \[NOPERM\]/],
    ['INBOX ()', /^BAD /],
    ['INBOX (X)', /^BAD X is no status item/],
    ['INBOX (__proto__)', /^BAD /],
    ['INBOX MESSAGES', /^BAD /],
    ['INBOX (MESSAGES', /^BAD /],
    ['INBOX', /^BAD /],
  ])('%s is refused', (args, answer) => {
    const desk = new Desk()
    desk.store.share('drop', { anyone: 'li' })
    const line = loggedIn(desk)
    line.ok('CREATE above/below')
    expect(line.say(`STATUS ${args}`).tagged).toMatch(answer)
  })

  it.each(['SIZE', 'HIGHESTMODSEQ', 'DELETED', 'DELETED-STORAGE', 'APPENDLIMIT'])(
    '%s is BAD where it is not offered',
    (item) =>
      expect(loggedIn(new Desk(), { capabilities: ['IMAP4rev1'] }).say(`STATUS INBOX (${item})`).tagged).toMatch(
        /^BAD /,
      ),
  )

  it('IMAP4rev2 has SIZE and DELETED by itself (RFC 9051 6.3.11)', () => {
    const line = loggedIn(new Desk(), { capabilities: ['IMAP4rev2'] })
    expect(line.ok('STATUS INBOX (SIZE DELETED)')).toEqual(['STATUS INBOX (SIZE 0 DELETED 0)'])
  })
})
