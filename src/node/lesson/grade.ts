/**
 * `npm run lesson -- grade`: the journals that learners handed in, each done again in OUR world of its lesson. A file that
 * cannot be read is a row that says why.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { harmless } from '../../core/bytes/utf8.ts'
import type { GoalState } from '../../core/lesson/goals.ts'
import { gradeJournal } from '../../core/lesson/grade.ts'
import { OWN } from '../../core/lesson/own.ts'
import { readResults, RESULT_LIMITS } from '../../core/lesson/results.ts'
import { readSaved } from '../../core/lesson/saved.ts'
import type { Journal } from '../../core/world/journal.ts'
import { lessonIds } from '../lessons.ts'
import { say } from '../play/play.ts'
import { readLesson } from './folder.ts'

export interface Row {
  file: string
  /** As the file says it. */
  name: string
  /** '' where none is to be found in the file. */
  lesson: string
  /** Null where nothing could be graded: `remark` says why. */
  goals: readonly GoalState[] | null
  done: boolean
  commands: number
  /** As the file says it; null where it does not. */
  helped: boolean | null
  remark: string
}

/** No lesson takes so long to be done again. */
const PATIENCE = 30_000

export function gradeFolder(folder: string, lessons: string): Row[] {
  return filesIn(folder).flatMap((file) => gradeFile(folder, file, lessons))
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesIn(path)
      return entry.isFile() && /\.json$/i.test(entry.name) ? [path] : []
    })
}

function gradeFile(folder: string, path: string, lessons: string): Row[] {
  const file = harmless(relative(folder, path))
  const row = { file, name: '', lesson: '', goals: null, done: false, commands: 0, helped: null, remark: '' }
  if (statSync(path).size > 2 * RESULT_LIMITS.file) return [{ ...row, remark: 'It is too large.' }]
  const text = readFileSync(path, 'utf8')
  const saved = text.length <= RESULT_LIMITS.file ? readSaved(text) : null
  if (saved)
    return saved.lesson === null
      ? [{ ...row, remark: 'It was played in a world, not in a lesson.' }]
      : [graded({ ...row, lesson: harmless(saved.lesson) }, saved.journal, lessons)]
  const results = readResults(text)
  if ('error' in results) return [{ ...row, remark: results.error }]
  const { name } = results
  const rows = Object.entries(results.lessons).map(([lesson, { helped, journal }]) =>
    journal
      ? graded({ ...row, name, lesson, helped }, journal, lessons)
      : { ...row, name, lesson, helped, remark: 'Its journal was too long to be kept.' },
  )
  return rows.length > 0 ? rows : [{ ...row, name, remark: 'It has no lesson in it.' }]
}

/** A teacher's lesson that was opened in the page is `own:` there; who opened it without its part has its last name alone. */
const idOf = (name: string, ids: readonly string[]): string | undefined =>
  ids.find((id) => id === name.replace(OWN, '')) ??
  (name.startsWith(OWN) ? ids.find((id) => id.endsWith(`/${name.replace(OWN, '')}`)) : undefined)

function graded(given: Row, journal: Journal, lessons: string): Row {
  const id = idOf(given.lesson, lessonIds(lessons))
  if (id === undefined) return { ...given, remark: 'There is no such lesson here.' }
  const row = { ...given, lesson: id }
  const read = readLesson({ lessons, id })
  if ('errors' in read) return { ...row, remark: 'This lesson has errors: npm run lesson -- check.' }
  const until = Date.now() + PATIENCE
  try {
    const grade = gradeJournal(read.lesson, read.world, journal, () => Date.now() > until, { say })
    if ('error' in grade) return { ...row, remark: grade.error }
    const { goals, done, commands, same } = grade
    return { ...row, goals, done, commands, remark: same ? '' : 'It does not come out as it was recorded.' }
  } catch (error) {
    // A journal may ask for what no page does; the engines then say no in their own way.
    return {
      ...row,
      remark: `It cannot be done again: ${harmless(error instanceof Error ? error.message : String(error))}`,
    }
  }
}
