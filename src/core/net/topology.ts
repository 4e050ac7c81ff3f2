/**
 * Hosts, the links between them, and what becomes of a packet on its way.
 *
 * Every pair of hosts has one link. Where the world names none, it is the way over the Internet: the sum of both hosts'
 * delays to it. A fault can be put on any pair.
 */
import type { DatagramHandler } from '../dns/server.ts'
import type { HostName, Ipv4, Millis } from '../terms.ts'
import type { Clock, Timer, TimerKind } from './clock.ts'
import type { Random } from './random.ts'
import type { ServerStream } from './server-stream.ts'
import { Authority } from './tls/certificate.ts'
import type { Tracer } from './tracer.ts'

export interface HostConfig {
  name: HostName
  address: Ipv4
  /** The name server that this host is set up to ask. */
  resolver: Ipv4 | null
  /** To the Internet; 10 ms where the world does not say. */
  delay?: Millis
  up?: boolean
}

export interface LinkConfig {
  between: readonly [HostName, HostName]
  delay: Millis
  /** The chance that a packet is lost, 0 to 1. */
  loss?: number
  /** Octets a second. */
  rate?: number
  cut?: boolean
}

/** What lives on a host and ends without a word when it goes down: a connection's end, a dial, a wait. */
export interface Resident {
  vanish(): void
}

export interface Host {
  readonly name: HostName
  readonly address: Ipv4
  readonly resolver: Ipv4 | null
  readonly delay: Millis
  up: boolean
  /** Services come back with the host, as if init had started them. */
  readonly listeners: Map<number, (stream: ServerStream) => void>
  readonly sockets: Map<number, DatagramHandler>
  readonly residents: Set<Resident>
  readonly starts: (() => void)[]
  readonly stops: (() => void)[]
  nextPort: number
}

export interface Link {
  delay: Millis
  loss: number
  rate: number
  cut: boolean
  /** Until when the link is busy, by the host that sends. */
  readonly busy: Map<HostName, Millis>
}

export type Misfortune = 'cut' | 'down' | 'loss'

const DEFAULT_DELAY = 10
/** RFC 6335 6: dynamic ports. */
const FIRST_PORT = 49152
const LAST_PORT = 65535

export class Topology {
  readonly clock: Clock
  readonly random: Random
  readonly tracer: Tracer
  /** Who vouches for the hosts of this world. */
  readonly authority: Authority
  /** Those who wait for a way to open again. */
  readonly stalled = new Set<{ reconsider(): void }>()
  private readonly luck: Random
  private readonly hosts = new Map<HostName, Host>()
  private readonly addresses = new Map<Ipv4, Host>()
  private readonly links = new Map<string, Link>()
  private connections = 0

  /** `epoch`: the clock's 0, in milliseconds since 1970 UTC. */
  constructor(clock: Clock, random: Random, tracer: Tracer, epoch: Millis) {
    this.clock = clock
    this.random = random
    this.tracer = tracer
    this.authority = new Authority(random, epoch)
    this.luck = random.fork('loss')
  }

  addHost(config: HostConfig): void {
    const host: Host = {
      name: config.name,
      address: config.address,
      resolver: config.resolver,
      delay: config.delay ?? DEFAULT_DELAY,
      up: config.up ?? true,
      listeners: new Map(),
      sockets: new Map(),
      residents: new Set(),
      starts: [],
      stops: [],
      nextPort: FIRST_PORT,
    }
    this.hosts.set(host.name, host)
    this.addresses.set(host.address, host)
  }

  addLink(config: LinkConfig): void {
    const link = this.link(this.host(config.between[0]), this.host(config.between[1]))
    link.delay = config.delay
    link.loss = config.loss ?? 0
    link.rate = config.rate ?? Infinity
    link.cut = config.cut ?? false
  }

  host(name: HostName): Host {
    const host = this.hosts.get(name)
    if (!host) throw new Error(`there is no host ${name}`)
    return host
  }

  hostAt(address: Ipv4): Host | null {
    return this.addresses.get(address) ?? null
  }

  /** Whom `host` reaches at `address`: itself at 127.0.0.0/8 (RFC 1122 3.2.1.3). */
  reach(host: Host, address: Ipv4): Host | null {
    return address.startsWith('127.') ? host : this.hostAt(address)
  }

  link(one: Host, other: Host): Link {
    const key = one.name < other.name ? `${one.name} ${other.name}` : `${other.name} ${one.name}`
    let link = this.links.get(key)
    if (!link) {
      const delay = one === other ? 0 : one.delay + other.delay
      link = { delay, loss: 0, rate: Infinity, cut: false, busy: new Map() }
      this.links.set(key, link)
    }
    return link
  }

  nextConnection(): string {
    return `c${++this.connections}`
  }

  nextPort(host: Host): number {
    const port = host.nextPort
    host.nextPort = port === LAST_PORT ? FIRST_PORT : port + 1
    return port
  }

  /** Does `action` when `delay` has passed, under the cause of now. */
  after(delay: Millis, kind: TimerKind, what: string, action: () => void): Timer {
    return this.clock.at(this.clock.now + delay, kind, what, this.tracer.carry(action))
  }

  chance(probability: number): boolean {
    return probability > 0 && this.luck.next() < probability
  }
}

/** The way from one host to another. */
export class Route {
  readonly topology: Topology
  readonly from: Host
  readonly to: Host
  readonly link: Link

  constructor(topology: Topology, from: Host, to: Host) {
    this.topology = topology
    this.from = from
    this.to = to
    this.link = topology.link(from, to)
  }

  /** Whether a packet could get through at all. */
  open(): boolean {
    return !this.link.cut && this.to.up && this.link.loss < 1
  }

  /** What happens to a packet that sets out now; null: it gets through. */
  misfortune(): Misfortune | null {
    if (this.link.cut) return 'cut'
    if (!this.to.up) return 'down'
    return this.topology.chance(this.link.loss) ? 'loss' : null
  }
}
