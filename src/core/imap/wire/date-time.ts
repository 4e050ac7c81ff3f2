/** A moment as commands write it (RFC 3501 9, `date-time`): `"17-Jul-1996 02:44:25 -0700"`. */
import type { Octets } from '../../bytes/octets.ts'
import { daysSince1970, MONTHS } from '../../message/date.ts'

const DATE_TIME = /^([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/

/** Milliseconds since 1970 UTC; null where it is none. */
export function readDateTime(text: Octets): number | null {
  const found = DATE_TIME.exec(text)
  if (!found) return null
  const [, day, name, year, hours, minutes, seconds, sign, zoneHours, zoneMinutes] = found
  const month = MONTHS.findIndex((other) => other.toLowerCase() === name!.toLowerCase())
  const numbers = { day: Number(day), hours: Number(hours), minutes: Number(minutes), seconds: Number(seconds) }
  if (month < 0 || numbers.day < 1 || numbers.day > daysIn(Number(year), month)) return null
  // A leap second is the first of the next minute.
  if (numbers.hours > 23 || numbers.minutes > 59 || numbers.seconds > 60 || Number(zoneMinutes) > 59) return null
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHours) * 60 + Number(zoneMinutes))
  const days = daysSince1970(Number(year), month + 1, numbers.day)
  return (((days * 24 + numbers.hours) * 60 + numbers.minutes - offset) * 60 + numbers.seconds) * 1000
}

/** `month` from 0. */
export function daysIn(year: number, month: number): number {
  return month === 11 ? 31 : daysSince1970(year, month + 2, 1) - daysSince1970(year, month + 1, 1)
}
