/** Boundaries (RFC 2046 5.1.1) that no line of what they part can be taken for. That is looked up, not left to luck. */
import type { Octets } from '../../../bytes/octets.ts'
import type { Unique } from './draft.ts'

const LONGEST = 70

const isBoundary = (text: string): boolean => /^[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]$/.test(text)

/**
 * A boundary for these texts: the wish where it will do, else one from outside. `used` are those of the multiparts
 * inside, and takes this one.
 */
export function freeBoundary(texts: readonly Octets[], used: Set<string>, unique: Unique, wish?: string): string {
  let boundary = wish !== undefined && isBoundary(wish) ? wish : fromOutside(unique, 0)
  for (let attempt = 1; clashes(boundary, texts, used); attempt++) boundary = fromOutside(unique, attempt)
  used.add(boundary)
  return boundary
}

/** A source that gives the same one again is helped by a number. */
function fromOutside(unique: Unique, attempt: number): string {
  const word = unique.boundary().replace(/[^0-9A-Za-z'()+_,\-./:=?]/g, '_')
  // In front, for behind it the first one would still be how it begins.
  const number = attempt > 1 ? `${attempt}_` : ''
  return number + (word.slice(0, LONGEST - number.length) || '_')
}

/**
 * A line that begins with it is enough: readers that compare no further than the boundary is long take `--ab` for a
 * delimiter of `a`.
 */
function clashes(boundary: string, texts: readonly Octets[], used: ReadonlySet<string>): boolean {
  for (let to = 1; to <= boundary.length; to++) if (used.has(boundary.slice(0, to))) return true
  return texts.some((text) => hasLine(text, `--${boundary}`))
}

/** A bare CR or LF ends a line for somebody, too. */
function hasLine(text: Octets, start: string): boolean {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r') return true
  }
  return false
}
