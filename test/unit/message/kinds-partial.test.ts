import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { field } from '../../../src/core/message/fields.ts'
import type { Piece } from '../../../src/core/message/mime/kinds/partial.ts'
import { joinPieces, splitMessage } from '../../../src/core/message/mime/kinds/partial.ts'
import { parseMessage } from '../../../src/core/message/mime/parse.ts'

const ids = () => {
  let count = 0
  return () => `<id${++count}@host.com>`
}

/** As a reader finds them. */
function pieceOf(message: string): Piece {
  const { root, problems } = parseMessage(message)
  expect(problems).toEqual([])
  expect([root.type, root.subtype]).toEqual(['message', 'partial'])
  const number = (name: string) => Number(root.parameter(name))
  return { id: root.parameter('id')!, number: number('number'), total: number('total'), message }
}

const audio = [
  'X-Weird-Header-1: Bar',
  'From: Bill@host.com',
  'To: joe@otherhost.com',
  'Date: Fri, 26 Mar 1993 12:59:38 -0500 (EST)',
  'Message-ID: <anotherid@foo.com>',
  'Subject: Audio mail',
  'MIME-Version: 1.0',
  'Content-type: audio/basic',
  'Content-transfer-encoding: base64',
  '',
  ...Array.from({ length: 40 }, (_, line) => String(line).padStart(60, 'A')),
  '',
].join('\r\n')

describe('message/partial', () => {
  it('splits as RFC 2046 5.2.2.2 shows it', () => {
    const pieces = splitMessage(audio, { id: 'ABC@host.com', most: 1800, messageId: ids() })
    expect(pieces).toHaveLength(2)
    const [first, second] = pieces
    expect(first!.slice(0, first!.indexOf('AAA'))).toBe(
      [
        'X-Weird-Header-1: Bar',
        'From: Bill@host.com',
        'To: joe@otherhost.com',
        'Date: Fri, 26 Mar 1993 12:59:38 -0500 (EST)',
        'Subject: Audio mail (part 1 of 2)',
        'Message-ID: <id1@host.com>',
        'MIME-Version: 1.0',
        'Content-Type: message/partial; id="ABC@host.com";',
        '\tnumber=1; total=2',
        '',
        'Message-ID: <anotherid@foo.com>',
        'Subject: Audio mail',
        'MIME-Version: 1.0',
        'Content-type: audio/basic',
        'Content-transfer-encoding: base64',
        '',
        '',
      ].join('\r\n'),
    )
    expect(field(second!, 'Subject')).toBe('Audio mail (part 2 of 2)')
    expect(field(second!, 'References')).toBe('<id1@host.com>')
    expect(pieceOf(second!)).toMatchObject({ id: 'ABC@host.com', number: 2, total: 2 })
  })

  it('comes back as it was, from pieces in any order and twice', () => {
    const line = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'ab \t'), maxLength: 70 }),
      fc.constantFrom('', 'From x', '--b'),
    )
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 500, max: 1500 }),
        (lines, most) => {
          const message = `${audio.slice(0, audio.indexOf('\r\n\r\n') + 4)}${lines.join('\r\n')}\r\n`
          const pieces = splitMessage(message, { id: 'x', most, messageId: ids() })
          if (pieces.length === 1) {
            expect(pieces[0]).toBe(message)
            return
          }
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(most)
            expect(piece.endsWith('\r\n')).toBe(true)
          }
          const read = pieces.map(pieceOf)
          const joined = joinPieces('x', [...read.toReversed(), ...read])
          expect(joined).toEqual({ message: message })
        },
      ),
    )
  })

  it('says what is missing', () => {
    const pieces = splitMessage(audio, { id: 'x', most: 900, messageId: ids() }).map(pieceOf)
    expect(pieces.length).toBeGreaterThan(3)
    expect(joinPieces('x', [pieces[2]!, pieces[0]!])).toEqual({
      missing: pieces.map(({ number }) => number).filter((number) => number !== 1 && number !== 3),
      total: pieces.length,
    })
    // Only the last piece must say how many there are.
    expect(joinPieces('x', [{ ...pieces[2]!, total: null }])).toEqual({ missing: [1, 2], total: null })
    expect(joinPieces('y', pieces)).toEqual({ missing: [], total: null })
    const mad = { id: 'x', number: 1e12, total: 1e12, message: '' }
    expect(joinPieces('x', [mad])).toMatchObject({ total: null })
  })

  it('makes the pieces seven-bit, for theirs must be (5.2.2)', () => {
    const eight = audio
      .replace(/audio\/basic/, 'text/plain; charset=utf-8')
      .replace('base64', '8bit')
      .replaceAll('AAA', '\xc3\xa9A')
    const pieces = splitMessage(eight, { id: 'x', most: 1000, messageId: ids() })
    expect(pieces.join('')).not.toMatch(/[^\x01-\x7f]/)
    expect(joinPieces('x', pieces.map(pieceOf))).toHaveProperty('message')
  })
})
