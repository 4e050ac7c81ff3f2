/**
 * What the SMTP server needs of the mail system behind it. The `mta` room implements it; the engine never looks further.
 * Everything here answers at once: what takes time (a look-up) goes through `ask` of the engine seam.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Identities, Mechanism } from '../sasl/mechanism.ts'
import type { Endpoint, HostName, Millis, Seq } from '../terms.ts'
import type { Envelope, Sending } from './envelope.ts'
import type { Path } from './path.ts'
import type { SmtpState } from './states.ts'

/** `rfc5321` is strict; `rfc821` and `lenient` take what courses and old programs write. */
export type Dialect = 'rfc821' | 'rfc5321' | 'lenient'

/** What a service is there for: mail from anywhere, mail from its writers (RFC 6409), or delivery here and now (RFC 2033). */
export type SmtpRole = 'mx' | 'submission' | 'lmtp'

/** A command that only this host knows (RFC 5321 4.1.5): it begins with X, and does nothing but answer. */
export interface LocalCommand {
  syntax: string
  code: string
  /** RFC 3463, where ENHANCEDSTATUSCODES is offered. */
  status: string | null
  /** With `{names}` as any text of this host; several lines make a reply of several lines. */
  text: string
  legalIn: readonly SmtpState[]
}

/** One mounted SMTP service: data from the world file. */
export interface SmtpProfile {
  /** The name that the server gives itself. */
  host: HostName
  role: SmtpRole
  dialect: Dialect
  /** Extension keywords in the order in which EHLO tells them, e.g. `PIPELINING`, `SIZE`, `AUTH`, `HELP`. */
  capabilities: readonly string[]
  mechanisms: readonly Mechanism[]
  /** Mechanisms that it knows and finds too weak: 534 (RFC 4954 6). */
  weak: readonly Mechanism[]
  /** AUTH is offered only under TLS (538, 530 before). */
  authNeedsTls: boolean
  /** Replaces the text of an outcome: `{ 'RCPT.ok': '<{path}>... Recipient ok' }`; `greeting` is the banner. */
  texts: Readonly<Record<string, string>>
  limits: SmtpLimits
  /** Look up the client's name by PTR before the greeting. */
  reverse: boolean
  /** The link, where the host writes it into Received (RFC 5321 4.4: TCP is the one that is registered). */
  via?: 'TCP' | undefined
  /** A fault as data: this verb always answers with that outcome of its row, `{ MAIL: 'later' }`. */
  answers: Readonly<Record<string, string>>
  /** By verb, in capitals. */
  local: Readonly<Record<string, LocalCommand>>
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

export type SenderVerdict = { verdict: 'ok' } | { verdict: 'not-yours' } | { verdict: 'storage' }

export type RecipientVerdict =
  | { verdict: 'ok' }
  | { verdict: 'forward'; to: string }
  | { verdict: 'moved'; to: string }
  | { verdict: 'unknown' }
  | { verdict: 'no-relay' }
  | { verdict: 'busy'; text: string }
  | { verdict: 'full'; permanent: boolean }
  | { verdict: 'greylisted'; seconds: number }
  /** SEND wants a terminal, and this person sits at none (RFC 821 3.4). */
  | { verdict: 'not-logged-in' }

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
  /** It has passed too many hosts (RFC 5321 6.3). */
  | { verdict: 'loop' }
  | { verdict: 'refused'; text: string }

/** What becomes of one recipient's copy. */
export type DeliverVerdict = AcceptVerdict | { verdict: 'unknown' } | { verdict: 'full'; permanent: boolean }

/** What ETRN brings about (RFC 1985 5.3): how many messages wait for that node, and are sent now. */
export type EtrnVerdict =
  | { verdict: 'started'; pending: number }
  | { verdict: 'none' }
  | { verdict: 'unable' }
  | { verdict: 'not-allowed'; reason: string }

/** A transaction that a broken connection left behind (RFC 1845 3). */
export interface Checkpoint {
  envelope: Envelope
  /** The content as far as it came, dots unstuffed. */
  content: Octets
  /** The content is here to its end and was answered; whether the answer arrived is not known. */
  finished?: Finished
}

/** Of a message that was taken: how long it was, and what was answered (RFC 1845 3: "or at the end"). */
export interface Finished {
  octets: number
  answers: readonly { outcome: string; values?: Readonly<Record<string, string>>; utf8?: boolean }[]
}

export interface SmtpBackend extends Identities {
  readonly profile: SmtpProfile
  /** The host's idea of now, as RFC 5322 writes it; its clock may be wrong. */
  date(): string
  sender(client: Client, from: Path | null, declared: number | null): SenderVerdict
  recipient(client: Client, from: Path | null, to: Path, how: Sending): RecipientVerdict
  verify(word: string): VerifyVerdict
  expand(word: string): VerifyVerdict
  /** Takes responsibility for the message, or says why not. `cause` is the note of the final dot. */
  accept(client: Client, envelope: Envelope, content: Octets, cause: Seq): AcceptVerdict
  /** LMTP: delivers to each recipient at once, and says for each what came of it (RFC 2033 4.2). Nothing is queued. */
  deliver(client: Client, envelope: Envelope, content: Octets, cause: Seq): readonly DeliverVerdict[]
  /** Sends what waits for that node: a domain, `@domain` with all below it, or `#queue` (RFC 1985 5.2). */
  etrn(client: Client, node: string, cause: Seq): EtrnVerdict
  /** May the client become the server, and get what waits for it here (RFC 821 3.8)? */
  mayTurn(client: Client): boolean
  /** The transaction of that client by that name; null where none is known, or it is somebody else's. */
  checkpoint(client: Client, transid: string): Checkpoint | null
  /** Keeps what came before the connection broke, or what was answered last; null: it is through, and forgotten. */
  keepCheckpoint(client: Client, transid: string, checkpoint: Checkpoint | null): void
}
