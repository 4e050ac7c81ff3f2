/**
 * Takes the notes of a world and puts when, where and because of what to each.
 *
 * The cause is ambient: a note becomes the cause of what is noted after it in the same turn, and what is scheduled for
 * later carries the cause under which it was scheduled (`carry`). So a chain leads from what was typed to the segment,
 * from there to the command, its reply, and to the bounce an hour later.
 */
import type { HostName, Seq } from '../terms.ts'
import type { Note, Notebook, Span, TraceEvent } from '../trace/events.ts'
import type { Clock } from './clock.ts'

export class Tracer implements Notebook {
  /** The last ones, where `keep` bounds them. */
  readonly events: TraceEvent[] = []
  cause: Seq | null = null
  private readonly clock: Clock
  private readonly keep: number
  private readonly listeners = new Set<(event: TraceEvent) => void>()
  private count = 0

  /** `keep`: how many events at least are kept; 0 keeps none. */
  constructor(clock: Clock, keep = Infinity) {
    this.clock = clock
    this.keep = keep
  }

  note(host: HostName, note: Note, span: Span | null = null, cause: Seq | null = this.cause): Seq {
    const seq = this.count++
    this.cause = seq
    if (this.keep === 0 && this.listeners.size === 0) return seq
    const event: TraceEvent = { seq, at: this.clock.now, host, cause, span, ...note }
    if (this.keep > 0) this.store(event)
    for (const listener of this.listeners) listener(event)
    return seq
  }

  subscribe(listener: (event: TraceEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Does `action` later, under the cause of now. */
  carry(action: () => void): () => void {
    const { cause } = this
    return () => this.under(cause, action)
  }

  /** Does `action` now, under that cause. */
  under(cause: Seq | null, action: () => void): void {
    const before = this.cause
    this.cause = cause
    try {
      action()
    } finally {
      this.cause = before
    }
  }

  /** The oldest go in blocks: dropping them one by one would move the whole list each time. */
  private store(event: TraceEvent): void {
    this.events.push(event)
    if (this.events.length >= 2 * this.keep + 1) this.events.splice(0, this.events.length - this.keep)
  }
}
