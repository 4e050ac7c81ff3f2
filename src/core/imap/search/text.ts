/** The texts that SEARCH looks through: decoded, and folded so that case does not count (RFC 3501 6.4.4). */
import type { Content } from '../../message/content.ts'
import type { MessageModel } from '../../message/mime/model.ts'
import { caseFolded } from '../../message/mime/search-text.ts'

const subject = (model: MessageModel) => caseFolded(model.subject)

/** Small: kept with the message. */
export const foldedSubject = (content: Content): string => content.keep('folded subject', subject)

/** Of From, To, Cc or Bcc, in lower case. */
export const foldedAddresses = (content: Content, lowerName: string): string =>
  content.keep(`folded ${lowerName}`, (model) => caseFolded(model.addressText(lowerName)))

/** The message's own fields, one a line, with a line end on both sides of each. Large: it stays while there is room. */
export const foldedHeader = (content: Content): string =>
  content.recall(
    'folded header',
    (model) => caseFolded(`\n${model.headerText}`),
    (text) => 2 * text.length,
  )

export interface SearchedText {
  /** Headers of parts, and of messages within. */
  readonly inner: string
  readonly body: string
}

export const searchedText = (content: Content): SearchedText =>
  content.recall(
    'searched text',
    (model) => ({ inner: caseFolded(model.innerHeadersText), body: caseFolded(model.bodyText) }),
    ({ inner, body }) => 2 * (inner.length + body.length),
  )

/** Does a field of that name hold the text? An empty text asks whether there is such a field at all. */
export function headerHolds(header: string, field: string, text: string): boolean {
  const begin = `\n${field}: `
  for (let at = header.indexOf(begin); at >= 0;) {
    const end = header.indexOf('\n', at + begin.length)
    if (text === '' || header.slice(at + begin.length, end).includes(text)) return true
    at = header.indexOf(begin, end)
  }
  return false
}

/** In a header or in the body: TEXT, and UW's SCAN. */
export const holdsText = (content: Content, text: string): boolean => holdsFolded(content, caseFolded(text))

export function holdsFolded(content: Content, folded: string): boolean {
  if (foldedHeader(content).includes(folded)) return true
  const { inner, body } = searchedText(content)
  return inner.includes(folded) || body.includes(folded)
}
