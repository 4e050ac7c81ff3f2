/** The order of the course: lessons by their parts, and where one goes on. */
import type { LessonEntry } from 'virtual:lessons'
import type { CoursePart } from '../../core/lesson/parts.ts'

export interface Part {
  readonly id: string
  readonly number: number
  readonly name: CoursePart['name'] | null
  readonly text: CoursePart['text'] | null
  readonly lessons: readonly LessonEntry[]
}

/** `01-premiers-pas/02-premier-message` is of the part `01-premiers-pas`. */
const partOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('/')))

export function courseOf(lessons: readonly LessonEntry[], parts: readonly CoursePart[]): Part[] {
  const ids = [...new Set(lessons.map(({ id }) => partOf(id)))]
  return ids.map((id, at) => {
    const part = parts.find((other) => other.id === id) ?? null
    const own = lessons.filter((lesson) => partOf(lesson.id) === id)
    return { id, number: at + 1, name: part?.name ?? null, text: part?.text ?? null, lessons: own }
  })
}

/** The lesson that was looked at last, else the first behind it that is not done, else any that is not. */
export function goOn<Entry extends { id: string }>(
  lessons: readonly Entry[],
  isDone: (id: string) => boolean,
  latest: string | null,
): Entry | null {
  const at = lessons.findIndex(({ id }) => id === latest)
  const open = (list: readonly Entry[]) => list.find(({ id }) => !isDone(id))
  return open(lessons.slice(Math.max(0, at))) ?? open(lessons) ?? null
}
