import { describe, expect, it } from 'vitest'
import { ALL_CAPABILITIES, Desk, letter, type Line } from './desk.ts'

/** Capabilities of RFC 3501, and those that are named: nothing more is told of a mailbox than is asked for. */
const only = (...names: string[]) => ({ capabilities: ['IMAP4rev1', 'LITERAL+', ...names] })

/** Alice with these mailboxes and subscriptions, and none of those that are there from the start but INBOX. */
function alice(
  mailboxes: readonly string[],
  subscribed: readonly string[] = [],
  more: Parameters<Desk['session']>[0] = {},
  desk = new Desk(),
): Line {
  const line = desk.session(more)
  line.ok('LOGIN alice alice-pw')
  for (const name of ['Archive', 'Drafts', 'Junk', 'Sent', 'Trash']) {
    line.ok(`UNSUBSCRIBE ${name}`)
    line.ok(`DELETE ${name}`)
  }
  for (const name of mailboxes)
    if (desk.store.account('alice')!.mailboxes.get(name) === undefined) line.ok(`CREATE "${name}"`)
  line.ok('UNSUBSCRIBE INBOX')
  for (const name of subscribed) {
    const exists = mailboxes.includes(name) || name === 'INBOX'
    if (!exists) line.ok(`CREATE "${name}"`)
    line.ok(`SUBSCRIBE "${name}"`)
    if (!exists) line.ok(`DELETE "${name}"`)
  }
  return line
}
const list = (line: Line, rest: string): string[] => line.ok(`LIST ${rest}`).map((text) => text.replace(/^LIST /, ''))

describe('LIST (RFC 3501 6.3.8)', () => {
  const tree = ['foo', 'foo/bar', 'foo/bar/baz', 'food']

  it.each([
    ['"" "*"', 'INBOX foo foo/bar foo/bar/baz food'],
    ['"" *', 'INBOX foo foo/bar foo/bar/baz food'],
    ['"" %', 'INBOX foo food'],
    ['"" foo', 'foo'],
    ['"" foo%', 'foo food'],
    ['"" foo/%', 'foo/bar'],
    ['"" foo*', 'foo foo/bar foo/bar/baz food'],
    ['"" %/%', 'foo/bar'],
    ['"" %/%/%', 'foo/bar/baz'],
    ['"" *baz', 'foo/bar/baz'],
    ['"" %baz', ''],
    ['"" */*', 'foo/bar foo/bar/baz'],
    ['"" inBox', 'INBOX'],
    ['"" INB%', 'INBOX'],
    ['"" inb*', 'INBOX'],
    ['"" FOO', ''],
    ['foo/ %', 'foo/bar'],
    ['foo bar', ''],
    ['foo/ bar/baz', 'foo/bar/baz'],
    ['"foo/b" "%"', 'foo/bar'],
  ])('%s', (rest, names) => {
    const found = list(alice(tree, [], only()), rest).map((text) => text.replace('() "/" ', ''))
    expect(found.join(' ')).toBe(names)
  })

  it('an empty pattern asks for the delimiter, and the root of the reference', () => {
    const line = alice([], [], only())
    expect(list(line, '"" ""')).toEqual(['(\\Noselect) "/" ""'])
    expect(list(line, 'foo/bar ""')).toEqual(['(\\Noselect) "/" ""'])
    expect(list(line, '"Shared/news" ""')).toEqual(['(\\Noselect) "/" Shared/'])
    expect(list(line, '"Other Users/bob/x" ""')).toEqual(['(\\Noselect) "/" "Other Users/"'])
  })

  it('names that are no atoms are quoted, and patterns may be', () => {
    const line = alice(['a b', 'a(b)', 'q"uote\\'.replace(/["\\]/g, '\\$&'), 'NIL'], [], only())
    expect(list(line, '"" "a%"')).toEqual(['() "/" "a b"', '() "/" "a(b)"'])
    expect(list(line, '"" "q%"')).toEqual(['() "/" "q\\"uote\\\\"'])
    expect(list(line, '"" {3+}\r\nNIL')).toEqual(['() "/" "NIL"'])
  })

  it.each(['LIST', 'LIST ""', 'LIST "" (', 'LIST "" a b', 'LIST "" %%%% x', 'LSUB ""', 'LIST a"b %'])(
    '%s is BAD',
    (command) => expect(alice([]).say(command).tagged).toMatch(/^BAD /),
  )

  it('tells children and special uses to all where they are offered (RFC 3348, RFC 6154 5)', () => {
    const line = new Desk().open()
    expect(line.ok('LIST "" %')).toEqual([
      'LIST (\\HasNoChildren) "/" INBOX',
      'LIST (\\HasNoChildren \\Archive) "/" Archive',
      'LIST (\\HasNoChildren \\Drafts) "/" Drafts',
      'LIST (\\HasNoChildren \\Junk) "/" Junk',
      'LIST (\\HasNoChildren \\Sent) "/" Sent',
      'LIST (\\HasNoChildren \\Trash) "/" Trash',
    ])
    expect(line.ok('LIST (SPECIAL-USE) "" "S*"')).toEqual(['LIST (\\Sent) "/" Sent'])
    expect(line.ok('LIST "" (INBOX Sent) RETURN (SPECIAL-USE)')).toEqual([
      'LIST () "/" INBOX',
      'LIST (\\Sent) "/" Sent',
    ])
  })

  it('a pattern that is made to hurt does not', () => {
    const line = alice(['a'.repeat(200)], [], only())
    expect(list(line, `"" "${'*a'.repeat(90)}b"`)).toEqual([])
    expect(list(line, `"" "${'%'.repeat(5000)}"`)).toHaveLength(2)
  })
})

describe('LSUB (RFC 3501 6.3.9)', () => {
  it('a % also tells of names above those that are subscribed, as \\Noselect', () => {
    const line = alice(['foo', 'foo/bar', 'news/comp/mail'], ['foo/bar', 'news/comp/mail', 'gone'], only())
    expect(line.ok('LSUB "" *')).toEqual(['LSUB () "/" foo/bar', 'LSUB () "/" gone', 'LSUB () "/" news/comp/mail'])
    expect(line.ok('LSUB "" %')).toEqual([
      'LSUB (\\Noselect) "/" foo',
      'LSUB () "/" gone',
      'LSUB (\\Noselect) "/" news',
    ])
    expect(line.ok('LSUB "news/" "%"')).toEqual(['LSUB (\\Noselect) "/" news/comp'])
    expect(line.ok('LSUB "" foo')).toEqual([])
  })
})

describe('LIST-EXTENDED (RFC 5258 5)', () => {
  const fruit = ['Fruit', 'Fruit/Apple', 'Fruit/Banana', 'Tofu', 'Vegetable', 'Vegetable/Broccoli', 'Vegetable/Corn']
  const wanted = ['INBOX', 'Fruit/Banana', 'Fruit/Peach', 'Vegetable', 'Vegetable/Broccoli', 'Bread']
  const kitchen = () => {
    const desk = new Desk()
    for (const name of ['Bread', 'Meat']) desk.store.referMailbox('alice', name, `imap://server2/${name}`)
    const line = alice(
      fruit,
      wanted.filter((name) => name !== 'Bread'),
      only('LIST-EXTENDED'),
      desk,
    )
    line.ok('SUBSCRIBE Bread')
    return line
  }

  it('1 and 2: all, and those that are subscribed', () => {
    expect(list(kitchen(), '"" "*"')).toEqual(['INBOX', ...fruit].map((name) => `() "/" ${name}`))
    expect(list(kitchen(), '(SUBSCRIBED) "" "*"')).toEqual([
      '(\\Subscribed) "/" INBOX',
      '(\\Subscribed) "/" Fruit/Banana',
      '(\\NonExistent \\Subscribed) "/" Fruit/Peach',
      '(\\Subscribed) "/" Vegetable',
      '(\\Subscribed) "/" Vegetable/Broccoli',
    ])
  })

  it('3 to 6: children, and what lies on other servers', () => {
    const line = kitchen()
    expect(list(line, '() "" "%" RETURN (CHILDREN)')).toEqual([
      '(\\HasNoChildren) "/" INBOX',
      '(\\HasChildren) "/" Fruit',
      '(\\HasNoChildren) "/" Tofu',
      '(\\HasChildren) "/" Vegetable',
    ])
    expect(list(line, '(REMOTE) "" "%" RETURN (CHILDREN)')).toEqual([
      '(\\HasNoChildren) "/" INBOX',
      '(\\Remote \\HasNoChildren) "/" Bread',
      '(\\HasChildren) "/" Fruit',
      '(\\Remote \\HasNoChildren) "/" Meat',
      '(\\HasNoChildren) "/" Tofu',
      '(\\HasChildren) "/" Vegetable',
    ])
    expect(list(line, '(REMOTE SUBSCRIBED) "" "*"')).toEqual([
      '(\\Subscribed) "/" INBOX',
      '(\\Subscribed \\Remote) "/" Bread',
      '(\\Subscribed) "/" Fruit/Banana',
      '(\\NonExistent \\Subscribed) "/" Fruit/Peach',
      '(\\Subscribed) "/" Vegetable',
      '(\\Subscribed) "/" Vegetable/Broccoli',
    ])
    expect(list(line, '(REMOTE) "" "*" RETURN (SUBSCRIBED)').filter((text) => text.includes('Subscribed'))).toEqual([
      '(\\Subscribed) "/" INBOX',
      '(\\Subscribed \\Remote) "/" Bread',
      '(\\Subscribed) "/" Fruit/Banana',
      '(\\Subscribed) "/" Vegetable',
      '(\\Subscribed) "/" Vegetable/Broccoli',
    ])
  })

  it('7: several patterns, each name once', () => {
    const line = alice(['Drafts', 'Sent', 'Sent/March2004', 'Sent/March2004/x'], [], only('LIST-EXTENDED'))
    expect(list(line, '"" ("INBOX" "Drafts" "Sent/%" "D*")')).toEqual([
      '() "/" INBOX',
      '() "/" Drafts',
      '() "/" Sent/March2004',
    ])
    expect(list(line, '"Sent/" ("%" {8+}\r\nMarch2*4)')).toEqual(['() "/" Sent/March2004'])
  })

  it('8: RECURSIVEMATCH tells of what is above', () => {
    const foo = ['Foo', 'Foo/Bar', 'Foo/Baz', 'Moo']
    const at = (mailboxes: string[], subscribed: string[]) => alice(mailboxes, subscribed, only('LIST-EXTENDED'))
    const command = '(SUBSCRIBED RECURSIVEMATCH) "" "%"'
    expect(list(at(foo, ['Foo/Baz']), command)).toEqual(['() "/" Foo ("CHILDINFO" ("SUBSCRIBED"))'])
    expect(list(at(foo, ['Foo', 'Foo/Baz']), command)).toEqual(['(\\Subscribed) "/" Foo ("CHILDINFO" ("SUBSCRIBED"))'])
    const without = at(['Moo'], ['Foo/Baz'])
    without.ok('DELETE Foo')
    expect(list(without, command)).toEqual(['(\\NonExistent) "/" Foo ("CHILDINFO" ("SUBSCRIBED"))'])
    expect(list(at(foo, ['Foo', 'Moo']), `${command} RETURN (CHILDREN)`)).toEqual([
      '(\\Subscribed \\HasChildren) "/" Foo',
      '(\\Subscribed \\HasNoChildren) "/" Moo',
    ])
  })

  it('9: CHILDINFO where the pattern leaves children out', () => {
    const names = 'foo2/bar1 foo2/bar2 baz2/bar2 baz2/bar22 baz2/bar222 eps2 eps2/mamba qux2/bar2 foo2 baz2'.split(' ')
    const subscribed = names.slice(0, 8)
    const line = alice(names, subscribed, only('LIST-EXTENDED'))
    expect(list(line, '(RECURSIVEMATCH SUBSCRIBED) "" "*2"').sort()).toEqual(
      [
        '() "/" foo2 ("CHILDINFO" ("SUBSCRIBED"))',
        '(\\Subscribed) "/" foo2/bar2',
        '(\\Subscribed) "/" baz2/bar2',
        '(\\Subscribed) "/" baz2/bar22',
        '(\\Subscribed) "/" baz2/bar222',
        '(\\Subscribed) "/" eps2 ("CHILDINFO" ("SUBSCRIBED"))',
        '(\\Subscribed) "/" qux2/bar2',
      ].sort(),
    )
  })

  it('10: CHILDINFO does not imply \\HasChildren', () => {
    const line = alice(['foo'], ['foo/bar'], only('LIST-EXTENDED'))
    expect(list(line, '"" ("foo" "foo/*")')).toEqual(['() "/" foo'])
    expect(list(line, '(SUBSCRIBED) "" "foo/*"')).toEqual(['(\\NonExistent \\Subscribed) "/" foo/bar'])
    expect(list(line, '(SUBSCRIBED RECURSIVEMATCH) "" foo RETURN (CHILDREN)')).toEqual([
      '(\\HasNoChildren) "/" foo ("CHILDINFO" ("SUBSCRIBED"))',
    ])
  })

  it.each([
    '(RECURSIVEMATCH) "" "*"',
    '(REMOTE RECURSIVEMATCH) "" "*"',
    '(X) "" "*"',
    '"" "*" RETURN (X)',
    '"" "*" RETURN',
    '"" "*" RETURN CHILDREN',
    '"" "*" (CHILDREN)',
    '"" ()',
    '(SUBSCRIBED)"" "*"',
    '"" "*" RETURN (STATUS)',
    '"" "*" RETURN (STATUS ())',
  ])('LIST %s is BAD', (rest) => expect(new Desk().open().say(`LIST ${rest}`).tagged).toMatch(/^BAD /))

  it('is BAD where it is not offered', () => {
    const line = alice([], [], only())
    for (const rest of ['() "" %', '"" (INBOX)', '"" % RETURN ()'])
      expect(line.say(`LIST ${rest}`).tagged).toMatch(/^BAD /)
    const poor = alice([], [], only('LIST-EXTENDED'))
    for (const rest of ['(SPECIAL-USE) "" %', '"" % RETURN (SPECIAL-USE)', '"" % RETURN (STATUS (MESSAGES))'])
      expect(poor.say(`LIST ${rest}`).tagged).toMatch(/^BAD /)
  })
})

describe('LIST-STATUS (RFC 5819)', () => {
  it('is the RFC’s example: no STATUS of what cannot be opened', () => {
    const desk = new Desk()
    const line = alice(['foo', 'bar/x'], ['INBOX', 'foo/sub'], only('LIST-EXTENDED', 'LIST-STATUS'), desk)
    desk.deliver('alice', letter('one'))
    desk.store.deliver('alice', 'foo', letter('two'), desk.now, ['\\Seen'])
    expect(line.ok('LIST "" % RETURN (STATUS (MESSAGES UNSEEN))')).toEqual([
      'LIST () "/" INBOX',
      'STATUS INBOX (MESSAGES 1 UNSEEN 1)',
      'LIST (\\Noselect) "/" bar',
      'LIST () "/" foo',
      'STATUS foo (MESSAGES 1 UNSEEN 0)',
    ])
    expect(line.ok('LIST (SUBSCRIBED RECURSIVEMATCH) "" % RETURN (STATUS (MESSAGES))')).toEqual([
      'LIST (\\Subscribed) "/" INBOX',
      'STATUS INBOX (MESSAGES 1)',
      'LIST () "/" foo ("CHILDINFO" ("SUBSCRIBED"))',
      'STATUS foo (MESSAGES 1)',
    ])
  })
})

describe('namespaces (RFC 2342) and referrals (RFC 2193)', () => {
  const shared = () => {
    const desk = new Desk()
    desk.store.share('news/today', { anyone: 'lr' })
    desk.store.share('secret', { bob: 'lr' })
    desk.store.referMailbox('alice', 'Remote', 'imap://server2/Remote')
    const bob = desk.open('bob')
    bob.ok('CREATE Plans/Secret')
    bob.ok('SETACL Plans/Secret alice lr')
    return { desk, line: alice([], [], {}, desk) }
  }

  it('NAMESPACE names the three roots', () => {
    expect(shared().line.ok('NAMESPACE')).toEqual(['NAMESPACE (("" "/")) (("Other Users/" "/")) (("Shared/" "/"))'])
  })

  it('LIST goes into them as far as the rights let it', () => {
    const { line } = shared()
    expect(line.ok('LIST "" "*"')).toEqual([
      'LIST (\\HasNoChildren) "/" INBOX',
      'LIST (\\Noselect \\HasChildren) "/" "Other Users"',
      'LIST (\\Noselect \\HasChildren) "/" "Other Users/bob"',
      'LIST (\\Noselect \\HasChildren) "/" "Other Users/bob/Plans"',
      'LIST (\\HasNoChildren) "/" "Other Users/bob/Plans/Secret"',
      'LIST (\\Noselect \\HasChildren) "/" Shared',
      'LIST (\\Noselect \\HasChildren) "/" Shared/news',
      'LIST (\\HasNoChildren) "/" Shared/news/today',
    ])
    expect(line.ok('LIST "" "Other Users/%"')).toEqual(['LIST (\\Noselect \\HasChildren) "/" "Other Users/bob"'])
  })

  it('RLIST and RLSUB name what lies elsewhere, LIST and LSUB do not', () => {
    const { line } = shared()
    line.ok('SUBSCRIBE Remote')
    expect(line.ok('LIST "" "R%"')).toEqual([])
    expect(line.ok('LSUB "" "R%"')).toEqual([])
    expect(line.ok('LIST (SUBSCRIBED) "" "R%"')).toEqual([])
    expect(line.ok('RLIST "" "R%"')).toEqual(['LIST (\\HasNoChildren) "/" Remote'])
    expect(line.ok('RLSUB "" "R%"')).toEqual(['LSUB () "/" Remote'])
    const capabilities = ALL_CAPABILITIES.filter((name) => name !== 'MAILBOX-REFERRALS')
    expect(alice([], [], { capabilities }).say('RLIST "" "*"').tagged).toMatch(/^BAD RLIST needs the capability/)
  })
})

describe('SCAN', () => {
  it('lists mailboxes whose messages hold the text', () => {
    const desk = new Desk()
    const line = alice(['a', 'b/c'], [], {}, desk)
    desk.store.deliver('alice', 'a', letter('one', 'Here is GOLD.'), desk.now)
    desk.store.deliver('alice', 'b/c', letter('=?utf-8?q?gol=64?='), desk.now)
    expect(line.ok('SCAN "" "*" "gold"')).toEqual(['LIST (\\HasNoChildren) "/" a', 'LIST (\\HasNoChildren) "/" b/c'])
    expect(line.ok('SCAN "" "%" gold')).toEqual(['LIST (\\HasNoChildren) "/" a'])
    expect(line.ok('SCAN "" "*" silver')).toEqual([])
    expect(line.say('SCAN "" "*"').tagged).toMatch(/^BAD /)
  })
})
