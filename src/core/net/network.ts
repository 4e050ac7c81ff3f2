/**
 * The simulated Internet as the rest of the house sees it: hosts, links, who listens where, and faults.
 */
import type { DatagramHandler } from '../dns/server.ts'
import type { Machine } from '../machine.ts'
import type { HostName, Ipv4, Millis } from '../terms.ts'
import type { Clock } from './clock.ts'
import { VirtualMachine } from './machine.ts'
import type { Random } from './random.ts'
import type { ServerStream } from './server-stream.ts'
import { type Host, type HostConfig, type LinkConfig, Topology } from './topology.ts'
import type { Tracer } from './tracer.ts'

type Pair = readonly [HostName, HostName]

/** `slow` and `loss` are mended by another of the same; `mend` ends a cut. */
export type Fault =
  | { fault: 'cut' | 'mend'; between: Pair }
  | { fault: 'slow'; between: Pair; delay: Millis }
  | { fault: 'loss'; between: Pair; chance: number }
  | { fault: 'down' | 'up'; host: HostName }

export class Network {
  readonly clock: Clock
  readonly tracer: Tracer
  private readonly topology: Topology

  /** `epoch`: the clock's 0, in milliseconds since 1970 UTC; certificates are valid around it. */
  constructor(clock: Clock, random: Random, tracer: Tracer, epoch: Millis = 0) {
    this.clock = clock
    this.tracer = tracer
    this.topology = new Topology(clock, random, tracer, epoch)
  }

  addHost(config: HostConfig): void {
    this.topology.addHost(config)
  }

  addLink(config: LinkConfig): void {
    this.topology.addLink(config)
  }

  hostAt(address: Ipv4): HostName | null {
    return this.topology.hostAt(address)?.name ?? null
  }

  addressOf(host: HostName): Ipv4 {
    return this.topology.host(host).address
  }

  isUp(host: HostName): boolean {
    return this.topology.host(host).up
  }

  listen(host: HostName, port: number, accept: (stream: ServerStream) => void): void {
    this.topology.host(host).listeners.set(port, accept)
  }

  unlisten(host: HostName, port: number): void {
    this.topology.host(host).listeners.delete(port)
  }

  /** Datagrams to that port. */
  bind(host: HostName, port: number, handler: DatagramHandler): void {
    this.topology.host(host).sockets.set(port, handler)
  }

  machine(host: HostName): Machine {
    return new VirtualMachine(this.topology, this.topology.host(host))
  }

  /** Called when a host comes up again: its tasks start anew. */
  onUp(host: HostName, start: () => void): void {
    this.topology.host(host).starts.push(start)
  }

  onDown(host: HostName, stop: () => void): void {
    this.topology.host(host).stops.push(stop)
  }

  /** A fault, or the end of one. Whoever asked for it notes it. */
  apply(fault: Fault): void {
    const { topology } = this
    if ('host' in fault) this.turn(topology.host(fault.host), fault.fault === 'up')
    else {
      const link = topology.link(topology.host(fault.between[0]), topology.host(fault.between[1]))
      if (fault.fault === 'slow') link.delay = fault.delay
      else if (fault.fault === 'loss') link.loss = fault.chance
      else link.cut = fault.fault === 'cut'
    }
    for (const stalled of topology.stalled) stalled.reconsider()
  }

  /** Turns a host on or off. What lives on it ends without a word to anybody. */
  private turn(host: Host, up: boolean): void {
    if (host.up === up) return
    host.up = up
    if (!up) for (const resident of [...host.residents]) resident.vanish()
    for (const react of up ? host.starts : host.stops) react()
  }
}
