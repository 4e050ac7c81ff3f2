/**
 * Trials: a goal that is looked for in a copy of the learner's world, so that nothing of it touches the lesson: also when the
 * first server is killed, also with another seed. What the learner did is done again there, then the script of the
 * goal is played. It goes in slices, for a page that has other things to do.
 */
import type { Act, Deed } from '../world/journal.ts'
import { Sim, type SimOptions } from '../world/sim.ts'
import type { Goal } from './goal-schema.ts'
import { failureText } from './script-run.ts'
import { parseScript } from './script.ts'
import { lookAt, playScript } from './sim-stage.ts'
import { tracker } from './trackers.ts'

/** What there is to know of a simulation to try something in a copy of it. */
export type Original = Pick<Sim, 'file' | 'seed' | 'acts' | 'steps'>

export interface TrialResult {
  earned: boolean
  /** Where the script stopped, in words; '' where it went to its end. */
  failure: string
  /** The dialogue, line by line. */
  dialogue: string[]
}

/** More than anybody's lesson takes; what never becomes quiet ends here. */
const MOST_STEPS = 500_000

export class Trial {
  result: TrialResult | null = null
  private readonly goal: Goal
  private readonly sim: Sim
  private readonly acts: readonly Act[]
  /** With the seed of the original it all happens again at the same places; with another one, each thing when all is quiet. */
  private readonly same: boolean
  private readonly steps: number
  private acted = 0
  private met = false

  constructor(goal: Goal, original: Original, options: SimOptions = {}) {
    this.goal = goal
    this.same = goal.seed === undefined || goal.seed === original.seed
    this.acts = [...original.acts]
    this.steps = original.steps
    this.sim = new Sim(original.file, { ...options, seed: goal.seed ?? original.seed })
    if (goal.trial === undefined) this.watch()
  }

  /** Goes on, for so many things that happen. False: it is over, and `result` says how it went. */
  advance(things: number): boolean {
    for (let left = things; left > 0 && this.result === null; left--) if (!this.again()) this.try()
    return this.result === null
  }

  /** One more thing of what the learner did. False: all of it has been done again. */
  private again(): boolean {
    const { sim, acts } = this
    const act = acts[this.acted]
    const until = this.same ? (act?.steps ?? this.steps) : MOST_STEPS
    if (sim.steps < until && sim.step()) return true
    if (!act) return false
    const { at: _at, steps: _steps, ...deed } = act
    this.acted++
    sim.act(deed as Deed)
    return true
  }

  private try(): void {
    const { goal, sim } = this
    const dialogue: string[] = []
    let failure = ''
    if (goal.trial !== undefined) {
      this.watch()
      const parsed = parseScript(goal.trial, goal.id)
      if ('errors' in parsed) throw new Error(parsed.errors.map(({ message }) => message).join('\n'))
      failure = failureText(playScript(parsed.script, sim, { tell: (line) => dialogue.push(line) }))
    }
    for (let left = MOST_STEPS; left > 0 && sim.step(); left--);
    this.result = { earned: this.met && failure === '', failure, dialogue }
  }

  private watch(): void {
    const fulfils = tracker(this.goal.when!, lookAt(this.sim))
    this.sim.world.tracer.subscribe((event) => {
      if (fulfils(event)) this.met = true
    })
  }
}

/** The whole of it at once. */
export function tried(goal: Goal, original: Original, options: SimOptions = {}): TrialResult {
  const trial = new Trial(goal, original, options)
  while (trial.advance(10_000));
  return trial.result!
}
