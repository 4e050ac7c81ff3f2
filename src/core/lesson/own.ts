/**
 * Lessons of one's own, as files that come from anywhere (a folder, a zip, a link): which of them are lessons, what they are
 * called, and how much is taken. What is in them is data; `lessonFromFiles` reads it as it reads the project's own.
 */
import { harmless } from '../bytes/utf8.ts'

/** Before the name of such a lesson, wherever lessons are named. */
export const OWN = 'own:'

export const OWN_LIMITS = {
  /** Files in one lesson. */
  files: 40,
  /** Characters in one file, and in all of a lesson. */
  file: 500_000,
  lesson: 1_000_000,
  /** Lessons that are taken at once. */
  lessons: 100,
} as const

export type LessonFiles = Readonly<Record<string, string>>

export interface OwnLesson {
  /** `02-part/03-name`, or `name`. */
  name: string
  files: LessonFiles
}

/** A text at its place: `lessons/02-part/03-name/goals.yaml`. */
export interface FileAt {
  path: string
  text: string
}

/** The folders among these that are lessons: those with goals.yaml. `fallback` names one whose files lie in no folder. */
export function lessonsIn(all: readonly FileAt[], fallback: string): OwnLesson[] {
  const folders = new Map<string, Record<string, string>>()
  for (const { path, text } of all) {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.')
    const file = parts.pop() ?? ''
    // What systems leave in folders and archives.
    if (file.startsWith('.') || parts.includes('__MACOSX')) continue
    const folder = parts.join('/')
    const files = folders.get(folder) ?? {}
    folders.set(folder, files)
    files[file] = plain(text)
  }
  return [...folders]
    .filter(([, files]) => Object.hasOwn(files, 'goals.yaml'))
    .slice(0, OWN_LIMITS.lessons)
    .map(([folder, files]) => ({ name: nameOf(folder === '' ? fallback : folder), files }))
}

/** The last part of a path, with the part of the course before it where there is one. */
export function nameOf(folder: string): string {
  const words = folder.split('/').map((word) =>
    word
      .normalize('NFD')
      .replace(/[^\w-]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60),
  )
  const name = words.pop() ?? ''
  const part = words.pop() ?? ''
  return `${/^\d\d-/.test(part) ? `${part}/` : ''}${name === '' ? 'lesson' : name}`
}

export const isOwnName = (name: string): boolean => /^(?:[\w-]{1,60}\/)?[\w-]{1,60}$/.test(name)

/** Null where these are files that a lesson may have, by number and size; else what is too much, as a key of a text. */
export function tooMuch(files: LessonFiles): 'files' | 'file' | 'lesson' | null {
  const texts = Object.values(files)
  if (texts.length > OWN_LIMITS.files) return 'files'
  if (texts.some((text) => text.length > OWN_LIMITS.file)) return 'file'
  return texts.reduce((sum, text) => sum + text.length, 0) > OWN_LIMITS.lesson ? 'lesson' : null
}

/** Are these the files of a lesson, as they are kept and handed on? */
export const isLessonFiles = (value: unknown): value is LessonFiles =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([name, text]) => /^[\w.-]{1,100}$/.test(name) && typeof text === 'string') &&
  tooMuch(value as LessonFiles) === null

/** Line ends are LF, and nothing turns the writing around or steers a terminal. */
const plain = (text: string): string => harmless(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))
