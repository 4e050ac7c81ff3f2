/**
 * A simulation that is on the page: it lets time pass at the pace that the reader wants, and keeps the views up to date.
 * The world and its trace are plain objects; the page notices a change by `version` alone.
 */
import type { LessonRun } from '../core/lesson/goals.ts'
import type { Key } from '../core/shell/terminal.ts'
import type { HostName } from '../core/terms.ts'
import type { Fold, TraceEvent } from '../core/trace/events.ts'
import { Folder } from '../core/views/folder.ts'
import { arrivals } from '../core/views/mailboxes.ts'
import { sequence } from '../core/views/sequence.ts'
import { terminals } from '../core/views/terminals.ts'
import type { Deed } from '../core/world/journal.ts'
import type { Sim } from '../core/world/sim.ts'

export interface RunOptions {
  /** Milliseconds between two things that can be seen; 0: as fast as it goes. */
  pace(): number
  /** Something was done, or all has become quiet: time to keep the journal. */
  settled(): void
  lesson: LessonRun | null
}

/** How long the page may be kept busy at a time. */
const SLICE = 8

export class Run {
  readonly sim: Sim
  readonly lesson: LessonRun | null
  version = $state(0)
  playing = $state(true)
  /** Something may be on its way. */
  busy = $state(true)
  private readonly options: RunOptions
  private readonly folders
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the page notices changes by `version` alone
  private readonly more = new Map<unknown, unknown>()
  private told = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private waiting: (() => void)[] = []
  private over = false

  constructor(sim: Sim, options: RunOptions) {
    this.sim = sim
    this.options = options
    this.lesson = options.lesson
    this.folders = {
      sequence: new Folder(sequence((address) => sim.world.network.hostAt(address))),
      terminals: new Folder(terminals),
      arrivals: new Folder(arrivals),
    }
    this.fold()
    this.go()
  }

  /** Any other fold over the trace, kept up to date from the first time it is asked for. */
  folded<View>(fold: Fold<View>): View {
    const folder = (this.more.get(fold) ?? new Folder(fold)) as Folder<View>
    this.more.set(fold, folder)
    return this.seen(folder.catchUp(this.sim.trace))
  }

  /** The views; reading one is noticing its changes. */
  get sequence() {
    return this.seen(this.folders.sequence.view)
  }

  get terminals() {
    return this.seen(this.folders.terminals.view)
  }

  get arrivals() {
    return this.seen(this.folders.arrivals.view)
  }

  get stores() {
    return this.seen(this.sim.world.stores)
  }

  get trace(): readonly TraceEvent[] {
    return this.seen(this.sim.trace)
  }

  get now(): number {
    return this.seen(this.sim.now)
  }

  /** What the clock stands before. */
  get next(): { at: number; what: string } | null {
    return this.seen(this.sim.next())
  }

  /** Terminals in the order in which they were opened. */
  get seats(): { terminal: string; host: HostName; user: string }[] {
    const opened = this.seen(this.sim.acts).filter((act) => act.act === 'open')
    return opened.map(({ terminal, host, user }) => ({ terminal, host, user }))
  }

  open(terminal: string, host: HostName, user: string): void {
    this.act(() => this.sim.open(terminal, host, user))
  }

  type(terminal: string, text: string): void {
    this.act(() => this.sim.type(terminal, text))
  }

  key(terminal: string, key: Key): void {
    this.act(() => this.sim.key(terminal, key))
  }

  do(deed: Deed): void {
    this.act(() => this.sim.act(deed))
  }

  skip(): void {
    this.act(() => this.sim.skip())
  }

  play(): void {
    this.playing = true
    this.go()
  }

  pause(): void {
    this.playing = false
    this.halt()
    this.options.settled()
  }

  /** One thing that can be seen. */
  step(): void {
    this.playing = false
    this.halt()
    this.advance(false)
    this.options.settled()
  }

  /** Resumes when nothing is on its way any more. */
  quiet(): Promise<void> {
    return this.busy ? new Promise((resume) => this.waiting.push(resume)) : Promise.resolve()
  }

  /** Another world takes its place. */
  end(): void {
    this.over = true
    this.halt()
    for (const resume of this.waiting.splice(0)) resume()
  }

  private act(action: () => void): void {
    action()
    this.busy = true
    this.fold()
    this.options.settled()
    this.go()
  }

  private go(): void {
    if (!this.playing || this.over || this.timer !== null) return
    this.timer = setTimeout(() => {
      this.timer = null
      const pace = this.options.pace()
      if (this.advance(pace === 0)) this.wait(pace)
    })
  }

  private wait(pace: number): void {
    this.timer = setTimeout(() => {
      this.timer = null
      this.go()
    }, pace)
  }

  private halt(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  /** Goes on to the next thing that can be seen, or as far as a slice of time allows. False: all is quiet. */
  private advance(atOnce: boolean): boolean {
    const rows = this.folders.sequence.view.rows.length
    const until = performance.now() + SLICE
    let moving = true
    while (moving && (atOnce || this.folders.sequence.view.rows.length === rows) && performance.now() < until) {
      moving = this.sim.step()
      this.folders.sequence.catchUp(this.sim.trace)
    }
    this.fold()
    if (moving) return true
    this.busy = false
    this.options.settled()
    for (const resume of this.waiting.splice(0)) resume()
    return false
  }

  private fold(): void {
    const { trace } = this.sim
    for (const folder of Object.values(this.folders)) folder.catchUp(trace)
    if (this.lesson) while (this.told < trace.length) this.lesson.add(trace[this.told++]!)
    this.version++
  }

  private seen<T>(value: T): T {
    void this.version
    return value
  }
}
