/** A small world for these tests: hosts `a` and `b` (and `c`), 10 ms from the Internet each. */
import { Clock } from '../../../src/core/net/clock.ts'
import { Network } from '../../../src/core/net/network.ts'
import { Random } from '../../../src/core/net/random.ts'
import type { ServerStream } from '../../../src/core/net/server-stream.ts'
import { Tracer } from '../../../src/core/net/tracer.ts'
import type { Dialled } from '../../../src/core/machine.ts'
import type { Stream, StreamEvent } from '../../../src/core/stream.ts'
import type { HostName } from '../../../src/core/terms.ts'
import type { TraceEvent } from '../../../src/core/trace/events.ts'

export const ADDRESS: Record<string, string> = { a: '192.0.2.1', b: '192.0.2.2', c: '192.0.2.3' }
export const PORT = 7

export class Lab {
  readonly clock = new Clock()
  readonly tracer: Tracer
  readonly network: Network

  constructor(seed = 1, keep = Infinity) {
    this.tracer = new Tracer(this.clock, keep)
    this.network = new Network(this.clock, new Random(seed), this.tracer)
    for (const [name, address] of Object.entries(ADDRESS))
      this.network.addHost({ name, address, resolver: ADDRESS['c']!, delay: 10 })
  }

  /** What was dialled, when that is settled. */
  dial(from: HostName, address: string, port = PORT): { result: Dialled | null; giveUp: () => void } {
    const dialled: { result: Dialled | null; giveUp: () => void } = { result: null, giveUp: () => {} }
    dialled.giveUp = this.network.machine(from).dial(address, port)((result) => {
      dialled.result = result
    })
    return dialled
  }

  /** A connection from `a` to `b`, both ends of it. */
  connect(): { client: Stream; server: ServerStream } {
    let server: ServerStream | null = null
    this.network.listen('b', PORT, (stream) => {
      server = stream
    })
    const dialled = this.dial('a', ADDRESS['b']!)
    this.clock.drain()
    if (!dialled.result?.ok || server === null) throw new Error('no connection')
    return { client: dialled.result.stream, server }
  }

  events<K extends TraceEvent['kind']>(kind: K): Extract<TraceEvent, { kind: K }>[] {
    return this.tracer.events.filter((event): event is Extract<TraceEvent, { kind: K }> => event.kind === kind)
  }

  kinds(): string[] {
    return this.tracer.events.map((event) => event.kind)
  }
}

/** Collects all that an end reads, until it is closed. */
export function collect(stream: Stream): { text: string; closed: string | null } {
  const heard: { text: string; closed: string | null } = { text: '', closed: null }
  const next = () => {
    stream.read((event: StreamEvent) => {
      if (event.on === 'bytes') {
        heard.text += event.data
        next()
      } else heard.closed = event.how
    })
  }
  next()
  return heard
}
