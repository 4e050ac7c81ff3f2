/**
 * A server that follows a script, for the tests of the SMTP client: a list of what must be said to it and what it answers to
 * that, in any way a server can: wholly, in pieces, cut off, never. Time passes by hand, and every octet written is kept.
 */
import type { Machine } from '../../../src/core/machine.ts'
import { openSmtp } from '../../../src/core/smtp/client.ts'
import type {
  ClientFailure,
  ClientMessage,
  ClientResult,
  ClientSetup,
  SmtpConnection,
} from '../../../src/core/smtp/client-types.ts'
import { addressee } from '../../../src/core/smtp/envelope.ts'
import type { Stream, StreamEvent } from '../../../src/core/stream.ts'
import { run, type Task } from '../../../src/core/task.ts'

/** A string is a reply, whose CRLF is added; the others are octets as they are, and what comes of the connection. */
export type Answer =
  | string
  | { octets: readonly string[]; then?: 'fin' | 'reset'; every?: number }
  | { silence: true }
  /** To the TLS handshake: null when it went well. */
  | { tls: string | null }

/** What must be said, and what is answered. `''` is said by nobody: the greeting. */
export type Step = readonly [expected: string | RegExp, answer: Answer]

export const SILENCE: Answer = { silence: true }
export const CLOSED: Answer = { octets: [], then: 'fin' }
export const BROKEN: Answer = { octets: [], then: 'reset' }
export const pieces = (...octets: string[]): Answer => ({ octets })
export const cut = (octets: string): Answer => ({ octets: [octets], then: 'fin' })
/** An octet at a time, each after so many milliseconds. */
export const trickle = (octets: string, every: number): Answer => ({ octets: [...octets], every })

export class Scripted {
  /** Every octet that the client has written. */
  written = ''
  /** How the client has left: not yet, by FIN, or by RST. */
  end: 'open' | 'closed' | 'reset' = 'open'
  now = 0
  readonly contents: string[] = []
  private readonly steps: Step[]
  private readonly events: StreamEvent[] = []
  private waiting: ((event: StreamEvent) => void) | null = null
  private pending = ''
  private content = false
  private gone = false
  private secure = false
  private alarms: { at: number; ring: () => void }[] = []

  constructor(steps: readonly Step[]) {
    this.steps = [...steps]
    this.take('')
  }

  /** What the script still expects. */
  get left(): string[] {
    return this.steps.map(([expected]) => String(expected))
  }

  run<T>(task: Task<T>): T {
    const ended: T[] = []
    run(task, (value) => ended.push(value))
    while (ended.length === 0) {
      const next = this.alarms.toSorted((a, b) => a.at - b.at)[0]
      if (!next) throw new Error('the client waits for nothing')
      this.alarms = this.alarms.filter((alarm) => alarm !== next)
      this.now = next.at
      next.ring()
    }
    return ended[0]!
  }

  open(setup: Partial<ClientSetup> = {}): SmtpConnection | ClientFailure {
    const whole = { helo: 'bar.com', startTls: 'never' as const, ...setup }
    return this.run(openSmtp(this.stream, whole, this.machine))
  }

  private readonly machine = {
    now: () => this.now,
    sleep: (duration: number) => (resume: () => void) => this.alarm(duration, resume),
  } as unknown as Machine

  private get stream(): Stream {
    const isSecure = () => this.secure
    return {
      id: 'c1',
      local: { address: '192.0.2.9', port: 49_152 },
      peer: { address: '192.0.2.1', port: 25 },
      get secure() {
        return isSecure()
      },
      read: (resume) => {
        const event = this.events.shift()
        if (event) resume(event)
        else this.waiting = resume
        return () => (this.waiting = null)
      },
      write: (data) => this.write(data),
      close: () => this.leave('closed'),
      reset: () => this.leave('reset'),
      startTls: (name) => (resume) => {
        const answer = this.take(`TLS ${name}`)
        if (typeof answer === 'string' || !('tls' in answer)) throw new Error('the script has no handshake here')
        this.secure = answer.tls === null
        resume(answer.tls)
        return () => {}
      },
    }
  }

  private alarm(duration: number, ring: () => void): () => void {
    const alarm = { at: this.now + duration, ring }
    this.alarms.push(alarm)
    return () => (this.alarms = this.alarms.filter((other) => other !== alarm))
  }

  private leave(how: 'closed' | 'reset'): void {
    if (this.end !== 'open') throw new Error('the client leaves twice')
    this.end = how
  }

  private write(data: string): void {
    if (this.end !== 'open') throw new Error(`the client speaks after it has left: ${data}`)
    this.written += data
    this.pending += data
    while (!this.gone && this.pending !== '') {
      const said = this.next()
      if (said === null) return
      const answer = this.take(said)
      this.content = said === 'DATA' && typeof answer === 'string' && answer.startsWith('354')
    }
  }

  /** A command, or a content with its dot; a chunk's octets come with its BDAT. */
  private next(): string | null {
    const end = this.content ? (/(?:^|\r\n)\.\r\n/.exec(this.pending) ?? null) : /\r\n/.exec(this.pending)
    if (end === null) return null
    let length = end.index + end[0].length
    const said = this.content ? '.' : this.pending.slice(0, end.index)
    const size = Number(/^BDAT (\d+)/.exec(said)?.[1] ?? NaN)
    if (size >= 0) {
      if (this.pending.length < length + size) return null
      this.contents.push(this.pending.slice(length, length + size))
      length += size
    }
    if (this.content) this.contents.push(this.pending.slice(0, length))
    this.pending = this.pending.slice(length)
    return said
  }

  private take(said: string): Answer {
    const step = this.steps.shift()
    const fits = step !== undefined && (typeof step[0] === 'string' ? step[0] === said : step[0].test(said))
    if (!fits) throw new Error(`${JSON.stringify(said)} was said, ${String(step?.[0] ?? 'nothing')} was expected`)
    this.answer(step[1])
    return step[1]
  }

  private answer(answer: Answer): void {
    if (typeof answer === 'string') this.hand({ on: 'bytes', data: `${answer}\r\n` })
    else if ('octets' in answer) {
      const { octets, then: how, every } = answer
      const events: StreamEvent[] = octets.map((data) => ({ on: 'bytes', data }))
      if (how !== undefined) events.push({ on: 'closed', how })
      this.gone = how !== undefined
      events.forEach((event, k) => {
        if (every === undefined) this.hand(event)
        else this.alarm(every * (k + 1), () => this.hand(event))
      })
    }
  }

  private hand(event: StreamEvent): void {
    const resume = this.waiting
    this.waiting = null
    if (resume) resume(event)
    else this.events.push(event)
  }
}

const named = (local: string) => addressee({ route: [], local, domain: 'foo.com' })

export const MESSAGE: ClientMessage = {
  envelope: { from: null, recipients: [named('a'), named('b')] },
  content: 'Subject: x\r\n\r\nx\r\n',
}

/** To so many people: a, b, c. */
export const to = (count: number, changes: Partial<ClientMessage> = {}): ClientMessage => ({
  ...MESSAGE,
  envelope: { from: null, recipients: [...'abc'].slice(0, count).map(named) },
  ...changes,
})

/** EHLO's answer with these extensions. */
export const offers = (...keywords: string[]): string =>
  ['foo.com', ...keywords].map((text, k) => `250${k === keywords.length ? ' ' : '-'}${text}`).join('\r\n')

/** The greeting, and EHLO with these extensions. */
export const hello = (...keywords: string[]): Step[] => [
  ['', '220 foo.com'],
  ['EHLO bar.com', offers(...keywords)],
]

export const QUIT: Step = ['QUIT', '221 bye']

/** In few words: `done a+250 b-550`, `failed mail 550 permanent`, `failed content lost uncertain`. */
function told(result: ClientResult | ClientFailure): string {
  if (result.outcome === 'done') {
    const each = result.recipients.map(
      ({ path, accepted, reply, uncertain }) =>
        `${path.local}${accepted ? '+' : '-'}${reply.code}${uncertain ? '?' : ''}`,
    )
    return ['done', ...each].join(' ')
  }
  const { stage, reply, own, permanent, uncertain } = result
  const marks = [own && 'own', permanent && 'permanent', uncertain && 'uncertain'].filter((mark) => mark !== false)
  return ['failed', stage, reply?.code ?? 'lost', ...marks].join(' ')
}

/** Opens, hands over these messages, and leaves; what came of each, whether it stayed open, and how it ended. */
export function deliver(
  steps: readonly Step[],
  messages: readonly ClientMessage[] = [MESSAGE],
  setup: Partial<ClientSetup> = {},
) {
  const server = new Scripted(steps)
  const connection = server.open(setup)
  const results: (ClientResult | ClientFailure)[] = []
  const open: boolean[] = []
  if ('outcome' in connection) results.push(connection)
  else {
    for (const message of messages) {
      results.push(server.run(connection.send(message)))
      open.push(connection.open)
    }
    server.run(connection.quit())
  }
  return { server, results, told: results.map(told), open, left: server.left, end: server.end }
}
