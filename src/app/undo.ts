/** Takes back what was done last, as if it had not been; it can be had again. */
import { lastDone } from '../core/world/journal.ts'
import { Sim } from '../core/world/sim.ts'
import { say } from './say.ts'
import { workbench } from './workbench.svelte.ts'

export function undo(): void {
  const { run, notices } = workbench
  const at = run ? lastDone(run.sim.acts) : -1
  if (!run || at < 0) return
  if (run.until !== null) return notices.tellOnce('notice.past')
  const journal = run.sim.journal()
  const { steps } = journal.acts[at]!
  const { sim } = Sim.replay(run.sim.file, { ...journal, acts: journal.acts.slice(0, at), steps }, { say })
  workbench.turnTo(sim, 'notice.undone')
}
