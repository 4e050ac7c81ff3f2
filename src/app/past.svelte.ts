/**
 * The moment of the past that is looked at: which it is, the views as they were then, and the world as it was. Both are
 * worked out in small portions, so that the reader can go on moving while they come.
 */
import type { Fold, TraceEvent } from '../core/trace/events.ts'
import { PastFolder } from '../core/views/folder.ts'
import type { Rewind, Sim } from '../core/world/sim.ts'

/** How long the page may be kept busy at a time, when the hand rests. */
const SLICE = 6
/**
 * While it moves each frame has a new moment to draw: so much of it is for what is shown in it, and what else is left goes to
 * what comes later, up to here. Then the page waits for the next one, and where there is none until there, the hand rests.
 */
const [SHOWN, LATER, RESTS] = [3, 12, 30]
/** Who looks at a moment for so long wants to see all of it. */
const STAY = 120

interface PastOptions {
  trace(): readonly TraceEvent[]
  /** The world at its beginning. */
  rewind(): Rewind
  /** Something is there that was not. */
  changed(): void
}

export class Past {
  /** The moment: behind so many events. Null is now. */
  until = $state<number | null>(null)
  /** The world at that moment, for what is in no trace, is still on its way. */
  arriving = $state(false)
  private readonly options: PastOptions
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the page notices changes by the run's version alone
  private readonly folders = new Map<unknown, PastFolder<unknown>>()
  /** Views that were asked for and are not whole yet. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- likewise
  private readonly pending = new Set<PastFolder<unknown>>()
  private moment: Rewind | null = null
  private coming: Rewind | null = null
  private staying: ReturnType<typeof setTimeout> | null = null
  private slice: ReturnType<typeof setTimeout> | null = null
  private deadline = 0
  /** When this moment was asked for. */
  private asked = 0
  /** A view has become whole, and the page has not been told: as long as the hand moves, the next frame draws all anyway. */
  private news = false

  constructor(options: PastOptions) {
    this.options = options
  }

  /** `held`: all of the world is at that moment anyway. */
  lookAt(until: number, held: boolean): void {
    // The same once more: nobody would ask for the views again that are on their way.
    if (until === this.until && !held && (this.arriving || this.moment !== null)) return
    this.stop()
    this.until = until
    this.arriving = !held
    this.asked = performance.now()
    this.deadline = this.asked + SHOWN
    if (this.news) this.goOn()
    if (!held)
      this.staying = setTimeout(() => {
        this.staying = null
        this.coming = this.coming?.reaches(until) ? this.coming : this.options.rewind()
        this.goOn()
      }, STAY)
  }

  leave(): void {
    this.stop()
    this.until = null
    this.arriving = false
    this.news = false
    this.moment = null
    this.coming = null
  }

  /**
   * Gives the world of that moment away, to go on from there. Who stays until the button is pressed has most of it already;
   * only the rest is done in one piece.
   */
  take(until: number): Sim {
    const rewind = this.coming?.reaches(until) ? this.coming : this.options.rewind()
    while (rewind.towards(until));
    this.leave()
    return rewind.sim
  }

  get world() {
    return this.moment?.sim.world ?? null
  }

  /** The view at that moment, or the last that was whole; null before the first. */
  folded<View>(fold: Fold<View>, until: number): View | null {
    const folder = (this.folders.get(fold) ?? new PastFolder(fold)) as PastFolder<View>
    this.folders.set(fold, folder as PastFolder<unknown>)
    if (!folder.goTo(this.options.trace(), until, this.time)) {
      this.pending.add(folder as PastFolder<unknown>)
      this.goOn()
    }
    return folder.view
  }

  private readonly time = () => performance.now() < this.deadline

  private goOn(wait = 0): void {
    this.slice ??= setTimeout(() => {
      this.slice = null
      this.work()
    }, wait)
  }

  /** First the views, then the world. */
  private work(): void {
    const { until, coming, pending } = this
    if (until === null) return
    const now = performance.now()
    const rests = now >= this.asked + RESTS
    if (!rests && now >= this.asked + LATER) return this.goOn(this.asked + RESTS - now)
    this.deadline = rests ? now + SLICE : this.asked + LATER
    for (const folder of pending) {
      if (!folder.goTo(this.options.trace(), until, this.time)) break
      pending.delete(folder)
      this.news = true
    }
    if (pending.size === 0 && coming && this.staying === null && this.arriving) {
      while (this.time() && coming.towards(until));
      if (this.time()) {
        this.moment = coming
        this.arriving = false
        this.news = true
      }
    }
    if (rests && this.news) {
      this.news = false
      this.options.changed()
    }
    if (pending.size > 0 || (coming && this.staying === null && this.arriving)) this.goOn()
    else if (this.news) this.goOn(this.asked + RESTS - now)
  }

  private stop(): void {
    if (this.staying !== null) clearTimeout(this.staying)
    if (this.slice !== null) clearTimeout(this.slice)
    this.staying = null
    this.slice = null
    this.pending.clear()
  }
}
