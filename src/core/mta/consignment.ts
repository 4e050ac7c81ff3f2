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

/** Whether two consignments go the same way: the same hosts, in the same order of preference (RFC 5321 5.1). */
export function wayOf({ hosts, port, protocol }: Pick<Consignment, 'hosts' | 'port' | 'protocol'>): string {
  const names = [...hosts]
    .map(({ preference, host }) => ({ preference, host: host.toLowerCase() }))
    .sort((a, b) => a.preference - b.preference || (a.host < b.host ? -1 : 1))
  const ranked = names.map(({ preference, host }, k) =>
    names[k - 1]?.preference === preference ? `,${host}` : ` ${host}`,
  )
  return `${protocol} ${port}${ranked.join('')}`
}
