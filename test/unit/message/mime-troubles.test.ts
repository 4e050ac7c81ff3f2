import { describe, expect, test } from 'vitest'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { allParts } from '../../../src/core/message/mime/part.ts'
import { octetsOf } from '../../messages/golden.ts'

const crlf = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('')
const TOP = crlf('From: a@b.test', 'Date: Thu, 1 Jan 2026 00:00:00 +0000', 'MIME-Version: 1.0')

/** What is wrong with a message of such fields and such a body, each with the octets that it is about. */
function troubles(fields: string, body: string): [key: string, where: string][] {
  const source = `${TOP}${fields}\r\n\r\n${body}`
  return new MessageModel(source).problems.map(({ key, from, to }) => [key, source.slice(from, to)])
}

describe('bodies', () => {
  const BASE64 = 'Content-Type: image/png\r\nContent-Transfer-Encoding: base64'
  const QUOTED = 'Content-Transfer-Encoding: quoted-printable'

  test.each<[string, string, [string, string][]]>([
    [BASE64, 'I1w=\r\n', []],
    [BASE64, 'I!1w=\r\n', [['base64-foreign', '!']]],
    [BASE64, 'I1w=\r\nI1w=', [['base64-after-padding', 'I1w=']]],
    [QUOTED, 'a=3Db=\r\nc', []],
    [QUOTED, 'a=3db', [['quoted-printable-lower-case', '=3d']]],
    [QUOTED, 'a=xb', [['quoted-printable-bad-escape', '=']]],
    [QUOTED, 'a \r\n', [['quoted-printable-trailing-blank', ' ']]],
    ['X: 1', 'a\xe9b', [['eight-bit-body', '\xe9'], ['text-not-ascii', '\xe9']]], // prettier-ignore
    ['Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8', '\xc3\xa9', []],
    ['Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=utf-8', '\xe9', [['text-not-utf8', '\xe9']]],
    ['Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=latin1', '\xe9', []],
    ['Content-Transfer-Encoding: 8bit\r\nContent-Type: image/png', '\xe9', []],
    [`${QUOTED}\r\nContent-Type: text/plain; charset=us-ascii`, '=E9', [['text-not-ascii', '=E9']]],
    ['X: 1', 'a\0b', [['nul', '\0']]],
    ['X: 1', 'a\rb', [['bare-cr', '\r']]],
    ['X: 1', 'a\nb\nc', [['bare-lf', '\n']]],
    ['Content-Transfer-Encoding: binary', 'a\nb\rc\0', []],
    ['X: 1', `${'x'.repeat(998)}\r\n`, []],
    ['X: 1', `y\r\n${'x'.repeat(999)}\r\nz`, [['line-too-long', 'x'.repeat(999)]]],
    [
      'Content-Type: text/plain; charset=x-none',
      'x',
      [['charset-unknown', 'Content-Type: text/plain; charset=x-none\r\n']],
    ],
  ])('%j over %j', (fields, body, expected) => {
    const found = troubles(fields, body)
    expect(found.sort()).toEqual(expected.sort())
  })

  test('of parts within parts are reported where they stand', () => {
    const found = troubles(
      'Content-Type: multipart/mixed; boundary=b',
      crlf('--b', '', 'fine', '--b', 'Content-Transfer-Encoding: base64', '', '****', '--b--'),
    )
    expect(found).toEqual([['base64-foreign', '****']])
  })
})

describe('fields', () => {
  test.each([
    ['multipart/signed; boundary=b', ['protocol-missing', 'micalg-missing']],
    ['multipart/signed; boundary=b; protocol="a/b"; micalg=sha-256', []],
    ['multipart/encrypted; boundary=b', ['protocol-missing']],
    ['multipart/related; boundary=b', ['related-type-missing']],
    ['multipart/report; boundary=b', ['report-type-missing']],
    ['multipart/mixed', ['boundary-missing']],
    ['message/external-body', ['access-type-missing']],
    ['message/partial; total=2', ['partial-number-missing', 'partial-id-missing']],
    ['message/partial; number=1; id="x@y"', []],
  ])('%s', (type, expected) => {
    expect(troubles(`Content-Type: ${type}`, crlf('--b', '', 'x', '--b--')).map(([key]) => key)).toEqual(expected)
  })

  test('MIME-Version is missed where there is MIME, in messages and not in parts', () => {
    const keys = (source: string) => new MessageModel(source).problems.map(({ key }) => key)
    const bare = crlf('From: a@b.test', 'Date: Thu, 1 Jan 2026 00:00:00 +0000')
    expect(keys(`${bare}\r\nx`)).toEqual([])
    expect(keys(`${bare}Content-Type: text/plain\r\n\r\nx`)).toEqual(['mime-version-missing'])
    expect(keys(`${TOP}Content-Type: message/rfc822\r\n\r\n${bare}Content-Type: text/plain\r\n\r\nx`)).toEqual([
      'mime-version-missing',
    ])
  })

  test('what holds 8bit is 8bit (RFC 2045 6.4)', () => {
    const part = crlf(
      '--b',
      'Content-Transfer-Encoding: 8bit',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'x',
      '--b--',
    )
    const type = 'Content-Type: multipart/mixed; boundary=b'
    expect(troubles(type, part)).toEqual([['encoding-understated', 'Content-Transfer-Encoding: 8bit\r\n']])
    expect(troubles(`${type}\r\nContent-Transfer-Encoding: 8bit`, part)).toEqual([])
    expect(troubles(`${type}\r\nContent-Transfer-Encoding: binary`, part)).toEqual([])
  })

  test('every field is read by its reader, in the header of a message within too', () => {
    const inner = crlf(
      'From: a@b.test',
      'Date: gestern',
      'To: a@b.test,,c@d.test',
      'Message-ID: 1@x',
      'Subject: =?x?X?y?=',
    )
    const found = troubles('Content-Type: message/rfc822', `${inner}\r\nx`).map(([key]) => key)
    expect(found).toEqual(['date-unreadable', 'list-empty-member', 'id-brackets-missing', 'word-encoding-unknown'])
  })

  test('nothing is wrong with the examples of the RFCs', () => {
    for (const name of ['rfc2046-5.1.1-two-parts', 'rfc3501-8-terry-gray', 'rfc5322-a.1.1-simple']) {
      expect(new MessageModel(octetsOf(name)).problems).toEqual([])
    }
  })
})

describe('limits', () => {
  const nested = (levels: number) => {
    let source = ''
    for (let k = 0; k < levels; k++)
      source += `Content-Type: multipart/mixed; boundary=b${String(k)}\r\n\r\n--b${String(k)}\r\n`
    return `${source}\r\ninnermost`
  }

  test('sixty levels without a final delimiter are read, and each lacks it', () => {
    const { root, problems } = parseMessage(nested(60))
    const all = [...allParts(root)]
    expect(all).toHaveLength(61)
    expect(all.at(-1)).toMatchObject({ type: 'text', size: 9, number: '1'.repeat(60).split('').join('.') })
    expect(problems.map(({ key }) => key)).toEqual(Array.from({ length: 60 }, () => 'no-closing-delimiter'))
  })

  test('what lies deeper than the limit is left in one piece', () => {
    const { root, problems } = parseMessage(nested(60), { depth: 10 })
    const all = [...allParts(root)]
    expect(all).toHaveLength(11)
    expect(all.at(-1)).toMatchObject({ type: 'multipart', multipart: null, opaque: 'limit' })
    expect(problems.map(({ key }) => key)).toContain('too-deep')
    expect(() => parseMessage(nested(20_000))).not.toThrow()
  })

  test('what lies behind the last part of the limit is left unread', () => {
    const source = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(20)}--b--\r\n`
    const { root, problems } = parseMessage(source, { parts: 6 })
    expect(root.children).toHaveLength(5)
    expect(root.children.map(({ size }) => size)).toEqual([1, 1, 1, 1, 1])
    expect(root.multipart!.epilogue).toEqual({ from: root.children[4]!.place.to, to: source.length })
    expect(problems.map(({ key }) => key)).toEqual(['too-many-parts'])
    const message = parseMessage('Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nx', { parts: 1 })
    expect(message.root).toMatchObject({ opaque: 'limit', children: [] })
  })
})

test('a field that stands twice in the header of a part is reported, where it is the second', () => {
  const twice = 'Content-Type: multipart/mixed; boundary=b'
  const part = crlf('--b', 'Content-Type: text/plain', 'Content-Type: text/html', '', 'x', '--b--')
  expect(troubles(twice, part)).toEqual([['field-twice', 'Content-Type: text/html\r\n']])
  expect(troubles(twice, crlf('--b', 'X-Note: 1', 'X-Note: 2', '', 'x', '--b--'))).toEqual([])
})
