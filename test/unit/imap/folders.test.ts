import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

const loggedIn = (desk = new Desk(), more: Parameters<Desk['session']>[0] = {}): Line => {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  return line
}
const names = (line: Line, pattern: string): string[] =>
  line.ok(`LIST "" ${pattern}`).map((text) => text.replace(/^.* "\/" /, ''))
const validity = (line: Line, name: string): number =>
  Number(/UIDVALIDITY (\d+)/.exec(line.ok(`STATUS ${name} (UIDVALIDITY)`)[0]!)![1])

describe('CREATE (RFC 3501 6.3.3)', () => {
  it('makes what is above too; a delimiter at the end only says that there will be more', () => {
    const line = loggedIn()
    line.ok('CREATE owatagu/')
    line.ok('CREATE owatagu/blurdybloop')
    line.ok('CREATE a/b/c')
    expect(line.ok('LIST "" "a%"')).toEqual(['LIST (\\Noselect \\HasChildren) "/" a'])
    expect(line.ok('LIST "" "a*"').slice(1)).toEqual([
      'LIST (\\Noselect \\HasChildren) "/" a/b',
      'LIST (\\HasNoChildren) "/" a/b/c',
    ])
    expect(names(line, 'owa*')).toEqual(['owatagu', 'owatagu/blurdybloop'])
    // RFC 3501 6.3.3 lets a mere parent become a mailbox.
    line.ok('CREATE a')
    expect(line.ok('LIST "" a')).toEqual(['LIST (\\HasChildren) "/" a'])
  })

  it.each([
    ['INBOX', /^NO \[ALREADYEXISTS\]/],
    ['inbox', /^NO \[ALREADYEXISTS\]/],
    ['Trash', /^NO \[ALREADYEXISTS\]/],
    ['""', /^NO \[CANNOT\]/],
    ['a//b', /^NO \[CANNOT\]/],
    ['/a', /^NO \[CANNOT\]/],
    ['"a*"', /^NO \[CANNOT\]/],
    ['"a%"', /^NO \[CANNOT\]/],
    ['Shared/x', /^NO \[NOPERM\]/],
    ['"Other Users"', /^NO \[CANNOT\]/],
    ['"Other Users/nobody/x"', /^NO \[CANNOT\]/],
    ['a b', /^BAD /],
    ['', /^BAD /],
    [`"${'x'.repeat(1001)}"`, /^NO \[CANNOT\]/],
    [Array.from({ length: 33 }, () => 'x').join('/'), /^NO \[CANNOT\]/],
  ])('%s is refused', (name, answer) => expect(loggedIn().say(`CREATE ${name}`).tagged).toMatch(answer))

  it('INBOX has children like any other, whatever its case', () => {
    const line = loggedIn()
    line.ok('CREATE inbox/Work')
    expect(names(line, '"INBOX*"')).toEqual(['INBOX', 'INBOX/Work'])
    expect(line.say('CREATE INBOX/Work').tagged).toMatch(/^NO \[ALREADYEXISTS\]/)
    expect(line.say('CREATE INBOX/work').tagged).toMatch(/^OK/)
  })

  it('names are Unicode, in modified UTF-7 on the wire (RFC 3501 5.1.3)', () => {
    const line = loggedIn()
    line.ok('CREATE "~peter/mail/&U,BTFw-/&ZeVnLIqe-"')
    expect(names(line, '"~peter/mail/&U,BTFw-/%"')).toEqual(['~peter/mail/&U,BTFw-/&ZeVnLIqe-'])
    line.ok('ENABLE UTF8=ACCEPT')
    // RFC 6855 3: now they are UTF-8 in quotes, and & is only itself.
    expect(names(line, '"~peter/*/%/%"').at(-1)).toBe(
      '"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"',
    )
    line.ok('CREATE "\xc3\xa9t\xc3\xa9 & cie"')
    expect(line.ok('STATUS "\xc3\xa9t\xc3\xa9 & cie" (MESSAGES)')).toEqual([
      'STATUS "\xc3\xa9t\xc3\xa9 & cie" (MESSAGES 0)',
    ])
    expect(names(loggedIn(), '"&AOk-*"')).toEqual([])
  })

  it('gives special uses (RFC 6154 3), as the RFC’s example', () => {
    const line = loggedIn()
    line.ok('CREATE MySpecial (USE (\\Drafts \\Sent))')
    expect(line.say('CREATE Everything (USE (\\All))').tagged).toMatch(/^NO \[USEATTR\]/)
    expect(line.ok('LIST "" MySpecial')).toEqual(['LIST (\\HasNoChildren \\Drafts \\Sent) "/" MySpecial'])
    expect(line.say('CREATE Other (USE)').tagged).toMatch(/^BAD /)
    expect(line.say('CREATE Other (AS (\\Sent))').tagged).toMatch(/^BAD /)
    line.ok('CREATE Plain (USE ())')
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'CREATE-SPECIAL-USE')
    expect(loggedIn(new Desk(), { capabilities }).say('CREATE x (USE (\\Sent))').tagged).toMatch(/^BAD /)
  })

  it('where it lies elsewhere refers (RFC 2193 4.2)', () => {
    const desk = new Desk()
    desk.store.referMailbox('alice', 'SHARED', 'IMAP://user;AUTH=*@SERVER2/SHARED')
    const line = loggedIn(desk)
    for (const command of ['CREATE SHARED/FOO', 'DELETE SHARED', 'RENAME SHARED x', 'STATUS SHARED (MESSAGES)'])
      expect(line.say(command).tagged, command).toMatch(/^NO \[REFERRAL IMAP:\/\/user;AUTH=\*@SERVER2\/SHARED\]/)
  })

  it('there may not be too many', () => {
    const line = loggedIn()
    const deep = (k: number) => `n${k}/${'x/'.repeat(30)}y`
    let k = 0
    while (line.say(`CREATE ${deep(k)}`).tagged.startsWith('OK') && k < 400) k++
    expect(line.say(`CREATE ${deep(k)}`).tagged).toMatch(/^NO \[LIMIT\]/)
  })
})

describe('DELETE (RFC 3501 6.3.4)', () => {
  it('is the RFC’s example: what holds others stays as their parent', () => {
    const line = loggedIn()
    for (const name of ['blurdybloop', 'foo', 'foo/bar']) line.ok(`CREATE ${name}`)
    line.ok('DELETE blurdybloop')
    line.ok('DELETE foo')
    expect(line.ok('LIST "" "foo*"')).toEqual([
      'LIST (\\Noselect \\HasChildren) "/" foo',
      'LIST (\\HasNoChildren) "/" foo/bar',
    ])
    expect(line.say('DELETE foo').tagged).toMatch(/^NO \[HASCHILDREN\]/)
    line.ok('DELETE foo/bar')
    line.ok('DELETE foo')
    expect(names(line, 'foo*')).toEqual([])
  })

  it.each([
    ['INBOX', /^NO \[CANNOT\]/],
    ['iNbOx', /^NO \[CANNOT\]/],
    ['nowhere', /^NO \[NONEXISTENT\]/],
    ['""', /^NO \[NONEXISTENT\]/],
    ['', /^BAD /],
  ])('%s is refused', (name, answer) => expect(loggedIn().say(`DELETE ${name}`).tagged).toMatch(answer))

  it('what is made again under the name has another UIDVALIDITY (RFC 3501 2.3.1.1)', () => {
    const line = loggedIn()
    line.ok('CREATE x')
    const before = validity(line, 'x')
    line.ok('DELETE x')
    line.ok('CREATE x')
    const between = validity(line, 'x')
    expect(between).toBeGreaterThan(before)
    line.ok('CREATE y')
    line.ok('DELETE x')
    line.ok('RENAME y x')
    expect(validity(line, 'x')).toBeGreaterThan(between)
  })

  it('leaves the subscription (RFC 3501 6.3.6)', () => {
    const line = loggedIn()
    line.ok('CREATE x')
    line.ok('SUBSCRIBE x')
    line.ok('DELETE x')
    expect(line.ok('LSUB "" x')).toEqual(['LSUB () "/" x'])
    line.ok('UNSUBSCRIBE x')
    expect(line.ok('LSUB "" x')).toEqual([])
    expect(line.say('UNSUBSCRIBE x').tagged).toMatch(/^NO \[NONEXISTENT\]/)
    expect(line.say('SUBSCRIBE x').tagged).toMatch(/^NO \[NONEXISTENT\]/)
  })

  it('asks for the right x (RFC 4314 4)', () => {
    const desk = new Desk()
    desk.store.share('board', { anyone: 'lrswite' })
    desk.store.share('free', { alice: 'lrx' })
    const line = loggedIn(desk)
    expect(line.say('DELETE Shared/board').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(line.say('RENAME Shared/board Shared/x').tagged).toMatch(/^NO \[NOPERM\]/)
    expect(line.say('DELETE Shared/free').tagged).toMatch(/^OK/)
  })
})

describe('RENAME (RFC 3501 6.3.5)', () => {
  it('takes its children along, and makes what is above the new name', () => {
    const line = loggedIn()
    for (const name of ['foo', 'foo/bar', 'foo/bar/deep', 'foobar']) line.ok(`CREATE ${name}`)
    line.ok('RENAME foo zowie/new')
    expect(names(line, '"zowie*"')).toEqual(['zowie', 'zowie/new', 'zowie/new/bar', 'zowie/new/bar/deep'])
    expect(names(line, '"foo*"')).toEqual(['foobar'])
  })

  it('keeps messages, UIDs and UIDVALIDITY', () => {
    const desk = new Desk()
    const line = loggedIn(desk)
    line.ok('CREATE x')
    desk.store.deliver('alice', 'x', letter('one'), desk.now, ['\\Seen'])
    const before = line.ok('STATUS x (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)')[0]!
    line.ok('RENAME x y')
    expect(line.ok('STATUS y (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)')).toEqual([before.replace(' x ', ' y ')])
  })

  it('of INBOX moves its messages, and leaves it and its children where they are', () => {
    const desk = new Desk()
    desk.deliver('alice', letter('one'), letter('two'))
    const line = loggedIn(desk)
    line.ok('CREATE INBOX/bar')
    line.ok('RENAME INBOX old-mail')
    expect(names(line, '"INBOX*"')).toEqual(['INBOX', 'INBOX/bar'])
    expect(line.ok('STATUS INBOX (MESSAGES)')).toEqual(['STATUS INBOX (MESSAGES 0)'])
    expect(line.ok('STATUS old-mail (MESSAGES)')).toEqual(['STATUS old-mail (MESSAGES 2)'])
    expect(names(line, '"old*"')).toEqual(['old-mail'])
  })

  it.each([
    ['nowhere x', /^NO \[NONEXISTENT\]/],
    ['Sent Trash', /^NO \[ALREADYEXISTS\]/],
    ['Sent INBOX', /^NO \[ALREADYEXISTS\]/],
    ['Sent Sent', /^NO \[(ALREADYEXISTS|CANNOT)\]/],
    ['Sent Sent/below', /^NO \[CANNOT\]/],
    ['Sent a//b', /^NO \[CANNOT\]/],
    ['Sent ""', /^NO \[CANNOT\]/],
    ['Sent Shared/x', /^NO \[CANNOT\]/],
    ['INBOX Trash', /^NO \[ALREADYEXISTS\]/],
    ['Sent', /^BAD /],
    ['Sent x y', /^BAD /],
  ])('%s is refused, and nothing is changed', (args, answer) => {
    const line = loggedIn()
    const before = names(line, '*')
    expect(line.say(`RENAME ${args}`).tagged).toMatch(answer)
    expect(names(line, '*')).toEqual(before)
  })
})

describe('SUBSCRIBE (RFC 3501 6.3.6)', () => {
  it('INBOX whatever its case; twice is once', () => {
    const line = loggedIn()
    line.ok('UNSUBSCRIBE inbox')
    expect(line.ok('LSUB "" INBOX')).toEqual([])
    line.ok('SUBSCRIBE inbox')
    line.ok('SUBSCRIBE INBOX')
    expect(line.ok('LSUB "" inbox')).toEqual(['LSUB () "/" INBOX'])
  })

  it('is one’s own: another user’s mailbox stays unsubscribed to him', () => {
    const desk = new Desk()
    desk.store.share('news', { anyone: 'lr' })
    const line = loggedIn(desk)
    line.ok('SUBSCRIBE Shared/news')
    expect(line.ok('LSUB "" "Shared/*"')).toEqual(['LSUB () "/" Shared/news'])
    const bob = desk.open('bob')
    expect(bob.ok('LSUB "" "Shared/*"')).toEqual([])
  })
})
