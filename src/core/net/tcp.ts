/**
 * A TCP connection: two ordered directions with a program at either end (RFC 9293, as far as a learner meets it: SYN,
 * data, FIN, RST, half-close; no windows, no congestion control).
 */
import type { Octets } from '../bytes/octets.ts'
import type { StreamEvent, TlsFacts } from '../stream.ts'
import type { Waiter } from '../task.ts'
import type { ConnId, Direction, Endpoint, HostName } from '../terms.ts'
import { Flow, type Packet } from './flow.ts'
import type { Closing, ServerStream, StreamListener } from './server-stream.ts'
import { TlsLayer, type TlsRole, type TlsUser } from './tls/layer.ts'
import type { Host, Resident, Route } from './topology.ts'

export interface Connection {
  caller: End
  server: End
}

/** Both ends know each other now; `accept` gets the server's when the caller's ACK arrives there. */
export function connection(
  id: ConnId,
  there: Route,
  back: Route,
  [from, to]: readonly [Endpoint, Endpoint],
  accept: (stream: ServerStream) => void,
): Connection {
  const caller = new End(id, 'up', there, from, to)
  const server = new End(id, 'down', back, to, from)
  caller.far = server
  server.far = caller
  server.begin = accept
  return { caller, server }
}

export class End implements ServerStream, Resident {
  readonly id: ConnId
  readonly local: Endpoint
  readonly peer: Endpoint
  readonly dir: Direction
  heard = 0
  said = 0
  far: End | null = null
  begin: ((stream: ServerStream) => void) | null = null
  private readonly out: Flow
  private readonly host: Host
  private arrived: Octets = ''
  private ending: Closing | null = null
  private reader: ((event: StreamEvent) => void) | null = null
  private listener: StreamListener | null = null
  private finSent = false
  private finCame = false
  private over = false
  /** Over without both FINs: whatever still arrives is answered by RST. */
  private forgotten = false
  private layer: TlsLayer | null = null
  private facts: TlsFacts | null = null
  private handshake: ((failure: string | null) => void) | null = null

  constructor(id: ConnId, dir: Direction, route: Route, local: Endpoint, peer: Endpoint) {
    this.id = id
    this.local = local
    this.peer = peer
    this.dir = dir
    this.host = route.from
    this.out = new Flow(
      route,
      id,
      dir,
      (packet) => this.far!.take(packet),
      () => this.timeOut(),
    )
    this.host.residents.add(this)
  }

  get secure(): boolean {
    return this.facts !== null
  }

  get tls(): TlsFacts | null {
    return this.facts
  }

  readonly read: Waiter<StreamEvent> = (resume) => {
    const data = this.arrived
    if (data !== '') {
      this.arrived = ''
      this.heard += data.length
      resume({ on: 'bytes', data })
    } else if (this.ending) resume({ on: 'closed', how: this.ending })
    else this.reader = resume
    return () => {
      if (this.reader === resume) this.reader = null
    }
  }

  heed(listener: StreamListener): void {
    this.listener = listener
    const { arrived } = this
    this.arrived = ''
    if (arrived !== '') this.tell(listener, arrived)
    if (this.ending) listener.closed(this.ending)
    if (this.over) listener.gone()
  }

  release(unread: Octets): void {
    this.listener = null
    this.heard -= unread.length
    this.arrived = unread + this.arrived
  }

  write(data: Octets): void {
    if (data === '' || this.finSent || this.over) return
    this.said += data.length
    this.out.write(data)
  }

  close(): void {
    if (this.finSent || this.over) return
    this.finSent = true
    this.out.flush()
    this.layer?.close()
    this.out.fin()
    if (this.finCame) this.finish()
  }

  reset(): void {
    if (this.over) return
    this.forgotten = true
    this.out.reset()
    this.end('reset')
    this.finish()
  }

  /** Begins the connection: the last part of the three-way handshake. */
  ack(): void {
    this.out.ack()
  }

  startTls(name: HostName): Waiter<string | null> {
    return this.handshakes('client', name)
  }

  acceptTls(name: HostName): Waiter<string | null> {
    return this.handshakes('server', name)
  }

  /** The host went down, and nobody is told. */
  vanish(): void {
    this.reader = null
    this.handshake = null
    this.arrived = ''
    this.forgotten = true
    this.out.stop()
    this.finish()
  }

  /** What arrives from the far end. */
  private take(packet: Packet): void {
    if (this.over) {
      if (packet.what === 'data' || (this.forgotten && packet.what !== 'reset')) this.out.reset()
      return
    }
    switch (packet.what) {
      case 'ack':
        this.accept()
        break
      case 'data':
        if (this.layer) this.layer.receive(packet.data)
        else this.deliver(packet.data)
        break
      case 'fin':
        this.finCame = true
        this.end('fin')
        if (this.finSent) this.finish()
        break
      case 'reset':
        this.out.stop()
        this.end('reset')
        this.finish()
    }
  }

  private accept(): void {
    const { begin } = this
    this.begin = null
    begin?.(this)
  }

  private deliver(data: Octets): void {
    if (this.ending) return
    if (this.listener) this.tell(this.listener, data)
    else if (this.reader) {
      this.heard += data.length
      this.resume({ on: 'bytes', data })
    } else this.arrived = this.arrived === '' ? data : this.arrived + data
  }

  private tell(listener: StreamListener, data: Octets): void {
    this.heard += data.length
    listener.bytes(data)
  }

  /** Nothing more will come in. */
  private end(how: Closing): void {
    if (this.ending === 'fin' && how !== 'fin') this.ending = how
    if (this.ending) return
    this.ending = how
    this.handshakeOver('the connection was closed')
    if (this.listener) this.listener.closed(how)
    else if (this.reader) this.resume({ on: 'closed', how })
  }

  private resume(event: StreamEvent): void {
    const reader = this.reader!
    this.reader = null
    reader(event)
  }

  private finish(): void {
    if (this.over) return
    this.over = true
    this.host.residents.delete(this)
    this.listener?.gone()
  }

  private timeOut(): void {
    if (this.over) return
    this.forgotten = true
    this.out.route.topology.tracer.note(this.host.name, { kind: 'timed-out', conn: this.id })
    this.out.stop()
    this.end('timeout')
    this.finish()
  }

  private handshakes(role: TlsRole['role'], name: HostName): Waiter<string | null> {
    return (resume) => {
      if (this.over || this.ending || this.layer) {
        resume(this.over || this.ending ? 'the connection is closed' : 'TLS runs already')
        return () => {}
      }
      const { random: seed, authority } = this.out.route.topology
      const random = seed.fork(`TLS ${role} ${this.id}`)
      this.out.flush()
      this.out.corked = true
      this.handshake = resume
      const given = role === 'client' ? { role, name } : { role, identity: authority.identity(name) }
      this.layer = new TlsLayer(this.tlsUser(), { random, ...given })
      this.layer.start()
      // What came in the clear and was not yet read cannot be trusted to be what it seems (RFC 3207 section 6).
      const { arrived } = this
      this.arrived = ''
      if (arrived !== '') this.layer.receive(arrived)
      return () => {
        if (this.handshake === resume) this.handshake = null
      }
    }
  }

  private tlsUser(): TlsUser {
    const { out } = this
    return {
      put: (records) => out.put(records),
      got: (data) => this.deliver(data),
      established: (result) => {
        this.facts = { ...result, roots: [out.route.topology.authority.root] }
        out.seal = (content) => this.layer!.seal(content)
        out.corked = false
        this.handshakeOver(null)
        out.flush()
      },
      ended: () => this.end('fin'),
      broke: (why) => this.breakOff(why),
      note: (step, detail) => {
        out.route.topology.tracer.note(this.host.name, { kind: 'tls', conn: this.id, step, detail })
      },
    }
  }

  /** After a fatal alert both sides close at once (RFC 8446 6.2). */
  private breakOff(why: string): void {
    this.handshakeOver(why)
    if (!this.finSent) this.out.fin()
    this.finSent = true
    this.end('reset')
    this.finish()
  }

  private handshakeOver(failure: string | null): void {
    const { handshake } = this
    this.handshake = null
    handshake?.(failure)
  }
}
