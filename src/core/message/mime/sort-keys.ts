/** What a server sorts and threads by (RFC 5256, and RFC 5957 for the names that are shown). */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { readMessageIds } from '../message-ids.ts'
import { silent } from '../problems.ts'
import { type MessageDate, readDate } from '../read-date.ts'
import { decodeWords, wordsText } from '../words.ts'
import { addressItems, localPart } from './envelope.ts'
import type { Header } from './header.ts'

export interface SortKeys {
  /** When it was sent; null where that cannot be read, and the day of its arrival counts. */
  readonly date: MessageDate | null
  /** The local part of the first mailbox, or the name of the first group; '' where there is none. */
  readonly from: string
  readonly to: string
  readonly cc: string
  /** The name of the first mailbox as it is shown; where it has none, its address. */
  readonly displayFrom: string
  readonly displayTo: string
  /** The base subject. */
  readonly subject: string
  readonly size: number
}

export function sortKeys(message: Header, subject: string, more?: MoreCharsets): SortKeys {
  return {
    date: sentDate(message),
    from: firstMailbox(message, 'from'),
    to: firstMailbox(message, 'to'),
    cc: firstMailbox(message, 'cc'),
    displayFrom: firstShown(message, 'from', more),
    displayTo: firstShown(message, 'to', more),
    subject,
    size: message.source.length,
  }
}

export function sentDate(message: Header): MessageDate | null {
  const field = message.field('date')
  return field ? readDate(message.source, field.value, silent) : null
}

/** The subject, decoded. */
export function subjectText(message: Header, more?: MoreCharsets): string {
  const field = message.field('subject')
  return field ? wordsText(message.source, field.value, more).trim() : ''
}

function firstMailbox(message: Header, lowerName: string): string {
  const [first] = addressItems(message, lowerName)
  if (!first) return ''
  return utf8Text(first.kind === 'group' ? first.name : localPart(first.local))
}

function firstShown(message: Header, lowerName: string, more?: MoreCharsets): string {
  const [first] = addressItems(message, lowerName)
  if (!first) return ''
  if (first.name !== null && first.name !== '') return decodeWords(first.name, more)
  if (first.kind === 'group') return ''
  const local = localPart(first.local)
  return utf8Text(first.domain === null ? local : `${local}@${first.domain}`)
}

/** What threads are made of: the message's own identifier, and those of the messages that it answers, the oldest first. */
export interface ThreadKeys {
  readonly messageId: Octets | null
  readonly references: readonly Octets[]
}

export function threadKeys(message: Header): ThreadKeys {
  const ids = (lowerName: string): Octets[] => {
    const field = message.field(lowerName)
    return field ? readMessageIds(message.source, field.value, silent).map(({ id }) => id) : []
  }
  const references = ids('references')
  // RFC 5256 3: without References, the first identifier of In-Reply-To is the parent.
  return {
    messageId: ids('message-id')[0] ?? null,
    references: references.length > 0 ? references : ids('in-reply-to').slice(0, 1),
  }
}
