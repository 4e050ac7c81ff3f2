/**
 * Base64 (RFC 2045 6.8) step by step: octets to bits, bits to groups of six, groups to characters, and back. Encoded
 * words (RFC 2047) and modified UTF-7 (RFC 3501) show the same moves, so the pictures of a group are shared.
 */
import { BITS, CODES } from '../../bytes/base64.ts'
import type { Octets } from '../../bytes/octets.ts'
import type { ReasonKey } from './reasons.ts'
import { bitsOf, bitsOfOctets, octetCells, type Cell, type Picture, type Recorder, sign } from './run.ts'

/** RFC 2045 6.8: a line has at most 76 characters, which are nineteen groups. */
const LINE = 76

/** The bits, with zeros at the end to make the last group whole. */
export function filledUp(bits: string): { bits: string; spare: number } {
  const spare = (6 - (bits.length % 6)) % 6
  return { bits: bits + '0'.repeat(spare), spare }
}

/** Bits in groups of six, each an index into the alphabet. */
export const groupCells = (bits: string, characters: string): Cell[] =>
  Array.from(characters, (character, k) => ({
    kind: 'group',
    from: 6 * k,
    to: 6 * k + 6,
    mark: '',
    value: Number.parseInt(bits.slice(6 * k, 6 * k + 6), 2),
    character,
  }))

export const characterOf = (index: number): string => String.fromCharCode(CODES[index]!)
export const indexOf = (character: string): number => BITS[character.charCodeAt(0)] ?? -1

/** The characters for up to three octets, padded to four. */
export function groupOf(octets: Octets): string {
  const bits =
    (octets.charCodeAt(0) << 16) | ((octets.length > 1 ? octets.charCodeAt(1) : 0) << 8) | (octets.charCodeAt(2) || 0)
  const characters = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63].map(characterOf).join('')
  return characters.slice(0, octets.length + 1).padEnd(4, '=')
}

const indexes = (bits: string): string => bits.replace(/.{6}/g, (six) => `${Number.parseInt(six, 2)}, `).slice(0, -2)

export function encodingPicture(octets: Octets, characters: string): Picture {
  const { bits, spare } = filledUp(bitsOfOctets(octets))
  const written = characters.replaceAll('=', '')
  const pads = Array.from(characters.slice(written.length), (pad) => sign(pad, bits.length))
  return {
    values: { indexes: indexes(bits), characters: written, spare },
    bits,
    spare,
    before: octetCells(octets),
    after: [...groupCells(bits, written), ...pads],
  }
}

/** `characters` without padding; they hold the octets and `spare` bits that belong to none. */
function decodingPicture(characters: string, octets: Octets, pads = ''): Picture {
  const bits = Array.from(characters, (character) => bitsOf(indexOf(character), 6)).join('')
  const spare = bits.length - 8 * octets.length
  return {
    values: { indexes: indexes(bits), characters, spare },
    bits,
    spare,
    before: [...groupCells(bits, characters), ...Array.from(pads, (pad) => sign(pad, bits.length))],
    after: octetCells(octets),
  }
}

const ENCODING = ['base64.group', 'base64.one-octet', 'base64.two-octets'] as const

/** The reason by how many octets are in the group. */
export const encodingReason = (octets: Octets): ReasonKey => ENCODING[octets.length % 3]!

export function encodeBase64(input: Octets, recorder: Recorder): void {
  for (let at = 0, column = 0; at < input.length; at += 3) {
    const octets = input.slice(at, at + 3)
    const end = at + octets.length
    const characters = groupOf(octets)
    recorder.add(at, end, characters, encodingReason(octets), () => encodingPicture(octets, characters))
    column += 4
    if (end === input.length) recorder.add(end, end, '\r\n', 'base64.last-line-end')
    else if (column === LINE) {
      recorder.add(end, end, '\r\n', 'base64.line-end')
      column = 0
    }
  }
}

/** The octets that are whole in up to four characters. */
function octetsOfGroup(characters: string): { octets: Octets; stray: boolean } {
  let bits = 0
  for (let k = 0; k < 4; k++) bits = (bits << 6) | (k < characters.length ? indexOf(characters[k]!) : 0)
  const count = Math.max(0, characters.length - 1)
  const octets = String.fromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255).slice(0, count)
  return { octets, stray: characters.length > 1 && (bits & (0xffffff >> (8 * count))) !== 0 }
}

/** What ended with fewer than four characters: the padding says how many octets, or it lacks. */
function lastReason(characters: string, pads: number, stray: boolean): ReasonKey {
  if (characters.length === 1) return 'base64.read-lone'
  if (stray) return 'base64.read-stray'
  if (characters.length + pads < 4) return 'base64.read-cut'
  return characters.length === 2 ? 'base64.read-two' : 'base64.read-three'
}

const FOREIGN = /[^A-Za-z0-9+/=]+/y
const PADS = /=[^A-Za-z0-9+/=]*=|=/y

/** The text from `from` on: lines, what is foreign, groups, padding, what comes behind the end. */
export function decodeBase64(text: Octets, from: number, recorder: Recorder, read: (octets: Octets) => string): void {
  const to = text.length
  let group = ''
  let begin = from
  for (let at = from; at < to;) {
    FOREIGN.lastIndex = at
    const foreign = FOREIGN.exec(text)?.[0]
    if (foreign !== undefined) {
      recorder.add(
        at,
        at + foreign.length,
        '',
        /^[\r\n]+$/.test(foreign) ? 'base64.read-line-end' : 'base64.read-foreign',
      )
      at += foreign.length
      continue
    }
    if (text[at] === '=') {
      finish(at)
      return
    }
    if (group === '') begin = at
    group += text[at++]!
    if (group.length < 4) continue
    const characters = group
    const { octets } = octetsOfGroup(characters)
    recorder.add(begin, at, read(octets), 'base64.read-group', () => decodingPicture(characters, octets))
    group = ''
  }
  if (group !== '') last(to, '')

  /** Padding is the end, whatever follows. */
  function finish(at: number): void {
    PADS.lastIndex = at
    const padding = PADS.exec(text)![0]
    const taken = at + (group.length === 2 ? padding.length : 1)
    if (group === '') recorder.add(at, taken, '', 'base64.read-pad-alone')
    else last(taken, text.slice(at, taken).replace(/[^=]/g, ''))
    if (taken === to) return
    const lineEnds = /^[\r\n]*$/.test(text.slice(taken, to))
    recorder.add(taken, to, '', lineEnds ? 'base64.read-line-end' : 'base64.after-pad')
  }

  function last(end: number, pads: string): void {
    const { octets, stray } = octetsOfGroup(group)
    const characters = group
    const why = lastReason(characters, pads.length, stray)
    recorder.add(begin, end, read(octets), why, () => decodingPicture(characters, octets, pads))
  }
}
