/**
 * The goals of a lesson over a simulation, from its beginning on. A simulation that has gone on already (a journal that was
 * opened, an undo, a fork) is done again beside it first: what a mailbox held at the time is in no trace.
 */
import { Rewind, type Sim, type SimOptions } from '../world/sim.ts'
import type { Look } from './checks.ts'
import type { Goal } from './goal-schema.ts'
import { LessonRun } from './goals.ts'
import { lookAt } from './sim-stage.ts'

export function watchGoals(goals: readonly Goal[], sim: Sim, options: SimOptions = {}): LessonRun {
  const past = sim.trace.length > 0 ? new Rewind(sim.file, sim, options) : null
  let look = lookAt(past?.sim ?? sim)
  const run = new LessonRun(goals, { mailbox: (...which: Parameters<Look['mailbox']>) => look.mailbox(...which) })
  if (past) {
    for (const event of past.sim.trace) run.add(event)
    past.sim.world.tracer.subscribe((event) => run.add(event))
    while (past.towards(sim.trace.length));
    look = lookAt(sim)
  }
  sim.world.tracer.subscribe((event) => run.add(event))
  return run
}
