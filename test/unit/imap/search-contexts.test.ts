import { describe, expect, test } from 'vitest'
import { Desk, letter, type Line } from './desk.ts'

const open = (count: number) => {
  const desk = new Desk()
  desk.deliver('alice', ...Array.from({ length: count }, (_, at) => letter(`n${at}`)))
  return { desk, line: desk.open(), other: desk.open() }
}

/** ESEARCH lines of a context without the tag, and everything else that shows their place. */
const told = (line: Line, command: string): string[] =>
  line.ok(command).flatMap((each) => {
    const update = /^ESEARCH \(TAG "([^"]+)"\) (.*)$/.exec(each)
    if (update) return [`${update[1]}: ${update[2]}`]
    return / EXPUNGE$| EXISTS$/.test(each) ? [each] : []
  })

/** Asks for updates under that tag. */
const keep = (line: Line, tag: string, command: string) => line.feed(`${tag} ${command}\r\n`)

describe('searches that are kept up to date (RFC 5267)', () => {
  test('one hears of its own changes too, silent or not', () => {
    const { line } = open(5)
    expect(keep(line, 'c', 'SEARCH RETURN (UPDATE) SEEN')).toMatch(/^\* ESEARCH \(TAG "c"\)\r\nc OK/)
    expect(told(line, 'STORE 1,2,4 +FLAGS (\\Seen)')).toEqual(['c: ADDTO (0 1:2,4)'])
    expect(told(line, 'STORE 1,2 -FLAGS.SILENT (\\Seen)')).toEqual(['c: REMOVEFROM (0 1:2)'])
    expect(told(line, 'STORE 4 +FLAGS (\\Flagged)')).toEqual([])
    expect(told(line, 'NOOP')).toEqual([])
  })

  test('numbers are told while they are valid: removals before EXPUNGE, additions behind EXISTS', () => {
    const { desk, line, other } = open(4)
    line.ok('STORE 1:4 +FLAGS (\\Seen)')
    expect(keep(line, 'c', 'SEARCH RETURN (UPDATE ALL) OR SEEN SUBJECT new')).toContain('ALL 1:4')
    expect(keep(line, 'u', 'UID SEARCH RETURN (UPDATE COUNT) OR SEEN SUBJECT new')).toContain('UID COUNT 4')
    other.ok('STORE 1,3 +FLAGS (\\Deleted)')
    other.ok('EXPUNGE')
    desk.deliver('alice', letter('new'))
    const lines = told(line, 'NOOP')
    const at = (text: string) => lines.indexOf(text)
    expect(lines).toHaveLength(7)
    expect(at('c: REMOVEFROM (0 1,3)')).toBeGreaterThanOrEqual(0)
    expect(at('c: REMOVEFROM (0 1,3)')).toBeLessThan(at('1 EXPUNGE'))
    expect(at('u: UID REMOVEFROM (0 1,3)')).toBeGreaterThanOrEqual(0)
    expect(at('2 EXPUNGE')).toBeGreaterThan(at('1 EXPUNGE'))
    expect(at('3 EXISTS')).toBeGreaterThan(at('2 EXPUNGE'))
    expect(at('c: ADDTO (0 3)')).toBeGreaterThan(at('3 EXISTS'))
    expect(at('u: UID ADDTO (0 5)')).toBeGreaterThan(at('3 EXISTS'))
  })

  test('numbers in the program mean the messages that bore them when it came', () => {
    const { line } = open(4)
    keep(line, 'c', 'SEARCH RETURN (UPDATE) 3:4 SEEN')
    line.ok('STORE 1 +FLAGS (\\Deleted)')
    line.ok('EXPUNGE')
    expect(told(line, 'STORE 1:* +FLAGS (\\Seen)')).toEqual(['c: ADDTO (0 2:3)'])
  })

  test('a sorted one tells places', () => {
    const { desk, line, other } = open(4)
    expect(keep(line, 's', 'SORT RETURN (UPDATE ALL) (REVERSE SUBJECT) UTF-8 UNSEEN')).toContain('ALL 4,3,2,1')
    expect(told(line, 'STORE 2:3 +FLAGS (\\Seen)')).toEqual(['s: REMOVEFROM (2 3 2 2)'])
    expect(told(line, 'STORE 2 -FLAGS (\\Seen)')).toEqual(['s: ADDTO (2 2)'])
    desk.deliver('alice', letter('n9'), letter('n00'))
    const lines = told(line, 'NOOP')
    expect(lines).toEqual(['6 EXISTS', 's: ADDTO (1 5 4 6)'])
    other.ok('STORE 2 +FLAGS (\\Deleted)')
    other.ok('EXPUNGE')
    expect(told(line, 'NOOP')).toEqual(['s: REMOVEFROM (3 2)', '2 EXPUNGE'])
  })

  test('a tag that is in use is BAD', () => {
    const { line } = open(1)
    keep(line, 'c', 'SEARCH RETURN (UPDATE) SEEN')
    expect(keep(line, 'c', 'SORT RETURN (UPDATE) (DATE) UTF-8 FLAGGED')).toMatch(/^c BAD/)
    expect(told(line, 'STORE 1 +FLAGS (\\Seen \\Flagged)')).toEqual(['c: ADDTO (0 1)'])
  })

  test('CANCELUPDATE ends it, and so does another mailbox', () => {
    const { line } = open(2)
    keep(line, 'c', 'SEARCH RETURN (UPDATE) SEEN')
    keep(line, 'd', 'SEARCH RETURN (UPDATE) SEEN')
    line.ok('CANCELUPDATE "c"')
    expect(told(line, 'STORE 1 +FLAGS (\\Seen)')).toEqual(['d: ADDTO (0 1)'])
    line.ok('SELECT INBOX')
    expect(told(line, 'STORE 2 +FLAGS (\\Seen)')).toEqual([])
  })

  test('too many are answered, but not kept: NOUPDATE', () => {
    const { line } = open(1)
    for (let at = 0; at < 16; at++)
      expect(keep(line, `k${at}`, 'SEARCH RETURN (UPDATE) SEEN')).not.toContain('NOUPDATE')
    const answer = keep(line, 'more', 'UID SEARCH RETURN (UPDATE COUNT) SEEN')
    expect(answer).toContain('* NO [NOUPDATE "more"]')
    expect(answer).toContain('* ESEARCH (TAG "more") UID COUNT 0\r\n')
    expect(answer).toMatch(/more OK .*\r\n$/)
  })

  test('in IDLE it is told as it happens', () => {
    const { line, other } = open(2)
    keep(line, 'c', 'UID SEARCH RETURN (UPDATE) FLAGGED')
    line.feed('i IDLE\r\n')
    other.ok('STORE 2 +FLAGS (\\Flagged)')
    expect(line.heard()).toContain('* ESEARCH (TAG "c") UID ADDTO (0 2)\r\n')
    expect(line.feed('DONE\r\n')).toMatch(/^i OK/)
  })
})
