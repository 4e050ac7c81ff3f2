/** What the parts of one host's mail system share. */
import type { Machine } from '../machine.ts'
import type { ClientJob, SpeakSmtp } from '../smtp/client-types.ts'
import type { Directory } from './directory.ts'
import type { MailConfig } from './config.ts'
import type { Chance, Queue } from './queue.ts'
import type { Watch } from './watch.ts'

export interface MailSystem {
  readonly machine: Machine
  readonly config: MailConfig
  readonly directory: Directory
  readonly queue: Queue
  readonly watch: Watch
  readonly chance: Chance
  readonly speak: SpeakSmtp
  readonly startTls: ClientJob['startTls']
}
