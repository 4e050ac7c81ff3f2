/**
 * The attempt at the lesson that is on the page: which step is read, how long it takes, and whether the solution was looked
 * at. It goes on after a reload; a new start is a new attempt.
 */
import { linesTyped } from '../../core/lesson/par.ts'
import { forget, memorize, recall } from '../memory.ts'
import type { Run } from '../run.svelte.ts'
import { progress } from './progress.svelte.ts'
import { recordOf } from './record.ts'

interface Kept {
  step: number
  helped: boolean
  /** Milliseconds that it was on the screen, until it was done. */
  time: number
  /** Goals that a trial has shown: what was done after it does not take them away. */
  tried: readonly string[]
  /** All goals were reached, here. */
  reached: boolean
}

const FRESH: Kept = { step: 0, helped: false, time: 0, tried: [], reached: false }
/** Longer than that nobody has looked: the machine slept. */
const LONGEST_TICK = 5_000

class Attempt {
  private kept = $state.raw<Kept>(FRESH)
  private id: string | null = null
  private run: Run | null = null
  private done = false
  /** What was begun anew may be had back. */
  private shelved: { kept: Kept; lines: number } | null = null
  private ticked = 0

  get step(): number {
    return this.kept.step
  }

  get helped(): boolean {
    return this.kept.helped
  }

  get time(): number {
    return this.kept.time
  }

  /** Another lesson, or another run of the same, which may be done already. */
  follow(run: Run, id: string): void {
    if (run === this.run) return
    const lines = linesTyped(run.sim.acts)
    if (id !== this.id) {
      this.shelved = null
      this.kept = read(id)
    } else if (lines === 0) {
      this.shelved = { kept: this.kept, lines: linesTyped(this.run?.sim.acts ?? []) }
      this.kept = FRESH
    } else if (this.shelved && this.shelved.lines > 0 && lines >= this.shelved.lines) {
      this.kept = this.shelved.kept
      this.shelved = null
    }
    this.id = id
    this.run = run
    this.ticked = 0
    if (lines > 0) for (const goal of this.kept.tried) run.passed(goal)
    this.done = run.lesson?.done ?? false
    // The page was closed before it could be written down.
    if (this.done && this.kept.reached)
      void progress.known.then(() => {
        if (this.run === run && !progress.records.has(id)) this.record()
      })
    begun.latest = id
    memorize('lesson', id)
    this.keep()
  }

  /** All goals are reached, or not any more. True: they have just been reached. */
  reached(done: boolean): boolean {
    if (done === this.done || !this.run || this.id === null) return false
    this.done = done
    if (!done) return false
    this.tick()
    this.change({ reached: true })
    this.record()
    return true
  }

  private record(): void {
    if (!this.run || this.id === null) return
    const { sim } = this.run
    const { helped, time } = this.kept
    const commands = linesTyped(sim.acts)
    const journal = { ...sim.journal(), acts: [...sim.acts] }
    void progress.add(this.id, recordOf({ helped, at: Date.now(), commands, time, journal }))
  }

  goTo(step: number): void {
    this.change({ step })
  }

  help(): void {
    this.change({ helped: true })
  }

  /** A trial has come out well. */
  passed(goal: string): void {
    this.run?.passed(goal)
    this.change({ tried: [...this.kept.tried, goal] })
  }

  /** No lesson was ever begun here. It is asked for where none is on the page. */
  forget(): void {
    this.id = null
    this.run = null
    this.shelved = null
    this.kept = FRESH
    begun.latest = null
    forget('attempt.')
    forget('lesson')
  }

  /** Called about once a second. */
  tick(): void {
    const now = performance.now()
    const since = this.ticked === 0 ? 0 : now - this.ticked
    this.ticked = now
    if (!this.done && document.visibilityState === 'visible' && since < LONGEST_TICK)
      this.change({ time: this.kept.time + since })
  }

  private change(changes: Partial<Kept>): void {
    this.kept = { ...this.kept, ...changes }
    this.keep()
  }

  private keep(): void {
    if (this.id !== null) memorize(`attempt.${this.id}`, JSON.stringify(this.kept))
  }
}

function read(id: string): Kept {
  try {
    const { step, helped, time, tried, reached } = JSON.parse(recall(`attempt.${id}`) ?? '{}') as Partial<Kept>
    return {
      step: Number.isInteger(step) && step! >= 0 ? step! : 0,
      helped: helped === true,
      time: Number.isFinite(time) && time! >= 0 ? time! : 0,
      tried: Array.isArray(tried) ? tried.filter((goal) => typeof goal === 'string') : [],
      reached: reached === true,
    }
  } catch {
    return FRESH
  }
}

/** Whoever only looked in has not begun. */
const LOOKED = 15_000

class Begun {
  /** The lesson that was on the page last. */
  latest = $state(recall('lesson'))

  has(id: string): boolean {
    const { step, time } = read(id)
    return step > 0 || time > LOOKED
  }
}

export const begun = new Begun()
export const attempt = new Attempt()
