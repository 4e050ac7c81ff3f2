/** The envelope of a message in parentheses (RFC 3501 7.4.2, 9 `envelope`). */
import type { Octets } from '../../bytes/octets.ts'
import { isUtf8 } from '../../message/mime/decoded.ts'
import type { Envelope, EnvelopeAddress, EnvelopeAddresses } from '../../message/mime/envelope.ts'
import { string } from './writer.ts'

const BEYOND_ASCII = /[\x80-\xff]/
/** Neither NUL, which no literal may hold (RFC 3501 9, CHAR8), nor what makes a literal of it. */
const PLAIN = /^[^\x00\r\n"\\\x80-\xff]*$/

/**
 * A header's text. Octets above 127 go in a literal, in quotes where the client takes UTF-8 there (RFC 6855 3) and they are
 * UTF-8. A NUL becomes the octet 80, as Dovecot has it.
 */
export function headerString(octets: Octets | null, utf8: boolean): Octets {
  if (octets === null) return 'NIL'
  if (PLAIN.test(octets)) return `"${octets}"`
  return string(withoutNul(octets), utf8 && BEYOND_ASCII.test(octets) && isUtf8(octets))
}

export const withoutNul = (octets: Octets): Octets => (octets.includes('\0') ? octets.replaceAll('\0', '\x80') : octets)

export function writeEnvelope(envelope: Envelope, utf8: boolean): Octets {
  const text = (octets: Octets | null) => headerString(octets, utf8)
  const address = ({ name, adl, mailbox, host }: EnvelopeAddress) =>
    `(${text(name)} ${text(adl)} ${text(mailbox)} ${text(host)})`
  const addresses = (list: EnvelopeAddresses) => (list === null ? 'NIL' : `(${list.map(address).join('')})`)
  const { from, sender, replyTo } = envelope
  const author = addresses(from)
  // `join` copies: what is kept must be one string, not a chain of many.
  return [
    `(${text(envelope.date)}`,
    text(envelope.subject),
    author,
    sender === from ? author : addresses(sender),
    replyTo === from ? author : addresses(replyTo),
    addresses(envelope.to),
    addresses(envelope.cc),
    addresses(envelope.bcc),
    text(envelope.inReplyTo),
    `${text(envelope.messageId)})`,
  ].join(' ')
}
