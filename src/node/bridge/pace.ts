/**
 * The world's clock beside the wall's: RATE times as fast, moved on whenever something comes in and whenever the next
 * thing of the world is due. A world that has more to do than there is time for falls behind, rather than keep those
 * waiting who are at the door: its clock then goes slower, and no patience of a server ends too early.
 */
import type { Clock } from '../../core/net/clock.ts'

/** So long the world works before the sockets are looked at again, in milliseconds. */
const TURN = 10

export class Pace {
  private readonly clock: Clock
  private readonly rate: number
  private readonly began = performance.now()
  private timer: NodeJS.Timeout | null = null
  private due = Infinity
  private running = false
  private behind: NodeJS.Immediate | null = null

  constructor(clock: Clock, rate: number) {
    this.clock = clock
    this.rate = rate
  }

  /**
   * Lets the world catch up with the wall, and wakes up again when its next thing is due. What happens in the world may
   * call this again: it is at it already.
   */
  catchUp(): void {
    if (this.running || this.behind) return
    this.running = true
    const now = performance.now()
    const done = this.runUntil((now - this.began) * this.rate, now + TURN)
    this.running = false
    if (done) this.wakeWhenDue()
    else {
      this.behind = setImmediate(() => {
        this.behind = null
        this.catchUp()
      })
    }
  }

  /** How long the wall takes for so much of the world's time; a timer of Node's holds no more than 2^31. */
  wallTime(duration: number): number {
    return Math.min(Math.max(0, duration / this.rate), 2 ** 30)
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    if (this.behind) clearImmediate(this.behind)
  }

  /** False when its turn was over before it was there. */
  private runUntil(moment: number, end: number): boolean {
    for (let next = this.clock.nextAt(); next !== null && next <= moment; next = this.clock.nextAt()) {
      if (performance.now() > end) return false
      this.clock.runUntil(next)
    }
    this.clock.runUntil(moment)
    return true
  }

  private wakeWhenDue(): void {
    const next = this.clock.nextAt()
    if (next === null || next >= this.due) return
    if (this.timer) clearTimeout(this.timer)
    this.due = next
    this.timer = setTimeout(
      () => {
        this.timer = null
        this.due = Infinity
        this.catchUp()
      },
      this.wallTime(next - this.clock.now),
    )
  }
}
