import { createHash } from 'node:crypto'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { toBytes, toOctets } from '../../../src/core/bytes/octets.ts'
import { compose, signable } from '../../../src/core/message/mime/build/compose.ts'
import type { Draft, DraftField, DraftPart } from '../../../src/core/message/mime/build/draft.ts'
import { MOST_DEPTH } from '../../../src/core/message/mime/build/entity.ts'
import { sevenBit } from '../../../src/core/message/mime/build/seven-bit.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import { keptPart, letterContent } from '../../../src/core/message/mime/build/usual.ts'
import { decodedOctets, partText } from '../../../src/core/message/mime/decoded.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'
import type { Part } from '../../../src/core/message/mime/part.ts'

const header: DraftField[] = [
  { kind: 'addresses', name: 'From', addresses: [{ name: 'Nathaniel Borenstein', address: 'nsb@bellcore.com' }] },
  { kind: 'addresses', name: 'To', addresses: [{ name: 'Ned Freed', address: 'ned@innosoft.com' }] },
  { kind: 'raw', name: 'Date', value: 'Sun, 21 Mar 1993 23:56:48 -0800' },
  { kind: 'text', name: 'Subject', text: 'Sample message' },
]
const unique = () => counted('t', 'rennes.example')
const plain = (text: string): DraftPart => ({ kind: 'text', subtype: 'plain', text })
const made = (content: DraftPart, more: Partial<Draft> = {}) => compose({ header, content, ...more }, unique())
/** Read again, and nothing must be wrong with it. */
const read = (message: string): Part => {
  const { root, problems } = parseMessage(message)
  expect(problems.map(({ key, from, to }) => [key, message.slice(from, to)])).toEqual([])
  return root
}
const textOf = (part: Part) => partText(part, decodedOctets(part)!)

describe('compose', () => {
  it('writes the simple multipart of RFC 2046 5.1.1, line by line', () => {
    const message = made({
      kind: 'multipart',
      subtype: 'mixed',
      boundary: 'simple boundary',
      preamble: 'This is the preamble.  It is to be ignored.',
      epilogue: 'This is the epilogue.  It is also to be ignored.',
      parts: [
        {
          kind: 'prepared',
          entity: '\r\nThis is implicitly typed plain US-ASCII text.\r\nIt does NOT end with a linebreak.',
        },
        plain('This is explicitly typed plain US-ASCII text.\r\nIt DOES end with a linebreak.\r\n'),
      ],
    })
    expect(message).toBe(
      [
        'From: Nathaniel Borenstein <nsb@bellcore.com>',
        'To: Ned Freed <ned@innosoft.com>',
        'Date: Sun, 21 Mar 1993 23:56:48 -0800',
        'Subject: Sample message',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="simple boundary"',
        '',
        'This is the preamble.  It is to be ignored.',
        '--simple boundary',
        '',
        'This is implicitly typed plain US-ASCII text.',
        'It does NOT end with a linebreak.',
        '--simple boundary',
        'Content-Type: text/plain; charset=us-ascii',
        '',
        'This is explicitly typed plain US-ASCII text.',
        'It DOES end with a linebreak.',
        '',
        '--simple boundary--',
        'This is the epilogue.  It is also to be ignored.',
        '',
      ].join('\r\n'),
    )
  })

  it('keeps Bcc only where it is told to, and says itself how the content is written', () => {
    const given: DraftField[] = [
      ...header,
      { kind: 'addresses', name: 'Bcc', addresses: [{ name: '', address: 'spy@foo.com' }] },
      { kind: 'raw', name: 'Content-Type', value: 'image/gif' },
      { kind: 'raw', name: 'mime-version', value: '2.0' },
    ]
    const sent = compose({ header: given, content: plain('x') }, unique())
    expect(sent).not.toMatch(/spy|gif|2\.0/)
    expect(compose({ header: given, content: plain('x'), keepBcc: true }, unique())).toContain('Bcc: spy@foo.com\r\n')
  })

  it('labels what holds parts with the most that one of them needs', () => {
    const inner: DraftPart = { kind: 'message', message: { header, content: plain('un long été') } }
    const content: DraftPart = { kind: 'multipart', subtype: 'mixed', parts: [plain('x'), inner] }
    const eight = read(made(content, { way: '8bit' }))
    expect(eight.encoding).toBe('8bit')
    expect(eight.children.map(({ encoding }) => encoding)).toEqual(['7bit', '8bit'])
    expect(eight.children[1]!.children[0]!.encoding).toBe('8bit')
    const seven = read(made(content))
    expect([seven.encoding, seven.children[1]!.encoding]).toEqual(['7bit', '7bit'])
    expect(seven.children[1]!.children[0]!.encoding).toBe('quoted-printable')
    const binary = read(made({ kind: 'octets', type: 'image/gif', octets: 'GIF\0\r\n' }, { way: 'binary' }))
    expect(binary.encoding).toBe('binary')
  })

  it('encodes the leaves of a message that is eight-bit already, since message/rfc822 may not be', () => {
    const old =
      'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nun long \xe9t\xe9\r\n'
    const root = read(made({ kind: 'message', message: old }))
    expect(root.encoding).toBe('7bit')
    expect(root.children[0]!.encoding).toBe('quoted-printable')
    expect(textOf(root.children[0]!)).toBe('un long été\r\n')
    expect(made({ kind: 'message', message: old }, { way: '8bit' })).toContain(old)
  })

  it('never lets a line look like its delimiter', () => {
    const nasty = Array.from({ length: 30 }, (_, k) => `--=_${k}_t\r\n--=_${k}_t--`).join('\r\n')
    const content: DraftPart = {
      kind: 'multipart',
      subtype: 'mixed',
      boundary: 'gone',
      preamble: '--=_31_t',
      epilogue: '--=_32_t--',
      parts: [
        plain(nasty),
        plain('--gone\r\n'),
        { kind: 'multipart', subtype: 'mixed', parts: [plain(`a\r\n${nasty}`)] },
      ],
    }
    const root = read(made(content))
    expect(root.children).toHaveLength(3)
    expect(textOf(root.children[0]!)).toBe(nasty)
    expect(textOf(root.children[2]!.children[0]!)).toBe(`a\r\n${nasty}`)
  })

  it('refuses a boundary that RFC 2046 does not allow', () => {
    for (const boundary of ['', 'a b ', 'x'.repeat(71), 'a\r\nb', 'é', 'a*b']) {
      const root = read(made({ kind: 'multipart', subtype: 'mixed', boundary, parts: [plain('x')] }))
      expect(root.multipart!.boundary).toBe('=_1_t')
    }
  })

  it(`nests ${MOST_DEPTH} deep, and not deeper`, () => {
    const nested = (depth: number): DraftPart =>
      depth === 0 ? plain('core') : { kind: 'multipart', subtype: 'mixed', parts: [nested(depth - 1)] }
    let part = read(made(nested(MOST_DEPTH)))
    for (let depth = 0; depth < MOST_DEPTH; depth++) part = part.children[0]!
    expect(textOf(part)).toBe('core')
    expect(() => made(nested(MOST_DEPTH + 1))).toThrow(RangeError)
  })

  it('writes all that a part may say of itself', () => {
    const octets = 'GIF89a'
    const root = read(
      made({
        kind: 'multipart',
        subtype: 'mixed',
        parts: [
          {
            kind: 'octets',
            type: 'image/gif',
            octets,
            name: 'été.gif',
            md5: true,
            id: '<foo@bar.net>',
            description: 'Une image d’été',
            location: 'http://foo.com/a%20b.gif',
            language: 'fr, en',
            disposition: {
              type: 'attachment',
              filename: 'genome "été".jpeg',
              creationDate: 'Wed, 12 Feb 1997 16:29:51 -0500',
              size: 6,
            },
            parameters: [['x-note', 'a']],
            fields: [{ kind: 'text', name: 'X-Seen', text: 'ja' }],
          },
        ],
      }),
    )
    const [part] = root.children
    expect(part).toMatchObject({ id: '<foo@bar.net>', languages: ['fr', 'en'], location: 'http://foo.com/a%20b.gif' })
    expect(part!.md5).toBe(createHash('md5').update(octets).digest('base64'))
    expect(part!.parameter('name')).toBe('été.gif')
    expect(part!.parameter('x-note')).toBe('a')
    expect(part!.disposition!.parameters.map(({ name, value }) => [name, value])).toEqual([
      ['filename', 'genome "été".jpeg'],
      ['creation-date', 'Wed, 12 Feb 1997 16:29:51 -0500'],
      ['size', '6'],
    ])
    expect(part!.field('x-seen')).not.toBeNull()
  })

  it('flows', () => {
    const words = 'Le petit chat est mort. '.repeat(20).trim()
    const root = read(made({ kind: 'text', subtype: 'plain', text: `${words}\nFrom me\n`, flowed: { delSp: false } }))
    expect(root.parameter('format')).toBe('flowed')
    expect(textOf(root)).toContain('\r\n From me\r\n')
    for (const line of textOf(root).split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
  })
})

describe('the types of message/ and multipart/', () => {
  it('related, report, encrypted with their parameters', () => {
    const gif: DraftPart = { kind: 'octets', type: 'image/gif', octets: '\xff', id: '<1@x>' }
    const related = read(made({ kind: 'related', start: '<1@x>', startInfo: '-o ps', parts: [plain('x'), gif] }))
    expect(['type', 'start', 'start-info'].map((name) => related.parameter(name))).toEqual([
      'image/gif',
      '<1@x>',
      '-o ps',
    ])
    const html: DraftPart = { kind: 'text', subtype: 'html', text: '<p>' }
    expect(read(made({ kind: 'related', parts: [html] })).parameter('type')).toBe('text/html')
    const encrypted = read(
      made({
        kind: 'encrypted',
        protocol: 'application/pgp-encrypted',
        control: { kind: 'octets', type: 'application/pgp-encrypted', octets: 'Version: 1\r\n', encoding: '7bit' },
        octets: '-----BEGIN PGP MESSAGE-----\r\n',
      }),
    )
    expect(encrypted.parameter('protocol')).toBe('application/pgp-encrypted')
    expect(encrypted.children.map(({ subtype, encoding }) => [subtype, encoding])).toEqual([
      ['pgp-encrypted', '7bit'],
      ['octet-stream', '7bit'],
    ])
  })

  it('external-body with its phantom, seven bits whatever the way', () => {
    const root = read(
      made(
        {
          kind: 'external-body',
          access: {
            access: 'anon-ftp',
            site: 'thumper.bellcore.com',
            name: 'BodyFormats.ps',
            directory: 'pub',
            mode: 'image',
            size: 42,
          },
          phantom: [
            { kind: 'raw', name: 'Content-Type', value: 'application/postscript' },
            { kind: 'ids', name: 'Content-ID', ids: ['<id42@guppylake.bellcore.com>'] },
          ],
          body: 'get é',
        },
        { way: 'binary' },
      ),
    )
    expect(root.encoding).toBe('7bit')
    expect(['access-type', 'site', 'name', 'directory', 'mode', 'size'].map((name) => root.parameter(name))).toEqual([
      'anon-ftp',
      'thumper.bellcore.com',
      'BodyFormats.ps',
      'pub',
      'image',
      '42',
    ])
    expect(root.source.slice(root.body.from, root.body.to)).toBe(
      'Content-Type: application/postscript\r\nContent-ID: <id42@guppylake.bellcore.com>\r\n\r\nget ?\r\n',
    )
  })

  it('what cannot be called a message or a type is called octets', () => {
    const types = ['message/x-mine', 'multipart/mixed', 'image', 'a/b/c', 'image/"x"']
    for (const type of types) {
      const root = read(
        made({ kind: 'multipart', subtype: 'mixed', parts: [{ kind: 'octets', type, octets: '\xff' }] }),
      )
      expect(`${root.children[0]!.type}/${root.children[0]!.subtype}`).toBe('application/octet-stream')
    }
    const lines = read(made({ kind: 'octets', type: 'message/disposition-notification', octets: 'A: b\r\n' }))
    expect([lines.subtype, lines.encoding]).toEqual(['disposition-notification', '7bit'])
  })
})

describe('what is signed', () => {
  const text = 'From here on\r\ntrailing blank \r\nété\t\r\n' + `From ${'x'.repeat(300)}\r\n`

  it('is ASCII without blanks at line ends and without "From "', () => {
    const content: DraftPart = {
      kind: 'multipart',
      subtype: 'mixed',
      preamble: 'blank \r\n',
      parts: [plain(text), plain('From x'), { kind: 'octets', type: 'application/x', octets: 'a \r\n' }],
    }
    const octets = signable(content, unique())
    expect(octets).not.toMatch(/[^\x01-\x7f]|[ \t]\r\n|^From /m)
    for (const line of octets.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
    const { root } = parseMessage(octets)
    expect(textOf(root.children[0]!)).toBe(text)
    expect(textOf(root.children[1]!)).toBe('From x')
    expect(decodedOctets(root.children[2]!)).toBe('a \r\n')
  })

  it('stands in the message octet by octet', () => {
    const octets = signable(plain(text), unique())
    const message = made({
      kind: 'signed',
      protocol: 'application/pkcs7-signature',
      micalg: 'sha-256',
      content: { kind: 'prepared', entity: octets },
      signature: { kind: 'octets', type: 'application/pkcs7-signature', name: 'smime.p7s', octets: '\x30\x82' },
    })
    const root = read(message)
    expect(root.children.map(({ place }) => message.slice(place.from, place.to))[0]).toBe(octets)
    expect([root.parameter('protocol'), root.parameter('micalg')]).toEqual(['application/pkcs7-signature', 'sha-256'])
    // A tree that is signed nowhere else is written the same way.
    const whole = made(
      {
        kind: 'signed',
        protocol: 'application/pgp-signature',
        micalg: 'pgp-sha256',
        content: plain(text),
        signature: plain('x'),
      },
      { way: '8bit' },
    )
    expect(whole).toContain(octets)
  })
})

describe('sevenBit', () => {
  it('changes what it must, and nothing else', () => {
    const message = made(
      {
        kind: 'multipart',
        subtype: 'mixed',
        parts: [plain('été'), plain('x'), { kind: 'octets', type: 'image/gif', octets: '\0\xff', encoding: 'base64' }],
      },
      { way: '8bit' },
    )
    const converted = sevenBit(message)
    expect(converted).not.toMatch(/[^\x01-\x7f]/)
    const root = read(converted)
    expect([root.encoding, ...root.children.map(({ encoding }) => encoding)]).toEqual([
      '7bit',
      'base64',
      '7bit',
      'base64',
    ])
    expect(textOf(root.children[0]!)).toBe('été')
    expect(sevenBit(converted)).toBe(converted)
  })

  it('says of a message from before MIME what it can (RFC 1428)', () => {
    const converted = sevenBit('Subject: x\r\n\r\nsalut \xe0 tous\r\n')
    expect(converted).toBe(
      'Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n' +
        'Content-Transfer-Encoding: quoted-printable\r\n\r\nsalut =E0 tous\r\n',
    )
    const bare = parseMessage(sevenBit('salut \xe0 tous\r\n')).root
    expect(decodedOctets(bare)).toBe('salut \xe0 tous\r\n')
  })
})

describe('a letter in the usual way', () => {
  const gif = { filename: 'chat.gif', type: 'image/gif', octets: 'GIF89a\0' }
  const shape = (part: Part): unknown =>
    part.children.length === 0 ? part.subtype : [part.subtype, ...part.children.map(shape)]
  const shapeOf = (content: DraftPart) => shape(read(made(content)))

  it('has the shape that mail programs give it', () => {
    expect(shapeOf(letterContent({ text: 'x' }))).toBe('plain')
    expect(shapeOf(letterContent({ text: 'x', html: '<p>x' }))).toEqual(['alternative', 'plain', 'html'])
    expect(shapeOf(letterContent({ text: 'x', attachments: [gif] }))).toEqual(['mixed', 'plain', 'gif'])
    const all = letterContent({
      text: 'x',
      html: '<img src="cid:1@x">',
      pictures: [{ ...gif, id: '<1@x>' }],
      attachments: [gif, { kind: 'message', message: { header, content: plain('y') } }],
    })
    expect(shapeOf(all)).toEqual([
      'mixed',
      ['alternative', 'plain', ['related', 'html', 'gif']],
      'gif',
      ['rfc822', 'plain'],
    ])
  })

  it('takes a part of another message as it stands', () => {
    const first = read(made(letterContent({ text: 'x', attachments: [gif] })))
    const kept = keptPart(first.children[1]!)
    const message = made(letterContent({ text: 'see below', attachments: [kept] }))
    expect(message).toContain(`\r\n${kept.entity}\r\n--`)
    expect(decodedOctets(read(message).children[1]!)).toBe(gif.octets)
  })

  it('is read by other programs', async () => {
    const message = made(
      letterContent({
        text: 'Voilà €',
        html: '<p>Voilà €',
        pictures: [{ ...gif, id: '<1@x>' }],
        attachments: [
          { ...gif, filename: 'Été à la plage, avec un nom de fichier beaucoup trop long pour une seule ligne.gif' },
        ],
      }),
    )
    const postal = await PostalMime.parse(toBytes(message))
    const other = await simpleParser(Buffer.from(toBytes(message)))
    expect(postal.text?.trim()).toBe('Voilà €')
    expect(other.text?.trim()).toBe('Voilà €')
    expect(postal.html).toContain('<p>Voilà €')
    const files = [
      ['chat.gif', gif.octets],
      ['Été à la plage, avec un nom de fichier beaucoup trop long pour une seule ligne.gif', gif.octets],
    ]
    expect(
      postal.attachments.map(({ filename, content }) => [filename, toOctets(new Uint8Array(content as ArrayBuffer))]),
    ).toEqual(files)
    expect(other.attachments.map(({ filename, content }) => [filename, toOctets(new Uint8Array(content))])).toEqual(
      files,
    )
  })
})
