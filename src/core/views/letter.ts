/** A message as it lies in its mailbox, every character of it: its fields, and apart from them what follows. */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import { headerFields } from '../message/fields.ts'

export interface LetterText {
  fields: { text: string; stamp: boolean }[]
  /** The empty line and the body. */
  rest: string
  /** Octets that are not shown any more. */
  more: number
}

/** What servers put on top on the way (RFC 5321 4.4; Delivered-To is a custom). */
export const isStamp = (fieldName: string): boolean => /^(?:received|return-path|delivered-to)$/i.test(fieldName)

/** `most` octets of it: more would only tie up the page. */
export function letterText(content: Octets, most: number): LetterText {
  const shown = content.slice(0, most)
  const fields = headerFields(shown)
  return {
    fields: fields.map(({ name, from, to }) => ({
      text: readable(shown.slice(from, to)).replace(/\n$/, ''),
      stamp: isStamp(name),
    })),
    rest: readable(shown.slice(fields.at(-1)?.to ?? 0)),
    more: content.length - shown.length,
  }
}

const readable = (octets: Octets) => harmless(utf8Text(octets).replaceAll('\r\n', '\n'))
