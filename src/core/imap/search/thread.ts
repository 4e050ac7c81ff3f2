/**
 * THREAD (RFC 5256 3): who answers whom. ORDEREDSUBJECT takes messages with one subject for a conversation, REFERENCES follows
 * their identifiers. Nothing here recurs: a conversation may be 100,000 messages deep.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { ImapMessage } from '../backend.ts'
import { sentSeconds } from './dates.ts'
import { Ranking } from './ranking.ts'
import { References, threadKeysOf } from './references.ts'

/** Messages by their places among those that were found; what is above them stands for messages that are not there. */
export interface Forest {
  /** The heads of the threads, in their order. */
  readonly roots: readonly number[]
  /** The first that answers it, and the next that answers the same; -1 where there is none. */
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
}

/** Places in the order in which the messages were sent, those of one second as they lie in the mailbox (RFC 5256 2.2). */
const bySent = (messages: readonly ImapMessage[]): number[] => {
  const ranking = new Ranking(messages.length)
  ranking.byNumber(Float64Array.from(messages, sentSeconds))
  return ranking.order()
}

/** One level deep: the first message of a subject, and under it all others. */
export function byOrderedSubject(messages: readonly ImapMessage[]): Forest {
  const roots: number[] = []
  const parents = new Int32Array(messages.length).fill(-1)
  const firsts = new Map<string, number>()
  const order = bySent(messages)
  for (const place of order) {
    const { subject } = threadKeysOf(messages[place]!)
    const first = firsts.get(subject)
    if (first === undefined) {
      firsts.set(subject, place)
      roots.push(place)
    } else parents[place] = first
  }
  return forest(roots, parents, order)
}

export function byReferences(messages: readonly ImapMessage[]): Forest {
  const order = bySent(messages)
  const { roots, parents } = new References(messages, order)
  return forest(roots, parents, order)
}

/** Siblings come in the order of the messages: step (6). */
function forest(roots: readonly number[], parents: Int32Array, order: readonly number[]): Forest {
  const firstChild = new Int32Array(parents.length).fill(-1)
  const nextSibling = new Int32Array(parents.length).fill(-1)
  for (let at = order.length - 1; at >= 0; at--) {
    const place = order[at]!
    const parent = parents[place]!
    if (parent < 0) continue
    nextSibling[place] = firstChild[parent]!
    firstChild[parent] = place
  }
  return { roots, firstChild, nextSibling }
}

const OPEN = -1
const CLOSE = -2

/** `(2)(3 6 (4 23)(44 7 96))` (RFC 5256 4). */
export function writeThreads({ roots, firstChild, nextSibling }: Forest, numbers: readonly number[]): Octets {
  let text = ''
  /** What is still to be written. */
  const todo: number[] = []
  for (const root of roots) {
    todo.push(CLOSE, root, OPEN)
    while (todo.length > 0) {
      const next = todo.pop()!
      if (next < 0) {
        text += next === OPEN ? '(' : ')'
        continue
      }
      const isMessage = next < numbers.length
      const child = firstChild[next]!
      if (isMessage) text += child < 0 ? String(numbers[next]!) : `${numbers[next]!} `
      if (child < 0) continue
      if (isMessage && nextSibling[child]! < 0) todo.push(child)
      else {
        const first = todo.length
        for (let each = child; each >= 0; each = nextSibling[each]!) todo.push(OPEN, each, CLOSE)
        // What is taken first must lie on top.
        reverse(todo, first)
      }
    }
  }
  return text
}

function reverse(items: number[], from: number): void {
  for (let low = from, high = items.length - 1; low < high; low++, high--) {
    const item = items[low]!
    items[low] = items[high]!
    items[high] = item
  }
}
