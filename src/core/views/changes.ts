/** Which lines of a source are not what they were: for a relay that meddles, and for a reader who edits. */
import type { Octets } from '../bytes/octets.ts'
import type { Place } from '../message/place.ts'

export interface Changes {
  /** In the new source. Where something is gone, the place of nothing. */
  readonly places: readonly Place[]
  /** So many lines were there and are not any more, or are others now. */
  readonly before: number
  readonly after: number
}

/** Comparing each line with each: more than this, and all between the first and the last change counts as changed. */
const MOST_COMPARED = 4_000_000

export function changes(before: Octets, after: Octets): Changes {
  if (before === after) return { places: [], before: 0, after: 0 }
  const old = linesOf(before)
  const own = linesOf(after)
  let head = 0
  while (head < old.length && head < own.length && old[head] === own[head]) head++
  let tail = 0
  while (tail < Math.min(old.length, own.length) - head && old.at(-1 - tail) === own.at(-1 - tail)) tail++
  const blocks = compare(old.slice(head, old.length - tail), own.slice(head, own.length - tail))
  const starts: number[] = [0]
  for (const line of own) starts.push(starts.at(-1)! + line.length)
  const places: Place[] = []
  let [gone, come] = [0, 0]
  for (const { oldFrom, oldTo, from, to } of blocks) {
    gone += oldTo - oldFrom
    come += to - from
    if (oldTo - oldFrom !== to - from) places.push({ from: starts[head + from]!, to: starts[head + to]! })
    else
      for (let k = 0; k < to - from; k++)
        places.push(within(old[head + oldFrom + k]!, own[head + from + k]!, starts[head + from + k]!))
  }
  return { places, before: gone, after: come }
}

/** Each line with its end, whichever that is. */
const linesOf = (octets: Octets): string[] => octets.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** What of a line is not what it was. */
function within(before: string, after: string, at: number): Place {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return { from: at + head, to: at + after.length - tail }
}

interface Block {
  oldFrom: number
  oldTo: number
  from: number
  to: number
}

/** The longest sequence of lines that both have, by the table that everybody learns. */
function compare(old: readonly string[], own: readonly string[]): Block[] {
  const whole = { oldFrom: 0, oldTo: old.length, from: 0, to: own.length }
  if (old.length === own.length && old.length * own.length > MOST_COMPARED) return lineByLine(old, own)
  if (old.length * own.length > MOST_COMPARED) return [whole]
  const width = own.length + 1
  const table = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let k = own.length - 1; k >= 0; k--)
      table[i * width + k] =
        old[i] === own[k]
          ? table[(i + 1) * width + k + 1]! + 1
          : Math.max(table[(i + 1) * width + k]!, table[i * width + k + 1]!)
  const blocks: Block[] = []
  let [i, k] = [0, 0]
  let [oldFrom, from] = [0, 0]
  const close = () => {
    if (i > oldFrom || k > from) blocks.push({ oldFrom, oldTo: i, from, to: k })
  }
  while (i < old.length && k < own.length) {
    if (old[i] === own[k]) {
      close()
      oldFrom = ++i
      from = ++k
    } else if (table[(i + 1) * width + k]! >= table[i * width + k + 1]!) i++
    else k++
  }
  i = old.length
  k = own.length
  close()
  return blocks
}

/** Most of what relays do leaves the number of lines as it was. */
function lineByLine(old: readonly string[], own: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < own.length; at++) {
    if (old[at] === own[at]) continue
    const last = blocks.at(-1)
    if (last?.to === at) last.oldTo = last.to = at + 1
    else blocks.push({ oldFrom: at, oldTo: at + 1, from: at, to: at + 1 })
  }
  return blocks
}
