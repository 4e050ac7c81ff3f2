import { describe, expect, test } from 'vitest'
import { addresses, addressText, phrase, unquoted } from '../../../src/core/message/address.ts'

describe('addresses in fields', () => {
  test.each([
    ['JQP@bar.com', [['', 'JQP@bar.com']]],
    ['John Q. Public <JQP@bar.com>', [['John Q. Public', 'JQP@bar.com']]],
    [
      '"Public, John" <JQP@bar.com>, <a@b.c>',
      [
        ['Public, John', 'JQP@bar.com'],
        ['', 'a@b.c'],
      ],
    ],
    ['root@x.example (root (the) one)', [['root (the) one', 'root@x.example']]],
    [
      'Friends: a@b.c, "D \\"E\\"" <d@e.f>; g@h.i',
      [
        ['', 'a@b.c'],
        ['D "E"', 'd@e.f'],
        ['', 'g@h.i'],
      ],
    ],
    ['undisclosed-recipients:;', []],
    ['"a b"@c.d', [['', '"a b"@c.d']]],
    ['Pete(A nice chap) <pete(his account)@silly.test>', [['Pete', 'pete(his account)@silly.test']]],
    ['<@a.example,@b.example:c@d.example>', [['', 'c@d.example']]],
    ['  a @ b.c  ', [['', 'a@b.c']]],
    ['Jean\tPierre  <j@p.example>', [['Jean Pierre', 'j@p.example']]],
    ['', []],
    ['"never closed <a@b', [['', '"never closed <a@b']]],
    ['<never closed', [['', 'never closed']]],
  ])('%s', (value, expected) => {
    expect(addresses(value).map(({ name, address }) => [name, address])).toEqual(expected)
  })

  test('are written so that they can be read again', () => {
    for (const name of ['John Smith', 'Smith, John', 'J. "Q" \\ Public', '']) {
      const text = addressText({ name, address: 'j@foo.com' })
      expect(addresses(text)).toEqual([{ name, address: 'j@foo.com' }])
    }
    expect(addressText({ name: '', address: 'a@b' })).toBe('<a@b>')
    expect(phrase('Mark Crispin')).toBe('Mark Crispin')
    // Between the atoms of a phrase any white space is as good as one blank: more of it has to be quoted.
    expect(phrase('a  b')).toBe('"a  b"')
  })

  test('lose needless quotes', () => {
    expect(unquoted('"Joe\\ User"')).toBe('Joe User')
    expect(unquoted('Joe')).toBe('Joe')
  })
})
