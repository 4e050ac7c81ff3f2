/**
 * A machine made of Node's own sockets: the same client and the same queue that run in the simulation deliver to a real
 * server over it. Every address leads to one port of this machine; names are found in a table.
 */
import { connect } from 'node:net'
import type { Machine } from '../../src/core/machine.ts'
import type { ResourceRecord } from '../../src/core/dns/records.ts'
import type { Note } from '../../src/core/trace/events.ts'
import { SocketStream } from '../../src/node/socket-stream.ts'

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
