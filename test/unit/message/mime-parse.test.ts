import { describe, expect, test } from 'vitest'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { allParts, type MessageTree, type Part } from '../../../src/core/message/mime/part.ts'
import type { Place } from '../../../src/core/message/place.ts'
import { octetsOf } from '../../messages/golden.ts'

const SIMPLE = octetsOf('rfc2046-5.1.1-two-parts')
const DIGEST = octetsOf('rfc2046-5.1.5-digest')
const COMPLEX = octetsOf('rfc2049-a-complex')

const crlf = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('')

const at = (source: string, place: Place | null) => place && source.slice(place.from, place.to)

/** The tree in one line: `multipart/mixed(text/plain, text/html)`. */
const shape = (part: Part): string =>
  `${part.type}/${part.subtype}` + (part.children.length > 0 ? `(${part.children.map(shape).join(', ')})` : '')

/** The bodies of the parts that hold no others. */
const bodies = ({ root }: MessageTree) =>
  [...allParts(root)].filter(({ children }) => children.length === 0).map((part) => at(part.source, part.body))

const numbers = (part: Part) => [...allParts(part)].map(({ number }) => number)

const keys = ({ problems }: MessageTree) => problems.map(({ key }) => key)

const mixed = (...lines: readonly string[]) => crlf('Content-Type: multipart/mixed; boundary=b', '', ...lines)

describe('the examples of the RFCs', () => {
  test('RFC 2046 5.1.1: preamble, two parts, epilogue, and the line end before a delimiter', () => {
    const tree = parseMessage(SIMPLE)
    const { root } = tree
    expect(shape(root)).toBe('multipart/mixed(text/plain, text/plain)')
    expect(bodies(tree)).toEqual([
      'This is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.',
      'This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n',
    ])
    const { multipart } = root
    expect(multipart!.boundary).toBe('simple boundary')
    expect(at(SIMPLE, multipart!.preamble)).toBe(
      'This is the preamble.  It is to be ignored, though it\r\n' +
        'is a handy place for composition agents to include an\r\n' +
        'explanatory note to non-MIME conformant readers.\r\n',
    )
    expect(at(SIMPLE, multipart!.epilogue)).toBe('\r\nThis is the epilogue.  It is also to be ignored.\r\n')
    expect(multipart!.delimiters.map((delimiter) => [at(SIMPLE, delimiter), delimiter.closing])).toEqual([
      ['\r\n--simple boundary\r\n', false],
      ['\r\n--simple boundary\r\n', false],
      ['\r\n--simple boundary--\r\n', true],
    ])
    expect(multipart!.delimiters.map(({ text }) => at(SIMPLE, text))).toEqual([
      '--simple boundary',
      '--simple boundary',
      '--simple boundary--',
    ])
    expect(root.children.map(({ lines }) => lines)).toEqual([1, 2])
    expect(root.children.map(({ contentType }) => contentType !== null)).toEqual([false, true])
    expect(keys(tree)).toEqual([])
  })

  test('RFC 2046 5.1.5: the parts of a digest are messages', () => {
    const tree = parseMessage(DIGEST)
    expect(shape(tree.root)).toBe(
      'multipart/mixed(text/plain, multipart/digest(message/rfc822(text/plain), message/rfc822(text/plain)))',
    )
    expect(bodies(tree)).toEqual([
      '  ...Introductory text or table of contents...\r\n',
      '  ...body goes here ...\r\n',
      '  ... another body goes here ...\r\n',
    ])
    const [first] = tree.root.children[1]!.children
    expect(at(DIGEST, first!.children[0]!.fields[0]!)).toBe('From: someone-else\r\n')
    expect(at(DIGEST, first!.header)).toBe('\r\n')
    expect(numbers(tree.root)).toEqual([null, '1', '2', '2.1', '2.1.1', '2.2', '2.2.1'])
    expect(keys(tree)).toEqual([])
  })

  test('RFC 2049 A: five parts, one of them two, one of them a message', () => {
    const tree = parseMessage(COMPLEX)
    expect(shape(tree.root)).toBe(
      'multipart/mixed(text/plain, text/plain, multipart/parallel(audio/basic, image/jpeg), text/enriched, ' +
        'message/rfc822(text/plain))',
    )
    expect(numbers(tree.root)).toEqual([null, '1', '2', '3', '3.1', '3.2', '4', '5', '5.1'])
    expect([...allParts(tree.root)].map(({ encoding }) => encoding)).toEqual([
      ...['7bit', '7bit', '7bit', '7bit', 'base64', 'base64', '7bit', '7bit', 'quoted-printable'],
    ])
    expect(tree.root.children[1]!.parameter('charset')).toBe('US-ASCII')
    expect(tree.root.children[0]!.parameter('charset')).toBe('us-ascii')
    // The parallel multipart ends with its delimiter: the line end behind that is the outer delimiter's.
    const parallel = tree.root.children[2]!
    expect(at(COMPLEX, parallel.multipart!.delimiters.at(-1)!)).toBe('\r\n--unique-boundary-2--\r\n')
    expect(parallel.multipart!.epilogue).toBeNull()
    expect(at(COMPLEX, tree.root.multipart!.delimiters[3]!)).toBe('\r\n--unique-boundary-1\r\n')
    expect(keys(tree)).toEqual([])
  })
})

describe('delimiters', () => {
  test('own the line end before them: empty bodies, bodies that end with an empty line', () => {
    const tree = parseMessage(mixed('--b', '', '', '--b', '', 'text', '', '', '--b', '', '--b--'))
    expect(bodies(tree)).toEqual(['', 'text\r\n\r\n', ''])
    expect(tree.root.children.map(({ lines, size }) => [lines, size])).toEqual([
      [0, 0],
      [2, 8],
      [0, 0],
    ])
    expect(keys(tree)).toEqual([])
  })

  test('stand behind a header alone, or behind nothing at all', () => {
    const source = mixed('--b', 'X-A: 1', '', '--b', 'X-B: 2', '--b', '--b', '', '--b', '', '', '--b--')
    const tree = parseMessage(source)
    expect(bodies(tree)).toEqual(['', '', '', '', ''])
    expect(tree.root.children.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['X-A'],
      ['X-B'],
      [],
      [],
      [],
    ])
    expect(tree.root.children.map(({ header }) => at(source, header))).toEqual(['X-A: 1\r\n', 'X-B: 2', '', '', '\r\n'])
  })

  test('of an outer multipart end an inner one that was never closed', () => {
    const tree = parseMessage(
      mixed(
        ...['--b', 'Content-Type: multipart/mixed; boundary=i', '', '--i', '', 'inner', '--b', '', 'outer', '--b--'],
      ),
    )
    expect(shape(tree.root)).toBe('multipart/mixed(multipart/mixed(text/plain), text/plain)')
    expect(bodies(tree)).toEqual(['inner', 'outer'])
    expect(keys(tree)).toEqual(['no-closing-delimiter'])
  })

  test('of an outer multipart end an inner one that has not begun, or whose header is not over', () => {
    const tree = parseMessage(
      mixed(
        ...['--b', 'Content-Type: multipart/mixed; boundary=i', '', 'preamble', '--b'],
        ...['Content-Type: multipart/mixed; boundary=j', '--b', 'Content-Type: message/rfc822', '--b--'],
      ),
    )
    expect(shape(tree.root)).toBe('multipart/mixed(multipart/mixed, multipart/mixed, message/rfc822(text/plain))')
    expect(at(tree.root.source, tree.root.children[0]!.multipart!.preamble)).toBe('preamble')
    expect(keys(tree)).toEqual(['no-parts', 'no-closing-delimiter', 'no-parts', 'no-closing-delimiter'])
  })

  test.each([
    ['b', 'b2'],
    ['b2', 'b'],
    ['b', 'b--'],
    ['b', 'b-'],
  ])('are whole lines: %s in %s', (outer, inner) => {
    const source = crlf(
      ...[`Content-Type: multipart/mixed; boundary="${outer}"`, '', `--${outer}`],
      ...[`Content-Type: multipart/mixed; boundary="${inner}"`, '', `--${inner}`, '', 'one', `--${inner}`, '', 'two'],
      ...[`--${inner}--`, `--${outer}`, '', 'three', `--${outer}--`],
    )
    const tree = parseMessage(source)
    expect(shape(tree.root)).toBe('multipart/mixed(multipart/mixed(text/plain, text/plain), text/plain)')
    expect(bodies(tree)).toEqual(['one', 'two', 'three'])
  })

  test('are not the lines that only look like them', () => {
    const text = ['--', '--c', '--bb', '--b2', ' --b', '--b x', '--b-', '--b---', '-- b', 'x--b', '--B', '---b']
    const tree = parseMessage(mixed('--b', '', ...text, '--b--'))
    expect(bodies(tree)).toEqual([text.join('\r\n')])
  })

  test('may have blanks behind them', () => {
    const source = mixed('--b \t ', '', 'one', '--b\t', '', 'two', '--b-- \t', 'epilogue')
    const tree = parseMessage(source)
    expect(bodies(tree)).toEqual(['one', 'two'])
    expect(at(source, tree.root.multipart!.delimiters[0]!)).toBe('--b \t \r\n')
    expect(at(source, tree.root.multipart!.delimiters[0]!.text)).toBe('--b')
    expect(at(source, tree.root.multipart!.epilogue)).toBe('epilogue\r\n')
  })

  test('count no longer once their multipart is closed', () => {
    const source = mixed('--b', '', 'one', '--b--', 'epilogue', '--b', '', 'late', '--b--')
    const tree = parseMessage(source)
    expect(bodies(tree)).toEqual(['one'])
    expect(at(source, tree.root.multipart!.epilogue)).toBe('epilogue\r\n--b\r\n\r\nlate\r\n--b--\r\n')
  })

  test('may close at the very end, or never', () => {
    const source = mixed('--b', '', 'one', '--b--').slice(0, -2)
    expect(bodies(parseMessage(source))).toEqual(['one'])
    expect(keys(parseMessage(source))).toEqual([])
    const open = parseMessage(mixed('--b', '', 'one', 'two'))
    expect(bodies(open)).toEqual(['one\r\ntwo\r\n'])
    expect(keys(open)).toEqual(['no-closing-delimiter'])
    expect(bodies(parseMessage(mixed('--b').slice(0, -2)))).toEqual([''])
  })

  test('of two multiparts with the same boundary belong to the inner one until that is closed', () => {
    const inner = ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b--']
    const tree = parseMessage(mixed('--b', ...inner, '--b', '', 'two', '--b--'))
    expect(shape(tree.root)).toBe('multipart/mixed(multipart/mixed(text/plain), text/plain)')
    expect(bodies(tree)).toEqual(['one', 'two'])
  })

  test('may look like fields', () => {
    const source = crlf(
      'Content-Type: multipart/mixed; boundary="b:c"',
      '',
      '--b:c',
      'X: 1',
      '--b:c',
      '',
      'x',
      '--b:c--',
    )
    const tree = parseMessage(source)
    expect(tree.root.children.map(({ fields }) => fields.length)).toEqual([1, 0])
    expect(bodies(tree)).toEqual(['', 'x'])
  })

  test('follow at once a header that lacks its empty line', () => {
    const tree = parseMessage(crlf('Content-Type: multipart/mixed; boundary=b', '--b', '', 'one', '--b--'))
    expect(bodies(tree)).toEqual(['one'])
    expect(keys(tree)).toEqual(['no-colon'])
  })
})

describe('boundaries', () => {
  const withBoundary = (written: string, boundary: string) =>
    crlf(`Content-Type: multipart/mixed; ${written}`, '', `--${boundary}`, '', 'text', `--${boundary}--`)

  test.each([
    ['in segments', 'boundary*0=ab; boundary*1="cd"', 'abcd', []],
    ['with a charset', "boundary*=us-ascii'en'a%20b", 'a b', []],
    ['with quoted pairs', 'boundary="a\\b\\"c"', 'ab"c', ['boundary-character']],
    ['with comments around', '(one) boundary (two) = (three) b (four)', 'b', []],
    ['with blanks at the end', 'boundary="b  "', 'b', ['boundary-blank']],
    ['of 70 characters', `boundary="${'x'.repeat(70)}"`, 'x'.repeat(70), []],
    ['of 71 characters', `boundary="${'x'.repeat(71)}"`, 'x'.repeat(71), ['boundary-too-long']],
    ['of eight bits', 'boundary="caf\xe9"', 'caf\xe9', ['boundary-character']],
    ['with all that is allowed', `boundary="'()+_,-./:=? 09azAZ"`, "'()+_,-./:=? 09azAZ", []],
  ])('%s', (_, written, boundary, expected) => {
    const tree = parseMessage(withBoundary(written, boundary))
    expect(bodies(tree)).toEqual(['text'])
    expect(tree.root.multipart!.boundary).toBe(boundary)
    expect(keys(tree).filter((key) => key.startsWith('boundary'))).toEqual(expected)
  })

  test.each(['', '; boundary=""', '; boundary="  "', '; bound=b'])('none: %j', (written) => {
    const tree = parseMessage(crlf(`Content-Type: multipart/mixed${written}`, '', '--b', '', 'text', '--b--'))
    expect(tree.root).toMatchObject({
      type: 'multipart',
      children: [],
      multipart: null,
      opaque: 'boundary',
      number: '1',
    })
    expect(at(tree.root.source, tree.root.body)).toBe('--b\r\n\r\ntext\r\n--b--\r\n')
    expect(keys(tree)).toContain('boundary-missing')
  })

  test('one that never occurs', () => {
    const tree = parseMessage(mixed('text'))
    expect(shape(tree.root)).toBe('multipart/mixed')
    expect(at(tree.root.source, tree.root.multipart!.preamble)).toBe('text\r\n')
    expect(keys(tree)).toEqual(['no-parts', 'no-closing-delimiter'])
  })
})

describe('types', () => {
  test.each([
    ['Content-Type: text', 'text/plain'],
    ['Content-Type: /plain', 'text/plain'],
    ['Content-Type:', 'text/plain'],
    ['Content-Type: TEXT/(comment) HTML (another); charset=(a)utf-8(b)', 'text/html'],
    ['X: 1', 'text/plain'],
  ])('%s is %s', (field, type) => {
    expect(shape(parseMessage(crlf(field, '', 'x')).root)).toBe(type)
  })

  test('a broken one in a digest is plain text, none is a message', () => {
    const tree = parseMessage(
      crlf(
        'Content-Type: multipart/digest; boundary=b',
        '',
        '--b',
        'Content-Type: x',
        '',
        'text',
        '--b',
        '',
        'A: 1',
        '--b--',
      ),
    )
    expect(shape(tree.root)).toBe('multipart/digest(text/plain, message/rfc822(text/plain))')
  })

  test.each(['base64', 'quoted-printable', 'x-unknown'])('%s over other parts is left in one piece', (encoding) => {
    for (const type of ['multipart/mixed; boundary=b', 'message/rfc822']) {
      const tree = parseMessage(
        crlf(`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', '--b', '', 'x'),
      )
      expect(tree.root).toMatchObject({ children: [], opaque: 'encoded', number: '1' })
      expect(keys(tree)).toContain('encoded-composite')
    }
  })

  test('the other Content fields, comments and all', () => {
    const { root } = parseMessage(
      crlf(
        'Content-Type: image/png',
        'Content-Transfer-Encoding: (a) Base64 (b)',
        'Content-ID: <1@a>',
        'Content-Description: a small',
        '  picture',
        'Content-Disposition: attachment; filename="a b.png"',
        'Content-Language: fr (French), en',
        'Content-Location: http://a.example/b',
        'Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==',
        '',
        'AAAA',
      ),
    )
    expect(root).toMatchObject({
      ...{ encoding: 'base64', id: '<1@a>', description: 'a small  picture', languages: ['fr', 'en'] },
      ...{ location: 'http://a.example/b', md5: 'Q2hlY2sgSW50ZWdyaXR5IQ==', number: '1', lines: 1, size: 6 },
    })
    expect(root.disposition!.kind).toBe('attachment')
  })
})

describe('line ends and odd octets', () => {
  test('LF alone will do, all through or mixed', () => {
    const lone = parseMessage(SIMPLE.replaceAll('\r\n', '\n'))
    expect(bodies(lone)).toEqual(bodies(parseMessage(SIMPLE)).map((body) => body!.replaceAll('\r\n', '\n')))
    expect(lone.root.children.map(({ lines }) => lines)).toEqual([1, 2])
    expect(lone.root.fields).toHaveLength(6)
    const tree = parseMessage(
      'Content-Type: multipart/mixed; boundary=b\r\n\n--b\r\n\none\n\r\n--b\n\r\ntwo\r\n--b--\n',
    )
    expect(bodies(tree)).toEqual(['one\n', 'two'])
  })

  test('CR alone ends no line', () => {
    const tree = parseMessage(mixed('--b', '', 'one\r--b\rtwo', '\r--b', 'three\r', '--b--'))
    expect(bodies(tree)).toEqual(['one\r--b\rtwo\r\n\r--b\r\nthree\r'])
  })

  test('NUL and eight bits are octets like any other', () => {
    const text = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('')
    expect(bodies(parseMessage(mixed('--b', '', text, '--b--')))).toEqual([text])
  })

  test('nothing at all is a message', () => {
    const { root } = parseMessage('')
    expect(root).toMatchObject({ type: 'text', subtype: 'plain', size: 0, lines: 0, number: '1', fields: [] })
  })

  test('text without a header is a body', () => {
    const { root } = parseMessage('Bonjour\r\n')
    expect(at(root.source, root.body)).toBe('Bonjour\r\n')
    expect(root.header).toEqual({ from: 0, to: 0 })
  })
})

describe('numbers (RFC 3501 6.4.5)', () => {
  test('as in the example of the RFC', () => {
    const multipart = (boundary: string, ...parts: readonly string[]) =>
      `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n` +
      parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('') +
      `--${boundary}--\r\n`
    const message = (inner: string) => `Content-Type: message/rfc822\r\n\r\n${inner}`
    const image = 'Content-Type: image/gif\r\n\r\nx'
    const text = '\r\ntext'
    const binary = 'Content-Type: application/octet-stream\r\n\r\nx'
    const third = message(multipart('m', text, binary))
    const inner = message(multipart('n', text, multipart('o', '\r\nplain', 'Content-Type: text/richtext\r\n\r\nx')))
    const { root } = parseMessage(multipart('a', text, binary, third, multipart('b', image, inner)))
    const found = [...allParts(root)].map((part) => [part.number, `${part.type}/${part.subtype}`])
    expect(found).toEqual([
      [null, 'multipart/mixed'],
      ['1', 'text/plain'],
      ['2', 'application/octet-stream'],
      ['3', 'message/rfc822'],
      [null, 'multipart/mixed'],
      ['3.1', 'text/plain'],
      ['3.2', 'application/octet-stream'],
      ['4', 'multipart/mixed'],
      ['4.1', 'image/gif'],
      ['4.2', 'message/rfc822'],
      [null, 'multipart/mixed'],
      ['4.2.1', 'text/plain'],
      ['4.2.2', 'multipart/mixed'],
      ['4.2.2.1', 'text/plain'],
      ['4.2.2.2', 'text/richtext'],
    ])
  })

  test('a message that is a message', () => {
    const { root } = parseMessage(crlf('Content-Type: message/rfc822', '', 'Subject: inner', '', 'text'))
    expect(numbers(root)).toEqual(['1', '1.1'])
  })
})
