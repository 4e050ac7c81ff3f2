/**
 * Completion of one terminal's line: what Tab, the arrows, Enter and Esc do while there is a list. Tab writes what all
 * possibilities have in common; where they go on differently it shows them, and goes from one to the next. Typing on
 * narrows the list. Nothing is taken that was not chosen: Enter sends the line as long as none is.
 */
import { utf8Octets } from '../../core/bytes/utf8.ts'
import { commonPart, complete, type Completion } from '../../core/views/help/complete.ts'
import { heard } from '../../core/views/help/heard.ts'
import { sceneOf, type Seat } from '../../core/views/help/known.ts'
import type { Scene } from '../../core/views/help/scene.ts'
import type { Run } from '../run.svelte.ts'
import type { LineEditor } from './line-editor.ts'

/** What there is to say to who does not see the list. */
type Saying = { what: 'none' } | { what: 'one'; text: string } | { what: 'many'; texts: readonly string[] } | null

/** Is there more of the line to be had for certain? */
const furthers = ({ from, to, options }: Completion) => options.length === 1 || commonPart(options).length > to - from

export class Completer {
  open = $state.raw<Completion | null>(null)
  /** The option that would be taken; -1: none yet. */
  active = $state(-1)
  saying = $state.raw<Saying>(null)
  private readonly run: Run
  private readonly seat: Seat
  private readonly editor: LineEditor
  /** The line as Tab left it: what comes then is no change. */
  private left = ''

  constructor(run: Run, seat: Seat, editor: LineEditor) {
    this.run = run
    this.seat = seat
    this.editor = editor
  }

  get scene(): Scene {
    const { run, seat } = this
    return sceneOf(run.world, run.folded(heard), run.terminals, seat)
  }

  /** Tab. */
  tab(): void {
    this.complete()
    this.left = this.now
  }

  private get now(): string {
    return `${this.editor.cursor} ${this.editor.text}`
  }

  private complete(): void {
    const { editor } = this
    if (this.open && (this.active >= 0 || !furthers(this.open))) return this.move(1)
    const secret = this.isSecret()
    const { scene } = this
    const { to } = scene.listener
    const found = secret ? null : complete(scene, editor.text, editor.cursor)
    // In a message a tab is a tab: a folded line of its header begins with one.
    if ((to === 'content' || to === 'nobody') && (!found || editor.text === '')) {
      if (!secret) editor.insert('\t')
      return
    }
    if (!found) this.saying = { what: 'none' }
    else this.extend(found)
  }

  /** A key that belongs to the list. False: it has its usual meaning. */
  key(key: string): boolean {
    if (!this.open) return false
    switch (key) {
      case 'ArrowDown':
        this.move(1)
        return true
      case 'ArrowUp':
        this.move(-1)
        return true
      case 'Enter':
        if (this.active < 0) {
          this.close()
          return false
        }
        this.take(this.active)
        return true
      case 'Escape':
        this.close()
        return false
      default:
        return false
    }
  }

  /** The line was changed by a key: the list follows it, or goes. */
  edited(): void {
    if (this.now === this.left) return
    this.left = ''
    this.saying = null
    if (!this.open) return
    const found = this.isSecret() ? null : complete(this.scene, this.editor.text, this.editor.cursor)
    this.active = -1
    this.open = found?.from === this.open.from ? found : null
  }

  take(index: number): void {
    const { open, editor } = this
    const option = open?.options[index]
    if (!open || !option) return
    editor.put(open.from, editor.cursor, option.text)
    this.close()
    this.saying = { what: 'one', text: option.text }
  }

  close(): void {
    this.open = null
    this.active = -1
  }

  private extend(found: Completion): void {
    const { editor } = this
    const { from, to, options } = found
    const common = commonPart(options)
    if (furthers(found)) editor.put(from, to, common)
    this.close()
    if (options.length === 1) {
      this.saying = { what: 'one', text: common }
      return
    }
    this.open = { ...found, to: editor.cursor }
    this.saying = { what: 'many', texts: options.map(({ text }) => text) }
  }

  private move(by: 1 | -1): void {
    const count = this.open?.options.length ?? 0
    this.active = this.active < 0 && by < 0 ? count - 1 : (this.active + by + count) % count
    this.saying = null
  }

  /** Whoever reads the line knows whether it is a password; the shell and the dialogues do. */
  private isSecret(): boolean {
    const { run, seat, editor } = this
    const reading = run.sim.world.terminal(seat.terminal)?.reading
    return reading?.secret(utf8Octets(editor.text)) ?? false
  }
}
