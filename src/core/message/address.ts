/**
 * Addresses in header fields, for who only wants name and address: `John Q. Public <JQP@bar.com>`, `JQP@bar.com (John)`,
 * `friends: a@b, c@d;`. Octets in, octets out. The reading is in `address-list.ts`.
 */
import type { Octets } from '../bytes/octets.ts'
import { type Mailbox, mailboxesOf, readAddressList } from './address-list.ts'
import { silent } from './problems.ts'

export interface Address {
  /** The display name, or the comment that old programs put behind; '' where there is none. */
  name: Octets
  /** The addr-spec: `JQP@bar.com`. Within brackets it is as written. */
  address: Octets
}

/** Every address in the value of a From, To, Sender ... field. What cannot be read as one is passed over. */
export function addresses(value: Octets): Address[] {
  const items = readAddressList(value, { from: 0, to: value.length }, silent)
  return mailboxesOf(items)
    .map((mailbox) => ({
      name: mailbox.name ?? '',
      address: mailbox.bracketed ? value.slice(mailbox.spec.from, mailbox.spec.to) : addressOf(mailbox),
    }))
    .filter(({ address }) => address !== '')
}

/** Without blanks and comments: `JQP@bar.com`. */
export const addressOf = ({ local, domain }: Pick<Mailbox, 'local' | 'domain'>): Octets =>
  domain === null ? local : `${local}@${domain}`

/**
 * The same mailbox? Quotes that a local part could do without make no difference, its case does (RFC 5321 2.4); the case
 * of the domain does not.
 */
export function sameMailbox(one: Pick<Mailbox, 'local' | 'domain'>, other: Pick<Mailbox, 'local' | 'domain'>): boolean {
  return (
    unquoted(one.local) === unquoted(other.local) &&
    (one.domain ?? '').toLowerCase() === (other.domain ?? '').toLowerCase()
  )
}

/** A quoted string without its quotes (RFC 5321 4.1.2: "Joe" and Joe are one mailbox); anything else as it is. */
export function unquoted(text: string): string {
  return text[0] === '"' ? text.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1') : text
}

/** The same for all ways to write an address of this host: quotes and case tell nothing there (RFC 5321 2.4). */
export function addressKey(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0
    ? unquoted(address).toLowerCase()
    : `${unquoted(address.slice(0, at))}${address.slice(at)}`.toLowerCase()
}

/** A display name as a phrase: quoted where it is more than atoms with one blank between them. */
export function phrase(name: Octets): Octets {
  const atoms = /^(?:[\w!#$%&'*+/=?^`{|}~\x80-\xff-]+(?: |$))*$/.test(name) && !name.endsWith(' ')
  return atoms ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}

/** `John Smith <jsmith@foo.com>`, or `<jsmith@foo.com>` where nobody knows the name. */
export function addressText({ name, address }: Address): Octets {
  return name === '' ? `<${address}>` : `${phrase(name)} <${address}>`
}
