import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const loggedIn = (desk = new Desk(), more: Parameters<Desk['session']>[0] = {}, user = 'alice'): Line => {
  const line = desk.session(more)
  line.ok(`LOGIN ${user} ${user}-pw`)
  return line
}
/** Alice gives these rights on her mailbox Drafts to bob; both are logged in. */
const given = (rights: string): [Line, Line, Desk] => {
  const desk = new Desk()
  desk.store.deliver('alice', 'Drafts', letter('one'), desk.now)
  const alice = loggedIn(desk)
  alice.ok(`SETACL Drafts bob ${rights}`)
  return [alice, loggedIn(desk, {}, 'bob'), desk]
}
const DRAFTS = '"Other Users/alice/Drafts"'
const ALL = 'lrswipkxteacd'

describe('ACL (RFC 4314)', () => {
  it('SETACL and GETACL as in the RFC’s examples (3.1)', () => {
    const line = loggedIn()
    expect(line.ok('GETACL Drafts')).toEqual([`ACL Drafts alice ${ALL}`])
    line.ok('SeTacl Drafts David lrswida')
    expect(line.ok('getacl Drafts')).toEqual([`ACL Drafts alice ${ALL} David lrswitead`])
    line.ok('Setacl Drafts Byron lrswikda')
    expect(line.ok('GETACL Drafts')[0]).toMatch(/ Byron lrswikteacd$/)
    line.ok('SETACL Drafts David ""')
    line.ok('SETACL Drafts Chris lrswi')
    line.ok('SETACL Drafts Chris +cda')
    expect(line.ok('GETACL Drafts')[0]).toMatch(/ Chris lrswikxteacd$/)
    line.ok('SETACL Drafts Chris -cd')
    expect(line.ok('GETACL Drafts')[0]).toMatch(/ Chris lrswia$/)
    expect(line.ok('GETACL Drafts')[0]).not.toContain('David')
  })

  it('DELETEACL takes all of an identifier, and nothing of another (3.2)', () => {
    const line = loggedIn()
    line.ok('SETACL Drafts anyone lr')
    line.ok('SETACL Drafts -bob r')
    expect(line.ok('GETACL Drafts')).toEqual([`ACL Drafts alice ${ALL} anyone lr -bob r`])
    line.ok('DELETEACL Drafts anyone')
    expect(line.ok('GETACL Drafts')).toEqual([`ACL Drafts alice ${ALL} -bob r`])
    expect(line.say('DELETEACL Drafts nobody').tagged).toMatch(/^OK/)
  })

  it('the owner keeps the rights to look it up and to give rights', () => {
    const line = loggedIn()
    line.ok('SETACL Drafts alice ""')
    expect(line.ok('MYRIGHTS Drafts')).toEqual(['MYRIGHTS Drafts la'])
    expect(line.say('SELECT Drafts').tagged).toMatch(/^NO \[NOPERM\]/)
    line.ok('SETACL Drafts alice lrswipkxtea')
    expect(line.ok('MYRIGHTS Drafts')).toEqual([`MYRIGHTS Drafts ${ALL}`])
  })

  it('LISTRIGHTS tells what is always there and what may be, old letters with those that they became', () => {
    const line = loggedIn()
    expect(line.ok('LISTRIGHTS Drafts smith')).toEqual(['LISTRIGHTS Drafts smith "" l r s w i p kc x td e a'])
    expect(line.ok('LISTRIGHTS Drafts alice')).toEqual(['LISTRIGHTS Drafts alice la r s w i p kc x td e'])
  })

  it.each([
    ['SETACL Drafts John lrQswicda', /^BAD there is no right Q/],
    ['SETACL Drafts John lrqswicda', /^BAD there is no right q/],
    ['SETACL Drafts John', /^BAD /],
    ['SETACL Drafts John l r', /^BAD /],
    ['SETACL Drafts "" l', /^NO \[CANNOT\]/],
    ['SETACL Drafts - l', /^NO \[CANNOT\]/],
    ['SETACL nowhere bob l', /^NO \[NONEXISTENT\]/],
    ['GETACL nowhere', /^NO \[NONEXISTENT\]/],
    ['GETACL', /^BAD /],
    ['MYRIGHTS nowhere', /^NO \[NONEXISTENT\]/],
    ['LISTRIGHTS nowhere bob', /^NO \[NONEXISTENT\]/],
    ['LISTRIGHTS Drafts', /^BAD /],
    ['DELETEACL Drafts', /^BAD /],
    ['DELETEACL nowhere bob', /^NO \[NONEXISTENT\]/],
  ])('%s is refused', (command, answer) => {
    const line = loggedIn()
    expect(line.say(command).tagged).toMatch(answer)
    expect(line.ok('GETACL Drafts')).toEqual([`ACL Drafts alice ${ALL}`])
  })

  it('identifiers are UTF-8, and written as strings where they are no atoms', () => {
    const line = loggedIn()
    line.ok('SETACL Drafts "the team" l')
    line.ok('SETACL Drafts {2+}\r\n\xc3\xa9 r')
    expect(line.ok('GETACL Drafts')).toEqual([`ACL Drafts alice ${ALL} "the team" l {2}\r\n\xc3\xa9 r`])
  })
})

describe('what rights allow (RFC 4314 4)', () => {
  it('without l it is not there', () => {
    const [, bob] = given('rswi')
    expect(bob.ok('LIST "" "Other*"')).toEqual([])
    expect(bob.ok(`SELECT ${DRAFTS}`)).toContain('1 EXISTS')
    expect(given('p')[1].say(`SELECT ${DRAFTS}`).tagged).toMatch(/^NO \[NONEXISTENT\]/)
  })

  it('l only: it is listed, and nothing else', () => {
    const [, bob] = given('l')
    expect(bob.ok(`LIST "" ${DRAFTS}`)).toEqual([`LIST (\\HasNoChildren \\Drafts) "/" ${DRAFTS}`])
    expect(bob.ok(`MYRIGHTS ${DRAFTS}`)).toEqual([`MYRIGHTS ${DRAFTS} l`])
    for (const command of [
      `SELECT ${DRAFTS}`,
      `STATUS ${DRAFTS} (MESSAGES)`,
      `GETACL ${DRAFTS}`,
      `SETACL ${DRAFTS} bob lra`,
      `LISTRIGHTS ${DRAFTS} bob`,
      `DELETE ${DRAFTS}`,
      `CREATE ${DRAFTS.slice(0, -1)}/x"`,
      `APPEND ${DRAFTS} {1+}\r\nx`,
      `GETQUOTAROOT ${DRAFTS}`,
    ])
      expect(bob.say(command).tagged, command).toMatch(/^NO \[NOPERM\]/)
  })

  it.each([
    ['lr', 'STORE 1 +FLAGS (\\Seen)', /^NO \[(READ-ONLY|NOPERM)\]/],
    ['lrs', 'STORE 1 +FLAGS (\\Seen)', /^OK/],
    ['lrs', 'STORE 1 +FLAGS (\\Deleted)', /^NO \[NOPERM\]/],
    ['lrt', 'STORE 1 +FLAGS (\\Deleted)', /^OK/],
    ['lrt', 'EXPUNGE', /^NO \[NOPERM\]/],
    ['lre', 'EXPUNGE', /^OK/],
    ['lrw', 'STORE 1 +FLAGS (word)', /^OK/],
    ['lrw', 'STORE 1 +FLAGS (\\Seen)', /^NO \[NOPERM\]/],
    ['lrwi', `COPY 1 ${DRAFTS}`, /^OK/],
    ['lrwk', `CREATE ${DRAFTS.slice(0, -1)}/x"`, /^OK/],
    ['lrwx', `DELETE ${DRAFTS}`, /^OK/],
    ['lrwa', `SETACL ${DRAFTS} carol lr`, /^OK/],
  ])('%s: %s', (rights, command, answer) => {
    const [, bob] = given(rights)
    bob.ok(`SELECT ${DRAFTS}`)
    expect(bob.say(command).tagged).toMatch(answer)
  })

  it('what is denied to -user is taken from what anyone has (RFC 4314 2)', () => {
    const [alice, bob] = given('lrs')
    alice.ok('SETACL Drafts anyone lrw')
    alice.ok('SETACL Drafts -bob w')
    expect(bob.ok(`MYRIGHTS ${DRAFTS}`)).toEqual([`MYRIGHTS ${DRAFTS} lrs`])
  })

  it('rights that are taken count at once, also where the mailbox is open', () => {
    const [alice, bob] = given('lrst')
    bob.ok(`SELECT ${DRAFTS}`)
    alice.ok('SETACL Drafts bob lr')
    expect(bob.say('STORE 1 +FLAGS (\\Seen)').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(bob.ok('FETCH 1 FLAGS')).toEqual(['1 FETCH (FLAGS (\\Recent))'])
  })

  it('CLOSE expunges only with e', () => {
    const [, bob, desk] = given('lrt')
    bob.ok(`SELECT ${DRAFTS}`)
    bob.ok('STORE 1 +FLAGS.SILENT (\\Deleted)')
    bob.ok('CLOSE')
    expect(desk.store.account('alice')!.mailboxes.get('Drafts')!.count).toBe(1)
  })

  it('a child begins with the rights of what is above it', () => {
    const [alice, bob] = given('lr')
    alice.ok('CREATE Drafts/child')
    expect(bob.ok('MYRIGHTS "Other Users/alice/Drafts/child"')).toEqual([
      'MYRIGHTS "Other Users/alice/Drafts/child" lr',
    ])
  })

  it('is BAD where it is not offered', () => {
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'ACL')
    expect(loggedIn(new Desk(), { capabilities }).say('MYRIGHTS INBOX').tagged).toMatch(
      /^BAD MYRIGHTS needs the capability/,
    )
  })
})
