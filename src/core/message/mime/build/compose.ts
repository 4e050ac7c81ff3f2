/** From a draft to a message: the door of this room. */
import type { Octets } from '../../../bytes/octets.ts'
import type { Draft, DraftPart, Unique } from './draft.ts'
import { writeMessage, writePart } from './entity.ts'

/** The whole message, header and body, lines ended by CRLF. Throws where parts lie deeper than MOST_DEPTH. */
export function compose(draft: Draft, unique: Unique): Octets {
  const conditions = {
    unique,
    way: draft.way ?? '7bit',
    signed: false,
    depth: 0,
    whole: true,
    boundaries: new Set<string>(),
  }
  return writeMessage(draft, conditions).message
}

/**
 * A part as it is signed (RFC 1847 2.1): 7-bit, with nothing that a gateway might change. What comes out goes under the
 * signature, and as a prepared part into the multipart/signed, octet by octet.
 */
export function signable(part: DraftPart, unique: Unique): Octets {
  const { fields, body } = writePart(part, {
    unique,
    way: '7bit',
    signed: true,
    depth: 1,
    whole: false,
    boundaries: new Set<string>(),
  })
  return `${fields}\r\n${body}`
}
