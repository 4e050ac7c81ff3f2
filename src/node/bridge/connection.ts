/**
 * The driver of a few lines around an engine, over a real socket: what `net/serve.ts` is for the simulated network.
 * Octets are strings in the engine and bytes on the wire; `latin1` is the same one-to-one codec, done by Node itself.
 */
import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'
import type { Octets } from '../../core/bytes/octets.ts'
import type { Effect, Engine, Input, Out } from '../../core/engine.ts'
import type { OfConnection } from '../../core/net/serve.ts'
import type { Endpoint, HostName } from '../../core/terms.ts'
import type { Note } from '../../core/trace/events.ts'
import type { World } from '../../core/world/world.ts'
import { SocketStream } from '../socket-stream.ts'
import type { Pace } from './pace.ts'

/** A client that does not read its answers is not read either. */
const MOST_UNREAD = 1_000_000

/** So much goes to the socket at a time: what waits behind it stays as the strings that it was, and costs no copy. */
const PIECE = 256 * 1024

/** After the last word a client has this long, in real time, to read it and to close its own end. */
const LINGER = 30_000

export interface Mounted<State, Backend> {
  host: HostName
  engine: Engine<State, Backend>
  backend: Backend & OfConnection
  /** TLS from the first octet. */
  secure: boolean
  local: Endpoint
  /** The caller, as the world sees it. */
  peer: Endpoint
  tls: SecureContext
}

export function connect<State, Backend>(
  socket: Socket,
  mounted: Mounted<State, Backend>,
  world: World,
  pace: Pace,
  conn: string,
): void {
  const { engine, backend, host } = mounted
  const state = engine.start(backend)
  let wire: Socket = socket
  let securing = false
  let over = false
  /** What the engine said and the socket has not taken yet. */
  const waiting: Octets[] = []
  let unsent = 0
  let ended = false
  let opened = false
  let gone = false
  let becoming: { name: HostName; rest: Octets } | null = null
  let telling: NodeJS.Immediate | null = null
  let linger: NodeJS.Timeout | undefined
  const alarms = new Map<string, { at: number; timer: NodeJS.Timeout | null }>()

  const out: Out = {
    note: (note: Note) => world.tracer.note(host, note),
    do(effect: Effect) {
      switch (effect.do) {
        case 'send':
          waiting.push(effect.data)
          unsent += effect.data.length
          if (unsent >= PIECE) flush()
          return
        case 'close':
          if (over) return
          over = true
          flush()
          return
        case 'startTls':
          securing = true
          return
        case 'ask':
          world.reverseLookup(host, effect.ask.address, (name) =>
            step({ on: 'answer', id: effect.id, answer: { answer: 'reverse', name } }),
          )
          return
        case 'alarm':
          return arm(effect.name, effect.after)
        case 'cancel':
          return disarm(effect.name)
        case 'become':
          becoming = effect
          return
      }
    },
  }

  /** Hands on what waits, as far as the client reads it; behind the last word the end. */
  function flush(): void {
    let next = 0
    while (next < waiting.length && wire.writableLength < PIECE) {
      let piece = waiting[next++]!
      while (next < waiting.length && piece.length + waiting[next]!.length <= PIECE) piece += waiting[next++]!
      unsent -= piece.length
      wire.write(piece, 'latin1')
    }
    waiting.splice(0, next)
    if (unsent + wire.writableLength > MOST_UNREAD) wire.pause()
    if (!over) return
    clearTimeout(linger)
    linger = setTimeout(() => socket.destroy(), LINGER)
    if (ended || waiting.length > 0) return
    ended = true
    wire.end()
  }

  /** Something of what the engine looks at has changed: it hears of it when whoever changed it has done. */
  function changed(): void {
    telling ??= setImmediate(() => {
      telling = null
      pace.catchUp()
      step({ on: 'changed' })
    })
  }

  /** Alarms are set anew with every input, and hardly ever ring: only the moment is moved. */
  function arm(name: string, after: number): void {
    const at = world.clock.now + after
    const known = alarms.get(name)
    if (known) {
      known.at = at
      return
    }
    const alarm = { at, timer: null as NodeJS.Timeout | null }
    alarms.set(name, alarm)
    const wait = () => {
      alarm.timer = setTimeout(
        () => {
          pace.catchUp()
          if (alarms.get(name) !== alarm) return
          if (world.clock.now < alarm.at) return wait()
          alarms.delete(name)
          step({ on: 'alarm', name })
        },
        pace.wallTime(alarm.at - world.clock.now),
      )
    }
    wait()
  }

  function disarm(name: string): void {
    const alarm = alarms.get(name)
    if (alarm?.timer) clearTimeout(alarm.timer)
    alarms.delete(name)
  }

  function step(input: Input): void {
    if (over && input.on !== 'closed') return
    engine.step(state, input, backend, out)
    flush()
    if (securing) secure()
    if (becoming) become(becoming)
    pace.catchUp()
  }

  /** TURN: the socket is a client's from here on, and nothing of the engine's is left on it. */
  function become({ name, rest }: { name: HostName; rest: Octets }): void {
    becoming = null
    over = true
    for (const alarm of [...alarms.keys()]) disarm(alarm)
    wire.removeAllListeners('data')
    wire.removeAllListeners('end')
    wire.removeAllListeners('drain')
    for (const piece of waiting.splice(0)) wire.write(piece, 'latin1')
    wire.resume()
    world.tracer.note(host, { kind: 'turned', conn, client: host, server: name })
    const { local, peer } = mounted
    const around = (deliver: () => void) => {
      pace.catchUp()
      deliver()
      pace.catchUp()
    }
    const stream = new SocketStream(wire, { id: conn, local, peer, secure: wire !== socket, unread: rest, around })
    wire.once('finish', () => (linger = setTimeout(() => socket.destroy(), LINGER)))
    if (backend.become) backend.become(stream, name)
    else stream.close()
  }

  function secure(): void {
    securing = false
    const plain = wire
    plain.removeAllListeners('data')
    plain.removeAllListeners('end')
    wrap(plain, () => step({ on: 'secured' }))
  }

  function wrap(plain: Socket, secured: () => void): void {
    const tls = new TLSSocket(plain, { isServer: true, secureContext: mounted.tls })
    wire = tls
    tls.on('secure', secured)
    listen(tls)
  }

  function listen(stream: Socket): void {
    stream.on('data', (chunk: Buffer) => {
      pace.catchUp()
      step({ on: 'bytes', data: chunk.toString('latin1') })
    })
    stream.on('end', () => step({ on: 'closed', how: 'fin' }))
    stream.on('drain', () => {
      flush()
      if (unsent === 0) stream.resume()
    })
    if (stream !== socket) stream.on('error', () => stream.destroy())
    stream.on('close', (hadError) => {
      // A socket under TLS closes with the one above it, which may have said so already.
      if (stream !== wire || gone) return
      gone = true
      for (const name of [...alarms.keys()]) disarm(name)
      if (telling) clearImmediate(telling)
      if (!over && opened) step({ on: 'closed', how: hadError ? 'reset' : 'timeout' })
      over = true
      clearTimeout(linger)
      unwatch?.()
      backend.close?.()
    })
  }

  const open = () => {
    opened = true
    step({ on: 'open', conn, peer: mounted.peer, local: mounted.local, secure: mounted.secure })
  }
  const unwatch = backend.watch?.(changed)
  socket.setNoDelay(true)
  pace.catchUp()
  socket.on('error', () => socket.destroy())
  if (mounted.secure) return wrap(socket, open)
  listen(socket)
  open()
}
