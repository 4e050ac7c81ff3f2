/**
 * Dates as mail writes them (RFC 5322 3.3), by arithmetic alone: the core has no `Date`, and what it prints must not
 * depend on the machine that it runs on.
 */

/** Minutes east of UTC, and the name that stands in the comment: "+0200 (CEST)". */
export interface Zone {
  minutes: number
  name: string | null
}

export const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** "+0200" or "+0200 (CEST)"; null where it is neither. */
export function parseZone(text: string): Zone | null {
  const parts = /^([+-])(\d\d)([0-5]\d)(?: +\(([!-'*-~]+)\))?$/.exec(text.trim())
  if (!parts) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return { minutes: parts[1] === '-' && minutes > 0 ? -minutes : minutes, name: parts[4] ?? null }
}

/** "Thu, 21 May 1998 05:33:29 -0700 (PDT)", of milliseconds since 1970 UTC. */
export function mailDate(epochMillisUtc: number, zone: Zone): string {
  const { weekday, day, month, year, time } = civil(epochMillisUtc, zone)
  return `${weekday}, ${day} ${month} ${year} ${time} ${zoneText(zone)}`
}

/** "Thu Nov 24 18:22:48 1986": C's asctime, as the From_ lines of an mbox have it. */
export function asctime(epochMillisUtc: number, zone: Zone): string {
  const { weekday, day, month, year, time } = civil(epochMillisUtc, zone)
  return `${weekday} ${month} ${String(day).padStart(2)} ${time} ${year}`
}

/** "17-Jul-1996 02:44:25 -0700": the date-time of IMAP (RFC 3501 9), whose day has two characters. */
export function imapDateTime(epochMillisUtc: number, zone: Zone): string {
  const { day, month, year, time } = civil(epochMillisUtc, zone)
  return `${String(day).padStart(2)}-${month}-${year} ${time} ${zoneText({ minutes: zone.minutes, name: null })}`
}

/** "Nov 24 18:22:48": how a syslog line begins (RFC 3164 4.1.2). */
export function logTime(epochMillisUtc: number, zone: Zone): string {
  const { day, month, time } = civil(epochMillisUtc, zone)
  return `${month} ${String(day).padStart(2)} ${time}`
}

function zoneText(zone: Zone): string {
  const minutes = Math.abs(zone.minutes)
  const offset = `${zone.minutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
  return zone.name === null ? offset : `${offset} (${zone.name})`
}

/**
 * Civil from days: the Gregorian calendar repeats every 400 years (146,097 days), and in a year that begins in March
 * the leap day comes last, so that the months before it are regular (153 days every five months).
 */
function civil(epochMillisUtc: number, zone: Zone) {
  const seconds = Math.floor(epochMillisUtc / 1000) + zone.minutes * 60
  const days = Math.floor(seconds / 86_400)
  const second = seconds - days * 86_400
  const sinceMarch0000 = days + 719_468
  const era = Math.floor(sinceMarch0000 / 146_097)
  const dayOfEra = sinceMarch0000 - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = (monthFromMarch + 2) % 12
  return {
    year: era * 400 + yearOfEra + (month < 2 ? 1 : 0),
    month: MONTHS[month]!,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    weekday: DAYS[weekdayOf(days)]!,
    time: `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`,
  }
}

/** The way back: days from 1 January 1970 to that day of the Gregorian calendar; months from 1. */
export function daysSince1970(year: number, month: number, day: number): number {
  const yearFromMarch = month > 2 ? year : year - 1
  const era = Math.floor(yearFromMarch / 400)
  const yearOfEra = yearFromMarch - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** 0 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (days: number): number => (((days + 4) % 7) + 7) % 7

const two = (number: number) => (number < 10 ? `0${number}` : String(number))
