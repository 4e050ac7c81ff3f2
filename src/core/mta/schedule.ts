/**
 * When each message of the queue is looked at again: a heap, so that a queue of any length is never gone through to find
 * what is due. A message that is put in once more counts from its earliest moment on; what it had before is passed over.
 */
import type { Millis } from '../terms.ts'
import type { QueueEntry } from './queue.ts'

interface Slot {
  at: Millis
  /** Of two at the same moment, the one that was put in first. */
  order: number
  entry: QueueEntry
}

export class Schedule {
  private readonly heap: Slot[] = []
  private readonly slots = new Map<QueueEntry, Slot>()
  private order = 0

  /** Unless it stands there for an earlier moment already. */
  put(entry: QueueEntry, at: Millis): void {
    const known = this.slots.get(entry)
    if (known && known.at <= at) return
    const slot = { at, order: this.order++, entry }
    this.slots.set(entry, slot)
    this.push(slot)
  }

  /** When the first of them is due; Infinity where none is. */
  get next(): Millis {
    for (let top = this.heap[0]; top; top = this.heap[0]) {
      if (this.slots.get(top.entry) === top) return top.at
      this.pop()
    }
    return Infinity
  }

  /** The first that is due by now; null when none is. */
  take(now: Millis): QueueEntry | null {
    if (this.next > now) return null
    const { entry } = this.pop()
    this.slots.delete(entry)
    return entry
  }

  clear(): void {
    this.heap.length = 0
    this.slots.clear()
  }

  private push(slot: Slot): void {
    const { heap } = this
    let hole = heap.length
    heap.push(slot)
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!earlier(slot, heap[parent]!)) break
      heap[hole] = heap[parent]!
      hole = parent
    }
    heap[hole] = slot
  }

  private pop(): Slot {
    const { heap } = this
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return top
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && earlier(heap[child + 1]!, heap[child]!)) child++
      if (!earlier(heap[child]!, last)) break
      heap[hole] = heap[child]!
      hole = child
    }
    heap[hole] = last
    return top
  }
}

const earlier = (one: Slot, other: Slot) => one.at < other.at || (one.at === other.at && one.order < other.order)
