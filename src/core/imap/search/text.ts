/** The text that SEARCH looks through: decoded, and folded so that case does not count (RFC 3501 6.4.4). */
import type { Content } from '../../message/content.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import { decodeWords } from '../../message/words.ts'

export interface FoldedText {
  readonly header: string
  readonly body: string
}

/** Large: it stays as long as there is room for it. */
export function foldedText(content: Content): FoldedText {
  return content.recall(
    'folded text',
    ({ searchText: { header, body } }) => ({ header: caseFolded(header), body: caseFolded(body) }),
    ({ header, body }) => 2 * (header.length + body.length),
  )
}

/** Header or body: TEXT, and UW's SCAN. */
export function holdsText(content: Content, text: string): boolean {
  return holdsFolded(content, caseFolded(text))
}

export function holdsFolded(content: Content, folded: string): boolean {
  const { header, body } = foldedText(content)
  return header.includes(folded) || body.includes(folded)
}

/** The fields that everybody asks for are kept with the message. */
const USUAL = new Set(['from', 'to', 'cc', 'bcc', 'subject'])

/** All fields of that name (in lower case) of the message's own header, one a line; null where there is none. */
export function foldedField(content: Content, lowerName: string): string | null {
  if (!USUAL.has(lowerName)) return readField(content, lowerName)
  return content.keep(`folded ${lowerName}`, () => ({ text: readField(content, lowerName) })).text
}

function readField(content: Content, lowerName: string): string | null {
  const { source, fields } = content.model.header
  const values: string[] = []
  for (const field of fields)
    if (field.lowerName === lowerName) values.push(decodeWords(source.slice(field.value.from, field.value.to)).trim())
  return values.length === 0 ? null : caseFolded(values.join('\n'))
}
