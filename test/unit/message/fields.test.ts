import fc from '../../fast-check.ts'
import { describe, expect, test } from 'vitest'
import { bodyAt, countFields, field, fieldValues, headerFields, withFields } from '../../../src/core/message/fields.ts'

const MESSAGE =
  'Received: from a\r\n\tby b; now\r\nSubject : Hello\r\n  world\r\nX-Empty:\r\nReceived: from c by a\r\n\r\nBody: no field\r\n'

describe('header fields', () => {
  test('are found with their places, raw and unfolded', () => {
    const fields = headerFields(MESSAGE)
    expect(fields.map(({ name, value }) => [name, value])).toEqual([
      ['Received', 'from a\tby b; now'],
      ['Subject', 'Hello  world'],
      ['X-Empty', ''],
      ['Received', 'from c by a'],
    ])
    expect(fields[1]!.raw).toBe(' Hello\r\n  world\r\n')
    expect(MESSAGE.slice(fields[1]!.from, fields[1]!.to)).toBe('Subject : Hello\r\n  world\r\n')
  })

  test('are asked for by name in any case', () => {
    expect(field(MESSAGE, 'SUBJECT')).toBe('Hello  world')
    expect(field(MESSAGE, 'Sub')).toBeNull()
    expect(field(MESSAGE, 'Body')).toBeNull()
    expect(fieldValues(MESSAGE, 'received')).toEqual(['from a\tby b; now', 'from c by a'])
    expect(countFields(MESSAGE, 'Received')).toBe(2)
  })

  test('end at the empty line, or where somebody forgot it', () => {
    expect(MESSAGE.slice(bodyAt(MESSAGE))).toBe('Body: no field\r\n')
    expect(bodyAt('Blah blah blah...\r\n')).toBe(0)
    expect(bodyAt('\r\nBody\r\n')).toBe(2)
    const forgotten = 'Subject: x\r\nBonjour à tous\r\n'
    expect(forgotten.slice(bodyAt(forgotten))).toBe('Bonjour à tous\r\n')
    expect(bodyAt('Subject: no end')).toBe(15)
    expect(bodyAt('')).toBe(0)
  })

  test('are put on top without swallowing the text below', () => {
    expect(withFields('A: 1\r\n', 'Subject: x\r\n\r\ntext')).toBe('A: 1\r\nSubject: x\r\n\r\ntext')
    expect(withFields('A: 1\r\n', 'Blah\r\n')).toBe('A: 1\r\n\r\nBlah\r\n')
    expect(withFields('A: 1\r\n', ' indented\r\n')).toBe('A: 1\r\n\r\n indented\r\n')
    expect(withFields('A: 1\r\n', '\r\ntext')).toBe('A: 1\r\n\r\ntext')
    expect(withFields('A: 1\r\n', '')).toBe('A: 1\r\n')
  })

  test('cover the header exactly, whatever the octets', () => {
    const part = fc.constantFrom('A', 'b', ':', ' ', '\t', '\r\n', '\r', '\n', '\x80', 'Subject:', '\r\n\r\n')
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (content) => {
          const fields = headerFields(content)
          let at = 0
          for (const { from, to } of fields) {
            expect(from).toBe(at)
            expect(to).toBeGreaterThan(from)
            at = to
          }
          const body = bodyAt(content)
          expect(body).toBe(content.startsWith('\r\n', at) ? at + 2 : at)
          // On top of any content, a field stays a field and the body stays the body.
          const stamped = withFields('X-Stamp: 1\r\n', content)
          expect(headerFields(stamped)).toHaveLength(fields.length + 1)
          expect(stamped.slice(bodyAt(stamped))).toBe(content.slice(body))
        },
      ),
    )
  })
})
