/** Who is speaking with a host right now, and how far they are: what stands beside its mailboxes. */
import type { ConnId, HostName } from '../terms.ts'
import type { Protocol } from '../trace/events.ts'
import type { Connections } from './connections.ts'
import type { Speaking } from './speaking.ts'

export interface OpenSession {
  conn: ConnId
  client: HostName
  protocol: Protocol
  /** As the server's last reply left it. */
  state: string
  secure: boolean
}

export function openSessions(
  host: HostName,
  connections: Connections,
  sessions: ReadonlyMap<ConnId, Speaking>,
): OpenSession[] {
  const open: OpenSession[] = []
  for (const { id, client, server, state, secure } of connections.values()) {
    const speaking = server === host && state === 'open' ? sessions.get(id) : undefined
    if (speaking?.protocol) open.push({ conn: id, client, protocol: speaking.protocol, state: speaking.state, secure })
  }
  return open
}
