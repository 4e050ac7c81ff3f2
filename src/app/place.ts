/**
 * Where one can be: in a world (of the page, or of one's own), in a lesson, in a scenario; what that is called where it is
 * kept and in the address.
 */
import { worlds } from 'virtual:content'
import type { LessonEntry } from 'virtual:lessons'
import type { Lesson } from '../core/lesson/lesson.ts'
import type { WorldFile } from '../core/world/schema.ts'
import type { LessonFiles } from '../core/lesson/own.ts'
import type { Saved } from '../core/lesson/saved.ts'

export interface Place {
  world: string
  lesson: LessonEntry | null
  /** One that is looked at. */
  scenario?: string | null
  /** The text of a world that is not the page's; `world` is its name. */
  own?: string | null
}

export const DEFAULT = 'campus'
/** Before the name of a world or a lesson of one's own, where it stands in the address. */
const OWN = 'own:'
/** Before the name of a script that is looked at as a scenario. */
export const SCRIPT = 'script:'

/** By its whole name, or the last part of it. */
export async function findLesson(name: string): Promise<LessonEntry | null> {
  if (name.startsWith(OWN)) return (await import('./lesson/own/own.ts')).keptEntry(name.slice(OWN.length))
  const { lessons } = await import('virtual:lessons')
  return lessons.find(({ id }) => id === name || id.endsWith(`/${name}`)) ?? null
}

/** The place that an address names: a world of one's own, one of the page, else the one that all begin with. */
export async function named(world: string | null, lesson: LessonEntry | null): Promise<Place> {
  if (world?.startsWith(OWN) && !lesson) {
    const { shelf } = await import('./worlds/shelf.svelte.ts')
    const own = await shelf.get(world.slice(OWN.length))
    const place = own === null ? null : await ownPlace(own)
    if (place) return place
  }
  return { world: world !== null && Object.hasOwn(worlds, world) ? world : DEFAULT, lesson }
}

/** What is to be loaded for it. */
export async function loaded({ world, lesson, own }: Place): Promise<{ lesson: Lesson | null; world: WorldFile }> {
  if (lesson) return lesson.load()
  if (own === null || own === undefined) return { lesson: null, world: await worlds[world]!() }
  const { readOwn } = await import('./worlds/own.ts')
  const read = readOwn(own)
  if ('errors' in read) throw new Error(`This world of one's own has errors: ${read.errors[0]?.message ?? ''}`)
  return { lesson: null, world: read.world }
}

/** Where this was played; null where there is no such lesson or world here, or its own world has errors. */
export async function placeOf({ lesson, journal, own, files }: Saved): Promise<Place | null> {
  if (lesson === null && own !== undefined) {
    return ownPlace(own)
  }
  if (lesson === null) return Object.hasOwn(worlds, journal.world) ? { world: journal.world, lesson: null } : null
  const entry = files ? await ownLesson(lesson, files) : await findLesson(lesson)
  return entry ? { world: DEFAULT, lesson: entry } : null
}

/** A lesson of one's own that comes with what was done in it: from here on it is kept, too. */
async function ownLesson(name: string, files: LessonFiles): Promise<LessonEntry | null> {
  const [{ entryOf }, { adopt }] = await Promise.all([
    import('./lesson/own/own.ts'),
    import('./lesson/own/shelf.svelte.ts'),
  ])
  const plain = name.startsWith(OWN) ? name.slice(OWN.length) : name
  return entryOf(plain, files) && entryOf(await adopt(plain, files), files)
}

/** What a journal that was played here says of the place; what of it is somebody's own goes with it. */
export function placeIn(place: Place): Pick<Saved, 'lesson' | 'own' | 'files'> {
  const own = ownText(place)
  const files = place.lesson?.files
  return { lesson: place.lesson?.id ?? null, ...(own === null ? {} : { own }), ...(files ? { files } : {}) }
}

/** The text of the world that is played in, where it is one of one's own; a lesson brings its world. */
export const ownText = ({ lesson, own }: Place): string | null => (lesson ? null : (own ?? null))

/** Null where the world has errors. */
export async function ownPlace(own: string): Promise<Place | null> {
  const { soundName } = await import('./worlds/own.ts')
  const world = soundName(own)
  return world === null ? null : { world, lesson: null, own }
}

/** What it is kept under. */
export const keyOf = ({ world, lesson, scenario, own }: Place) =>
  lesson
    ? `lesson:${lesson.id}`
    : scenario
      ? `scenario:${scenario}`
      : ownText({ world, lesson, own: own ?? null }) === null
        ? `world:${world}`
        : `${OWN}${world}`

/** Names it in the address, for a reload. */
export function inAddress({ world, lesson, scenario = null, own = null }: Place): void {
  const address = new URL(location.href)
  const set = (name: string, value: string | null) =>
    value === null ? address.searchParams.delete(name) : address.searchParams.set(name, value)
  set('lesson', lesson?.id ?? null)
  set('scenario', scenario)
  set('world', lesson || (world === DEFAULT && own === null) ? null : own === null ? world : `${OWN}${world}`)
  if (address.href !== location.href) history.replaceState(null, '', address)
}
