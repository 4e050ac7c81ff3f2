/** Any list of items on any message gives an answer that a parser of others' can read, and that says what it was asked for. */
import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import { generate } from '../../messages/generate.ts'
import { messageNames, octetsOf } from '../../messages/golden.ts'
import { Post } from './fake.ts'
import { parsed, untaggedLines } from './second-opinion.ts'

const section = fc.constantFrom('', 'HEADER', 'TEXT', '1', '2', '1.MIME', '2.1', '2.HEADER', '2.TEXT', '1.1.1', '7')
const fields = fc.constantFrom(
  'HEADER.FIELDS (From Subject)',
  '2.HEADER.FIELDS.NOT ("date" X-Y)',
  'HEADER.FIELDS.NOT (to)',
)
const substring = fc.constantFrom('', '<0.10>', '<5.100000>', '<1000000.1>')
const item = fc.oneof(
  fc.constantFrom(...'FLAGS UID MODSEQ ENVELOPE BODY BODYSTRUCTURE INTERNALDATE RFC822 RFC822.SIZE'.split(' ')),
  fc.constantFrom('RFC822.HEADER', 'RFC822.TEXT', 'BINARY[1]', 'BINARY.SIZE[1]', 'BINARY.PEEK[2]<0.20>'),
  fc
    .tuple(fc.constantFrom('BODY', 'BODY.PEEK'), fc.oneof(section, fields), substring)
    .map(([name, path, part]) => `${name}[${path}]${part}`),
)
const generated = fc.constantFrom(...generate(41, 12).map(({ octets }) => octets))
const golden = fc.constantFrom(...messageNames).map(octetsOf)

/** As the answer names it. */
const named = (item: string) => item.replace('.PEEK', '').replace(/<(\d+)\.\d+>/, '<$1>')

describe('answers to FETCH', () => {
  it('are good grammar, with literals of the right length', () => {
    fc.assert(
      fc.property(
        fc.oneof(generated, golden),
        fc.uniqueArray(item, { minLength: 1, maxLength: 5 }),
        (octets, items) => {
          const session = new Post().put(octets).selected()
          session.cloning = false
          const said = session.say(`FETCH 1 (${items.join(' ')})`)
          const untagged = untaggedLines(said)
          const tagged = said.slice(untagged.reduce((sum, line) => sum + line.length + 2, 0))
          expect(tagged).toMatch(/^(OK FETCH completed|NO \[UNKNOWN-CTE\] .*)\r\n$/)
          const answer = untagged.find((line) => / FETCH \(/.test(line))
          if (!answer) return
          const pairs = parsed(answer).attributes[1] as unknown[]
          expect(pairs.length % 2).toBe(0)
          if (tagged.startsWith('NO')) return
          // Beside what was asked for, FLAGS and MODSEQ where the message was marked as read.
          const asked = new Set(items.map(named)).size
          expect([asked, asked + 1, asked + 2]).toContain(pairs.length / 2)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('HEADER.FIELDS, HEADER and TEXT are what the message room says, without its tree', () => {
    fc.assert(
      fc.property(fc.oneof(generated, golden), fc.subarray(['from', 'Subject', 'x-none', 'DATE']), (octets, names) => {
        const session = new Post().put(octets.replaceAll('\0', ' ')).selected()
        session.cloning = false
        const model = new MessageModel(octets.replaceAll('\0', ' '))
        const value = (path: string) => {
          const said = session.say(`FETCH 1 BODY.PEEK[${path}]`)
          const found = / \{(\d+)\}\r\n/.exec(said)
          if (!found) return ''
          const from = found.index + found[0].length
          return said.slice(from, from + Number(found[1]))
        }
        expect(value('HEADER')).toBe(model.section('HEADER'))
        expect(value('TEXT')).toBe(model.section('TEXT'))
        if (names.length === 0) return
        for (const path of ['HEADER.FIELDS', 'HEADER.FIELDS.NOT'])
          expect(value(`${path} (${names.join(' ')})`)).toBe(model.section(path, names))
      }),
      { numRuns: 100 },
    )
  })
})
