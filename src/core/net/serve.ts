/**
 * The driver: a few lines that mount an engine on a port of the simulated network. What happens on the stream becomes
 * the engine's inputs, what the engine wants becomes deeds on the stream, one at a time and in order.
 */
import type { Octets } from '../bytes/octets.ts'
import { reverseName } from '../dns/address.ts'
import type { Ask, Effect, Engine, Input, Out } from '../engine.ts'
import type { Machine } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { run, type Running } from '../task.ts'
import type { Direction, HostName, Millis, Seq } from '../terms.ts'
import type { Note, Span } from '../trace/events.ts'
import type { Timer } from './clock.ts'
import type { Network } from './network.ts'
import type { Closing, ServerStream, StreamListener } from './server-stream.ts'
import { End } from './tcp.ts'

/** What a backend may have that is made anew for each connection, beside what its engine asks of it. */
export interface OfConnection {
  /** The connection is over: what it held is given back. */
  close?(): void
  /** Tells `heard` that something changed which the engine looks at, until the function that comes back is called. */
  watch?(heard: () => void): () => void
  /** TURN (RFC 821 3.8): whoever takes the open stream is its client, and `name` the server that will greet on it. */
  become?(stream: Stream, name: HostName): void
}

export interface ServeOptions<State> {
  /** TLS from the first octet (RFC 8314), as on port 465. */
  secure?: boolean
  /** What becomes of the state between two inputs; a test gives `structuredClone`. */
  between?: (state: State) => State
}

export function serve<State, Backend>(
  network: Network,
  host: HostName,
  port: number,
  engine: Engine<State, Backend>,
  backend: () => Backend & OfConnection,
  options: ServeOptions<State> = {},
): void {
  const machine = network.machine(host)
  network.listen(host, port, (stream) => {
    new Driver(network, machine, engine, backend(), stream, options).start(options.secure ?? false)
  })
}

/** The other side of TURN: a task that called, and was told 250, leaves its stream to an engine of its own host. */
export function serveStream<State, Backend>(
  network: Network,
  host: HostName,
  stream: Stream,
  engine: Engine<State, Backend>,
  backend: Backend & OfConnection,
): void {
  if (!(stream instanceof End)) throw new TypeError('Only a stream of the simulated network can be served there')
  new Driver(network, network.machine(host), engine, backend, stream, {}).start(null)
}

class Driver<State, Backend> implements StreamListener, Out {
  private readonly network: Network
  private readonly machine: Machine
  private readonly engine: Engine<State, Backend>
  private readonly backend: Backend & OfConnection
  private readonly stream: ServerStream
  private readonly between: ((state: State) => State) | null
  private state: State
  private readonly inputs: Input[] = []
  private stepping = false
  private over = false
  /** TURN was answered: when this step is done, the stream is a client's. */
  private becoming: { name: HostName; rest: Octets } | null = null
  /** Octets that went either way before this engine came; it counts from its own beginning. */
  private readonly before: Readonly<Record<Direction, number>>
  /** Why the current input came. */
  private cause: Seq | null = null
  private readonly alarms = new Map<string, Timer>()
  private readonly asking = new Set<Running>()
  private readonly unwatch: (() => void) | null
  /** The engine will hear of a change in a moment; what changes until then is told by the same word. */
  private telling: Timer | null = null

  constructor(
    network: Network,
    machine: Machine,
    engine: Engine<State, Backend>,
    backend: Backend & OfConnection,
    stream: ServerStream,
    options: ServeOptions<State>,
  ) {
    this.network = network
    this.machine = machine
    this.engine = engine
    this.backend = backend
    this.stream = stream
    this.between = options.between ?? null
    this.before = { up: stream.heard, down: stream.said }
    this.state = engine.start(backend)
    this.unwatch = backend.watch?.(() => this.changed()) ?? null
  }

  /** `secure`: TLS from the first octet; null: whatever runs on the stream goes on. */
  start(secure: boolean | null): void {
    const { id, peer, local } = this.stream
    if (secure !== true) {
      this.inputs.push({ on: 'open', conn: id, peer, local, secure: this.stream.secure })
      this.stream.heed(this)
      return this.work()
    }
    this.stream.heed(this)
    this.stream.acceptTls(this.machine.host)((failure) => {
      if (failure === null) this.hear({ on: 'open', conn: id, peer, local, secure })
      else {
        this.gone()
        this.stream.close()
      }
    })
  }

  bytes(data: Octets): void {
    this.hear({ on: 'bytes', data })
  }

  closed(how: Closing): void {
    this.hear({ on: 'closed', how })
  }

  gone(): void {
    if (this.over) return
    this.over = true
    for (const alarm of this.alarms.values()) this.network.clock.cancel(alarm)
    this.alarms.clear()
    for (const task of this.asking) task.stop()
    if (this.telling) this.network.clock.cancel(this.telling)
    this.unwatch?.()
    this.backend.close?.()
  }

  do(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.stream.write(effect.data)
        break
      case 'close':
        this.stream.close()
        break
      case 'startTls':
        this.stream.acceptTls(this.machine.host)((failure) => {
          if (failure === null) this.hear({ on: 'secured' })
        })
        break
      case 'ask':
        this.ask(effect.id, effect.ask)
        break
      case 'alarm':
        this.setAlarm(effect.name, effect.after)
        break
      case 'cancel':
        this.cancelAlarm(effect.name)
        break
      case 'become':
        this.becoming = effect
    }
  }

  /** What was heard came by the input of this step; what is said then follows from what was heard. */
  note(note: Note, dir?: Direction, from?: number, to?: number): Seq {
    const { tracer } = this.network
    if (dir === 'up') tracer.cause = this.cause
    return tracer.note(this.machine.host, note, this.span(dir, from, to))
  }

  /** To the engine `up` is what it hears, whoever called whom. */
  private span(dir?: Direction, from?: number, to?: number): Span | null {
    if (dir === undefined || from === undefined || to === undefined) return null
    const { id, dir: speaks } = this.stream
    const hears = speaks === 'down' ? 'up' : 'down'
    const before = this.before[dir]
    return [id, dir === 'down' ? speaks : hears, before + from, before + to]
  }

  /** An answer may come while the engine still asks: inputs wait for their turn. */
  private hear(input: Input): void {
    this.inputs.push(input)
    this.work()
  }

  private work(): void {
    if (this.stepping) return
    this.stepping = true
    for (let next = this.inputs.shift(); next !== undefined; next = this.inputs.shift()) {
      if (this.over) break
      this.cause = this.network.tracer.cause
      if (this.between) this.state = this.between(this.state)
      this.engine.step(this.state, next, this.backend, this)
      if (this.becoming) this.become(this.becoming)
    }
    this.stepping = false
  }

  /** What was heard meanwhile, and has no engine any more, is the client's to read. */
  private become({ name, rest }: { name: HostName; rest: Octets }): void {
    const { backend, stream, inputs } = this
    this.note({ kind: 'turned', conn: stream.id, client: this.machine.host, server: name })
    this.gone()
    const unheard = inputs.splice(0).map((input) => (input.on === 'bytes' ? input.data : ''))
    stream.release(rest + unheard.join(''))
    if (backend.become) backend.become(stream, name)
    else stream.close()
  }

  /** Another engine is at work in this very moment: this one hears of it when that one has done. */
  private changed(): void {
    if (this.telling || this.over) return
    const { clock, tracer } = this.network
    const tell = tracer.carry(() => {
      this.telling = null
      this.hear({ on: 'changed' })
    })
    this.telling = clock.at(clock.now, 'soon', `${this.stream.id}: changed`, tell)
  }

  private ask(id: number, { address }: Ask): void {
    let task: Running | null = null
    let answered = false
    task = run(this.machine.resolve(reverseName(address), 'PTR'), ({ records }) => {
      answered = true
      if (task) this.asking.delete(task)
      const [pointer] = records
      const name = pointer?.type === 'PTR' ? pointer.target : null
      this.hear({ on: 'answer', id, answer: { answer: 'reverse', name } })
    })
    if (!answered) this.asking.add(task)
  }

  private setAlarm(name: string, after: Millis): void {
    this.cancelAlarm(name)
    if (this.over) return
    const { clock, tracer } = this.network
    const ring = tracer.carry(() => {
      this.alarms.delete(name)
      this.hear({ on: 'alarm', name })
    })
    this.alarms.set(name, clock.at(clock.now + after, 'distant', `${this.stream.id}: ${name}`, ring))
  }

  private cancelAlarm(name: string): void {
    const alarm = this.alarms.get(name)
    if (!alarm) return
    this.network.clock.cancel(alarm)
    this.alarms.delete(name)
  }
}
