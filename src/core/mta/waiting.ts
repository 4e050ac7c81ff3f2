/**
 * Mail that waits here until its host asks for it: by ETRN, so that it is sent to that host (RFC 1985), or by TURN, so
 * that it goes over the connection on which it was asked for (RFC 821 3.8).
 *
 * Either way only from the networks of the configuration: TURN believes a name that anybody may say, and ETRN makes this
 * host work.
 */
import type { Client, EtrnVerdict } from '../smtp/backend.ts'
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import type { HostName } from '../terms.ts'
import { isWaiting, type Delivery } from './delivery.ts'
import { handOverHere, type OpenConnection } from './handover.ts'
import { networkTest } from './networks.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { nextDomain, SMTP_PORT } from './routing.ts'
import type { Runner } from './runner.ts'
import type { MailSystem } from './system.ts'

interface Held {
  entry: QueueEntry
  recipients: Recipient[]
}

export class Waiting {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly runner: Runner
  private readonly domains: readonly { domain: string; host: HostName; mayAsk: (address: string) => boolean }[]

  constructor(system: MailSystem, delivery: Delivery, runner: Runner) {
    this.system = system
    this.delivery = delivery
    this.runner = runner
    this.domains = Object.entries(system.config.waiting).map(([domain, { host, networks }]) => ({
      domain: domain.toLowerCase(),
      host: host.toLowerCase(),
      mayAsk: networkTest(networks),
    }))
  }

  /** A domain, `@domain` with all below it, or `#host`: all that waits for that host (RFC 1985 5.2 leaves that to us). */
  etrn({ peer }: Client, node: string): EtrnVerdict {
    const wanted = node.toLowerCase()
    const name = wanted.replace(/^[@#]/, '')
    const asked = this.domains.filter(({ domain, host }) => {
      if (wanted.startsWith('#')) return host === name
      return domain === name || (wanted.startsWith('@') && domain.endsWith(`.${name}`))
    })
    if (asked.length === 0) return { verdict: 'unable' }
    const allowed = asked.filter(({ mayAsk }) => mayAsk(peer.address))
    if (allowed.length === 0) return { verdict: 'not-allowed', reason: `not for [${peer.address}] to ask` }
    const held = this.heldFor(allowed.map(({ domain }) => domain))
    for (const { entry, recipients } of held) this.runner.release(entry, recipients)
    return held.length === 0 ? { verdict: 'none' } : { verdict: 'started', pending: held.length }
  }

  mayTurn({ helo, peer }: Client): boolean {
    const name = helo.toLowerCase()
    return this.domains.some(({ host, mayAsk }) => host === name && mayAsk(peer.address))
  }

  /** The other end greets now, and gets what waits for that host, one message after the other. */
  *become(stream: Stream, name: HostName): Task<void> {
    const { machine, connect } = this.system
    // Nothing is negotiated on a connection that began the other way round: whoever asked for TURN is of that time.
    const connection = yield* connect(stream, { helo: machine.host, server: name, startTls: 'never' }, machine)
    if ('outcome' in connection) return
    const host = name.toLowerCase()
    const domains = this.domains.filter((other) => other.host === host).map(({ domain }) => domain)
    const open: OpenConnection = { connection, host: name, address: stream.peer.address, conn: stream.id, only: true }
    for (const { entry, recipients } of this.heldFor(domains)) {
      if (!connection.open) break
      if (!this.runner.claim(entry)) continue
      try {
        yield* this.send(open, entry, recipients.filter(isWaiting))
      } finally {
        this.runner.giveBack(entry)
      }
    }
    yield* connection.quit()
  }

  private *send(open: OpenConnection, entry: QueueEntry, all: readonly Recipient[]): Task<void> {
    const byTaken = new Map<string | null, Recipient[]>()
    for (const recipient of all) byTaken.set(recipient.taken, [...(byTaken.get(recipient.taken) ?? []), recipient])
    for (const [taken, recipients] of byTaken) {
      const domain = nextDomain(recipients[0]!.path)
      const hosts = [{ preference: 0, host: open.host }]
      const note = { kind: 'routed', id: entry.id, domain, how: 'transport', hosts } as const
      const cause = this.system.machine.note(note, entry.cause)
      const protocol = { port: SMTP_PORT, protocol: 'smtp' } as const
      const consignment = { entry, domain, hosts, ...protocol, taken, recipients, cause }
      if (!(yield* handOverHere(this.system, this.delivery, consignment, open))) break
    }
    this.delivery.settle(entry)
  }

  private heldFor(domains: readonly string[]): Held[] {
    const held: Held[] = []
    for (const entry of this.system.queue.entries()) {
      const recipients = entry.recipients.filter(
        (recipient) =>
          isWaiting(recipient) && recipient.account === null && domains.includes(nextDomain(recipient.path)),
      )
      if (recipients.length > 0) held.push({ entry, recipients })
    }
    return held
  }
}
