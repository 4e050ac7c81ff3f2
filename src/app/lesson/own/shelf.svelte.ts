/** Lessons of one's own that the browser keeps, and those that are being written: the files of each, by its name. */
import { isLessonFiles, type LessonFiles } from '../../../core/lesson/own.ts'
import { Drafts } from '../../drafts.svelte.ts'
import { Shelf } from '../../shelf.svelte.ts'

export const shelf = new Shelf('own-lesson:')

export const drafts = new Drafts('draft-lesson:')

export async function filesOf(name: string, on: Shelf = shelf): Promise<LessonFiles | null> {
  const text = await on.get(name)
  try {
    const files: unknown = text === null ? null : JSON.parse(text)
    return isLessonFiles(files) ? files : null
  } catch {
    return null
  }
}

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
