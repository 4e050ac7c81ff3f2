/**
 * Where a step through the trace may end, by what the reader wants to see next. A stop is an event; who stands there has
 * seen it, and nothing after it. What can be seen is the rows of the sequence, which that view keeps itself.
 */
import type { Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

export const grains = ['seen', 'command', 'reply', 'segment', 'event'] as const
export type Grain = (typeof grains)[number]

export interface Stops {
  readonly command: Seq[]
  readonly reply: Seq[]
  /** Whatever goes over the wire: SYN and FIN are segments, too, and a datagram is one step as well. */
  readonly segment: Seq[]
}

export const stops: Fold<Stops> = {
  empty: () => ({ command: [], reply: [], segment: [] }),
  add(view, { kind, seq }) {
    switch (kind) {
      case 'command':
      case 'reply':
        view[kind].push(seq)
        break
      case 'dial':
      case 'connected':
      case 'segment':
      case 'datagram':
      case 'fin':
      case 'reset':
        view.segment.push(seq)
        break
    }
  },
}

/** The place of the first that is `seq` or later, in a list that is in order. */
function firstFrom<T>(list: readonly T[], seq: Seq, seqOf: (item: T) => Seq): number {
  let from = 0
  let to = list.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (seqOf(list[middle]!) < seq) from = middle + 1
    else to = middle
  }
  return from
}

/** Of what stands behind so many events: the next stop, and the one before the last that was seen. */
export function nextStop<T>(list: readonly T[], events: number, seqOf: (item: T) => Seq): Seq | null {
  const found = list[firstFrom(list, events, seqOf)]
  return found === undefined ? null : seqOf(found)
}

export function stopBefore<T>(list: readonly T[], events: number, seqOf: (item: T) => Seq): Seq | null {
  const found = list[firstFrom(list, events - 1, seqOf) - 1]
  return found === undefined ? null : seqOf(found)
}

/** How many events there were at a time of the clock: the last that had happened by then is the last one seen. */
export function eventsAt(trace: readonly { readonly seq: Seq; readonly at: number }[], time: number): number {
  return firstFrom(trace, Math.floor(time) + 1, ({ at }) => Math.floor(at))
}
