/**
 * Sorts by several keys. Each key in turn refines a rank, one whole number for each place, and at the end the numbers are
 * sorted: an engine does that many times faster than it asks a function about pairs. Equal ranks keep their order.
 */
export class Ranking {
  private ranks: Float64Array
  /** Ranks are below it. */
  private span = 1

  constructor(places: number) {
    this.ranks = new Float64Array(places)
  }

  /** By whole numbers, the least first; or the greatest. */
  byNumber(values: Float64Array, reverse = false): void {
    let least = Infinity
    let greatest = -Infinity
    for (const value of values) {
      if (value < least) least = value
      if (value > greatest) greatest = value
    }
    const width = greatest - least + 1
    if (this.span * width > Number.MAX_SAFE_INTEGER) {
      this.close()
      if (this.span * width > Number.MAX_SAFE_INTEGER) return this.byNumber(closed(values).ranks, reverse)
    }
    // Not before: closing makes new ones.
    const { ranks } = this
    for (let at = 0; at < ranks.length; at++)
      ranks[at] = ranks[at]! * width + (reverse ? greatest - values[at]! : values[at]! - least)
    this.span *= width
  }

  byText(texts: readonly string[], reverse = false): void {
    const distinct = [...new Set(texts)]
    if (distinct.some((text) => /[\ud800-\udfff]/.test(text))) distinct.sort(byCodePoint)
    else distinct.sort()
    const places = new Map(distinct.map((text, place) => [text, place]))
    this.byNumber(
      Float64Array.from(texts, (text) => places.get(text)!),
      reverse,
    )
  }

  /** The places in their order. */
  order(): number[] {
    const { length } = this.ranks
    if (this.span * length > Number.MAX_SAFE_INTEGER) this.close()
    const keys = new Float64Array(length)
    for (let at = 0; at < length; at++) keys[at] = this.ranks[at]! * length + at
    keys.sort()
    return Array.from(keys, (key) => key % length)
  }

  /** Leaves out the numbers that nobody has. */
  private close(): void {
    const { ranks, span } = closed(this.ranks)
    this.ranks = ranks
    this.span = span
  }
}

function closed(values: Float64Array): { ranks: Float64Array; span: number } {
  const places = new Map<number, number>()
  for (const value of values.toSorted()) if (!places.has(value)) places.set(value, places.size)
  return { ranks: values.map((value) => places.get(value)!), span: places.size }
}

/** As their UTF-8 is ordered (i;unicode-casemap, RFC 5051); strings themselves compare halves of surrogate pairs. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const one = a.charCodeAt(at)
    const other = b.charCodeAt(at)
    if (one !== other) return inOrder(one) - inOrder(other)
  }
  return a.length - b.length
}

/** Surrogates stand for what comes behind all that one unit can say. */
const inOrder = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x1_0000 : unit)
