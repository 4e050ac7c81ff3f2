/** Durations as people write them: `10ms`, `5s`, `15m`, `4h`, `5d`. */
import type { Millis } from '../terms.ts'

export const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Null where the text is no duration. */
export function parseDuration(text: string): Millis | null {
  const [, count, unit] = /^(\d{1,12}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text) ?? []
  return count === undefined ? null : Math.round(Number(count) * UNITS[unit as keyof typeof UNITS])
}

/** The same the other way round, in the largest unit that says it exactly. */
export function durationText(millis: Millis): string {
  const units = Object.entries(UNITS).reverse()
  const [unit, size] = units.find(([, length]) => millis >= length && millis % length === 0) ?? ['ms', 1]
  return `${millis / size}${unit}`
}
