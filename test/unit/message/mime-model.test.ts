import { describe, expect, test } from 'vitest'
import type { EnvelopeAddresses } from '../../../src/core/message/mime/envelope.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { caseFolded } from '../../../src/core/message/mime/search-text.ts'
import type { Structure, StructureParameters } from '../../../src/core/message/mime/structure.ts'
import { moreCharsets } from '../../messages/charsets.ts'
import { octetsOf } from '../../messages/golden.ts'

const crlf = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('')
const model = (...lines: readonly string[]) => new MessageModel(crlf(...lines))

/** As IMAP writes them, so that they can be held against what is printed in the RFC. */
const nstring = (text: string | null) => (text === null ? 'NIL' : `"${text}"`)
const list = (texts: readonly string[]) => (texts.length === 0 ? 'NIL' : `(${texts.join(' ')})`)
const addresses = (all: EnvelopeAddresses) =>
  all === null
    ? 'NIL'
    : `(${all.map(({ name, adl, mailbox, host }) => `(${[name, adl, mailbox, host].map(nstring).join(' ')})`).join('')})`
const parameters = (all: StructureParameters) => list(all.flat().map(nstring))

/** BODYSTRUCTURE, envelopes left out. */
function written(part: Structure): string {
  const disposition = part.disposition
    ? `(${nstring(part.disposition.type)} ${parameters(part.disposition.parameters)})`
    : 'NIL'
  const extension = [disposition, list(part.languages.map(nstring)), nstring(part.location)]
  if (part.kind === 'multipart') {
    const fields = [nstring(part.subtype), parameters(part.parameters), ...extension]
    return `(${part.parts.map(written).join('')} ${fields.join(' ')})`
  }
  const fields = [nstring(part.type), nstring(part.subtype), parameters(part.parameters)]
  fields.push(nstring(part.id), nstring(part.description), nstring(part.encoding), String(part.size))
  if (part.message) fields.push('ENVELOPE', written(part.message.structure))
  if (part.lines !== null) fields.push(String(part.lines))
  return `(${[...fields, nstring(part.md5), ...extension].join(' ')})`
}

describe('envelope (RFC 3501 7.4.2)', () => {
  test('Sender and Reply-To are the author where they are absent or empty', () => {
    for (const fields of [[], ['Sender:', 'Reply-To: '], ['Sender: (nobody)', 'Reply-To: ,']]) {
      const { envelope } = model('From: Ann <ann@a.example>', ...fields, '', 'x')
      expect(addresses(envelope.sender)).toBe('(("Ann" NIL "ann" "a.example"))')
      expect(addresses(envelope.replyTo)).toBe('(("Ann" NIL "ann" "a.example"))')
    }
    const { envelope } = model('From: ann@a.example', 'Sender: bob@b.example', '', 'x')
    expect(addresses(envelope.sender)).toBe('((NIL NIL "bob" "b.example"))')
    expect(addresses(envelope.replyTo)).toBe('((NIL NIL "ann" "a.example"))')
  })

  test('an absent field is NIL, an empty one of text is empty, an empty list is NIL', () => {
    const empty = model('Subject:', 'Date: ', 'In-Reply-To:', 'To:', 'Cc: ,', '', 'x').envelope
    expect(empty).toMatchObject({
      subject: '',
      date: '',
      inReplyTo: '',
      messageId: null,
      to: null,
      cc: null,
      from: null,
    })
    expect(model('X: 1', '', 'x').envelope).toMatchObject({ subject: null, date: null, sender: null })
  })

  test('groups stand between markers, an empty one too', () => {
    const { to } = model('To: A Group:Ed <joe@where.test>,jdoe@one.test;, x@y.test', 'X: 1', '', '').envelope
    expect(addresses(to)).toBe(
      '((NIL NIL "A Group" NIL)("Ed" NIL "joe" "where.test")(NIL NIL "jdoe" "one.test")(NIL NIL NIL NIL)(NIL NIL "x" "y.test"))',
    )
    expect(addresses(model('To: undisclosed-recipients:;', '', '').envelope.to)).toBe(
      '((NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL))',
    )
  })

  test('source routes, quoting, comments as names, what is missing', () => {
    const of = (to: string) => addresses(model(`To: ${to}`, '', '').envelope.to)
    expect(of('<@a.test,@b.test:c@d.test>')).toBe('((NIL "@a.test,@b.test" "c" "d.test"))')
    expect(of('"Giant; \\"Big\\" Box" <"a b"@c.test>')).toBe('(("Giant; "Big" Box" NIL "a b" "c.test"))')
    expect(of('jdoe@test (John Doe)')).toBe('(("John Doe" NIL "jdoe" "test"))')
    expect(of('postmaster')).toBe('((NIL NIL "postmaster" ""))')
    expect(of('=?iso-8859-1?Q?Andr=E9?= <a@b.test>')).toBe('(("=?iso-8859-1?Q?Andr=E9?=" NIL "a" "b.test"))')
  })

  test('text is as written, but on one line', () => {
    const { subject } = model('Subject: =?utf-8?Q?=C3=A9?=', '  and (this)', '', '').envelope
    expect(subject).toBe('=?utf-8?Q?=C3=A9?=  and (this)')
  })
})

describe('structure (RFC 3501 7.4.2)', () => {
  test('RFC 2049 A: lines of text, and a message in the message', () => {
    expect(written(new MessageModel(octetsOf('rfc2049-a-complex')).structure)).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 275 7 NIL NIL NIL NIL)' +
        '("TEXT" "PLAIN" ("charset" "US-ASCII") NIL NIL "7BIT" 114 3 NIL NIL NIL NIL)' +
        '(("AUDIO" "BASIC" NIL NIL NIL "BASE64" 91 NIL NIL NIL NIL)' +
        '("IMAGE" "JPEG" NIL NIL NIL "BASE64" 47 NIL NIL NIL NIL)' +
        ' "PARALLEL" ("boundary" "unique-boundary-2") NIL NIL NIL)' +
        '("TEXT" "ENRICHED" NIL NIL NIL "7BIT" 145 5 NIL NIL NIL NIL)' +
        '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 232 ENVELOPE ' +
        '("TEXT" "PLAIN" ("charset" "ISO-8859-1") NIL NIL "QUOTED-PRINTABLE" 51 1 NIL NIL NIL NIL) 7 NIL NIL NIL NIL)' +
        ' "MIXED" ("boundary" "unique-boundary-1") NIL NIL NIL)',
    )
  })

  test('extension data, and parameters in pieces put together (RFC 2231 6)', () => {
    const { structure } = model(
      'Content-Type: image/png; name*0="long "; name*1="name"',
      "Content-Disposition: attachment; filename*0*=utf-8'fr'%C3%A9t; filename*1*=%c3%a9%20x",
      'Content-Language: fr, en',
      'Content-Location: http://a.example/b',
      'Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==',
      'Content-ID: <1@a>',
      'Content-Description: (not a comment)',
      'Content-Transfer-Encoding: BASE64',
      '',
      'AAAA',
    )
    expect(written(structure)).toBe(
      '("IMAGE" "PNG" ("name" "long name") "<1@a>" "(not a comment)" "BASE64" 6 "Q2hlY2sgSW50ZWdyaXR5IQ==" ' +
        `("ATTACHMENT" ("filename*" "utf-8'fr'%C3%A9t%C3%A9%20x")) ("fr" "en") "http://a.example/b")`,
    )
  })

  test('a multipart without parts still shows one, a closed message still shows an envelope', () => {
    expect(written(model('Content-Type: multipart/mixed; boundary=b', '', 'x').structure)).toBe(
      '(("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 0 0 NIL NIL NIL NIL) "MIXED" ("boundary" "b") NIL NIL NIL)',
    )
    const closed = model('Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64', '', 'AAAA')
    expect(written(closed.structure)).toBe(
      '("MESSAGE" "RFC822" NIL NIL NIL "BASE64" 6 ENVELOPE ' +
        '("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 0 0 NIL NIL NIL NIL) 1 NIL NIL NIL NIL)',
    )
  })
})

describe('sections (RFC 3501 6.4.5)', () => {
  const nested = new MessageModel(octetsOf('rfc2049-a-complex'))

  test.each([
    ['1', '  ... Some text appears here ...\r\n\r\n[Note'],
    ['1.MIME', '\r\n'],
    ['2.mime', 'Content-type: text/plain; charset=US-ASCII\r\n\r\n'],
    ['3.1', '  ... base64-encoded 8000 Hz single-channel\r\n      mu-law-format audio data goes here ...\r\n'],
    ['5', 'From: (mailbox in US-ASCII)\r\nTo:'],
    ['5.MIME', 'Content-Type: message/rfc822\r\n\r\n'],
    ['5.HEADER', 'From: (mailbox in US-ASCII)\r\nTo:'],
    ['5.TEXT', '  ... Additional text in ISO-8859-1 goes here ...\r\n'],
    ['5.1', '  ... Additional text in ISO-8859-1 goes here ...\r\n'],
    ['5.1.MIME', 'From: (mailbox in US-ASCII)\r\nTo:'],
    ['HEADER', 'MIME-Version: 1.0\r\nFrom:'],
    ['TEXT', 'This is the preamble area of a multipart message.\r\n'],
  ])('%s', (path, begin) => {
    expect(nested.section(path)!.slice(0, begin.length)).toBe(begin)
  })

  test.each([
    ...['0', '6', '1.1', '3.3', '5.2', '5.1.1', '1.HEADER', '1.TEXT', '3.HEADER', '5.1.TEXT'],
    ...['MIME', 'HEADERS', '1.', '.1', '1..2', '1.HEADER.TEXT', '01', 'x'],
  ])('%s is nothing', (path) => {
    expect(nested.section(path)).toBeNull()
  })

  test('the whole is header and text', () => {
    expect(nested.section('')).toBe(nested.source)
    expect(nested.section('HEADER')! + nested.section('TEXT')!).toBe(nested.source)
    expect(nested.section('5.HEADER')! + nested.section('5.TEXT')!).toBe(nested.section('5'))
  })

  test('fields that are named, as they are written, and the empty line', () => {
    const message = model('A: 1', 'b: 2', ' folded', 'A: 3', 'Ab: 4', '', 'text')
    expect(message.section('HEADER.FIELDS', ['a', 'B'])).toBe('A: 1\r\nb: 2\r\n folded\r\nA: 3\r\n\r\n')
    expect(message.section('HEADER.FIELDS.NOT', ['a', 'B'])).toBe('Ab: 4\r\n\r\n')
    expect(message.section('HEADER.FIELDS', ['none'])).toBe('\r\n')
    expect(nested.section('5.HEADER.FIELDS', ['to'])).toBe('To: (address in US-ASCII)\r\n\r\n')
    // A message that ends with its header has no empty line; one that lacks it gets one.
    expect(model('A: 1').section('HEADER.FIELDS', ['a'])).toBe('A: 1\r\n')
    expect(model('A: 1', 'no field').section('HEADER.FIELDS', ['a'])).toBe('A: 1\r\n\r\n')
  })

  test('a message of one part is its part 1', () => {
    const message = model('Subject: x', '', 'text')
    expect(message.section('1')).toBe('text\r\n')
    expect(message.section('1.MIME')).toBe('Subject: x\r\n\r\n')
    expect(message.section('2')).toBeNull()
  })

  test('decoded (RFC 3516)', () => {
    const message = model(
      ...['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Transfer-Encoding: base64', '', 'I1w='],
      ...['--b', 'Content-Transfer-Encoding: quoted-printable', '', '=23=5C=', '--b'],
      ...['Content-Transfer-Encoding: x-uuencode', '', '#', '--b--'],
    )
    expect(['1', '2', '3', '4'].map((number) => message.binary(number))).toEqual(['#\\', '#\\', 'unknown-cte', null])
    expect(message.binary('')).toBe(message.source)
    expect(message.octets(message.tree.root.children[2]!)).toBe('#')
  })
})

describe('text', () => {
  const text = (field: string, body: string) => {
    const message = new MessageModel(`${field}\r\n\r\n${body}`, moreCharsets)
    return message.text(message.tree.root)
  }

  test.each([
    ['Content-Type: text/plain; charset=iso-8859-1', '\xe9t\xe9', 'été'],
    ['Content-Type: text/plain; charset=UTF-8', '\xc3\xa9t\xc3\xa9', 'été'],
    ['Content-Type: text/plain; charset=iso-8859-15', '\xa4', '€'],
    ['Content-Type: text/plain; charset=koi8-r', '\xc1', 'а'],
    ['Content-Type: text/plain; charset=x-unknown', 'a\xe9', 'a\ufffd'],
    ['Content-Type: text/plain; charset=us-ascii', '\xc3\xa9', '\ufffd\ufffd'],
    // Nobody named UTF-8, but it is.
    ['Content-Type: text/plain', '\xc3\xa9', 'é'],
    ['X: 1', '\xc3\xa9', 'é'],
    ['X: 1', '\xe9', '\ufffd'],
  ])('%s', (field, body, expected) => {
    expect(text(field, body)).toBe(expected)
  })

  test('is the same object each time: nothing is worked out twice', () => {
    const message = model('From: a@b.test', 'Content-Type: text/plain', '', 'x')
    expect(message.tree).toBe(message.tree)
    expect(message.envelope).toBe(message.envelope)
    expect(message.structure).toBe(message.structure)
    expect(message.problems).toBe(message.problems)
    expect(message.header).toBe(message.header)
    expect(message.sortKeys).toBe(message.sortKeys)
  })
})

describe('what SEARCH looks through', () => {
  const message = model(
    ...['Subject: =?iso-8859-1?Q?L=27=E9t=E9?=', 'Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b'],
    ...['Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '', 'PGI+w6l0w6k8L2I+', '--b'],
    ...['Content-Type: message/rfc822', '', 'Subject: =?utf-8?Q?No=C3=ABl?=', '', 'within', '--b'],
    ...['Content-Type: image/png', 'Content-Description: a picture', '', 'octets', '--b--', 'epilogue'],
  )

  test('is decoded, HTML as its source, headers of messages within apart from the body', () => {
    const { headerText, innerHeadersText, bodyText } = message
    expect(headerText).toBe("Subject: L'été\nContent-Type: multipart/mixed; boundary=b\n")
    for (const found of ['Subject: Noël\n', 'a picture']) expect(innerHeadersText).toContain(found)
    for (const found of ['<b>été</b>', 'within']) expect(bodyText).toContain(found)
    for (const not of ['octets', 'preamble', 'epilogue', "L'été"])
      expect(innerHeadersText + bodyText).not.toContain(not)
  })

  test('case does not count, nor how a character was typed (RFC 5051)', () => {
    expect(caseFolded('L\u2019\u00e9t\u00e9')).toBe(caseFolded('L\u2019E\u0301TE\u0301'))
    expect(caseFolded('ÀÇÖ αβγ')).toBe(caseFolded('àçö ΑΒΓ'))
    expect(caseFolded('été')).not.toBe(caseFolded('ete'))
    expect(caseFolded('abc')).toBe('ABC')
  })
})

describe('what SORT and THREAD go by (RFC 5256, 5957)', () => {
  test('keys of a message', () => {
    const message = model(
      'Date: Thu, 1 Jan 1970 01:00:00 +0100',
      'From: =?utf-8?Q?Ren=C3=A9?= <"rene x"@a.test>, second@a.test',
      'To: My Friends: ann@a.test;, bob@b.test',
      'Cc: carol@c.test',
      'Subject: Re: [list] Fwd: =?utf-8?Q?=C3=A9t=C3=A9?= (fwd)',
      '',
      'x',
    )
    expect(message.sortKeys).toMatchObject({
      ...{ from: 'rene x', to: 'My Friends', cc: 'carol', displayFrom: 'René', displayTo: 'My Friends' },
      ...{ subject: 'été', size: message.source.length },
    })
    expect(message.sortKeys.date!.epochMillis).toBe(0)
    expect(message.baseSubject.isReply).toBe(true)
  })

  test('keys of one that has nothing', () => {
    const { sortKeys, threadKeys } = model('From: a@b.test', '', '')
    expect(sortKeys).toMatchObject({
      date: null,
      from: 'a',
      to: '',
      cc: '',
      displayFrom: 'a@b.test',
      displayTo: '',
      subject: '',
    })
    expect(threadKeys).toEqual({ messageId: null, references: [] })
  })

  test.each(['Date: yesterday', 'Date:'])('%s is no date', (date) => {
    expect(model(date, '', '').sortKeys.date).toBeNull()
  })

  test.each([
    ['Date: Wed, 31 Dec 1969 23:59:59 +0000', -1000],
    ['Date: 21 Nov 97 09:55:06 GMT', Date.UTC(1997, 10, 21, 9, 55, 6)],
    ['Date: 1 Jan 49 00:00 GMT', Date.UTC(2049, 0, 1)],
    ['Date: 1 Jan 103 00:00 GMT', Date.UTC(2003, 0, 1)],
  ])('%s', (date, millis) => {
    expect(model(date, '', '').sortKeys.date!.epochMillis).toBe(millis)
  })

  test('References, or the first of In-Reply-To', () => {
    const both = model('Message-ID: <3@x>', 'References: <1@x>', ' <2@x>', 'In-Reply-To: <9@x>', '', '')
    expect(both.threadKeys).toEqual({ messageId: '3@x', references: ['1@x', '2@x'] })
    const reply = model('In-Reply-To: Your message of today <2@x> <1@x>', '', '')
    expect(reply.threadKeys).toEqual({ messageId: null, references: ['2@x'] })
  })
})
