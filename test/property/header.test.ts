/** The readers of header fields: whatever the octets, they answer, with places that lie where they must, and soon. */
import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { mailboxesOf, nameText, readAddressList } from '../../src/core/message/address-list.ts'
import { addresses, addressText } from '../../src/core/message/address.ts'
import { baseSubject } from '../../src/core/message/base-subject.ts'
import {
  parameterText,
  readContentType,
  readDisposition,
  readMimeVersion,
  readTransferEncoding,
} from '../../src/core/message/content-fields.ts'
import { mailDate } from '../../src/core/message/date.ts'
import { headerFields } from '../../src/core/message/fields.ts'
import { readMessageIds } from '../../src/core/message/message-ids.ts'
import type { Place } from '../../src/core/message/place.ts'
import type { Report } from '../../src/core/message/problems.ts'
import { readDate } from '../../src/core/message/read-date.ts'
import { headerSection, headerTroubles, unfolded } from '../../src/core/message/section.ts'
import { readWords, wordsText } from '../../src/core/message/words.ts'

type Reader = (source: string, place: Place, report: Report) => readonly (Place | null)[]

/** Each gives all the places that it found. */
const readers: Record<string, Reader> = {
  addresses(source, place, report) {
    const items = readAddressList(source, place, report)
    const mailboxes = mailboxesOf(items)
    for (const mailbox of mailboxes) nameText(source, mailbox)
    const groups = items.flatMap((item) => (item.kind === 'group' ? [item.namePlace] : []))
    return [
      ...[...items, ...groups],
      ...mailboxes.flatMap((each) => [
        ...[each, each.namePlace, each.routePlace],
        ...[each.localPlace, each.domainPlace, each.spec],
      ]),
    ]
  },
  date: (source, place, report) => [readDate(source, place, report)],
  ids: readMessageIds,
  words: readWords,
  comment: (source, place, report) => readWords(source, place, report, 'comment'),
  type(source, place, report) {
    const type = readContentType(source, place, report)
    for (const parameter of type?.parameters ?? []) parameterText(parameter)
    const segments = type?.parameters.flatMap((each) =>
      each.segments.flatMap(({ attribute, value }) => [attribute, value]),
    )
    return [type?.typePlace ?? null, type?.subtypePlace ?? null, ...(type?.parameters ?? []), ...(segments ?? [])]
  },
  disposition: (source, place, report) => [readDisposition(source, place, report)?.kindPlace ?? null],
  encoding: (source, place, report) => [readTransferEncoding(source, place, report)?.namePlace ?? null],
  version(source, place, report) {
    readMimeVersion(source, place, report)
    return []
  },
}

const piece = fc.constantFrom(
  ...['(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '.', '"', '=', '/', '?', '*', "'", '%', '_', '-', '+'],
  ...[' ', '\t', '\r\n', '\r\n ', '\r', '\n', '\0', '\xe9', '\xc3', '\xa9', '\xa0'],
  ...['a', 'Bc', 'x*0*', 'x*1', 'x*', "utf-8''%C3%A9", '=?utf-8?Q?', '?=', '=?utf-8?B?w6k=?=', '=?x*y?q?=41?='],
  ...['Fri', '21', 'Nov', '1997', '09', '55', '+0100', 'GMT', 'text', 'charset=', 'Re', '[fwd:', '(fwd)'],
)
const field = fc.oneof(
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

describe('any octets', () => {
  it.each(Object.keys(readers))('%s: an answer, with places within the field', (name) => {
    const octets = fc.oneof(
      field,
      fc.uint8Array({ maxLength: 60 }).map((bytes) => String.fromCharCode(...bytes)),
    )
    fc.assert(
      fc.property(octets, fc.nat({ max: 5 }), fc.nat({ max: 5 }), (text, before, behind) => {
        const source = '"'.repeat(before) + text + ')'.repeat(behind)
        const place = { from: before, to: before + text.length }
        const inside = ({ from, to }: Place) => place.from <= from && from <= to && to <= place.to
        const report: Report = (key, from, to) => expect(inside({ from, to }), `${key} ${from}-${to}`).toBe(true)
        for (const found of readers[name]!(source, place, report)) {
          if (found !== null) expect(inside(found), JSON.stringify(found)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('the pieces of words are the field, in order', () => {
    fc.assert(
      fc.property(field, (text) => {
        let at = 0
        for (const word of readWords(text, { from: 0, to: text.length }, () => {})) {
          expect(word.from).toBe(at)
          at = word.to
        }
        expect(at).toBe(text.length)
      }),
    )
  })

  it('mailboxes stand in the order of the field, and one does not reach into another', () => {
    fc.assert(
      fc.property(field, (text) => {
        let at = 0
        for (const item of readAddressList(text, { from: 0, to: text.length }, () => {})) {
          expect(item.from).toBeGreaterThanOrEqual(at)
          at = item.to
        }
      }),
    )
  })

  it('the fields of a section cover it, and are those of fields.ts where every line ends in CRLF', () => {
    const part = fc.constantFrom('A', 'b', ':', ' ', '\t', '\r\n', '\r', '\n', '\x80', 'Subject:', '\r\n\r\n')
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (source) => {
          const report: Report = (key, from, to) =>
            expect(0 <= from && from <= to && to <= source.length, key).toBe(true)
          const { fields, end, body } = headerSection(source, 0, source.length, report)
          headerTroubles(fields, report)
          let at = 0
          for (const { from, to, name, value } of fields) {
            expect(from).toBe(at)
            expect(source.startsWith(name, from)).toBe(true)
            expect(from < value.from && value.from <= value.to && value.to <= to).toBe(true)
            at = to
          }
          expect(end).toBe(at)
          expect(['', '\n', '\r\n']).toContain(source.slice(end, body))
          if (/(?<!\r)\n/.test(source)) return
          expect(fields.map(({ value }) => unfolded(source, value))).toEqual(
            headerFields(source).map(({ value }) => value),
          )
        },
      ),
    )
  })

  it('the base of a base subject is itself', () => {
    fc.assert(
      fc.property(field, (subject) => {
        const { base } = baseSubject(subject)
        expect(baseSubject(base)).toEqual({ base, isReply: false })
      }),
    )
  })
})

describe('what we write is read again', () => {
  it('dates, from 1900 on as RFC 5322 has them', () => {
    const zone = fc.integer({ min: -1439, max: 1439 })
    fc.assert(
      fc.property(fc.integer({ min: -2_208_900_000, max: 250_000_000_000 }), zone, (seconds, minutes) => {
        const text = mailDate(seconds * 1000, { minutes, name: 'X' })
        const problems: string[] = []
        const date = readDate(text, { from: 0, to: text.length }, (key) => problems.push(key))
        expect(date).toMatchObject({ epochMillis: seconds * 1000, zoneMinutes: minutes, zoneKnown: true })
        expect(problems).toEqual([])
      }),
    )
  })

  it('addresses', () => {
    const name = fc.string({ unit: fc.constantFrom(...'ab ,."\\()<>@:;=?é'), maxLength: 12 }).map((text) => text.trim())
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.constantFrom('a@b.c', '"a b"@c.d', 'x@[1.2.3.4]'))), (pairs) => {
        const given = pairs.map(([each, address]) => ({ name: each, address }))
        expect(addresses(given.map(addressText).join(', '))).toEqual(given)
      }),
    )
  })
})

describe('hostile fields', () => {
  const MOST = 200_000
  const units = [
    ...['(', ')', '"', '\\', '<', '>', '[', ']', ',', ';', ':', '@', '.', ' ', '=', '?', '*', '%', "'", '/', '\r\n '],
    ...[
      '(a):',
      '@:',
      '@a ',
      '<@',
      '<a@b,',
      'a:',
      '=?',
      '=?a?q?',
      '=?a?q?b?=',
      '=?a?q?b?= ',
      '=?utf-8?Q?=C3?= ',
      'a=b ',
    ],
    ...[
      'x*1=',
      ';x*0=a',
      ';x=a',
      'a ',
      '[a]',
      '[',
      'Re:',
      'Re[',
      '[fwd:',
      '(fwd)',
      '1 ',
      '1:',
      '-',
      '(a)',
      '"a"',
      'a@b ',
    ],
  ]

  it.each([...Object.keys(readers), 'subject', 'text', 'section'])(
    '%s: time grows as the field does',
    { timeout: 60_000 },
    (name) => {
      for (const unit of units) {
        const source = unit.repeat(MOST / unit.length)
        const place = { from: 0, to: source.length }
        const start = performance.now()
        if (name === 'subject') baseSubject(source)
        else if (name === 'text') wordsText(source, place)
        else if (name === 'section') headerSection(source, 0, source.length, () => {})
        else readers[name]!(source, place, () => {})
        // The square of 200,000 takes minutes; the slowest of these some 0.2 seconds.
        expect(performance.now() - start, unit).toBeLessThan(4000)
      }
    },
  )
})
