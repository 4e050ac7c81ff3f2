/** What our POP3 client is given and what it brings back. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import type { HostName } from '../terms.ts'

export interface Pop3Job {
  /** The name that the server should have, for TLS; without it its address serves. */
  server?: HostName
  user: string
  password: string
  startTls: 'never' | 'if-offered' | 'required'
  /** For SCRAM (RFC 5802 5.1): another one each time. */
  nonce: string
  plan: Plan
  /** Takes a message that has come in whole. Only then is it deleted on the server, where that is its fate. */
  keep(message: Listed, content: Octets): void
}

/** A message as LIST and UIDL tell of it; `id` is null where the server has no UIDL. */
export interface Listed {
  number: number
  size: number
  id: string | null
}

/** `take`: fetch, then delete; `copy`: fetch and leave; `delete`: unread. */
export type Fate = 'take' | 'copy' | 'delete' | 'leave'

/** What is to become of the mail. */
export interface Plan {
  /** The plan makes no sense where the server tells no ids. */
  needsIds: boolean
  judge(message: Listed): Fate | 'look'
  /** Where `judge` wants to look: with the header, as TOP gives it. */
  read(message: Listed, header: Octets): Fate
}

export interface Pop3Reply {
  code: '+OK' | '-ERR' | '+'
  /** `IN-USE`, `AUTH`, `SYS/TEMP` ... (RFC 2449 8), in capitals; null where there is none. */
  status: string | null
  /** The rest of the line, response code and all. */
  text: Octets
}

/** How far the dialogue came. */
export type Pop3Stage = 'greeting' | 'tls' | 'login' | 'list' | 'look' | 'fetch' | 'update'

/** A message that the server did not give, or would not delete. */
export interface Problem {
  message: Listed
  reply: Pop3Reply
}

interface Done {
  outcome: 'done'
  fetched: readonly Listed[]
  deleted: readonly Listed[]
  /** What lies on the server still. */
  left: readonly Listed[]
  problems: readonly Problem[]
}

export interface Pop3Failure {
  outcome: 'failed'
  stage: Pop3Stage
  /** Null where the connection was lost. */
  reply: Pop3Reply | null
  /** The server never said that reply: this client found by itself that it cannot go on. */
  own: boolean
  /** What had come in before; nothing was deleted, but where the connection was lost behind QUIT that is not known. */
  fetched: readonly Listed[]
}

export type Pop3Result = Done | Pop3Failure

/** Hears every line of the dialogue but the data. */
export type Pop3Log = (direction: '>>>' | '<<<', line: string) => void

export type SpeakPop3 = (
  stream: Stream,
  job: Pop3Job,
  machine: Pick<Machine, 'sleep'>,
  log?: Pop3Log,
) => Task<Pop3Result>
