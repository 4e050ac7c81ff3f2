import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const loggedIn = (desk = new Desk(), more: Parameters<Desk['session']>[0] = {}): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  return line
}
/** Alice may hold 512 units of 1024 octets, and has these letters. */
const limited = (...texts: string[]): Desk => {
  const desk = new Desk()
  desk.store.account('alice')!.quota = 512 * 1024
  desk.deliver('alice', ...texts.map((text) => letter('x', text)))
  return desk
}

describe('QUOTA (RFC 9208)', () => {
  it('one root, named by nothing, for all of one’s mailboxes', () => {
    const line = loggedIn(limited('x'.repeat(9500)))
    expect(line.ok('GETQUOTA ""')).toEqual(['QUOTA "" (STORAGE 10 512)'])
    expect(line.ok('GETQUOTAROOT inbox')).toEqual(['QUOTAROOT INBOX ""', 'QUOTA "" (STORAGE 10 512)'])
    expect(line.ok('GETQUOTAROOT Sent')).toEqual(['QUOTAROOT Sent ""', 'QUOTA "" (STORAGE 10 512)'])
  })

  it('without a limit no resource is named', () => {
    expect(loggedIn().ok('GETQUOTA ""')).toEqual(['QUOTA "" ()'])
  })

  it('SETQUOTA sets what it names, and takes away the other limits', () => {
    const line = loggedIn(limited('one', 'two'))
    expect(line.ok('SETQUOTA "" (STORAGE 510 MESSAGE 1000)')).toEqual(['QUOTA "" (STORAGE 1 510 MESSAGE 2 1000)'])
    expect(line.ok('SETQUOTA "" (message 3)')).toEqual(['QUOTA "" (MESSAGE 2 3)'])
    expect(line.say('APPEND INBOX {1+}\r\nx').tagged).toMatch(/^OK/)
    expect(line.say('APPEND INBOX {1}').tagged).toMatch(/^NO \[OVERQUOTA\]/)
    expect(line.ok('SETQUOTA "" ()')).toEqual(['QUOTA "" ()'])
    expect(line.say('APPEND INBOX {1+}\r\nx').tagged).toMatch(/^OK/)
  })

  it('a limit below what there is keeps what there is', () => {
    const line = loggedIn(limited('x'.repeat(5000)))
    expect(line.ok('SETQUOTA "" (STORAGE 1)')).toEqual(['QUOTA "" (STORAGE 6 1)'])
    line.ok('SELECT INBOX')
    expect(line.say('COPY 1 Sent').tagged).toMatch(/^NO \[OVERQUOTA\]/)
    line.ok('STORE 1 +FLAGS.SILENT (\\Deleted)')
    line.ok('EXPUNGE')
    expect(line.ok('GETQUOTA ""')).toEqual(['QUOTA "" (STORAGE 0 1)'])
  })

  it.each([
    ['GETQUOTA nobody', /^NO \[NONEXISTENT\]/],
    ['GETQUOTA bob', /^NO \[NONEXISTENT\]/],
    ['GETQUOTA', /^BAD /],
    ['GETQUOTAROOT nowhere', /^NO \[NONEXISTENT\]/],
    ['GETQUOTAROOT', /^BAD /],
    ['SETQUOTA nobody (STORAGE 1)', /^NO \[NONEXISTENT\]/],
    ['SETQUOTA "" (X-NUM-FOLDERS 1)', /^NO \[CANNOT\]/],
    ['SETQUOTA "" (STORAGE)', /^BAD /],
    ['SETQUOTA "" (STORAGE -1)', /^BAD /],
    ['SETQUOTA "" (STORAGE 99999999999999999999)', /^BAD /],
    ['SETQUOTA "" STORAGE 1', /^BAD /],
    ['SETQUOTA "" (STORAGE 1', /^BAD /],
    ['SETQUOTA ""', /^BAD /],
  ])('%s is refused, and nothing is changed', (command, answer) => {
    const line = loggedIn(limited())
    expect(line.say(command).tagged).toMatch(answer)
    expect(line.ok('GETQUOTA ""')).toEqual(['QUOTA "" (STORAGE 0 512)'])
  })

  it('of another’s mailbox it is his root, for who may read there; it cannot be set', () => {
    const desk = limited()
    desk.store.share('news', { anyone: 'lr' })
    const alice = loggedIn(desk)
    alice.ok('SETACL INBOX bob lr')
    const bob = desk.open('bob')
    expect(bob.ok('GETQUOTAROOT "Other Users/alice/INBOX"')).toEqual([
      'QUOTAROOT "Other Users/alice/INBOX" alice',
      'QUOTA alice (STORAGE 0 512)',
    ])
    expect(bob.ok('GETQUOTA alice')).toEqual(['QUOTA alice (STORAGE 0 512)'])
    expect(bob.say('SETQUOTA alice (STORAGE 1)').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(bob.say('GETQUOTA carol').tagged).toMatch(/^NO \[NONEXISTENT\]/)
    // What belongs to nobody has no root (RFC 9208 4.2.2).
    expect(bob.ok('GETQUOTAROOT Shared/news')).toEqual(['QUOTAROOT Shared/news'])
  })

  it('DELETED and DELETED-STORAGE tell what an EXPUNGE would free (RFC 9208 4.1.4)', () => {
    const line = limited('one', 'two').open()
    line.ok('STORE 1 +FLAGS.SILENT (\\Deleted)')
    expect(line.ok('STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)')).toEqual([
      `STATUS INBOX (MESSAGES 2 DELETED 1 DELETED-STORAGE ${letter('x', 'one').length})`,
    ])
  })

  it('is BAD where it is not offered', () => {
    const capabilities = ALL_CAPABILITIES.filter((name) => !name.startsWith('QUOTA'))
    expect(loggedIn(new Desk(), { capabilities }).say('GETQUOTA ""').tagged).toMatch(
      /^BAD GETQUOTA needs the capability/,
    )
  })
})
