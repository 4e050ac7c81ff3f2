/**
 * What a mailing list writes into the copy that its members get: which list it is (RFC 2919), how to write to it and how to
 * leave it (RFC 2369), and that no program need answer (RFC 3834 2: those of old look at Precedence).
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { addressText } from '../message/address.ts'
import { headerField } from '../message/build.ts'
import { headerFields } from '../message/fields.ts'

/**
 * Each of them stands once in a message (RFC 2369 3), and what writers put there, or the list that this one is a member of, is
 * not this list's. A parent's List-Archive stays, as this list has none (RFC 2369 4).
 */
const OWN = /^(?:list-(?:id|post|unsubscribe|unsubscribe-post|subscribe|owner|help)|precedence)$/i

export function listFields(address: string, name: string, leave: string): Octets {
  return [
    ['Delivered-To', address],
    ['List-Id', addressText({ name: utf8Octets(name), address: address.replace('@', '.') })],
    ['List-Post', mailto(address)],
    ['List-Unsubscribe', mailto(leave)],
    ['Precedence', 'list'],
  ]
    .map(([field = '', value = '']) => headerField(field, value))
    .join('')
}

export function withoutListFields(content: Octets): Octets {
  let rest = ''
  let kept = 0
  for (const { name, from, to } of headerFields(content)) {
    if (!OWN.test(name)) continue
    rest += content.slice(kept, from)
    kept = to
  }
  return kept === 0 ? content : rest + content.slice(kept)
}

/** RFC 6068 2: what means something in a URI is written by its number. */
const mailto = (address: string) =>
  `<mailto:${address.replace(/[^\w@.~!$'*+-]/g, (octet) => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}>`
