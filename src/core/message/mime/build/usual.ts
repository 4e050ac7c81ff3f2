/**
 * The tree that mail programs build around a letter: the text alone; text and HTML as alternatives; pictures that the HTML
 * shows beside it, in a multipart/related; attachments behind, in a multipart/mixed.
 */
import type { Octets } from '../../../bytes/octets.ts'
import type { Part } from '../part.ts'
import type { DraftPart, PreparedPart } from './draft.ts'

export interface Attachment {
  filename: string
  /** `image/gif`. */
  type: string
  octets: Octets
  description?: string
}

/** Shown by the HTML as `<img src="cid:...">`. */
export interface Picture extends Attachment {
  /** Its Content-ID, with angle brackets. */
  id: string
}

export interface Letter {
  text: string
  html?: string
  pictures?: readonly Picture[]
  /** Files, and parts of other messages as they stand there. */
  attachments?: readonly (Attachment | DraftPart)[]
  /** RFC 3676, for the plain text. */
  flowed?: { delSp: boolean }
  /** For both texts. */
  charset?: string
}

export function letterContent(letter: Letter): DraftPart {
  const texts = letterTexts(letter)
  const attachments = (letter.attachments ?? []).map((given) => ('kind' in given ? given : attached(given)))
  if (attachments.length === 0) return texts
  return { kind: 'multipart', subtype: 'mixed', parts: [texts, ...attachments] }
}

function letterTexts({ text, html, pictures = [], flowed, charset }: Letter): DraftPart {
  const chosen = charset === undefined ? {} : { charset }
  const plain: DraftPart = { kind: 'text', subtype: 'plain', text, ...chosen, ...(flowed ? { flowed } : {}) }
  if (html === undefined) return plain
  const page: DraftPart = { kind: 'text', subtype: 'html', text: html, ...chosen }
  const shown: DraftPart =
    pictures.length === 0
      ? page
      : { kind: 'related', type: 'text/html', parts: [page, ...pictures.map((picture) => inline(picture))] }
  // The last of the alternatives is the one that says most (RFC 2046 5.1.4).
  return { kind: 'multipart', subtype: 'alternative', parts: [plain, shown] }
}

const attached = (attachment: Attachment): DraftPart => octetsPart(attachment, 'attachment')

const inline = ({ id, ...picture }: Picture): DraftPart => ({ ...octetsPart(picture, 'inline'), id })

function octetsPart({ filename, type, octets, description }: Attachment, disposition: string) {
  return {
    kind: 'octets' as const,
    type,
    octets,
    name: filename,
    disposition: { type: disposition, filename },
    ...(description === undefined ? {} : { description }),
  }
}

/** A part of a message that was read, for a new message: octet by octet as it stands. */
export const keptPart = (part: Part): PreparedPart => ({
  kind: 'prepared',
  entity: part.source.slice(part.place.from, part.place.to),
})
