/** Whatever a message is made of, there is a way to read it, and each part has a harmless name. */
import fc from '../fast-check.ts'
import { expect, it } from 'vitest'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { allParts } from '../../src/core/message/mime/part.ts'
import { headingOf } from '../../src/core/views/heading.ts'
import { fixedBlocks, joinedFrom, type Reading, readingOf, savedName } from '../../src/core/views/reading.ts'
import { messageNames, octetsOf } from '../messages/golden.ts'

const messages = messageNames.map(octetsOf)

/** A golden message in which some octets are others, or a piece of another message. */
const spoilt = fc
  .record({
    message: fc.constantFrom(...messages),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    instead: fc.oneof(
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
      fc.constantFrom(...messages).map((other) => other.slice(0, 600)),
    ),
  })
  .map(({ message, at, length, instead }) => {
    const from = Math.floor(at * message.length)
    return message.slice(0, from) + instead + message.slice(from + length)
  })

const inside = (reading: Reading): readonly Reading[] => {
  switch (reading.kind) {
    case 'parts':
      return reading.items
    case 'alternative':
      return reading.choices
    case 'message':
      return [reading.content]
    case 'signed':
      return reading.content ? [reading.content] : []
    default:
      return []
  }
}

it('reads what is spoilt', () => {
  fc.assert(
    fc.property(spoilt, (source) => {
      const model = new MessageModel(source)
      const parts = new Set(allParts(model.tree.root))
      headingOf(model.tree.root)
      const check = (reading: Reading): void => {
        expect(parts.has(reading.part)).toBe(true)
        expect(savedName(reading.part)).toMatch(/^[\p{L}\p{N}_+-][\p{L}\p{N}_.+-]*$/u)
        if (reading.kind === 'alternative') expect(reading.choices[reading.best]).toBeDefined()
        if (reading.kind === 'partial') joinedFrom(reading.piece, [source])
        inside(reading).forEach(check)
      }
      check(readingOf(model.tree.root, (part) => model.text(part)))
    }),
    { numRuns: 300 },
  )
})

it('shows every character of a fixed text but the marks of its quotes and its last line ends', () => {
  const line = fc.constantFrom('', 'a', '> a', '>>b', '> > c', ' > d', '-- ', '>', 'x>y')
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const words = (text: string) => text.replace(/[>\s]/g, '')
      const shown = fixedBlocks(lines.join('\r\n')).map(({ text }) => text)
      expect(words(shown.join('\n'))).toBe(words(lines.join('\n')))
    }),
  )
})
