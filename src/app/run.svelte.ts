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

/** The folds that are always kept up to date. */
const ALWAYS = { terminals, arrivals }

export interface RunOptions {
  /** Milliseconds between two things that can be seen; 0: as fast as it goes. */
  pace(): number
  /** Something was done, or all has become quiet: time to keep the journal. */
  settled(): void
  /** Somebody wanted to act while looking at the past. */
  refused(): void
  /** The world as it was behind so many events. */
  simAt(events: number): Sim
  lesson: LessonRun | null
}

/** How long the page may be kept busy at a time. */
const SLICE = 8
/** Who looks at a moment for so long wants to see all of it. */
const STAY = 120
/** What was is not walked through faster than that. */
const LEAST = 40

function folderOf<View>(folders: Map<unknown, unknown>, fold: Fold<View>): Folder<View> {
  const folder = (folders.get(fold) ?? new Folder(fold)) as Folder<View>
  folders.set(fold, folder)
  return folder
}

export class Run {
  readonly sim: Sim
  readonly lesson: LessonRun | null
  version = $state(0)
  playing = $state(true)
  /** Something may be on its way. */
  busy = $state(true)
  private readonly options: RunOptions
  /** The moment that is looked at: behind so many events. Null is now. */
  until = $state<number | null>(null)
  /** The world at that moment, for what is in no trace: it is made when the reader stays there. */
  private moment = $state.raw<Sim | null>(null)
  private arriving: ReturnType<typeof setTimeout> | null = null
  private readonly folds
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the page notices changes by `version` alone
  private readonly folders = new Map<unknown, unknown>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- likewise
  private readonly pastFolders = new Map<unknown, unknown>()
  private told = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private waiting: (() => void)[] = []
  private over = false

  constructor(sim: Sim, options: RunOptions) {
    this.sim = sim
    this.options = options
    this.lesson = options.lesson
    this.folds = { ...ALWAYS, sequence: sequence((address) => sim.world.network.hostAt(address)) }
    this.fold()
    this.go()
  }

  /** A fold over the trace, kept up to date from the first time it is asked for; reading it is noticing its changes. */
  folded<View>(fold: Fold<View>): View {
    const { until } = this
    const { trace } = this.sim
    return this.seen(until === null ? this.live(fold).catchUp(trace) : this.past(fold).upTo(trace, until))
  }

  /** A fold over all that has happened, whatever is looked at. */
  all<View>(fold: Fold<View>): View {
    return this.seen(this.live(fold).catchUp(this.sim.trace))
  }

  get sequence() {
    return this.folded(this.folds.sequence)
  }

  /** The sequence of all that has happened, whatever is looked at: what was before is its beginning. */
  get wholeSequence() {
    return this.all(this.folds.sequence)
  }

  get terminals() {
    return this.folded(this.folds.terminals)
  }

  get arrivals() {
    return this.folded(this.folds.arrivals)
  }

  /** The world that is looked at. */
  get world() {
    return this.seen((this.until === null ? this.sim : (this.moment ?? this.sim)).world)
  }

  get stores() {
    return this.world.stores
  }

  get trace(): readonly TraceEvent[] {
    return this.seen(this.until === null ? this.sim.trace : this.sim.trace.slice(0, this.until))
  }

  /** All that has happened, whatever is looked at. */
  get length(): number {
    return this.seen(this.sim.trace.length)
  }

  get now(): number {
    return this.seen(this.until === null ? this.sim.now : (this.sim.trace[this.until - 1]?.at ?? 0))
  }

  /** What the clock stands before. */
  get next(): { at: number; what: string } | null {
    return this.seen(this.until === null ? this.sim.next() : null)
  }

  /** Terminals in the order in which they were opened. */
  get seats(): { terminal: string; host: HostName; user: string }[] {
    const { until, now } = this
    const opened = this.seen(this.sim.acts).filter((act) => act.act === 'open' && (until === null || act.at <= now))
    return opened.flatMap((act) =>
      act.act === 'open' ? [{ terminal: act.terminal, host: act.host, user: act.user }] : [],
    )
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
    if (this.until === null) this.go()
    else this.walk()
  }

  /** Shows the world as it was behind so many events; null: as it is. Meanwhile nothing in it moves. */
  lookAt(events: number | null): void {
    if (events === null || events >= this.sim.trace.length) return this.lookAtNow()
    if (this.until === null) this.pause()
    this.until = Math.max(1, events)
    if (this.arriving !== null) clearTimeout(this.arriving)
    this.arriving = setTimeout(() => {
      this.arriving = null
      if (this.until !== null) this.moment = this.options.simAt(this.until)
    }, STAY)
  }

  /** To the thing before, or after, that could be seen. */
  back(): void {
    const from = this.until ?? this.sim.trace.length
    const before = this.stops().findLast((seq) => seq + 1 < from)
    this.lookAt(before === undefined ? 1 : before + 1)
  }

  forward(): void {
    const { until } = this
    if (until === null) return
    const after = this.stops().find((seq) => seq + 1 > until)
    this.lookAt(after === undefined ? null : after + 1)
  }

  pause(): void {
    this.playing = false
    this.halt()
    this.options.settled()
  }

  /** One thing that can be seen. */
  step(): void {
    if (this.until !== null) return this.forward()
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
    if (this.until !== null) return this.options.refused()
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
    const folder = this.live(this.folds.sequence)
    const rows = folder.view.rows.length
    const until = performance.now() + SLICE
    let moving = true
    while (moving && (atOnce || folder.view.rows.length === rows) && performance.now() < until) {
      moving = this.sim.step()
      folder.catchUp(this.sim.trace)
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
    this.live(this.folds.sequence).catchUp(trace)
    for (const fold of Object.values(ALWAYS)) this.live<unknown>(fold as Fold<unknown>).catchUp(trace)
    if (this.lesson) while (this.told < trace.length) this.lesson.add(trace[this.told++]!)
    this.version++
  }

  private live<View>(fold: Fold<View>): Folder<View> {
    return folderOf(this.folders, fold)
  }

  private past<View>(fold: Fold<View>): Folder<View> {
    return folderOf(this.pastFolders, fold)
  }

  /** The rows of the sequence, by the events that began them. */
  private stops(): number[] {
    return this.live(this.folds.sequence).view.rows.map(({ seq }) => seq)
  }

  private lookAtNow(): void {
    if (this.arriving !== null) clearTimeout(this.arriving)
    this.arriving = null
    this.moment = null
    this.until = null
  }

  /** Through the past at the reader's pace, up to now. */
  private walk(): void {
    if (!this.playing || this.over || this.timer !== null) return
    this.timer = setTimeout(
      () => {
        this.timer = null
        this.forward()
        if (this.until === null) this.go()
        else this.walk()
      },
      Math.max(this.options.pace(), LEAST),
    )
  }

  private seen<T>(value: T): T {
    void this.version
    return value
  }
}
