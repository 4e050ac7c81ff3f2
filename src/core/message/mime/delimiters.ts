/**
 * Finds the delimiter lines of the multiparts that are open (RFC 2046 5.1.1). A delimiter is a line of two dashes, the
 * boundary, two more dashes where it closes, and nothing else but blanks: `--b2` is no delimiter of the boundary `b`.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Place } from '../place.ts'

export interface Found {
  /** Whose it is, counted from the outermost open multipart. */
  readonly level: number
  readonly closing: boolean
  /** The dashes and the boundary. */
  readonly text: Place
  /** Where the line end before it begins, which belongs to the delimiter; `text.from` where there is none. */
  readonly from: number
  /** Behind the blanks at the end of the line, and behind its line end. */
  readonly padEnd: number
  readonly lineEnd: number
}

export class DelimiterLines {
  private readonly source: Octets
  private readonly boundaries: string[] = []
  /** By boundary, the levels at which it is open: some programs nest a multipart in another with the same one. */
  private readonly levels = new Map<string, number[]>()
  /** By level, the length of the longest boundary open there or further out. */
  private readonly longest: number[] = []
  /** The furthest answer of `dashes`: from where it was asked, and what it found. At first nothing is known. */
  private asked = Infinity
  private answer = 0

  constructor(source: Octets) {
    this.source = source
  }

  /** From now on the delimiters of this boundary are found; gives its level. */
  open(boundary: string): number {
    const level = this.boundaries.push(boundary) - 1
    const levels = this.levels.get(boundary)
    if (levels) levels.push(level)
    else this.levels.set(boundary, [level])
    this.longest.push(Math.max(boundary.length, this.longest[level - 1] ?? 0))
    return level
  }

  /** The multipart that was opened last is over. */
  close(): void {
    const boundary = this.boundaries.pop()!
    this.longest.pop()
    const levels = this.levels.get(boundary)!
    levels.pop()
    if (levels.length === 0) this.levels.delete(boundary)
  }

  /**
   * The first delimiter on a line that begins at `from` or later and before `to`. The line end before it is looked for
   * no further back than `floor`.
   */
  next(from: number, to = this.source.length, floor = from): Found | null {
    if (this.boundaries.length === 0) return null
    for (let at = this.dashes(from); at >= 0 && at < to; at = this.dashes(at + 2)) {
      const found = this.match(at, floor)
      if (found) return found
    }
    return null
  }

  /** The first line at or behind `from` that begins with two dashes, -1 where there is none. `from` begins a line. */
  private dashes(from: number): number {
    const reach = this.answer < 0 ? this.source.length : this.answer
    if (from >= this.asked && from <= reach) return this.answer
    const found = this.search(from)
    // Whoever goes back (behind a header that was looked through for delimiters) soon comes here again: what is known of
    // the long way ahead must not be forgotten for the short one.
    if (from > reach) {
      this.asked = from
      this.answer = found
    }
    return found
  }

  private search(from: number): number {
    if (from === 0 && this.source.startsWith('--')) return 0
    const feed = this.source.indexOf('\n--', Math.max(0, from - 1))
    return feed < 0 ? -1 : feed + 1
  }

  private match(at: number, floor: number): Found | null {
    const { source } = this
    const feed = source.indexOf('\n', at)
    const lineEnd = feed < 0 ? source.length : feed + 1
    const padEnd = feed > at && source[feed - 1] === '\r' ? feed - 1 : feed < 0 ? source.length : feed
    let to = padEnd
    while (to > at + 2 && isBlank(source.charCodeAt(to - 1))) to--
    if (to - at > this.longest[this.longest.length - 1]! + 4) return null
    const text = source.slice(at + 2, to)
    const opening = this.levels.get(text)?.at(-1) ?? -1
    const closing = text.endsWith('--') ? (this.levels.get(text.slice(0, -2))?.at(-1) ?? -1) : -1
    if (opening < 0 && closing < 0) return null
    const from = lineEndBefore(source, at, floor)
    return {
      level: Math.max(opening, closing),
      closing: closing > opening,
      text: { from: at, to },
      from,
      padEnd,
      lineEnd,
    }
  }
}

const isBlank = (code: number) => code === 0x20 || code === 0x09

function lineEndBefore(source: Octets, at: number, floor: number): number {
  if (at - 1 < floor || source[at - 1] !== '\n') return at
  return at - 2 >= floor && source[at - 2] === '\r' ? at - 2 : at - 1
}
