/**
 * Opening a connection: SYN, SYN-ACK, ACK (RFC 9293 3.5).
 *
 * A closed port answers RST (refused). An address that nobody has is reported by the last router (unreachable). Where
 * the way is cut or the host is down nothing answers at all, the SYN is repeated, and after 75 seconds, as BSD has it,
 * the caller gives up (timed out). To a person these look different, and so they do here.
 */
import type { DialFailure, Dialled } from '../machine.ts'
import type { Waiter } from '../task.ts'
import type { ConnId, Endpoint, Ipv4 } from '../terms.ts'
import type { Timer } from './clock.ts'
import { Retry } from './retry.ts'
import type { ServerStream } from './server-stream.ts'
import { connection } from './tcp.ts'
import { type Host, type Misfortune, type Resident, Route, type Topology } from './topology.ts'

const PATIENCE = 75_000

export function dial(topology: Topology, host: Host, address: Ipv4, port: number): Waiter<Dialled> {
  return (resume) => {
    const to = topology.reach(host, address)
    const id = topology.nextConnection()
    const ends = [
      { address: to === host ? address : host.address, port: topology.nextPort(host) },
      { address, port },
    ] as const
    const dialling = new Dialling(topology, host, to, id, ends, resume)
    dialling.start()
    return () => dialling.giveUp()
  }
}

class Dialling implements Resident {
  private readonly topology: Topology
  private readonly host: Host
  private readonly to: Host | null
  private readonly there: Route
  private readonly id: ConnId
  private readonly ends: readonly [Endpoint, Endpoint]
  private readonly resume: (dialled: Dialled) => void
  private readonly retry: Retry
  private timer: Timer | null = null
  private over = false

  constructor(
    topology: Topology,
    host: Host,
    to: Host | null,
    id: ConnId,
    ends: readonly [Endpoint, Endpoint],
    resume: (dialled: Dialled) => void,
  ) {
    this.topology = topology
    this.host = host
    this.to = to
    this.there = new Route(topology, host, to ?? host)
    this.id = id
    this.ends = ends
    this.resume = resume
    const again = () => this.syn()
    this.retry = new Retry(this.there, PATIENCE, `${id}: connect time-out`, again, () => this.fail('timeout'))
  }

  start(): void {
    const [from, to] = this.ends
    const { host, id, topology } = this
    host.residents.add(this)
    topology.tracer.note(host.name, { kind: 'dial', conn: id, from, to, toHost: this.to?.name ?? null })
    if (this.to) this.syn()
    else this.after(2 * host.delay, () => this.fail('unreachable'))
  }

  /** Nobody wants the connection any more. */
  giveUp(): void {
    if (this.over) return
    this.note('reset')
    this.vanish()
  }

  vanish(): void {
    this.over = true
    this.retry.calm()
    if (this.timer) this.topology.clock.cancel(this.timer)
    this.host.residents.delete(this)
  }

  private syn(): void {
    if (this.lost(this.there, this.there.misfortune())) return
    this.after(this.there.link.delay, () => {
      if (this.to!.up) this.answer(this.to!)
      else this.lost(this.there, 'down')
    })
  }

  /** The called host's turn: SYN-ACK, or RST where nobody listens. */
  private answer(to: Host): void {
    const accept = to.listeners.get(this.ends[1].port)
    const back = new Route(this.topology, to, this.host)
    if (this.lost(back, back.misfortune())) return
    this.after(back.link.delay, () => {
      if (accept) this.connect(back, accept)
      else this.fail('refused')
    })
  }

  /** The ACK is the first thing that goes up, so the server's side begins when it arrives there. */
  private connect(back: Route, accept: (stream: ServerStream) => void): void {
    this.vanish()
    const { caller, server } = connection(this.id, this.there, back, this.ends, accept)
    // A host that went down meanwhile knows nothing of it.
    if (!back.from.up) server.vanish()
    this.topology.tracer.note(this.host.name, { kind: 'connected', conn: this.id })
    caller.ack()
    this.resume({ ok: true, stream: caller })
  }

  private fail(why: DialFailure): void {
    this.vanish()
    this.note(why)
    this.resume({ ok: false, why })
  }

  private note(why: DialFailure): void {
    this.topology.tracer.note(this.host.name, { kind: 'dial-failed', conn: this.id, why })
  }

  private lost(route: Route, why: Misfortune | null): boolean {
    if (why === null) return false
    this.topology.tracer.note(route.from.name, { kind: 'lost', conn: this.id, why })
    this.retry.lost()
    return true
  }

  private after(delay: number, action: () => void): void {
    this.timer = this.topology.after(delay, 'soon', this.id, () => {
      this.timer = null
      action()
    })
  }
}
