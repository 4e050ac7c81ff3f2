/**
 * Simple Authentication and Security Layer (RFC 4422), the part that SMTP, POP3 and IMAP share: the server's side of each
 * mechanism as a step function over plain data. A protocol only frames the octets: base64 in lines, its own challenges'
 * prefix, `*` to give up.
 */
import type { Octets } from '../bytes/octets.ts'

export type Mechanism = 'PLAIN' | 'LOGIN' | 'CRAM-MD5' | 'SCRAM-SHA-256'

export interface Secret {
  account: string
  password: string
  /** Kept in a form that is of no use to this mechanism, until the password itself is told once more (RFC 4954 6). */
  transition?: boolean
}

/** Who may log in: what a mechanism asks of the accounts behind it. */
export interface Identities {
  /** The account, where the password is right; users may give `alice` or `alice@rennes.example`. */
  login(user: string, password: string): string | null
  /** For mechanisms that need the secret itself; null when there is no such account. */
  secret(user: string): Secret | null
  /** A string that was never given before, in the form of a Message-ID (RFC 2195 2). */
  nonce(): string
}

/** Octets before their base64. */
export type Step =
  { is: 'challenge'; challenge: Octets } | { is: 'ok'; user: string } | { is: 'failed' } | { is: 'transition' }
