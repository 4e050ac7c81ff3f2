/** What a part is written under, and what comes of it: between the writer of any part and those of single kinds. */
import type { Octets } from '../../../bytes/octets.ts'
import type { Way } from './choose-encoding.ts'
import type { Unique } from './draft.ts'

export interface Conditions {
  unique: Unique
  /** What the way carries. */
  way: Way
  /** Inside a multipart/signed nothing may tempt a gateway to change it (RFC 1847 2.1, RFC 3156 5). */
  signed: boolean
  /** How many multiparts and messages are around this part. */
  depth: number
  /** It is all that a message holds, so that a line end stands behind it. */
  whole: boolean
  /** The boundaries in use around and beside it. */
  boundaries: Set<string>
}

export interface Entity {
  /** The Content- fields, each with its CRLF. */
  fields: Octets
  body: Octets
  /** What a relay must carry for it to pass. */
  needs: Way
}
