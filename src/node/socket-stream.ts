/** A Node socket as the core's tasks see a stream: the same clients that run in the simulation speak over it. */
import type { Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { toBytes, toOctets, type Octets } from '../core/bytes/octets.ts'
import type { Stream, StreamEvent } from '../core/stream.ts'
import type { Waiter } from '../core/task.ts'
import type { ConnId, Endpoint } from '../core/terms.ts'

interface SocketStreamOptions {
  id?: ConnId
  /** The two ends as the world sees them; else as the socket does. */
  local?: Endpoint
  peer?: Endpoint
  /** TLS runs on the socket already. */
  secure?: boolean
  /** What was read from the socket before, and is for whoever reads here. */
  unread?: Octets
  /** Runs what comes of an event: a simulated clock may have to be set first. */
  around?: (deliver: () => void) => void
}

export class SocketStream implements Stream {
  readonly id: ConnId
  readonly local: Endpoint
  readonly peer: Endpoint
  secure: boolean
  private socket: Socket | TLSSocket
  private readonly around: (deliver: () => void) => void
  private readonly waiting: StreamEvent[] = []
  /** The end stays the end, however often somebody asks. */
  private ended: StreamEvent | null = null
  private reader: ((event: StreamEvent) => void) | null = null

  constructor(socket: Socket, options: SocketStreamOptions = {}) {
    this.socket = socket
    this.id = options.id ?? 'tcp'
    this.local = options.local ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    this.peer = options.peer ?? { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 }
    this.secure = options.secure ?? false
    this.around = options.around ?? ((deliver) => deliver())
    const { unread = '' } = options
    if (unread !== '') this.waiting.push({ on: 'bytes', data: unread })
    this.listen(socket)
  }

  readonly read: Waiter<StreamEvent> = (resume) => {
    const event = this.waiting.shift() ?? this.ended
    if (event) {
      resume(event)
      return () => {}
    }
    this.reader = resume
    return () => void (this.reader = null)
  }

  write(data: Octets): void {
    this.socket.write(toBytes(data))
  }

  close(): void {
    this.socket.end()
  }

  reset(): void {
    this.socket.destroy()
  }

  startTls(name: string): Waiter<string | null> {
    return (resume) => {
      this.socket.removeAllListeners('data')
      // The bridge makes its certificate at its start; nobody could have signed it.
      const secured = connectTls({ socket: this.socket, servername: name, rejectUnauthorized: false })
      secured.once('secureConnect', () => {
        this.socket = secured
        this.secure = true
        this.listen(secured)
        resume(null)
      })
      secured.once('error', (error) => resume(error.message))
      return () => {}
    }
  }

  private listen(socket: Socket): void {
    // A socket under TLS ends with the one above it, which says so.
    const closed = (how: 'fin' | 'reset') => () => {
      if (socket === this.socket) this.give({ on: 'closed', how })
    }
    socket.on('data', (data: Uint8Array) => this.give({ on: 'bytes', data: toOctets(data) }))
    socket.once('end', closed('fin'))
    socket.once('error', closed('reset'))
    socket.once('close', closed('reset'))
  }

  private give(event: StreamEvent): void {
    if (this.ended) return
    if (event.on === 'closed') this.ended = event
    const { reader } = this
    this.reader = null
    if (reader) this.around(() => reader(event))
    else if (event.on === 'bytes') this.waiting.push(event)
  }
}
