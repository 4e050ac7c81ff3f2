/** What tasks may do on a host of the simulated network. */
import type { Octets } from '../bytes/octets.ts'
import type { RecordType, Resolution } from '../dns/records.ts'
import { stubResolve } from '../dns/resolver.ts'
import type { Dialled, Machine } from '../machine.ts'
import type { Task, Waiter } from '../task.ts'
import type { HostName, Ipv4, Millis, Seq } from '../terms.ts'
import type { Note } from '../trace/events.ts'
import type { TimerKind } from './clock.ts'
import { dial } from './dial.ts'
import type { Host, Topology } from './topology.ts'
import { exchange } from './udp.ts'

export class VirtualMachine implements Machine {
  readonly host: HostName
  readonly address: Ipv4
  private readonly topology: Topology
  private readonly here: Host

  constructor(topology: Topology, here: Host) {
    this.host = here.name
    this.address = here.address
    this.topology = topology
    this.here = here
  }

  now(): Millis {
    return this.topology.clock.now
  }

  sleep(duration: Millis, kind: TimerKind = 'distant'): Waiter<void> {
    const { topology, here } = this
    return (resume) => {
      const over = () => {
        here.residents.delete(resident)
        topology.clock.cancel(timer)
      }
      const resident = { vanish: over }
      const timer = topology.after(duration, kind, `${here.name}: a task waits`, () => {
        over()
        resume()
      })
      here.residents.add(resident)
      return over
    }
  }

  dial(address: Ipv4, port: number): Waiter<Dialled> {
    return dial(this.topology, this.here, address, port)
  }

  exchange(address: Ipv4, port: number, data: Octets, patience: Millis): Waiter<Octets | null> {
    return exchange(this.topology, this.here, { address, port }, data, patience)
  }

  resolve(name: string, type: RecordType): Task<Resolution> {
    return stubResolve(this, this.here.resolver, name, type)
  }

  note(note: Note, cause?: Seq | null): Seq {
    return this.topology.tracer.note(this.host, note, null, cause)
  }
}
