/**
 * Which goals of a lesson are met: a fold over the trace. A goal once earned stays earned, whatever happens later. One under
 * `never` is judged over the whole: it is kept as long as it is not broken, and then only a new start helps. What is tried
 * in a copy of the world (trials.ts) is due when all else is earned.
 */
import type { Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import type { Look } from './checks.ts'
import type { Goal } from './goal-schema.ts'
import { tracker, type Tracker } from './trackers.ts'

export interface GoalState {
  readonly id: string
  /** `open` and `earned` for goals, `kept` and `broken` for what must never happen. */
  readonly state: 'open' | 'earned' | 'kept' | 'broken'
  /** The event that earned or broke it; null for what was earned in a trial. */
  readonly seq: Seq | null
}

/** It is tried in a copy of the world. */
export const isTrial = ({ trial, seed }: Goal): boolean => trial !== undefined || seed !== undefined

interface Watched {
  goal: Goal
  /** Null for what is found out in a trial. */
  tracker: Tracker | null
  met: boolean
  seq: Seq | null
  /** By the place of each hint with an `if`, and since when it applies. */
  conditions: { at: number; tracker: Tracker; seq: Seq | null }[]
}

export class LessonRun {
  private readonly watched: Watched[]

  constructor(goals: readonly Goal[], look: Look) {
    this.watched = goals.map((goal) => ({
      goal,
      tracker: isTrial(goal) ? null : tracker((goal.when ?? goal.never)!, look),
      met: false,
      seq: null,
      conditions: goal.hints.flatMap((hint, at) =>
        hint.if ? [{ at, tracker: tracker(hint.if, look), seq: null }] : [],
      ),
    }))
  }

  add(event: TraceEvent): void {
    for (const watched of this.watched) {
      // A condition may come true again, and then it is news.
      for (const condition of watched.conditions) if (condition.tracker(event)) condition.seq = event.seq
      if (watched.met || !watched.tracker?.(event)) continue
      watched.met = true
      watched.seq = event.seq
    }
  }

  get goals(): readonly GoalState[] {
    return this.watched.map(({ goal: { id, never }, met, seq }) => {
      if (never) return { id, state: met ? 'broken' : 'kept', seq }
      return { id, state: met ? 'earned' : 'open', seq }
    })
  }

  /** What is still to be tried in a copy of the world; nothing, while other goals are open. */
  get due(): readonly Goal[] {
    const open = this.watched.filter(({ goal, met }) => !goal.never && !met).map(({ goal }) => goal)
    return !this.broken && open.every(isTrial) ? open : []
  }

  /** A trial has come out well. */
  passed(id: string): void {
    for (const watched of this.watched) if (watched.goal.id === id && watched.tracker === null) watched.met = true
  }

  /** The hints of this goal whose `if` has happened, by their place: what happened last comes first. */
  conditionsMet(id: string): number[] {
    const conditions = this.watched.find(({ goal }) => goal.id === id)?.conditions ?? []
    return conditions
      .filter(({ seq }) => seq !== null)
      .sort((one, other) => other.seq! - one.seq!)
      .map(({ at }) => at)
  }

  get broken(): boolean {
    return this.watched.some(({ goal, met }) => goal.never !== undefined && met)
  }

  /** All is earned, and nothing is broken. */
  get done(): boolean {
    return !this.broken && this.watched.every(({ goal, met }) => goal.never !== undefined || met)
  }
}
