import { expect, test } from 'vitest'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { htmlReferences, referenceText } from '../../../src/core/message/mime/kinds/html-references.ts'
import { headingOf } from '../../../src/core/views/heading.ts'
import {
  fetchedEntity,
  fixedBlocks,
  formName,
  joinedFrom,
  pictureType,
  type Reading,
  readingOf,
  savedName,
} from '../../../src/core/views/reading.ts'
import { messageNames, octetsOf } from '../../messages/golden.ts'

const read = (source: string): Reading => {
  const model = new MessageModel(source)
  return readingOf(model.tree.root, (part) => model.text(part))
}
const lines = (...all: string[]) => all.join('\r\n')

/** A reading in few words: its kind, and what is in it. */
function sketch(reading: Reading): unknown {
  switch (reading.kind) {
    case 'parts':
      return [reading.arrangement, ...reading.items.map(sketch)]
    case 'alternative':
      return ['alternative', reading.best, ...reading.choices.map(sketch)]
    case 'message':
      return ['message', sketch(reading.content)]
    case 'signed':
      return ['signed', reading.content && sketch(reading.content)]
    case 'file':
      return reading.inside ? ['file', sketch(reading.inside)] : 'file'
    default:
      return reading.kind
  }
}

test.each([
  ['rfc2049-a-complex', ['mixed', 'text', 'text', ['parallel', 'audio', 'image'], 'styled', ['message', 'text']]],
  ['rfc2046-5.1.1-two-parts', ['mixed', 'text', 'text']],
  ['rfc2046-5.1.4-alternative', ['alternative', 1, 'text', 'styled', 'file']],
  ['rfc2046-5.2.2.2-partial-1', 'partial'],
  ['rfc2046-5.2.3-external-body', 'external-body'],
  ['rfc3464-e-foreign', ['report', 'text', 'delivery-status']],
  ['rfc1847-2.1-signed', ['signed', 'text']],
  ['rfc1847-2.2-encrypted', 'sealed'],
  ['rfc1896-enriched', 'styled'],
])('%s is read as it should be', (name, expected) => {
  expect(sketch(read(octetsOf(name)))).toEqual(expected)
})

test('a digest is a list of letters', () => {
  const digest = read(octetsOf('rfc2046-5.1.5-digest'))
  const all = (reading: Reading): Reading[] =>
    reading.kind === 'parts' ? [reading, ...reading.items.flatMap(all)] : [reading]
  const kinds = all(digest).map((each) => (each.kind === 'parts' ? each.arrangement : each.kind))
  expect(kinds).toEqual(['mixed', 'text', 'digest', 'message', 'message'])
})

test('every golden message can be read', () => {
  for (const name of messageNames) {
    const model = new MessageModel(octetsOf(name))
    const reading = readingOf(model.tree.root, (part) => model.text(part))
    expect(reading.part.source).toBe(model.source)
    expect(headingOf(model.tree.root).subject).toBe(model.subject)
  }
})

test('the start of a related is shown, and what it does not point at follows', () => {
  const okie = read(octetsOf('rfc2387-5.2-okie'))
  expect(sketch(okie)).toEqual(['mixed', 'text', 'image', 'image'])
})

const related = (html: string) =>
  lines(
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html',
    '',
    html,
    '--b',
    'Content-Type: image/png',
    'Content-ID: <logo%25@x.example>',
    '',
    'x',
    '--b--',
    '',
  )

test('a picture that the page shows has no place of its own; one that it does not show has', () => {
  expect(sketch(read(related('<img alt="" src="cid:logo%2525@x.example">')))).toBe('html')
  expect(sketch(read(related('<p>no picture</p>')))).toEqual(['mixed', 'html', 'image'])
})

test('what an HTML text points at is found in attributes and styles, and percent signs are undone', () => {
  const found = htmlReferences(`<IMG SRC = 'cid:a&amp;b'><p style="background:url(cid:c%40d)"><td background=cid:e>`)
  expect([...found]).toEqual(['cid:a&b', 'cid:c@d', 'cid:e'])
  expect(referenceText(' CID:x%3Cy ')).toBe('cid:x<y')
})

test('an attached picture is a file, which can be shown', () => {
  const message = lines(
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: image/png; name=a.png',
    'Content-Disposition: attachment; filename="../../evil name.png"',
    '',
    'x',
    '--b--',
  )
  const reading = read(message)
  expect(sketch(reading)).toEqual(['mixed', ['file', 'image']])
  const [item] = reading.kind === 'parts' ? reading.items : []
  expect(savedName(item!.part)).toBe('evilXname.png')
})

test('of alternatives the last that can be shown is the best, and the last where none can', () => {
  const alternative = (...types: string[]) =>
    lines(
      'Content-Type: multipart/alternative; boundary=b',
      '',
      ...types.flatMap((type) => ['--b', `Content-Type: ${type}`, '', 'x']),
      '--b--',
    )
  expect(sketch(read(alternative('text/plain', 'text/html', 'application/x-odd')))).toEqual([
    'alternative',
    1,
    'text',
    'html',
    'file',
  ])
  expect(sketch(read(alternative('application/a', 'application/b')))).toEqual(['alternative', 1, 'file', 'file'])
})

test('what lies elsewhere counts as shown only where it can be fetched, and each form has a name of its own', () => {
  const reading = read(octetsOf('rfc2046-5.2.3.7-external-bodies'))
  if (reading.kind !== 'alternative') throw new Error(reading.kind)
  expect(reading.best).toBe(1)
  expect(reading.choices.map(formName)).toEqual([
    'message/external-body (ANON-FTP)',
    'message/external-body (local-file)',
    'message/external-body (mail-server)',
  ])
})

test('messages within messages end somewhere', () => {
  const deep = 'Content-Type: message/rfc822\r\n\r\n'.repeat(5000) + '\r\nend'
  let depth = 0
  for (let reading = read(deep); reading.kind === 'message'; reading = reading.content) depth++
  expect(depth).toBe(20)
})

test('of very many parts only the first are shown, and the others counted', () => {
  const many = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(3000)}--b--`
  const reading = read(many)
  if (reading.kind !== 'parts') throw new Error(reading.kind)
  expect(reading.items.length + reading.more).toBe(3000)
  expect(reading.items.length).toBeLessThan(600)
})

test('the heading: names and subject decoded, groups with their members, the date as written', () => {
  const heading = headingOf(
    new MessageModel(
      lines(
        'From: =?iso-8859-1?Q?Andr=E9?= <andre@x.example>',
        'To: Friends: bob@x.example, "Eve, E." <eve@y.example>;, zoe@z.example',
        'Subject: =?utf-8?B?w6l0w6k=?=',
        'Date: Mon, 23 Nov 2026 10:00:00',
        ' +0100 (CET)',
        '',
        '',
      ),
    ).tree.root,
  )
  expect(heading.subject).toBe('été')
  expect(heading.date).toBe('Mon, 23 Nov 2026 10:00:00 +0100 (CET)')
  // Ten o'clock where it was written, wherever it is read.
  expect(heading.clock).toBe(Date.UTC(2026, 10, 23, 10))
  expect(heading.people).toEqual([
    { field: 'from', addresses: [{ name: 'André', address: 'andre@x.example', group: false }] },
    {
      field: 'to',
      addresses: [
        { name: 'Friends', address: '', group: true },
        { name: '', address: 'bob@x.example', group: false },
        { name: 'Eve, E.', address: 'eve@y.example', group: false },
        { name: '', address: 'zoe@z.example', group: false },
      ],
    },
  ])
})

test('a date that cannot be read stands as it was written', () => {
  const { date, clock } = headingOf(new MessageModel('Date: the day before\r\n\r\n').tree.root)
  expect([date, clock]).toEqual(['the day before', null])
})

test('the pieces of RFC 2046 5.2.2.2 are put together from the mailbox; one alone says what is missing', () => {
  const pieces = [
    octetsOf('rfc2046-5.2.2.2-partial-2'),
    'Subject: other\r\n\r\n',
    octetsOf('rfc2046-5.2.2.2-partial-1'),
  ]
  const reading = read(pieces[0]!)
  if (reading.kind !== 'partial') throw new Error(reading.kind)
  expect(reading.piece).toMatchObject({ number: 2, total: 2 })
  const joined = joinedFrom(reading.piece, pieces)
  expect('message' in joined && new MessageModel(joined.message).subject).toBe('Audio mail')
  expect(joinedFrom(reading.piece, pieces.slice(0, 2))).toEqual({ missing: [1], total: 2 })
})

test('what is fetched stands under the header that travelled in its place', () => {
  const reading = read(octetsOf('rfc2046-5.2.3-external-body'))
  if (reading.kind !== 'external-body') throw new Error(reading.kind)
  const { root } = new MessageModel(fetchedEntity(reading.external, '\xff\xd8')).tree
  expect(`${root.type}/${root.subtype}`).toBe('image/jpeg')
  expect(root.source.slice(root.body.from)).toBe('\xff\xd8')
})

test('quotes of a fixed text are told by their marks, and the signature by its line', () => {
  expect(fixedBlocks('Hi\r\n> > one\r\n>> two\r\n> three\r\n\r\n-- \r\nBob\r\n\r\n')).toEqual([
    { quote: 0, text: 'Hi', signature: false },
    { quote: 2, text: 'one\ntwo', signature: false },
    { quote: 1, text: 'three', signature: false },
    { quote: 0, text: '', signature: false },
    { quote: 0, text: '-- \nBob', signature: true },
  ])
})

test('pictures go to the browser under names that it knows, and only pictures do', () => {
  const part = (type: string) => new MessageModel(`Content-Type: ${type}\r\n\r\nx`).tree.root
  expect(pictureType(part('image/JPG'))).toBe('image/jpeg')
  expect(pictureType(part('image/svg+xml'))).toBe('image/svg+xml')
  expect(pictureType(part('image/x-odd'))).toBeNull()
  expect(sketch(read('Content-Type: image/x-odd\r\n\r\nx'))).toBe('file')
})
