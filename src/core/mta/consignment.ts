/** Those recipients of a message who share their next hosts: they get one copy (RFC 5321 4.5.4.1). */
import type { Seq } from '../terms.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import type { NextHost } from './routing.ts'

export interface Consignment {
  entry: QueueEntry
  domain: string
  hosts: readonly NextHost[]
  port: number
  protocol: 'smtp' | 'lmtp'
  /** Our name, where a source route began with it. */
  taken: string | null
  recipients: Recipient[]
  /** The note of its route. */
  cause: Seq
}
