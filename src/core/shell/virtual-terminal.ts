/**
 * A terminal whose keyboard is the journal and whose screen is the trace: what the program takes is noted as `typed`,
 * what it prints as `printed`. It is the small part of a tty that matters here: type-ahead waits for a reader, Ctrl-C
 * does not wait and throws the type-ahead away.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Waiter } from '../task.ts'
import type { ShellNote } from '../trace/events.ts'
import type { Key, Reading, Terminal, Typed } from './terminal.ts'

export class VirtualTerminal implements Terminal {
  readonly id: string
  columns = 80
  writable = true
  /** What is read right now; null while a program runs that does not read. */
  reading: Reading | null = null
  private readonly note: (note: ShellNote) => void
  private ahead: Typed[] = []
  private reader: ((typed: Typed) => void) | null = null
  private onInterrupt: (() => void) | null = null

  constructor(id: string, note: (note: ShellNote) => void) {
    this.id = id
    this.note = note
  }

  /** Lines with their `\n`; what stands behind the last one is text that Ctrl-D sent off. */
  type(data: Octets): void {
    const lines = data.split('\n')
    const rest = lines.pop()!
    // A terminal turns the CR of a text pasted from elsewhere into the line end that follows anyway (ICRNL).
    for (const line of lines) this.ahead.push({ on: 'line', data: line.replace(/\r$/, '') })
    if (rest !== '') this.ahead.push({ on: 'text', data: rest })
    this.deliver()
  }

  key(key: Key): void {
    if (key === 'interrupt') {
      this.ahead = []
      if (this.reader) this.ahead.push({ on: 'key', key })
      else this.onInterrupt?.()
    } else this.ahead.push({ on: 'key', key })
    this.deliver()
  }

  read(what: Reading): Waiter<Typed> {
    return (resume) => {
      this.reading = what
      this.reader = resume
      this.deliver()
      return () => {
        if (this.reader !== resume) return
        this.reader = null
        this.reading = null
      }
    }
  }

  readonly interrupted: Waiter<void> = (resume) => {
    this.onInterrupt = resume
    return () => {
      if (this.onInterrupt === resume) this.onInterrupt = null
    }
  }

  print(text: string): void {
    if (text !== '') this.note({ kind: 'printed', terminal: this.id, text })
  }

  /** Somebody else writes onto it: on lines of its own, and whoever asks here asks again. */
  written(text: string): void {
    this.print(`\n${text}${this.reading?.prompt ?? ''}`)
  }

  private deliver(): void {
    const { reader, reading } = this
    if (!reader || !reading) return
    const typed = this.ahead.shift()
    if (!typed) return
    this.reader = null
    this.reading = null
    if (typed.on !== 'key') {
      const text = harmless(utf8Text(typed.data)) + (typed.on === 'line' ? '\n' : '')
      this.note({ kind: 'typed', terminal: this.id, text, secret: reading.secret(typed.data) })
    }
    reader(typed)
  }
}
