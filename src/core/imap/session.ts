/** All that an IMAP session knows: plain data, so that a clone of it goes on where the original stood. */
import type { Octets } from '../bytes/octets.ts'
import type { Exchange } from '../sasl/exchange.ts'
import type { ConnId, Endpoint, Seq } from '../terms.ts'
import type { Key } from './search/program.ts'
import type { Criterion } from './search/sort.ts'
import type { ImapState } from './states.ts'
import type { View } from './view.ts'

/** What ENABLE (RFC 5161) and the CONDSTORE-enabling commands (RFC 7162 3.1) switch on. */
export type Enabled = 'CONDSTORE' | 'QRESYNC' | 'UTF8=ACCEPT' | 'IMAP4rev2'

export interface ImapSession {
  conn: ConnId
  state: ImapState
  peer: Endpoint
  secure: boolean
  user: string | null
  enabled: Set<Enabled>
  view: View | null
  input: Framing
  /** Tag of the command under way in `challenge` and `idle`. */
  tag: Octets
  exchange: Exchange | null
  /** UIDs of `$` (RFC 5182). */
  saved: number[]
  /** Searches that are kept up to date (RFC 5267), in the order in which they were asked for. */
  contexts: SearchContext[]
  /** Octets of the stream that were dealt with, and that were said. */
  heard: number
  said: number
  /** What was said in this step and goes out in one piece at its end. */
  speech: Octets
  /** Commands answered with BAD, for hosts that lose patience. */
  errors: number
  /** The far end said FIN. */
  ended: boolean
  /** Note of the last command: the cause of what it brings about. */
  lastSeq: Seq
}

/** A command while it comes in, line by line and literal by literal. */
export interface Framing {
  pending: Octets
  /** Where in `pending` the next line end is looked for: behind the last literal. */
  scan: number
  /** Octets of the command that belong to its literals. */
  literals: number
  /** Octets of a refused literal that are still to be thrown away, and with them the rest of its command. */
  discard: number
  /** The command was refused already: its rest is passed over up to its end. */
  refused: boolean
}

export interface SearchContext {
  tag: Octets
  byUid: boolean
  /** The search, to be done again. */
  key: Key
  /** What the client was told so far: UIDs, in the order of the result. */
  result: number[]
  /** Null for SEARCH. */
  order: readonly Criterion[] | null
}

export function newSession(): ImapSession {
  return {
    conn: '',
    state: 'not-authenticated',
    peer: { address: '0.0.0.0', port: 0 },
    secure: false,
    user: null,
    enabled: new Set(),
    view: null,
    input: { pending: '', scan: 0, literals: 0, discard: 0, refused: false },
    tag: '',
    exchange: null,
    saved: [],
    contexts: [],
    heard: 0,
    said: 0,
    speech: '',
    errors: 0,
    ended: false,
    lastSeq: -1,
  }
}
