/** A network by hand for these tests: hosts that send each other datagrams, 10 ms each way, on a clock of their own. */
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { ResourceRecord, Resolution, RecordType, Zone } from '../../../src/core/dns/records.ts'
import { stubResolve } from '../../../src/core/dns/resolver.ts'
import type { DatagramHandler } from '../../../src/core/dns/server.ts'
import { parseRecord } from '../../../src/core/dns/zonefile.ts'
import type { Machine } from '../../../src/core/machine.ts'
import type { Task } from '../../../src/core/task.ts'
import { run } from '../../../src/core/task.ts'
import type { Ipv4, Millis } from '../../../src/core/terms.ts'
import type { Note } from '../../../src/core/trace/events.ts'

const DELAY = 10

export function zone(origin: string, lines: readonly string[], faults: Zone['faults'] = []): Zone {
  return { origin, records: lines.map((line) => record(line, origin)), faults }
}

export function record(line: string, origin = ''): ResourceRecord {
  const parsed = parseRecord(line, origin, 3600)
  if ('error' in parsed) throw new Error(`${line}: ${parsed.error}`)
  return parsed
}

export interface Datagram {
  at: Millis
  from: Ipv4
  to: Ipv4
  data: Octets
}

export class SimulatedNet {
  now: Millis = 0
  readonly notes: ({ host: string } & Note)[] = []
  readonly datagrams: Datagram[] = []
  readonly #services = new Map<Ipv4, DatagramHandler>()
  #timers: { at: Millis; action: () => void }[] = []

  serve(address: Ipv4, handler: DatagramHandler): void {
    this.#services.set(address, handler)
  }

  machine(host: string, address: Ipv4, resolver: Ipv4 | null = null): Machine {
    const machine: Machine = {
      host,
      address,
      now: () => this.now,
      sleep: (duration) => (resume) => this.#after(duration, () => resume()),
      dial: () => () => {
        throw new Error('nobody dials here')
      },
      exchange: (to, port, data, patience) => (resume) => {
        const from = { address, port: 49152 }
        this.#send(address, to, data, () =>
          (port === 53 ? this.#services.get(to) : undefined)?.(data, from, (reply) => {
            this.#send(to, address, reply, () => {
              giveUp()
              resume(reply)
            })
          }),
        )
        const giveUp = this.#after(patience, () => resume(null))
        return giveUp
      },
      resolve: (name, type) => stubResolve(machine, resolver, name, type),
      note: (note) => this.notes.push({ host, ...note }) - 1,
    }
    return machine
  }

  /** Runs a task, and all that comes of it, until nothing is left to do. */
  run<T>(task: Task<T>): T {
    const results: T[] = []
    run(task, (result) => results.push(result))
    for (;;) {
      const at = Math.min(...this.#timers.map((timer) => timer.at))
      const timer = this.#timers.find((one) => one.at === at)
      if (timer === undefined) break
      this.#timers = this.#timers.filter((one) => one !== timer)
      this.now = at
      timer.action()
    }
    if (results.length !== 1) throw new Error('the task did not end')
    return results[0]!
  }

  resolve(machine: Machine, name: string, type: RecordType): Resolution {
    return this.run(machine.resolve(name, type))
  }

  #send(from: Ipv4, to: Ipv4, data: Octets, arrive: () => void): void {
    this.datagrams.push({ at: this.now, from, to, data })
    this.#after(DELAY, arrive)
  }

  #after(duration: Millis, action: () => void): () => void {
    const timer = { at: this.now + duration, action }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }
}
