/** A message as it lies in a mailbox, and one that is about to. */
import type { Content } from '../message/content.ts'
import type { Flags } from './flags.ts'

export interface StoredMessage {
  readonly uid: number
  /** When it was delivered, by the host's clock: milliseconds since 1970 UTC. */
  readonly internalDate: number
  readonly flags: Flags
  /** Of its last change (RFC 7162). */
  readonly modseq: number
  readonly content: Content
}

export interface Arrival {
  content: Content
  internalDate: number
  flags: readonly string[]
}
