/**
 * CATENATE (RFC 4469): a message put together on the server, from texts that the client sends and from parts that lie here
 * already, named by IMAP URLs (RFC 5092). Only mailboxes of this very account are read.
 */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { refused, type ImapMailbox } from '../backend.ts'
import type { Turn } from '../server/turn.ts'
import type { Reader } from '../wire/reader.ts'

/** A URL that leads nowhere, or parts that are too much together. */
export type NoMessage = { badUrl: Octets } | { tooBig: true }
export type Catenated = { octets: Octets } | NoMessage

const URL =
  /^(?:imap:\/\/[^/]*)?\/?([^;]*?)(?:;UIDVALIDITY=(\d{1,10}))?\/;UID=(\d{1,10})(?:\/;SECTION=([^;/]+))?(?:\/;PARTIAL=(\d{1,10})(?:\.(\d{1,10}))?)?$/i

export function readCatenate(turn: Turn, reader: Reader): Catenated {
  let octets = ''
  let trouble: NoMessage | null = null
  const { append: limit } = turn.backend.profile.limits
  /** Parts may be named again and again: their sum is looked at before they are put together. */
  const add = (part: Octets) => {
    if (octets.length + part.length > limit) trouble ??= { tooBig: true }
    else octets += part
  }
  reader.list(() => {
    const kind = reader.word('TEXT or URL')
    reader.sp()
    if (kind === 'TEXT') add(reader.literal())
    else if (kind === 'UTF8' && turn.utf8) {
      // RFC 6855 4.
      reader.take('(')
      add(reader.literal())
      reader.take(')')
    } else if (kind === 'URL') {
      const url = reader.astring('a URL')
      const part = octetsAt(turn, url)
      if (part === null) trouble ??= { badUrl: url }
      else add(part)
    } else reader.fail(`${kind} is neither TEXT nor URL`)
  })
  return trouble ?? { octets }
}

/** A relative URL without a mailbox means the one that is open (RFC 4469 3). */
function octetsAt(turn: Turn, url: Octets): Octets | null {
  const found = URL.exec(url)
  const name = found && unescaped(found[1]!)
  if (!found || name === null || leadsAway(turn, url)) return null
  if (name !== '') {
    const opened = turn.account.open(name.toUpperCase() === 'INBOX' ? 'INBOX' : name)
    if (refused(opened)) return null
    const octets = partOf(opened, found)
    turn.account.release(opened.key)
    return octets
  }
  return turn.session.view ? partOf(turn.mailbox, found) : null
}

/** Nothing is fetched from other servers. */
function leadsAway({ backend }: Turn, url: Octets): boolean {
  const host = /^imap:\/\/(?:[^/]*@)?([^/:]*)/i.exec(url)?.[1]
  return host !== undefined && host.toLowerCase() !== backend.profile.host
}

function partOf(mailbox: ImapMailbox, [, , uidValidity, uid, section, from, count]: RegExpExecArray): Octets | null {
  if (uidValidity !== undefined && Number(uidValidity) !== mailbox.uidValidity) return null
  const message = mailbox.has(Number(uid)) ? mailbox.message(Number(uid)) : null
  const path = section === undefined ? '' : unescaped(section)
  if (!message || path === null) return null
  const [, place = '', , list] = /^([\w.]*)(?: (\(?)([^)]*)\)?)?$/.exec(path) ?? []
  const octets = message.content.model.section(place.toUpperCase(), list?.split(' ') ?? [])
  if (octets === null || from === undefined) return octets
  return octets.slice(Number(from), count === undefined ? undefined : Number(from) + Number(count))
}

/** %41 is A; in UTF-8. */
function unescaped(text: Octets): string | null {
  if (/%(?![\dA-Fa-f]{2})/.test(text)) return null
  return utf8Text(text.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))
}
