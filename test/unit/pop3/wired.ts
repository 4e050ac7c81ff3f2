/** Our POP3 client at our POP3 server: both engines, no network, every octet cut where the test likes. */
import { speakPop3 } from '../../../src/core/pop3/client.ts'
import type { Listed, Pop3Job, Pop3Result } from '../../../src/core/pop3/client-types.ts'
import type { Stream, StreamEvent } from '../../../src/core/stream.ts'
import { run } from '../../../src/core/task.ts'
import type { Desk } from './desk.ts'

/** What a server hears and says, whatever server it is. */
interface Server {
  open(secure: boolean): string
  bytes(data: string): string
  secured(): void
  closed(how: 'fin' | 'reset'): void
  /** After its last answer: has it hung up, does it want TLS? */
  readonly hungUp: boolean
}

export const served = (desk: Desk): Server => ({
  open: (secure) => desk.open(secure),
  bytes: (data) => desk.bytes(data),
  secured: () => desk.feed({ on: 'secured' }),
  closed: (how) => desk.feed({ on: 'closed', how }),
  get hungUp() {
    return desk.did('close')
  },
})

/** A server that says what it is told to, one answer a line. */
export function scripted(greeting: string, answers: Readonly<Record<string, string>>): Server {
  let over = false
  return {
    open: () => greeting,
    bytes: (data) =>
      data
        .split('\r\n')
        .slice(0, -1)
        .map((line) => {
          const said = answers[line] ?? answers[line.split(' ', 1)[0]!] ?? '-ERR what?\r\n'
          if (said === '') over = true
          return said
        })
        .join(''),
    secured: () => undefined,
    closed: () => undefined,
    get hungUp() {
      return over
    },
  }
}

class Wire implements Stream {
  readonly id = 'c1'
  readonly local = { address: '192.0.2.9', port: 49152 }
  readonly peer = { address: '192.0.2.1', port: 110 }
  secure: boolean
  readonly heard: string[] = []
  ended: 'fin' | 'reset' | null = null
  private readonly server: Server
  private readonly piece: number
  private readonly lost: number
  private coming: string
  private arrived = 0

  /** Pieces of so many octets arrive, and after `lost` octets no more. */
  constructor(server: Server, secure: boolean, piece: number, lost: number) {
    this.server = server
    this.secure = secure
    this.piece = piece
    this.lost = lost
    this.coming = server.open(secure)
  }

  readonly read = (resume: (event: StreamEvent) => void) => {
    const data = this.coming.slice(0, Math.min(this.piece, this.lost - this.arrived))
    this.coming = this.coming.slice(data.length)
    this.arrived += data.length
    if (data !== '') resume({ on: 'bytes', data })
    else if (this.arrived >= this.lost) resume({ on: 'closed', how: 'reset' })
    else if (this.server.hungUp) resume({ on: 'closed', how: 'fin' })
    return () => undefined
  }

  write(data: string): void {
    this.heard.push(...data.split('\r\n').slice(0, -1))
    for (let at = 0; at < data.length; at += this.piece)
      this.coming += this.server.bytes(data.slice(at, at + this.piece))
  }

  close(): void {
    this.ended = 'fin'
    this.server.closed('fin')
  }

  reset(): void {
    this.ended = 'reset'
    this.server.closed('reset')
  }

  startTls() {
    return (resume: (failure: string | null) => void) => {
      this.secure = true
      this.server.secured()
      resume(null)
      return () => undefined
    }
  }
}

export interface Visit {
  result: Pop3Result | null
  kept: { message: Listed; content: string }[]
  /** The commands, as the server heard them. */
  heard: string[]
  log: string[]
  ended: 'fin' | 'reset' | null
}

export function visit(
  server: Server,
  job: Omit<Pop3Job, 'keep' | 'nonce'>,
  { secure = false, piece = Infinity, lost = Infinity, patience = Infinity } = {},
): Visit {
  const kept: Visit['kept'] = []
  const log: string[] = []
  const wire = new Wire(server, secure, piece, lost)
  let result: Pop3Result | null = null
  const machine = {
    sleep: (duration: number) => (resume: () => void) => {
      if (duration > patience) resume()
      return () => undefined
    },
  }
  const task = speakPop3(
    wire,
    { ...job, nonce: 'rOprNGfwEbeRWgbNEkqO', keep: (message, content) => kept.push({ message, content }) },
    machine,
    (direction, line) => log.push(`${direction} ${line}`),
  )
  run(task, (done) => (result = done))
  return { result, kept, heard: wire.heard, log, ended: wire.ended }
}
