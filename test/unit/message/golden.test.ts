/** The examples of the RFCs, and what the RFCs say of them. */
import { describe, expect, it, test } from 'vitest'
import { joinPieces, type Piece } from '../../../src/core/message/mime/kinds/partial.ts'
import { readDeliveryStatus } from '../../../src/core/message/mime/kinds/delivery-status.ts'
import { readEnriched } from '../../../src/core/message/mime/kinds/enriched.ts'
import { readExternalBody } from '../../../src/core/message/mime/kinds/external-body.ts'
import { readFlowed } from '../../../src/core/message/mime/kinds/flowed.ts'
import { plainText } from '../../../src/core/message/mime/kinds/styled.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import { allParts, type Part } from '../../../src/core/message/mime/part.ts'
import { silent } from '../../../src/core/message/problems.ts'
import { commentText, readWords, wordsText } from '../../../src/core/message/words.ts'
import { moreCharsets } from '../../messages/charsets.ts'
import { expectationOf, messageNames, octetsOf, ourReading, withOctets } from '../../messages/golden.ts'
import { broken } from '../../messages/invariants.ts'

const examples = messageNames.filter((name) => name.startsWith('rfc'))
const model = (name: string) => new MessageModel(octetsOf(name), moreCharsets)
const parts = (name: string): Part[] => [...allParts(model(name).tree.root)]

describe('the examples of the RFCs', () => {
  test.each(examples)('%s', (name) => {
    const { header, part, problems } = expectationOf(name)
    expect(ourReading(octetsOf(name))).toEqual({ header, part: withOctets(part), problems })
  })

  test.each(messageNames)('%s is the sum of its pieces', (name) => {
    const source = octetsOf(name)
    expect(broken(parseMessage(source), source)).toEqual([])
  })

  test('are many, and their lines end in CRLF', () => {
    expect(examples.length).toBeGreaterThan(40)
    for (const name of messageNames) expect(octetsOf(name)).not.toMatch(/(?<!\r)\n|\r(?!\n)/)
  })
})

describe('RFC 2047 8: encoded words in a comment', () => {
  test.each([
    ['(=?ISO-8859-1?Q?a?=)', 'a'],
    ['(=?ISO-8859-1?Q?a?= b)', 'a b'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)', 'ab'],
    ['(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)', 'ab'],
    ['(=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=)', 'ab'],
    ['(=?ISO-8859-1?Q?a_b?=)', 'a b'],
    ['(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)', 'a b'],
    ['(=?iso-8859-8?b?7eXs+SDv4SDp7Oj08A==?=)', 'םולש ןב ילטפנ'],
  ])('%s', (encoded, displayed) => {
    expect(commentText(encoded, { from: 1, to: encoded.length - 1 }, moreCharsets)).toBe(displayed)
  })

  // "In each of the following examples, if the same sequence were to occur in a '*text' field, the "displayed as" form
  // would NOT be treated as encoded words". So it is for each word that touches a parenthesis.
  test.each(['(=?ISO-8859-1?Q?a?=)', '(=?ISO-8859-1?Q?a_b?=)', '(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)'])(
    '%s stays as it is in a text',
    (encoded) => {
      expect(wordsText(encoded, { from: 0, to: encoded.length }, moreCharsets)).toBe(encoded)
    },
  )
})

describe('RFC 3501 8: what a client is told of a message', () => {
  const terry = { name: 'Terry Gray', adl: null, mailbox: 'gray', host: 'cac.washington.edu' }

  it('its envelope', () => {
    expect(model('rfc3501-8-terry-gray').envelope).toEqual({
      date: 'Wed, 17 Jul 1996 02:23:25 -0700 (PDT)',
      subject: 'IMAP4rev1 WG mtg summary and minutes',
      from: [terry],
      sender: [terry],
      replyTo: [terry],
      to: [{ name: null, adl: null, mailbox: 'imap', host: 'cac.washington.edu' }],
      cc: [
        { name: null, adl: null, mailbox: 'minutes', host: 'CNRI.Reston.VA.US' },
        { name: 'John Klensin', adl: null, mailbox: 'KLENSIN', host: 'MIT.EDU' },
      ],
      bcc: null,
      inReplyTo: null,
      messageId: '<B27397-0100000@cac.washington.edu>',
    })
  })

  it('its body: ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 3028 92)', () => {
    const { structure } = model('rfc3501-8-terry-gray')
    expect(structure).toMatchObject({
      kind: 'part',
      type: 'TEXT',
      subtype: 'PLAIN',
      parameters: [['CHARSET', 'US-ASCII']],
      id: null,
      description: null,
      encoding: '7BIT',
      size: 3028,
      lines: 92,
    })
  })

  it('its header, of 342 octets', () => {
    const header = model('rfc3501-8-terry-gray').section('HEADER')!
    expect(header).toHaveLength(342)
    expect(header.endsWith('CHARSET=US-ASCII\r\n\r\n')).toBe(true)
  })
})

describe('RFC 2046: messages that point elsewhere, or are a piece', () => {
  const external = (part: Part) =>
    readExternalBody(
      part.contentType!.parameters.map(({ name, value }) => [name, value] as const),
      part.source.slice(part.body.from, part.body.to),
    )

  it('5.2.3: the header of what lies there, and the phantom body', () => {
    const [root] = parts('rfc2046-5.2.3-external-body')
    expect(external(root!)).toMatchObject({
      where: { access: 'local-file', name: '/u/nsb/Me.jpeg' },
      missing: [],
      contentType: 'image/jpeg',
      contentId: '<id42@guppylake.bellcore.com>',
      encoding: 'binary',
      phantomBody: 'THIS IS NOT REALLY THE BODY!\r\n',
    })
  })

  it('5.2.3.7: three ways to one document', () => {
    const [, ...three] = parts('rfc2046-5.2.3.7-external-bodies')
    expect(three.map(external)).toMatchObject([
      { where: { access: 'anon-ftp', site: 'thumper.bellcore.com', name: 'BodyFormats.ps', directory: 'pub' } },
      { where: { access: 'local-file', name: '/u/nsb/writing/rfcs/RFC-MIME.ps', site: 'thumper.bellcore.com' } },
      { where: { access: 'mail-server', server: 'listserv@bogus.bitnet' }, phantomBody: 'get RFC-MIME.DOC\r\n' },
    ])
    for (const part of three) {
      expect(external(part)).toMatchObject({ contentType: 'application/postscript', missing: [] })
    }
  })

  it('5.2.2.2: two pieces are put together', () => {
    const pieces = [2, 1].map((number): Piece => {
      const message = octetsOf(`rfc2046-5.2.2.2-partial-${number}`)
      const { root } = parseMessage(message)
      const value = (name: string) => root.contentType!.parameters.find((each) => each.name === name)!.value
      return { id: value('id'), number: Number(value('number')), total: Number(value('total')), message }
    })
    const joined = joinPieces('ABC@host.com', pieces)
    const { header, part } = expectationOf('rfc2046-5.2.2.2-reassembled')
    if (!('message' in joined)) throw new Error('A piece is missing')
    const read = ourReading(joined.message)
    expect([read.header, read.part]).toEqual([header, withOctets(part)])
    // The RFC counts on every field: what the outer header says of the transport, and no more of what the inner one says.
    expect(joined.message).toContain('X-Weird-Header-1: Foo\r\n')
    expect(joined.message).not.toContain('part 1 of 2')
    expect(joined.message).not.toContain('message/partial')
  })
})

describe('RFC 3464 appendix E: reports for programs', () => {
  const status = (name: string) => {
    const report = parts(name).find(({ subtype }) => subtype === 'delivery-status')!
    return readDeliveryStatus(report.source.slice(report.body.from, report.body.to))
  }

  it('of three recipients', () => {
    expect(status('rfc3464-e-multi-recipient')).toEqual({
      missing: [],
      status: {
        message: { reportingMta: { type: 'dns', text: 'cs.utk.edu' } },
        recipients: [
          {
            originalRecipient: { type: 'rfc822', text: 'arathib@vnet.ibm.com' },
            finalRecipient: { type: 'rfc822', text: 'arathib@vnet.ibm.com' },
            action: 'failed',
            status: '5.0.0',
            diagnosticCode: { type: 'smtp', text: "550 'arathib@vnet.IBM.COM' is not a registered gateway user" },
            remoteMta: { type: 'dns', text: 'vnet.ibm.com' },
          },
          {
            originalRecipient: { type: 'rfc822', text: 'johnh@hpnjld.njd.hp.com' },
            finalRecipient: { type: 'rfc822', text: 'johnh@hpnjld.njd.hp.com' },
            action: 'delayed',
            status: '4.0.0',
          },
          {
            originalRecipient: { type: 'rfc822', text: 'wsnell@sdcc13.ucsd.edu' },
            finalRecipient: { type: 'rfc822', text: 'wsnell@sdcc13.ucsd.edu' },
            action: 'failed',
            status: '5.0.0',
            diagnosticCode: { type: 'smtp', text: '550 user unknown' },
            remoteMta: { type: 'dns', text: 'sdcc13.ucsd.edu' },
          },
        ],
      },
    })
  })

  it('from a gateway, and of a delay', () => {
    expect(status('rfc3464-e-foreign').status).toEqual({
      message: { reportingMta: { type: 'mailbus', text: 'SYS30' } },
      recipients: [{ finalRecipient: { type: 'unknown', text: 'nair_s' }, status: '5.0.0', action: 'failed' }],
    })
    expect(status('rfc3464-e-delayed').status.recipients).toEqual([
      { finalRecipient: { type: 'rfc822', text: 'thomas@de-montfort.ac.uk' }, status: '4.0.0', action: 'delayed' },
    ])
  })
})

describe('text with more than characters', () => {
  const text = (name: string) => model(name).text(model(name).tree.root)

  it('RFC 1896: enriched text without its commands', () => {
    const plain = plainText(readEnriched(text('rfc1896-enriched')))
    expect(plain.replace(/[ \r]*\n+/g, '\n').trim()).toBe(
      'Now is the time for all good men (and <women>) to come\nto the aid of their\nbeloved country.\n' +
        'By the way, I think that <smaller>\nshould REALLY be called\n<tinier>\nand that I am always right.\n-- the end',
    )
  })

  it('RFC 3676 4.7: paragraphs that flow', () => {
    expect(readFlowed(text('rfc3676-4.7-flowed')).map((paragraph) => paragraph.text)).toEqual([
      "`Take some more tea,' the March Hare said to Alice, very earnestly.",
      '',
      "`I've had nothing yet,' Alice replied in an offended tone, `so I can't take more.'",
      '',
      "`You mean you can't take LESS,' said the Hatter: `it's very easy to take MORE than nothing.'",
    ])
  })

  it('RFC 3676 4.7: quotes of quotes', () => {
    expect(readFlowed(text('rfc3676-4.7-quoted')).map(({ quote, text: line }) => [quote, line])).toEqual([
      [3, 'Take some more tea.'],
      [2, "I've had nothing yet, so I can't take more."],
      [1, "You mean you can't take LESS, it's very easy to take MORE than nothing."],
    ])
  })

  it('RFC 2387 5.1: the records that the root lists', () => {
    const [root, list, records] = parts('rfc2387-5.1-fixed-record')
    expect(root!.parameter('start')).toBe(list!.id)
    const lengths = model('rfc2387-5.1-fixed-record').octets(list!).split('\r\n').map(Number)
    const octets = model('rfc2387-5.1-fixed-record').octets(records!)
    expect(lengths.reduce((sum, length) => sum + length)).toBe(octets.length)
    expect(octets.slice(0, lengths[0])).toBe('Old MacDonald had a farm\n')
  })
})

test('RFC 2231 5: a word knows its language', () => {
  const source = octetsOf('rfc2231-5-language')
  const [from] = parseMessage(source).root.fields
  const words = readWords(source, from!.value, silent)
  expect(words.filter(({ kind }) => kind === 'encoded')).toMatchObject([{ language: 'EN', charset: 'US-ASCII' }])
})
