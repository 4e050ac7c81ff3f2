/**
 * A script played over a lesson's world, with what becomes of the goals: what the tests of the lessons, `npm run lesson` and
 * the page's own check have in common. Trials are made where they are due.
 */
import type { WorldFile } from '../world/schema.ts'
import { Sim, type SimOptions } from '../world/sim.ts'
import type { Lesson } from './lesson.ts'
import type { LessonRun } from './goals.ts'
import { failureText } from './script-run.ts'
import { parseScript } from './script.ts'
import { playScript } from './sim-stage.ts'
import { tried, type TrialResult } from './trials.ts'
import { watchGoals } from './watch.ts'

export interface Played {
  sim: Sim
  run: LessonRun
  /** Where the script stopped, in words; '' where all was as it says. */
  failure: string
  /** What was tried in a copy, by the id of its goal. */
  trials: ReadonlyMap<string, TrialResult>
}

/** Throws where the script is none. */
export function playLesson(
  { goals }: Pick<Lesson, 'goals'>,
  world: WorldFile,
  script: { text: string; file: string },
  options: SimOptions = {},
): Played {
  const parsed = parseScript(script.text, script.file)
  if ('errors' in parsed)
    throw new Error(parsed.errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'))
  const sim = new Sim(world, options)
  const run = watchGoals(goals, sim, options)
  const failure = failureText(playScript(parsed.script, sim))
  // What must never happen is judged over the whole: what is still in flight belongs to it.
  sim.drain()
  return { sim, run, failure, trials: makeTrials(run, sim, options) }
}

/** Makes the trials that are due, and tells the run of those that came out well. */
function makeTrials(run: LessonRun, sim: Sim, options: SimOptions = {}): Map<string, TrialResult> {
  const trials = new Map<string, TrialResult>()
  for (const goal of run.due) {
    const result = tried(goal, sim, options)
    trials.set(goal.id, result)
    if (result.earned) run.passed(goal.id)
  }
  return trials
}
