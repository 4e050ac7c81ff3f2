/**
 * Messages that nobody should send. Whatever the octets: a tree, whose pieces are the source again; never an exception,
 * and never so long a wait that the test's own limit ends it.
 */
import fc from '../fast-check.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeBase64Lines } from '../../src/core/bytes/base64-lines.ts'
import { decodeQuotedPrintable } from '../../src/core/bytes/quoted-printable.ts'
import { parseMessage } from '../../src/core/message/mime/parse.ts'
import { allParts, type MessageTree } from '../../src/core/message/mime/part.ts'
import { broken } from '../messages/invariants.ts'
import { readAll } from '../messages/read-all.ts'

const folder = join(import.meta.dirname, '../messages')
const golden = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(join(folder, name), 'latin1'))

/** Takes it apart and gives the tree. */
function survive(source: string): MessageTree {
  const tree = parseMessage(source)
  expect(broken(tree, source)).toEqual([])
  return tree
}

/** The same, and asks all there is to ask. */
function askAll(source: string): void {
  survive(source)
  expect(readAll(source).filter(({ from, to }) => !(0 <= from && from <= to && to <= source.length))).toEqual([])
}

const types = ({ root }: MessageTree) => [...allParts(root)].map(({ type, subtype }) => `${type}/${subtype}`)
const bodies = ({ root }: MessageTree, source: string) =>
  [...allParts(root)]
    .filter(({ children }) => children.length === 0)
    .map(({ body }) => source.slice(body.from, body.to))
const keys = ({ problems }: MessageTree) => problems.map(({ key }) => key)

const multipart = (body: string, boundary = 'boundary=b') =>
  `From: a@x.test\r\nDate: 1 Jan 2026 00:00 +0000\r\nMIME-Version: 1.0\r\n` +
  `Content-Type: multipart/mixed; ${boundary}\r\n\r\n${body}`

describe('boundaries', () => {
  it('a missing final one ends the last part with the message', () => {
    const source = multipart('--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n')
    const tree = survive(source)
    expect(bodies(tree, source)).toEqual(['one', 'two\r\n'])
    expect(keys(tree)).toContain('no-closing-delimiter')
  })

  it('one that begins as another is not the other', () => {
    const source = multipart(
      '--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\ninner\r\n--bb--\r\n--b\r\n\r\nouter\r\n--b--\r\n',
    )
    const tree = survive(source)
    expect(types(tree)).toEqual(['multipart/mixed', 'multipart/mixed', 'text/plain', 'text/plain'])
    expect(bodies(tree, source)).toEqual(['inner', 'outer'])
  })

  it('an outer one ends what is open inside', () => {
    const source = multipart(
      '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\ninner\r\n--b\r\n\r\nouter\r\n--b--\r\n',
    )
    const tree = survive(source)
    expect(bodies(tree, source)).toEqual(['inner', 'outer'])
    expect(keys(tree)).toContain('no-closing-delimiter')
  })

  it.each([
    ['in pieces', 'boundary*0=be; boundary*1=ta', 'beta'],
    ['in one piece of pieces', 'boundary*0=beta', 'beta'],
    ['percent-encoded', "boundary*=us-ascii''be%74a", 'beta'],
    ['with quoted pairs', 'boundary="be\\ta"', 'beta'],
    ['with a quoted quote', 'boundary="be\\"ta"', 'be"ta'],
    ['with blanks within', 'boundary="be ta"', 'be ta'],
    ['with blanks at its end, which no delimiter has', 'boundary="beta  "', 'beta'],
    ['with every character that is allowed', `boundary="0'()+_,-./:=?"`, `0'()+_,-./:=?`],
  ])('one %s is found', (_, written, boundary) => {
    const source = multipart(`--${boundary}\r\n\r\none\r\n--${boundary} \t\r\n\r\ntwo\r\n--${boundary}--\r\n`, written)
    expect(bodies(survive(source), source)).toEqual(['one', 'two'])
  })

  it('the line end before one is its own, and only that one', () => {
    const source = multipart('--b\r\n\r\n\r\n\r\n--b\r\n--b\r\nX: y\r\n--b\r\n\r\n--b--')
    expect(bodies(survive(source), source)).toEqual(['\r\n', '', '', ''])
  })
})

/** A multipart in a multipart in a multipart ..., with no delimiter that closes. */
function nested(depth: number): string {
  const levels = Array.from(
    { length: depth },
    (_, k) => `Content-Type: multipart/mixed; boundary=b${k}\r\n\r\n--b${k}\r\n`,
  )
  return `${levels.join('')}\r\nthe heart\r\n`
}

describe('nesting', () => {
  it.each([50, 60])('%i deep without a final delimiter', (depth) => {
    const source = nested(depth)
    const tree = survive(source)
    expect([...allParts(tree.root)]).toHaveLength(depth + 1)
    expect(bodies(tree, source)).toEqual(['the heart\r\n'])
  })

  it('far deeper than anybody reads', () => {
    expect(keys(survive(nested(20_000)))).toContain('too-deep')
    expect(keys(survive('Content-Type: message/rfc822\r\n\r\n'.repeat(20_000)))).toContain('too-deep')
  })

  it('the same boundary at every level', () => {
    const level = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'
    survive(`${level.repeat(300)}\r\nx\r\n${'--b--\r\n'.repeat(300)}`)
  })
})

describe('octets', () => {
  it('8-bit ones in a header are text all the same', () => {
    const source = 'Subject: \xe9t\xe9\r\nFrom: Andr\xe9 <a@x.test>\r\n\r\nx\r\n'
    const tree = survive(source)
    expect(tree.root.fields.map(({ name }) => name)).toEqual(['Subject', 'From'])
    expect(keys(tree)).toContain('not-utf8')
  })

  it.each([
    ['bare CR', '\r'],
    ['bare LF', '\n'],
    ['CR CR LF', '\r\r\n'],
    ['LF CR', '\n\r'],
    ['NUL', '\0'],
    ['form feed', '\f'],
    ['NEL', '\x85'],
  ])('%s wherever a line could end', (_, octet) => {
    for (const source of golden) survive(source.replaceAll('\r\n', octet))
    survive(golden.join(octet))
  })

  it('files of lone LF have the same parts', () => {
    for (const source of golden) {
      if (source.includes('base64')) continue
      expect(types(survive(source.replaceAll('\r\n', '\n')))).toEqual(types(survive(source)))
    }
  })

  it('a charset that the text is not in', () => {
    for (const charset of ['utf-8', 'us-ascii', 'iso-8859-1', 'utf-16', 'no-such-charset', '', '"', "''"]) {
      survive(`Content-Type: text/plain; charset=${charset}\r\n\r\n\xe9t\xe9 \xff\xfe\0\x80\r\n`)
    }
  })
})

const MEGABYTE = 1_000_000

describe('masses', () => {
  it.each([
    ['a line of 10 MB', `Subject: x\r\n\r\n${'a'.repeat(10 * MEGABYTE)}`],
    ['a header field of 10 MB on one line', `Subject: ${'a'.repeat(10 * MEGABYTE)}\r\n\r\nx`],
    [
      'a header field of 5 MB in folded lines',
      `Subject: ${'word word word\r\n '.repeat((5 * MEGABYTE) / 17)}\r\n\r\nx`,
    ],
    ['a header field of 5 MB of blanks', `Subject: ${' '.repeat(5 * MEGABYTE)}\r\n\r\nx`],
    ['a header field of 5 MB of line ends', `Subject: ${'\r\n '.repeat((5 * MEGABYTE) / 3)}x\r\n\r\nx`],
    ['a field name of 5 MB', `${'N'.repeat(5 * MEGABYTE)}: x\r\n\r\nx`],
    ['5 MB that could be a field name', 'N'.repeat(5 * MEGABYTE)],
    ['5 MB of blanks behind a field name', `Subject${' '.repeat(5 * MEGABYTE)}`],
    ['100,000 header fields', `${'X-Spam: yes\r\n'.repeat(100_000)}\r\nx`],
    ['100,000 different header fields', `${Array.from({ length: 100_000 }, (_, k) => `X-${k}: y\r\n`).join('')}\r\nx`],
    ['100,000 empty parts', multipart(`${'--b\r\n'.repeat(100_000)}--b--`)],
    ['100,000 parts of a line', multipart(`${'--b\r\n\r\nx\r\n'.repeat(100_000)}--b--`)],
    [
      '100,000 parts that are messages',
      multipart(`${'--b\r\nContent-Type: message/rfc822\r\n\r\nA: b\r\n\r\nx\r\n'.repeat(100_000)}--b--`),
    ],
    ['100,000 lines that could be delimiters', multipart(`${'--bb\r\n'.repeat(100_000)}--b--`)],
    ['a line of 5 MB that could be a delimiter', multipart(`--${'b'.repeat(5 * MEGABYTE)}`)],
    ['a delimiter with 5 MB of blanks', multipart(`--b${' '.repeat(5 * MEGABYTE)}\r\n\r\nx`)],
    ['a boundary of 5 MB', multipart(`--${'b'.repeat(5 * MEGABYTE)}\r\n\r\nx`, `boundary=${'b'.repeat(5 * MEGABYTE)}`)],
    [
      'a boundary in 100,000 pieces',
      multipart('x', Array.from({ length: 100_000 }, (_, k) => `boundary*${k}=b`).join(';')),
    ],
    ['100,000 parameters', multipart('x', Array.from({ length: 100_000 }, (_, k) => `p${k}=b`).join(';'))],
    ['200,000 semicolons', multipart('x', ';'.repeat(200_000))],
    ['200,000 equal signs', multipart('x', 'a='.repeat(200_000))],
    ['200,000 ( in From', `From: ${'('.repeat(200_000)}\r\n\r\nx`],
    ['200,000 nested comments in From', `From: ${'('.repeat(200_000)}${')'.repeat(200_000)} a@x.test\r\n\r\nx`],
    ['200,000 comments in From', `From: ${'(a)'.repeat(200_000)} a@x.test\r\n\r\nx`],
    ['200,000 < in From', `From: ${'<'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 > in From', `From: ${'>'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 quotes in From', `From: ${'" '.repeat(200_000)}\r\n\r\nx`],
    ['200,000 backslashes in From', `From: "${'\\'.repeat(200_001)}\r\n\r\nx`],
    ['200,000 @ in From', `From: ${'@'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 a@ in From', `From: ${'a@'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 colons in From', `From: ${':'.repeat(200_000)}\r\n\r\nx`],
    ['a route of 200,000 domains', `From: <${'@a,'.repeat(200_000)}:a@x.test>\r\n\r\nx`],
    ['200,000 routes without a bracket', `From: ${'@a:'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 commas in From', `From: ${','.repeat(200_000)}\r\n\r\nx`],
    ['200,000 [ in From', `From: ${'['.repeat(200_000)}\r\n\r\nx`],
    ['200,000 dots in From', `From: ${'a . '.repeat(200_000)}@x.test\r\n\r\nx`],
    ['200,000 words in From', `From: ${'word '.repeat(200_000)}<a@x.test>\r\n\r\nx`],
    ['50,000 addresses without commas', `To: ${'a@x.test '.repeat(50_000)}\r\n\r\nx`],
    ['50,000 addresses in one group', `To: g: ${'a@x.test, '.repeat(50_000)};\r\n\r\nx`],
    ['50,000 groups of one', `To: ${'g: a@x.test;, '.repeat(50_000)}\r\n\r\nx`],
    ['50,000 groups that are never closed', `To: ${'g: '.repeat(50_000)}\r\n\r\nx`],
    ['200,000 encoded words', `Subject: ${'=?utf-8?Q?=C3=A9?= '.repeat(200_000)}\r\n\r\nx`],
    ['200,000 encoded words that touch', `Subject: ${'=?utf-8?Q?a?='.repeat(200_000)}\r\n\r\nx`],
    ['200,000 encoded words that never end', `Subject: ${'=?utf-8?Q?a '.repeat(200_000)}\r\n\r\nx`],
    ['200,000 beginnings of encoded words', `Subject: ${'=?'.repeat(200_000)}\r\n\r\nx`],
    ['an encoded word of 5 MB', `Subject: =?utf-8?B?${'w6nD'.repeat((5 * MEGABYTE) / 4)}?=\r\n\r\nx`],
    ['200,000 question marks', `Subject: =${'?'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 identifiers', `References: ${'<a@b> '.repeat(200_000)}\r\n\r\nx`],
    ['200,000 Re:', `Subject: ${'Re: '.repeat(200_000)}\r\n\r\nx`],
    ['200,000 [list] in the subject', `Subject: ${'[a]'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 (fwd)', `Subject: x${' (fwd)'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 [fwd:', `Subject: ${'[fwd: '.repeat(200_000)}x${']'.repeat(200_000)}\r\n\r\nx`],
    ['200,000 numbers in a date', `Date: ${'1 '.repeat(200_000)}\r\n\r\nx`],
    ['a number of 200,000 digits in a date', `Date: ${'1'.repeat(200_000)} Jan 2026 00:00:00 +0000\r\n\r\nx`],
    ['10 MB of base64', `Content-Transfer-Encoding: base64\r\n\r\n${`${'QUJD'.repeat(19)}\r\n`.repeat(130_000)}`],
    ['5 MB of = in quoted-printable', `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'='.repeat(5 * MEGABYTE)}`],
    [
      '5 MB of blanks in quoted-printable',
      `Content-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(5 * MEGABYTE)}x`,
    ],
    [
      '5 MB of blank lines in quoted-printable',
      `Content-Transfer-Encoding: quoted-printable\r\n\r\n${'  \r\n'.repeat(MEGABYTE)}x`,
    ],
    ['5 MB of CR', `\r\n${'\r'.repeat(5 * MEGABYTE)}`],
    ['5 MB of LF', `A: b\r\n\r\n${'\n'.repeat(5 * MEGABYTE)}`],
    ['5 MB of NUL', `\r\n${'\0'.repeat(5 * MEGABYTE)}`],
  ])('%s', { timeout: 60_000 }, (_, source) => {
    askAll(source)
  })
})

describe('codecs', () => {
  const cut = (text: string) => Array.from({ length: text.length + 1 }, (_, k) => text.slice(0, k))

  it('base64 that was cut gives the octets that are whole', () => {
    const octets = 'Fac\0teur\xff\xe9'
    const text = Buffer.from(octets, 'latin1').toString('base64')
    for (const piece of cut(text)) {
      expect(decodeBase64Lines(piece)).toBe(octets.slice(0, Math.floor((piece.replace(/=/g, '').length * 3) / 4)))
    }
  })

  it('base64 is read over what is not of its alphabet', () => {
    const foreign = fc.array(fc.constantFrom(' ', '\r\n', '-', '_', '\0', '\xff', '\t', '!', '.'), { maxLength: 3 })
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.array(foreign, { minLength: 60, maxLength: 60 }),
        (bytes, junk) => {
          const text = Buffer.from(bytes).toString('base64')
          const littered = Array.from(text, (character, k) =>
            character === '=' ? '=' : junk[k]!.join('') + character,
          ).join('')
          expect(decodeBase64Lines(littered)).toBe(Buffer.from(bytes).toString('latin1'))
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })

  it('quoted-printable that was cut gives what can be read', () => {
    const text = 'a=C3=A9 =\r\nb=\r\n=3D \t\r\nc=ff'
    for (const piece of cut(text)) decodeQuotedPrintable(piece)
    expect(decodeQuotedPrintable(text)).toBe('a\xc3\xa9 b=\r\nc\xff')
    expect(decodeQuotedPrintable('a=C')).toBe('a=C')
    expect(decodeQuotedPrintable('a=')).toBe('a')
  })
})

const SMALL = multipart(
  'preamble\r\n--b\r\nContent-Type: multipart/alternative; boundary="c d"\r\n\r\n--c d\r\n\r\n\xe9\r\n--c d\r\n' +
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A9</p>=\r\n\r\n' +
    '--c d--\r\nepilogue\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: =?utf-8?B?w6k=?=\r\n' +
    'To: g: "a\\"b" <c@d>, (x) e@f;\r\n\r\ninner\r\n--b\r\nContent-Type: image/gif\r\n' +
    "Content-Disposition: attachment; filename*0*=utf-8''%C3%A9;\r\n filename*1=.gif\r\n" +
    'Content-Transfer-Encoding: base64\r\n\r\nR0lGODlh\r\n--b--\r\nthe end\r\n',
)

describe('mutations', () => {
  it('a small message cut at each octet', () => {
    for (let end = 0; end <= SMALL.length; end++) {
      askAll(SMALL.slice(0, end))
      survive(SMALL.slice(end))
    }
  })

  it('a small message without each octet, and with each octet another', () => {
    for (let at = 0; at < SMALL.length; at++) {
      survive(SMALL.slice(0, at) + SMALL.slice(at + 1))
      for (const octet of ['\0', '\n', '-', '"', '(', '\xff']) survive(SMALL.slice(0, at) + octet + SMALL.slice(at + 1))
    }
  })

  it('any octets at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (source) => {
        askAll(source)
      }),
      { seed: 2, numRuns: 1500 },
    )
  })

  it('any pieces that mean something', () => {
    const piece = fc.constantFrom(
      ...[
        '\r\n',
        '\n',
        '\r',
        ' ',
        '\t',
        '--',
        '--b',
        '--b--',
        '--c',
        '\r\n--b\r\n',
        '\r\n--b--\r\n',
        '\r\n--c--',
        'x',
        '\xe9',
      ],
      ...[
        'Content-Type:',
        'multipart/mixed;',
        'boundary=b',
        'boundary="c',
        'message/rfc822',
        'text/plain',
        'From:',
        'To: ',
      ],
      ...[
        '\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
        '\r\nContent-Type: message/rfc822\r\n\r\n',
        '\r\n\r\n',
      ],
      ...[
        '\r\nContent-Type: multipart/digest; boundary=c\r\n\r\n',
        'Subject: ',
        '=?utf-8?Q?',
        '?=',
        '<',
        '>',
        '(',
        ')',
        '"',
        '\\',
      ],
      ...[
        '@',
        ',',
        ';',
        ':',
        '.',
        '[',
        ']',
        '=',
        "''",
        '%C3',
        '*0*=',
        'Date: ',
        'Thu, ',
        '1 Jan 2026',
        '00:00',
        '+0000',
        '\0',
      ],
      ...['Content-Transfer-Encoding: base64\r\n', 'Content-Disposition: attachment; filename='],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        askAll(pieces.join(''))
      }),
      { seed: 3, numRuns: 4000 },
    )
  }, 60_000)

  it('golden files with pieces taken out, put in, doubled and changed', { timeout: 120_000 }, () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 0, max: 60 }),
      what: fc.constantFrom('cut', 'double', 'octet', 'swap'),
      octet: fc.integer({ min: 0, max: 255 }),
    })
    fc.assert(
      fc.property(fc.nat(golden.length - 1), fc.array(change, { minLength: 1, maxLength: 8 }), (which, changes) => {
        let source = golden[which]!
        for (const { at, length, what, octet } of changes) {
          const from = Math.floor(at * source.length)
          const piece = source.slice(from, from + length)
          const put = {
            cut: '',
            double: piece + piece,
            octet: String.fromCharCode(octet),
            swap: [...piece].reverse().join(''),
          }
          source = source.slice(0, from) + put[what] + source.slice(from + (what === 'octet' ? 1 : length))
        }
        askAll(source)
      }),
      { seed: 4, numRuns: 4000 },
    )
  })
})
