/**
 * What can be wrong with a message, and which section of which RFC says so. Broken input still yields a tree: a reader
 * takes what it can and reports the rest. `src/texts/message.*.ts` has the words, under `problem.KEY`.
 */
import type { Place } from './place.ts'

export const problems = {
  /** A line in the header that is neither a field nor the continuation of one. */
  'no-colon': { rfc: 5322, section: '2.2' },
} as const satisfies Record<string, { rfc: number; section: string }>

export type ProblemKey = keyof typeof problems

export interface Problem extends Place {
  readonly key: ProblemKey
}

/** Readers take one of these; `silent` where nobody wants to hear. */
export type Report = (key: ProblemKey, from: number, to: number) => void

export const silent: Report = () => {}

/** A message that is nothing but mistakes must not fill the memory with them. */
const MOST = 500

/** Keeps what is reported, up to a limit. */
export function collector(): { report: Report; found: Problem[] } {
  const found: Problem[] = []
  const report: Report = (key, from, to) => {
    if (found.length < MOST) found.push({ key, from, to })
  }
  return { report, found }
}
