import fc from '../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { MessageModel } from '../../src/core/message/mime/model.ts'
import { editableText, EditedText } from '../../src/core/views/editable.ts'
import { octetWords } from '../../src/core/views/octet.ts'
import { sourceRegions, sourceSegments } from '../../src/core/views/source.ts'
import { readFileSync, readdirSync } from 'node:fs'

const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const hard = fc.constantFrom(
  '\r\n',
  '\r',
  '\n',
  '\0',
  '\x7f',
  'é',
  '\xc3\xa9',
  '\xf0\x9f\x98\x80',
  '\xe2\x80\xb9E9\xe2\x80\xba',
  '\xe2\x90\x8a',
  'a=b',
)
const sources = fc
  .array(fc.oneof(octet, hard, fc.string({ unit: 'grapheme-ascii', maxLength: 6 })), { maxLength: 60 })
  .map((pieces) => pieces.join(''))

const golden = readdirSync(new URL('../messages/', import.meta.url))
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(`../messages/${name}`, import.meta.url), 'latin1'))

/** What breaks a message: something put in, something taken out, anywhere. */
const broken = fc
  .record({ of: fc.constantFrom(...golden), at: fc.nat(3000), less: fc.nat(40), more: sources })
  .map(({ of, at, less, more }) => of.slice(0, at) + more + of.slice(at + less))

describe('a source that can be edited', () => {
  it('becomes the same octets again, whatever they are', () => {
    fc.assert(
      fc.property(sources, (octets) => {
        expect(new EditedText(editableText(octets)).octets).toBe(octets)
      }),
      { numRuns: 500 },
    )
    for (const octets of golden) expect(new EditedText(editableText(octets)).octets).toBe(octets)
  })

  it('holds nothing that a text field would change', () => {
    fc.assert(
      fc.property(sources, (octets) => {
        expect(editableText(octets)).not.toMatch(/[\r\0\x7f-\x9f]/)
      }),
    )
  })

  it('every octet belongs to one character, and every character begins with an octet', () => {
    fc.assert(
      fc.property(sources, (octets) => {
        const text = editableText(octets)
        const edited = new EditedText(text)
        let last = 0
        for (let at = 0; at < octets.length; at++) {
          const place = edited.textAt(at)
          expect(place).toBeGreaterThanOrEqual(last)
          expect(edited.octetAt(place)).toBeLessThanOrEqual(at)
          last = place
        }
        expect(edited.octetAt(text.length)).toBe(octets.length)
        expect(edited.textAt(octets.length)).toBe(text.length)
      }),
    )
  })
})

describe('both ways', () => {
  it('every octet lies in exactly one innermost region, which is said', () => {
    fc.assert(
      fc.property(broken, (source) => {
        const regions = sourceRegions(new MessageModel(source).tree.root)
        const segments = sourceSegments(regions, [], 0, source.length)
        let at = 0
        for (const { from, to, region } of segments) {
          expect(from).toBe(at)
          at = to
          if (from === to) continue
          expect(region).toBeGreaterThanOrEqual(0)
          expect(regions[region]!.from).toBeLessThanOrEqual(from)
          expect(regions[region]!.to).toBeGreaterThanOrEqual(to)
          const inner = regions.filter((one) => one.within === region)
          expect(inner.filter((one) => one.from < to && one.to > from)).toEqual([])
          for (const place of [from, to - 1])
            expect(octetWords(source, place, regions[region]!).key).toMatch(/^octet\./)
        }
        expect(at).toBe(source.length)
      }),
      { numRuns: 150 },
    )
  })
})
