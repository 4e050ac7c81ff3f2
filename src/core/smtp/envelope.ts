/**
 * The envelope: what goes beside a message from host to host and is no part of it (RFC 5321 2.3.1, RFC 3461 4). Server,
 * client and queue share it, so that what one host was told it tells the next.
 */
import type { Path } from './path.ts'

/** When the sender wants to hear of a recipient (RFC 3461 4.1). */
export type Notify = 'NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY'

/** MAIL into the mailbox; SEND to the terminal, SOML to the one or the other, SAML to both (RFC 821 3.4). */
export type Sending = 'MAIL' | 'SEND' | 'SOML' | 'SAML'

/** Whom RCPT names, and what it says of them. */
export interface Addressee {
  path: Path
  /** Null where nothing was said. */
  notify: readonly Notify[] | null
  /** The recipient as the sender wrote it: `rfc822;Bob@foo.com`, in xtext as it came (RFC 3461 4.2). */
  orcpt: string | null
}

/** What MAIL says of a message, beside its sender. */
export interface MailTerms {
  how: Sending
  body: '7BIT' | '8BITMIME' | 'BINARYMIME' | null
  /** What of the message a report shall hold (RFC 3461 4.3). */
  ret: 'FULL' | 'HDRS' | null
  /** The sender's name for this sending, in xtext as it came (RFC 3461 4.4). */
  envid: string | null
  /** RFC 6531 3.4: addresses or header need UTF-8. */
  utf8: boolean
}

export interface Envelope extends MailTerms {
  /** Null is `<>`. */
  from: Path | null
  recipients: readonly Addressee[]
  /** SIZE= as MAIL gave it. */
  declared: number | null
}

/** A message about which nothing special was said. */
export const PLAIN_TERMS: MailTerms = { how: 'MAIL', body: null, ret: null, envid: null, utf8: false }

/** Somebody of whom nothing special was said. */
export const addressee = (path: Path): Addressee => ({ path, notify: null, orcpt: null })
