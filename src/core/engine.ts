/**
 * The one seam that all protocol engines share.
 *
 * An engine serves one connection. It is a state machine without I/O: bytes, answers, alarms and closings go in; bytes,
 * questions, alarms and closings come out, and every step leaves notes for the trace. The same engine runs in a browser
 * tab over the simulated network, behind a real socket, and in a test that feeds it by hand.
 */
import type { Octets } from './bytes/octets.ts'
import type { ConnId, Direction, Endpoint, HostName, Ipv4, Millis, Seq } from './terms.ts'
import type { Note } from './trace/events.ts'

/** What an engine may ask of the world around it, and must wait for. */
export type Ask = { ask: 'reverse'; address: Ipv4 }
export type Answer = { answer: 'reverse'; name: HostName | null }

export type Input =
  | { on: 'open'; conn: ConnId; peer: Endpoint; local: Endpoint; secure: boolean }
  | { on: 'bytes'; data: Octets }
  | { on: 'answer'; id: number; answer: Answer }
  | { on: 'changed' }
  | { on: 'secured' }
  | { on: 'alarm'; name: string }
  | { on: 'closed'; how: 'fin' | 'reset' | 'timeout' }

export type Effect =
  | { do: 'send'; data: Octets }
  | { do: 'close' }
  | { do: 'startTls' }
  /**
   * TURN: from here on this end is the client, and `name` the server (RFC 821 3.8). What came behind the command and was
   * not dealt with is `rest`.
   */
  | { do: 'become'; role: 'client'; name: HostName; rest: Octets }
  | { do: 'ask'; id: number; ask: Ask }
  | { do: 'alarm'; name: string; after: Millis }
  | { do: 'cancel'; name: string }

/** The only exits of an engine. */
export interface Out {
  do(effect: Effect): void
  /** `from` and `to` are octets of the stream `dir` as the engine sees it (the plaintext, under TLS). */
  note(note: Note, dir?: Direction, from?: number, to?: number): Seq
}

export interface Engine<State, Backend> {
  /** State is plain data: a `structuredClone` of it goes on where the original stood. */
  start(backend: Backend): State
  /** May change `state` in place. */
  step(state: State, input: Input, backend: Backend, out: Out): void
}

/** Where a command or a rule is defined. */
export interface RfcRef {
  rfc: number
  section: string
}

/** A reply and the move that comes with it are one thing. `to: null` stays where it is. */
export interface Outcome<State extends string> {
  code: string
  /**
   * RFC 3463 status, given where ENHANCEDSTATUSCODES is offered; null where RFC 2034 says none (220, 354, EHLO ...).
   * In POP3 the response code in brackets (RFC 2449 8), given where RESP-CODES is.
   */
  status: string | null
  /** What the server says, with `{names}` that the handler fills in. A host's `texts` may say it otherwise. */
  text: string
  to: State | null
}

export interface ParameterRow {
  /** The esmtp-keyword or argument, in capitals. */
  keyword: string
  syntax: string
  rfc: RfcRef
  extension: string | null
}

export interface CommandRow<State extends string> {
  /** As its RFC writes it. */
  syntax: string
  rfc: RfcRef
  legalIn: readonly State[]
  /** Offered only where the host's capabilities name it. */
  extension: string | null
  parameters: readonly ParameterRow[]
  /** Never into history or a link. */
  secret: boolean
  outcomes: Readonly<Record<string, Outcome<State>>>
}
