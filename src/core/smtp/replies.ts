/** Reading replies off a stream: the client's half of RFC 5321 4.2. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { ask, within, type Task } from '../task.ts'
import type { Millis } from '../terms.ts'
import type { ClientReply, DialogueLog } from './client-types.ts'

/** More than any honest server says in one reply. */
const MOST = 65_536

export class ReplyReader {
  private stream: Stream
  private machine: Machine
  private log: DialogueLog | undefined
  private pending: Octets = ''
  /** Nothing more will be heard: the server left, was silent for too long, spoke something else, or said 421. */
  ended = false

  constructor(stream: Stream, machine: Machine, log: DialogueLog | undefined) {
    this.stream = stream
    this.machine = machine
    this.log = log
  }

  /** The next whole reply; null when the server left, stayed silent for too long, or spoke something else. */
  *next(patience: Millis): Task<ClientReply | null> {
    const reply = yield* this.whole(patience)
    if (reply === null || reply.code === '421') this.ended = true
    return reply
  }

  private *whole(patience: Millis): Task<ClientReply | null> {
    const lines: Octets[] = []
    let size = 0
    for (;;) {
      const line = yield* this.line(patience)
      if (line === null) return null
      this.log?.('<<<', line)
      const [, code, separator, text] = /^(\d{3})([ -]?)(.*)$/s.exec(line) ?? []
      if (code === undefined || (lines.length === 0 && !/^[2-5]/.test(code))) return null
      lines.push(text!)
      size += line.length
      if (separator !== '-') return { code, lines }
      if (size > MOST) return null
    }
  }

  /** RFC 3207 4.2: what was heard before TLS is forgotten. */
  forget(): void {
    this.pending = ''
  }

  private *line(patience: Millis): Task<Octets | null> {
    for (;;) {
      const lf = this.pending.indexOf('\n')
      if (lf >= 0) {
        const line = this.pending.slice(0, lf)
        this.pending = this.pending.slice(lf + 1)
        return line.endsWith('\r') ? line.slice(0, -1) : line
      }
      if (this.pending.length > MOST) return null
      const event = yield* ask(within(this.stream.read, this.machine.sleep(patience)))
      if (event === null || event.on === 'closed') return null
      this.pending += event.data
    }
  }
}
