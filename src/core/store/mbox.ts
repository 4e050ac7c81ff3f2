/**
 * A mailbox as one file, as `cat /var/mail/alice` shows it: the mbox form (RFC 4155), mboxrd flavour. Each message
 * begins with a From_ line and ends with an empty one; lines end in LF. A line that would look like a From_ line gets a
 * `>` in front, and so does one that already has one, so that every reader can undo it.
 */
import type { Octets } from '../bytes/octets.ts'
import { asctime, type Zone } from '../message/date.ts'
import { field } from '../message/fields.ts'
import type { Mailbox } from './mailbox.ts'
import type { StoredMessage } from './stored.ts'

export function mboxText(mailbox: Mailbox, zone: Zone): Octets {
  return mailbox.messages.map((message) => entry(message, zone)).join('')
}

function entry({ content: { octets }, internalDate }: StoredMessage, zone: Zone): Octets {
  const text = octets.replaceAll('\r\n', '\n').replace(/(^|\n)(>*From )/g, '$1>$2')
  return `From ${sender(octets)} ${asctime(internalDate, zone)}\n${text}${text.endsWith('\n') ? '\n' : '\n\n'}`
}

/** The envelope's sender, as final delivery wrote it down; a bounce has none. */
function sender(content: Octets): Octets {
  const path = field(content, 'Return-Path')?.replace(/^<|>$/g, '').replace(/\s/g, '') ?? ''
  return path === '' ? 'MAILER-DAEMON' : path
}
