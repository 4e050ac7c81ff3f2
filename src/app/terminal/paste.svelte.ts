/** Several lines at once go one by one, each when the world has answered the one before. */
import type { Run } from '../run.svelte.ts'

export class Paste {
  /** Lines that still wait. */
  waiting = $state(0)
  private current = { stopped: false }

  /** False when somebody stopped it. */
  async type(run: Run, terminal: string, lines: readonly string[]): Promise<boolean> {
    this.stop()
    const { current } = this
    await run.quiet()
    for (const [at, line] of lines.entries()) {
      this.waiting = lines.length - at
      run.type(terminal, `${line}\n`)
      await run.quiet()
      if (current.stopped) return false
    }
    this.waiting = 0
    return true
  }

  stop(): void {
    this.current.stopped = true
    this.current = { stopped: false }
    this.waiting = 0
  }
}
