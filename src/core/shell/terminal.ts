/**
 * What a program on a simulated machine sees of the terminal that it runs at: lines and keys come in, text goes out.
 *
 * A line waits until a program reads it, as in the tty of a real system. Only then is it echoed, and only then is it
 * known whether it is a secret: a whole dialogue pasted at once still keeps its password out of history and links.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Waiter } from '../task.ts'

export type Key = 'interrupt' | 'eof' | 'escape'

export type Typed =
  /** A line that Enter ended, without its line end. */
  | { on: 'line'; data: Octets }
  /** Ctrl-D behind some text: the text goes off as it is, without a line end. */
  | { on: 'text'; data: Octets }
  /** Ctrl-C, Ctrl-D with nothing before it, Ctrl-]. */
  | { on: 'key'; key: Key }

/** What is being typed now: the line editor keeps a history for each protocol, and none of what is secret. */
export interface Reading {
  protocol: 'shell' | 'telnet' | 'smtp' | 'pop3' | 'imap' | 'mail'
  /** Already printed; the line editor needs it to draw the line anew. */
  prompt: string
  /** Must this line stay out of history and links? */
  secret(line: Octets): boolean
}

export interface Terminal {
  readonly id: string
  readonly columns: number
  /** Others may write onto it (mesg). */
  writable: boolean
  /** The next line or key for this program. */
  read(what: Reading): Waiter<Typed>
  /** Ctrl-C while no program reads. */
  readonly interrupted: Waiter<void>
  /** `text` is made of lines that end with `\n`; whoever calls has made it harmless. */
  print(text: string): void
}
