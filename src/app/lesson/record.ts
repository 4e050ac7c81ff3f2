/** What somebody has to show for a lesson. Two records of one lesson make one, in whatever order they come together. */
import { isJournal, isRecord } from '../../core/lesson/saved.ts'
import type { Journal } from '../../core/world/journal.ts'

/** A run in which all goals were reached. */
interface Finished {
  /** The solution was looked at. */
  helped: boolean
  /** Milliseconds since 1970. */
  at: number
  /** Lines that were typed. */
  commands: number
  /** Milliseconds that the lesson was on the screen. */
  time: number
  /** Null where it was too long to be kept. */
  journal: Journal | null
}

export interface LessonRecord {
  /** When it was done for the first time. */
  done: number
  /** The same without help; null: not yet. */
  alone: number | null
  best: Finished
}

/** Octets of a journal that are kept, about. */
export const LONGEST_JOURNAL = 200_000

export function recordOf(run: Finished): LessonRecord {
  const journal = run.journal && JSON.stringify(run.journal).length <= LONGEST_JOURNAL ? run.journal : null
  return { done: run.at, alone: run.helped ? null : run.at, best: { ...run, journal } }
}

export function merged(one: LessonRecord | null, other: LessonRecord): LessonRecord {
  if (!one) return other
  const alone = [one.alone, other.alone].filter((at) => at !== null)
  return {
    done: Math.min(one.done, other.done),
    alone: alone.length > 0 ? Math.min(...alone) : null,
    best: isBetter(other.best, one.best) ? other.best : one.best,
  }
}

function isBetter(one: Finished, other: Finished): boolean {
  const ranks = (run: Finished) => [run.helped ? 1 : 0, run.journal ? 0 : 1, run.commands, run.time, run.at]
  const [mine, its] = [ranks(one), ranks(other)]
  const at = mine.findIndex((rank, at) => rank !== its[at])
  return at >= 0 && mine[at]! < its[at]!
}

/** Null where it is none: what is kept in a browser, or comes as a file, may be anything. */
export function readRecord(value: unknown): LessonRecord | null {
  if (!isRecord(value) || !isRecord(value['best'])) return null
  const { done, alone, best } = value
  const { helped, at, commands, time, journal } = best as Record<string, unknown>
  const sound =
    [done, at, commands, time].every(isCount) &&
    (alone === null || isCount(alone)) &&
    typeof helped === 'boolean' &&
    (journal === null || isJournal(journal))
  return sound ? (value as unknown as LessonRecord) : null
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value >= 0
