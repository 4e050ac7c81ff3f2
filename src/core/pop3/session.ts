/**
 * What the server knows of one connection: plain data, so that a `structuredClone` of it goes on where the original
 * stood. The lock on the maildrop is the backend's; the numbers, which must stay put (RFC 1939 4), are here.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Exchange } from '../sasl/exchange.ts'
import type { ConnId } from '../terms.ts'
import type { Expire, OpenVerdict } from './backend.ts'
import type { Pop3State } from './states.ts'

export interface Pop3Session {
  conn: ConnId
  state: Pop3State
  secure: boolean
  /** APOP's, as the greeting gave it, angle brackets and all; empty where it gave none. */
  timestamp: Octets
  /** What USER said; null again once PASS has used it up. */
  name: string | null
  /** The account that is logged in. */
  user: string | null
  maildrop: Maildrop | null
  /** UTF8 was said (RFC 6856 2.1). */
  utf8: boolean
  exchange: Exchange | null
  /** Read, but not yet a whole line. */
  pending: Octets
  /** An endless line is being thrown away up to its end. */
  discarding: boolean
  /** Octets of the stream that were dealt with, and that were said. */
  heard: number
  said: number
  /** What was said in this step and goes out at its end. */
  speech: Octets
  /** Bad commands, for hosts that lose patience. */
  errors: number
}

/** The maildrop as it stood when it was locked: message number `n` is at `n - 1`. */
export interface Maildrop {
  uidValidity: number
  uids: number[]
  sizes: number[]
  /** Numbers that DELE marked, and what is left without them. */
  deleted: Set<number>
  octets: number
  /** Numbers that RETR gave out in this session. */
  retrieved: Set<number>
  /** LAST (RFC 1460 5): where it stood when the session began, and where it stands. */
  firstLast: number
  last: number
  /** This user's own, where the host says that users differ. */
  expire: Expire | null
  loginDelay: number | null
}

export function newSession(): Pop3Session {
  return {
    conn: '',
    state: 'authorization',
    secure: false,
    timestamp: '',
    name: null,
    user: null,
    maildrop: null,
    utf8: false,
    exchange: null,
    pending: '',
    discarding: false,
    heard: 0,
    said: 0,
    speech: '',
    errors: 0,
  }
}

export function newMaildrop(opened: OpenVerdict & { verdict: 'open' }): Maildrop {
  const { messages } = opened
  const last = messages.findLastIndex((message) => message.seen) + 1
  return {
    uidValidity: opened.uidValidity,
    uids: messages.map((message) => message.uid),
    sizes: messages.map((message) => message.size),
    deleted: new Set(),
    octets: messages.reduce((sum, message) => sum + message.size, 0),
    retrieved: new Set(),
    firstLast: last,
    last,
    expire: opened.expire ?? null,
    loginDelay: opened.loginDelay ?? null,
  }
}

/** Messages that are not marked as deleted. */
export const countLeft = (maildrop: Maildrop): number => maildrop.uids.length - maildrop.deleted.size

/** RSET: nothing is marked, nothing was read. */
export function unmark(maildrop: Maildrop): void {
  maildrop.deleted = new Set()
  maildrop.octets = maildrop.sizes.reduce((sum, size) => sum + size, 0)
  maildrop.retrieved = new Set()
  maildrop.last = maildrop.firstLast
}
