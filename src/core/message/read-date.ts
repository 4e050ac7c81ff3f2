/**
 * Reading dates (RFC 5322 3.3), the obsolete forms (4.3) and what else is found in old mail: `Thu, 8 Sep 94 09:24:12 +02`,
 * `Fri 20-Sep-96 3:21PM-MST`, and the form of C's asctime.
 */
import type { Octets } from '../bytes/octets.ts'
import { DAYS, daysSince1970, MONTHS, weekdayOf } from './date.ts'
import { type Alphabet, lexer, type Token } from './lexer.ts'
import type { Place } from './place.ts'
import type { Report } from './problems.ts'

/** The civil date is as written: IMAP's SENTON looks at it and not at the zone (RFC 9051 6.4.4). */
export interface MessageDate extends Place {
  readonly epochMillis: number
  /** Minutes east of UTC. */
  readonly zoneMinutes: number
  /** False for -0000, an unknown name, or none: the sender does not say where it is. */
  readonly zoneKnown: boolean
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** 60 in a leap second. */
  readonly second: number
}

const ALPHABET: Alphabet = {
  specials: new Set(Array.from('"(),:', (character) => character.charCodeAt(0))),
  literals: false,
}

/** No date has more words; what follows them is reported at once. */
const MOST_WORDS = 16

export function readDate(source: Octets, place: Place, report: Report): MessageDate | null {
  const next = lexer(source, place, report, ALPHABET)
  const words: Token[] = []
  let rest: Token | null = null
  for (let token = next(); token !== null && rest === null; token = next()) {
    if (token.kind === 'comment') continue
    if (words.length < MOST_WORDS) words.push(token)
    else rest = token
  }
  const from = words[0]?.from ?? place.from
  const date = words.length === 0 ? null : new DateReader(words, report).read()
  if (date === null) report('date-unreadable', from, words.at(-1)?.to ?? place.to)
  else if (date !== 'impossible' && date.extra !== null)
    report('date-extra', date.extra.from, (rest ?? words.at(-1)!).to)
  if (date === null || date === 'impossible') return null
  const { year, month, day, hour, minute, second, zone, to } = date
  const days = daysSince1970(year, month, day)
  const epochMillis = ((days * 24 + hour) * 60 + minute - zone.minutes) * 60_000 + second * 1000
  return {
    epochMillis,
    zoneMinutes: zone.minutes,
    zoneKnown: zone.known,
    year,
    month,
    day,
    hour,
    minute,
    second,
    from,
    to,
  }
}

interface Zone {
  readonly minutes: number
  readonly known: boolean
}
interface Read {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly zone: Zone
  readonly to: number
  /** The first word that does not belong to the date. */
  readonly extra: Token | null
}

class DateReader {
  readonly words: readonly Token[]
  readonly report: Report
  at = 0

  constructor(words: readonly Token[], report: Report) {
    this.words = words
    this.report = report
  }

  read(): Read | 'impossible' | null {
    const weekday = this.weekday()
    const dateFrom = this.at
    const date = this.dayMonthYear() ?? this.monthDay()
    if (date === null) return null
    const time = this.time()
    if (time === null) return null
    let zone = time.zone ?? this.zone()
    const yearToken = date.year ?? this.word(/^\d{4,6}$/)
    if (yearToken === null) return null
    zone ??= date.year === null ? this.zone() : null
    const { year, month, day } = { ...date, year: typeof yearToken === 'number' ? yearToken : Number(yearToken[0]) }
    const { hour, minute, second } = time
    const first = this.words[dateFrom]!
    const last = this.words[this.at - 1]!
    if (zone === null) this.report('date-zone-missing', last.to, last.to)
    zone ??= { minutes: 0, known: false }
    if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 60) {
      this.report('date-impossible', first.from, last.to)
      return 'impossible'
    }
    if (weekday !== null && weekday.day !== weekdayOf(daysSince1970(year, month, day))) {
      this.report('date-weekday', weekday.token.from, weekday.token.to)
    }
    return { year, month, day, hour, minute, second, zone, to: last.to, extra: this.words[this.at] ?? null }
  }

  private weekday(): { day: number; token: Token } | null {
    const token = this.words[this.at]!
    const day = DAYS.findIndex((name) => name.toLowerCase() === token.text.slice(0, 3).toLowerCase())
    if (token.kind !== 'atom' || day < 0 || !/^[a-z]+\.?$/i.test(token.text)) return null
    this.at++
    if (this.words[this.at]?.text === ',') this.at++
    return { day, token }
  }

  /** `21 May 1998`, or `20-Sep-96`. */
  private dayMonthYear() {
    const token = this.words[this.at]
    const joined = this.word(/^(\d{1,2})-([a-z]{3,})-(\d{2,6})$/i)
    if (joined !== null) {
      this.report('date-order', token!.from, token!.to)
      const month = monthNamed(joined[2]!)
      return month === 0 ? null : { day: Number(joined[1]), month, year: this.year(joined[3]!, token!) }
    }
    const start = this.at
    const day = this.word(/^\d{1,2}$/)
    const month = day === null ? 0 : monthNamed(this.word(/^[a-z]{3,9}\.?$/i)?.[0] ?? '')
    const yearToken = this.words[this.at]
    const year = month === 0 ? null : this.word(/^\d{1,6}$/)
    if (year !== null) return { day: Number(day![0]), month, year: this.year(year[0], yearToken!) }
    this.at = start
    return null
  }

  /** `Nov 24`, with the year behind the time, as asctime has it. */
  private monthDay() {
    const token = this.words[this.at]
    const month = monthNamed(this.word(/^[a-z]{3,9}$/i)?.[0] ?? '')
    const day = month === 0 ? null : this.word(/^\d{1,2}$/)
    if (day === null) return null
    this.report('date-order', token!.from, this.words[this.at - 1]!.to)
    return { day: Number(day[0]), month, year: null }
  }

  /** RFC 5322 4.3: two digits are of 1950 to 2049, three count from 1900. */
  private year(digits: string, { from, to }: Token): number {
    const year = Number(digits)
    if (digits.length < 4) this.report('date-short-year', from, to)
    if (digits.length === 3) return year + 1900
    return digits.length > 3 ? year : year + (year < 50 ? 2000 : 1900)
  }

  /** `05:33`, `05:33:29`, `3:21PM-MST`. */
  private time() {
    const start = this.at
    const hour = this.word(/^\d{1,2}$/)
    const minute = hour && this.colon() ? this.word(LAST_OF_TIME) : null
    if (hour === null || minute === null) return null
    const second = this.colon() ? this.word(LAST_OF_TIME) : null
    const [, , half, zoneName] = (second ?? minute) as unknown as [string, string, string?, string?]
    const last = this.words[this.at - 1]!
    if (half !== undefined || zoneName !== undefined) this.report('date-order', this.words[start]!.from, last.to)
    const written = Number(hour[0])
    return {
      hour: half === undefined ? written : (written % 12) + (half.toLowerCase() === 'pm' ? 12 : 0),
      minute: Number(minute[1]),
      second: Number(second?.[1] ?? 0),
      zone: zoneName === undefined ? null : this.named(zoneName, last),
    }
  }

  private zone(): Zone | null {
    const token = this.words[this.at]
    const digits = this.word(/^([+-])(\d{2})(\d{2})$/)
    if (digits !== null) {
      const minutes = Number(digits[2]) * 60 + Number(digits[3])
      if (Number(digits[3]) > 59) this.report('date-zone-malformed', token!.from, token!.to)
      return signed(digits[1]!, minutes)
    }
    const short = this.word(/^(?:gmt|utc?)?([+-])(\d{1,2}?)(\d{2})?(?:\D.*)?$/i)
    if (short !== null) {
      const minutes = short[3] ?? (this.colon() ? this.word(/^\d{2}$/)?.[0] : undefined)
      this.report('date-zone-malformed', token!.from, this.words[this.at - 1]!.to)
      return signed(short[1]!, Number(short[2]) * 60 + Number(minutes ?? 0))
    }
    const name = this.word(/^[a-z]{1,5}$/i)
    return name === null ? null : this.named(name[0], token!)
  }

  /** A name that nobody knows, and each letter of the military, says nothing (RFC 5322 4.3: as -0000). */
  private named(name: string, { from, to }: Token): Zone {
    this.report('date-zone-name', from, to)
    const hours = ZONES.get(name.toUpperCase())
    return hours === undefined ? { minutes: 0, known: false } : { minutes: hours * 60, known: true }
  }

  private colon(): boolean {
    if (this.words[this.at]?.text !== ':') return false
    this.at++
    return true
  }

  private word(pattern: RegExp): RegExpExecArray | null {
    const token = this.words[this.at]
    const found = token?.kind === 'atom' ? pattern.exec(token.text) : null
    if (found !== null) this.at++
    return found
  }
}

const LAST_OF_TIME = /^(\d{1,2})(?:(am|pm)?(?:-([a-z]{1,5}))?)$/i

/** RFC 5322 4.3; UTC is no name of the RFC, but everybody knows it. */
const ZONES = new Map(
  Object.entries({ UT: 0, GMT: 0, UTC: 0, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 }),
)

const signed = (sign: string, minutes: number): Zone => ({
  minutes: sign === '-' && minutes > 0 ? -minutes : minutes,
  known: sign === '+' || minutes > 0,
})

/** From 1; 0 for what is no month. */
const monthNamed = (name: string): number =>
  MONTHS.findIndex((month) => month.toLowerCase() === name.slice(0, 3).toLowerCase()) + 1

const daysIn = (year: number, month: number): number =>
  daysSince1970(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysSince1970(year, month, 1)
