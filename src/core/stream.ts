/**
 * One end of a byte stream as tasks see it: the virtual network's and a Node socket's look the same, so our SMTP client
 * delivers to either.
 */
import type { Octets } from './bytes/octets.ts'
import type { Waiter } from './task.ts'
import type { ConnId, Endpoint, HostName } from './terms.ts'

export type StreamEvent = { on: 'bytes'; data: Octets } | { on: 'closed'; how: 'fin' | 'reset' | 'timeout' }

/** What a client's handshake told, for programs that show it. */
export interface TlsFacts {
  cipher: string
  /** The server's certificates in DER, its own first. */
  chain: readonly Octets[]
  /** The certificates that this machine trusts. */
  roots: readonly Octets[]
  /** Octets of the handshake, records and all. */
  read: number
  written: number
}

export interface Stream {
  readonly id: ConnId
  readonly local: Endpoint
  readonly peer: Endpoint
  readonly secure: boolean
  /** Null before the handshake is over; not there where the platform does TLS and says nothing of it. */
  readonly tls?: TlsFacts | null
  /** Resumes with what has come in since the last read, or with how the far end left. */
  readonly read: Waiter<StreamEvent>
  write(data: Octets): void
  /** Sends FIN: nothing more from this end. What the far end still says can be read. */
  close(): void
  /** Sends RST: it is over, both ways. */
  reset(): void
  /** The client's side of a TLS handshake; resumes with null when records flow, else with what went wrong. */
  startTls(name: HostName): Waiter<string | null>
}
