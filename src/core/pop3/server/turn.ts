/** What a handler sees, and what it may answer: an outcome of its own row, by name. */
import type { Octets } from '../../bytes/octets.ts'
import type { Pop3Backend } from '../backend.ts'
import type { OutcomeName, Pop3Verb } from '../commands.ts'
import type { Pop3Session } from '../session.ts'

export interface Turn {
  readonly session: Pop3Session
  readonly backend: Pop3Backend
  /** A word for the coach; nothing of it goes over the wire. */
  remark(key: string, detail: Octets): void
}

export interface Answered<V extends Pop3Verb> {
  outcome: OutcomeName<V>
  /** Fills the `{names}` in the text of the outcome. */
  values?: Readonly<Record<string, string>>
  /** Lines behind the first one, up to the lone dot: a listing. */
  listing?: readonly Octets[]
  /** Likewise, but a message: lines as they are, before dots are doubled. */
  message?: Octets
}

export type Handler<V extends Pop3Verb> = (turn: Turn, argument: Octets) => Answered<V>
