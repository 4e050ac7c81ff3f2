/**
 * The virtual clock. Nothing runs by itself: whoever drives the world calls `step`, `drain`, `skip` or `runUntil`.
 *
 * There are two kinds of timers. `soon` is what is in flight: a segment on its way, a handler's next turn; the world
 * drains these. `distant` is an alarm: a time-out, a retry, a TTL. With nothing in flight the clock stands before the
 * next alarm, so nobody who reads a lesson for an hour gets a 421; only a skip, or being passed by something in flight,
 * runs it. At the same moment what was scheduled first runs first.
 */
import type { Millis } from '../terms.ts'

export type TimerKind = 'soon' | 'distant'

export interface Timer {
  readonly at: Millis
  /** For a person who asks what the clock stands before. */
  readonly what: string
}

export class Clock {
  /** Starts at 0, the world's epoch. */
  now: Millis = 0
  private order = 0
  private readonly soon = new Heap()
  private readonly distant = new Heap()

  at(when: Millis, kind: TimerKind, what: string, action: () => void): Timer {
    const entry = new Entry(when > this.now ? when : this.now, this.order++, what, action, this[kind])
    if (entry.at < Infinity) this[kind].push(entry)
    return entry
  }

  cancel(timer: Timer): void {
    if (!(timer instanceof Entry) || timer.action === null) return
    timer.action = null
    if (timer.at < Infinity) timer.heap.bury()
  }

  /** Runs the next timer of any kind while something is in flight. False: nothing is, and the clock stands. */
  step(): boolean {
    if (this.soon.first() === null) return false
    this.run(this.first()!)
    return true
  }

  /** Steps until nothing is in flight, but at most `limit` times. */
  drain(limit = Infinity): void {
    for (let steps = 0; steps < limit && this.step(); steps++);
  }

  /** Something is in flight. */
  get moving(): boolean {
    return this.soon.first() !== null
  }

  /** The alarm that the clock stands before, or will once everything in flight has landed. */
  next(): Timer | null {
    return this.distant.first()
  }

  /** When the next thing of either kind is due: a driver in real time sleeps until then. */
  nextAt(): Millis | null {
    return this.first()?.at ?? null
  }

  /** Moves to the next alarm and runs all that is due by then. False when there is none. */
  skip(): boolean {
    const alarm = this.distant.first()
    if (alarm === null) return false
    this.runUntil(alarm.at)
    return true
  }

  /** Real time, and a script's `@ +4h`: runs all that is due by `when`, of both kinds, and stands there. */
  runUntil(when: Millis): void {
    for (let entry = this.first(); entry !== null && entry.at <= when; entry = this.first()) this.run(entry)
    if (when > this.now) this.now = when
  }

  private first(): Entry | null {
    const soon = this.soon.first()
    const distant = this.distant.first()
    return soon !== null && (distant === null || earlier(soon, distant)) ? soon : distant
  }

  private run(entry: Entry): void {
    entry.heap.pop()
    this.now = entry.at
    const action = entry.action!
    entry.action = null
    action()
  }
}

class Entry implements Timer {
  readonly at: Millis
  readonly order: number
  readonly what: string
  /** Null once it has run or was cancelled. */
  action: (() => void) | null
  readonly heap: Heap

  constructor(at: Millis, order: number, what: string, action: () => void, heap: Heap) {
    this.at = at
    this.order = order
    this.what = what
    this.action = action
    this.heap = heap
  }
}

function earlier(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}

/**
 * A binary heap. A cancelled entry stays where it is until it comes to the top, so `cancel` costs nothing; when more than
 * half are such, all are swept out at once (a server sets its idle alarm anew with every command).
 */
class Heap {
  private entries: Entry[] = []
  private buried = 0

  push(entry: Entry): void {
    const { entries } = this
    let hole = entries.length
    entries.push(entry)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!earlier(entry, entries[parent]!)) break
      entries[hole] = entries[parent]!
      hole = parent
    }
    entries[hole] = entry
  }

  /** The first that was not cancelled. */
  first(): Entry | null {
    const { entries } = this
    while (entries.length > 0) {
      if (entries[0]!.action !== null) return entries[0]!
      this.pop()
      this.buried--
    }
    return null
  }

  pop(): void {
    const { entries } = this
    const last = entries.pop()!
    if (entries.length > 0) this.sink(0, last)
  }

  bury(): void {
    if (++this.buried < 64 || this.buried * 2 < this.entries.length) return
    this.entries = this.entries.filter((entry) => entry.action !== null)
    this.buried = 0
    for (let at = (this.entries.length >> 1) - 1; at >= 0; at--) this.sink(at, this.entries[at]!)
  }

  private sink(from: number, entry: Entry): void {
    const { entries } = this
    let hole = from
    for (;;) {
      let child = 2 * hole + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && earlier(entries[child + 1]!, entries[child]!)) child++
      if (!earlier(entries[child]!, entry)) break
      entries[hole] = entries[child]!
      hole = child
    }
    entries[hole] = entry
  }
}
