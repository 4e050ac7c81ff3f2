/** The colour of a connection, by what is spoken on it. */
import type { Connection } from '../../core/views/connections.ts'

export type Tone = 'smtp' | 'pop3' | 'imap' | 'dns' | 'tcp'

const starts: readonly [string, Tone][] = [
  ['pop3', 'pop3'],
  ['imap', 'imap'],
  ['smtp', 'smtp'],
  ['submission', 'smtp'],
  ['lmtp', 'smtp'],
  ['domain', 'dns'],
]

export function toneOf({ service }: Connection): Tone {
  return starts.find(([start]) => service.startsWith(start))?.[1] ?? 'tcp'
}
