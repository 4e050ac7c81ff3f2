/** What a row of the sequence belongs to, by the protocol that it speaks or the port that it goes to. */
import type { Connections } from './connections.ts'
import type { RowKind } from './folding.ts'
import { tableOf } from './protocols.ts'
import type { Row } from './rows.ts'

export function rowKind(row: Row, connections: Connections): RowKind {
  switch (row.row) {
    case 'dns':
      return 'dns'
    case 'mail':
    case 'received':
      return 'mail'
    case 'command':
    case 'reply':
    case 'content':
    case 'chunk':
    case 'data':
      return tableOf(row.protocol).name
    case 'connect':
      return serviceKind(row.service)
    case 'tls':
    case 'close':
      return serviceKind(row.conn === null ? '' : (connections.get(row.conn)?.service ?? ''))
    case 'lost':
      // Without a connection it is a datagram, and those are name servers'.
      return row.conn === null ? 'dns' : serviceKind(connections.get(row.conn)?.service ?? '')
    default:
      return 'other'
  }
}

const STARTS: readonly [string, RowKind][] = [
  ['pop3', 'pop3'],
  ['imap', 'imap'],
  ['smtp', 'smtp'],
  ['submission', 'smtp'],
  ['lmtp', 'smtp'],
  ['domain', 'dns'],
]

export const serviceKind = (service: string): RowKind =>
  STARTS.find(([start]) => service.startsWith(start))?.[1] ?? 'other'
