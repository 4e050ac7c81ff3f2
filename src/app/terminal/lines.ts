/**
 * The lines that are being typed, one for each terminal. What was not sent yet is kept in the browser as it is typed, with the
 * place where it was, and stands there again after a reload or a crash, as do lines that wait behind it; a password is not kept.
 */
import { memorize, recall } from '../memory.ts'
import { LineEditor } from './line-editor.ts'

const name = (place: string) => `lines.${place}`

/** Of each terminal the line that stands there, and those that wait behind it. */
type Kept = Readonly<Record<string, readonly string[]>>

function readKept(place: string): Kept {
  try {
    const read: unknown = JSON.parse(recall(name(place)) ?? '{}')
    // Where none waited, a line was once kept by itself.
    const all = Object.entries(read ?? {}).map(([terminal, lines]): [string, unknown[]] => [terminal, [lines].flat()])
    return Object.fromEntries(all.filter(([, lines]) => lines.every((line) => typeof line === 'string'))) as Kept
  } catch {
    return {}
  }
}

const restore = (editor: LineEditor, [text = '', ...waiting]: readonly string[] = []) => editor.restore(text, waiting)

export class Lines {
  private readonly editors = new Map<string, LineEditor>()
  /** Where they are kept; null: nowhere, yet. */
  private place: string | null = null
  private kept: Kept = {}
  private written = ''

  of(terminal: string): LineEditor {
    let editor = this.editors.get(terminal)
    if (!editor) {
      editor = new LineEditor()
      restore(editor, this.kept[terminal])
      this.editors.set(terminal, editor)
    }
    return editor
  }

  /** Another place, with what was left there, if it is gone on with; what was typed before there was any place goes along. */
  enter(place: string, goOn: boolean): void {
    if (this.place !== null) this.editors.clear()
    this.place = place
    this.kept = goOn ? readKept(place) : {}
    for (const [terminal, editor] of this.editors) if (editor.text === '') restore(editor, this.kept[terminal])
  }

  /** Nothing is being typed any more. */
  clear(): void {
    this.editors.clear()
    this.kept = {}
    this.keep(() => false)
  }

  delete(terminal: string): void {
    this.editors.delete(terminal)
    this.kept = Object.fromEntries(Object.entries(this.kept).filter(([other]) => other !== terminal))
  }

  keep(isSecret: (terminal: string, text: string) => boolean): void {
    if (this.place === null) return
    const now: Record<string, readonly string[]> = { ...this.kept }
    for (const [terminal, { text, waiting }] of this.editors) {
      const may = (line: string) => !isSecret(terminal, line)
      now[terminal] = [may(text) ? text : '', ...waiting.filter(may)]
    }
    const some = Object.entries(now).filter(([, lines]) => lines.some((line) => line !== ''))
    const written = JSON.stringify(Object.fromEntries(some))
    if (this.written !== this.place + written) memorize(name(this.place), written)
    this.written = this.place + written
  }
}
