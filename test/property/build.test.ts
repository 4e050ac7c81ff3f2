import fc from '../fast-check.ts'
import { simpleParser } from 'mailparser'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { toBytes, toOctets } from '../../src/core/bytes/octets.ts'
import { decodeWords } from '../../src/core/message/words.ts'
import { compose } from '../../src/core/message/mime/build/compose.ts'
import type { Draft, DraftField, DraftPart, Unique } from '../../src/core/message/mime/build/draft.ts'
import { writeField } from '../../src/core/message/mime/build/fields.ts'
import { counted } from '../../src/core/message/mime/build/unique.ts'
import { decodedOctets, partText } from '../../src/core/message/mime/decoded.ts'
import { parseMessage } from '../../src/core/message/mime/parse.ts'
import type { Part } from '../../src/core/message/mime/part.ts'

const unique = () => counted('test.1', 'rennes.example')

/** Characters of every length in UTF-8, and those that header fields have a meaning for. */
const letter = fc.constantFrom(...'aeZ 09', ...'éàÿ€œ☃漢', '😀', ...'"\\()<>@,;:=?_*\'%-.', '=?', '?=', '\t')
const line = fc.array(letter, { minLength: 1, maxLength: 120 }).map((letters) => letters.join(''))
const trimmed = line.map((text) => text.trim()).filter((text) => text !== '')
const text = fc
  .array(fc.oneof(line, fc.constantFrom('', 'From me', '--', '--=_test.1_1', '.', '> x', 'x'.repeat(1200), ' ')), {
    maxLength: 8,
  })
  .map((lines) => lines.join('\r\n'))
const octets = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 90 }).map(toOctets),
      fc.constantFrom('\r\n', '\n', '\r', '\r\n--=_test.1_2\r\n'),
    ),
  )
  .map((pieces) => pieces.join(''))
const filename = trimmed.map((name) => name.replace(/[\t]/g, ' '))

const textPart: fc.Arbitrary<DraftPart> = fc.record({
  kind: fc.constant('text' as const),
  subtype: fc.constantFrom('plain', 'html', 'enriched'),
  text,
})
const octetsPart: fc.Arbitrary<DraftPart> = fc
  .record({ type: fc.constantFrom('image/gif', 'application/octet-stream', 'x-thing/x-y'), octets, filename })
  .map(({ type, octets, filename }) => ({
    kind: 'octets',
    type,
    octets,
    name: filename,
    disposition: { type: 'attachment', filename, size: octets.length },
  }))

const { part } = fc.letrec<{ part: DraftPart }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    textPart,
    octetsPart,
    fc.record({
      kind: fc.constant('multipart' as const),
      subtype: fc.constantFrom('mixed', 'alternative', 'parallel', 'x-own'),
      parts: fc.array(tie('part'), { minLength: 1, maxLength: 4 }),
    }),
    tie('part').map((content): DraftPart => ({ kind: 'message', message: { header: [], content } })),
  ),
}))

const header: DraftField[] = [
  { kind: 'addresses', name: 'From', addresses: [{ name: 'Jones', address: 'jones@foo.com' }] },
  { kind: 'raw', name: 'Date', value: 'Thu, 21 May 1998 05:33:29 -0700' },
  { kind: 'ids', name: 'Message-ID', ids: ['<1@foo.com>'] },
  { kind: 'text', name: 'Subject', text: 'x' },
]
const draft = fc.record({ content: part, way: fc.constantFrom('7bit' as const, '8bit' as const, 'binary' as const) })
const composed = ({ content, way }: { content: DraftPart; way: '7bit' | '8bit' | 'binary' }) =>
  compose({ header, content: withHeaders(content), way }, unique())

/** A message inside has a header of its own; so that nobody misses a field there, it is the same one. */
function withHeaders(part: DraftPart): DraftPart {
  if (part.kind === 'multipart') return { ...part, parts: part.parts.map(withHeaders) }
  if (part.kind !== 'message') return part
  const message = part.message as Draft
  return { ...part, message: { header, content: withHeaders(message.content) } }
}

/** At the end of a message there is a line end, whatever there was. */
const ended = (octets: string) => (octets === '' || octets.endsWith('\r\n') ? octets : `${octets}\r\n`)

function expectSame(read: Part, drafted: DraftPart, whole: boolean): void {
  switch (drafted.kind) {
    case 'text':
      expect([read.type, read.subtype]).toEqual(['text', drafted.subtype])
      expect(partText(read, decodedOctets(read)!)).toBe(whole ? ended(drafted.text) : drafted.text)
      break
    case 'octets':
      expect(`${read.type}/${read.subtype}`).toBe(drafted.type)
      expect(decodedOctets(read)).toBe(drafted.octets)
      expect(read.parameter('name')).toBe(drafted.name)
      break
    case 'multipart':
      expect([read.type, read.subtype]).toEqual(['multipart', drafted.subtype])
      expect(read.children).toHaveLength(drafted.parts.length)
      drafted.parts.forEach((child, index) => expectSame(read.children[index]!, child, false))
      break
    case 'message':
      expect([read.type, read.subtype]).toEqual(['message', 'rfc822'])
      expectSame(read.children[0]!, (drafted.message as Draft).content, true)
      break
    default:
      expect.unreachable()
  }
}

describe('what is composed', () => {
  it('is read back: the same tree, texts, names and octets, and nothing wrong with it', () => {
    fc.assert(
      fc.property(draft, (given) => {
        const message = composed(given)
        const { root, problems } = parseMessage(message)
        expectSame(root, withHeaders(given.content), true)
        expect(problems.map(({ key, from, to }) => [key, message.slice(from, to)])).toEqual([])
      }),
    )
  })

  it('fits its way: ASCII in lines of at most 998 where the relay knows no better', () => {
    fc.assert(
      fc.property(draft, (given) => {
        const message = composed(given)
        const lines = message.split('\r\n')
        if (given.way === '7bit') expect(message).not.toMatch(/[^\x01-\x7f]/)
        if (given.way !== 'binary') {
          expect(message).not.toContain('\0')
          for (const line of lines) {
            expect(line.length).toBeLessThanOrEqual(998)
            expect(line).not.toMatch(/[\r\n]/)
          }
        }
      }),
    )
  })

  it('is the same again from the same source of boundaries, even from one that always gives the same', () => {
    const stubborn: Unique = { boundary: () => 'x', messageId: () => '<1@foo.com>' }
    fc.assert(
      fc.property(draft, (given) => {
        expect(composed(given)).toBe(composed(given))
        const content = withHeaders(given.content)
        expectSame(parseMessage(compose({ header, content, way: given.way }, stubborn)).root, content, true)
      }),
    )
  })
})

describe('header fields', () => {
  it('hold any text, in lines of at most 78, with words of at most 75', () => {
    const words = fc.record(
      {
        charset: fc.constantFrom('utf-8', 'iso-8859-1', 'us-ascii', 'windows-1252'),
        encoding: fc.constantFrom('Q' as const, 'B' as const),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(line, words, (text, words) => {
        const field = writeField({ kind: 'text', name: 'Subject', text, words })
        const value = field
          .slice('Subject:'.length)
          .replace(/\r\n(?=[ \t])/g, '')
          .trim()
        expect(decodeWords(value)).toBe(text)
        for (const part of field.split('\r\n')) {
          if (/[^ \t]{60}/.test(part)) expect(part.length).toBeLessThanOrEqual(998)
          else expect(part.length).toBeLessThanOrEqual(78)
          if (part !== '') expect(part).toMatch(/[^ \t]/)
        }
        for (const [word] of field.matchAll(/=\?[^? ]+\?[QB]\?[^? ]*\?=/g)) expect(word.length).toBeLessThanOrEqual(75)
      }),
    )
  })
})

describe('other programs', () => {
  const people = fc.array(trimmed, { minLength: 1, maxLength: 4 })

  it('read the same subjects, names, files and octets', async () => {
    await fc.assert(
      fc.asyncProperty(
        trimmed,
        people,
        text,
        fc.array(fc.tuple(filename, octets), { maxLength: 3 }),
        async (subject, names, body, files) => {
          const message = compose(
            {
              header: [
                { kind: 'addresses', name: 'From', addresses: [{ name: names[0]!, address: 'jones@foo.com' }] },
                { kind: 'addresses', name: 'To', addresses: names.map((name) => ({ name, address: 'x@bar.com' })) },
                { kind: 'text', name: 'Subject', text: subject },
              ],
              content: {
                kind: 'multipart',
                subtype: 'mixed',
                parts: [
                  { kind: 'text', subtype: 'plain', text: body },
                  ...files.map(([filename, octets]): DraftPart => ({
                    kind: 'octets',
                    type: 'application/octet-stream',
                    octets,
                    disposition: { type: 'attachment', filename },
                  })),
                ],
              },
            },
            unique(),
          )
          const postal = await PostalMime.parse(toBytes(message))
          expect(postal.subject).toBe(subject)
          expect(postal.from?.name).toBe(names[0])
          expect(postal.to?.map(({ name }) => name)).toEqual(names)
          expect(
            postal.attachments.map(({ filename, content }) => [
              filename,
              toOctets(new Uint8Array(content as ArrayBuffer)),
            ]),
          ).toEqual(files)
          const other = await simpleParser(Buffer.from(toBytes(message)))
          expect(other.subject).toBe(subject)
          expect(other.from?.value[0]?.name).toBe(names[0])
          expect(
            other.attachments.map(({ filename, content }) => [filename, toOctets(new Uint8Array(content))]),
          ).toEqual(files)
        },
      ),
      { numRuns: 60 },
    )
  })
})
