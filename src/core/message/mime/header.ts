/**
 * The header of a message without its parts: enough for whoever lists, sorts or threads messages, and read in a tenth of the
 * time. What is wrong with it is not asked here.
 */
import type { Octets } from '../../bytes/octets.ts'
import { silent } from '../problems.ts'
import { type FieldPlace, headerSection } from '../section.ts'

/** What a `Part` knows of its header, too. */
export interface Header {
  readonly source: Octets
  readonly fields: readonly FieldPlace[]
  /** The first field of that name (in lower case), or null. */
  field(lowerName: string): FieldPlace | null
}

/** The message's own header; what follows it begins at `body`. */
export interface MessageHeader extends Header {
  readonly body: number
}

export function readHeader(source: Octets): MessageHeader {
  const { fields, body } = headerSection(source, 0, source.length, silent)
  return { source, fields, body, field: (lowerName) => fields.find((field) => field.lowerName === lowerName) ?? null }
}
