/** The machine's clock, in the forms in which programs print it. The host gives RFC 5322's form. */
import type { Millis } from '../terms.ts'
import type { ShellHost } from './host.ts'

export interface Moment {
  weekday: string
  day: string
  month: string
  year: string
  time: string
  /** `+0200` */
  offset: string
  /** `CEST`, or the offset where the zone has no name. */
  zone: string
}

export function now(host: ShellHost): Moment {
  const found = /^(\w{3}), +(\d{1,2}) (\w{3}) (\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})(?: \((.*)\))?/.exec(host.date())
  const [, weekday = '', day = '', month = '', year = '', time = '', offset = '', zone = offset] = found ?? []
  return { weekday, day, month, year, time, offset, zone }
}

/** `Mon Sep  7 10:00:00 CEST 2026`, as date(1) prints it. */
export const dateText = ({ weekday, month, day, time, zone, year }: Moment): string =>
  `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${zone} ${year}`

/** `10:00:00.123456`: the time of day at a moment of the virtual clock, by this machine's clock. */
export function timeOfDay(host: ShellHost, at: Millis): string {
  const [hours = 0, minutes = 0, seconds = 0] = now(host).time.split(':').map(Number)
  const current = host.machine.now()
  const today = (hours * 3600 + minutes * 60 + seconds) * 1000 + (current % 1000)
  const day = 86_400_000
  const micros = Math.round(((((today - current + at) % day) + day) % day) * 1000)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const whole = Math.floor(micros / 1e6)
  return `${two(whole / 3600)}:${two((whole / 60) % 60)}:${two(whole % 60)}.${String(micros % 1e6).padStart(6, '0')}`
}
