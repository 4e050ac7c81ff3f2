/**
 * The ENVELOPE of IMAP (RFC 3501 7.4.2): what a list of messages shows, as it is written in the header. It has nothing to do
 * with the envelope of SMTP, and encoded words are the client's business.
 */
import type { Octets } from '../../bytes/octets.ts'
import { type AddressItem, type Mailbox, readAddressList } from '../address-list.ts'
import { silent } from '../problems.ts'
import { unfolded } from '../section.ts'
import type { Header } from './header.ts'

/**
 * A mailbox; or the beginning of a group, whose name is in `mailbox` and which has no `host`; or the end of a group, where
 * all four are null.
 */
export interface EnvelopeAddress {
  readonly name: Octets | null
  /** The at-domain-list: a source route. */
  readonly adl: Octets | null
  readonly mailbox: Octets | null
  readonly host: Octets | null
}

export type EnvelopeAddresses = readonly EnvelopeAddress[] | null

export interface Envelope {
  readonly date: Octets | null
  readonly subject: Octets | null
  readonly from: EnvelopeAddresses
  readonly sender: EnvelopeAddresses
  readonly replyTo: EnvelopeAddresses
  readonly to: EnvelopeAddresses
  readonly cc: EnvelopeAddresses
  readonly bcc: EnvelopeAddresses
  readonly inReplyTo: Octets | null
  readonly messageId: Octets | null
}

export function envelope(message: Header): Envelope {
  const line = (lowerName: string) => {
    const field = message.field(lowerName)
    return field ? unfolded(message.source, field.value) : null
  }
  const list = (lowerName: string): EnvelopeAddresses => {
    const addresses = addressItems(message, lowerName).flatMap(envelopeAddresses)
    return addresses.length > 0 ? addresses : null
  }
  const from = list('from')
  return {
    date: line('date'),
    subject: line('subject'),
    from,
    // Absent or empty, these two are the author's.
    sender: list('sender') ?? from,
    replyTo: list('reply-to') ?? from,
    to: list('to'),
    cc: list('cc'),
    bcc: list('bcc'),
    inReplyTo: line('in-reply-to'),
    messageId: line('message-id'),
  }
}

/** The mailboxes and groups of a field of addresses; none where there is no such field. */
export function addressItems(message: Header, lowerName: string): AddressItem[] {
  const field = message.field(lowerName)
  return field ? readAddressList(message.source, field.value, silent) : []
}

const END_OF_GROUP: EnvelopeAddress = { name: null, adl: null, mailbox: null, host: null }

function envelopeAddresses(item: AddressItem): EnvelopeAddress[] {
  if (item.kind === 'mailbox') return [envelopeAddress(item)]
  const begin = { name: null, adl: null, mailbox: item.name, host: null }
  return [begin, ...item.members.map(envelopeAddress), END_OF_GROUP]
}

/** A missing domain is an empty host: none at all would be a group. */
const envelopeAddress = ({ name, route, local, domain }: Mailbox): EnvelopeAddress => ({
  name,
  adl: route,
  mailbox: localPart(local),
  host: domain ?? '',
})

/** Without the quoting, as IMAP wants it. */
export const localPart = (local: Octets): Octets =>
  local.replace(/\\([^])|"/g, (_, character?: string) => character ?? '')
