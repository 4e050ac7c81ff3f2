/** How many lines were typed, and how many the solution of a lesson types: a par to beat. */
import type { Act } from '../world/journal.ts'

const TYPED = /^\d?\$(?! \^[CD\]]$)/

/** Keys (`^C`) are no lines. */
export const parOf = (solution: string): number => solution.split(/\r?\n/).filter((line) => TYPED.test(line)).length

export const linesTyped = (acts: readonly Act[]): number =>
  acts.reduce((count, act) => count + (act.act === 'type' ? act.data.split('\n').length - 1 : 0), 0)
