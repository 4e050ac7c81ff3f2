/**
 * Which header field of RFC 5322 is which field of a memo's heading (RFC 2156 2.3.1.2 and appendix A), both ways. Fields
 * without a row travel as heading extensions; those of MIME are said by the body parts; trace fields are the carrier's.
 */
import type { Octets } from '../../bytes/octets.ts'
import { headerFields } from '../../message/fields.ts'

export type Reading =
  /** One line for each person. */
  | 'people'
  /** One line for each id. */
  | 'ids'
  | 'date'
  | 'text'
  /** A word, which X.400 has as a number. */
  | 'word'

export interface HeadingRow {
  readonly field: string
  readonly memo: string
  readonly as: Reading
}

const row = (field: string, memo: string, as: Reading): HeadingRow => ({ field, memo, as })

export const headingRows: readonly HeadingRow[] = [
  row('Message-ID', 'This-IPM', 'ids'),
  row('From', 'Originator', 'people'),
  row('To', 'Primary-Recipient', 'people'),
  row('Cc', 'Copy-Recipient', 'people'),
  row('Bcc', 'Blind-Copy-Recipient', 'people'),
  row('Reply-To', 'Reply-Recipient', 'people'),
  row('In-Reply-To', 'Replied-To-IPM', 'ids'),
  row('References', 'Related-IPM', 'ids'),
  row('Supersedes', 'Obsoleted-IPM', 'ids'),
  row('Subject', 'Subject', 'text'),
  row('Date', 'Authorization-Time', 'date'),
  row('Expires', 'Expiry-Time', 'date'),
  row('Reply-By', 'Reply-Time', 'date'),
  row('Importance', 'Importance', 'word'),
  row('Sensitivity', 'Sensitivity', 'word'),
]

/** RFC 2156: with a Sender it is the Sender who is the originator, and those of From are the authorizing users. */
export const SENDER = row('Sender', 'Originator', 'people')
export const AUTHORS = row('From', 'Authorizing-User', 'people')

/** What every host on the way puts on top: it belongs to the way, and stays on top of either form. */
export const isTrace = (name: string) => /^(?:received|return-path|delivered-to)$/i.test(name)

/** These fields as they stand, each with its line end, which the last line of a message may lack. */
export const traceOf = (content: Octets): Octets =>
  headerFields(content)
    .filter(({ name }) => isTrace(name))
    .map(({ from, to }) => content.slice(from, to).replace(/(?<!\n)$/, '\r\n'))
    .join('')

/** Said anew by whoever writes the message. */
export const isLabel = (name: string) => /^(?:content-.*|mime-version)$/i.test(name)

/** What this gateway says of the X.400 side of a message: RFC 2156 4.6 and, for the names, RFC 4021 2.1. */
export const isOfGateway = (name: string) => /^x400-/i.test(name)

/** The domain of an id that was made in the X.400 world. */
export const NOWHERE = '@MHS'
