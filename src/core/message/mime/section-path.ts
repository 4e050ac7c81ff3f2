/**
 * What IMAP calls a section (RFC 3501 6.4.5): `HEADER`, `TEXT`, `2.1`, `2.HEADER`, `2.MIME`, `HEADER.FIELDS` with a list of
 * names. It says which octets of the message somebody wants.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { FieldPlace } from '../section.ts'
import { allParts, isMessage, type Part } from './part.ts'

export type SectionText = 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME'

export interface SectionPath {
  /** `2.1`; '' where the message itself is meant. */
  readonly number: string
  readonly text: SectionText | null
}

const PATH = /^(\d+(?:\.\d+)*)?(?:(^|\.)(HEADER|HEADER\.FIELDS|HEADER\.FIELDS\.NOT|TEXT|MIME))?$/i

/** Null where it is none. */
export function readSectionPath(path: string): SectionPath | null {
  const found = PATH.exec(path)
  if (!found) return null
  const [, number = '', , text] = found
  // MIME is the header of a part: a message by itself has only HEADER.
  if (number === '' && text?.toUpperCase() === 'MIME') return null
  return { number, text: (text?.toUpperCase() as SectionText | undefined) ?? null }
}

/** The parts by their numbers. */
export function numberedParts(root: Part): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>()
  for (const part of allParts(root)) if (part.number !== null) parts.set(part.number, part)
  return parts
}

/** The octets of a section; null where the message has no such part. `names` are those of HEADER.FIELDS, in any case. */
export function sectionOctets(
  root: Part,
  parts: ReadonlyMap<string, Part>,
  { number, text }: SectionPath,
  names: readonly string[],
): Octets | null {
  const { source } = root
  if (number === '' && text === null) return source
  const part = number === '' ? root : parts.get(number)
  if (!part) return null
  if (text === null) return source.slice(part.body.from, part.body.to)
  if (text === 'MIME') return source.slice(part.header.from, part.header.to)
  // Only a message has a header and a text of its own.
  const message = number === '' ? root : isMessage(part) ? part.children[0] : null
  if (!message) return null
  switch (text) {
    case 'HEADER':
      return source.slice(message.header.from, message.header.to)
    case 'TEXT':
      return source.slice(message.body.from, message.body.to)
    case 'HEADER.FIELDS':
      return someFields(message, names, true)
    case 'HEADER.FIELDS.NOT':
      return someFields(message, names, false)
  }
}

/** The fields as they are written, and the empty line, which belongs to every header that is asked for. */
function someFields(message: Part, names: readonly string[], named: boolean): Octets {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  const { source, fields, header } = message
  const end = fields.at(-1)?.to ?? header.from
  const emptyLine = source.slice(end, header.to) || (message.size > 0 ? '\r\n' : '')
  const written = ({ from, to }: FieldPlace) => source.slice(from, to)
  return (
    fields
      .filter(({ lowerName }) => wanted.has(lowerName) === named)
      .map(written)
      .join('') + emptyLine
  )
}
