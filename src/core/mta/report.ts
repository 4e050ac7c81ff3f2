/**
 * What a mail system tells a sender about a message: that it failed, takes long, or arrived where this was asked for. A
 * multipart/report (RFC 6522): words for people, fields for programs (RFC 3464), and the message or its header, so that
 * it can be known again (RFC 3461 6).
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { bodyAt } from '../message/fields.ts'
import { compose } from '../message/mime/build/compose.ts'
import { counted } from '../message/mime/build/unique.ts'
import type { RecipientStatus, Typed } from '../message/mime/kinds/delivery-status.ts'
import { deliveryReport } from '../message/mime/kinds/report.ts'
import { mailbox, pathText } from '../smtp/path.ts'
import type { HostName } from '../terms.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { isEightBit } from './touch.ts'

export type Action = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

/** What this host knows of itself and of the hour, as RFC 5322 writes it. */
export interface Reporter {
  id: string
  host: HostName
  date: string
  arrived: string
  /** When it gives up. */
  until: string
}

/** A message of more octets comes back as its header alone (Postfix: bounce_size_limit). */
const MOST_RETURNED = 50_000

const WORDS: Readonly<Record<Action, { subject: string; text: readonly string[] }>> = {
  failed: {
    subject: 'Undelivered Mail Returned to Sender',
    text: [
      'I am sorry to have to inform you that your message could not be delivered',
      'to the recipients below. Nobody else will try it any more.',
    ],
  },
  delayed: {
    subject: 'Delayed Mail (still being retried)',
    text: [
      'Your message could not be delivered yet to the recipients below. It will be',
      'tried again: you need not send it a second time.',
    ],
  },
  delivered: {
    subject: 'Successful Mail Delivery Report',
    text: ['Your message was delivered to the recipients below.'],
  },
  relayed: {
    subject: 'Mail Relayed to a Host That Does Not Report',
    text: [
      'Your message was handed on to the next host for the recipients below. That host',
      'sends no reports: you may not hear more of it.',
    ],
  },
  expanded: {
    subject: 'Mail Sent on to Several Recipients',
    text: ['Your message was delivered to the addresses below, and from there to others.'],
  },
}

export function reportMessage(
  entry: QueueEntry,
  recipients: readonly Recipient[],
  action: Action,
  own: Reporter,
): Octets {
  const { subject, text } = WORDS[action]
  const words = [
    `This is the mail system at host ${own.host}.`,
    '',
    ...text,
    '',
    ...recipients.flatMap((recipient) => [...explained(recipient), '']),
  ]
  const { envid } = entry.terms
  const content = deliveryReport({
    text: utf8Text(words.map((line) => `${line}\n`).join('')),
    status: {
      message: {
        ...(envid === null ? {} : { originalEnvelopeId: unXtext(envid) }),
        reportingMta: { type: 'dns', text: own.host },
        ...(entry.client === null ? {} : { receivedFromMta: { type: 'dns', text: entry.client.helo } }),
        arrivalDate: own.arrived,
      },
      recipients: recipients.map((recipient) => statusOf(recipient, action, own)),
    },
    original: returned(entry, action),
  })
  const header = [
    ['From', `Mail Delivery System <MAILER-DAEMON@${own.host}>`],
    ['To', `<${pathText(entry.from)}>`],
    ['Subject', subject],
    ['Date', own.date],
    ['Message-ID', `<${own.id}@${own.host}>`],
    // RFC 3834 5: no program shall answer this.
    ['Auto-Submitted', 'auto-replied'],
  ].map(([name = '', value = '']) => ({ kind: 'raw', name, value }) as const)
  // What comes back comes as it went: whoever hands the report on encodes it where that is needed.
  return compose({ header, content, way: '8bit' }, counted(own.id, own.host))
}

function statusOf(recipient: Recipient, action: Action, { date, until }: Reporter): RecipientStatus {
  const { path, orcpt, remote, code } = recipient
  const went = action !== 'failed' && action !== 'delayed'
  return {
    ...(orcpt === null ? {} : { originalRecipient: typed(orcpt) }),
    finalRecipient: isEightBit(mailbox(path))
      ? { type: 'utf-8', text: utf8Xtext(mailbox(path)) }
      : { type: 'rfc822', text: mailbox(path) },
    action,
    status: went ? '2.0.0' : statusCode(code, remote?.reply ?? ''),
    ...(remote === null ? {} : { remoteMta: { type: 'dns', text: remote.host } }),
    ...(remote === null || (went && action !== 'relayed')
      ? {}
      : { diagnosticCode: { type: 'smtp', text: printable(remote.reply) } }),
    lastAttemptDate: date,
    ...(action === 'delayed' ? { willRetryUntil: until } : {}),
  }
}

/** RFC 3463: ours, or the one in the host's words, or the class of its reply (RFC 3464 2.3.4). */
function statusCode(code: string, reply: string): string {
  if (code.includes('.')) return code
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(reply)?.[1] ?? `${code[0] ?? '5'}.0.0`
}

/** RFC 3461 4.3: of a failure all of it unless RET says otherwise, of anything else the header alone. */
function returned({ content, terms }: QueueEntry, action: Action): { message: Octets } | { header: Octets } {
  const whole = action === 'failed' && terms.ret !== 'HDRS' && terms.body !== 'BINARYMIME'
  if (whole && content.length <= MOST_RETURNED) return { message: content }
  const header = content.slice(0, bodyAt(content))
  // A header may be a message of its own: its whole lines up to the limit.
  const lines = header.length <= MOST_RETURNED ? header : header.slice(0, header.lastIndexOf('\r\n', MOST_RETURNED))
  return { header: lines.trimEnd() }
}

function explained({ address, original, code, reason }: Recipient): string[] {
  const through = original.toLowerCase() === address.toLowerCase() ? '' : ` (expanded from <${original}>)`
  const status = code.includes('.') ? `${code} ` : ''
  return reason === '' ? [`<${address}>${through}`] : [`<${address}>${through}:`, `    ${printable(status + reason)}`]
}

/** `rfc822;Bob@foo.com`, as ORCPT gave it. */
function typed(orcpt: string): Typed {
  const semicolon = orcpt.indexOf(';')
  return { type: orcpt.slice(0, semicolon), text: unXtext(orcpt.slice(semicolon + 1)) }
}

/** RFC 3461 4: `+2B` is a plus sign. What it stands for must not begin another line. */
const unXtext = (xtext: string): Octets =>
  printable(xtext.replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))))

/** RFC 6533 3: an address beyond ASCII, in letters that every mail system passes on. */
const utf8Xtext = (address: Octets): string =>
  utf8Text(address).replace(
    /[^!-*,-<>-[\]-~]/gu,
    (letter) => `\\x{${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}}`,
  )

const printable = (text: string) => text.replace(/[\x00-\x1f\x7f]/g, '?')
