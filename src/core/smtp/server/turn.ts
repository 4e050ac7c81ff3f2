/** What a handler sees, and what it may answer: an outcome of its own row, by name. */
import type { Octets } from '../../bytes/octets.ts'
import type { Out } from '../../engine.ts'
import type { SmtpBackend } from '../backend.ts'
import type { OutcomeName, Verb } from '../commands.ts'
import type { SmtpSession } from '../session.ts'

export interface Turn {
  readonly session: SmtpSession
  readonly backend: SmtpBackend
  readonly out: Out
  /** A word for the coach; nothing of it goes over the wire. */
  remark(key: string, detail: Octets): void
}

export interface Answered<V extends Verb> {
  outcome: OutcomeName<V>
  /** Fills the `{names}` in the text of the outcome. */
  values?: Readonly<Record<string, string>>
  /** Lines of a multi-line reply behind the first. */
  more?: readonly Octets[]
  /** What it says may be UTF-8; where nothing is said of it, the transaction decides. */
  utf8?: boolean
}

export type Handler<V extends Verb> = (turn: Turn, argument: Octets) => Answered<V>
