import { describe, expect, test } from 'vitest'
import { collector } from '../../../src/core/message/problems.ts'
import { decodeWords, readWords } from '../../../src/core/message/words.ts'

const read = (source: string) => {
  const { report, found } = collector()
  const words = readWords(source, { from: 0, to: source.length }, report)
  return { words, problems: found.map(({ key, from, to }) => `${key}: ${source.slice(from, to)}`) }
}

describe('encoded words', () => {
  test.each([
    ['=?US-ASCII?Q?Keith_Moore?=', 'Keith Moore'],
    ['=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=', 'Keld Jørn Simonsen'],
    ['=?iso-8859-15?q?=A4?= x =?windows-1252?Q?=80?=', '€ x €'],
    ['=?utf-8?B?w6k=?=\r\n =?UTF-8?b?w6A=?= \t=?utf-8*fr?q?_?= .', 'éà  .'],
    ['plain\r\n text', 'plain text'],
    ['', ''],
  ])('%s', (source, text) => {
    expect(decodeWords(source)).toBe(text)
    expect(read(source).problems).toEqual([])
  })

  test.each([
    // A character over two words of one charset comes out whole; of two charsets it cannot.
    ['=?utf-8?Q?=C3?= =?utf-8?Q?=A9?=', 'é', ['word-splits-character: =?utf-8?Q?=C3?= =?utf-8?Q?=A9?=']],
    ['=?utf-8?B?w6nD?= =?utf-8?Q?=A9?=', 'éé', ['word-splits-character: =?utf-8?B?w6nD?= =?utf-8?Q?=A9?=']],
    ['=?utf-8?Q?=C3?= =?iso-8859-1?Q?=A9?=', '\ufffd©', []],
    ['a=?utf-8?Q?b?=', 'a=?utf-8?Q?b?=', ['word-touches: a=?utf-8?Q?b?=']],
    ['=?utf-8?Q?a?==?utf-8?Q?b?=', '=?utf-8?Q?a?==?utf-8?Q?b?=', ['word-touches: =?utf-8?Q?a?==?utf-8?Q?b?=']],
    ['=?utf-8?Q?a b?=', '=?utf-8?Q?a b?=', ['word-blank-inside: =?utf-8?Q?a b?=']],
    ['=?utf-8?X?a?=', '=?utf-8?X?a?=', ['word-encoding-unknown: =?utf-8?X?a?=']],
    ['=?klingon?Q?a=E9?=', 'a\ufffd', ['word-charset-unknown: klingon']],
    ['=?utf-8?B?w6k?=', 'é', ['word-base64: w6k']],
    ['=?utf-8?Q?100=_x?=', '100= x', ['word-quoted-printable: 100=_x']],
    [`=?utf-8?Q?${'a'.repeat(64)}?=`, 'a'.repeat(64), [`word-too-long: =?utf-8?Q?${'a'.repeat(64)}?=`]],
  ])('%s, as it should not be', (source, text, problems) => {
    expect(decodeWords(source)).toBe(text)
    expect(read(source).problems).toEqual(problems)
  })

  test('a decoder from outside is asked for other charsets', () => {
    const more = (name: string) => (name === 'rot' ? (octets: string) => octets.toUpperCase() : null)
    expect(decodeWords('=?rot?Q?a?= =?other?Q?b?=', more)).toBe('Ab')
  })

  test('pieces know their places', () => {
    const source = 'Re: =?utf-8*fr?Q?=C3=A9?= =?utf-8?B?YQ==?= x'
    const { words } = read(source)
    expect(words.map(({ kind, from, to }) => [kind, source.slice(from, to)])).toEqual([
      ['text', 'Re: '],
      ['encoded', '=?utf-8*fr?Q?=C3=A9?='],
      ['blank', ' '],
      ['encoded', '=?utf-8?B?YQ==?='],
      ['text', ' x'],
    ])
    expect(words[1]).toMatchObject({ charset: 'utf-8', language: 'fr', encoding: 'Q', octets: '\xc3\xa9' })
    expect(words[3]).toMatchObject({ language: null, encoding: 'B', payload: { from: 36, to: 40 }, octets: 'a' })
  })
})
