import { describe, expect, test } from 'vitest'
import {
  parameter,
  parameterText,
  readContentType,
  readDisposition,
  readMimeVersion,
  readTransferEncoding,
} from '../../../src/core/message/content-fields.ts'
import { collector, type Report } from '../../../src/core/message/problems.ts'

function heard<Result>(
  source: string,
  reader: (source: string, place: { from: number; to: number }, report: Report) => Result,
) {
  const { report, found } = collector()
  const result = reader(source, { from: 0, to: source.length }, report)
  return { result, problems: found.map(({ key, from, to }) => `${key}: ${source.slice(from, to)}`) }
}

function type(source: string) {
  const { result, problems } = heard(source, readContentType)
  const parameters = Object.fromEntries((result?.parameters ?? []).map(({ name, value }) => [name, value]))
  return { name: result && `${result.type}/${result.subtype}`, parameters, problems, read: result }
}

describe('Content-Type', () => {
  test.each([
    ['text/plain; charset=us-ascii (Plain text)', 'text/plain', { charset: 'us-ascii' }],
    ['text/plain; charset= us-ascii', 'text/plain', { charset: 'us-ascii' }],
    ['text/plain; charset=ISO-8859-1 (commentaire)', 'text/plain', { charset: 'ISO-8859-1' }],
    ['TEXT/PLAIN; CHARSET=US-ASCII', 'text/plain', { charset: 'US-ASCII' }],
    ['(a) text (b(c)) / (d) plain (e);\r\n\tcharset (f) = (g) "us-ascii"', 'text/plain', { charset: 'us-ascii' }],
    ['multipart/mixed; boundary="une simple limite"', 'multipart/mixed', { boundary: 'une simple limite' }],
    ['multipart/mixed; boundary="a\\"b\\\\c"', 'multipart/mixed', { boundary: 'a"b\\c' }],
    ['a/b; empty=""', 'a/b', { empty: '' }],
  ])('%s', (source, name, parameters) => {
    expect(type(source)).toMatchObject({ name, problems: [] })
    expect(type(source).parameters).toEqual(parameters)
  })

  test.each([
    ['text', 'text/', {}, ['subtype-missing: text']],
    ['text/; charset=x', 'text/', { charset: 'x' }, ['subtype-missing: text']],
    ['', null, {}, ['type-missing: ']],
    ['charset=utf-8', null, {}, ['type-missing: charset=utf-8']],
    ['text/plain charset=x', 'text/plain', { charset: 'x' }, ['semicolon-missing: ']],
    ['a/b; x=1 y="2"z=3', 'a/b', { x: '1', y: '2', z: '3' }, ['semicolon-missing: ', 'semicolon-missing: ']],
    ['a/b;; x=1;', 'a/b', { x: '1' }, ['semicolon-extra: ;', 'semicolon-extra: ;']],
    ['a/b; name=a b.txt; x=1', 'a/b', { name: 'a b.txt', x: '1' }, ['parameter-unquoted: a b.txt']],
    ['a/b; boundary==_x=_y', 'a/b', { boundary: '=_x=_y' }, ['parameter-unquoted: =_x=_y']],
    ['a/b; type=text/html', 'a/b', { type: 'text/html' }, ['parameter-unquoted: text/html']],
    ['a/b; charset=; x', 'a/b', { charset: '' }, ['parameter-malformed: charset=', 'parameter-malformed: x']],
    ['a/b; x=1; X=2', 'a/b', { x: '1' }, ['parameter-twice: X=2']],
    ['a/b/c; x="1" 2', 'a/b', { x: '1' }, ['value-extra: /c', 'value-extra: 2']],
  ])('%s, as it should not be', (source, name, parameters, problems) => {
    expect(type(source)).toMatchObject({ name, problems })
    expect(type(source).parameters).toEqual(parameters)
  })
})

describe('RFC 2231', () => {
  const FUN =
    "application/x-stuff;\r\n title*0*=us-ascii'en'This%20is%20even%20more%20;\r\n" +
    ' title*1*=%2A%2A%2Afun%2A%2A%2A%20;\r\n title*2="isn\'t it!"'

  test('the examples', () => {
    expect(
      type('message/external-body; access-type=URL;\r\n URL*0="ftp://";\r\n URL*1="cs.utk.edu/pub/bulk-mailer.tar"')
        .parameters,
    ).toEqual({ 'access-type': 'URL', url: 'ftp://cs.utk.edu/pub/bulk-mailer.tar' })
    const { read, problems } = type("application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A")
    expect(read!.parameters[0]).toMatchObject({ value: 'This is ***fun***', charset: 'us-ascii', language: 'en-us' })
    expect(problems).toEqual([])
    expect(type(FUN).read!.parameters).toMatchObject([
      { name: 'title', value: "This is even more ***fun*** isn't it!", charset: 'us-ascii', language: 'en' },
    ])
    expect(type(FUN).problems).toEqual([])
  })

  test('each segment knows its place', () => {
    const { segments } = parameter(type(FUN).read, 'TITLE')!
    expect(
      segments.map(({ attribute, number, extended }) => [FUN.slice(attribute.from, attribute.to), number, extended]),
    ).toEqual([
      ['title*0*', 0, true],
      ['title*1*', 1, true],
      ['title*2', 2, false],
    ])
    expect(segments.map(({ value }) => FUN.slice(value.from, value.to)).at(-1)).toBe('"isn\'t it!"')
  })

  test.each([
    ['a/b; x*1=one; x*0=zero', { x: 'zeroone' }, []],
    ['a/b; x*0=zero; x*2=two', { x: 'zero' }, ['segment-gap: x*2=two']],
    ['a/b; x*1=one', {}, ['segment-gap: x*1=one']],
    ['a/b; x*0=a; x*0=b', { x: 'a' }, ['parameter-twice: x*0=b']],
    ['a/b; x*00=a', { x: 'a' }, ['segment-malformed: x*00']],
    ["a/b; x=plain; x*=utf-8''ext", { x: 'ext' }, ['parameter-two-forms: x=plain']],
    ['a/b; x=plain; x*0=pieces', { x: 'pieces' }, ['parameter-two-forms: x=plain']],
    ['a/b; x*=unquoted%20', { x: 'unquoted ' }, ['extended-malformed: unquoted%20']],
    ["a/b; x*=''100%", { x: '100%' }, ["extended-malformed: ''100%"]],
    ['a/b; boundary*0=1; boundary*1=2; boundary*2="3;4"', { boundary: '123;4' }, []],
  ])('%s', (source, parameters, problems) => {
    expect(type(source).parameters).toEqual(parameters)
    expect(type(source).problems).toEqual(problems)
  })

  test('a value for people', () => {
    const text = (source: string) => parameterText(type(`a/b; ${source}`).read!.parameters[0]!)
    expect(text("x*=iso-8859-1'fr'%E9t%E9")).toBe('été')
    expect(text("x*0*=utf-8''%C3; x*1*=%A9; x*2=-")).toBe('é-')
    expect(text('x="\xc3\xa9"')).toBe('é')
    expect(text('x="=?iso-8859-1?Q?=E9t=E9?= .gif"')).toBe('été .gif')
    expect(type('a/b; x="=?iso-8859-1?Q?=E9?="').problems).toEqual(['word-in-parameter: "=?iso-8859-1?Q?=E9?="'])
  })
})

test('Content-Disposition', () => {
  const { result, problems } = heard(
    'attachment; filename=genome.jpeg;\r\n modification-date="Wed, 12 Feb 1997 16:29:51 -0500"',
    readDisposition,
  )
  expect(result).toMatchObject({ kind: 'attachment' })
  expect(parameter(result, 'modification-date')!.value).toBe('Wed, 12 Feb 1997 16:29:51 -0500')
  expect(problems).toEqual([])
  expect(heard('Form-Data; x=1', readDisposition)).toMatchObject({
    result: { kind: 'form-data' },
    problems: ['disposition-unknown: Form-Data'],
  })
  expect(heard('filename=x', readDisposition)).toEqual({ result: null, problems: ['disposition-missing: filename=x'] })
})

test('Content-Transfer-Encoding', () => {
  expect(heard(' (why) BASE64 ', readTransferEncoding)).toMatchObject({ result: { name: 'base64' }, problems: [] })
  expect(heard('x-uuencode', readTransferEncoding).problems).toEqual(['encoding-unknown: x-uuencode'])
  expect(heard('7 bit', readTransferEncoding).problems).toEqual(['value-extra: bit', 'encoding-unknown: 7'])
  expect(heard('', readTransferEncoding)).toEqual({ result: null, problems: ['encoding-missing: '] })
})

test.each([
  '1.0',
  '1.0 (produced by MetaSend Vx.x)',
  '(produced by MetaSend Vx.x) 1.0',
  '1.(produced by MetaSend Vx.x)0',
])('MIME-Version: %s', (source) => {
  expect(heard(source, readMimeVersion)).toEqual({ result: '1.0', problems: [] })
  expect(heard(source.replace('0', '1'), readMimeVersion).problems).toHaveLength(1)
})
