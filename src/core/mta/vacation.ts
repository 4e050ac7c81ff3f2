/**
 * The automatic reply of somebody who is away, as RFC 3834 wants it: to people and never to programs or lists, only where
 * the person is named in To or Cc, to each sender once a week, and with an empty reverse-path, so that no two of them
 * ever talk to each other.
 */
import type { Octets } from '../bytes/octets.ts'
import { addresses } from '../message/address.ts'
import { textMessage } from '../message/build.ts'
import { field, fieldValues } from '../message/fields.ts'
import { mailbox } from '../smtp/path.ts'
import type { Account } from '../store/account.ts'
import type { Millis } from '../terms.ts'
import type { QueueEntry } from './queue.ts'

/** RFC 3834 2: a sender is answered again after so long. */
const AGAIN: Millis = 7 * 24 * 3_600_000
/** RFC 3834 2: programs, by their names. */
const PROGRAM = /^(?:owner-.*|.*-owner|.*-request|mailer-daemon|listserv|majordomo|no-?reply)$/i

/** The answer to a message that `account` has just got; null where none is due. It remembers who was answered. */
export function automaticReply(
  entry: QueueEntry,
  account: Account,
  own: { messageId: string; date: string; now: Millis },
): Octets | null {
  const { from, content } = entry
  if (account.vacation === null || from === null || PROGRAM.test(from.local) || isAutomatic(content)) return null
  const named = [...fieldValues(content, 'To'), ...fieldValues(content, 'Cc')].flatMap((value) => addresses(value))
  if (!named.some(({ address }) => isOneOf(account.addresses, address))) return null
  const sender = mailbox(from)
  const last = account.answered.get(sender.toLowerCase())
  if (last !== undefined && own.now - last < AGAIN) return null
  for (const [who, when] of account.answered) if (own.now - when >= AGAIN) account.answered.delete(who)
  account.answered.set(sender.toLowerCase(), own.now)
  // What is no identifier (RFC 5322 3.6.4) would make a field of ours that is none.
  const messageId = /^<[!-=?-~]+@[!-=?-~]+>$/.exec(field(content, 'Message-ID')?.trim() ?? '')?.[0] ?? null
  return textMessage(
    [
      ['From', `${account.name} <${account.addresses[0]}>`],
      ['To', `<${sender}>`],
      ['Subject', `Auto: ${field(content, 'Subject') ?? 'your message'}`],
      ['Date', own.date],
      ['Message-ID', own.messageId],
      ...(messageId === null
        ? []
        : ([
            ['In-Reply-To', messageId],
            ['References', messageId],
          ] as const)),
      ['Auto-Submitted', 'auto-replied'],
    ],
    account.vacation,
  )
}

function isAutomatic(content: Octets): boolean {
  const submitted = field(content, 'Auto-Submitted')
  if (submitted !== null && submitted.trim().toLowerCase() !== 'no') return true
  return field(content, 'List-Id') !== null || /^(?:bulk|list|junk)$/i.test(field(content, 'Precedence')?.trim() ?? '')
}

const isOneOf = (own: readonly string[], address: string) =>
  own.some((each) => each.toLowerCase() === address.toLowerCase())
