/**
 * The journal: what people did, and nothing else. It is the truth: what is saved, shared and replayed. The trace follows
 * from it, to the byte, and the checksum says whether it still does.
 */
import type { Octets } from '../bytes/octets.ts'
import type { MailRequest } from '../mua/requests.ts'
import type { Key } from '../shell/terminal.ts'
import type { HostName, Millis } from '../terms.ts'

/** What the engines do may change from one version to the next; a journal says which one it was kept under. */
export const ENGINE = '1'

export type Deed =
  /** Somebody sits down at a machine. */
  | { act: 'open'; terminal: string; host: HostName; user: string }
  /** Lines with their `\n`, as octets; a last one without it was sent off by Ctrl-D. */
  | { act: 'type'; terminal: string; data: Octets }
  | { act: 'key'; terminal: string; key: Key }
  /** A file comes onto a machine from outside: dropped into the page, or made by cryptography, which is no part of the world. */
  | { act: 'file'; host: HostName; user: string; path: string; data: Octets }
  /** What a zone says from here on, as the text of its file; null takes it out of the DNS. */
  | { act: 'zone'; origin: string; server: HostName; text: string | null }
  /** A person asks their mail program for something; `web`: in a browser, at the webmail of that host. */
  | { act: 'mail'; host: HostName; user: string; web?: HostName; request: MailRequest }
  /** `cut a--b`, `down a` ...: see `faults.ts`. */
  | { act: 'fault'; fault: string }
  /** To the next distant alarm: a time-out, a retry. */
  | { act: 'skip' }
  /** So much time passes, and all that falls into it happens. */
  | { act: 'wait'; for: Millis }
  /** The page speaks another language from here on: the shell's own sentences are part of the trace. */
  | { act: 'language'; language: string }

/** `steps`: how many things had happened before; people act while things are in flight, and a replay must too. */
export type Act = { at: Millis; steps: number } & Deed

/** The last thing that somebody did, by its place; -1 where nothing can be undone: who sits where at first is given. */
export function lastDone(acts: readonly Act[]): number {
  const at = acts.findLastIndex(({ act }) => act !== 'language')
  return acts.findIndex(({ act }) => act !== 'language' && act !== 'open') < 0 && at <= 1 ? -1 : at
}

export interface Journal {
  /** The name of the world. */
  world: string
  seed: number
  engine: string
  acts: readonly Act[]
  until: Millis
  steps: number
  checksum: string
}

/** Two 32-bit FNV-1a sums, one fed by the other, over the trace as it grows: no secret, only a way to notice a difference. */
export class Checksum {
  private high = 0xcbf29ce4
  private low = 0x84222325

  add(text: string): void {
    let { high, low } = this
    for (let at = 0; at < text.length; at++) {
      low = Math.imul(low ^ text.charCodeAt(at), 0x01000193) >>> 0
      high = Math.imul(high ^ (low >>> 15), 0x01000193) >>> 0
    }
    this.high = high
    this.low = low
  }

  get value(): string {
    return this.high.toString(16).padStart(8, '0') + this.low.toString(16).padStart(8, '0')
  }
}
