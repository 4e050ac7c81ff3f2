/**
 * Trying again: what was lost is sent anew after 1, 2, 4 ... seconds (RFC 6298 5.5), until patience ends.
 *
 * A loss by bad luck is made good `soon`: the data is in flight. While the way is closed nobody would hear a try, so
 * none is made, and the clock stands before the one alarm that matters, the time-out. When the way opens again, the
 * next try comes when the backing off says.
 */
import type { Millis } from '../terms.ts'
import type { Timer } from './clock.ts'
import type { Route } from './topology.ts'

const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 64_000

export class Retry {
  /** Something was lost, and the next try is to come. */
  waiting = false
  private readonly route: Route
  private readonly patience: Millis
  private readonly what: string
  private readonly again: () => void
  private readonly giveUp: () => void
  private pause = 0
  private due = 0
  private timer: Timer | null = null
  private alarm: Timer | null = null

  constructor(route: Route, patience: Millis, what: string, again: () => void, giveUp: () => void) {
    this.route = route
    this.patience = patience
    this.what = what
    this.again = again
    this.giveUp = giveUp
  }

  /** A try was lost. */
  lost(): void {
    const { topology } = this.route
    if (this.alarm === null) {
      this.alarm = topology.after(this.patience, 'distant', this.what, () => {
        this.calm()
        this.giveUp()
      })
      topology.stalled.add(this)
    }
    this.waiting = true
    this.backOff(topology.clock.now)
    this.reconsider()
  }

  /** A try got through, or there is nothing more to try. */
  calm(): void {
    if (this.alarm === null) return
    const { topology } = this.route
    topology.clock.cancel(this.alarm)
    if (this.timer) topology.clock.cancel(this.timer)
    topology.stalled.delete(this)
    this.alarm = null
    this.timer = null
    this.waiting = false
    this.pause = 0
  }

  /** The way may have opened or closed. */
  reconsider(): void {
    const { clock } = this.route.topology
    if (!this.waiting) return
    if (!this.route.open()) {
      if (this.timer) clock.cancel(this.timer)
      this.timer = null
    } else if (this.timer === null) {
      while (this.due < clock.now) this.backOff(this.due)
      this.timer = clock.at(this.due, 'soon', this.what, () => {
        this.timer = null
        this.waiting = false
        this.again()
      })
    }
  }

  private backOff(from: Millis): void {
    this.pause = this.pause === 0 ? FIRST_PAUSE : Math.min(2 * this.pause, LONGEST_PAUSE)
    this.due = from + this.pause
  }
}
