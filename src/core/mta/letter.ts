/** A message on its way into the queue, and what becomes of one that is tried. */
import type { Octets } from '../bytes/octets.ts'
import { PLAIN_TERMS, type Addressee, type MailTerms } from '../smtp/envelope.ts'
import type { Path } from '../smtp/path.ts'
import type { HostName, Seq } from '../terms.ts'
import type { MailRole } from '../trace/events.ts'
import type { QueueEntry, Remote } from './queue.ts'

export interface Letter {
  id: string
  from: Path | null
  terms: MailTerms
  recipients: readonly Addressee[]
  /** As what this host takes it. */
  role: MailRole
  content: Octets
  messageId: string | null
  client: QueueEntry['client']
  /** Of a copy: the lists and forwards that it and its like have gone through. */
  through?: Set<string>
  cause: Seq
}

/** What this host writes or sends on itself: a report, a list's copy, an automatic reply, what a filter redirects. */
export const MADE_HERE = { role: 'mta', client: null, terms: PLAIN_TERMS } as const

/** `dsn`: the next host reports on the delivery itself (RFC 3461 5.1). */
export type Outcome = { is: 'sent'; host: HostName; reply: string; dsn: boolean } | Failure

/** Of one try; `deferred` is tried again. */
export interface Failure {
  is: 'deferred' | 'failed'
  code: string
  why: string
  remote?: Remote
}
