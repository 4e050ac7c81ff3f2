/** The folders of lessons on the disk, and the glossary beside them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseGlossary, type Term } from '../core/lesson/glossary.ts'
import type { Around } from '../core/lesson/lesson.ts'
import type { FileError } from '../core/world/yaml.ts'
import { buttonWords } from '../texts/buttons.ts'

/** Where the lessons of the project lie. */
export const root = fileURLToPath(new URL('../../lessons/', import.meta.url))

/** In their order. */
export const lessonIds = (lessons: string): string[] =>
  folders(lessons).flatMap((part) => folders(join(lessons, part)).map((name) => `${part}/${name}`))

/** Parts and lessons begin with their number; other folders are none. */
const folders = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d\d-/.test(entry.name))
    .map((entry) => entry.name)
    .sort()

/** The texts of a lesson's files, by their names. */
export function lessonFiles(lessons: string, id: string): Record<string, string> {
  const folder = join(lessons, id)
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}

/** What lessons may name beside what is in them. Throws with what is wrong with the glossary. */
export function readAround(lessons: string): Around {
  const terms = readGlossary(lessons)
  return { lessons: lessonIds(lessons), label: buttonWords, ...(terms ? { terms } : {}) }
}

/** Null where nobody has written one. */
export function readGlossary(lessons: string): Term[] | null {
  const file = join(lessons, 'glossary.yaml')
  if (!existsSync(file)) return null
  const read = parseGlossary(readFileSync(file, 'utf8'), 'glossary.yaml')
  if ('errors' in read) throw new Error(told(read.errors))
  return read.terms
}

/** Errors, one a line. */
export const told = (errors: readonly FileError[]): string =>
  errors.map(({ file, line, key, message }) => `${file}:${line}: ${key === '' ? '' : `${key}: `}${message}`).join('\n')
