/** What lies in a mailbox when the world begins, as octets. */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { crlfLines, textMessage } from '../message/build.ts'
import { mailDate } from '../message/date.ts'
import { readMbox } from '../store/mbox.ts'
import type { HostName } from '../terms.ts'
import { hostTime } from './epoch.ts'
import { writtenOctets } from './files.ts'
import type { MessageFile, WorldFile } from './schema.ts'

/** Whose mailbox it is: where a message says only its parts, they tell the rest. */
export interface Owner {
  name: string
  address: string
  user: string
  host: HostName
}

export interface InitialMessage {
  octets: Octets
  flags: readonly string[]
  /** Milliseconds since 1970 UTC. */
  received: number
  /** A session of before has seen it come. */
  old: boolean
}

/** Undated mail of old came an hour apart, before the world began. */
const HOUR = 3_600_000
const FILLER = 'The quick brown fox jumps over the lazy dog, and the dog does not mind at all.\r\n'

export function initialMail(file: WorldFile, owner: Owner, messages: readonly MessageFile[]): InitialMessage[] {
  return messages.flatMap((message, index) => {
    if (typeof message === 'string')
      return [{ octets: crlfLines(utf8Octets(message)), flags: [], received: file.epoch, old: false }]
    if ('mbox' in message)
      return readMbox(writtenOctets(message.mbox), hostTime(file, owner.host).zone).map(
        ({ octets, flags, internalDate, old }) => ({ octets, flags, received: internalDate ?? file.epoch, old }),
      )
    const { flags, received, old, times } = message
    const octets = octetsOf(file, owner, message, index, messages.length)
    const one = { octets, flags, received: received ?? file.epoch, old }
    return Array.from({ length: times }, () => one)
  })
}

function octetsOf(
  file: WorldFile,
  owner: Owner,
  message: Exclude<MessageFile, string | { mbox: unknown }>,
  index: number,
  count: number,
): Octets {
  if ('message' in message) return crlfLines(utf8Octets(message.message))
  if ('base64' in message) return writtenOctets(message)
  const { zone } = hostTime(file, owner.host)
  const date = message.date ?? file.epoch - (count - index) * HOUR
  const text = textMessage(
    [
      ['From', message.from],
      ['To', message.to ?? `${owner.name} <${owner.address}>`],
      ['Subject', message.subject],
      ['Date', mailDate(date, zone)],
      ['Message-ID', `<${file.name}.${index + 1}.${owner.user}@${owner.host}>`],
    ],
    message.text,
  )
  const sender = /<([^<>]*)>/.exec(message.from)?.[1] ?? message.from
  const whole = `Return-Path: <${sender}>\r\n${text}`
  return message.octets === null ? whole : filled(whole, message.octets)
}

/** Lines of text under a message until it has so many octets; one that has them already stays as it is. */
function filled(message: Octets, octets: number): Octets {
  const missing = octets - message.length
  if (missing < 2) return message
  const lines = FILLER.repeat(Math.floor((missing - 2) / FILLER.length))
  const rest = missing - lines.length
  return `${message}${lines}${FILLER.slice(0, rest - 2)}\r\n`
}
