/** Several lines at once go one by one, each when the world has answered the one before; what comes meanwhile goes after them. */
import type { Run } from '../run.svelte.ts'

export class LineQueue {
  /** Lines that still wait. */
  waiting = $state(0)
  private current = { stopped: false }
  private before: Promise<unknown> = Promise.resolve()

  /** The lines that were not typed since somebody looks at the past; null when somebody stopped it. */
  type(run: Run, terminal: string, lines: readonly string[]): Promise<readonly string[] | null> {
    const { before, current } = this
    this.waiting += lines.length
    const done = before.then(() => this.send(run, terminal, lines, current))
    this.before = done
    return done
  }

  stop(): void {
    this.current.stopped = true
    this.current = { stopped: false }
    this.before = Promise.resolve()
    this.waiting = 0
  }

  private async send(
    run: Run,
    terminal: string,
    lines: readonly string[],
    turn: { stopped: boolean },
  ): Promise<readonly string[] | null> {
    if (!turn.stopped) await run.quiet()
    for (const [at, line] of lines.entries()) {
      if (turn.stopped) return null
      if (run.refuses) {
        this.waiting -= lines.length - at
        return lines.slice(at)
      }
      run.type(terminal, `${line}\n`)
      await run.quiet()
      if (!turn.stopped) this.waiting--
    }
    return turn.stopped ? null : []
  }
}
