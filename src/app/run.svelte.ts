/**
 * A simulation that is on the page: it lets time pass at the pace that the reader wants, and keeps the views up to date.
 * The world and its trace are plain objects; the page notices a change by `version` alone.
 */
import type { LessonRun } from '../core/lesson/goals.ts'
import type { Key } from '../core/shell/terminal.ts'
import type { HostName, Millis, Seq } from '../core/terms.ts'
import type { Fold, TraceEvent } from '../core/trace/events.ts'
import { Folder } from '../core/views/folder.ts'
import { arrivals } from '../core/views/mailboxes.ts'
import { marks } from '../core/views/marks.ts'
import { sequence } from '../core/views/sequence.ts'
import { eventsAt, nextStop, stopBefore, stops, type Grain } from '../core/views/stops.ts'
import { terminals } from '../core/views/terminals.ts'
import type { Deed } from '../core/world/journal.ts'
import type { Rewind, Sim } from '../core/world/sim.ts'
import { Past } from './past.svelte.ts'

/** The folds that are always kept up to date. */
const ALWAYS = { terminals, arrivals }

export interface RunOptions {
  /** Milliseconds between two things that can be seen; 0: as fast as it goes. */
  pace(): number
  /** How the page speaks: so does the shell, from the next thing on that is done. */
  language(): string
  /** Something was done, or all has become quiet: time to keep the journal. */
  settled(): void
  /** Somebody wanted to act while looking at the past. */
  refused(): void
  /** What a step leads to. */
  grain(): Grain
  /** The world at its beginning, about to do all of it again. */
  rewind(): Rewind
  /** So many events and no more: each takes its place in memory for as long as the run is on the page. */
  most: number
  /** There are so many: nothing more happens here. */
  full(): void
  lesson: LessonRun | null
}

/** 340 octets each (`npm run bench -- --only screen`): 170 MB. A lecture has some thousand. */
export const MOST_EVENTS = 500_000

/** How long the page may be kept busy at a time. */
const SLICE = 8
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
  private readonly past: Past
  /** A step has led into the midst of the last thing that happened: who acts there acts now. */
  private held = false
  private readonly opened: { terminal: string; host: HostName; user: string; at: number }[] = []
  private openedOf = 0
  private readonly folds
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the page notices changes by `version` alone
  private readonly folders = new Map<unknown, unknown>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private waiting: (() => void)[] = []
  private over = false

  constructor(sim: Sim, options: RunOptions) {
    this.sim = sim
    this.options = options
    this.lesson = options.lesson
    this.past = new Past({ trace: () => sim.trace, rewind: () => options.rewind(), changed: () => this.version++ })
    this.folds = { ...ALWAYS, sequence: sequence((address) => sim.world.network.hostAt(address)) }
    this.fold()
    this.go()
  }

  /** A fold over the trace, kept up to date from the first time it is asked for; reading it is noticing its changes. */
  folded<View>(fold: Fold<View>): View {
    const { until } = this
    return (until === null ? null : this.seen(this.past.folded(fold, until))) ?? this.all(fold)
  }

  /** A fold over all that has happened, whatever is looked at. */
  all<View>(fold: Fold<View>): View {
    return this.seen(this.live(fold).catchUp(this.sim.trace))
  }

  /** The sequence of all that has happened, whatever is looked at: what was before is its beginning. */
  get sequence() {
    return this.all(this.folds.sequence)
  }

  get terminals() {
    return this.folded(this.folds.terminals)
  }

  get arrivals() {
    return this.folded(this.folds.arrivals)
  }

  /** The moment that is looked at: behind so many events. Null is now. */
  get until(): number | null {
    return this.past.until
  }

  /** Nothing can be done to the past, nor where no more can be kept of it. */
  get refuses(): boolean {
    return this.full || (this.until !== null && !this.held)
  }

  /** The world of that moment is still on its way: what is in no trace is not shown as it was yet. */
  get arriving(): boolean {
    return this.past.arriving
  }

  /** The world that is looked at. */
  get world() {
    const { until } = this
    return this.seen(until === null ? this.sim.world : (this.past.world ?? this.sim.world))
  }

  get stores() {
    return this.world.stores
  }

  /** Null where it has not happened yet, at the moment that is looked at. */
  eventAt(seq: Seq): TraceEvent | null {
    return seq < (this.until ?? this.length) ? (this.sim.trace[seq] ?? null) : null
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
    const { acts } = this.seen(this.sim)
    for (; this.openedOf < acts.length; this.openedOf++) {
      const act = acts[this.openedOf]!
      if (act.act === 'open') this.opened.push(act)
    }
    return until === null ? [...this.opened] : this.opened.filter(({ at }) => at <= now)
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

  /** A goal of the lesson came out well in a copy of this world. */
  passed(goal: string): void {
    this.lesson?.passed(goal)
    this.version++
  }

  /** Shows the world as it was behind so many events; null: as it is. Meanwhile nothing in it moves. */
  lookAt(events: number | null): void {
    this.show(events, false)
  }

  /** As it was when the clock stood there. */
  lookAtTime(at: Millis): void {
    this.lookAt(eventsAt(this.sim.trace, at))
  }

  /** A step back. */
  back(): void {
    const before = this.stop(this.until ?? this.sim.trace.length, stopBefore)
    this.lookAt(before === null ? 1 : before + 1)
  }

  forward(): void {
    const { until } = this
    if (until === null) return
    const after = this.stop(until, nextStop)
    this.lookAt(after === null ? null : after + 1)
  }

  /** To the mark before or after: mail that arrived or failed, a fault, a wait that was skipped. False: there is none. */
  toMark(forward: boolean): boolean {
    const from = this.until ?? this.sim.trace.length
    const to = (forward ? nextStop : stopBefore)(this.all(marks).events, from, ({ seq }) => seq)
    if (to !== null) this.lookAt(to + 1)
    return to !== null
  }

  /** The world of the moment that is looked at, to go on from there. Null: that is now. */
  fork(): Sim | null {
    const { until } = this
    return until === null ? null : this.past.take(until)
  }

  pause(): void {
    this.playing = false
    this.halt()
    this.calm()
    this.options.settled()
  }

  /** On to what the reader wants to see next. */
  step(): void {
    const { until, held } = this
    const seen = this.sim.trace.length
    if (until !== null && !held) return this.forward()
    const within = until === null ? null : this.stop(until, nextStop)
    if (within !== null) return this.show(within + 1, true)
    this.show(null, false)
    this.playing = false
    this.halt()
    this.advance(false, () => this.stop(seen, nextStop) !== null)
    this.calm()
    this.options.settled()
    // What can be seen is a whole thing; a smaller step may end in the midst of one.
    const stop = this.options.grain() === 'seen' ? null : this.stop(seen, nextStop)
    if (stop !== null) this.show(stop + 1, true)
  }

  /** Resumes when nothing is on its way any more. */
  quiet(): Promise<void> {
    return this.busy ? new Promise((resume) => this.waiting.push(resume)) : Promise.resolve()
  }

  private show(events: number | null, held: boolean): void {
    this.held = false
    if (events === null || events >= this.sim.trace.length) return this.past.leave()
    if (this.until === null) this.pause()
    this.held = held
    this.past.lookAt(Math.max(1, events), held)
  }

  /** Another world takes its place. */
  end(): void {
    this.over = true
    this.halt()
    for (const resume of this.waiting.splice(0)) resume()
  }

  /** Says why nothing can be done now; false where something can. */
  refuse(): boolean {
    if (!this.refuses) return false
    if (this.full) this.options.full()
    else this.options.refused()
    return true
  }

  private act(action: () => void): void {
    if (this.refuse()) return
    this.lookAt(null)
    const language = this.options.language()
    if (language !== this.sim.world.language) this.sim.act({ act: 'language', language })
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
      if (this.advance(pace === 0, this.another())) this.wait(pace)
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

  /** Goes on until `there`, or as far as a slice of time allows. False: all is quiet. */
  private advance(atOnce: boolean, there: () => boolean): boolean {
    const until = performance.now() + SLICE
    let moving = true
    while (moving && !this.full && (atOnce || !there()) && performance.now() < until) moving = this.sim.step()
    this.fold()
    if (this.full) this.options.full()
    else if (moving) return true
    this.rest()
    this.options.settled()
    return false
  }

  /** Who stops may have stopped where nothing is on its way. */
  private calm(): void {
    if (!this.sim.moving) this.rest()
  }

  private rest(): void {
    this.busy = false
    for (const resume of this.waiting.splice(0)) resume()
  }

  /** There are so many events that no more are kept. */
  get full(): boolean {
    return this.sim.trace.length >= this.options.most
  }

  private fold(): void {
    const { trace } = this.sim
    this.live(this.folds.sequence).catchUp(trace)
    for (const fold of Object.values(ALWAYS)) this.live<unknown>(fold as Fold<unknown>).catchUp(trace)
    this.version++
  }

  private live<View>(fold: Fold<View>): Folder<View> {
    return folderOf(this.folders, fold)
  }

  /** Something more can be seen than now. */
  private another(): () => boolean {
    const folder = this.live(this.folds.sequence)
    const { length } = folder.catchUp(this.sim.trace).rows
    return () => folder.catchUp(this.sim.trace).rows.length > length
  }

  /** The next stop, or the one before, by the size of step that the reader has chosen. */
  private stop(events: number, which: typeof nextStop): Seq | null {
    const { trace } = this.sim
    const grain = this.options.grain()
    if (grain === 'event') return which(trace, events, ({ seq }) => seq)
    if (grain === 'seen') return which(this.live(this.folds.sequence).catchUp(trace).rows, events, ({ seq }) => seq)
    return which(this.live(stops).catchUp(trace)[grain], events, (seq) => seq)
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
