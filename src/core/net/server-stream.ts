/** What a server holds in its hand: a stream that tells what happens on it, and can be the server's side of TLS. */
import type { Octets } from '../bytes/octets.ts'
import type { Stream } from '../stream.ts'
import type { Waiter } from '../task.ts'
import type { Direction, HostName } from '../terms.ts'

export type Closing = 'fin' | 'reset' | 'timeout'

/** Who is told at once whatever happens, instead of reading. */
export interface StreamListener {
  bytes(data: Octets): void
  closed(how: Closing): void
  /** Nothing will happen here any more, and nothing can be said: the end of the last word, or of the host. */
  gone(): void
}

export interface ServerStream extends Stream {
  /** The direction in which this end speaks. */
  readonly dir: Direction
  /** Octets that were handed over here, and that were written. */
  readonly heard: number
  readonly said: number
  heed(listener: StreamListener): void
  /** Nobody is told any more: who reads gets what comes, and `unread` before it. */
  release(unread: Octets): void
  /** The server's side of a TLS handshake, as `startTls` is the client's. */
  acceptTls(name: HostName): Waiter<string | null>
}
