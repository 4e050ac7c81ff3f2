import { describe, expect, it } from 'vitest'
import { emptyLetter, type AttachmentForm, type LetterForm } from '../../../src/app/compose/form.ts'
import { letterText, readLetter } from '../../../src/app/compose/kept.ts'
import { draftOf } from '../../../src/app/compose/letter.ts'
import { commandFor } from '../../../src/app/compose/send.ts'
import { weighParts } from '../../../src/app/compose/weigh.ts'
import { compose } from '../../../src/core/message/mime/build/compose.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import type { Part } from '../../../src/core/message/mime/part.ts'

const person = { name: 'Alice Martin', address: 'alice@rennes.example' }
const DATE = 'Mon, 7 Sep 2026 10:00:00 +0200 (CEST)'
const unique = () => counted('stem', 'pc.example')

const letter = (change: Partial<LetterForm> = {}): LetterForm => ({
  ...emptyLetter('stem'),
  to: 'claire@lyon.example',
  subject: 'Été',
  text: 'Où ?\n',
  ...change,
})

const file = (change: Partial<AttachmentForm> = {}): AttachmentForm => ({
  name: 'a.gif',
  type: 'image/gif',
  description: '',
  inline: false,
  encoding: '',
  octets: 'GIF89a\0\xff\r\n\n',
  ...change,
})

const made = (change: Partial<LetterForm> = {}) => draftOf(letter(change), person, DATE, unique())

function model(change: Partial<LetterForm> = {}): MessageModel {
  const { draft } = made(change)
  return new MessageModel(compose(draft, unique()))
}

type Shape = string | readonly [string, ...Shape[]]
const shape = (part: Part): Shape =>
  part.children.length === 0 || part.type === 'message' ? part.subtype : [part.subtype, ...part.children.map(shape)]
const shapeOf = (change: Partial<LetterForm>) => shape(model(change).tree.root)

const troublesOf = (change: Partial<LetterForm>) => made(change).troubles.map(({ field, key }) => `${field} ${key}`)

describe('a letter', () => {
  it('has the header that its fields say, and reads as it was written', () => {
    const read = model({ cc: 'Denis Moreau <denis@lyon.example>, "Roux, Charles" <charles@lyon.example>' })
    expect(read.subject).toBe('Été')
    expect(read.text(read.tree.root)).toBe('Où ?\r\n')
    expect(read.envelope.cc?.map(({ name }) => name)).toEqual(['Denis Moreau', 'Roux, Charles'])
    expect(read.envelope.from?.map(({ name, mailbox, host }) => [name, mailbox, host])).toEqual([
      ['Alice Martin', 'alice', 'rennes.example'],
    ])
    expect(read.problems).toEqual([])
  })

  it('goes to all whom it names, those of groups and of Bcc, too', () => {
    const { recipients } = made({ to: 'Friends: a@x.example, B <b@x.example>;', bcc: 'c@x.example' })
    expect(recipients).toEqual(['a@x.example', 'b@x.example', 'c@x.example'])
    expect(model({ bcc: 'c@x.example' }).source).toContain('\r\nBcc: c@x.example\r\n')
  })

  it.each<[Partial<LetterForm>, string[]]>([
    [{ to: '' }, ['to compose.bad.to']],
    [{ to: 'claire' }, ['to compose.bad.address']],
    [{ to: '', cc: 'a@b <c@d' }, ['cc compose.bad.address']],
    [{ to: 'é@lyon.example' }, ['to compose.bad.address']],
    [{ fields: [{ name: 'X Y', value: '' }] }, ['fields.0 compose.field.bad']],
    [{ fields: [{ name: 'X:', value: '' }] }, ['fields.0 compose.field.bad']],
    [{ fields: [{ name: 'content-TYPE', value: 'x' }] }, ['fields.0 compose.field.own']],
    [{ fields: [{ name: 'Reply-To', value: 'nobody' }] }, ['fields.0 compose.bad.address']],
    [{ external: { site: 'ftp.x.example', name: '', type: '' } }, ['external compose.bad.external']],
  ])('says by which field something is wrong: %j', (change, troubles) => {
    expect(troublesOf(change)).toEqual(troubles)
    expect(made(change).ready).toBe(false)
  })

  it('takes what does no harm, and says what it does instead', () => {
    expect(troublesOf({ to: 'claire@lyon.example, ' })).toEqual([])
    expect(troublesOf({ charset: 'us-ascii' })).toEqual(['charset compose.charset.lacks'])
    expect(model({ charset: 'us-ascii' }).tree.root.parameter('charset')).not.toBe('us-ascii')
  })

  it('lets nobody write a header field into another', () => {
    const hostile = 'x\r\nBcc: spy@x.example\r\n\r\nbody'
    const read = model({
      subject: hostile,
      fields: [{ name: 'X-Note', value: hostile }],
      attachments: [file({ name: `${hostile}".gif`, description: hostile, type: `image/gif; ${hostile}` })],
    })
    expect(read.source).not.toMatch(/^Bcc:/im)
    expect(read.tree.root.children).toHaveLength(2)
    expect(read.octets(read.tree.root.children[1]!)).toBe(file().octets)
  })

  it('has more fields, each in its own form', () => {
    const { source } = model({
      fields: [
        { name: 'Reply-To', value: 'Été <alice@rennes.example>' },
        { name: 'References', value: '<a@x> <b@x>' },
        { name: 'X-Mood', value: 'gaie, été' },
        { name: '', value: ' ' },
      ],
    })
    expect(source).toMatch(/^Reply-To: =\?iso-8859-1\?B\?yXTp\?= <alice@rennes\.example>\r$/im)
    expect(source).toContain('\r\nReferences: <a@x> <b@x>\r\n')
    expect(source).toMatch(/^X-Mood: .*=\?/m)
  })
})

describe('its content', () => {
  it('takes the form that is wanted', () => {
    expect(shapeOf({})).toBe('plain')
    expect(shapeOf({ format: 'enriched' })).toBe('enriched')
    expect(model({ format: 'flowed' }).tree.root.parameter('format')).toBe('flowed')
    expect(shapeOf({ format: 'html' })).toEqual(['alternative', 'plain', 'html'])
    expect(shapeOf({ attachments: [file()] })).toEqual(['mixed', 'plain', 'gif'])
    expect(shapeOf({ attachments: [file()], combine: 'parallel' })).toEqual(['parallel', 'plain', 'gif'])
    expect(shapeOf({ external: { site: 'ftp.x.example', name: '/pub/x', type: '' } })).toEqual([
      'mixed',
      'plain',
      'external-body',
    ])
  })

  it('puts messages into a digest, and nothing else', () => {
    const mail = file({ name: 'a.eml', type: 'message/rfc822', octets: 'From: a@x.example\nSubject: x\n\ny\n' })
    const digest = { combine: 'digest' as const, attachments: [mail, mail] }
    expect(shapeOf(digest)).toEqual(['mixed', 'plain', ['digest', 'rfc822', 'rfc822']])
    expect(shapeOf({ ...digest, text: '' })).toEqual(['digest', 'rfc822', 'rfc822'])
    expect(shapeOf({ combine: 'digest', attachments: [file()] })).toEqual(['mixed', 'plain', 'gif'])
  })

  it('shows a picture in the HTML, where it is named or below', () => {
    const change = { format: 'html' as const, attachments: [file({ inline: true, description: 'a "dot"' })] }
    expect(shapeOf(change)).toEqual(['alternative', 'plain', ['related', 'html', 'gif']])
    const htmlOf = (read: MessageModel) => read.text(read.tree.root.children[1]!.children[0]!)
    const below = model(change)
    const id = below.tree.root.children[1]!.children[1]!.id!.slice(1, -1)
    expect(htmlOf(below)).toContain(`<p>Où ?</p>\r\n<p><img src="cid:${id}" alt="a &quot;dot&quot;"></p>`)
    const named = model({ ...change, html: '<img src="cid:a.gif">' })
    expect(htmlOf(named)).toBe(`<img src="cid:${id}">`)
  })

  it('is weighed part by part, with what was wished for and could not be', () => {
    const { draft } = made({ encoding: 'base64', attachments: [file({ encoding: '7bit' }), file()] })
    const rows = weighParts(new MessageModel(compose(draft, unique())), draft.content, '7bit')
    expect(rows.map(({ type, encoding, reason }) => [type, encoding, reason])).toEqual([
      ['text/plain', 'base64', 'wish'],
      ['image/gif', 'base64', 'binary'],
      ['image/gif', 'base64', 'binary'],
    ])
    expect(rows.map(({ refused }) => refused?.encoding ?? null)).toEqual([null, '7bit', null])
    expect(rows[1]!.refused!.obstacles).toContain('eight-bit')
    expect(rows[1]!.decoded).toBe(file().octets.length)
  })

  it('travels as 7 bits where it is signed, whatever the way carries', () => {
    expect(made({ way: '8bit' }).draft.way).toBe('8bit')
    expect(made({ way: '8bit', sign: true }).draft.way).toBe('7bit')
  })
})

describe('what is kept of a letter', () => {
  it('comes back as it was', () => {
    const whole = letter({ attachments: [file()], fields: [{ name: 'X-A', value: '\u2028"é' }] })
    expect(readLetter(letterText(whole))).toEqual(whole)
  })

  it('is all but attachments that are too large', () => {
    const large = letter({ attachments: [file({ octets: 'x'.repeat(200_001) })] })
    expect(readLetter(letterText(large))).toEqual({ ...large, attachments: [] })
  })

  it.each(['', 'null', '{}', '[]', '{"to":3}', letterText(letter()).replace('"plain"', '"x"')])(
    'is nothing where it is no letter: %j',
    (text) => expect(readLetter(text)).toBeNull(),
  )
})

describe('the command that sends it', () => {
  it('keeps a lone dot from ending it', () => {
    expect(commandFor('m.eml', 'a\r\n..\r\nb.\r\n')).toBe('sendmail -t < m.eml')
    expect(commandFor('m.eml', 'a\r\n.\r\nb\r\n')).toBe('sendmail -i -t < m.eml')
  })
})
