/**
 * What the POP3 server needs of the store behind it. The `store` room implements it; the engine never looks further.
 *
 * One backend serves one connection, because a maildrop is locked for the session that opened it (RFC 1939 4): the
 * backend holds the lock, the session's plain data hold the numbers, UIDs and sizes as they stood when it was taken.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Identities, Mechanism } from '../sasl/mechanism.ts'
import type { HostName, Millis } from '../terms.ts'

/** `rfc1939` is strict; `lenient` takes what courses and old programs write (a lone LF at a line's end). */
export type Pop3Dialect = 'rfc1939' | 'lenient'

/** Days that a message stays after it was there to be read (RFC 2449 6.7). */
export type Expire = number | 'NEVER'

/** One mounted POP3 service: data from the world file. */
export interface Pop3Profile {
  /** The name that the server gives itself. */
  host: HostName
  dialect: Pop3Dialect
  /**
   * Capability tags in the order in which CAPA tells them: `TOP`, `USER`, `SASL`, `RESP-CODES`, `AUTH-RESP-CODE`,
   * `LOGIN-DELAY`, `PIPELINING`, `EXPIRE`, `UIDL`, `STLS`, `UTF8`, `LANG`, `IMPLEMENTATION`. A command whose tag is not
   * there is not there either. Numbers and names behind a tag come from the fields below; a tag may bring its own
   * arguments (`X-COURSE 3`).
   */
  capabilities: readonly string[]
  mechanisms: readonly Mechanism[]
  /** USER, PASS and mechanisms that send the password only under TLS: `-ERR [AUTH]` before. */
  passwordNeedsTls: boolean
  apop: boolean
  /** USER says at once whether there is such a mailbox; RFC 1939 13 warns of it. */
  tellsUsers: boolean
  /** Seconds between two logins to one maildrop (RFC 2449 6.5). */
  loginDelay: number
  expire: Expire
  /** Users may have a delay or an expiry of their own: the two lines carry `USER` before the login (RFC 2449 6.5). */
  perUser: boolean
  /** Replaces the text of an outcome: `{ 'PASS.ok': 'Mailbox open, {count} messages' }`; `greeting` is the banner. */
  texts: Readonly<Record<string, string>>
  limits: Pop3Limits
  /** A fault as data: this command always answers with that outcome of its row, `{ RETR: 'gone' }`. */
  answers: Readonly<Record<string, string>>
}

export interface Pop3Limits {
  /** Octets of a command with its CRLF (RFC 2449 4: 255). */
  line: number
  /** Bad commands before the server hangs up; Infinity where the limit does not act. */
  errors: number
  /** Silence before the server hangs up without an UPDATE (RFC 1939 3: 10 minutes at least). */
  idle: Millis
}

/** A message of the maildrop as it stood when the lock was taken; the first one has number 1. */
export interface Listed {
  uid: number
  /** Octets as RETR sends them, before dots are doubled: `wireSize` (wire.ts) of the content. */
  size: number
  /** \Seen: LAST begins with the highest of these. */
  seen: boolean
}

export type OpenVerdict =
  /** The lock is taken. `expire` and `loginDelay` where this user has their own. */
  | {
      verdict: 'open'
      uidValidity: number
      messages: readonly Listed[]
      expire?: Expire
      loginDelay?: number
    }
  /** Another POP3 session has it. */
  | { verdict: 'in-use' }
  | { verdict: 'login-delay'; seconds: number }
  /** It could be there at another time (RFC 3206: SYS/TEMP). */
  | { verdict: 'unavailable' }
  /** It will not get well by itself (RFC 3206: SYS/PERM). */
  | { verdict: 'broken' }

export interface Pop3Backend extends Identities {
  readonly profile: Pop3Profile
  /** The host's idea of now, as RFC 5322 writes it; its clock may be wrong. */
  date(): string
  /** Locks the maildrop of this account, as `login` or `secret` named it, until `close`. */
  open(account: string): OpenVerdict
  /** Octets of a message as they are kept; null when it is gone (IMAP expunged it meanwhile). */
  content(uid: number): { readonly octets: Octets } | null
  /** What QUIT does; `kept` are those that are still there. One that was gone already is not among them. */
  remove(uids: readonly number[]): { kept: number }
  /** These were retrieved: they become \Seen. */
  seen(uids: readonly number[]): void
  /** Gives the lock back; nothing happens where there is none. */
  close(): void
}
