/**
 * A mailbox as one file, as `cat /var/mail/alice` shows it: the mbox form (RFC 4155). Each message begins with a From_
 * line and ends with an empty one.
 *
 * Written is the mboxrd flavour, lines ending in LF: a line that would look like a From_ line gets a `>` in front, and so
 * does one that already has one, so that every reader can undo it. A last line without its end gets one: the form has no
 * way to leave it out.
 *
 * Read is what there is: LF or CRLF, mboxo and mboxrd (one `>` is taken away), mboxcl and mboxcl2 (where Content-Length
 * leads to the next From_ line or the end, it is believed; a From_ line inside then shows that nothing was quoted).
 * A From_ line has a time in it: text that happens to begin with "From " stays text.
 */
import type { Octets } from '../bytes/octets.ts'
import { asctime, daysSince1970, MONTHS, type Zone } from '../message/date.ts'
import { bodyAt, field } from '../message/fields.ts'
import type { Mailbox } from './mailbox.ts'
import { statusOf, withStatus, type MailStatus } from './status.ts'

export interface MboxMessage extends MailStatus {
  /** Of the From_ line what follows `From `: who sent it, and when it came. */
  from: Octets
  /** When it came: milliseconds since 1970 UTC; null where that cannot be read. */
  internalDate: number | null
  /** The message, its lines ending in CRLF. */
  octets: Octets
}

export function mboxText(mailbox: Mailbox, zone: Zone): Octets {
  const parts: Octets[] = []
  for (const { uid, content, flags, internalDate } of mailbox.messages) {
    const octets = withStatus(content.octets, { flags, old: !mailbox.isRecent(uid) })
    parts.push(entry(`${sender(octets)} ${asctime(internalDate, zone)}`, octets))
  }
  return parts.join('')
}

/** Back into the file from which they were read. */
export const writeMbox = (messages: readonly Pick<MboxMessage, 'from' | 'octets'>[]): Octets =>
  messages.map(({ from, octets }) => entry(from, octets)).join('')

function entry(from: Octets, octets: Octets): Octets {
  const text = octets.replaceAll('\r\n', '\n').replace(/(^|\n)(>*From )/g, '$1>$2')
  return `From ${from}\n${text}${text === '' || text.endsWith('\n') ? '\n' : '\n\n'}`
}

/** The envelope's sender, as final delivery wrote it down; a bounce has none. */
function sender(content: Octets): Octets {
  const path = field(content, 'Return-Path')?.replace(/^<|>$/g, '').replace(/\s/g, '') ?? ''
  return path === '' ? 'MAILER-DAEMON' : path
}

const TIME =
  /(?:^| )(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?(?: +[A-Z]{1,5}| +([+-]\d{4}))* +(\d{4})(?: +([+-]\d{4}))?(?: +remote from .*)?$/
const FROM_LINE = /(?<=^|\n)From ([^\n]*)/g

/** What is no mbox has no messages. `zone`: that of the From_ lines. */
export function readMbox(file: Octets, zone: Zone): MboxMessage[] {
  const starts = fromLines(file)
  const places = new Map(starts.map(({ at }, place) => [at, place]))
  places.set(file.length, starts.length)
  const messages: MboxMessage[] = []
  for (let place = 0; place < starts.length;) {
    const { from, textAt } = starts[place]!
    const counted = countedEnd(file, textAt, places)
    const end = counted?.end ?? withoutEmptyLine(file, textAt, starts[place + 1]?.at ?? file.length)
    const next = counted?.next ?? place + 1
    const text = file.slice(textAt, end)
    // Where something was left unquoted, nothing was quoted.
    const octets = crlf(next > place + 1 ? text : text.replace(/(^|\n)>(>*From )/g, '$1$2'))
    messages.push({ from, internalDate: timeOf(from, zone), octets, ...statusOf(octets) })
    place = next
  }
  return messages
}

interface Start {
  from: Octets
  at: number
  textAt: number
}

function fromLines(file: Octets): Start[] {
  const starts: Start[] = []
  for (const { 0: line, 1: given, index } of file.matchAll(FROM_LINE)) {
    const from = given!.replace(/\r$/, '')
    // The first line of a file says that it is one, whatever stands in it.
    if (index === 0 || TIME.test(from))
      starts.push({ from, at: index, textAt: Math.min(index + line.length + 1, file.length) })
  }
  return starts[0]?.at === 0 ? starts : []
}

/** Where the message ends that says its length itself, and which one is next; null where it says none that can be true. */
function countedEnd(
  file: Octets,
  textAt: number,
  places: ReadonlyMap<number, number>,
): { end: number; next: number } | null {
  const emptyLine = /\r?\n\r?\n/g
  emptyLine.lastIndex = textAt
  const found = emptyLine.exec(file)
  if (!found) return null
  const body = found.index + found[0].length
  const header = crlf(file.slice(textAt, body))
  const length = field(header, 'Content-Length')
  if (length === null || !/^\d{1,12}$/.test(length) || bodyAt(header) !== header.length) return null
  const end = body + Number(length)
  const next = places.get(end + /^(?:\r?\n)*/.exec(file.slice(end, end + 8))![0].length)
  return next === undefined ? null : { end, next }
}

/** The empty line before the next message belongs to neither. */
function withoutEmptyLine(file: Octets, from: number, to: number): number {
  if (to === from + 1 && file[from] === '\n') return from
  if (file.startsWith('\r\n', from) && to === from + 2) return from
  if (file.startsWith('\n\r\n', to - 3) && to - 3 >= from) return to - 2
  return file.startsWith('\n\n', to - 2) && to - 2 >= from ? to - 1 : to
}

function timeOf(from: Octets, zone: Zone): number | null {
  const found = TIME.exec(from)
  const month = found ? MONTHS.findIndex((name) => name === found[1]) + 1 : 0
  if (!found || month === 0) return null
  const [day, hour, minute, second, year] = [found[2], found[3], found[4], found[5] ?? 0, found[7]].map(Number)
  const offset = /^([+-])(\d\d)(\d\d)$/.exec(found[8] ?? found[6] ?? '')
  const minutes = offset ? Number(`${offset[1]}1`) * (Number(offset[2]) * 60 + Number(offset[3])) : zone.minutes
  const days = daysSince1970(year!, month, day!)
  return (((days * 24 + hour!) * 60 + minute! - minutes) * 60 + second!) * 1000
}

/** Line ends as the store has them. */
const crlf = (text: Octets): Octets => text.replace(/(?<!\r)\n/g, '\r\n')
