/**
 * A terminal on the page: xterm shows what the trace says stands there, and behind it the line that is being typed.
 * Output that comes in the meantime goes above that line, which is drawn anew.
 */
import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import { after, draw, undraw, type CellWidth } from './layout.ts'
import { press, type KeyTarget } from './keys.ts'
import { Paced } from '../paced.ts'
import type { Seq } from '../../core/terms.ts'
import type { LineEditor } from './line-editor.ts'

export interface Piece {
  seq: Seq
  readonly text: string
  readonly typed: boolean
}

/** A place on the page, for what is shown beside it. */
export interface Caret {
  left: number
  top: number
  bottom: number
}

/** A line of the screen, rows that wrap put together, and a place in it. */
export interface Pointed {
  text: string
  index: number
  at: Caret
}

/** What it looks like. */
export interface ScreenLook {
  fontSize: number
  fontFamily: string
  theme: ITheme
}

/** What it is for. */
export interface ScreenUses {
  target: KeyTarget
  /** The line has changed. */
  edited(): void
  /** It got the keyboard. */
  entered(): void
  paste(text: string): void
  /** Esc was pressed: the next Tab leaves the terminal. */
  leaving(leaving: boolean): void
  /** True takes a key before it has its usual meaning. */
  takes(event: KeyboardEvent): boolean
}

/** What was typed has a colour of its own. */
const TYPED = ['\x1b[34m', '\x1b[39m'] as const

export class Screen {
  private readonly terminal: Terminal
  private readonly fit = new FitAddon()
  /** These two are there from `place` on. */
  private uses!: ScreenUses
  private element!: HTMLElement
  private width: CellWidth = () => 1
  private readonly observer = new ResizeObserver(() => this.resized.ask())
  private shown = 0
  /** The last piece that was shown: where another one stands in its place, another moment is looked at. */
  private lastPiece: Seq | null = null
  /** What stands in the last row of the output, without its colours. */
  private lastLine = ''
  /** Rows that the drawn line takes above the cursor; null while none is drawn. */
  private drawn: number | null = null
  private leaving = false
  /** The text flows anew now and then while the place changes its size, which it may do each frame. */
  private readonly resized = new Paced(100, () => this.resize())

  constructor(look: ScreenLook) {
    this.terminal = new Terminal({
      allowProposedApi: true,
      convertEol: true,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      cursorInactiveStyle: 'outline',
      fontWeightBold: 600,
      lineHeight: 1.25,
      minimumContrastRatio: 4.5,
      scrollback: 10_000,
      ...look,
    })
    this.terminal.loadAddon(this.fit)
  }

  /** It stands on the page. */
  get placed(): boolean {
    return this.terminal.element !== undefined
  }

  /** Puts it into a place of the page, its first or another one: what is on it, and the keyboard, go along. */
  place(element: HTMLElement, uses: ScreenUses): void {
    const focused = this.placed && this.element.contains(document.activeElement)
    if (this.placed) this.leave()
    this.uses = uses
    this.element = element
    if (this.placed) element.append(this.terminal.element!)
    else this.open()
    element.addEventListener('paste', this.onPaste, { capture: true })
    if (focused) this.focus()
  }

  private open(): void {
    this.terminal.open(this.element)
    this.terminal.attachCustomKeyEventHandler((event) => this.mayTake(event))
    this.takeInsertedText()
    this.useUnicode11().catch(() => {
      // Without the table every character is taken for narrow.
    })
    this.terminal.onData((data) => this.take(data))
    this.terminal.textarea?.addEventListener('focus', () => this.uses.entered())
  }

  /** As many rows and columns as there is room for, from now on. */
  fill(): void {
    this.fit.fit()
    this.observer.observe(this.element)
  }

  /** What a screen reader gets of each row: xterm measures each of them, thus when it is known how many there are. */
  readAloud(): void {
    this.terminal.options.screenReaderMode = true
  }

  focus(): void {
    this.terminal.focus()
  }

  restyle({ theme, fontSize }: ScreenLook): void {
    this.terminal.options.theme = theme
    this.terminal.options.fontSize = fontSize
    this.resize()
  }

  label(text: string): void {
    this.terminal.textarea?.setAttribute('aria-label', text)
  }

  /** Shows what has come since the last time; all of it where another moment is looked at. */
  show(pieces: readonly Piece[]): void {
    let output = ''
    if (this.shown > 0 && pieces[this.shown - 1]?.seq !== this.lastPiece) {
      this.terminal.reset()
      this.shown = 0
      this.lastLine = ''
      this.drawn = null
    }
    this.lastPiece = pieces.at(-1)?.seq ?? null
    for (; this.shown < pieces.length; this.shown++) {
      const { text, typed } = pieces[this.shown]!
      output += typed ? TYPED[0] + text + TYPED[1] : text
      // Escape sequences come from `clear` alone: everything else was made harmless.
      this.lastLine = (this.lastLine + text.replace(/\x1b\[[\d;]*[A-Za-z]/g, '')).split('\n').at(-1)!
    }
    if (output !== '') this.write(output)
  }

  /** What a screen reader shall know of the field that is typed into; null takes it away again. */
  describe(name: 'aria-controls' | 'aria-activedescendant', value: string | null): void {
    const { textarea } = this.terminal
    if (value === null) textarea?.removeAttribute(name)
    else textarea?.setAttribute(name, value)
  }

  /** Where the cursor stands on the page, when all that was written is on the screen. */
  caret(then: (caret: Caret) => void): void {
    this.terminal.write('', () => {
      const { cursorX, cursorY, baseY, viewportY } = this.terminal.buffer.active
      then(this.cell(cursorX, cursorY + baseY - viewportY))
    })
  }

  /** What stands at a place of the page; null beside the text. */
  pointed(x: number, y: number): Pointed | null {
    const { left, top, width, height } = this.grid()
    const { cols, rows, buffer } = this.terminal
    const column = Math.floor(((x - left) / width) * cols)
    const row = Math.floor(((y - top) / height) * rows)
    if (column < 0 || column >= cols || row < 0 || row >= rows) return null
    const { active } = buffer
    const here = row + active.viewportY
    let first = here
    while (first > 0 && active.getLine(first)?.isWrapped) first--
    let text = ''
    for (let at = first; at < here; at++) text += active.getLine(at)?.translateToString(false) ?? ''
    const index = text.length + (active.getLine(here)?.translateToString(false, 0, column).length ?? 0)
    text += active.getLine(here)?.translateToString(true) ?? ''
    for (let at = here + 1; active.getLine(at)?.isWrapped; at++) text += active.getLine(at)!.translateToString(true)
    return index < text.length ? { text, index, at: this.cell(column, row) } : null
  }

  private grid(): DOMRect {
    return (this.element.querySelector('.xterm-screen') ?? this.element).getBoundingClientRect()
  }

  private cell(column: number, row: number): Caret {
    const { left, top, width, height } = this.grid()
    const { cols, rows } = this.terminal
    const high = height / rows
    return { left: left + (width / cols) * column, top: top + high * row, bottom: top + high * (row + 1) }
  }

  /** The line was changed by something else than a key. */
  redraw(): void {
    this.write('')
  }

  clear(): void {
    const line = this.lastLine
    this.drawn = null
    this.terminal.write(`\x1b[2J\x1b[3J\x1b[H${line}`)
  }

  dispose(): void {
    if (this.placed) this.leave()
    this.terminal.dispose()
  }

  private leave(): void {
    this.observer.disconnect()
    this.resized.stop()
    this.element.removeEventListener('paste', this.onPaste, { capture: true })
  }

  private get editor(): LineEditor {
    return this.uses.target.editor
  }

  /** In one write: the drawn line goes, output comes, the line is drawn behind it. */
  private write(output: string): void {
    const { cols: columns, rows } = this.terminal
    let all = this.drawn === null ? '' : undraw(this.drawn, this.columnBefore, columns)
    all += output
    const column = after(this.lastLine, { row: 0, column: 0 }, columns, this.width).column
    const drawing = draw(this.editor, column, { columns, rows }, this.width)
    this.columnBefore = column
    this.drawn = this.editor.text === '' ? null : drawing.cursorRow
    if (this.editor.text !== '') {
      // A prompt that fills its row leaves the cursor waiting at the edge.
      if (column === columns) all += ' \r'
      all += TYPED[0] + drawing.output + TYPED[1]
    }
    if (all !== '') this.terminal.write(all)
  }

  /** Where the drawn line began. */
  private columnBefore = 0

  private resize(): void {
    if (this.element.clientWidth === 0) return
    // Where a drawn line stands after the text has flowed anew is not known: it is taken away first.
    const erase = this.drawn === null ? '' : undraw(this.drawn, this.columnBefore, this.terminal.cols)
    this.drawn = null
    this.terminal.write(erase, () => {
      const { viewportY, baseY } = this.terminal.buffer.active
      this.fit.fit()
      // Who has not scrolled back goes on seeing the last line.
      if (viewportY === baseY) this.terminal.scrollToBottom()
      this.write('')
    })
  }

  /** What comes without a key (an emoji picker, dictation): in its mode for screen readers xterm leaves that out. */
  private takeInsertedText(): void {
    const { textarea } = this.terminal
    let keyed = false
    textarea?.addEventListener('keydown', () => (keyed = true))
    textarea?.addEventListener('keyup', () => (keyed = false))
    textarea?.addEventListener('input', (event) => {
      const { inputType, data } = event as InputEvent
      const { screenReaderMode } = this.terminal.options
      if (screenReaderMode && !keyed && inputType === 'insertText' && data !== null) this.take(data)
    })
  }

  private take(data: string): void {
    press(this.uses.target, data)
    this.redraw()
    this.uses.edited()
  }

  /** xterm's own table tells how wide a character is, so that both always agree. It comes a moment after the rest. */
  private async useUnicode11(): Promise<void> {
    const { Unicode11Addon } = await import('@xterm/addon-unicode11')
    const register = (provider: { wcwidth(codePoint: number): 0 | 1 | 2 }) => {
      this.width = (codePoint) => provider.wcwidth(codePoint)
    }
    new Unicode11Addon().activate({ unicode: { register } } as unknown as Terminal)
    this.terminal.loadAddon(new Unicode11Addon())
    this.terminal.unicode.activeVersion = '11'
  }

  /** False leaves a key to the browser. */
  private mayTake(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true
    if (this.uses.takes(event)) {
      event.preventDefault()
      return false
    }
    const command = event.ctrlKey || event.metaKey
    if (command && event.key.toLowerCase() === 'v') return false
    if (command && event.key.toLowerCase() === 'c' && this.terminal.hasSelection()) return false
    if (event.key === 'Tab' && (this.leaving || event.shiftKey)) return false
    const leaving = event.key === 'Escape'
    if (leaving !== this.leaving && event.key !== 'Shift') {
      this.leaving = leaving
      this.uses.leaving(leaving)
    }
    return !leaving
  }

  private readonly onPaste = (event: ClipboardEvent): void => {
    event.stopPropagation()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text === '') return
    event.preventDefault()
    this.uses.paste(text)
  }
}
