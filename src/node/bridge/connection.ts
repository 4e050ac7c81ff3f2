/**
 * The driver of a few lines around an engine, over a real socket: what `net/serve.ts` is for the simulated network.
 * Octets are strings in the engine and bytes on the wire; `latin1` is the same one-to-one codec, done by Node itself.
 */
import type { Socket } from 'node:net'
import { TLSSocket, type SecureContext } from 'node:tls'
import type { Effect, Engine, Input, Out } from '../../core/engine.ts'
import type { Endpoint, HostName } from '../../core/terms.ts'
import type { Note } from '../../core/trace/events.ts'
import type { World } from '../../core/world/world.ts'
import type { Pace } from './pace.ts'

/** A client that does not read its answers is not read either. */
const MOST_UNREAD = 1_000_000

/** After the last word a client has this long, in real time, to read it and to close its own end. */
const LINGER = 30_000

export interface Mounted<State, Backend> {
  host: HostName
  engine: Engine<State, Backend>
  backend: Backend
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
  let linger: NodeJS.Timeout | undefined
  const alarms = new Map<string, { at: number; timer: NodeJS.Timeout | null }>()

  const out: Out = {
    note: (note: Note) => world.tracer.note(host, note),
    do(effect: Effect) {
      switch (effect.do) {
        case 'send':
          wire.write(effect.data, 'latin1')
          if (wire.writableLength > MOST_UNREAD) wire.pause()
          return
        case 'close':
          if (over) return
          over = true
          wire.end()
          linger = setTimeout(() => socket.destroy(), LINGER)
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
          return
      }
    },
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
    if (securing) secure()
    pace.catchUp()
  }

  function secure(): void {
    securing = false
    const plain = wire
    plain.removeAllListeners('data')
    plain.removeAllListeners('end')
    const tls = new TLSSocket(plain, { isServer: true, secureContext: mounted.tls })
    wire = tls
    tls.on('secure', () => step({ on: 'secured' }))
    listen(tls)
  }

  function listen(stream: Socket): void {
    stream.on('data', (chunk: Buffer) => {
      pace.catchUp()
      step({ on: 'bytes', data: chunk.toString('latin1') })
    })
    stream.on('end', () => step({ on: 'closed', how: 'fin' }))
    stream.on('drain', () => stream.resume())
    stream.on('error', () => stream.destroy())
    stream.on('close', (hadError) => {
      clearTimeout(linger)
      for (const name of [...alarms.keys()]) disarm(name)
      if (!over) step({ on: 'closed', how: hadError ? 'reset' : 'timeout' })
      over = true
    })
  }

  socket.setNoDelay(true)
  listen(socket)
  pace.catchUp()
  step({ on: 'open', conn, peer: mounted.peer, local: mounted.local, secure: false })
}
