/** Reading a POP3 server's answers off a stream: lines, and data up to the lone dot. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { ask, within, type Task } from '../task.ts'
import type { Millis } from '../terms.ts'
import type { Pop3Log, Pop3Reply } from './client-types.ts'

/** More than any honest server says in one line (a challenge may be long), and in one piece of data. */
const MOST = { line: 65_536, data: 200_000_000 }

const END = '\r\n.\r\n'

export class AnswerReader {
  private readonly stream: Stream
  private readonly machine: Pick<Machine, 'sleep'>
  private readonly log: Pop3Log | undefined
  /** What has come in; all before `at` was dealt with. */
  private buffer: Octets = ''
  private at = 0

  constructor(stream: Stream, machine: Pick<Machine, 'sleep'>, log: Pop3Log | undefined) {
    this.stream = stream
    this.machine = machine
    this.log = log
  }

  /** Null when the server left, stayed silent for too long, or spoke something else. */
  *reply(patience: Millis): Task<Pop3Reply | null> {
    const line = yield* this.line(patience)
    if (line === null) return null
    this.log?.('<<<', line)
    const [, code, text = ''] = /^(\+OK|-ERR|\+)(?: (.*)|)$/s.exec(line) ?? []
    if (code === undefined) return null
    const [, status] = /^\[([^\]]+)\]/.exec(text) ?? []
    return { code: code as Pop3Reply['code'], status: status?.toUpperCase() ?? null, text }
  }

  /** What stands behind a reply's first line, with the doubled dots undone (RFC 1939 3). */
  *data(patience: Millis): Task<Octets | null> {
    while (this.buffer.length - this.at < 3) if (!(yield* this.more(patience))) return null
    if (this.buffer.startsWith('.\r\n', this.at)) {
      this.at += 3
      return ''
    }
    const parts: Octets[] = []
    let size = 0
    let end: number
    while ((end = this.buffer.indexOf(END, this.at)) < 0) {
      // All but what may be the beginning of the end is put aside: no octet is looked at twice.
      const safe = Math.max(this.at, this.buffer.length - END.length + 1)
      parts.push(this.buffer.slice(this.at, safe))
      size += safe - this.at
      this.at = safe
      if (size > MOST.data || !(yield* this.more(patience))) return null
    }
    parts.push(this.buffer.slice(this.at, end + 2))
    this.at = end + END.length
    const stuffed = parts.length === 1 ? parts[0]! : parts.join('')
    const lines = stuffed.includes('\r\n.') ? stuffed.replaceAll('\r\n.', '\r\n') : stuffed
    return lines[0] === '.' ? lines.slice(1) : lines
  }

  /** RFC 2595 4: what was heard before TLS is forgotten. */
  forget(): void {
    this.buffer = ''
    this.at = 0
  }

  private *line(patience: Millis): Task<Octets | null> {
    for (;;) {
      const lf = this.buffer.indexOf('\n', this.at)
      if (lf >= 0) {
        const line = this.buffer.slice(this.at, lf)
        this.at = lf + 1
        return line.endsWith('\r') ? line.slice(0, -1) : line
      }
      if (this.buffer.length - this.at > MOST.line) return null
      if (!(yield* this.more(patience))) return null
    }
  }

  private *more(patience: Millis): Task<boolean> {
    const event = yield* ask(within(this.stream.read, this.machine.sleep(patience)))
    if (event === null || event.on === 'closed') return false
    this.buffer = this.buffer.slice(this.at) + event.data
    this.at = 0
    return true
  }
}
