/** Strings as a server writes them (RFC 3501 4.3, 9). */
import type { Octets } from '../../bytes/octets.ts'
import { encodeModifiedUtf7 } from '../../bytes/utf7.ts'
import { utf8Octets } from '../../bytes/utf8.ts'

const ATOM = /^[^\x00-\x20(){%*"\\\]\x7f-\xff]+$/
const NOT_QUOTABLE = /[\x00\r\n\x80-\xff]/
const NOT_QUOTABLE_UTF8 = /[\x00\r\n]/

/** Quoted where it can be, else a literal; `utf8` where UTF8=ACCEPT allows octets above 127 in quotes (RFC 6855 3). */
export function string(octets: Octets, utf8 = false): Octets {
  if ((utf8 ? NOT_QUOTABLE_UTF8 : NOT_QUOTABLE).test(octets)) return literal(octets)
  return octets.includes('"') || octets.includes('\\') ? `"${octets.replace(/["\\]/g, '\\$&')}"` : `"${octets}"`
}

export const literal = (octets: Octets): Octets => `{${octets.length}}\r\n${octets}`

/** An atom where it can be one. */
export function astring(octets: Octets, utf8 = false): Octets {
  return ATOM.test(octets) && octets.toUpperCase() !== 'NIL' ? octets : string(octets, utf8)
}

/** A mailbox name: modified UTF-7, or UTF-8 where that was enabled. */
export const mailboxName = (name: string, utf8: boolean): Octets =>
  astring(utf8 ? utf8Octets(name) : encodeModifiedUtf7(name), utf8)
