/** What a session says: collected, noted in the trace, and sent in one piece; large answers go out as they come. */
import type { Octets } from '../../bytes/octets.ts'
import type { Out } from '../../engine.ts'
import type { StoredMessages, TraceEvent } from '../../trace/events.ts'
import type { ImapMailbox } from '../backend.ts'
import type { Verb } from '../commands.ts'
import type { ImapSession } from '../session.ts'
import type { ImapState } from '../states.ts'
import { rangesOf } from '../wire/sequence-set.ts'

/** Speech goes out when it is so long. */
const MOUTHFUL = 262_144
/** Untagged lines that the trace shows of one command, and octets of each; ranges of messages that it names. */
const SHOWN_LINES = 12
const SHOWN_OCTETS = 200
const SHOWN_RANGES = 50

export class Speech {
  private readonly session: ImapSession
  private readonly out: Out
  private lines: Octets[] = []
  private count = 0
  private from = 0
  private messages: (TraceEvent & { kind: 'reply' })['messages']

  constructor(session: ImapSession, out: Out) {
    this.session = session
    this.out = out
  }

  untagged(line: Octets): void {
    const { session } = this
    if (this.count++ === 0) this.from = session.said
    if (this.count <= SHOWN_LINES)
      this.lines.push(`* ${line.length > SHOWN_OCTETS ? line.slice(0, SHOWN_OCTETS) : line}`)
    session.speech += `* ${line}\r\n`
    session.said += line.length + 4
    if (session.speech.length > MOUTHFUL) this.send()
  }

  /** What the next reply is about. */
  about(messages: StoredMessages | undefined, into: StoredMessages | undefined): void {
    this.messages = messages && (into ? { ...messages, into } : messages)
  }

  /** All untagged lines since the last reply are one event, however many. */
  noteData(verb: Verb): void {
    if (this.count === 0) return
    const { session, lines, count, from } = this
    const octets = session.said - from
    this.out.note(
      { kind: 'data', conn: session.conn, protocol: 'imap', verb, lines, count, octets },
      'down',
      from,
      session.said,
    )
    this.lines = []
    this.count = 0
  }

  reply(line: Octets, verb: Verb | null, outcome: string, code: string, from: ImapState): void {
    const { session, messages } = this
    this.messages = undefined
    const start = session.said
    session.speech += `${line}\r\n`
    session.said += line.length + 2
    this.out.note(
      {
        kind: 'reply',
        conn: session.conn,
        protocol: 'imap',
        verb,
        outcome,
        code,
        lines: [line],
        from,
        to: session.state,
        ...(messages && { messages }),
      },
      'down',
      start,
      session.said,
    )
  }

  send(): void {
    if (this.session.speech === '') return
    this.out.do({ do: 'send', data: this.session.speech })
    this.session.speech = ''
  }
}

/** Messages as the trace names them. */
export function stored(place: ImapMailbox['place'], uids: readonly number[]): StoredMessages | undefined {
  return place && uids.length > 0 ? { ...place, uids: rangesOf(uids).slice(0, SHOWN_RANGES) } : undefined
}
