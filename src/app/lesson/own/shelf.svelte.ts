/** Lessons of one's own that the browser keeps: the files of each, by its name. */
import { isLessonFiles, type LessonFiles } from '../../../core/lesson/own.ts'
import { Shelf } from '../../shelf.svelte.ts'

export const shelf = new Shelf('own-lesson:')

export async function filesOf(name: string): Promise<LessonFiles | null> {
  const text = await shelf.get(name)
  try {
    const files: unknown = text === null ? null : JSON.parse(text)
    return isLessonFiles(files) ? files : null
  } catch {
    return null
  }
}

/** False: there is no room. */
export const keep = (name: string, files: LessonFiles): Promise<boolean> => shelf.put(name, JSON.stringify(files))

/** Keeps what came from elsewhere, and takes nothing away: another lesson of that name keeps it. Gives the name that it has. */
export async function adopt(name: string, files: LessonFiles): Promise<string> {
  const text = JSON.stringify(files)
  let free = name
  for (let nth = 2; ; nth++) {
    const there = await shelf.get(free)
    if (there === text) return free
    if (there === null) break
    free = `${name}-${nth}`
  }
  await shelf.put(free, text)
  return free
}
