import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { utf8Octets } from '../../src/core/bytes/utf8.ts'
import { field } from '../../src/core/message/fields.ts'
import { partText, decodedOctets } from '../../src/core/message/mime/decoded.ts'
import { compose } from '../../src/core/message/mime/build/compose.ts'
import type { DraftPart } from '../../src/core/message/mime/build/draft.ts'
import { counted } from '../../src/core/message/mime/build/unique.ts'
import { parseMessage } from '../../src/core/message/mime/parse.ts'
import { decodeWords } from '../../src/core/message/words.ts'
import { fromMemo } from '../../src/core/mta/gateway/from-memo.ts'
import { isMemo } from '../../src/core/mta/gateway/memo.ts'
import { mailAddress, orAddress } from '../../src/core/mta/gateway/or-address.ts'
import { toMemo } from '../../src/core/mta/gateway/to-memo.ts'

const table = { 'x400.example': '/O=x400/PRMD=facteur/ADMD= /C=FR/', 'b.example': '/O=b/C=DE/' }
const unique = () => counted('1', 'gw.example')
const back = (memo: string) => fromMemo(memo, { host: 'gw.example', table, unique: unique() })

/** Octets in which headers, memos and MIME are likely. */
const likely = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['\r\n', '\r\n\r\n', ': ', ' ', '/', '(', ')', '*', '=?utf-8?q?=00?=', '--b', '1', '99999999'],
      ),
      fc.constantFrom(...['From', 'To', 'Date', 'Subject', 'Message-ID', 'Sender', 'Received', 'Content-Type']),
      fc.constantFrom(...['This-IPM', 'Originator', 'Body-Parts', 'Body-Part', 'Lines', 'Heading-Extension']),
      fc.constantFrom(
        ...['file-transfer', 'forwarded-message', 'ia5-text', 'multipart/mixed; boundary=b', '/S=x/C=DE/'],
      ),
      fc.constantFrom('message/rfc822', 'Content-Transfer-Encoding: base64', 'MIME-Version: 1.0', 'a@b.example'),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''))

const atom = fc.stringMatching(/^[A-Za-z0-9_+~'=/$%!-]{1,12}$/)
const address = fc
  .tuple(fc.array(atom, { minLength: 1, maxLength: 3 }), fc.constantFrom('x400.example', 'b.example', 'c.example'))
  .map(([local, domain]) => `${local.join('.')}@${domain}`)
const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }), { maxLength: 6 }).map((all) =>
  all
    .join(' ')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim(),
)
const text = fc
  .array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 5 })
  .map((lines) => lines.map((line) => `${line.replace(/[\p{C}\p{Z}]/gu, ' ')}\n`).join(''))
const part: fc.Arbitrary<DraftPart> = fc.oneof(
  text.map((lines): DraftPart => ({ kind: 'text', subtype: 'plain', text: lines })),
  fc.tuple(fc.stringMatching(/^[a-z]{1,8}\.gif$/), fc.string()).map(([filename, octets]): DraftPart => ({
    kind: 'octets',
    type: 'image/gif',
    octets: utf8Octets(octets),
    disposition: { type: 'attachment', filename },
  })),
)
const mail = fc.record({
  from: address,
  to: fc.array(address, { minLength: 1, maxLength: 3 }),
  name: words,
  subject: words,
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
})

function written({
  from,
  to,
  name,
  subject,
  parts,
}: {
  from: string
  to: string[]
  name: string
  subject: string
  parts: DraftPart[]
}) {
  return compose(
    {
      header: [
        { kind: 'addresses', name: 'From', addresses: [{ name, address: from }] },
        { kind: 'addresses', name: 'To', addresses: to.map((each) => ({ name: '', address: each })) },
        { kind: 'text', name: 'Subject', text: subject },
        { kind: 'raw', name: 'Date', value: 'Mon, 7 Sep 2026 10:00:00 +0200' },
        { kind: 'ids', name: 'Message-ID', ids: ['<1@a.example>'] },
      ],
      content: parts.length === 1 ? parts[0]! : { kind: 'multipart', subtype: 'mixed', parts },
    },
    unique(),
  )
}

describe('the gateway', () => {
  it('takes any octets for a message, and any for a memo', () => {
    fc.assert(
      fc.property(likely, (octets) => {
        const memo = toMemo(octets, table)
        expect(isMemo(memo)).toBe(true)
        expect(isMemo(back(memo))).toBe(false)
        back(octets)
        back(`This-IPM: 1*\r\nBody-Parts: 9\r\n${octets}`)
      }),
      { numRuns: 400, examples: [['Received: ']] },
    )
  })

  it('no line of a memo begins a field that nobody wrote', () => {
    fc.assert(
      fc.property(words, likely, (name, value) => {
        const subject = utf8Octets(`=?utf-8?q?${encodeURIComponent(`${name}\r\nX-Evil: 1`).replace(/%/g, '=')}?=`)
        expect(field(toMemo(`Subject: ${subject}\r\n\r\n${value}`, table), 'X-Evil')).toBeNull()
        expect(field(back(toMemo(`Subject: ${subject}\r\n\r\n${value}`, table)), 'X-Evil')).toBeNull()
      }),
      { numRuns: 100 },
    )
  })

  it('an address comes back', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(mailAddress(orAddress(one, table), table)).toBe(one)
      }),
    )
  })

  it('people, subject, date, id and parts come back, and the second way through changes nothing', () => {
    fc.assert(
      fc.property(mail, (one) => {
        const message = written(one)
        const memo = toMemo(message, table)
        const again = back(memo)
        for (const name of ['From', 'To', 'Date', 'Message-ID']) {
          const plain = (of: string) => decodeWords(field(of, name)!).replace(/\s+/g, ' ')
          expect(plain(again)).toBe(plain(message))
        }
        expect(decodeWords(field(again, 'Subject') ?? '')).toBe(one.subject)
        const leaves = (of: string) => {
          const { root } = parseMessage(of)
          return (root.type === 'multipart' ? root.children : [root]).map((leaf) =>
            leaf.type === 'text' ? partText(leaf, decodedOctets(leaf)!).trimEnd() : decodedOctets(leaf),
          )
        }
        expect(leaves(again)).toEqual(leaves(message))
        expect(toMemo(again, table)).toBe(memo)
        expect(back(toMemo(again, table))).toBe(again)
      }),
      { numRuns: 200 },
    )
  })
})
