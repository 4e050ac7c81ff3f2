/** What our SMTP client is given and what it brings back. The queue knows only these types, never the client itself. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import type { HostName } from '../terms.ts'
import type { Addressee, MailTerms } from './envelope.ts'
import type { Path } from './path.ts'

/** How to talk to a server, before any message. */
export interface ClientSetup {
  helo: HostName
  /** The name that the server should have, for TLS; without it its address serves. */
  server?: HostName
  /** LMTP greets with LHLO, and has an answer for each recipient (RFC 2033). */
  protocol?: 'smtp' | 'lmtp'
  startTls: 'never' | 'if-offered' | 'required'
  auth?: { user: string; password: string }
}

/** A message, and what is done where the server cannot take it as it is. */
export interface ClientMessage {
  /** `from: null` is `<>`. */
  envelope: ClientEnvelope
  content: Octets
  /**
   * Octets above 127 for a server without 8BITMIME: encoded, refused, or sent all the same (RFC 6152 3). Lone CR, LF and
   * NUL for one without BINARYMIME are encoded or refused: no such octet ever goes by DATA (RFC 3030 3). Refused unless told
   * otherwise.
   */
  eighthBit?: 'convert' | 'refuse' | 'pass'
  /** The name of this transaction, with its brackets, where the server should remember it (RFC 1845). */
  transid?: string | null
}

export interface ClientEnvelope extends Partial<MailTerms> {
  from: Path | null
  recipients: readonly Addressee[]
}

/** One message over one connection. */
export type ClientJob = ClientSetup & ClientMessage

export interface ClientReply {
  code: string
  /** The texts of its lines, without code. */
  lines: string[]
}

export interface RecipientResult {
  path: Path
  reply: ClientReply
  /** What it answers: RCPT, or the end of the content. */
  stage: 'rcpt' | 'content'
  /** The final reply to DATA counts. */
  accepted: boolean
  /** The connection was lost before the answer for this one (LMTP): it may have the message. */
  uncertain?: true
}

/** How far the dialogue came; `next`: behind one envelope, before another. */
export type ClientStage = 'greeting' | 'hello' | 'tls' | 'auth' | 'next' | 'mail' | 'rcpt' | 'data' | 'content'

export type ClientResult = ClientDone | ClientFailure

export interface ClientDone {
  outcome: 'done'
  recipients: RecipientResult[]
  /** The server reports on deliveries itself (RFC 3461 5.1); otherwise whoever hands on must (5.2.2). */
  dsn: boolean
  /** How the content was changed, to fit what the server takes; null: it went as it was. */
  encoded: 'seven-bit' | 'base64' | null
}

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

/** A connection on which EHLO has been answered, and that takes messages one after the other. */
export interface SmtpConnection {
  /** It takes another message: nothing has ended it. */
  readonly open: boolean
  send(message: ClientMessage): Task<ClientResult>
  /** ETRN, where it is offered; null where it is not, or nothing was answered. */
  etrn(node: string): Task<ClientReply | null>
  /** TURN: null when the stream is now the server's to speak on, else why not. */
  turn(): Task<ClientReply | null>
  /** Says QUIT, and closes. */
  quit(): Task<void>
}

export type OpenSmtp = (
  stream: Stream,
  setup: ClientSetup,
  machine: Machine,
  log?: DialogueLog,
) => Task<SmtpConnection | ClientFailure>
