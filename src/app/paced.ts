/** Something that costs more than a frame has: it is done at once after a rest, and else once more when the rest is over. */
export class Paced {
  private readonly rest: number
  private readonly act: () => void
  private timer: ReturnType<typeof setTimeout> | null = null
  private last = -Infinity

  constructor(rest: number, act: () => void) {
    this.rest = rest
    this.act = act
  }

  ask(): void {
    if (this.timer !== null) return
    const left = this.last + this.rest - performance.now()
    if (left <= 0) this.now()
    else this.timer = setTimeout(() => this.now(), left)
  }

  now(): void {
    this.stop()
    this.act()
    this.last = performance.now()
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}

/** What follows is done in a task of its own: on a slow machine a tap or a key gets through in between. */
export const breath = (): Promise<void> => new Promise((resume) => setTimeout(resume))
