/** Sequence sets (RFC 3501 9, `sequence-set`): `2,4:7,9,12:*`, and `$` of SEARCHRES (RFC 5182). */
import type { Octets } from '../../bytes/octets.ts'

/** Pairs as they were written, `*` as Infinity; the dearer end may come first. `saved` stands for `$`. */
export type SequenceSet = { ranges: readonly (readonly [number, number])[] } | 'saved'

const SET = /^(?:[1-9]\d{0,9}|\*)(?::(?:[1-9]\d{0,9}|\*))?(?:,(?:[1-9]\d{0,9}|\*)(?::(?:[1-9]\d{0,9}|\*))?)*$/

/** Null where it is none. */
export function readSequenceSet(text: Octets): SequenceSet | null {
  if (text === '$') return 'saved'
  if (!SET.test(text)) return null
  const ranges = text.split(',').map((item): readonly [number, number] => {
    const colon = item.indexOf(':')
    if (colon < 0) return [bound(item), bound(item)]
    return [bound(item.slice(0, colon)), bound(item.slice(colon + 1))]
  })
  // RFC 3501 9: nz-number is an unsigned 32-bit number.
  return ranges.some(([a, b]) => (Number.isFinite(a) && a > LARGEST) || (Number.isFinite(b) && b > LARGEST))
    ? null
    : { ranges }
}

const LARGEST = 0xffffffff

const bound = (text: string) => (text === '*' ? Infinity : Number(text))

/**
 * Ranges in rising order that touch nowhere, `*` put in. `3:*` with `*` below 3 is `*:3` (RFC 3501 9, seq-range).
 */
export function settled(ranges: readonly (readonly [number, number])[], star: number): (readonly [number, number])[] {
  const sorted = ranges
    .map(([a, b]): readonly [number, number] => {
      const from = a === Infinity ? star : a
      const to = b === Infinity ? star : b
      return from <= to ? [from, to] : [to, from]
    })
    .sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = merged[merged.length - 1]
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** Rising numbers as ranges. */
export function rangesOf(numbers: readonly number[]): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = []
  for (let at = 0; at < numbers.length;) {
    const from = numbers[at]!
    let to = from
    for (at++; at < numbers.length && numbers[at] === to + 1; at++) to++
    ranges.push([from, to])
  }
  return ranges
}

/** Rising numbers as a set: `1:3,7`. */
export const writeSet = (numbers: readonly number[]): Octets =>
  rangesOf(numbers)
    .map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`))
    .join(',')
