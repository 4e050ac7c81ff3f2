/**
 * One try of one message: all recipients that are due, each next hop looked up, and every consignment put into
 * the lane of its hosts, so that a dead host keeps nobody waiting but its own.
 */
import { ask, run, type Running, type Task } from '../task.ts'
import type { Delivery } from './delivery.ts'
import { wayOf, type Consignment } from './consignment.ts'
import type { Lanes } from './lanes.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { nextHop, routing, type NextHop, type Routing } from './routing.ts'
import type { MailSystem } from './system.ts'

/** Domains that are looked up within this time may turn out to share a host, and then share a copy. */
const GATHER = 1000

interface Bundle {
  hop: NextHop
  taken: string | null
  recipients: Recipient[]
}

export class Attempt {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly lanes: Lanes
  private readonly entry: QueueEntry
  private readonly done: () => void
  private readonly running: Running[] = []
  private routed: Consignment[] = []
  private missing = 0
  private open = 0
  private gathering: Running | null = null

  constructor(system: MailSystem, delivery: Delivery, lanes: Lanes, entry: QueueEntry, done: () => void) {
    this.system = system
    this.delivery = delivery
    this.lanes = lanes
    this.entry = entry
    this.done = done
  }

  start(recipients: readonly Recipient[]): void {
    for (const recipient of recipients) if (recipient.account !== null) this.delivery.deliverHere(this.entry, recipient)
    const bundles = this.bundles(recipients.filter(({ account }) => account === null))
    this.missing = this.open = bundles.length
    if (this.open === 0) return this.finish()
    this.gathering = run(pause(this.system), () => this.launch())
    for (const bundle of bundles) {
      this.running.push(run(routing(this.system, bundle.hop), (route) => this.found(bundle, route)))
    }
  }

  stop(): void {
    this.gathering?.stop()
    for (const task of this.running) task.stop()
  }

  private bundles(recipients: readonly Recipient[]): Bundle[] {
    const bundles = new Map<string, Bundle>()
    for (const recipient of recipients) {
      const { taken } = recipient
      const hop = nextHop(this.system.config, recipient.path)
      const key = `${hop.how} ${hop.host ?? hop.domain} ${hop.port} ${taken ?? ''}`
      const bundle = bundles.get(key)
      if (bundle) bundle.recipients.push(recipient)
      else bundles.set(key, { hop, taken, recipients: [recipient] })
    }
    return [...bundles.values()]
  }

  private found({ hop, taken, recipients }: Bundle, { how, hosts, trouble }: Routing): void {
    const { entry, delivery } = this
    const { domain, port, protocol } = hop
    this.missing--
    let cause = entry.cause
    if (hosts.length > 0 || how === 'null-mx') {
      cause = this.system.machine.note({ kind: 'routed', id: entry.id, domain, how, hosts }, cause)
    }
    if (trouble) {
      const { permanent, code, why } = trouble
      delivery.report(entry, recipients, { is: permanent ? 'failed' : 'deferred', code, why }, cause)
      this.closed()
    } else this.routed.push({ entry, domain, hosts, port, protocol, taken, recipients, cause })
    if (this.missing === 0 || this.gathering === null) this.launch()
  }

  private launch(): void {
    this.gathering?.stop()
    this.gathering = null
    const consignments = merged(this.routed)
    this.open -= this.routed.length - consignments.length
    this.routed = []
    for (const consignment of consignments) this.lanes.add(consignment, () => this.closed())
  }

  /** One consignment is through. What failed is returned at once, whoever else is still being tried. */
  private closed(): void {
    this.open--
    if (this.open === 0) this.finish()
    else this.delivery.settle(this.entry)
  }

  private finish(): void {
    this.gathering?.stop()
    this.delivery.settle(this.entry)
    this.done()
  }
}

function merged(routed: readonly Consignment[]): Consignment[] {
  const byHosts = new Map<string, Consignment>()
  for (const consignment of routed) {
    const { taken, recipients } = consignment
    const key = `${wayOf(consignment)} ${taken ?? ''}`
    const same = byHosts.get(key)
    if (same) same.recipients.push(...recipients)
    else byHosts.set(key, consignment)
  }
  return [...byHosts.values()]
}

function* pause({ machine }: MailSystem): Task<void> {
  yield* ask(machine.sleep(GATHER, 'soon'))
}
