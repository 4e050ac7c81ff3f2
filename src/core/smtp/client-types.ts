/** What our SMTP client is given and what it brings back. The queue knows only these types, never the client itself. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import type { HostName } from '../terms.ts'
import type { Path } from './path.ts'

export interface ClientJob {
  helo: HostName
  /** The name that the server should have, for TLS; without it its address serves. */
  server?: HostName
  /** `from: null` is `<>`. */
  envelope: { from: Path | null; recipients: Path[] }
  content: Octets
  startTls: 'never' | 'if-offered' | 'required'
  /** Content with octets above 127 for a server without 8BITMIME: returned unless this says `pass` (RFC 6152 3). */
  eighthBit?: 'refuse' | 'pass'
  auth?: { user: string; password: string }
}

export interface ClientReply {
  code: string
  /** The texts of its lines, without code. */
  lines: string[]
}

export interface RecipientResult {
  path: Path
  reply: ClientReply
  /** The final reply to DATA counts. */
  accepted: boolean
}

/** How far the dialogue came. */
export type ClientStage = 'greeting' | 'hello' | 'tls' | 'auth' | 'mail' | 'data' | 'content'

export type ClientResult = { outcome: 'done'; recipients: RecipientResult[] } | ClientFailure

export interface ClientFailure {
  outcome: 'failed'
  stage: ClientStage
  /** Null where the connection was lost. */
  reply: ClientReply | null
  /** The server never said that reply: this client found by itself that it cannot go on. */
  own: boolean
  permanent: boolean
  /** Lost after the final dot: the message may be there twice when it is sent again (RFC 5321 4.2.5). */
  uncertain: boolean
}

/** Hears every line of the dialogue, as `mail -v` shows it. */
export type DialogueLog = (direction: '>>>' | '<<<', line: string) => void

export type SpeakSmtp = (stream: Stream, job: ClientJob, machine: Machine, log?: DialogueLog) => Task<ClientResult>
