import { createRequire } from 'node:module'
import { describe, expect, it, test } from 'vitest'
import type { DraftField } from '../../../src/core/message/mime/build/draft.ts'
import { writeField } from '../../../src/core/message/mime/build/fields.ts'
import { parameterPieces } from '../../../src/core/message/mime/build/parameters.ts'
import { commentText, decodeWords } from '../../../src/core/message/words.ts'
import { readAddressList, mailboxesOf, nameText } from '../../../src/core/message/address-list.ts'
import { collector } from '../../../src/core/message/problems.ts'

const libmime = createRequire(import.meta.url)('libmime') as { decodeWords(text: string): string }

const text = (text: string, words?: Extract<DraftField, { kind: 'text' }>['words']) =>
  writeField({ kind: 'text', name: 'Subject', text, ...(words ? { words } : {}) })
const from = (name: string, address: string, words?: Extract<DraftField, { kind: 'text' }>['words']) =>
  writeField({ kind: 'addresses', name: 'From', addresses: [{ name, address }], ...(words ? { words } : {}) })

describe('the encoded words of RFC 2047 8', () => {
  const latin1 = { charset: 'ISO-8859-1' }

  it.each([
    ['Keith Moore', 'moore@cs.utk.edu', {}, 'From: Keith Moore <moore@cs.utk.edu>\r\n'],
    ['Keld Jørn Simonsen', 'keld@dkuug.dk', latin1, 'From: =?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>\r\n'],
    [
      'André Pirard',
      'PIRARD@vm1.ulg.ac.be',
      latin1,
      'From: =?ISO-8859-1?Q?Andr=E9_Pirard?= <PIRARD@vm1.ulg.ac.be>\r\n',
    ],
    [
      'Olle Järnefors',
      'ojarnef@admin.kth.se',
      latin1,
      'From: =?ISO-8859-1?Q?Olle_J=E4rnefors?= <ojarnef@admin.kth.se>\r\n',
    ],
    [
      'Patrik Fältström',
      'paf@nada.kth.se',
      latin1,
      'From: =?ISO-8859-1?Q?Patrik_F=E4ltstr=F6m?= <paf@nada.kth.se>\r\n',
    ],
  ])('%s', (name, address, words, written) => {
    expect(from(name, address, words)).toBe(written)
  })

  it('B where Q would be longer or is not wished', () => {
    expect(text('If you can read this yo', { ...latin1, encoding: 'B' })).toBe('Subject: If you can read this yo\r\n')
    expect(text('漢字')).toBe('Subject: =?utf-8?B?5ryi5a2X?=\r\n')
    expect(text('été', { charset: 'utf-8', encoding: 'B' })).toBe('Subject: =?utf-8?B?w6l0w6k=?=\r\n')
    expect(text('été', { charset: 'utf-8', encoding: 'Q' })).toBe('Subject: =?utf-8?Q?=C3=A9t=C3=A9?=\r\n')
  })

  it('the smallest charset, or the one given as long as it has the characters', () => {
    expect(text('Voilà')).toBe('Subject: =?iso-8859-1?Q?Voil=E0?=\r\n')
    expect(text('Voilà 5 €')).toBe('Subject: =?iso-8859-15?Q?Voil=E0_5_=A4?=\r\n')
    expect(text('Voilà', { charset: 'us-ascii' })).toBe('Subject: =?iso-8859-1?Q?Voil=E0?=\r\n')
  })

  it('a language, as RFC 2231 5 has it', () => {
    expect(text('é', { language: 'fr', encoding: 'Q' })).toBe('Subject: =?iso-8859-1*fr?Q?=E9?=\r\n')
  })
})

describe('a text', () => {
  it('stays as it is where it is ASCII, and where encoded words are not needed', () => {
    expect(text('Saying Hello')).toBe('Subject: Saying Hello\r\n')
    expect(text('an essay about the été of a very long and very plain year, in words')).toBe(
      'Subject: an essay about the =?iso-8859-1?B?6XTp?= of a very long and very\r\n plain year, in words\r\n',
    )
  })

  it('that looks like an encoded word is written as one, or a reader would decode it', () => {
    const field = text('what =?utf-8?Q?x?= means')
    expect(field).not.toContain('=?utf-8?Q?x?=')
    expect(libmime.decodeWords(field.slice(9).trim())).toBe('what =?utf-8?Q?x?= means')
  })

  it('never begins another field, nor has half a character in a word', () => {
    expect(text('x\r\nBcc: spy@foo.com')).toBe('Subject: x Bcc: spy@foo.com\r\n')
    const smileys = '😀'.repeat(60)
    const field = text(smileys)
    const words = field.slice(9).trim().split(/\r\n /)
    expect(words.length).toBeGreaterThan(4)
    for (const word of words) expect(libmime.decodeWords(word)).toMatch(/^(?:😀)+$/u)
    expect(libmime.decodeWords(field.slice(9).replace(/\r\n/g, '').trim())).toBe(smileys)
  })

  it('a word as long as a book is cut', () => {
    const long = 'x'.repeat(100_000)
    const field = text(long)
    for (const line of field.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
    expect(decodeWords(field.slice(9).replace(/\r\n/g, '').trim())).toBe(long)
  })

  it('a name that is none writes nothing', () => {
    expect(writeField({ kind: 'text', name: 'Sub ject', text: 'x' })).toBe('')
    expect(writeField({ kind: 'raw', name: '', value: 'x' })).toBe('')
  })
})

describe('addresses', () => {
  const read = (field: string) => {
    const { report, found } = collector()
    const place = { from: field.indexOf(':') + 1, to: field.length - 2 }
    const mailboxes = mailboxesOf(readAddressList(field, place, report))
    return { found, people: mailboxes.map((one) => [nameText(field, one), `${one.local}@${one.domain}`]) }
  }

  it('quote a name that is more than atoms, and no more than that', () => {
    expect(from('Public, John Q.', 'JQP@bar.com')).toBe('From: "Public, John Q." <JQP@bar.com>\r\n')
    expect(from('Giant; "Big" Box', 'x@y.z')).toBe('From: "Giant; \\"Big\\" Box" <x@y.z>\r\n')
    expect(from('', 'x@y.z')).toBe('From: x@y.z\r\n')
  })

  it('of RFC 5322 A.1.3: a group', () => {
    const group: DraftField = {
      kind: 'addresses',
      name: 'To',
      addresses: [
        {
          group: 'A Group',
          members: [
            { name: 'Chris Jones', address: 'c@a.test' },
            { name: '', address: 'joe@where.test' },
            { name: 'John', address: 'jdoe@one.test' },
          ],
        },
      ],
    }
    expect(writeField(group)).toBe('To: A Group: Chris Jones <c@a.test>, joe@where.test, John <jdoe@one.test>;\r\n')
    expect(
      writeField({ kind: 'addresses', name: 'Cc', addresses: [{ group: 'Undisclosed recipients', members: [] }] }),
    ).toBe('Cc: Undisclosed recipients:;\r\n')
  })

  it('many of them, folded between, are read back', () => {
    const people = Array.from({ length: 40 }, (_, k) => [`Élodie “${k}” d’Été`, `e${k}@rennes.example`] as const)
    const field = writeField({
      kind: 'addresses',
      name: 'To',
      addresses: people.map(([name, address]) => ({ name, address })),
    })
    for (const line of field.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
    expect(read(field)).toEqual({ found: [], people })
  })

  it('a comment behind, encoded where it must be', () => {
    const commented = (comment: string) =>
      writeField({ kind: 'addresses', name: 'From', addresses: [{ name: '', address: 'x@y.z', comment }] })
    expect(commented('a (b) \\')).toBe('From: x@y.z (a \\(b\\) \\\\)\r\n')
    const field = commented('Jørn of the (North)')
    expect(field).toContain('(=?iso-8859-1?Q?J=F8rn?= of the ')
    const open = field.indexOf('(')
    expect(commentText(field, { from: open + 1, to: field.length - 3 })).toBe('Jørn of the (North)')
  })
})

describe('parameters (RFC 2231)', () => {
  test.each([
    ['charset', 'us-ascii', ['charset=us-ascii']],
    ['name', 'my file', ['name="my file"']],
    ['name', 'a"b\\c', ['name="a\\"b\\\\c"']],
    ['name', '', ['name=""']],
    ['filename', 'été.txt', ["filename*=iso-8859-1''%E9t%E9.txt"]],
    ['filename', '漢 *', ["filename*=utf-8''%E6%BC%A2%20%2A"]],
    ['name', '=?utf-8?Q?x?=', ["name*=us-ascii''%3D%3Futf-8%3FQ%3Fx%3F%3D"]],
  ])('%s: %s', (name, value, pieces) => {
    expect(parameterPieces(name, value)).toEqual(pieces)
  })

  it('4.1: with charset and language', () => {
    expect(
      parameterPieces('title', 'This is even more ***fun*** é', { charset: 'ISO-8859-1', language: 'en' }),
    ).toEqual(["title*=ISO-8859-1'en'This%20is%20even%20more%20%2A%2A%2Afun%2A%2A%2A%20%E9"])
  })

  it('3: long values in pieces, none of them too long and none with half a character', () => {
    const plain = parameterPieces('URL', `ftp://cs.utk.edu/pub/moore/${'bulk/'.repeat(20)}x`)
    expect(plain[0]).toMatch(/^URL\*0="ftp:\/\/cs\.utk\.edu\/pub\/moore\/bulk/)
    expect(plain[1]).toMatch(/^URL\*1="/)
    const coded = parameterPieces('filename', '漢'.repeat(40))
    expect(coded[0]).toMatch(/^filename\*0\*=utf-8''(?:%E6%BC%A2)+$/)
    for (const piece of coded.slice(1)) expect(piece).toMatch(/^filename\*\d+\*=(?:%E6%BC%A2)+$/)
    for (const piece of [...plain, ...coded]) expect(piece.length).toBeLessThanOrEqual(76)
  })

  it('a boundary stays in one piece', () => {
    expect(parameterPieces('boundary', `${'b'.repeat(68)}=_`)).toEqual([`boundary="${'b'.repeat(68)}=_"`])
  })
})
