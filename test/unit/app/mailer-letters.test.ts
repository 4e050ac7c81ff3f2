import { describe, expect, it } from 'vitest'
import { emptyLetter, type AttachmentForm, type LetterForm } from '../../../src/app/compose/form.ts'
import { draftOf } from '../../../src/app/compose/letter.ts'
import { priorityOf, setPriority, setReceipt, wantsReceipt } from '../../../src/app/compose/wishes.ts'
import { draftAgain, forwardOf, replyTo, type Words } from '../../../src/app/mailer/letters.ts'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import { compose } from '../../../src/core/message/mime/build/compose.ts'
import { counted } from '../../../src/core/message/mime/build/unique.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'

const words: Words = { quote: 'X wrote:', forwarded: '---', field: (name) => name, date: 'date', subject: 'subject' }

const model = (...lines: string[]) => new MessageModel(utf8Octets(lines.map((line) => `${line}\r\n`).join('')))

const plain = model(
  'From: "Petit, Claire" <claire@lyon.example>',
  'To: alice@rennes.example, Bruno <bruno@rennes.example>',
  'Cc: ALICE@rennes.example, emma@brest.example',
  'Subject: =?utf-8?q?=C3=89t=C3=A9?=',
  'Message-ID: <2@lyon.example>',
  'References: <0@x.example> <1@x.example>',
  '',
  'Hello',
  '> quoted before',
  '',
)

const PICTURE: AttachmentForm = {
  name: 'é.png',
  type: 'image/png',
  description: 'A picture',
  inline: false,
  encoding: '',
  octets: '\x89PNG\r\n',
}

function written(letter: LetterForm): Octets {
  const unique = () => counted(letter.stem, 'x.example')
  return compose(
    draftOf(letter, { name: 'A', address: 'a@x.example' }, 'Mon, 7 Sep 2026 10:00:00 +0200', unique()).draft,
    unique(),
  )
}

describe('an answer', () => {
  it('goes to the author, quotes, and names what it answers', () => {
    const letter = replyTo(plain, 'alice@rennes.example', false, words, 's')
    expect(letter).toMatchObject({ to: '"Petit, Claire" <claire@lyon.example>', cc: '', subject: 'Re: Été' })
    expect(letter.text).toBe('\n\nX wrote:\n> Hello\n>> quoted before')
    expect(letter.fields).toEqual([
      { name: 'In-Reply-To', value: '<2@lyon.example>' },
      { name: 'References', value: '<0@x.example> <1@x.example> <2@lyon.example>' },
    ])
  })

  it('to all leaves out oneself, however one is written', () => {
    expect(replyTo(plain, 'alice@rennes.example', true, words, 's').cc).toBe(
      'Bruno <bruno@rennes.example>, emma@brest.example',
    )
  })

  it('follows Reply-To, and says Re: once', () => {
    const list = model('From: a@x.example', 'Reply-To: list@x.example', 'Subject: RE: b', '', '')
    expect(replyTo(list, null, false, words, 's')).toMatchObject({ to: 'list@x.example', subject: 'RE: b' })
  })

  it('to one’s own letter goes on to whom that went', () => {
    const own = model('From: alice@rennes.example', 'To: emma@brest.example', 'Subject: b', '', '')
    expect(replyTo(own, 'alice@rennes.example', false, words, 's').to).toBe('emma@brest.example')
  })
})

const mixed = model(
  'From: a@x.example',
  'To: b@x.example',
  'Bcc: c@x.example',
  'Subject: files',
  'X-Priority: 1',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  '',
  'the text',
  '--b',
  'Content-Type: application/octet-stream; name=a.bin',
  'Content-Transfer-Encoding: base64',
  '',
  'AAEC',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'Subject: inner',
  'Content-Type: image/gif',
  '',
  'GIF',
  '--b--',
)

describe('what is passed on', () => {
  it('brings text and files along; what lies in an attached message stays in it', () => {
    const letter = forwardOf(mixed, false, words, 's')
    expect(letter.subject).toBe('Fwd: files')
    expect(letter.text).toContain('---\nfrom: a@x.example\nto: b@x.example')
    expect(letter.text).toContain('the text')
    expect(letter.attachments.map(({ type, octets }) => [type, octets.slice(0, 14)])).toEqual([
      ['application/octet-stream', '\x00\x01\x02'],
      ['message/rfc822', 'Subject: inner'],
    ])
  })

  it('as an attachment is the message, octet by octet', () => {
    const [file] = forwardOf(mixed, true, words, 's').attachments
    expect(file).toMatchObject({ type: 'message/rfc822', octets: mixed.source })
  })

  it('a draft is what it was', () => {
    const letter = draftAgain(mixed, 's')
    expect(letter).toMatchObject({ to: 'b@x.example', bcc: 'c@x.example', subject: 'files', text: 'the text' })
    expect(priorityOf(letter)).toBe('high')
    expect(letter.attachments).toHaveLength(2)
  })

  it('a draft with HTML is HTML again, with its pictures in it; what was made of the text follows the text', () => {
    const picture = { ...PICTURE, inline: true }
    const again = (form: Partial<LetterForm>) =>
      draftAgain(new MessageModel(written({ ...emptyLetter('s'), to: 'b@x.example', format: 'html', ...form })), 's')
    const html = '<p>Look: <img src="cid:é.png"> <b>Été</b></p>\n'
    const own = again({ text: 'Look', html, attachments: [picture] })
    expect(own).toMatchObject({ format: 'html', text: 'Look', attachments: [picture] })
    expect(own.html.trimEnd()).toBe(html.trimEnd())
    expect(again({ text: 'One\n\nTwo <3', attachments: [picture] })).toMatchObject({
      ...{ format: 'html', text: 'One\n\nTwo <3', html: '', attachments: [picture] },
    })
    expect(again({ text: 'One', attachments: [PICTURE] })).toMatchObject({ html: '', attachments: [PICTURE] })
  })
})

it('haste and a receipt are fields of the letter, and can be taken back', () => {
  const letter = emptyLetter('s')
  letter.fields = [{ name: 'Organization', value: 'x' }]
  setPriority(letter, 'high')
  setReceipt(letter, 'a@x.example')
  expect([priorityOf(letter), wantsReceipt(letter)]).toEqual(['high', true])
  setPriority(letter, 'low')
  expect(letter.fields.filter(({ name }) => name === 'Importance')).toEqual([{ name: 'Importance', value: 'low' }])
  setPriority(letter, 'normal')
  setReceipt(letter, null)
  expect(letter.fields).toEqual([{ name: 'Organization', value: 'x' }])
})
