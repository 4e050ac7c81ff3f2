/**
 * What SEARCH looks through (RFC 3501 6.4.4): the text of the headers and of the text parts, decoded, so that somebody who
 * looks for "été" finds it however it was encoded. HTML is searched as it is written.
 */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { type Mailbox, nameText } from '../address-list.ts'
import type { Place } from '../place.ts'
import { decodeWords } from '../words.ts'
import { addressItems, localPart } from './envelope.ts'
import type { Header } from './header.ts'
import { allParts, type Part } from './part.ts'

/** The fields of a message or part as a person reads them, one a line: encoded words decoded, folding undone. */
export function headerText({ source, fields }: Header, more?: MoreCharsets): string {
  let text = ''
  for (const { name, value } of fields) text += `${name}: ${fieldText(source, value, more)}\n`
  return text
}

/** One field so. */
export function fieldText(source: Octets, { from, to }: Place, more?: MoreCharsets): string {
  const text = decodeWords(source.slice(from, to), more).trim()
  // A line end in an encoded word must not pass for the end of the field.
  return text.includes('\n') ? text.replace(/[\r\n]+/g, ' ') : text
}

/**
 * The mailboxes of a field as one would write them, names decoded, quotes and comments gone: what SEARCH FROM looks through is
 * what ENVELOPE tells (RFC 9051 6.4.4). Groups have their names and their members.
 */
export function addressText(message: Header, lowerName: string, more?: MoreCharsets): string {
  const mailbox = (one: Mailbox): string => {
    const local = localPart(one.local)
    const address = utf8Text(one.domain === null ? local : `${local}@${one.domain}`)
    const name = nameText(message.source, one, more)
    return name === '' ? address : `${name} <${address}>`
  }
  return addressItems(message, lowerName)
    .map((item) =>
      item.kind === 'mailbox'
        ? mailbox(item)
        : `${decodeWords(item.name, more)}:${item.members.map((member) => ` ${mailbox(member)}`).join(',')};`,
    )
    .join(', ')
}

/** The headers of the parts and of messages within. TEXT looks at them, BODY does not (RFC 9051 6.4.4). */
export function innerHeadersText(message: Part, more?: MoreCharsets): string {
  let text = ''
  if (message.children.length > 0)
    for (const part of allParts(message)) if (part !== message) text += headerText(part, more)
  return text
}

/**
 * The text parts, and those of type message that are no message; the rest may be passed over (RFC 9051 6.4.4). `text` gives
 * the text of a part.
 */
export function bodyText(message: Part, text: (part: Part) => string): string {
  if (message.children.length === 0) return isSearched(message) ? text(message) : ''
  const texts: string[] = []
  for (const part of allParts(message)) if (isSearched(part)) texts.push(text(part))
  return texts.length === 1 ? texts[0]! : texts.join('\n')
}

const isSearched = ({ type, children }: Part): boolean =>
  type === 'text' || (type === 'message' && children.length === 0)

/**
 * Text as it is compared when case does not count (i;unicode-casemap, RFC 5051): in capitals, and characters that are made
 * of others taken apart, so that an é is found however it was typed.
 */
export function caseFolded(text: string): string {
  return (/[\x80-\uffff]/.test(text) ? text.normalize('NFKD') : text).toUpperCase()
}
