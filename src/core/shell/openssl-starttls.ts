/**
 * What `openssl s_client -starttls` says in the clear before the handshake. It looks at as little as the real one does:
 * the answer to STARTTLS itself is not read, the handshake that follows fails or not.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type { Dialogue } from './dialogue.ts'

export const STARTTLS = ['smtp', 'pop3', 'imap'] as const
export type Preface = (typeof STARTTLS)[number]

export interface Prefaced {
  /** The last line before STARTTLS, which openssl shows in the end. */
  last: Octets
  /** The server told of STARTTLS, where it was asked. */
  offered: boolean
  read: number
  written: number
}

/** Null where the server left. */
export function* preface(stream: Stream, kind: Preface, name: string, dialogue: Dialogue): Task<Prefaced | null> {
  const talk = new Talk(stream, dialogue)
  if (kind === 'pop3') {
    const greeting = yield* talk.line()
    return yield* talk.end('STLS', greeting, true)
  }
  if (kind === 'imap') {
    yield* talk.line()
    talk.say('. CAPABILITY')
    const { last, offered } = yield* talk.lines((line) => !line.startsWith('.'))
    return yield* talk.end('. STARTTLS', last, offered)
  }
  const more = (line: Octets) => line[3] === '-'
  yield* talk.lines(more)
  talk.say(`EHLO ${utf8Octets(name)}`)
  const { last, offered } = yield* talk.lines(more)
  return yield* talk.end('STARTTLS', last, offered)
}

class Talk {
  private readonly stream: Stream
  private readonly dialogue: Dialogue
  private heard: Octets = ''
  private lost = false
  private read = 0
  private written = 0

  constructor(stream: Stream, dialogue: Dialogue) {
    this.stream = stream
    this.dialogue = dialogue
  }

  say(line: Octets): void {
    this.dialogue.said(line)
    this.written += line.length + 2
    this.stream.write(`${line}\r\n`)
  }

  /** With its line end; what was there where the server left. */
  *line(): Task<Octets> {
    for (;;) {
      const end = this.heard.indexOf('\n') + 1
      if (end > 0 || this.lost) {
        const line = this.heard.slice(0, end || undefined)
        this.heard = this.heard.slice(line.length)
        return line
      }
      yield* this.hear()
    }
  }

  /** As long as there are more. */
  *lines(more: (line: Octets) => boolean): Task<{ last: Octets; offered: boolean }> {
    let offered = false
    for (;;) {
      const last = yield* this.line()
      offered ||= last.includes('STARTTLS')
      if (this.lost || !more(last)) return { last, offered }
    }
  }

  /** Asks for TLS, and waits for something to be said to it. */
  *end(command: Octets, last: Octets, offered: boolean): Task<Prefaced | null> {
    if (!this.lost) this.say(command)
    this.heard = ''
    while (this.heard === '' && !this.lost) yield* this.hear()
    return this.lost ? null : { last, offered, read: this.read, written: this.written }
  }

  private *hear(): Task<void> {
    const event = yield* ask(this.stream.read)
    if (event.on === 'closed') this.lost = true
    else {
      this.dialogue.heard(event.data)
      this.read += event.data.length
      this.heard += event.data
    }
  }
}
