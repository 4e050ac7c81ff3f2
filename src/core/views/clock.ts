/** Virtual time as a person reads it. Weekdays and months are words, and so left to the page. */
import { parseZone } from '../message/date.ts'
import type { Millis } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

export interface ClockView {
  /** When the last thing happened. */
  now: Millis
  /** How often the clock was moved on by hand. */
  skips: number
}

export const clock: Fold<ClockView> = {
  empty: () => ({ now: 0, skips: 0 }),
  add(view, event) {
    view.now = Math.max(view.now, event.at)
    if (event.kind === 'skipped') {
      view.now = Math.max(view.now, event.to)
      view.skips++
    }
  },
}

const DAY = 86_400_000

/** What stands on a clock there: milliseconds since 1970, as if its zone were UTC. */
export function localMillis(epoch: Millis, zone: string, at: Millis): Millis {
  return epoch + (parseZone(zone)?.minutes ?? 0) * 60_000 + at
}

/** `10:00:03`, and `.250` behind it where the milliseconds are wanted. */
export function timeOfDay(local: Millis, exact = false): string {
  const rest = Math.floor(local - Math.floor(local / DAY) * DAY)
  const parts = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60]
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':')
  return exact ? `${time}.${String(rest % 1000).padStart(3, '0')}` : time
}

/** How long, in two units at most: `75 s`, `4 h`, `1 d 2 h`. */
export function duration(span: Millis): string {
  if (span < 1000) return `${Math.round(span)} ms`
  const seconds = Math.round(span / 1000)
  if (seconds < 120) return `${seconds} s`
  const units: [string, number][] = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ]
  const first = units.findIndex(([, size]) => seconds >= size)
  const [name, size] = units[first]!
  const [lesser, lesserSize] = units[first + 1]!
  const rest = Math.floor((seconds % size) / lesserSize)
  return `${Math.floor(seconds / size)} ${name}${rest > 0 ? ` ${rest} ${lesser}` : ''}`
}
