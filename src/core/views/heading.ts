/** The heading of a message as a person reads it: who wrote to whom, when, and about what. */
import type { MoreCharsets } from '../bytes/charsets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { nameText } from '../message/address-list.ts'
import type { Mailbox } from '../message/mailbox.ts'
import { addressItems } from '../message/mime/envelope.ts'
import type { Part } from '../message/mime/part.ts'
import { subjectText } from '../message/mime/sort-keys.ts'
import { silent } from '../message/problems.ts'
import { readDate } from '../message/read-date.ts'
import { unfolded } from '../message/section.ts'
import { phraseText } from '../message/words.ts'

/** Where a message comes from and where it goes, as it says itself. */
export interface Heading {
  readonly subject: string
  /** `from`, `to` ...: in the order in which they are shown, those that are there. */
  readonly people: readonly { readonly field: HeadingField; readonly addresses: readonly HeadingAddress[] }[]
  /** As written; null where there is none. */
  readonly date: string | null
  /** Day and hour where it was written, in milliseconds as if that were UTC; null where the date cannot be read. */
  readonly clock: number | null
}

const headingFields = ['from', 'sender', 'reply-to', 'to', 'cc', 'bcc'] as const
export type HeadingField = (typeof headingFields)[number]

/** A mailbox; or a group, which has a name and no address, with how many are in it. */
export interface HeadingAddress {
  readonly name: string
  readonly address: string
  readonly group: boolean
}

/** More addresses than this make a heading that nobody reads; the source has them all. */
const MOST_ADDRESSES = 200

export function headingOf(message: Part, more?: MoreCharsets): Heading {
  const address = (mailbox: Mailbox): HeadingAddress => ({
    name: nameText(message.source, mailbox, more),
    address: utf8Text(mailbox.domain === null ? mailbox.local : `${mailbox.local}@${mailbox.domain}`),
    group: false,
  })
  const date = message.field('date')
  const read = date && readDate(message.source, date.value, silent)
  return {
    subject: subjectText(message, more),
    people: headingFields.flatMap((field) => {
      const addresses = addressItems(message, field)
        .slice(0, MOST_ADDRESSES)
        .flatMap((item): HeadingAddress[] =>
          item.kind === 'mailbox'
            ? [address(item)]
            : [
                { name: phraseText(message.source, item.namePlace, more), address: '', group: true },
                ...item.members.slice(0, MOST_ADDRESSES).map(address),
              ],
        )
      return addresses.length > 0 ? [{ field, addresses }] : []
    }),
    date: date ? utf8Text(unfolded(message.source, date.value)) : null,
    clock: read ? read.epochMillis + read.zoneMinutes * 60_000 : null,
  }
}
