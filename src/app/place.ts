/** Where one can be: in a world, in a lesson, in a scenario; what that is called where it is kept and in the address. */
import { lessons, worlds, type LessonEntry } from 'virtual:content'
import type { Saved } from './journal-file.ts'

export interface Place {
  world: string
  lesson: LessonEntry | null
  /** One that is looked at. */
  scenario?: string | null
}

export const DEFAULT = 'campus'

/** A world of that name, else the one that all begin with. */
export const known = (world: string | null) => (world !== null && Object.hasOwn(worlds, world) ? world : DEFAULT)

/** Where this was played; null where there is no such lesson or world here. */
export function placeOf({ lesson, journal }: Saved): Place | null {
  if (lesson === null) return Object.hasOwn(worlds, journal.world) ? { world: journal.world, lesson: null } : null
  const entry = lessons.find(({ id }) => id === lesson)
  return entry ? { world: DEFAULT, lesson: entry } : null
}

/** What it is kept under. */
export const keyOf = ({ world, lesson, scenario }: Place) =>
  lesson ? `lesson:${lesson.id}` : scenario ? `scenario:${scenario}` : `world:${world}`

/** Names it in the address, for a reload. */
export function inAddress({ world, lesson, scenario = null }: Place): void {
  const address = new URL(location.href)
  const set = (name: string, value: string | null) =>
    value === null ? address.searchParams.delete(name) : address.searchParams.set(name, value)
  set('lesson', lesson?.id ?? null)
  set('scenario', scenario)
  set('world', lesson || world === DEFAULT ? null : world)
  if (address.href !== location.href) history.replaceState(null, '', address)
}
