/**
 * The lines that are being typed, one for each terminal. What was not sent yet is kept in the browser as it is typed, with the
 * place where it was, and stands there again after a reload or a crash; a password is not kept.
 */
import { memorize, recall } from '../memory.ts'
import { LineEditor } from './line-editor.ts'

const name = (place: string) => `lines.${place}`

function readTexts(place: string): Record<string, string> {
  try {
    const read: unknown = JSON.parse(recall(name(place)) ?? '{}')
    return Object.fromEntries(Object.entries(read ?? {}).filter(([, text]) => typeof text === 'string'))
  } catch {
    return {}
  }
}

export class Lines {
  private readonly editors = new Map<string, LineEditor>()
  /** Where they are kept; null: nowhere, yet. */
  private place: string | null = null
  private kept: Readonly<Record<string, string>> = {}
  private written = ''

  of(terminal: string): LineEditor {
    let editor = this.editors.get(terminal)
    if (!editor) {
      editor = new LineEditor()
      editor.set(this.kept[terminal] ?? '')
      this.editors.set(terminal, editor)
    }
    return editor
  }

  /** Another place, with what was left there, if it is gone on with; what was typed before there was any place goes along. */
  enter(place: string, goOn: boolean): void {
    if (this.place !== null) this.editors.clear()
    this.place = place
    this.kept = goOn ? readTexts(place) : {}
    for (const [terminal, editor] of this.editors) if (editor.text === '') editor.set(this.kept[terminal] ?? '')
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
    const now = { ...this.kept }
    for (const [terminal, { text }] of this.editors) now[terminal] = isSecret(terminal, text) ? '' : text
    const written = JSON.stringify(Object.fromEntries(Object.entries(now).filter(([, text]) => text !== '')))
    if (this.written !== this.place + written) memorize(name(this.place), written)
    this.written = this.place + written
  }
}
