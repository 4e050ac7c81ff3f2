/**
 * A simulation: a world, and the journal of what was done in it. The page, the lessons, the player of scripts and the
 * bridge all hold one of these. Nothing in it moves by itself: `step` lets the next thing in flight happen, `skip` goes
 * on to the next distant alarm, and whoever holds it decides when.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Key } from '../shell/terminal.ts'
import type { HostName, Millis } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { Checksum, ENGINE, type Act, type Deed, type Journal } from './journal.ts'
import { askMailer } from './mailers.ts'
import type { WorldFile } from './schema.ts'
import { seatAt } from './seat.ts'
import { withVariants } from './variants.ts'
import { askBrowser, startWebmails } from './webmail.ts'
import { World, type WorldOptions } from './world.ts'

export interface SimOptions extends WorldOptions {
  seed?: number
  /** Which variant of a host to take. */
  variants?: Readonly<Record<HostName, string>>
}

export class Sim {
  readonly file: WorldFile
  readonly world: World
  readonly acts: Act[] = []
  readonly seed: number
  /** How many things have happened. */
  steps = 0
  private readonly checksum = new Checksum()
  private summed = 0

  constructor(file: WorldFile, options: SimOptions = {}) {
    const varied = options.variants ? withVariants(file, options.variants) : { world: file }
    if ('errors' in varied) throw new Error(varied.errors.join('\n'))
    this.file = varied.world
    this.seed = options.seed ?? file.seed
    this.world = new World(this.file, this.seed, options)
    startWebmails(this.world)
  }

  get trace(): readonly TraceEvent[] {
    return this.world.tracer.events
  }

  get now(): Millis {
    return this.world.clock.now
  }

  /** Does something and writes it down. It does not let time pass, but for `skip` and `wait`, which are just that. */
  act(deed: Deed): void {
    this.acts.push({ at: this.now, steps: this.steps, ...deed })
    // What people do has no cause in the world.
    this.world.tracer.under(null, () => this.perform(deed))
  }

  private perform(deed: Deed): void {
    const { world } = this
    switch (deed.act) {
      case 'open':
        if (deed.host in this.file.hosts) world.open(deed.terminal, seatAt(world, deed.host, deed.user))
        return
      case 'type':
        return world.terminal(deed.terminal)?.type(deed.data)
      case 'key':
        return world.terminal(deed.terminal)?.key(deed.key)
      case 'file':
        world.layFile(deed.host, deed.user, deed.path, deed.data)
        return
      case 'mail':
        return deed.web === undefined
          ? askMailer(world, deed.host, deed.user, deed.request)
          : askBrowser(world, deed.host, deed.user, deed.web, deed.request)
      case 'fault':
        return world.fault(deed.fault)
      case 'zone':
        return world.putZone(deed.origin, deed.server, deed.text)
      case 'skip':
        world.skip()
        return
      case 'wait':
        return world.clock.runUntil(this.now + deed.for)
      case 'language':
        world.language = deed.language
        return
    }
  }

  open(terminal: string, host: HostName, user: string): void {
    this.act({ act: 'open', terminal, host, user })
  }

  type(terminal: string, text: string): void {
    this.act({ act: 'type', terminal, data: utf8Octets(text) })
  }

  key(terminal: string, key: Key): void {
    this.act({ act: 'key', terminal, key })
  }

  layFile(host: HostName, user: string, path: string, data: Octets): void {
    this.act({ act: 'file', host, user, path, data })
  }

  fault(fault: string): void {
    this.act({ act: 'fault', fault })
  }

  /** Lets one thing that is in flight happen. False: all is quiet, and the clock stands before the next alarm. */
  step(): boolean {
    if (!this.world.clock.step()) return false
    this.steps++
    return true
  }

  /** Something is in flight. */
  get moving(): boolean {
    return this.world.clock.moving
  }

  drain(): void {
    while (this.step());
  }

  /** The distant alarm before which the clock stands. */
  next(): { at: Millis; what: string } | null {
    return this.world.clock.next()
  }

  /** Goes on to that alarm. False when there is none. */
  skip(): boolean {
    if (this.next() === null) return false
    this.act({ act: 'skip' })
    return true
  }

  journal(): Journal {
    // Only what is new is summed: the journal is saved after every act.
    for (; this.summed < this.trace.length; this.summed++) this.checksum.add(JSON.stringify(this.trace[this.summed]))
    return {
      world: this.file.name,
      seed: this.seed,
      engine: ENGINE,
      acts: this.acts,
      until: this.now,
      steps: this.steps,
      checksum: this.checksum.value,
    }
  }

  /**
   * Goes to a moment of the past: does again what a journal tells, until so many events have happened. What one thing
   * brings about at once is not taken apart, so there may be some more.
   */
  static until(file: WorldFile, journal: Told, events: number, options: SimOptions = {}): Sim {
    const rewind = new Rewind(file, journal, options)
    while (rewind.towards(events));
    return rewind.sim
  }

  /** Does again what a journal tells. `same`: the trace is what it was, to the byte. */
  static replay(file: WorldFile, journal: Journal, options: SimOptions = {}): { sim: Sim; same: boolean } {
    const sim = new Sim(file, { ...options, seed: journal.seed })
    for (const { at: _at, steps, ...deed } of journal.acts) {
      while (sim.steps < steps && sim.step());
      sim.act(deed as Deed)
    }
    while (sim.steps < journal.steps && sim.step());
    return { sim, same: sim.journal().checksum === journal.checksum }
  }
}

/** What has to be known of a journal to do it again. A simulation that goes on is one, too. */
type Told = Pick<Journal, 'seed' | 'acts' | 'steps'>

/** A world on its way to a moment of its past, one thing at a time. It goes only forward: from there it may go on to a later one. */
export class Rewind {
  readonly sim: Sim
  private readonly told: Told
  private acted = 0
  /** How many events there were before the last thing that brought any. */
  private before = -1

  constructor(file: WorldFile, told: Told, options: SimOptions = {}) {
    this.told = told
    this.sim = new Sim(file, { ...options, seed: told.seed })
  }

  /** Is that moment still to come for it, or the one where it stands? */
  reaches(events: number): boolean {
    return events > this.before
  }

  /** Lets one more thing happen. False: it is there. */
  towards(events: number): boolean {
    const { sim, told } = this
    const { length } = sim.trace
    if (length >= events) return false
    const act = told.acts[this.acted]
    if (sim.steps >= (act ?? told).steps || !sim.step()) {
      if (!act) return false
      const { at: _at, steps: _steps, ...deed } = act
      this.acted++
      sim.act(deed as Deed)
    }
    if (sim.trace.length > length) this.before = length
    return true
  }
}
