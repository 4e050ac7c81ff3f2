/**
 * multipart/report (RFC 6522): what a mail system tells about a message, to people and to programs. A delivery report
 * (RFC 3464) is the one that every mail system sends: what became of it, and the message or its header.
 */
import type { Octets } from '../../../bytes/octets.ts'
import { utf8Text } from '../../../bytes/utf8.ts'
import type { DraftPart, ReportPart } from '../build/draft.ts'
import type { DeliveryStatus } from './delivery-status.ts'

export interface DeliveryReport {
  /** For people: what happened, and what they can do. */
  text: string
  /** For programs. */
  status: DeliveryStatus
  /** What it is about: all of the message, or its header alone (RFC 3464 2, RFC 3461 4.3); null where neither is wanted. */
  original: { message: Octets } | { header: Octets } | null
}

/** The content of a message that reports on a delivery: the rest of its header is the mail system's. */
export function deliveryReport({ text, status, original }: DeliveryReport): ReportPart {
  const parts: DraftPart[] = [
    { kind: 'text', subtype: 'plain', text, description: 'Notification' },
    { kind: 'delivery-status', status, description: 'Delivery report' },
  ]
  // As Postfix labels it: of what has arrived, or may yet, nobody says that it did not.
  const label = status.recipients.some(({ action }) => action === 'failed') ? 'Undelivered Message' : 'Message'
  if (original !== null) parts.push(returned(original, label))
  return { kind: 'report', reportType: 'delivery-status', parts }
}

function returned(original: { message: Octets } | { header: Octets }, label: string): DraftPart {
  if ('message' in original) {
    return { kind: 'message', message: original.message, description: label }
  }
  // RFC 6522 4: text/rfc822-headers, whose end is the end of the header.
  return {
    kind: 'text',
    subtype: 'rfc822-headers',
    text: utf8Text(original.header.replace(/(?:\r\n)*$/, '\r\n')),
    description: `${label} Headers`,
  }
}
