/** TURN over a real socket: the server becomes the client of whoever called (RFC 821 3.8). */
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { connect as dialTls, createSecureContext } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../src/core/engine.ts'
import type { OfConnection } from '../../src/core/net/serve.ts'
import type { Stream } from '../../src/core/stream.ts'
import { ask, run, type Task } from '../../src/core/task.ts'
import { World } from '../../src/core/world/world.ts'
import { makeCertificate, type Certificate } from '../../src/node/bridge/certificate.ts'
import { connect } from '../../src/node/bridge/connection.ts'
import { Pace } from '../../src/node/bridge/pace.ts'
import { readWorld } from '../../src/node/worlds.ts'

/** Greets, and turns at the first line; what came behind it is not its own any more. */
const turning: Engine<{ pending: string }, object> = {
  start: () => ({ pending: '' }),
  step(state, input, _backend, out) {
    if (input.on === 'open') out.do({ do: 'send', data: '220 here\r\n' })
    if (input.on !== 'bytes') return
    state.pending += input.data
    const end = state.pending.indexOf('\r\n') + 2
    if (end < 2) return
    out.do({ do: 'alarm', name: 'idle', after: 50 })
    out.do({ do: 'send', data: '250 OK\r\n' })
    out.do({ do: 'become', role: 'client', name: 'there.example', rest: state.pending.slice(end) })
  },
}

let certificate: Certificate
beforeAll(async () => {
  certificate = await makeCertificate(['localhost'])
})

let server: Server | null = null
let pace: Pace | null = null
afterEach(() => {
  server?.close()
  pace?.stop()
})

const world = new World(readWorld('rfc'), 1)

async function mounted(backend: OfConnection, secure = false): Promise<Socket> {
  pace = new Pace(world.clock, 1000)
  const listening = createServer({ allowHalfOpen: true }, (socket) =>
    connect(
      socket,
      {
        host: 'foo.com',
        engine: turning,
        backend,
        secure,
        local: { address: '192.0.2.1', port: 25 },
        peer: { address: '203.0.113.250', port: 1024 },
        tls: createSecureContext(certificate),
      },
      world,
      pace!,
      'b1',
    ),
  )
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  return secure
    ? dialTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    : dial({ port, host: '127.0.0.1', allowHalfOpen: true })
}

/** Hears a greeting, says HELO and QUIT, and ends. */
function* client(stream: Stream, heard: string[]): Task<void> {
  const line = function* (): Task<string> {
    for (let text = ''; ;) {
      const event = yield* ask(stream.read)
      if (event.on === 'closed') return event.how
      text += event.data
      if (text.endsWith('\r\n')) return text.trimEnd()
    }
  }
  heard.push(yield* line())
  for (const command of ['HELO here', 'QUIT']) {
    stream.write(`${command}\r\n`)
    heard.push(yield* line())
  }
  stream.close()
  heard.push(yield* line())
}

describe('the bridge', () => {
  it.each([false, true])('hands the open connection to the mail system as a client (TLS: %s)', async (secure) => {
    const heard: string[] = []
    let closed = 0
    let taken: Stream | null = null
    const backend: OfConnection = {
      close: () => closed++,
      become(stream, name) {
        taken = stream
        heard.push(name)
        run(client(stream, heard))
      },
    }
    const socket = await mounted(backend, secure)
    let text = ''
    socket.setEncoding('latin1')
    const said = async (wanted: string) => expect.poll(() => text).toBe(wanted)
    socket.on('data', (chunk: string) => (text += chunk))
    await said('220 here\r\n')
    socket.write('TURN\r\n220 there')
    await said('220 here\r\n250 OK\r\n')
    socket.write('.example\r\n')
    await said('220 here\r\n250 OK\r\nHELO here\r\n')
    socket.write('250 hello\r\n')
    await said('220 here\r\n250 OK\r\nHELO here\r\nQUIT\r\n')
    socket.end('221 bye\r\n')
    await expect.poll(() => closed).toBe(1)
    expect(heard).toEqual(['there.example', '220 there.example', '250 hello', '221 bye', 'fin'])
    expect(taken).toMatchObject({ id: 'b1', peer: { address: '203.0.113.250', port: 1024 }, secure })
    expect(world.tracer.events).toContainEqual(
      expect.objectContaining({ kind: 'turned', conn: 'b1', client: 'foo.com', server: 'there.example' }),
    )
  })

  it('tells the client of a caller who breaks off, and of nothing twice', async () => {
    const heard: string[] = []
    const socket = await mounted({ become: (stream) => void run(client(stream, heard)) })
    await new Promise((resolve) => socket.once('data', resolve))
    socket.write('TURN\r\n')
    await new Promise((resolve) => socket.once('data', resolve))
    socket.resetAndDestroy()
    await expect.poll(() => heard).toEqual(['reset', 'reset', 'reset', 'reset'])
  })

  it('ends the connection where nobody can be the client', async () => {
    const socket = await mounted({})
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.write('TURN\r\n')
    await new Promise((resolve) => socket.once('end', resolve))
    expect(text).toBe('220 here\r\n250 OK\r\n')
    socket.end()
  })
})
