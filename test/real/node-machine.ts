/**
 * A machine made of Node's own sockets: the same client and the same queue that run in the simulation deliver to a real
 * server over it. Every address leads to one port of this machine; names are found in a table.
 */
import { connect, type Socket } from 'node:net'
import type { Machine } from '../../src/core/machine.ts'
import type { Stream, StreamEvent } from '../../src/core/stream.ts'
import type { ResourceRecord } from '../../src/core/dns/records.ts'
import type { Note } from '../../src/core/trace/events.ts'
import type { Waiter } from '../../src/core/task.ts'

class SocketStream implements Stream {
  readonly id = 'real'
  readonly local
  readonly peer
  readonly secure = false
  private readonly socket: Socket
  private readonly waiting: StreamEvent[] = []
  private wake: (() => void) | null = null

  constructor(socket: Socket) {
    this.socket = socket
    this.local = { address: '127.0.0.1', port: socket.localPort ?? 0 }
    this.peer = { address: '127.0.0.1', port: socket.remotePort ?? 0 }
    socket.on('data', (chunk) => this.push({ on: 'bytes', data: chunk.toString('latin1') }))
    socket.on('end', () => this.push({ on: 'closed', how: 'fin' }))
    socket.on('error', () => this.push({ on: 'closed', how: 'reset' }))
  }

  readonly read: Waiter<StreamEvent> = (resume) => {
    const give = () => {
      const event = this.waiting.shift()
      if (!event) return false
      this.wake = null
      resume(event)
      return true
    }
    if (!give()) this.wake = give
    return () => (this.wake = null)
  }

  write(data: string): void {
    this.socket.write(data, 'latin1')
  }

  close(): void {
    this.socket.end()
  }

  reset(): void {
    this.socket.destroy()
  }

  startTls(): Waiter<string | null> {
    return (resume) => {
      resume('this machine speaks no TLS')
      return () => {}
    }
  }

  private push(event: StreamEvent): void {
    this.waiting.push(event)
    this.wake?.()
  }
}

export function nodeMachine(port: number, records: readonly ResourceRecord[], notes: Note[] = []): Machine {
  const began = performance.now()
  return {
    host: 'client.example',
    address: '192.0.2.1',
    now: () => performance.now() - began,
    sleep: (duration) => (resume) => {
      const timer = setTimeout(resume, duration)
      return () => clearTimeout(timer)
    },
    dial: () => (resume) => {
      const socket = connect(port, '127.0.0.1')
      const failed = () => resume({ ok: false, why: 'refused' })
      socket.once('error', failed)
      socket.once('connect', () => {
        socket.off('error', failed)
        resume({ ok: true, stream: new SocketStream(socket) })
      })
      return () => socket.destroy()
    },
    exchange: () => (resume) => {
      resume(null)
      return () => {}
    },
    // eslint-disable-next-line require-yield -- a table has nothing to wait for
    *resolve(name, type) {
      const found = records.filter((record) => record.name === name && record.type === type)
      return { result: found.length > 0 ? 'found' : 'nxdomain', records: found, aliases: [], cached: false }
    },
    note: (note) => notes.push(note) - 1,
  }
}
