/**
 * One direction of a TCP connection: what goes in comes out complete and in order, or the sender is told in the end.
 *
 * What is written within one turn leaves in as few segments as possible. Each loss is noted; the segment itself is noted
 * when it gets through, so the segments of a trace are the stream, each octet once. Under TLS a segment is one record,
 * and its span counts the octets inside: the ends count what they said to each other, not its wrapping.
 */
import type { Octets } from '../bytes/octets.ts'
import type { ConnId, Direction, Millis, Seq } from '../terms.ts'
import type { Span } from '../trace/events.ts'
import type { Timer } from './clock.ts'
import { Retry } from './retry.ts'
import type { Route } from './topology.ts'

/** `ack` carries nothing: it ends the handshake, and later asks whether the far end is still there. */
export interface Packet {
  what: 'ack' | 'data' | 'fin' | 'reset'
  data: Octets
  tls: boolean
  from: number
  to: number
  /** Until it leaves, why it was sent; then its own note. */
  cause: Seq | null
}

/** The most that one packet carries. */
export const SEGMENT = 16_384
/** A record adds five octets of header, one of type and sixteen of tag (RFC 8446 5.2). */
const RECORD_CONTENT = SEGMENT - 22
/** What a sender bears before it gives the connection up (RFC 1122 4.2.3.5 says at least 100 seconds). */
const PATIENCE: Millis = 15 * 60_000

export class Flow {
  readonly route: Route
  /** Nothing that is written leaves before the TLS handshake is over. */
  corked = false
  /** Makes a TLS record. */
  seal: ((content: Octets) => Octets) | null = null
  private readonly conn: ConnId
  private readonly dir: Direction
  private readonly land: (packet: Packet) => void
  private readonly retry: Retry
  private written: Octets = ''
  private cause: Seq | null = null
  private flushing = false
  /** Octets cut into segments so far. */
  private said = 0
  private readonly waiting: Packet[] = []
  private readonly underWay: Packet[] = []
  private lastArrival: Millis = 0
  private pacing: Timer | null = null
  private stopped = false
  private resetting = false

  constructor(route: Route, conn: ConnId, dir: Direction, land: (packet: Packet) => void, giveUp: () => void) {
    this.route = route
    this.conn = conn
    this.dir = dir
    this.land = land
    this.retry = new Retry(route, PATIENCE, `${conn}: connection time-out`, () => this.transmit(), giveUp)
  }

  write(data: Octets): void {
    const { clock, tracer } = this.route.topology
    this.written = this.written === '' ? data : this.written + data
    this.cause = tracer.cause
    if (this.flushing) return
    this.flushing = true
    clock.at(clock.now, 'soon', this.conn, this.endOfTurn)
  }

  /** Cuts what was written into segments, and sends them. */
  flush(): void {
    if (this.corked || this.written === '') return
    const { seal, written } = this
    this.written = ''
    const size = seal ? RECORD_CONTENT : SEGMENT
    for (let at = 0; at < written.length; at += size) {
      const content = written.length <= size ? written : written.slice(at, at + size)
      const from = this.said
      this.said += content.length
      const data = seal ? seal(content) : content
      this.waiting.push({ what: 'data', data, tls: seal !== null, from, to: this.said, cause: this.cause })
    }
    this.transmit()
  }

  /** TLS records that carry nothing of what the ends say: handshake and alerts. */
  put(records: Octets): void {
    this.send({ what: 'data', data: records, tls: true })
  }

  ack(): void {
    this.send({ what: 'ack', data: '', tls: false })
  }

  fin(): void {
    this.send({ what: 'fin', data: '', tls: false })
  }

  /** A reset is sent once and not repeated: who missed it gets another when he writes. */
  reset(): void {
    this.stop()
    if (this.resetting) return
    const packet = this.packet({ what: 'reset', data: '', tls: false })
    this.resetting = this.tryToSend(packet)
  }

  /** Nothing more leaves. What is under way arrives. */
  stop(): void {
    this.stopped = true
    this.written = ''
    this.waiting.length = 0
    this.retry.calm()
  }

  private send(packet: Pick<Packet, 'what' | 'data' | 'tls'>): void {
    this.flush()
    this.waiting.push(this.packet(packet))
    this.transmit()
  }

  private packet(packet: Pick<Packet, 'what' | 'data' | 'tls'>): Packet {
    return { ...packet, from: this.said, to: this.said, cause: this.route.topology.tracer.cause }
  }

  private readonly endOfTurn = (): void => {
    this.flushing = false
    this.flush()
  }

  private readonly linkFree = (): void => {
    this.pacing = null
    this.transmit()
  }

  private transmit(): void {
    const { link, from, topology } = this.route
    while (this.waiting.length > 0 && !this.retry.waiting && this.pacing === null) {
      const free = link.busy.get(from.name) ?? 0
      if (free > topology.clock.now) this.pacing = topology.clock.at(free, 'soon', this.conn, this.linkFree)
      else if (this.tryToSend(this.waiting[0]!)) {
        this.waiting.shift()
        this.retry.calm()
      }
    }
  }

  private tryToSend(packet: Packet): boolean {
    const { topology, from } = this.route
    const { tracer } = topology
    const before = tracer.cause
    tracer.cause = packet.cause
    const why = this.route.misfortune()
    if (why === null) this.depart(packet)
    else {
      tracer.note(from.name, { kind: 'lost', conn: this.conn, why }, this.span(packet))
      if (packet.what !== 'reset') this.retry.lost()
    }
    tracer.cause = before
    return why === null
  }

  private depart(packet: Packet): void {
    const { conn, dir } = this
    const { link, from, topology } = this.route
    const { clock, tracer } = topology
    if (packet.what === 'data') {
      const note = { kind: 'segment', conn, dir, data: packet.data, tls: packet.tls } as const
      packet.cause = tracer.note(from.name, note, this.span(packet))
    } else if (packet.what !== 'ack') packet.cause = tracer.note(from.name, { kind: packet.what, conn, dir })
    let departure = clock.now
    if (link.rate < Infinity) {
      departure += Math.ceil((packet.data.length * 1000) / link.rate)
      link.busy.set(from.name, departure)
    }
    // A link that has become faster lets nobody overtake.
    this.lastArrival = Math.max(departure + link.delay, this.lastArrival)
    this.underWay.push(packet)
    clock.at(this.lastArrival, 'soon', this.conn, this.arrive)
  }

  private readonly arrive = (): void => {
    const packet = this.underWay.shift()!
    const { tracer } = this.route.topology
    const before = tracer.cause
    tracer.cause = packet.cause
    if (this.route.to.up) this.land(packet)
    else if (packet.what !== 'reset') this.unheard()
    tracer.cause = before
  }

  /** The far host went down meanwhile, and has forgotten the connection: all that is left is to find that out. */
  private unheard(): void {
    if (this.stopped || this.retry.waiting) return
    const { topology, from } = this.route
    topology.tracer.note(from.name, { kind: 'lost', conn: this.conn, why: 'down' })
    this.waiting.unshift(this.packet({ what: 'ack', data: '', tls: false }))
    this.retry.lost()
  }

  private span(packet: Packet): Span | null {
    return packet.what === 'data' ? [this.conn, this.dir, packet.from, packet.to] : null
  }
}
