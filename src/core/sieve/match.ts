/**
 * Comparing as Sieve does (RFC 5228 2.7): `:is`, `:contains`, `:matches`, under one of two comparators, both of which compare
 * octets. What the wildcards of a pattern stood for is kept for variables (RFC 5229 3.2).
 */
import type { Octets } from '../bytes/octets.ts'

export type MatchType = 'is' | 'contains' | 'matches'

/** i;ascii-casemap: the case of ASCII letters does not count. Other octets are left alone, UTF-8 or not. */
export const caseMapped = (text: Octets): Octets => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

export const upperCased = (text: Octets): Octets => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase())

/**
 * Null where value and key do not match; else the whole value and what each wildcard stood for. Who has many keys gives the
 * value `mapped` as well.
 */
export function matched(
  value: Octets,
  key: Octets,
  type: MatchType,
  exactCase: boolean,
  mapped: Octets = exactCase ? value : caseMapped(value),
): Octets[] | null {
  const inKey = exactCase ? key : caseMapped(key)
  if (type === 'is') return mapped === inKey ? [value] : null
  if (type === 'contains') return mapped.includes(inKey) ? [value] : null
  const places = wildcards(mapped, inKey)
  return places && [value, ...places.map(([from, to]) => value.slice(from, to))]
}

type Place = readonly [from: number, to: number]

/** What stands between two stars: octets, and null for each `?`. */
type Run = readonly (string | null)[]

/**
 * Every star takes as little as it can (RFC 5229 3.2). So each run between two stars is looked for from the left, and the
 * last must stand at the end: no place is tried twice for one run, and no choice is ever taken back.
 */
function wildcards(value: Octets, pattern: Octets): Place[] | null {
  const runs = runsOf(pattern)
  const [first, ...others] = runs as [Run, ...Run[]]
  const last = others.pop()
  if (!standsAt(value, 0, first)) return null
  if (last === undefined) return value.length === first.length ? questions(first, 0) : null
  const places = questions(first, 0)
  let at = first.length
  for (const run of others) {
    const found = placeOf(value, at, run)
    if (found < 0) return null
    places.push([at, found], ...questions(run, found))
    at = found + run.length
  }
  const end = value.length - last.length
  if (end < at || !standsAt(value, end, last)) return null
  places.push([at, end], ...questions(last, end))
  return places
}

/** A backslash takes the meaning of the character behind it. */
function runsOf(pattern: Octets): Run[] {
  const runs: (string | null)[][] = [[]]
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === '*') runs.push([])
    else if (character === '?') runs.at(-1)!.push(null)
    else if (character === '\\' && at + 1 < pattern.length) runs.at(-1)!.push(pattern[++at]!)
    else runs.at(-1)!.push(character)
  }
  return runs
}

function standsAt(value: Octets, at: number, run: Run): boolean {
  if (at + run.length > value.length) return false
  for (let k = 0; k < run.length; k++) if (run[k] !== null && run[k] !== value[at + k]) return false
  return true
}

function placeOf(value: Octets, from: number, run: Run): number {
  if (!run.includes(null)) return value.indexOf(run.join(''), from)
  for (let at = from; at + run.length <= value.length; at++) if (standsAt(value, at, run)) return at
  return -1
}

const questions = (run: Run, at: number): Place[] =>
  run.flatMap((character, k) => (character === null ? [[at + k, at + k + 1] as const] : []))
