/**
 * The mailboxes of a world as they are now. The stores are the truth: they hold what lay there from the beginning, too.
 * The trace adds one thing only, the event that brought a message.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless } from '../bytes/utf8.ts'
import { field } from '../message/fields.ts'
import { decodeWords } from '../message/words.ts'
import type { Mailbox } from '../store/mailbox.ts'
import type { Store } from '../store/store.ts'
import type { StoredMessage } from '../store/stored.ts'
import type { HostName, Millis, Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

/** The `delivered` event of each message, by `letterKey`. */
export type Arrivals = Map<string, Seq>

export const arrivals: Fold<Arrivals> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind === 'delivered') view.set(letterKey(event), event.seq)
  },
}

/** Where a message lies. */
export interface LetterPlace {
  host: HostName
  account: string
  mailbox: string
  uid: number
}

export const letterAt = (stores: ReadonlyMap<HostName, Store>, { host, account, mailbox, uid }: LetterPlace) =>
  stores.get(host)?.account(account)?.mailboxes.get(mailbox)?.message(uid) ?? null

/** One message of one mailbox, in one word. */
export const letterKey = ({ host, account, mailbox, uid }: LetterPlace) => `${host} ${account}/${mailbox}/${uid}`

/** As it is shown: names may come from anywhere. */
export const placeName = ({ account, mailbox }: LetterPlace) => harmless(`${account}/${mailbox}`)

export interface MailboxView {
  user: string
  /** The person's name. */
  name: string
  address: string
  mailbox: string
  /** The latest ones, the last first. */
  letters: LetterView[]
  /** How many there are in all. */
  count: number
  uidValidity: number
  uidNext: number
}

export interface LetterView {
  key: string
  /** Its place in the mailbox, from 1. */
  number: number
  uid: number
  from: string
  subject: string
  /** When it came, by the host's clock: milliseconds since 1970 UTC. */
  at: Millis
  octets: number
  /** As IMAP names them. */
  flags: readonly string[]
  /** The event that brought it; null for what lay there before. */
  arrived: Seq | null
  message: StoredMessage
}

/** All mailboxes by host, of each the latest `most` messages; `came` knows the event that brought each, by its `letterKey`. */
export function mailboxesByHost(
  stores: ReadonlyMap<HostName, Store>,
  came: ReadonlyMap<string, Seq>,
  most: number,
): { host: HostName; mailboxes: MailboxView[] }[] {
  return [...stores].map(([host, store]) => ({
    host,
    mailboxes: [...store.accounts.values()].flatMap(({ user, name, addresses, mailboxes }) =>
      [...mailboxes.values()].filter(isShown).map((mailbox) => ({
        user,
        name,
        address: addresses[0] ?? user,
        mailbox: mailbox.name,
        letters: letters(host, user, mailbox, came, most),
        count: mailbox.count,
        uidValidity: mailbox.uidValidity,
        uidNext: mailbox.uidNext,
      })),
    ),
  }))
}

/** Of Sent, Drafts and the like only those where something lies. */
const isShown = ({ name, count }: Mailbox) => name === 'INBOX' || count > 0

function letters(host: HostName, user: string, mailbox: Mailbox, came: ReadonlyMap<string, Seq>, most: number) {
  const { name } = mailbox
  const first = Math.max(mailbox.count - most, 0)
  return mailbox
    .uids()
    .slice(first)
    .map((uid, at): LetterView => {
      const message = mailbox.message(uid)!
      const { internalDate, flags, content } = message
      const key = letterKey({ host, account: user, mailbox: name, uid })
      return {
        key,
        number: first + at + 1,
        uid,
        ...content.keep('shown in a list', headingOf),
        at: internalDate,
        octets: content.size,
        flags,
        arrived: came.get(key) ?? null,
        message,
      }
    })
    .reverse()
}

const headingOf = ({ source }: { source: Octets }) => ({
  from: readable(field(source, 'From') ?? ''),
  subject: readable(field(source, 'Subject') ?? ''),
})

/** Encoded words as what they say; what is UTF-8 as its characters. */
const readable = (value: Octets) => harmless(decodeWords(value))
