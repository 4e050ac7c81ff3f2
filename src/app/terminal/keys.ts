/** What the terminal's keys do: the bytes that xterm makes of them, as actions on the line. */
import type { Key } from '../../core/shell/terminal.ts'
import type { LineEditor } from './line-editor.ts'

export interface KeyTarget {
  editor: LineEditor
  history(): readonly string[]
  /** The line as it stands is typed, with its end. */
  enter(): void
  /** Ctrl-D behind text: it goes off without a line end. */
  flush(): void
  key(key: Key): void
  /** The screen is cleared, the line stays. */
  clear(): void
  /** The tab key: it completes, or is a tab. */
  tab(): void
}

type Action = (target: KeyTarget) => void

/** What is done to the line with no word more. */
type Edit = { [Name in keyof LineEditor]: LineEditor[Name] extends () => void ? Name : never }[keyof LineEditor]

const edit =
  (name: Edit): Action =>
  ({ editor }) =>
    editor[name]()

const ACTIONS: Readonly<Record<string, Action>> = {
  '\r': (target) => target.enter(),
  '\n': (target) => target.enter(),
  '\x7f': edit('backspace'),
  '\b': edit('backspace'),
  '\x1b[3~': edit('delete'),
  '\x1b[D': edit('left'),
  '\x1bOD': edit('left'),
  '\x02': edit('left'),
  '\x1b[C': edit('right'),
  '\x1bOC': edit('right'),
  '\x06': edit('right'),
  '\x1b[1;5D': edit('wordLeft'),
  '\x1bb': edit('wordLeft'),
  '\x1b[1;5C': edit('wordRight'),
  '\x1bf': edit('wordRight'),
  '\x1b[H': edit('home'),
  '\x1bOH': edit('home'),
  '\x01': edit('home'),
  '\x1b[F': edit('end'),
  '\x1bOF': edit('end'),
  '\x05': edit('end'),
  '\x0b': edit('killToEnd'),
  '\x15': edit('killToStart'),
  '\x17': edit('killWord'),
  '\x1b\x7f': edit('killWord'),
  '\x1b[A': ({ editor, history }) => editor.up(history()),
  '\x1bOA': ({ editor, history }) => editor.up(history()),
  '\x10': ({ editor, history }) => editor.up(history()),
  '\x1b[B': edit('down'),
  '\x1bOB': edit('down'),
  '\x0e': edit('down'),
  '\x03': (target) => target.key('interrupt'),
  '\x04': (target) => {
    const { editor } = target
    if (editor.text === '') target.key('eof')
    else if (editor.cursor === editor.text.length) target.flush()
    else editor.delete()
  },
  '\x1d': (target) => target.key('escape'),
  '\x0c': (target) => target.clear(),
  '\t': (target) => target.tab(),
}

/** Does what one `onData` of xterm means. Keys without a meaning here do nothing. */
export function press(target: KeyTarget, data: string): void {
  const action = ACTIONS[data]
  if (action) return action(target)
  if (data.startsWith('\x1b')) return
  // Input methods, and fast hands, send several characters at once.
  for (const [part] of data.matchAll(/[^\u0000-\u001f\u007f]+|[^]/gu)) {
    const control = ACTIONS[part]
    if (control) control(target)
    else if (part >= ' ') target.editor.insert(part)
  }
}

/** Pasted text as the lines that it is, and what stands behind the last line end. */
export function pastedLines(text: string): { lines: string[]; rest: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const rest = lines.pop()!
  return { lines, rest }
}
