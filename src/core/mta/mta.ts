/**
 * The mail system of one host: what stands behind its SMTP services, its queue, and the tasks that empty it.
 *
 * A message comes in through `backend(...).accept`: it is stamped and put into the queue, its recipients are taken apart
 * (expansion), mailboxes on this host get it at once (delivery), and the runner tries the others until each of them is
 * sent, returned, or dropped for a reason.
 */
import type { Machine } from '../machine.ts'
import type { SmtpBackend, SmtpProfile } from '../smtp/backend.ts'
import type { ClientSetup, OpenSmtp } from '../smtp/client-types.ts'
import { Space } from '../store/space.ts'
import type { Store } from '../store/store.ts'
import type { Stream } from '../stream.ts'
import { run, type Running } from '../task.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import { Backend, type BackendParts } from './backend.ts'
import { Checkpoints } from './checkpoints.ts'
import { collecting } from './collect.ts'
import type { MailConfig } from './config.ts'
import { Delivery } from './delivery.ts'
import { Directory } from './directory.ts'
import { networkTest } from './networks.ts'
import { Notices } from './notice.ts'
import { Policy } from './policy.ts'
import { Queue, type Chance, type QueueEntry } from './queue.ts'
import { Runner } from './runner.ts'
import type { MailSystem, Terminals } from './system.ts'
import { Waiting } from './waiting.ts'
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
  connect: OpenSmtp
  /** Towards other hosts. */
  startTls?: ClientSetup['startTls']
  /** Where SEND, SOML and SAML write. */
  terminals?: Terminals
  /** Makes this host the server on a stream that it opened itself, and that TURN has turned. */
  answer?: (stream: Stream) => void
}

const LOOPBACK: Ipv4 = '127.0.0.1'

export class Mta {
  readonly store: Store | null
  private readonly directory: Directory
  private readonly system: MailSystem
  private readonly runner: Runner
  private readonly parts: BackendParts
  private readonly waiting: Waiting
  private readonly answer: MtaOptions['answer']
  /** What collects mail elsewhere, and what sends it over a connection that was turned. */
  private readonly tasks = new Set<Running>()

  constructor(options: MtaOptions) {
    const { machine, config, store, random, organisation } = options
    this.store = store
    this.directory = new Directory(config, machine.host, machine.address, store)
    this.system = {
      machine,
      config,
      directory: this.directory,
      queue: new Queue(random, options.space ?? new Space(), config.queue),
      watch: new Watch(machine, options),
      chance: random,
      connect: options.connect,
      startTls: options.startTls ?? 'if-offered',
      ...(options.terminals && { terminals: options.terminals }),
    }
    const delivery = new Delivery(this.system, () => this.runner.wake())
    this.runner = new Runner(this.system, delivery)
    this.waiting = new Waiting(this.system, delivery, this.runner)
    this.answer = options.answer
    const isOwnNetwork = networkTest([...config.relay.networks, machine.address, LOOPBACK])
    this.parts = {
      system: this.system,
      delivery,
      waiting: this.waiting,
      checkpoints: new Checkpoints(),
      notices: new Notices(config.policy),
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
    if (this.tasks.size > 0) return
    for (const collect of this.system.config.collect) this.tasks.add(run(collecting(this.system, collect, this.answer)))
  }

  /** The host is down. The queue stays as it is. */
  stop(): void {
    this.runner.stop()
    for (const task of this.tasks) task.stop()
    this.tasks.clear()
  }

  /** TURN: this host was the server on that stream, and `name`, the other end, is it from here on. */
  become(stream: Stream, name: HostName): Running {
    const turned: { task: Running | null } = { task: null }
    const task = run(this.waiting.become(stream, name), () => {
      if (turned.task) this.tasks.delete(turned.task)
    })
    turned.task = task
    this.tasks.add(task)
    return task
  }

  /** As `mailq` lists it. */
  queue(): readonly QueueEntry[] {
    return [...this.system.queue.entries()]
  }

  /** Where a message of the queue stands, in Postfix's words. */
  stateOf(entry: QueueEntry): 'active' | 'hold' | 'deferred' | 'incoming' {
    return this.runner.stateOf(entry)
  }

  /** `mailq -q`: whatever waits is tried now. */
  flush(): void {
    for (const entry of this.system.queue.entries()) this.runner.hurry(entry)
  }
}
