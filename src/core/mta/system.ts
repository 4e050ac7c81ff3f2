/** What the parts of one host's mail system share. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { ClientSetup, OpenSmtp } from '../smtp/client-types.ts'
import type { Directory } from './directory.ts'
import type { MailConfig } from './config.ts'
import type { Chance, Queue } from './queue.ts'
import type { Watch } from './watch.ts'

export interface MailSystem {
  readonly machine: Machine
  readonly config: MailConfig
  readonly directory: Directory
  readonly queue: Queue
  readonly watch: Watch
  readonly chance: Chance
  /** Our SMTP client: a test may bring another. */
  readonly connect: OpenSmtp
  readonly startTls: ClientSetup['startTls']
  /** Where SEND, SOML and SAML write; absent where nobody sits at a terminal. */
  readonly terminals?: Terminals
}

/** The terminals of this host's people (RFC 821 3.4). */
export interface Terminals {
  /** Somebody sits there, and lets others write. */
  isActive(user: string): boolean
  /** False where nobody saw it. */
  show(user: string, text: Octets): boolean
}
