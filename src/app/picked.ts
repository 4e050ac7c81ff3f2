/** What is picked anywhere on the page, as the views that show messages look for it. */
import type { Seq } from '../core/terms.ts'
import type { TraceEvent } from '../core/trace/events.ts'
import { arrivalsOf, hopAbout } from '../core/views/about.ts'
import { concern } from '../core/views/concern.ts'
import type { Hop } from '../core/views/journey.ts'
import type { Run } from './run.svelte.ts'
import { workbench } from './workbench.svelte.ts'

interface Picked {
  event: TraceEvent
  /** What it is about: known as soon as it has happened, whatever is looked at. */
  hop: Hop | null
}

/** Null where nothing is, or where it has not happened yet at the moment that is looked at. */
export function pickedIn(run: Run): Picked | null {
  const { selected } = workbench
  const event = selected === null ? null : run.eventAt(selected)
  return event && { event, hop: hopAbout(run.all(concern), event) }
}

/** The messages in mailboxes that came of it, by the events that brought them. */
export function pickedArrivals(run: Run): ReadonlySet<Seq> {
  const picked = pickedIn(run)
  return picked ? arrivalsOf(picked.event, picked.hop) : new Set()
}
