/**
 * From octets to what a person reads: UTF-8 decoded across the pieces in which it comes, CRLF as a line end, control
 * characters visible, and never more than a terminal can take.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Octets, utf8Text } from '../bytes/utf8.ts'
import type { ShellHost } from './host.ts'
import type { Terminal } from './terminal.ts'

export const LIMITS = { lines: 2000, characters: 200_000, line: 5000 } as const

/** Where a command's output goes: to the terminal, or into a pipe. */
export interface Output {
  put(octets: Octets): void
  text(text: string): void
  /** A new command, or a new line typed in a long conversation: limits of what is shown start anew. */
  renew(): void
  /** Nothing more will come: what was held back is shown. */
  flush(): void
}

export class Printer implements Output {
  private readonly terminal: Terminal
  private readonly say: ShellHost['say']
  /** The beginning of a character, or a CR that may be half a line end. */
  private held: Octets = ''
  private lines = 0
  private characters = 0
  /** Length of the line that is being printed. */
  private column = 0
  private full = false

  constructor(terminal: Terminal, say: ShellHost['say']) {
    this.terminal = terminal
    this.say = say
  }

  put(octets: Octets): void {
    if (this.full) return
    const all = this.held + octets
    const whole = all.length - unfinished(all)
    this.held = all.slice(whole)
    this.show(all.slice(0, whole))
  }

  text(text: string): void {
    this.put(utf8Octets(text))
  }

  renew(): void {
    this.flush()
    this.lines = 0
    this.characters = 0
    this.full = false
  }

  flush(): void {
    const rest = this.held
    this.held = ''
    if (!this.full) this.show(rest)
  }

  private show(octets: Octets): void {
    if (octets === '') return
    let shown = ''
    const text = octets.replaceAll('\r\n', '\n')
    for (let at = 0; at < text.length;) {
      this.full = this.lines >= LIMITS.lines || this.characters >= LIMITS.characters
      if (this.full) break
      const lf = text.indexOf('\n', at)
      const end = lf < 0 ? text.length : lf
      // A character has at most four octets; what is beyond them is beyond the limit of a line.
      shown += this.part(text.slice(at, Math.min(end, at + 4 * LIMITS.line + 4)))
      if (lf >= 0) {
        shown += '\n'
        this.column = 0
        this.lines++
      }
      this.characters += end - at + 1
      at = end + 1
    }
    this.terminal.print(shown)
    if (this.full) this.cut()
  }

  /** Part of one line; what stands beyond the limit is one `…`. */
  private part(octets: Octets): string {
    const room = LIMITS.line - this.column
    const text = harmless(utf8Text(octets))
    this.column += text.length
    if (room <= 0) return ''
    return text.length <= room ? text : `${text.slice(0, room)}…`
  }

  private cut(): void {
    const start = this.column > 0 ? '\n' : ''
    this.column = 0
    this.held = ''
    this.terminal.print(
      `${start}${this.say('shell.cut', { lines: LIMITS.lines, kilobytes: LIMITS.characters / 1000 })}\n`,
    )
  }
}

/** How many octets at the end are the beginning of something: a UTF-8 sequence (RFC 3629), or a CR. */
function unfinished(octets: Octets): number {
  if (octets.endsWith('\r')) return 1
  for (let back = 1; back <= 3 && back <= octets.length; back++) {
    const octet = octets.charCodeAt(octets.length - back)
    if (octet < 0x80) return 0
    if (octet >= 0xc2) return (octet >= 0xf5 ? 1 : octet >= 0xf0 ? 4 : octet >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

/** A pipe holds what went in. */
export class Pipe implements Output {
  private parts: Octets[] = []

  put(octets: Octets): void {
    this.parts.push(octets)
  }

  text(text: string): void {
    this.put(utf8Octets(text))
  }

  renew(): void {}
  flush(): void {}

  get octets(): Octets {
    return this.parts.join('')
  }
}
