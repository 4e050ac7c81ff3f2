/** Which lessons a folder on the command line means, and what is in them. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { lessonFromFiles, type Around, type Lesson } from '../../core/lesson/lesson.ts'
import { parseWorld } from '../../core/world/parse.ts'
import type { WorldFile } from '../../core/world/schema.ts'
import type { FileError } from '../../core/world/yaml.ts'
import { lessonFiles, lessonIds, readAround, root } from '../lessons.ts'

export interface Place {
  /** The folder that the parts lie in. */
  lessons: string
  id: string
}

/** A lesson or all of a part: as a folder, or by its name in the project. */
export function placesOf(text: string): Place[] {
  const folder = existsSync(text) ? resolve(text) : join(root, text)
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`${text}: there is no such folder, and no such lesson`)
  if (existsSync(join(folder, 'goals.yaml')))
    return [{ lessons: dirname(dirname(folder)), id: `${basename(dirname(folder))}/${basename(folder)}` }]
  const lessons = dirname(folder)
  const inPart = lessonIds(lessons).filter((id) => id.startsWith(`${basename(folder)}/`))
  const all = inPart.length > 0 ? inPart.map((id) => ({ lessons, id })) : allIn(folder)
  if (all.length === 0) throw new Error(`${text}: there is no lesson in it (a folder with goals.yaml)`)
  return all
}

export const allIn = (lessons: string): Place[] => lessonIds(lessons).map((id) => ({ lessons, id }))

export type LessonRead = { lesson: Lesson; world: WorldFile } | { errors: FileError[] }

export function readLesson({ lessons, id }: Place): LessonRead {
  const read = lessonFromFiles(lessonFiles(lessons, id), id, aroundOf(lessons))
  if ('errors' in read) return read
  const parsed = parseWorld(read.lesson.world, `${id}/world.yaml`)
  return 'errors' in parsed ? parsed : { lesson: read.lesson, world: parsed.world }
}

const known = new Map<string, Around>()

/** Lessons that lie elsewhere may name those of the project, and its words where they bring none. */
function aroundOf(lessons: string): Around {
  const there = known.get(lessons)
  if (there) return there
  const own = readAround(lessons)
  const around = resolve(lessons) === resolve(root) ? own : merged(readAround(root), own)
  known.set(lessons, around)
  return around
}

const merged = (project: Around, own: Around): Around => ({
  ...project,
  ...own,
  lessons: [...(project.lessons ?? []), ...(own.lessons ?? [])],
})
