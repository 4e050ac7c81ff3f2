/** How a client writes what it is given: the shortest form that is right, literals where nothing else will do (RFC 3501 4.3). */
import type { Octets } from '../../bytes/octets.ts'
import { encodeModifiedUtf7 } from '../../bytes/utf7.ts'

/** Part of a command: octets as they are, or what has to go as a literal. */
export type Piece = Octets | { readonly literal: Octets }

export function astring(octets: Octets): Piece {
  if (/^[^\x00-\x20(){%*"\\\x7f-\xff]+$/.test(octets) && octets.toUpperCase() !== 'NIL') return octets
  return string(octets)
}

export function string(octets: Octets): Piece {
  if (/[\x00\r\n\x80-\xff]/.test(octets)) return { literal: octets }
  return `"${octets.replace(/["\\]/g, '\\$&')}"`
}

/** A mailbox name, out of Unicode. */
export const mailbox = (name: string): Piece => astring(encodeModifiedUtf7(name))
