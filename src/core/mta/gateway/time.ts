/** UTCTime, X.400's form of a date: `260907100000+0200` (X.680 47), whose years are those from 1950 to 2049. */
import type { Octets } from '../../bytes/octets.ts'
import { daysSince1970, mailDate } from '../../message/date.ts'
import { silent } from '../../message/problems.ts'
import { readDate } from '../../message/read-date.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** Null where it is no date. */
export function utcTime(date: Octets): Octets | null {
  const read = readDate(date, { from: 0, to: date.length }, silent)
  if (read === null) return null
  const { year, month, day, hour, minute, second, zoneMinutes, zoneKnown } = read
  const away = Math.abs(zoneMinutes)
  const zone = zoneKnown ? `${zoneMinutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}${two(away % 60)}` : 'Z'
  return [year % 100, month, day, hour, minute, second].map(two).join('') + zone
}

const TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:Z|([+-])(\d\d)([0-5]\d))$/

export function dateOf(time: Octets): Octets | null {
  const found = TIME.exec(time.trim())
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((digits) => Number(digits ?? 0)) as number[]
  if (month! < 1 || month! > 12 || day! < 1 || day! > 31 || hour! > 23 || minute! > 59) return null
  const minutes = found[7] === undefined ? 0 : (Number(found[8]) * 60 + Number(found[9])) * (found[7] === '-' ? -1 : 1)
  const days = daysSince1970(year! < 50 ? 2000 + year! : 1900 + year!, month!, day!)
  const civil = ((days * 24 + hour!) * 60 + minute!) * 60_000 + second! * 1000
  return mailDate(civil - minutes * 60_000, { minutes, name: null })
}
