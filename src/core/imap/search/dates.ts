/** When messages were sent and came, as SEARCH, SORT and THREAD compare it. */
import type { Content } from '../../message/content.ts'
import { daysSince1970 } from '../../message/date.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import type { ImapMessage } from '../backend.ts'

export interface Sent {
  /** Since 1970 UTC. */
  readonly seconds: number
  /** The day as the sender wrote it, whatever the zone (RFC 3501 6.4.4, SENTON): days since 1970. */
  readonly day: number
}

const DAY_MINUTES = 1440

const readSent = ({ sentDate: date }: MessageModel): Sent | null =>
  date && {
    seconds: Math.floor(date.epochMillis / 1000),
    day: daysSince1970(date.year, date.month, date.day),
  }

/** Null where the message does not say. */
export const sentOf = (content: Content): Sent | null => content.keep('sent', readSent)

/** RFC 5256 2.2: a message that does not say when it was sent was sent when it came. */
export const sentSeconds = ({ content, internalDate }: ImapMessage): number =>
  sentOf(content)?.seconds ?? arrivedSeconds(internalDate)

/** INTERNALDATE tells no more than seconds; who cannot see a difference must not be shown an order. */
export const arrivedSeconds = (internalDate: number): number => Math.floor(internalDate / 1000)

/** The day by the host's clock. */
export const arrivedDay = (internalDate: number, zoneMinutes: number): number =>
  Math.floor((Math.floor(internalDate / 60_000) + zoneMinutes) / DAY_MINUTES)
