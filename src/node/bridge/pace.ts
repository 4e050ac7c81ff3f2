/**
 * The world's clock beside the wall's: RATE times as fast, moved on whenever something comes in and whenever the next
 * thing of the world is due.
 */
import type { Clock } from '../../core/net/clock.ts'

export class Pace {
  private readonly clock: Clock
  private readonly rate: number
  private readonly began = performance.now()
  private timer: NodeJS.Timeout | null = null
  private due = Infinity
  private running = false

  constructor(clock: Clock, rate: number) {
    this.clock = clock
    this.rate = rate
  }

  /**
   * Lets the world catch up with the wall, and wakes up again when its next thing is due. What happens in the world may
   * call this again: it is at it already.
   */
  catchUp(): void {
    if (this.running) return
    this.running = true
    this.clock.runUntil((performance.now() - this.began) * this.rate)
    this.running = false
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

  /** How long the wall takes for so much of the world's time; a timer of Node's holds no more than 2^31. */
  wallTime(duration: number): number {
    return Math.min(Math.max(0, duration / this.rate), 2 ** 30)
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
  }
}
