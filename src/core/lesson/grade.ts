/**
 * Does again what a learner's journal tells, in the lesson's own world, and says which goals that met. What else a file says of
 * itself counts for nothing: a journal that claims too much meets no goal, and one from another world meets what it
 * meets in this one.
 */
import type { Act, Deed, Journal } from '../world/journal.ts'
import type { WorldFile } from '../world/schema.ts'
import { Sim, type SimOptions } from '../world/sim.ts'
import type { GoalState } from './goals.ts'
import type { Lesson } from './lesson.ts'
import { linesTyped } from './par.ts'
import { makeTrials } from './prove.ts'
import { watchGoals } from './watch.ts'

export interface Grade {
  goals: readonly GoalState[]
  done: boolean
  /** Lines that were typed. */
  commands: number
  /** It came out as it was recorded, to the byte. */
  same: boolean
}

/** A journal may be a stranger's; nobody's lesson takes as much. */
const MOST_ACTS = 20_000
const MOST_STEPS = 2_000_000
const LONGEST_WAIT = 400 * 24 * 60 * 60 * 1000

/** `late`: it has taken too long. */
export function gradeJournal(
  { goals }: Pick<Lesson, 'goals'>,
  world: WorldFile,
  journal: Journal,
  late: () => boolean,
  options: SimOptions = {},
): Grade | { error: string } {
  const { acts } = journal
  if (acts.length > MOST_ACTS) return { error: `More was done than in any lesson: ${acts.length} things.` }
  if (!acts.every(isPatient)) return { error: 'Somebody waits longer than any lesson takes.' }
  const sim = new Sim(world, { ...options, seed: journal.seed })
  const run = watchGoals(goals, sim, options)
  const forward = (steps: number) => {
    while (sim.steps < steps && sim.step()) if (sim.steps > MOST_STEPS || late()) return false
    return true
  }
  for (const { at: _at, steps, ...deed } of acts) {
    if (!forward(steps) || late()) return { error: 'To do it again takes too long.' }
    // What was earned stays earned, whatever comes next: so what is due is tried before it.
    makeTrials(run, sim, options)
    sim.act(deed as Deed)
  }
  if (!forward(journal.steps)) return { error: 'To do it again takes too long.' }
  const same = sim.journal().checksum === journal.checksum
  // What must never happen is judged over the whole: what is still in flight belongs to it.
  if (!forward(Infinity)) return { error: 'To do it again takes too long.' }
  makeTrials(run, sim, options)
  return { goals: run.goals, done: run.done, commands: linesTyped(acts), same }
}

const isPatient = (act: Act): boolean => act.act !== 'wait' || (act.for >= 0 && act.for <= LONGEST_WAIT)
