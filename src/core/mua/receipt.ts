/**
 * The receipt that a sender asked for (RFC 8098): a multipart/report that says that the message was displayed, and that a person
 * decided to say so. It goes out from `<>` (RFC 8098 3), so that nothing ever answers it.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { field } from '../message/fields.ts'
import { compose } from '../message/mime/build/compose.ts'
import { counted } from '../message/mime/build/unique.ts'
import { MessageModel } from '../message/mime/model.ts'
import type { ShellHost } from '../shell/host.ts'
import { addressesIn } from '../shell/sendmail.ts'
import type { Letter } from './outgoing.ts'

const PROGRAM = 'Facteur'

/** Null where the message asks for none. */
export function receiptFor(seat: ShellHost, message: Octets): Letter | null {
  const recipients = addressesIn(message, 'Disposition-Notification-To')
  const wanted = field(message, 'Disposition-Notification-To')
  if (recipients.length === 0 || wanted === null || seat.address === null) return null
  const { subject, envelope } = new MessageModel(message)
  const own = utf8Octets(seat.address)
  const host = seat.machine.host
  const fields = [
    `Reporting-UA: ${host}; ${PROGRAM}`,
    `Final-Recipient: rfc822;${own}`,
    ...(envelope.messageId === null ? [] : [`Original-Message-ID: ${envelope.messageId}`]),
    'Disposition: manual-action/MDN-sent-manually; displayed',
  ]
  const content = compose(
    {
      header: [
        { kind: 'addresses', name: 'From', addresses: [{ name: seat.name, address: seat.address }] },
        { kind: 'raw', name: 'To', value: wanted.trim() },
        { kind: 'text', name: 'Subject', text: `Read: ${subject}` },
        { kind: 'raw', name: 'Date', value: seat.date() },
        { kind: 'ids', name: 'Message-ID', ids: [`<${seat.unique()}@${host}>`] },
        ...(envelope.messageId === null
          ? []
          : ([{ kind: 'raw', name: 'In-Reply-To', value: envelope.messageId }] as const)),
        // RFC 3834 5: no program shall answer this.
        { kind: 'raw', name: 'Auto-Submitted', value: 'auto-replied' },
      ],
      content: {
        kind: 'report',
        reportType: 'disposition-notification',
        parts: [
          {
            kind: 'text',
            subtype: 'plain',
            text: `The message that you sent to ${seat.address} with the subject "${subject}" was displayed.\nThat is no guarantee that it was read or understood.\n`,
          },
          {
            kind: 'prepared',
            entity: `Content-Type: message/disposition-notification\r\n\r\n${fields.map((line) => `${line}\r\n`).join('')}`,
          },
        ],
      },
    },
    counted(seat.unique(), host),
  )
  return { from: null, recipients, content }
}
