/** Reading whole lines: text that Ctrl-D sent off without its line end is the beginning of the line. */
import type { Octets } from '../bytes/octets.ts'
import { ask, type Task } from '../task.ts'
import type { Key, Reading, Terminal } from './terminal.ts'

export type Entered = { line: Octets; key: null } | { line: null; key: Key }

/** Prints the prompt and reads. Ctrl-D behind text, pressed twice, ends the line as a tty would. */
export function* readLine(terminal: Terminal, what: Reading): Task<Entered> {
  let line: Octets = ''
  terminal.print(what.prompt)
  for (;;) {
    const typed = yield* ask(terminal.read(what))
    if (typed.on === 'line') return { line: line + typed.data, key: null }
    if (typed.on === 'text') line += typed.data
    else if (typed.key === 'eof' && line !== '') return { line, key: null }
    else return { line: null, key: typed.key }
  }
}

export const nothingSecret = (): boolean => false
