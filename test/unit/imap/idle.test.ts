import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

/** Alice's INBOX with three letters, one session in IDLE and another one. */
const idling = (...enabled: string[]): [Line, Line, Desk] => {
  const desk = new Desk()
  desk.deliver('alice', letter('one'), letter('two'), letter('three'))
  desk.open()
  const idle = desk.session()
  idle.ok('LOGIN alice alice-pw')
  if (enabled.length > 0) idle.ok(`ENABLE ${enabled.join(' ')}`)
  idle.ok('SELECT INBOX')
  idle.heard()
  expect(idle.feed('A002 IDLE\r\n')).toBe('+ idling\r\n')
  return [idle, desk.open(), desk]
}

describe('IDLE (RFC 2177)', () => {
  it('tells what happens as it happens: arrivals, flags, expunges', () => {
    const [idle, other, desk] = idling()
    desk.deliver('alice', letter('four'))
    expect(idle.heard()).toBe('* 4 EXISTS\r\n* 1 RECENT\r\n')
    other.ok('STORE 2 +FLAGS (\\Deleted)')
    expect(idle.heard()).toBe('* 2 FETCH (FLAGS (\\Deleted))\r\n')
    other.ok('EXPUNGE')
    expect(idle.heard()).toBe('* 2 EXPUNGE\r\n')
    expect(idle.feed('DONE\r\n')).toBe('A002 OK IDLE terminated\r\n')
    expect(idle.ok('NOOP')).toEqual([])
    expect(idle.ok('FETCH 1:* UID')).toHaveLength(3)
  })

  it('two that idle see the same, and only one of them \\Recent', () => {
    const [idle, , desk] = idling()
    const second = desk.open()
    second.heard()
    second.feed('b IDLE\r\n')
    desk.deliver('alice', letter('four'))
    const told = [idle.heard(), second.heard()]
    expect(told).toEqual(['* 4 EXISTS\r\n* 1 RECENT\r\n', '* 4 EXISTS\r\n* 0 RECENT\r\n'])
  })

  it('begins with nothing untold, and DONE tells what came between', () => {
    const [idle, other] = idling()
    idle.feed('DONE\r\n')
    other.ok('STORE 1 +FLAGS (\\Seen)')
    expect(idle.feed('b IDLE\r\n')).toBe('* 1 FETCH (FLAGS (\\Seen))\r\n+ idling\r\n')
    expect(idle.feed('done\r\n')).toBe('b OK IDLE terminated\r\n')
  })

  it('says nothing after DONE until it is asked', () => {
    const [idle, , desk] = idling()
    idle.feed('DONE\r\n')
    desk.deliver('alice', letter('four'))
    expect(idle.heard()).toBe('')
    expect(idle.ok('NOOP')).toEqual(['4 EXISTS', '1 RECENT'])
  })

  it('with QRESYNC expunges are VANISHED', () => {
    const [idle, other] = idling('QRESYNC')
    other.ok('STORE 1:2 +FLAGS.SILENT (\\Deleted)')
    expect(idle.heard()).toMatch(/^\* 1 FETCH \(UID 1 MODSEQ \(\d+\) FLAGS \(\\Deleted\)\)\r\n\* 2 FETCH /)
    other.ok('EXPUNGE')
    expect(idle.heard()).toBe('* VANISHED 1:2\r\n')
  })

  it.each(['NOOP', 'a NOOP', 'A002 DONE', '', 'DONE x', 'x'.repeat(70_000)])(
    'anything but DONE (%#) ends it with BAD, and the session goes on',
    (line) => {
      const [idle, , desk] = idling()
      expect(idle.feed(`${line}\r\n`)).toBe('A002 BAD DONE was expected\r\n')
      desk.deliver('alice', letter('four'))
      expect(idle.heard()).toBe('')
      expect(idle.ok('FETCH 1 UID')[0]).toBe('1 FETCH (UID 1)')
    },
  )

  it('is possible without an open mailbox, and then tells nothing', () => {
    const desk = new Desk()
    const line = desk.session()
    line.ok('LOGIN alice alice-pw')
    line.heard()
    expect(line.feed('a IDLE\r\n')).toBe('+ idling\r\n')
    desk.deliver('alice', letter('one'))
    expect(line.heard()).toBe('')
    expect(line.feed('DONE\r\n')).toBe('a OK IDLE terminated\r\n')
    expect(line.state.state).toBe('authenticated')
    line.feed('b IDLE\r\n')
    expect(line.feed('NOOP\r\n')).toBe('b BAD DONE was expected\r\n')
    expect(line.state.state).toBe('authenticated')
  })

  it('a mailbox that is deleted meanwhile is told empty', () => {
    const desk = new Desk()
    const other = desk.open()
    other.ok('CREATE x')
    desk.store.deliver('alice', 'x', letter('one'), desk.now)
    const idle = desk.open('alice', 'SELECT x')
    idle.heard()
    idle.feed('a IDLE\r\n')
    other.ok('DELETE x')
    expect(idle.heard()).toBe('* 1 EXPUNGE\r\n')
    expect(idle.feed('DONE\r\n')).toBe('a OK IDLE terminated\r\n')
  })

  it('ends with the connection: nothing is told any more', () => {
    const [idle, , desk] = idling()
    idle.close()
    desk.deliver('alice', letter('four'))
    expect(idle.heard()).toBe('')
  })

  it('takes no arguments, is for those who have logged in, and where it is offered', () => {
    expect(new Desk().open().say('IDLE x').tagged).toMatch(/^BAD /)
    expect(new Desk().session().say('IDLE').tagged).toMatch(/^BAD IDLE is not possible now/)
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'IDLE' && name !== 'IMAP4rev2')
    expect(new Desk().open('alice', 'SELECT INBOX', { capabilities }).say('IDLE').tagged).toMatch(/^BAD IDLE needs/)
  })
})
