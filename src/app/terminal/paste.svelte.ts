/**
 * Pasted text. What looks as if it were meant otherwise is asked about first. Before there is a world lines wait for it; what
 * is pasted into the past waits for a word.
 */
import type { Notices } from '../notices.svelte.ts'
import type { Run } from '../run.svelte.ts'
import { blemishes, cleaned } from './cleaning.ts'
import { pastedLines } from './keys.ts'
import type { LineEditor } from './line-editor.ts'
import { LineQueue } from './line-queue.svelte.ts'

export interface PastedInto {
  readonly run: Run | null
  readonly terminal: string
  readonly notices: Notices
  editor(terminal?: string): LineEditor
  focusTerminal(): void
  fork(): void
}

export class Paste {
  readonly queue = new LineQueue()
  /** Lines that were typed before there was a world. */
  private readonly ahead: string[] = []
  private readonly bench: PastedInto

  constructor(bench: PastedInto) {
    this.bench = bench
  }

  async take(text: string): Promise<void> {
    const { notices } = this.bench
    const found = blemishes(text)
    if (found.length === 0) return this.enter(text)
    notices.drop('notice.paste.')
    const [first = 'quotes'] = found
    notices.tell(
      `notice.paste.${first}`,
      {},
      { key: 'notice.paste.clean', act: () => void this.enter(cleaned(text)) },
      { key: 'notice.paste.as-is', act: () => void this.enter(text) },
    )
  }

  /** A line for the world that is still to come. */
  keep(...lines: readonly string[]): void {
    this.ahead.push(...lines)
  }

  /** There is a world. */
  async begin(run: Run, terminal: string): Promise<void> {
    if (this.ahead.length > 0) await this.queue.type(run, terminal, this.ahead.splice(0))
  }

  private async enter(text: string): Promise<void> {
    const { run, terminal } = this.bench
    const editor = this.bench.editor()
    const { lines, rest } = pastedLines(text)
    if (lines.length === 0) return editor.insert(rest)
    if (run?.refuses) return this.refused(run, text)
    editor.insert(lines[0]!)
    lines[0] = editor.take()
    if (!run) this.keep(...lines)
    else {
      const left = await this.queue.type(run, terminal, lines)
      if (left?.length === 0) this.bench.editor(terminal).insert(rest)
      else if (left) this.refused(run, [...left, rest].join('\n'))
    }
    this.bench.focusTerminal()
  }

  private refused(run: Run, text: string): void {
    if (run.full) return void run.refuse()
    const after = (step: () => void) => () => {
      step()
      // Who looks back stops the time, and lines that wait for answers need it.
      this.bench.run?.play()
      void this.enter(text)
    }
    this.bench.notices.drop('notice.past.paste')
    this.bench.notices.tell(
      'notice.past.paste',
      {},
      { key: 'notice.past.paste.now', act: after(() => run.lookAt(null)) },
      { key: 'notice.past.paste.fork', act: after(() => this.bench.fork()) },
    )
  }
}
