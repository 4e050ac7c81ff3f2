/** A journal as a file: what is kept in the browser, and what is saved and opened by hand. It may come from anybody. */
import { isFileAct } from '../world/files.ts'
import type { Journal } from '../world/journal.ts'
import { isMailAct } from '../world/mailers.ts'
import { isLessonFiles, type LessonFiles } from './own.ts'

export interface Saved {
  facteur: 1
  /** The lesson that it was played in; null for a world by itself. */
  lesson: string | null
  journal: Journal
  /** Terminals whose tabs were closed. */
  closed: readonly string[]
  /** The text of the world, where it is one of somebody's own. */
  own?: string
  /** The files of the lesson, where it is one of somebody's own. */
  files?: LessonFiles
}

export const savedText = (saved: Omit<Saved, 'facteur'>): string =>
  JSON.stringify({ facteur: 1, ...saved } satisfies Saved)

/** What the reader of worlds takes. */
const LONGEST_WORLD = 1_000_000

/** Null where it is no such file. What it holds may still not fit any world; a replay finds out. */
export function readSaved(text: string): Saved | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(value) || value['facteur'] !== 1) return null
  const { lesson, journal, closed = [], own, files } = value
  const sound =
    (lesson === null || typeof lesson === 'string') &&
    (own === undefined || (typeof own === 'string' && own.length <= LONGEST_WORLD)) &&
    (files === undefined || (lesson !== null && isLessonFiles(files))) &&
    Array.isArray(closed) &&
    closed.every((terminal) => typeof terminal === 'string') &&
    isJournal(journal)
  return sound ? ({ ...value, closed } as unknown as Saved) : null
}

/** Has it the form of a journal? */
export function isJournal(value: unknown): value is Journal {
  if (!isRecord(value)) return false
  const { world, seed, engine, acts, until, steps, checksum } = value
  return (
    [world, engine, checksum].every((text) => typeof text === 'string') &&
    [seed, until, steps].every((number) => Number.isFinite(number)) &&
    Array.isArray(acts) &&
    acts.every(isAct)
  )
}

const isAct = (act: unknown): boolean =>
  isRecord(act) &&
  typeof act['act'] === 'string' &&
  Number.isFinite(act['steps']) &&
  (act['act'] !== 'file' || isFileAct(act)) &&
  (act['act'] !== 'zone' || isZoneAct(act)) &&
  (act['act'] !== 'mail' || isMailAct(act))

const isZoneAct = ({ origin, server, text }: Record<string, unknown>): boolean =>
  typeof origin === 'string' && typeof server === 'string' && (text === null || typeof text === 'string')

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
