import { describe, expect, test } from 'vitest'
import { type AddressItem, mailboxesOf, nameText, readAddressList } from '../../../src/core/message/address-list.ts'
import { addressOf } from '../../../src/core/message/address.ts'
import { collector } from '../../../src/core/message/problems.ts'

function read(source: string) {
  const { report, found } = collector()
  const items = readAddressList(source, { from: 0, to: source.length }, report)
  return { items, problems: found.map(({ key, from, to }) => `${key}: ${source.slice(from, to)}`) }
}

const short = (item: AddressItem): unknown =>
  item.kind === 'group' ? { [item.name]: item.members.map(short) } : [item.name, addressOf(item)]

describe('what is well formed', () => {
  test.each([
    ['JQP@bar.com', [[null, 'JQP@bar.com']]],
    ['root@salemioche.servebeer.com (root)', [['root', 'root@salemioche.servebeer.com']]],
    ['TRAVERSON Bruno <Bruno.Traverson@der.edfgdf.fr>', [['TRAVERSON Bruno', 'Bruno.Traverson@der.edfgdf.fr']]],
    [
      '"Joe Q. Public" <john.q.public@example.com>,\r\n "Giant; \\"Big\\" Box" <sysservices@example.net>',
      [
        ['Joe Q. Public', 'john.q.public@example.com'],
        ['Giant; "Big" Box', 'sysservices@example.net'],
      ],
    ],
    [
      '"a, b"@c.d (x), e@[IPv6:2001:db8::1]',
      [
        ['x', '"a, b"@c.d'],
        [null, 'e@[IPv6:2001:db8::1]'],
      ],
    ],
    [
      'A Group:Ed <ed@x.test>,joe@w.org;, z@y.org',
      [
        {
          'A Group': [
            ['Ed', 'ed@x.test'],
            [null, 'joe@w.org'],
          ],
        },
        [null, 'z@y.org'],
      ],
    ],
    ['undisclosed-recipients:;', [{ 'undisclosed-recipients': [] }]],
    ['(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;', [{ 'Hidden recipients': [] }]],
    ['Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>', [['Pete', 'pete@silly.test']]],
    ['jos\xc3\xa9@ex\xc3\xa9mple.fr', [[null, 'jos\xc3\xa9@ex\xc3\xa9mple.fr']]],
    ['', []],
    [' (nobody) ', []],
  ])('%s', (source, expected) => {
    const { items, problems } = read(source)
    expect(items.map(short)).toEqual(expected)
    expect(problems).toEqual([])
  })
})

describe('what is not', () => {
  test.each([
    ['Joe Q. Public <j@b.c>', [['Joe Q. Public', 'j@b.c']], ['dot-in-phrase: Q.']],
    [
      'a@b.c, , d@e.f',
      [
        [null, 'a@b.c'],
        [null, 'd@e.f'],
      ],
      ['list-empty-member: ,'],
    ],
    [',a@b.c,', [[null, 'a@b.c']], ['list-empty-member: ,', 'list-empty-member: ,']],
    ['jdoe@test  . example', [[null, 'jdoe@test.example']], ['blank-in-address: jdoe@test  . example']],
    ['@foo.com:JQP@bar.com', [[null, 'JQP@bar.com']], ['route-obsolete: @foo.com:']],
    ['John JQP@bar.com', [['John', 'JQP@bar.com']], ['brackets-missing: JQP']],
    [
      'a@b.c d@e.f',
      [
        [null, 'a@b.c'],
        [null, 'd@e.f'],
      ],
      ['comma-missing: '],
    ],
    [
      'A <a@b.c> B <d@e.f>',
      [
        ['A', 'a@b.c'],
        ['B', 'd@e.f'],
      ],
      ['comma-missing: '],
    ],
    [
      'a@b.c; d@e.f;',
      [
        [null, 'a@b.c'],
        [null, 'd@e.f'],
      ],
      ['semicolon-as-comma: ;', 'semicolon-as-comma: ;'],
    ],
    [
      '<a@b.c, d@e.f',
      [
        [null, 'a@b.c'],
        [null, 'd@e.f'],
      ],
      ['bracket-unclosed: <a@b.c'],
    ],
    ['a: b: c@d.e;', [{ a: [[null, 'c@d.e']] }], ['group-nested: b:']],
    ['a: c@d.e', [{ a: [[null, 'c@d.e']] }], ['group-unclosed: a: c@d.e']],
    ['John Smith', [[null, 'John Smith']], ['domain-missing: John Smith']],
    ['<>', [[null, '']], ['local-missing: <>']],
    ['@b.c', [[null, '@b.c']], ['local-missing: @']],
    ['.a..b@c.d', [[null, '.a..b@c.d']], ['dots-misplaced: .a..b']],
    [`a@${'d'.repeat(256)}`, [[null, `a@${'d'.repeat(256)}`]], [`domain-too-long: ${'d'.repeat(256)}`]],
    ['"a@b.c', [[null, '"a@b.c']], ['quote-unclosed: "a@b.c', 'domain-missing: "a@b.c']],
    ['a@b.c (x', [['x', 'a@b.c']], ['comment-unclosed: (x']],
    [
      'a@[1.2.3.4, d@e.f',
      [
        [null, 'a@[1.2.3.4'],
        [null, 'd@e.f'],
      ],
      ['literal-unclosed: [1.2.3.4'],
    ],
    ['"=?utf-8?Q?a?=" <a@b.c>', [['=?utf-8?Q?a?=', 'a@b.c']], ['word-in-quotes: "=?utf-8?Q?a?="']],
    ['x=?utf-8?Q?a?= <a@b.c>', [['x=?utf-8?Q?a?=', 'a@b.c']], ['word-touches: x=?utf-8?Q?a?=']],
  ])('%s', (source, expected, troubles) => {
    const { items, problems } = read(source)
    expect(items.map(short)).toEqual(expected)
    expect(problems).toEqual(troubles)
  })

  test('a list without end is cut', () => {
    const { items, problems } = read('a@b.c,'.repeat(30_000))
    expect(items).toHaveLength(20_000)
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['addresses-too-many'])
  })
})

test('every piece knows its place', () => {
  const source = 'To: "J. Q" <@a.b,@c.d:"j q"@bar.com> (old), x@y (X)\r\n'
  const items = readAddressList(source, { from: 3, to: source.length - 2 }, () => {})
  const [one, two] = mailboxesOf(items)
  const text = (place: { from: number; to: number } | null) => place && source.slice(place.from, place.to)
  expect([one!.namePlace, one!.routePlace, one!.localPlace, one!.domainPlace, one!.spec, one!].map(text)).toEqual([
    ...['"J. Q"', '@a.b,@c.d', '"j q"', 'bar.com', '"j q"@bar.com'],
    '"J. Q" <@a.b,@c.d:"j q"@bar.com> (old)',
  ])
  expect(one).toMatchObject({ route: '@a.b,@c.d', nameFrom: 'phrase', bracketed: true })
  expect([two!.namePlace, two!.routePlace, two!.spec, two!].map(text)).toEqual(['(X)', null, 'x@y', 'x@y (X)'])
})

test.each([
  ['=?ISO-8859-1?Q?Andr=E9?= Pirard <p@x>', 'André Pirard'],
  ['=?utf-8?Q?a?= =?utf-8?Q?b?= "c  d"e <p@x>', 'ab c de'],
  ['"=?utf-8?Q?a?=" <p@x>', '=?utf-8?Q?a?='],
  ['"Fran\xc3\xa7ois" \r\n (le) Grand <p@x>', 'François Grand'],
  ['p@x (=?iso-8859-1?Q?Ren=E9?= \\(fils\\))', 'René (fils)'],
  ['p@x', ''],
])('the name in %s is for people', (source, name) => {
  const [mailbox] = mailboxesOf(readAddressList(source, { from: 0, to: source.length }, () => {}))
  expect(nameText(source, mailbox!)).toBe(name)
})
