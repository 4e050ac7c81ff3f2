/** What the shell needs of the machine that it runs on and of the person who sits there. The `world` room gives it. */
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import type { Waiter } from '../task.ts'
import type { ConnId, Endpoint, HostName, Ipv4 } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'

/** Why a file is not written or removed, in the words of the system. */
export type FileTrouble =
  | 'No such file or directory'
  | 'Is a directory'
  | 'Permission denied'
  | 'No space left on device'
  | 'File too large'
  | 'File name too long'

export interface ShellHost {
  readonly machine: Machine
  /** Login name on this machine. */
  readonly user: string
  /** The person's name, as it stands in `From:`. */
  readonly name: string
  /** The person's own mail address; null where there is none. */
  readonly address: string | null
  readonly password?: string
  /** Where `mail` hands its messages in: the organisation's MSA, or its MX. */
  readonly submission: { host: HostName; port: number } | null
  /** The resolver that this machine asks, as `/etc/resolv.conf` says. */
  readonly resolver: Ipv4 | null
  /** The domain that is put behind a name without a dot. */
  readonly searchDomain: string | null
  /** The name of the machine that has this address, for programs that show names; no question is sent. */
  nameOf(address: Ipv4): HostName | null
  /** Null where there is no such file. Paths are absolute. */
  readFile(path: string): Octets | null
  /** The names in a directory; null where there is none. */
  listFiles(directory: string): readonly string[] | null
  /** Writes the whole file, or behind what it holds; null where that was done. */
  writeFile(path: string, data: Octets, append: boolean): FileTrouble | null
  removeFile(path: string): FileTrouble | null
  /** When a file was last written, by this machine's clock: `Mon Sep  7 10:00:00 2026`. */
  changedAt(path: string): string
  /** A word that was never given before: for a Message-ID, or a boundary. */
  unique(): string
  /** What is appended to this file next. */
  follow(path: string): Waiter<Octets>
  /** Who sits at a terminal of this machine. */
  loggedIn(): readonly Login[]
  queue(): readonly QueueEntryView[]
  /** Tries at once to deliver what waits. */
  flushQueue(): void
  /**
   * The network's notes from now on. They are handed over in a turn of their own, never from within the note itself:
   * what a listener prints must not become the cause of what it listens to.
   */
  capture(): { readonly next: Waiter<TraceEvent>; stop(): void }
  /** The two ends of a connection that may be older than the capture; `from` is who dialled. */
  connection(conn: ConnId): { from: Endpoint; to: Endpoint } | null
  /** Now, by this machine's clock, as RFC 5322 3.3 writes it: `Mon, 07 Sep 2026 10:00:00 +0200 (CEST)`. */
  date(): string
  /** A sentence of the teaching tool's own, in the language of the page (`src/texts/shell.*.ts`). */
  say(key: string, parameters?: Readonly<Record<string, string | number>>): string
}

interface Login {
  user: string
  terminal: string
  /** `Sep  7 10:00`. */
  since: string
  /** Others may write onto the terminal. */
  writable: boolean
}

/** One message in the queue, as `mailq` shows it. */
/**
 * `active`: a try is under way, or stands in line. `hold`: it waits until its host asks for it. `deferred`: it is tried
 * again later. `incoming`: it was not looked at yet.
 */
export type QueueState = 'active' | 'hold' | 'deferred' | 'incoming'

export interface QueueEntryView {
  id: string
  state: QueueState
  size: number
  /** `Mon Sep  7 10:00:00`. */
  arrived: string
  /** Empty for `<>`. */
  sender: string
  /** Those who still wait; `reason` is why, and `next` when they are tried again; null before the first attempt. */
  recipients: readonly { address: string; reason: string | null; next: string | null }[]
}
