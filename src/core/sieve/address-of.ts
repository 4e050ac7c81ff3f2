/** Addresses as Sieve writes and takes them apart (RFC 5228 2.4.2.3 and 2.7.4, RFC 5233). */
import type { Octets } from '../bytes/octets.ts'
import { readAddressList } from '../message/address-list.ts'
import { addressOf, unquoted } from '../message/address.ts'
import { fieldRow } from '../message/field-table.ts'

/** RFC 5233 4 leaves to the mail system how detail is written; here as nearly everywhere. */
const DETAIL = '+'

/** The addr-spec of a sieve-address: alone, or within brackets behind a name. Null where it is none. */
export function outboundAddress(text: Octets): Octets | null {
  let wrong = false
  const items = readAddressList(text, { from: 0, to: text.length }, () => (wrong = true))
  const [only] = items
  if (wrong || items.length !== 1 || only === undefined || only.kind === 'group') return null
  if (only.domain === null || only.local === '' || only.route !== null) return null
  const address = addressOf(only)
  // It will stand in a command of SMTP.
  return /[\x00-\x1f\x7f]/.test(address) ? null : address
}

/** Only fields that hold addresses have any (RFC 5228 5.1). */
export const holdsAddresses = (name: Octets): boolean => fieldRow(name).structure === 'addresses'

/** The part of an address that a test asks for; null where it has none, which matches nothing. */
export function addressPart(local: Octets, domain: Octets | null, part: string): Octets | null {
  if (part === 'all') return domain === null ? local : `${local}@${domain}`
  if (domain === null) return null
  if (part === 'domain') return domain
  const name = unquoted(local)
  const plus = name.indexOf(DETAIL)
  if (part === 'detail') return plus < 0 ? null : name.slice(plus + 1)
  return part === 'user' && plus >= 0 ? name.slice(0, plus) : name
}
