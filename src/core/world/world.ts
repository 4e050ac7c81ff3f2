/**
 * A running world: hosts on a network, name servers, mail systems with their stores, and people at terminals, all made
 * from one file and one seed. Same file, same seed, same acts: the same trace, to the byte.
 */
import type { Octets } from '../bytes/octets.ts'
import { reverseName } from '../dns/address.ts'
import type { Mta } from '../mta/mta.ts'
import type { MailProgram } from '../mua/program.ts'
import type { WebBrowser } from '../mua/web/browser.ts'
import { Clock } from '../net/clock.ts'
import { Network } from '../net/network.ts'
import { Random } from '../net/random.ts'
import { Tracer } from '../net/tracer.ts'
import type { FileTrouble, ShellHost } from '../shell/host.ts'
import type { VirtualTerminal } from '../shell/virtual-terminal.ts'
import type { Store } from '../store/store.ts'
import { run } from '../task.ts'
import type { ConnId, Endpoint, HostName, Ipv4 } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { parseFault } from './faults.ts'
import { Files } from './files.ts'
import { MailLogs } from './mail-logs.ts'
import { startMail, type MailService } from './mail.ts'
import { Naming } from './naming.ts'
import { zoneChange } from './put-zone.ts'
import type { WorldFile } from './schema.ts'
import { makeStorage, type Storage } from './stores.ts'
import { Terminals } from './terminals.ts'

/** The teaching tool's own sentences, in the language asked for. */
export type Say = (language: string, key: string, parameters?: Readonly<Record<string, string | number>>) => string

export interface WorldOptions {
  /** How many events of the trace are kept; all of them unless told otherwise. */
  keep?: number
  say?: Say
  /** What was made for this world already: both at once take longer than a key should wait. */
  storage?: Storage
}

interface Ends {
  from: Endpoint
  to: Endpoint
  hosts: readonly (HostName | null)[]
}

export class World {
  readonly file: WorldFile
  readonly clock = new Clock()
  readonly tracer: Tracer
  readonly network: Network
  readonly naming: Naming
  readonly stores: ReadonlyMap<HostName, Store>
  readonly mtas: ReadonlyMap<HostName, Mta>
  readonly services: readonly MailService[]
  readonly files: Files
  language = 'en'
  private readonly sayIn: Say
  private readonly logs: MailLogs | null
  private readonly connections = new Map<ConnId, Ends>()
  private uniques = 0
  readonly terminals = new Terminals()
  /** By `user@host`: see mailers.ts. */
  readonly mailPrograms = new Map<string, MailProgram>()
  /** By `user@host web`: see webmail.ts. */
  readonly browsers = new Map<string, WebBrowser>()

  constructor(file: WorldFile, seed: number, options: WorldOptions = {}) {
    this.file = file
    this.files = new Files(file)
    this.sayIn = options.say ?? ((_language, key) => key)
    this.tracer = new Tracer(this.clock, options.keep)
    const random = new Random(seed)
    this.network = new Network(this.clock, random.fork('network'), this.tracer, file.epoch)
    for (const [name, host] of Object.entries(file.hosts))
      this.network.addHost({
        name,
        address: host.address,
        resolver: host.resolver === null ? null : (file.hosts[host.resolver]?.address ?? null),
        delay: host.delay,
        up: !host.down,
      })
    for (const { rate, ...link } of file.links) this.network.addLink({ ...link, ...(rate === null ? {} : { rate }) })
    // Where no trace is kept nobody reads logs either: the bridge runs for hours.
    this.logs = options.keep === 0 ? null : new MailLogs(file)
    if (this.logs) this.tracer.subscribe((event) => this.remember(event))
    this.naming = new Naming(file, this.network)
    const { stores, space } = options.storage ?? makeStorage(file)
    this.stores = stores
    const { mtas, services } = startMail(file, this.network, random.fork('mail'), stores, space, this.terminals)
    this.mtas = mtas
    this.services = services
    for (const { at, do: fault } of file.faults)
      this.clock.at(at, 'distant', fault, () => this.tracer.under(null, () => this.fault(fault)))
  }

  /** Somebody sits down at a machine. A terminal of that name that is there already is left for the new one. */
  open(id: string, seat: ShellHost): void {
    this.terminals.open(id, seat, (note) => this.tracer.note(seat.machine.host, note))
  }

  terminal(id: string): VirtualTerminal | null {
    return this.terminals.get(id)
  }

  /** A person lays a file onto a machine. What is not done there is not noted either. */
  layFile(host: HostName, user: string, path: string, data: Octets): FileTrouble | null {
    const trouble = this.files.write(host, user, path, data, this.clock.now)
    if (trouble === null) this.tracer.note(host, { kind: 'file', path, octets: data.length })
    return trouble
  }

  /** A word that was never given before in this world: for what must clash with nothing. */
  unique(): string {
    return `${this.clock.now.toString(36)}-${++this.uniques}`
  }

  /** A fault in words; what is no fault in this world does nothing. */
  fault(text: string): void {
    const fault = parseFault(text)
    if ('error' in fault) return
    this.tracer.note('host' in fault ? fault.host : fault.between[0], { kind: 'fault', what: text })
    this.network.apply(fault)
  }

  /** A zone as text is put in force, or taken away; what no server would load does nothing. */
  putZone(origin: string, server: HostName, text: string | null): void {
    const change = Object.hasOwn(this.file.hosts, server) ? zoneChange(this.naming, origin, server, text) : null
    if (change) this.tracer.note(server, change)
  }

  skip(): void {
    const next = this.clock.next()
    if (next === null) return
    this.tracer.note('', { kind: 'skipped', to: next.at })
    this.clock.skip()
  }

  say(key: string, parameters?: Readonly<Record<string, string | number>>): string {
    return this.sayIn(this.language, key, parameters)
  }

  /** Does something in a moment, when whoever is at it now has done. */
  soon(what: string, action: () => void): void {
    this.clock.at(this.clock.now, 'soon', what, this.tracer.carry(action))
  }

  connection(conn: ConnId): { from: Endpoint; to: Endpoint } | null {
    return this.connections.get(conn) ?? null
  }

  mailLog(host: HostName): Octets {
    return this.logs?.text(host) ?? ''
  }

  /** Does this event cross the network card of that host? */
  passes(event: TraceEvent, host: HostName): boolean {
    if (event.kind === 'datagram') return event.host === host || event.toHost === host
    if (!('conn' in event) || event.conn === null || !this.isPacket(event)) return false
    return this.connections.get(event.conn)?.hosts.includes(host) ?? false
  }

  /** The name of a caller, asked for by the host that was called. */
  reverseLookup(host: HostName, address: Ipv4, answer: (name: HostName | null) => void): void {
    run(this.network.machine(host).resolve(reverseName(address), 'PTR'), ({ records }) => {
      const [record] = records
      answer(record?.type === 'PTR' ? record.target : null)
    })
  }

  private isPacket({ kind }: TraceEvent): boolean {
    return (
      kind === 'dial' ||
      kind === 'connected' ||
      kind === 'dial-failed' ||
      kind === 'segment' ||
      kind === 'fin' ||
      kind === 'reset'
    )
  }

  private remember(event: TraceEvent): void {
    this.logs?.add(event)
    if (event.kind === 'dial')
      this.connections.set(event.conn, { from: event.from, to: event.to, hosts: [event.host, event.toHost] })
  }
}
