/**
 * The message that tells a sender what could not be delivered (RFC 5321 6.1): why, for whom, and the header of what was
 * sent, so that it can be known again.
 */
import type { Octets } from '../bytes/octets.ts'
import { buildMessage } from '../message/build.ts'
import { bodyAt } from '../message/fields.ts'
import type { HostName } from '../terms.ts'
import { pathText } from '../smtp/path.ts'
import type { QueueEntry, Recipient } from './queue.ts'

const MOST_HEADER = 50_000

export function bounceMessage(
  entry: QueueEntry,
  failed: readonly Recipient[],
  own: { messageId: string; host: HostName; date: string },
): Octets {
  return buildMessage(
    [
      ['From', `Mail Delivery System <MAILER-DAEMON@${own.host}>`],
      ['To', `<${pathText(entry.from)}>`],
      ['Subject', 'Undelivered Mail Returned to Sender'],
      ['Date', own.date],
      ['Message-ID', own.messageId],
      // RFC 3834 5: no program shall answer this.
      ['Auto-Submitted', 'auto-replied'],
    ],
    [
      `This is the mail system at host ${own.host}.`,
      '',
      'I am sorry to have to inform you that your message could not be delivered',
      'to the recipients below. Nobody else will try it any more.',
      '',
      ...failed.flatMap((recipient) => [...explained(recipient), '']),
      '---- The header of your message ----',
      '',
      headerOf(entry.content),
    ].join('\r\n'),
  )
}

/** All of it, but for a header that is a message of its own: its whole lines up to the limit. */
function headerOf(content: Octets): Octets {
  const header = content.slice(0, bodyAt(content))
  return header.length <= MOST_HEADER ? header.trimEnd() : header.slice(0, header.lastIndexOf('\r\n', MOST_HEADER))
}

function explained({ address, original, code, reason }: Recipient): string[] {
  const through = original.toLowerCase() === address.toLowerCase() ? '' : ` (expanded from <${original}>)`
  const status = code.includes('.') ? `${code} ` : ''
  return [`<${address}>${through}:`, `    ${printable(status + reason)}`]
}

/** What a server said must not begin another line. */

const printable = (text: string) => text.replace(/[\x00-\x1f\x7f]/g, '?')
