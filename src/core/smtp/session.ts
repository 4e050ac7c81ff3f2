/**
 * What the server knows of one connection: plain data, so that a `structuredClone` of it goes on where the original
 * stood.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Exchange } from '../sasl/exchange.ts'
import type { ConnId, Seq } from '../terms.ts'
import type { Client, Finished } from './backend.ts'
import type { Addressee, Envelope } from './envelope.ts'
import type { SmtpState } from './states.ts'

export interface SmtpSession {
  conn: ConnId
  state: SmtpState
  client: Client
  /** Read, but not yet a whole line. */
  pending: Octets
  /** An endless line is being thrown away up to its end: its first word. */
  discarding: string | null
  /** An ask is still open; input waits behind it. */
  asking: boolean
  /** Octets of the stream that were dealt with, and that were said. */
  heard: number
  said: number
  /** What was said in this step and goes out in one piece at its end. */
  speech: Octets
  envelope: OpenEnvelope | null
  /** Recipients that this transaction's RCPT commands did not get. */
  refused: number
  content: Content | null
  /** A chunk while it comes in (RFC 3030). */
  chunk: Chunk | null
  /** The client's name for this transaction, and what of its content came over another connection (RFC 1845). */
  transid: string | null
  resumed: Octets
  /** All of it came, and was answered: the answer is said once more. */
  finished: Finished | null
  /** What was answered last, under a name, until the client shows that it has heard it. */
  unheard: { client: Client; transid: string } | null
  /** An AUTH exchange while it lasts. */
  exchange: Exchange | null
  /**
   * Commands that made no sense, and logins that failed, for hosts that lose patience. What is only refused is no
   * error: 550 to one recipient among many is what mailing lists hear every day.
   */
  errors: number
  /** Messages taken, and what was said so far: HELP STATUS tells it. */
  taken: number
  history: string[]
  /** The far end said FIN. */
  ended: boolean
  /** Note of the last command: the cause of what it brings about. */
  lastSeq: Seq
}

/** The envelope while RCPT adds to it. */
export type OpenEnvelope = Envelope & { recipients: Addressee[] }

/** What BDAT has said of the octets behind it, and what will be answered to it. */
export interface Chunk {
  octets: number
  left: number
  last: boolean
  /** Where the session stood when BDAT came. */
  state: SmtpState
  /** An outcome that is settled already: these octets belong to no message. */
  refusal: { outcome: string; values?: Readonly<Record<string, string>> } | null
}

/** A message while it comes in. */
export interface Content {
  parts: Octets[]
  octets: number
  lines: number
  /** At the very beginning, where a dot is at the start of a line without a CRLF before it. */
  fresh: boolean
  /** Octets of the last line that have come without their end. */
  open: number
  bareEnd: boolean
  longLine: boolean
  tooBig: boolean
}

export function newSession(): SmtpSession {
  return {
    conn: '',
    state: 'connected',
    client: { peer: { address: '0.0.0.0', port: 0 }, name: null, helo: '', esmtp: false, secure: false, user: null },
    pending: '',
    discarding: null,
    asking: false,
    heard: 0,
    said: 0,
    speech: '',
    envelope: null,
    refused: 0,
    content: null,
    chunk: null,
    transid: null,
    resumed: '',
    finished: null,
    unheard: null,
    exchange: null,
    errors: 0,
    taken: 0,
    history: [],
    ended: false,
    lastSeq: -1,
  }
}

/** RFC 5321 4.1.1.5: the transaction is forgotten, the greeting is not. */
export function forgetTransaction(session: SmtpSession): void {
  session.envelope = null
  session.refused = 0
  session.content = null
  session.transid = null
  session.resumed = ''
  session.finished = null
}
