/** Reading replies off a stream: the client's half of RFC 5321 4.2. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { ask, within, type Task } from '../task.ts'
import type { Millis } from '../terms.ts'
import type { ClientReply, DialogueLog } from './client-types.ts'

/** More than any honest server says in one reply. */
const MOST = 65_536

/** RFC 5321 4.2: the text is HTAB and what can be printed. It comes into reports and queues, where nothing else may. */
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g

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

  /** The server said something that answers nothing: it is out of step (RFC 5321 4.2: one reply for each command). */
  get unasked(): boolean {
    return this.pending !== ''
  }

  /**
   * The next whole reply; null when the server left, stayed silent for too long, or spoke something else. What is no reply,
   * and whatever comes after it, is not guessed at: no command could be matched with its answer any more.
   */
  *next(patience: Millis): Task<ClientReply | null> {
    if (this.ended) return null
    const reply = yield* this.whole(patience)
    if (reply === null || reply.code === '421') this.ended = true
    return reply
  }

  private *whole(patience: Millis): Task<ClientReply | null> {
    // A server that says an octet a minute does not hold the client for ever: it is the reply that must come in time.
    const until = this.machine.now() + patience
    const lines: Octets[] = []
    let size = 0
    let first: string | null = null
    for (;;) {
      const line = yield* this.line(until)
      if (line === null) return null
      this.log?.('<<<', line)
      const [, code, separator, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line) ?? []
      // RFC 5321 4.2.1: each line has the same code. Of two different ones neither is believed.
      if (code === undefined || code !== (first ??= code)) return null
      lines.push(text.replaceAll(CONTROLS, '?'))
      size += line.length
      if (separator !== '-') return { code, lines }
      if (size > MOST) return null
    }
  }

  /** RFC 3207 4.2: what was heard before TLS is forgotten. */
  forget(): void {
    this.pending = ''
  }

  private *line(until: Millis): Task<Octets | null> {
    for (;;) {
      // A bare LF ends a line of a reply, too: what depends on CRLF is where a message ends.
      const lf = this.pending.indexOf('\n')
      if (lf >= 0) {
        const line = this.pending.slice(0, lf)
        this.pending = this.pending.slice(lf + 1)
        return line.endsWith('\r') ? line.slice(0, -1) : line
      }
      if (this.pending.length > MOST) return null
      const event = yield* ask(within(this.stream.read, this.machine.sleep(Math.max(0, until - this.machine.now()))))
      if (event === null || event.on === 'closed') return null
      this.pending += event.data
    }
  }
}
