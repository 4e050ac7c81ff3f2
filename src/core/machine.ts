/** What a task may do on the host that it runs on: the network offers it, and a Node socket can too. */
import type { Octets } from './bytes/octets.ts'
import type { RecordType, Resolution } from './dns/records.ts'
import type { Stream } from './stream.ts'
import type { Task, Waiter } from './task.ts'
import type { HostName, Ipv4, Millis, Seq } from './terms.ts'
import type { Note } from './trace/events.ts'

/** `unreachable`: no route, as ICMP says it; `timeout`: nothing answered the SYN. */
export type DialFailure = 'refused' | 'timeout' | 'unreachable' | 'reset'
export type Dialled = { ok: true; stream: Stream } | { ok: false; why: DialFailure }

export interface Machine {
  readonly host: HostName
  readonly address: Ipv4
  now(): Millis
  /** `distant` (the default): nobody who reads is made to wait for it; see `Clock`. */
  sleep(duration: Millis, kind?: 'distant' | 'soon'): Waiter<void>
  dial(address: Ipv4, port: number): Waiter<Dialled>
  /** One datagram out, the first answer to it back; null when none came in time. */
  exchange(address: Ipv4, port: number, data: Octets, patience: Millis): Waiter<Octets | null>
  /** Asks the resolver that this host is set up to use. */
  resolve(name: string, type: RecordType): Task<Resolution>
  note(note: Note, cause?: Seq | null): Seq
}
