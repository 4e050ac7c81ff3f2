/**
 * What the SMTP server needs of the mail system behind it. The `mta` room implements it; the engine never looks further.
 * Everything here answers at once: what takes time (a look-up) goes through `ask` of the engine seam.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Identities, Mechanism } from '../sasl/mechanism.ts'
import type { Endpoint, HostName, Millis, Seq } from '../terms.ts'
import type { Path } from './path.ts'

/** `rfc5321` is strict; `rfc821` and `lenient` take what courses and old programs write. */
export type Dialect = 'rfc821' | 'rfc5321' | 'lenient'

/** One mounted SMTP service: data from the world file. */
export interface SmtpProfile {
  /** The name that the server gives itself. */
  host: HostName
  role: 'mx' | 'submission'
  dialect: Dialect
  /** Extension keywords in the order in which EHLO tells them, e.g. `PIPELINING`, `SIZE`, `AUTH`, `HELP`. */
  capabilities: readonly string[]
  mechanisms: readonly Mechanism[]
  /** AUTH is offered only under TLS (538, 530 before). */
  authNeedsTls: boolean
  /** Replaces the text of an outcome: `{ 'RCPT.ok': '<{path}>... Recipient ok' }`; `greeting` is the banner. */
  texts: Readonly<Record<string, string>>
  limits: SmtpLimits
  /** Look up the client's name by PTR before the greeting. */
  reverse: boolean
  /** A fault as data: this verb always answers with that outcome of its row, `{ MAIL: 'later' }`. */
  answers: Readonly<Record<string, string>>
}

export interface SmtpLimits {
  /** Octets of a message (RFC 1870). */
  size: number
  recipients: number
  /** Bad commands before 421; Infinity where the limit does not act. */
  errors: number
  /** Silence before 421 (RFC 5321 4.5.3.2.7). */
  idle: Millis
}

/** What is known of the client while it talks. */
export interface Client {
  peer: Endpoint
  /** By PTR; null where nobody looked or nothing was found. */
  name: HostName | null
  /** What HELO or EHLO said. */
  helo: string
  esmtp: boolean
  secure: boolean
  /** The account that logged in. */
  user: string | null
}

export interface Envelope {
  /** Null is `<>`. */
  from: Path | null
  recipients: readonly Path[]
  /** BODY= and SIZE= as MAIL gave them. */
  body: '7BIT' | '8BITMIME' | null
  declared: number | null
}

export type SenderVerdict =
  | { verdict: 'ok' }
  | { verdict: 'not-yours' }
  | { verdict: 'refused'; text: string }
  | { verdict: 'later'; text: string }

export type RecipientVerdict =
  | { verdict: 'ok' }
  | { verdict: 'forward'; to: string }
  | { verdict: 'moved'; to: string }
  | { verdict: 'unknown' }
  | { verdict: 'no-relay' }
  | { verdict: 'busy'; text: string }
  | { verdict: 'full'; permanent: boolean }
  | { verdict: 'not-allowed' }
  | { verdict: 'greylisted'; seconds: number }

export type VerifyVerdict =
  | { verdict: 'user'; name: string; address: string }
  | { verdict: 'list'; members: readonly { name: string; address: string }[] }
  | { verdict: 'ambiguous'; candidates: readonly { name: string; address: string }[] }
  | { verdict: 'unverifiable' }
  | { verdict: 'forward'; name: string; address: string }
  | { verdict: 'moved'; name: string; address: string }
  | { verdict: 'unknown' }

export type AcceptVerdict =
  | { verdict: 'queued'; id: string }
  | { verdict: 'storage' }
  | { verdict: 'over-quota' }
  | { verdict: 'error' }
  | { verdict: 'refused'; text: string }

export interface SmtpBackend extends Identities {
  readonly profile: SmtpProfile
  /** The host's idea of now, as RFC 5322 writes it; its clock may be wrong. */
  date(): string
  sender(client: Client, from: Path | null, declared: number | null): SenderVerdict
  recipient(client: Client, from: Path | null, to: Path): RecipientVerdict
  verify(word: string): VerifyVerdict
  expand(word: string): VerifyVerdict
  /** Takes responsibility for the message, or says why not. `cause` is the note of the final dot. */
  accept(client: Client, envelope: Envelope, content: Octets, cause: Seq): AcceptVerdict
}
