/**
 * What the courses show of messages: their own examples, as printed and repaired, and each slip of theirs that concerns a
 * message, with what our readers make of it.
 */
import { describe, expect, it, test } from 'vitest'
import { decodeBase64Lines, encodeBase64Lines } from '../../../src/core/bytes/base64-lines.ts'
import { decodeQuotedPrintable, encodeQuotedPrintable } from '../../../src/core/bytes/quoted-printable.ts'
import { readAddressList, type Mailbox } from '../../../src/core/message/address-list.ts'
import { addressOf, sameMailbox } from '../../../src/core/message/address.ts'
import { fieldRow } from '../../../src/core/message/field-table.ts'
import { readDeliveryStatus } from '../../../src/core/message/mime/kinds/delivery-status.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { allParts } from '../../../src/core/message/mime/part.ts'
import { collector } from '../../../src/core/message/problems.ts'
import { decodeWords } from '../../../src/core/message/words.ts'
import { expectationOf, messageNames, octetsOf, ourReading, withOctets } from '../../messages/golden.ts'

const own = messageNames.filter((name) => name.startsWith('course-'))

describe('the messages of the courses', () => {
  test.each(own)('%s', (name) => {
    const { header, part, problems } = expectationOf(name)
    expect(ourReading(octetsOf(name))).toEqual({ header, part: withOctets(part), problems })
  })

  test.each(own.filter((name) => name.endsWith('.repaired')))('nothing is wrong with %s', (name) => {
    expect(ourReading(octetsOf(name)).problems).toEqual([])
    expect(own).toContain(name.replace('.repaired', '.printed'))
  })

  it('004: the From field alone has 46 octets, as its server said', () => {
    const model = new MessageModel(octetsOf('course-004-header.printed'))
    expect(model.section('HEADER.FIELDS', ['from'])).toBe('From: root@salemioche.servebeer.com (root)\r\n\r\n')
    expect(model.section('HEADER.FIELDS', ['from'])).toHaveLength(46)
    expect(model.section('TEXT')).toHaveLength(6)
  })
})

/** A message with what every message needs, and these lines. */
const message = (...lines: string[]) =>
  new MessageModel(['From: a@x.test', 'Date: 1 Jan 2026 00:00 +0000', 'MIME-Version: 1.0', ...lines].join('\r\n'))
const problems = (model: MessageModel) => model.problems.map(({ key }) => key)
const types = (model: MessageModel) => [...allParts(model.tree.root)].map(({ type, subtype }) => `${type}/${subtype}`)

function read(field: string): { found: Mailbox[]; problems: string[] } {
  const { report, found } = collector()
  const items = readAddressList(field, { from: 0, to: field.length }, report)
  return { found: items.filter((item) => item.kind === 'mailbox'), problems: found.map(({ key }) => key) }
}

describe('MIME fields', () => {
  it('000: "Content-transfert-encoding" is a field that nobody knows', () => {
    const slip = message('Content-Type: text/plain', 'Content-transfert-encoding: base64', '', 'w6k=')
    expect(slip.tree.root.encoding).toBe('7bit')
    expect(slip.text(slip.tree.root)).toBe('w6k=')
    expect(fieldRow('Content-transfert-encoding').rfc).toBe(fieldRow('Whatever').rfc)
    const right = message('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', 'w6k=')
    expect(right.text(right.tree.root)).toBe('é')
  })

  it('000: "Par défaut : Content-Transfer-Encoding: 7BIT", in any case', () => {
    expect(message('', 'x').tree.root.encoding).toBe('7bit')
    expect(message('Content-Transfer-Encoding: 7BIT', '', 'x').tree.root.encoding).toBe('7bit')
    expect(problems(message('Content-Transfer-Encoding: x-token', '', 'x'))).toEqual(['encoding-unknown'])
  })

  it('000: a comment behind a parameter is no part of it', () => {
    const plain = message('Content-type: text/plain', '', 'x')
    const commented = message('Content-type: text/plain; charset=ISO-8859-1 (commentaire)', '', '\xe9')
    expect(problems(plain)).toEqual([])
    expect(plain.tree.root.parameter('charset') ?? 'us-ascii').toBe('us-ascii')
    expect(commented.tree.root.parameter('charset')).toBe('ISO-8859-1')
    expect(commented.text(commented.tree.root)).toBe('é')
  })

  it('000: "MIME-Version: 1.0" says that the Content fields are meant', () => {
    const without = new MessageModel(
      'From: a@x.test\r\nDate: 1 Jan 2026 00:00 +0000\r\nContent-Type: text/plain\r\n\r\nx',
    )
    expect(problems(without)).toEqual(['mime-version-missing'])
    expect(problems(message('', 'x'))).toEqual([])
  })

  it('000: Content-ID and Content-description say what a part is', () => {
    const model = message('Content-ID: <1@x.test>', 'Content-description: un son', 'Content-Type: audio/basic', '', '')
    expect(model.tree.root).toMatchObject({ id: '<1@x.test>', description: 'un son', type: 'audio', subtype: 'basic' })
  })

  it('000: message/822 is not the type of a message, message/rfc822 is', () => {
    const inner = ['', 'Subject: inner', '', 'x']
    expect(types(message('Content-Type: message/822', ...inner))).toEqual(['message/822'])
    expect(types(message('Content-Type: message/rfc822', ...inner))).toEqual(['message/rfc822', 'text/plain'])
  })

  it('002: nor is text/rfc822; the parts of a digest are message/rfc822 by default', () => {
    const digest = (...fields: string[]) =>
      message(
        'Content-Type: multipart/digest; boundary=b',
        '',
        '--b',
        ...fields,
        '',
        'Subject: inner',
        '',
        'x',
        '--b--',
      )
    expect(types(digest('Content-Type: text/rfc822'))).toEqual(['multipart/digest', 'text/rfc822'])
    expect(types(digest())).toEqual(['multipart/digest', 'message/rfc822', 'text/plain'])
  })

  it('000: signed needs protocol and micalg, encrypted needs protocol', () => {
    const body = ['', '--b', '', 'x', '--b', '', 'y', '--b--']
    expect(problems(message('Content-Type: multipart/signed; boundary=b', ...body))).toEqual([
      'protocol-missing',
      'micalg-missing',
    ])
    expect(problems(message('Content-Type: multipart/encrypted; boundary=b', ...body))).toEqual(['protocol-missing'])
    expect(problems(message('Content-Type: multipart/signed; boundary=b; protocol="a/b"; micalg=c', ...body))).toEqual(
      [],
    )
  })

  it('003: a message may be an image as a whole; a multipart must name its boundary', () => {
    const image = message('Content-Type: image/png', 'Content-Disposition: attachment; filename=a.png', '', '')
    expect(types(image)).toEqual(['image/png'])
    expect(image.tree.root.disposition?.kind).toBe('attachment')
    expect(problems(message('Content-Type: multipart/mixed', '', '--b', '', 'x'))).toEqual(['boundary-missing'])
  })

  it('003: Content-Length, as some systems write it, decides nothing', () => {
    const model = message('Content-Length: 3', '', 'more than three')
    expect(model.text(model.tree.root)).toBe('more than three')
    expect(problems(model)).toEqual([])
    expect(fieldRow('Content-Length').addedBy).toBe('some systems')
  })
})

describe('header fields', () => {
  it('002: In-Reply-To is an identifier; an address in it is an identifier without brackets', () => {
    expect(problems(message('In-Reply-To: paul@uvsq.fr', '', 'x'))).toEqual(['id-brackets-missing'])
    const right = message('In-Reply-To: <20021120182234@uvsq.fr>', '', 'x')
    expect(problems(right)).toEqual([])
    expect(right.threadKeys.references).toEqual(['20021120182234@uvsq.fr'])
  })

  it('002: "Reference" is not "References", and threads nothing', () => {
    expect(message('Reference: <1@uvsq.fr>', '', 'x').threadKeys.references).toEqual([])
    expect(message('References: <1@uvsq.fr> <2@uvsq.fr>', '', 'x').threadKeys.references).toEqual([
      '1@uvsq.fr',
      '2@uvsq.fr',
    ])
    expect(fieldRow('Reference').structure).toBe('text')
    expect(fieldRow('References').structure).toBe('ids')
  })

  it('002: To is not mandatory; From and Date are', () => {
    expect(problems(message('', 'x'))).toEqual([])
    expect(problems(message('Bcc:', '', 'x'))).toEqual([])
    expect(problems(new MessageModel('To: a@x.test\r\n\r\nx'))).toEqual(['date-missing', 'from-missing'])
  })

  it('000: the order of header fields has a meaning: the topmost Received was the last', () => {
    const hops = message('Received: by b; 1 Jan 2026 00:02 +0000', 'Received: by a; 1 Jan 2026 00:01 +0000', '', 'x')
    const { fields } = hops.tree.root
    const received = fields.filter(({ lowerName }) => lowerName === 'received')
    expect(received.map(({ value }) => hops.source.slice(value.from, value.to).trim().slice(0, 4))).toEqual([
      'by b',
      'by a',
    ])
    expect(fieldRow('Received').times).toBe('any')
  })

  it('002: Delivered-To, Organization, X-Accept-Language are fields of some systems', () => {
    const model = new MessageModel(octetsOf('course-002-header.printed'))
    expect(model.tree.root.fields.map(({ name }) => name)).toEqual([
      ...['Delivered-To', 'Date', 'From', 'Organization', 'X-Accept-Language'],
      ...['MIME-Version', 'To', 'Cc', 'Subject'],
    ])
    for (const name of ['Delivered-To', 'Organization', 'X-Accept-Language']) {
      expect(fieldRow(name).addedBy, name).not.toBe('composer')
    }
  })

  it('002: =?charset?encodage?valeur?=', () => {
    expect(decodeWords('=?iso-8859-1?Q?mod=E8le?= =?utf-8?B?w6k=?=')).toBe('modèleé')
  })

  it('002: rfe822 is no type of address that anybody knows', () => {
    const { status } = readDeliveryStatus('Reporting-MTA: dns; a\r\n\r\nOriginal-Recipient: rfe822;paul@uvsq.fr\r\n')
    expect(status.recipients[0]!.originalRecipient).toEqual({ type: 'rfe822', text: 'paul@uvsq.fr' })
  })
})

describe('002: the clinic of addresses', () => {
  const anne = read('anne.wei@cnam.fr').found[0]!

  it('the simplest form, the quoted one, and the one in brackets are one mailbox', () => {
    for (const field of ['"anne.wei"@cnam.fr', 'Anne Wei <anne.wei@cnam.fr>', '<anne.wei@CNAM.FR>']) {
      const { found, problems: wrong } = read(field)
      expect(wrong).toEqual([])
      expect(sameMailbox(anne, found[0]!), field).toBe(true)
    }
  })

  it('what stands beside the brackets is only a name', () => {
    expect(read('Anne Wei <anne.wei@cnam.fr>').found).toMatchObject([
      { name: 'Anne Wei', local: 'anne.wei', domain: 'cnam.fr' },
    ])
  })

  it('the case of the local part counts', () => {
    expect(sameMailbox(anne, read('Anne.WEI@cnam.fr').found[0]!)).toBe(false)
  })

  it('the local part has 64 octets at most', () => {
    expect(read(`${'a'.repeat(64)}@cnam.fr`).problems).toEqual([])
    expect(read(`${'a'.repeat(65)}@cnam.fr`).problems).toEqual(['local-too-long'])
  })

  it('a comment is passed over', () => {
    const { found } = read('anne.wei (d\xc3\xa9partement info)@cnam.fr')
    expect(sameMailbox(anne, found[0]!)).toBe(true)
  })

  it('an address literal stands in brackets', () => {
    expect(read('anne.wei@136.173.24.11').problems).toEqual(['literal-brackets-missing'])
    expect(read('anne.wei@[136.173.24.11]').problems).toEqual([])
    expect(read('anne.wei@[136.173.24.11]').found[0]!.domain).toBe('[136.173.24.11]')
  })

  it('a route has an @ before each domain, and is not to be written any more', () => {
    const slip = read('<ibp.fr, @uvsq.fr: anne.wei@cnam.fr>')
    expect(slip.problems).toEqual(['route-obsolete', 'route-malformed'])
    expect(slip.found.map(addressOf)).toEqual(['anne.wei@cnam.fr'])
    const right = read('<@ibp.fr,@uvsq.fr:anne.wei@cnam.fr>')
    expect(right.problems).toEqual(['route-obsolete'])
    expect(right.found).toMatchObject([{ route: '@ibp.fr,@uvsq.fr', local: 'anne.wei', domain: 'cnam.fr' }])
  })

  it('blanks, brackets and backslashes need quotes; the other characters from ! to ~ do not', () => {
    expect(read("!#$%&'*+-/=?^_`{|}~@cnam.fr").problems).toEqual([])
    expect(read('"anne wei\\\\"@cnam.fr').problems).toEqual([])
    expect(read('anne wei@cnam.fr').problems).not.toEqual([])
    expect(read('anne]wei@cnam.fr').problems).not.toEqual([])
  })
})

describe('000: the codecs', () => {
  it('quoted-printable writes a form feed as =0C', () => {
    expect(encodeQuotedPrintable('a\fb')).toBe('a=0Cb')
    expect(decodeQuotedPrintable('a=0Cb')).toBe('a\fb')
  })

  it('its example lost a blank: what it writes is "cometo"', () => {
    expect(decodeQuotedPrintable("Now's the time =\r\nfor all folk to come=\r\nto the aid of their country.")).toBe(
      "Now's the time for all folk to cometo the aid of their country.",
    )
  })

  it('base64: 23 5C is I1w=', () => {
    expect(encodeBase64Lines('\x23\x5c')).toBe('I1w=\r\n')
    expect(decodeBase64Lines('I1w=')).toBe('\x23\x5c')
  })

  it('base64: 52 is not both the last small letter and the first digit', () => {
    // 51 and 52 in the first six bits.
    expect(encodeBase64Lines(String.fromCharCode(51 << 2))[0]).toBe('z')
    expect(encodeBase64Lines(String.fromCharCode(52 << 2))[0]).toBe('0')
  })

  it('base64: lines of 76 characters, a third more octets', () => {
    const lines = encodeBase64Lines('\0'.repeat(570)).split('\r\n')
    expect(lines.slice(0, -1).map(({ length }) => length)).toEqual(Array(10).fill(76))
  })
})
