/** Who talks to whom: every TCP connection of the trace, from its SYN to its end. Other folds build on this one. */
import type { ConnId, Endpoint, HostName } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

export type DialFailure = 'refused' | 'timeout' | 'unreachable' | 'reset'

export interface Connection {
  readonly id: ConnId
  readonly client: HostName
  /** The address in dotted form where no host has it. */
  readonly server: HostName
  readonly from: Endpoint
  readonly to: Endpoint
  /** By its port: `smtp`, `submission` ...; `tcp 7777` where the port has no name. */
  readonly service: string
  state: 'dialling' | 'open' | 'failed' | 'closed'
  failure: DialFailure | null
  secure: boolean
  /** Ends that have said FIN. */
  readonly finished: Set<'up' | 'down'>
}

export type Connections = Map<ConnId, Connection>

/** RFC 6335's registry, the part that mail needs. */
const SERVICES: Readonly<Record<number, string>> = {
  7: 'echo',
  13: 'daytime',
  23: 'telnet',
  24: 'lmtp',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  110: 'pop3',
  143: 'imap',
  443: 'https',
  465: 'submissions',
  587: 'submission',
  993: 'imaps',
  995: 'pop3s',
}

function serviceName(port: number): string {
  return SERVICES[port] ?? `tcp ${port}`
}

export const connections: Fold<Connections> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind === 'dial') {
      view.set(event.conn, {
        id: event.conn,
        client: event.host,
        server: event.toHost ?? event.to.address,
        from: event.from,
        to: event.to,
        service: serviceName(event.to.port),
        state: 'dialling',
        failure: null,
        secure: false,
        finished: new Set(),
      })
      return
    }
    if (!('conn' in event) || event.conn === null) return
    const connection = view.get(event.conn)
    if (!connection) return
    switch (event.kind) {
      case 'connected':
        connection.state = 'open'
        break
      case 'dial-failed':
        connection.state = 'failed'
        connection.failure = event.why
        break
      case 'fin':
        connection.finished.add(event.dir)
        if (connection.finished.size === 2) connection.state = 'closed'
        break
      case 'reset':
      case 'timed-out':
        if (connection.state !== 'failed') connection.state = 'closed'
        break
      case 'tls':
        if (event.step === 'established') connection.secure = true
        break
    }
  },
}
