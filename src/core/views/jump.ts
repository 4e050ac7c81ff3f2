/** Where somebody wants to go on the line of time, as they type it: `10:00:03`, `2026-03-01 10:00`, or the number of an event. */
import { daysSince1970 } from '../message/date.ts'
import { localMillis } from './clock.ts'
import type { Millis } from '../terms.ts'

export interface Line {
  readonly epoch: Millis
  readonly zone: string
  /** The moment that is looked at, and the last there is: by the clock of the world, from its beginning. */
  readonly now: Millis
  readonly end: Millis
  readonly events: number
}

export type Target = { readonly events: number } | { readonly at: Millis }

const DAY = 86_400_000
const TIME = /^(?:(\d{4})-(\d{1,2})-(\d{1,2})[ T]+)?(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/

/** Null for what is neither, or lies outside of what has been. */
export function target(text: string, line: Line): Target | null {
  const wanted = text.trim()
  if (/^#?\d+$/.test(wanted)) {
    const events = Number(wanted.replace('#', ''))
    return events >= 1 && events <= line.events ? { events } : null
  }
  const found = TIME.exec(wanted)
  if (!found) return null
  const [, year, month, day, hours, minutes, seconds, fraction] = found
  const time = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null
  // Who leaves out the smaller units means all that the clock shows as that.
  const within = fraction !== undefined ? Number(fraction.padEnd(3, '0')) : seconds !== undefined ? 999 : 59_999
  const start = localMillis(line.epoch, line.zone, 0)
  const given = year === undefined ? null : daysSince1970(Number(year), Number(month), Number(day)) * DAY
  const today = Math.floor((start + line.now) / DAY) * DAY
  for (const date of given === null ? around(today, start, start + line.end) : [given]) {
    const at = date + time + within - start
    // The world begins in the midst of a second, and ends in one.
    if (at >= 0 && at - within <= line.end) return { at: Math.min(at, line.end) }
  }
  return null
}

/** That day, then those before and after it, the nearest first. */
function* around(day: number, start: number, end: number): Generator<number> {
  yield day
  for (let away = DAY; day - away > start - DAY || day + away <= end; away += DAY) {
    yield day - away
    yield day + away
  }
}
