/**
 * The mail system of one host: what stands behind its SMTP services, its queue, and the tasks that empty it.
 *
 * A message comes in through `backend(...).accept`: it is stamped and put into the queue, its recipients are taken apart
 * (expansion), mailboxes on this host get it at once (delivery), and the runner tries the others until each of them is
 * sent, returned, or dropped for a reason.
 */
import type { Machine } from '../machine.ts'
import type { SmtpBackend, SmtpProfile } from '../smtp/backend.ts'
import type { ClientJob, SpeakSmtp } from '../smtp/client-types.ts'
import { Space } from '../store/space.ts'
import type { Store } from '../store/store.ts'
import type { Ipv4 } from '../terms.ts'
import { Backend, type BackendParts } from './backend.ts'
import type { MailConfig } from './config.ts'
import { Delivery, isWaiting } from './delivery.ts'
import { Directory } from './directory.ts'
import { networkTest } from './networks.ts'
import { Policy } from './policy.ts'
import { Queue, type Chance, type QueueEntry } from './queue.ts'
import { Runner } from './runner.ts'
import type { MailSystem } from './system.ts'
import { Watch, type WatchOptions } from './watch.ts'

export interface MtaOptions extends WatchOptions {
  machine: Machine
  config: MailConfig
  /** The accounts that live on this host; null where none do. */
  store: Store | null
  /** Hosts whose accounts may log in here too, and whose aliases count as their owners' addresses. */
  organisation?: () => readonly Mta[]
  /** What the queue may fill, together with whoever else has it. */
  space?: Space
  random: Chance
  speak: SpeakSmtp
  /** Towards other hosts. */
  startTls?: ClientJob['startTls']
}

const LOOPBACK: Ipv4 = '127.0.0.1'

export class Mta {
  readonly store: Store | null
  private readonly directory: Directory
  private readonly system: MailSystem
  private readonly runner: Runner
  private readonly parts: BackendParts

  constructor(options: MtaOptions) {
    const { machine, config, store, random, organisation } = options
    this.store = store
    this.directory = new Directory(config, machine.host, machine.address, store)
    this.system = {
      machine,
      config,
      directory: this.directory,
      queue: new Queue(random, options.space ?? new Space()),
      watch: new Watch(machine, options),
      chance: random,
      speak: options.speak,
      startTls: options.startTls ?? 'if-offered',
    }
    const delivery = new Delivery(this.system, () => this.runner.wake())
    this.runner = new Runner(this.system, delivery)
    const isOwnNetwork = networkTest([...config.relay.networks, machine.address, LOOPBACK])
    this.parts = {
      system: this.system,
      delivery,
      policy: new Policy(config.policy),
      isOwnNetwork,
      directories: () => [this.directory, ...(organisation?.() ?? []).map((other) => other.directory)],
    }
  }

  backend(profile: SmtpProfile): SmtpBackend {
    return new Backend(profile, this.parts)
  }

  /** The host is up (again). */
  start(): void {
    this.runner.start()
  }

  /** The host is down. The queue stays as it is. */
  stop(): void {
    this.runner.stop()
  }

  /** As `mailq` lists it. */
  queue(): readonly QueueEntry[] {
    return [...this.system.queue.entries()]
  }

  /** `mailq -q`: whatever waits is tried now. */
  flush(): void {
    const now = this.system.machine.now()
    for (const entry of this.system.queue.entries()) {
      for (const recipient of entry.recipients) if (isWaiting(recipient)) recipient.next = Math.min(recipient.next, now)
    }
    this.runner.wake()
  }
}
