/** The clock on the wall of one host: its own zone, and perhaps wrong. What the host writes down, it reads here. */
import type { Machine } from '../machine.ts'
import { mailDate, type Zone } from '../message/date.ts'
import type { Millis } from '../terms.ts'

export interface WatchOptions {
  zone: Zone
  /** How far it is ahead (or, negative, behind). */
  skew: Millis
  /** What the virtual clock's 0 is: milliseconds since 1970 UTC. */
  epoch: number
}

export class Watch {
  private readonly machine: Machine
  private readonly options: WatchOptions
  private second = NaN
  private written = ''

  constructor(machine: Machine, options: WatchOptions) {
    this.machine = machine
    this.options = options
  }

  /** Milliseconds since 1970 UTC, as this host believes. */
  now(): number {
    return this.options.epoch + this.machine.now() + this.options.skew
  }

  /** A moment of the virtual clock, now unless told otherwise. Many messages come in within one second: it is written once. */
  date(at?: Millis): string {
    const { epoch, skew, zone } = this.options
    if (at !== undefined) return mailDate(epoch + at + skew, zone)
    const now = this.now()
    const second = Math.floor(now / 1000)
    if (second !== this.second) {
      this.second = second
      this.written = mailDate(now, this.options.zone)
    }
    return this.written
  }
}
