/** What Dovecot's imaptest and clients of others found. */
import { describe, expect, it } from 'vitest'
import { Desk, letter, type Line } from './desk.ts'

function withMail(count: number): { desk: Desk; line: Line } {
  const desk = new Desk()
  for (let k = 1; k <= count; k++) desk.deliver('alice', letter(`number ${k}`))
  return { desk, line: desk.open() }
}

describe('a mailbox name that is no modified UTF-7 (RFC 3501 5.1.3)', () => {
  const name = "!#$&'+,-.0123456789:;<=>?@^_`|[}"

  it('is the name of no mailbox, not a mistake in the grammar', () => {
    const { line } = withMail(1)
    expect(line.say(`SELECT ${name}`).tagged).toBe('NO [NONEXISTENT] There is no mailbox of that name')
    expect(line.say(`CREATE ${name}`).tagged).toBe('NO [CANNOT] A mailbox cannot have that name')
    expect(line.say(`STATUS ${name} (MESSAGES)`).tagged).toMatch(/^NO /)
    expect(line.say(`APPEND ${name} {1+}\r\nx`).tagged).toMatch(/^NO /)
  })

  it('is found by no LIST, and taken as it stands', () => {
    const { line } = withMail(0)
    expect(line.say(`LIST "" ${name}%*`)).toEqual({ untagged: [], tagged: 'OK LIST completed' })
    line.ok('CREATE R&-D')
    expect(line.ok('LIST "" R&D')).toEqual(['LIST (\\HasNoChildren) "/" R&-D'])
  })
})

describe('a search that is kept up to date (RFC 5267 4.3)', () => {
  it('hears of what its own session changes', () => {
    const { line } = withMail(5)
    expect(line.ok('SEARCH RETURN (UPDATE ALL) SEEN')).toEqual(['ESEARCH (TAG "t3")'])
    expect(line.ok('STORE 1,2,4 +FLAGS.SILENT \\Seen')).toEqual(['ESEARCH (TAG "t3") ADDTO (0 1:2,4)'])
    expect(line.ok('FETCH 3 BODY[TEXT]').at(-1)).toBe('ESEARCH (TAG "t3") ADDTO (0 3)')
    expect(line.ok('STORE 1,2 -FLAGS.SILENT \\Seen')).toEqual(['ESEARCH (TAG "t3") REMOVEFROM (0 1:2)'])
  })

  it('hears by number of what is expunged before it is', () => {
    const { line } = withMail(5)
    line.ok('SEARCH RETURN (UPDATE) ALL')
    line.ok('STORE 2,4 +FLAGS.SILENT \\Deleted')
    expect(line.ok('EXPUNGE')).toEqual(['ESEARCH (TAG "t3") REMOVEFROM (0 2,4)', '2 EXPUNGE', '3 EXPUNGE'])
  })

  it('hears the places in a sorted result', () => {
    const { line } = withMail(3)
    line.ok('SORT RETURN (UPDATE) (REVERSE SUBJECT) UTF-8 UNDELETED')
    expect(line.ok('STORE 2:3 +FLAGS.SILENT \\Deleted')).toEqual(['ESEARCH (TAG "t3") REMOVEFROM (1 3 1 2)'])
  })

  it('is answered even if nothing but updates is asked for, and keeps its tag to itself', () => {
    const { line } = withMail(1)
    expect(line.ok('SEARCH RETURN (UPDATE) SEEN')).toEqual(['ESEARCH (TAG "t3")'])
    expect(line.feed('t3 SEARCH RETURN (UPDATE) ALL\r\n')).toMatch(/^t3 BAD /)
  })
})

describe('messages that another session has expunged', () => {
  function oneIsGone(): Line {
    const { desk, line } = withMail(3)
    const other = desk.open()
    other.ok('STORE 2 +FLAGS.SILENT \\Deleted')
    other.ok('EXPUNGE')
    return line
  }

  it('are no failure of a silent STORE that others could be done by (RFC 2180 4.2)', () => {
    const line = oneIsGone()
    expect(line.say('STORE 1:2 +FLAGS.SILENT \\Seen').tagged).toMatch(/^OK \[EXPUNGEISSUED\]/)
    expect(line.say('STORE 2 +FLAGS.SILENT \\Seen').tagged).toMatch(/^NO \[EXPUNGEISSUED\]/)
    const loud = line.say('STORE 1:2 +FLAGS \\Flagged')
    expect(loud.untagged).toEqual(['1 FETCH (FLAGS (\\Flagged \\Seen \\Recent))'])
    expect(loud.tagged).toMatch(/^NO \[EXPUNGEISSUED\] .* have been deleted/)
  })

  it('are missing in the result of SEARCH, which says so (RFC 5530 3)', () => {
    const line = oneIsGone()
    expect(line.say('SEARCH 1:3')).toEqual({
      untagged: ['SEARCH 1 3'],
      tagged: 'OK [EXPUNGEISSUED] SEARCH completed; some messages were expunged elsewhere',
    })
    expect(line.say('SORT (ARRIVAL) UTF-8 ALL').tagged).toMatch(/^OK \[EXPUNGEISSUED\]/)
    expect(line.say('THREAD REFERENCES UTF-8 ALL').tagged).toMatch(/^OK \[EXPUNGEISSUED\]/)
    expect(line.say('UID SEARCH ALL')).toEqual({
      untagged: ['SEARCH 1 3', '2 EXPUNGE'],
      tagged: 'OK UID SEARCH completed',
    })
    expect(line.say('SEARCH ALL')).toEqual({ untagged: ['SEARCH 1 2'], tagged: 'OK SEARCH completed' })
  })
})

describe('IMAP4rev2 once it is enabled (RFC 9051 4.3)', () => {
  it('tells that literals which nobody waits for are short now', () => {
    const { line } = withMail(0)
    const { tagged } = line.say('ENABLE IMAP4rev2')
    expect(tagged).toMatch(/^OK \[CAPABILITY IMAP4rev1 IMAP4rev2 LITERAL- /)
    expect(line.ok('CAPABILITY')[0]).toContain(' LITERAL- ')
    expect(line.feed(`a APPEND INBOX {4097+}\r\n${'x'.repeat(4097)}\r\n`)).toMatch(/^a BAD /)
    expect(line.feed(`b APPEND INBOX {4096+}\r\n${'x'.repeat(4096)}\r\n`)).toMatch(/b OK /)
  })

  it('says nothing of them where it was only LITERAL- before', () => {
    const desk = new Desk()
    const line = desk.session({ capabilities: ['IMAP4rev1', 'IMAP4rev2', 'LITERAL-', 'ENABLE'] })
    line.ok('LOGIN alice alice-pw')
    expect(line.say('ENABLE IMAP4rev2').tagged).toBe('OK ENABLE completed')
  })
})
