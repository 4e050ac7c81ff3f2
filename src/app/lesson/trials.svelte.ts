/**
 * Goals that are tried in a copy of the learner's world, as soon as all others are reached: in slices, so that the page
 * goes on. What failed is tried again when the learner has done something more.
 */
import { SvelteMap } from 'svelte/reactivity'
import type { Goal } from '../../core/lesson/goal-schema.ts'
import type { Trial, TrialResult } from '../../core/lesson/trials.ts'
import type { Run } from '../run.svelte.ts'
import { say } from '../say.ts'
import { attempt } from './attempt.svelte.ts'

/** Milliseconds that it may keep the page busy at a time. */
const SLICE = 8
/** So many things between two looks at the clock. */
const THINGS = 20

class Trials {
  /** By goal: null while it is being tried. */
  readonly results = new SvelteMap<string, TrialResult | null>()
  private run: Run | null = null
  /** How much had been done when it was tried. */
  private acts = -1
  private trying = false

  /** Called whenever something has happened. */
  look(run: Run): void {
    if (run !== this.run) {
      this.run = run
      this.acts = -1
      this.results.clear()
    }
    const due = run.lesson?.due ?? []
    if (due.length === 0 || this.trying || run.busy || run.sim.acts.length === this.acts) return
    this.trying = true
    void this.tryAll(run, due).finally(() => {
      this.trying = false
      // What was done meanwhile was not looked at.
      if (this.run) this.look(this.run)
    })
  }

  private async tryAll(run: Run, due: readonly Goal[]): Promise<void> {
    const { Trial } = await import('../../core/lesson/trials.ts')
    this.acts = run.sim.acts.length
    for (const goal of due) {
      this.results.set(goal.id, null)
      const result = await this.inSlices(run, new Trial(goal, run.sim, { say }))
      if (!result) return
      this.results.set(goal.id, result)
      if (result.earned) attempt.passed(goal.id)
    }
  }

  /** Null: the learner has gone on, and it is tried anew when all is quiet. */
  private async inSlices(run: Run, trial: Trial): Promise<TrialResult | null> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve))
      if (run !== this.run) return null
      if (run.sim.acts.length !== this.acts) {
        this.acts = -1
        this.results.clear()
        return null
      }
      const until = performance.now() + SLICE
      while (performance.now() < until) if (!trial.advance(THINGS)) return trial.result
    }
  }
}

export const trials = new Trials()
