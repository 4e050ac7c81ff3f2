/**
 * What SEARCH looks through (RFC 3501 6.4.4): the text of the headers and of the text parts, decoded, so that somebody who
 * looks for "été" finds it however it was encoded. HTML is searched as it is written.
 */
import type { MoreCharsets } from '../../bytes/charsets.ts'
import type { Place } from '../place.ts'
import { decodeWords } from '../words.ts'
import { allParts, type Part } from './part.ts'

export interface SearchText {
  /** The fields of the message, one a line. */
  readonly header: string
  /** Everything below: the headers of the parts and of messages within, and the text. */
  readonly body: string
}

/** `text` gives the text of a part that is text. */
export function searchText(message: Part, text: (part: Part) => string, more?: MoreCharsets): SearchText {
  const body: string[] = []
  for (const part of allParts(message)) {
    if (part !== message) body.push(headerText(part, more))
    if (part.type === 'text') body.push(text(part))
  }
  return { header: headerText(message, more), body: body.join('\n') }
}

/** The fields as a person reads them, one a line: encoded words decoded, folding undone. */
function headerText(part: Part, more?: MoreCharsets): string {
  const { source } = part
  const value = ({ from, to }: Place) => decodeWords(source.slice(from, to), more).trim()
  return part.fields.map((field) => `${field.name}: ${value(field.value)}\n`).join('')
}

/**
 * Text as it is compared when case does not count (i;unicode-casemap, RFC 5051): in capitals, and characters that are made
 * of others taken apart, so that an é is found however it was typed.
 */
export function caseFolded(text: string): string {
  return (/[^\x00-\x7f]/.test(text) ? text.normalize('NFKD') : text).toUpperCase()
}
