/** What is picked anywhere on the page, as the views that show messages look for it. */
import type { TraceEvent } from '../core/trace/events.ts'
import { about, type About } from '../core/views/about.ts'
import { exchanges } from '../core/views/exchanges.ts'
import { concern } from '../core/views/concern.ts'
import { whereabouts } from '../core/views/whereabouts.ts'
import type { Run } from './run.svelte.ts'
import { workbench } from './workbench.svelte.ts'

/** What it is about is known as soon as it has happened, whatever is looked at. */
interface Picked extends About {
  event: TraceEvent
}

/** Null where nothing is, or where it has not happened yet at the moment that is looked at. */
export function pickedIn(run: Run): Picked | null {
  const { selected } = workbench
  const event = selected === null ? null : run.eventAt(selected)
  if (!event) return null
  const views = { concern: run.all(concern), exchanges: run.all(exchanges), whereabouts: run.all(whereabouts) }
  return { event, ...about(views, event, (seq) => run.eventAt(seq)) }
}
