/**
 * A lesson of one's own, read and checked as those of the page are. This comes, with the readers of YAML and Markdown, when one
 * is wanted.
 */
import { terms } from 'virtual:glossary'
import { lessons, type LessonEntry } from 'virtual:lessons'
import { lessonFromFiles, type Lesson } from '../../../core/lesson/lesson.ts'
import { OWN, tooMuch, type LessonFiles } from '../../../core/lesson/own.ts'
import { parOf } from '../../../core/lesson/par.ts'
import { parseWorld } from '../../../core/world/parse.ts'
import type { WorldFile } from '../../../core/world/schema.ts'
import type { FileError } from '../../../core/world/yaml.ts'
import { buttonWords } from '../../../texts/buttons.ts'
import { filesOf } from './shelf.svelte.ts'

export type OwnRead = { lesson: Lesson; world: WorldFile } | { errors: FileError[] }

/** Errors name the file alone. */
export function readOwnLesson(name: string, files: LessonFiles): OwnRead {
  const id = OWN + name
  if (tooMuch(files) !== null)
    return {
      errors: [
        { file: '', line: 1, column: 1, key: '', message: 'These are more files, or longer ones, than a lesson has.' },
      ],
    }
  const read = lessonFromFiles(files, id, { lessons: lessons.map((lesson) => lesson.id), terms, label: buttonWords })
  if ('errors' in read)
    return { errors: read.errors.map((error) => ({ ...error, file: error.file.slice(id.length + 1) })) }
  const parsed = parseWorld(read.lesson.world, 'world.yaml')
  return 'errors' in parsed ? parsed : { lesson: read.lesson, world: parsed.world }
}

/** As it stands among the lessons of the page; null where it has errors. */
export function entryOf(name: string, files: LessonFiles): LessonEntry | null {
  const read = readOwnLesson(name, files)
  if ('errors' in read) return null
  const { lesson } = read
  const head = (language: 'en' | 'fr') => ({
    title: lesson.pages[language].title,
    summary: lesson.pages[language].summary,
  })
  return {
    id: lesson.id,
    minutes: lesson.minutes,
    par: parOf(lesson.solution),
    en: head('en'),
    fr: head('fr'),
    load: () => Promise.resolve(read),
    files,
  }
}

/** One that the browser keeps; null where there is none of this name, or it has errors. */
export async function keptEntry(name: string): Promise<LessonEntry | null> {
  const files = await filesOf(name)
  return files === null ? null : entryOf(name, files)
}
