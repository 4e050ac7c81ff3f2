/**
 * The results of a learner as a file, to hand in: for each lesson the journal of the best run, and what the page counted. Only
 * the journal proves anything (`npm run lesson -- grade` does it again in the lesson's own world); the rest is hearsay.
 */
import { harmless } from '../bytes/utf8.ts'
import type { Journal } from '../world/journal.ts'
import { isJournal, isRecord } from './saved.ts'

export interface LessonResult {
  /** When all goals were met: a moment in ISO 8601. */
  finished: string
  /** The solution was asked for, or typed by the page. */
  helped: boolean
  /** Lines that were typed in the best run. */
  commands: number
  /** Milliseconds that were spent on the lesson. */
  time: number
  /** Of the best run; null where it was too long to be kept. */
  journal: Journal | null
}

export interface Results {
  facteur: 'results'
  version: 1
  /** What the learner calls himself or herself. */
  name: string
  lessons: Record<string, LessonResult>
}

export const RESULT_LIMITS = {
  /** Characters of the whole file. */
  file: 40_000_000,
  name: 200,
  lessons: 1000,
  /** Characters of one journal, as it is written. */
  journal: 1_000_000,
} as const

export const resultsText = (name: string, lessons: Readonly<Record<string, LessonResult>>): string =>
  JSON.stringify({ facteur: 'results', version: 1, name, lessons } satisfies Results)

/** What is wrong with it in words where it is no such file. */
export function readResults(text: string): Results | { error: string } {
  if (text.length > RESULT_LIMITS.file) return { error: `It is longer than ${RESULT_LIMITS.file} characters.` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { error: 'It is not JSON.' }
  }
  if (!isRecord(value) || value['facteur'] !== 'results') return { error: 'It holds no results.' }
  if (value['version'] !== 1) return { error: 'It is of a version that is not known here.' }
  const { name, lessons } = value
  if (typeof name !== 'string' || name.length > RESULT_LIMITS.name) return { error: 'Its name is none.' }
  if (!isRecord(lessons) || Object.keys(lessons).length > RESULT_LIMITS.lessons)
    return { error: 'Its list of lessons is none.' }
  const read: Record<string, LessonResult> = {}
  for (const [id, result] of Object.entries(lessons)) {
    if (!/^(?:own:)?(?:[\w-]+\/)?[\w-]+$/.test(id) || id.length > 200)
      return { error: `"${harmless(id.slice(0, 200))}" names no lesson.` }
    if (!isResult(result)) return { error: `What it says of ${id} is no result.` }
    read[id] = result
  }
  return { facteur: 'results', version: 1, name: harmless(name), lessons: read }
}

function isResult(value: unknown): value is LessonResult {
  if (!isRecord(value)) return false
  const { finished, helped, commands, time, journal } = value
  return (
    typeof finished === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(finished) &&
    typeof helped === 'boolean' &&
    [commands, time].every((number) => Number.isFinite(number) && (number as number) >= 0) &&
    (journal === null || (isJournal(journal) && JSON.stringify(journal).length <= RESULT_LIMITS.journal))
  )
}
