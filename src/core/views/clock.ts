/** Virtual time as a person reads it. The core has no `Date`: days are counted by hand. */
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

export interface WallTime {
  /** `2026-09-07` */
  date: string
  /** `10:00:03` */
  time: string
  /** `10:00:03.250` */
  exact: string
}

const DAY = 86_400_000

/** `epoch` counts from 1970, `zone` is as a Received line shows it: `+0200 (CEST)`. */
export function wallTime(epoch: Millis, zone: string, at: Millis): WallTime {
  const local = epoch + zoneMillis(zone) + at
  const days = Math.floor(local / DAY)
  const rest = local - days * DAY
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60]
    .map((part) => two(part))
    .join(':')
  return { date: civil(days), time, exact: `${time}.${String(Math.floor(rest % 1000)).padStart(3, '0')}` }
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

function zoneMillis(zone: string): number {
  const match = /^([+-])(\d\d)(\d\d)/.exec(zone)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000
}

/** A day's number since 1970-01-01 as a date: years begin in March, so that the leap day comes last. */
function civil(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

const two = (part: number) => String(part).padStart(2, '0')
