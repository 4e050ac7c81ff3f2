/**
 * Modified UTF-7 (RFC 3501 5.1.3) step by step: printable ASCII stands for itself; a run of anything else becomes units of
 * sixteen bits, cut in groups of six, between `&` and `-`. Three units are eight characters.
 */
import type { Octets } from '../../bytes/octets.ts'
import { hasHalf, withoutHalves } from './character.ts'
import { characterOf, filledUp, groupCells, indexOf } from './base64.ts'
import { valuesOf } from './escape.ts'
import { bitsOf, codeOf, hexOf, sign, unchanged, type Cell, type Picture, type Recorder } from './run.ts'

const UNITS = 3

const RUN = /[^\x20-\x7e]+/y
const isPrintable = (code: number): boolean => code >= 0x20 && code <= 0x7e

const modified = (characters: string): string => characters.replaceAll('/', ',')
const unmodified = (characters: string): string => characters.replaceAll(',', '/')

const bitsOfUnits = (units: string): string =>
  Array.from({ length: units.length }, (_, k) => bitsOf(units.charCodeAt(k), 16)).join('')

const unitCells = (units: string): Cell[] =>
  Array.from({ length: units.length }, (_, k) => {
    const code = units.charCodeAt(k)
    const character = code >= 0xd800 && code <= 0xdfff ? '' : units[k]!
    return { kind: 'unit', from: 16 * k, to: 16 * k + 16, mark: '', value: code, character }
  })

const valuesOfUnits = (units: string, characters: string, spare: number) => ({
  units: Array.from({ length: units.length }, (_, k) => hexOf(units.charCodeAt(k), 4)).join(' '),
  characters,
  spare,
})

export function encodeUtf7(input: string, recorder: Recorder): void {
  // Half a surrogate pair is no character; the name gets U+FFFD in its place.
  const text = withoutHalves(input)
  for (let at = 0; at < text.length;) {
    const character = text[at]!
    RUN.lastIndex = at
    const run = RUN.exec(text)?.[0]
    if (run !== undefined) {
      recorder.add(at, at, '&', 'utf7.begin', () => ({ values: { code: codeOf(run) }, after: [sign('&')] }))
      for (let k = 0; k < run.length; k += UNITS) encodeUnits(run.slice(k, k + UNITS), at + k, recorder)
      at += run.length
      recorder.add(at, at, '-', 'utf7.end', () => ({ after: [sign('-')] }))
    } else {
      const ampersand = character === '&'
      recorder.add(at, at + 1, ampersand ? '&-' : character, ampersand ? 'utf7.ampersand' : 'utf7.plain', () =>
        ampersand ? { before: [sign('&')], after: [sign('&-')] } : unchanged(character, valuesOf(character)),
      )
      at++
    }
  }
}

function encodeUnits(units: string, at: number, recorder: Recorder): void {
  const { bits, spare } = filledUp(bitsOfUnits(units))
  let characters = ''
  for (let k = 0; k < bits.length; k += 6) characters += characterOf(Number.parseInt(bits.slice(k, k + 6), 2))
  const written = modified(characters)
  recorder.add(at, at + units.length, written, spare > 0 ? 'utf7.units-filled' : 'utf7.units', () => ({
    values: valuesOfUnits(units, written, spare),
    bits,
    spare,
    before: unitCells(units),
    after: groupCells(bits, written),
  }))
}

/** What is not valid is shown as it stands: there is one way only to write a name. */
export function decodeUtf7(name: Octets, recorder: Recorder): void {
  let shiftedBack = -1
  for (let at = 0; at < name.length;) {
    const from = at
    const character = name[at]!
    if (character !== '&') {
      at++
      if (isPrintable(character.charCodeAt(0)))
        recorder.add(from, at, character, 'utf7.read-plain', () => unchanged(character, valuesOf(character)))
      else recorder.add(from, at, character, 'utf7.read-unprintable', () => unchanged(character, valuesOf(character)))
      continue
    }
    const minus = name.indexOf('-', at)
    at = minus < 0 ? name.length : minus + 1
    if (minus === from + 1) {
      recorder.add(from, at, '&', 'utf7.read-ampersand', () => ({ before: [sign('&-')], after: [sign('&')] }))
      continue
    }
    const units = minus < 0 || shiftedBack === from ? null : unitsOf(name.slice(from + 1, minus))
    if (units === null) {
      const why = minus < 0 ? 'utf7.read-open' : shiftedBack === from ? 'utf7.read-null-shift' : 'utf7.read-wrong'
      recorder.add(from, at, name.slice(from, at), why, () => ({}))
      continue
    }
    decodeRun(name, from, minus, units, recorder)
    shiftedBack = at
  }
}

function decodeRun(name: Octets, from: number, minus: number, units: string, recorder: Recorder): void {
  recorder.add(from, from + 1, '', 'utf7.read-begin', () => ({ before: [sign('&')] }))
  for (let k = 0; k < units.length; k += UNITS) {
    const some = units.slice(k, k + UNITS)
    const at = from + 1 + (k / UNITS) * 8
    const characters = name.slice(at, Math.min(at + 8, minus))
    recorder.add(at, at + characters.length, some, 'utf7.read-units', () => decodingPicture(characters, some))
  }
  recorder.add(minus, minus + 1, '', 'utf7.read-end', () => ({ before: [sign('-')] }))
}

function decodingPicture(characters: string, units: string): Picture {
  const bits = Array.from(unmodified(characters), (character) => bitsOf(indexOf(character), 6)).join('')
  const spare = bits.length - 16 * units.length
  const values = valuesOfUnits(units, characters, spare)
  return { values, bits, spare, before: groupCells(bits, characters), after: unitCells(units) }
}

/** The units of a run; null: foreign characters, bits to spare that are no zeros, what stands for itself, half pairs. */
function unitsOf(run: Octets): string | null {
  if (!/^[A-Za-z0-9+,]+$/.test(run)) return null
  const units: string[] = []
  let bits = 0
  let held = 0
  for (const character of unmodified(run)) {
    bits = ((bits & ((1 << held) - 1)) << 6) | indexOf(character)
    held += 6
    if (held < 16) continue
    held -= 16
    const unit = bits >> held
    if (isPrintable(unit)) return null
    units.push(String.fromCharCode(unit))
  }
  const text = units.join('')
  return held < 6 && (bits & ((1 << held) - 1)) === 0 && !hasHalf(text) ? text : null
}
