/**
 * Characters to octets and back: what comes before every transfer encoding. In UTF-8 the bits of the code point are dealt
 * out over octets with marks (110xxxxx 10xxxxxx); in the charsets of one octet a table says which octet it is.
 */
import { charsetNamed } from '../../bytes/charset-names.ts'
import type { Octets } from '../../bytes/octets.ts'
import { characterAt, codeCell, hasHalf, octetsOf, REPLACEMENT, utf8Bits } from './character.ts'
import type { ReasonKey } from './reasons.ts'
import { bitsOf, codeOf, hexOf, octetCells, visible, type Cell, type Picture, type Recorder } from './run.ts'

export function encodeCharset(input: string, charset: string, recorder: Recorder): void {
  let at = 0
  for (const character of input) {
    const octets = octetsOf(character, charset)
    const why = encodingReason(character, octets, charset)
    recorder.add(at, at + character.length, octets ?? '?', why, () =>
      octets === null
        ? {
            values: names(character, '?', charset),
            before: [codeCell(character, 0)],
            after: octetCells('?', 0).map(bare),
          }
        : picture(character, octets, charset),
    )
    at += character.length
  }
}

function encodingReason(character: string, octets: Octets | null, charset: string): ReasonKey {
  if (octets === null) return 'charset.missing'
  if (hasHalf(character)) return 'charset.half'
  if (character < '\x80') return 'charset.ascii'
  if (charsetNamed(charset) === 'utf-8') return 'charset.utf8'
  return octets === character ? 'charset.same' : 'charset.table'
}

export function decodeCharset(input: Octets, charset: string, recorder: Recorder): void {
  for (let at = 0; at < input.length;) {
    const { text, length } = characterAt(input, at, charset)
    const octets = input.slice(at, at + length)
    const wrong = text === REPLACEMENT && length === 1
    const why = wrong ? wrongReason(charset) : decodingReason(text, octets)
    recorder.add(at, at + length, text, why, () => {
      if (wrong) {
        const before = octetCells(octets)
        return { values: names(text, octets, charset), bits: bitsOf(octets.charCodeAt(0), 8), before }
      }
      const { before = [], after = [], ...rest } = picture(text, octets, charset)
      return { ...rest, before: after, after: before }
    })
    at += length
  }
}

const wrongReason = (charset: string): ReasonKey =>
  charsetNamed(charset) === 'utf-8' ? 'charset.read-wrong' : 'charset.read-not-ascii'

function decodingReason(text: string, octets: Octets): ReasonKey {
  if (octets < '\x80') return 'charset.read-ascii'
  if (octets.length > 1) return 'charset.read-utf8'
  if (text >= '\x80' && text < '\xa0') return 'charset.read-control'
  return octets === text ? 'charset.read-same' : 'charset.read-table'
}

/** From the character to its octets; read backwards by the decoder. */
function picture(character: string, octets: Octets, charset: string): Picture {
  const values = names(character, octets, charset)
  if (charsetNamed(charset) === 'utf-8') {
    const { bits, cells } = utf8Bits(octets)
    return { values, bits, before: [codeCell(character, bits.length)], after: cells }
  }
  // A table knows no bits: only where the code point is the octet do they move at all.
  if (octets !== character) return { values, before: [codeCell(character, 0)], after: octetCells(octets).map(bare) }
  return { values, bits: bitsOf(octets.charCodeAt(0), 8), before: [codeCell(character, 8)], after: octetCells(octets) }
}

const bare = (cell: Cell): Cell => ({ ...cell, from: 0, to: 0 })

const names = (character: string, octets: Octets, charset: string) => ({
  character: visible(character),
  code: codeOf(character),
  octets: Array.from(octets, (octet) => hexOf(octet.charCodeAt(0))).join(' '),
  count: octets.length,
  charset,
})
