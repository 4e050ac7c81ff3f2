import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const letters = (count: number): Desk => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: count }, (_, k) => letter(`number ${k + 1}`)))
  desk.open().ok('CREATE MEETING')
  return desk
}
const validity = (line: Line, name: string): string =>
  /UIDVALIDITY (\d+)/.exec(line.ok(`STATUS ${name} (UIDVALIDITY)`)[0]!)![1]!
const without = (...names: string[]) => ({ capabilities: ALL_CAPABILITIES.filter((name) => !names.includes(name)) })

describe('COPY (RFC 3501 6.4.7)', () => {
  it('is the RFC’s example, and tells where they are now (RFC 4315 3)', () => {
    const line = letters(4).open()
    expect(line.say('COPY 2:4 MEETING')).toEqual({
      untagged: [],
      tagged: `OK [COPYUID ${validity(line, 'MEETING')} 2:4 1:3] COPY completed`,
    })
    expect(line.say('UID COPY 1,4,99 MEETING').tagged).toMatch(/^OK \[COPYUID \d+ 1,4 4:5\] UID COPY completed$/)
    expect(line.say('COPY 4,1:2 MEETING').tagged).toMatch(/ 1:2,4 6:8\]/)
    expect(line.say('UID COPY 99 MEETING').tagged).toBe('OK UID COPY completed, there was nothing to do')
  })

  it('keeps flags and date, and they are \\Recent there', () => {
    const desk = letters(1)
    const line = desk.open()
    line.ok('STORE 1 FLAGS (\\Seen \\Flagged $Later)')
    desk.now += 86_400_000
    line.ok('COPY 1 MEETING')
    line.ok('SELECT MEETING')
    expect(line.ok('FETCH 1 (FLAGS INTERNALDATE)')).toEqual([
      '1 FETCH (FLAGS (\\Flagged \\Seen $Later \\Recent) INTERNALDATE " 7-Sep-2026 08:00:00 +0000")',
    ])
  })

  it('into the open mailbox itself is told with EXISTS', () => {
    expect(letters(2).open().ok('COPY 1:2 INBOX')).toEqual(['4 EXISTS', '2 RECENT'])
  })

  it('of what another expunged is NO, by UID it is nothing', () => {
    const desk = letters(3)
    const [one, two] = [desk.open(), desk.open()]
    one.ok('STORE 2 +FLAGS.SILENT (\\Deleted)')
    one.ok('EXPUNGE')
    expect(two.say('COPY 1:3 MEETING').tagged).toMatch(/^NO \[EXPUNGEISSUED\]/)
    expect(two.say('UID COPY 1:3 MEETING').tagged).toMatch(/^OK \[COPYUID \d+ 1,3 1:2\]/)
  })

  it.each([
    ['COPY 1 nowhere', /^NO \[TRYCREATE\]/],
    ['COPY 1 ""', /^NO \[TRYCREATE\]/],
    ['COPY 1 above', /^NO \[CANNOT\]/],
    ['COPY 1 Shared/read', /^NO \[NOPERM\]/],
    ['COPY 1 Remote', /^NO \[REFERRAL imap:\/\/server2\/Remote\]/],
    ['COPY 9 Sent', /^BAD there is no message of that number/],
    ['COPY 1:9 Sent', /^BAD /],
    ['COPY 0 Sent', /^BAD /],
    ['COPY 1', /^BAD /],
    ['COPY 1 Sent x', /^BAD /],
    ['COPY one Sent', /^BAD /],
    ['UID COPY 4294967296 Sent', /^BAD /],
    ['MOVE 1 nowhere', /^NO \[TRYCREATE\]/],
    ['MOVE 1 Shared/read', /^NO \[NOPERM\]/],
    ['MOVE 9 Sent', /^BAD /],
  ])('%s is refused, and nothing is moved or copied', (command, answer) => {
    const desk = letters(1)
    desk.store.share('read', { anyone: 'lr' })
    desk.store.referMailbox('alice', 'Remote', 'imap://server2/Remote')
    const line = desk.open()
    line.ok('CREATE above/below')
    expect(line.say(command).tagged).toMatch(answer)
    expect(line.ok('STATUS Sent (MESSAGES UIDNEXT)')).toEqual(['STATUS Sent (MESSAGES 0 UIDNEXT 1)'])
    expect(line.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 1)'])
  })

  it('is all or nothing: more than the quota allows is none (RFC 9208 5.1)', () => {
    const desk = letters(3)
    desk.store.account('alice')!.quota = letter('number 1').length * 5
    const line = desk.open()
    expect(line.say('COPY 1:3 MEETING').tagged).toMatch(/^NO \[OVERQUOTA\]/)
    expect(line.ok('STATUS MEETING (MESSAGES)')).toEqual(['STATUS MEETING (MESSAGES 0)'])
    expect(line.say('COPY 1:2 MEETING').tagged).toMatch(/^OK /)
    // What is moved within an account needs no room.
    expect(line.say('MOVE 1:3 MEETING').tagged).toMatch(/^OK /)
  })

  it('the last number, and $ of SEARCHRES (RFC 5182)', () => {
    const line = letters(3).open()
    expect(line.say('COPY * MEETING').tagged).toMatch(/ 3 1\]/)
    line.ok('SEARCH RETURN (SAVE) UID 1:2')
    expect(line.say('COPY $ MEETING').tagged).toMatch(/ 1:2 2:3\]/)
  })

  it('without UIDPLUS tells no UIDs', () => {
    const line = letters(1).open('alice', 'SELECT INBOX', without('UIDPLUS', 'IMAP4rev2'))
    expect(line.say('COPY 1 MEETING').tagged).toBe('OK COPY completed')
    expect(line.say('MOVE 1 MEETING')).toEqual({ untagged: ['1 EXPUNGE'], tagged: 'OK MOVE completed' })
  })
})

describe('MOVE (RFC 6851)', () => {
  it('tells COPYUID, then the expunges', () => {
    const line = letters(4).open()
    expect(line.say('UID MOVE 2:3,42:69 MEETING')).toEqual({
      untagged: [`OK [COPYUID ${validity(line, 'MEETING')} 2:3 1:2] Moved`, '2 EXPUNGE', '2 EXPUNGE'],
      tagged: 'OK UID MOVE completed',
    })
    expect(line.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 1)', '2 FETCH (UID 4)'])
    expect(line.ok('MOVE 2 MEETING').slice(1)).toEqual(['2 EXPUNGE'])
    expect(line.say('UID MOVE 99 MEETING').tagged).toMatch(/nothing to do$/)
    line.ok('SELECT MEETING')
    expect(line.ok('FETCH 1:* BODY.PEEK[HEADER.FIELDS (SUBJECT)]').join()).toMatch(/number 2[^]*number 3[^]*number 4/)
  })

  it('is seen by another session as an expunge here and an arrival there', () => {
    const desk = letters(2)
    const [one, two, three] = [desk.open(), desk.open(), desk.open('alice', 'SELECT MEETING')]
    one.ok('MOVE 1 MEETING')
    expect(two.ok('NOOP')).toEqual(['1 EXPUNGE'])
    expect(three.ok('NOOP')).toEqual(['1 EXISTS', '1 RECENT'])
  })

  it('with QRESYNC is VANISHED and HIGHESTMODSEQ (RFC 6851 4.4)', () => {
    const line = letters(2).session()
    line.ok('LOGIN alice alice-pw')
    line.ok('ENABLE QRESYNC')
    line.ok('SELECT INBOX')
    const { untagged, tagged } = line.say('MOVE 1:2 MEETING')
    expect(untagged.slice(1)).toEqual(['VANISHED 1:2'])
    expect(tagged).toMatch(/^OK \[HIGHESTMODSEQ \d+\] MOVE completed$/)
  })

  it('into the same mailbox gives new UIDs', () => {
    const line = letters(2).open()
    expect(line.ok('MOVE 1 INBOX').slice(1)).toEqual(['1 EXPUNGE', '2 EXISTS', '1 RECENT'])
    expect(line.ok('FETCH 1:* UID')).toEqual(['1 FETCH (UID 2)', '2 FETCH (UID 3)'])
  })

  it('of what another expunged is NO; nothing is lost', () => {
    const desk = letters(3)
    const [one, two] = [desk.open(), desk.open()]
    one.ok('MOVE 2 Sent')
    expect(two.say('MOVE 1:3 MEETING').tagged).toMatch(/^NO \[EXPUNGEISSUED\]/)
    expect(two.ok('UID MOVE 1:3 MEETING').slice(1)).toEqual(['1 EXPUNGE', '1 EXPUNGE'])
    expect(one.ok('STATUS MEETING (MESSAGES)').at(0)).toBe('STATUS MEETING (MESSAGES 2)')
    expect(one.ok('STATUS Sent (MESSAGES)').at(0)).toBe('STATUS Sent (MESSAGES 1)')
  })

  it('asks for the rights to delete and to expunge (RFC 6851 4.1), and a mailbox open for writing', () => {
    const desk = letters(1)
    for (const [name, rights] of [
      ['one', 'lrswit'],
      ['two', 'lrswie'],
    ] as const)
      desk.store
        .share(name, { anyone: rights })
        .add([{ content: desk.store.content(letter(name)), internalDate: 0, flags: [] }], false)
    for (const name of ['one', 'two']) {
      const line = desk.open('alice', `SELECT Shared/${name}`)
      expect(line.say('MOVE 1 INBOX').tagged).toMatch(/^NO \[NOPERM\]/)
      expect(line.say('COPY 1 INBOX').tagged).toMatch(/^OK/)
    }
    expect(desk.open('alice', 'EXAMINE INBOX').say('MOVE 1 Sent').tagged).toMatch(/^NO \[READ-ONLY\]/)
  })

  it('is BAD where it is not offered', () => {
    expect(
      letters(1).open('alice', 'SELECT INBOX', without('MOVE', 'IMAP4rev2')).say('UID MOVE 1 Sent').tagged,
    ).toMatch(/^BAD UID MOVE needs the capability MOVE/)
  })
})
