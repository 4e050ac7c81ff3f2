/** STATUS (RFC 3501 6.3.10, 9051 6.3.11) with what extensions add: a mailbox is looked at from outside. */
import type { Octets } from '../../bytes/octets.ts'
import { refused, type MailboxStatus, type Refusal } from '../backend.ts'
import type { Reader } from '../wire/reader.ts'
import { mailboxName } from '../wire/writer.ts'
import { refusal } from './refusal.ts'
import { enableCondstore } from './report.ts'
import type { Handler, Turn } from './turn.ts'

/** What a capability adds is not known without it. */
const ITEMS: ReadonlyMap<string, { extension: string | null; value: (status: MailboxStatus, turn: Turn) => number }> =
  new Map([
    ['MESSAGES', { extension: null, value: ({ messages }) => messages }],
    ['RECENT', { extension: null, value: ({ recent }) => recent }],
    ['UIDNEXT', { extension: null, value: ({ uidNext }) => uidNext }],
    ['UIDVALIDITY', { extension: null, value: ({ uidValidity }) => uidValidity }],
    ['UNSEEN', { extension: null, value: ({ unseen }) => unseen }],
    // RFC 9051 6.3.11 and RFC 9208 4.1.4.
    ['DELETED', { extension: null, value: ({ deleted }) => deleted }],
    ['DELETED-STORAGE', { extension: 'QUOTA', value: ({ deletedStorage }) => deletedStorage }],
    ['SIZE', { extension: 'STATUS=SIZE', value: ({ size }) => size }],
    ['HIGHESTMODSEQ', { extension: 'CONDSTORE', value: ({ highestModseq }) => highestModseq }],
    // RFC 7889 5.
    ['APPENDLIMIT', { extension: 'APPENDLIMIT', value: (_status, { backend }) => backend.profile.limits.append }],
  ])

export const status: Handler<'STATUS'> = (turn, reader) => {
  reader.sp()
  const name = reader.mailbox()
  reader.sp()
  const items = readStatusItems(turn, reader)
  reader.end()
  const line = statusLine(turn, name, items)
  if (refused(line)) return refusal(turn, line)
  turn.untagged(line)
  return { outcome: 'ok' }
}

export function readStatusItems(turn: Turn, reader: Reader): string[] {
  const items = reader.list(() => {
    const name = reader.word('an item')
    const item = ITEMS.get(name) ?? reader.fail(`there is no item ${name}`)
    if (item.extension !== null && !turn.offers(item.extension))
      reader.fail(`${name} needs the capability ${item.extension}`)
    return name
  })
  // RFC 7162 3.1.7: who asks for it wants to hear of modification sequences.
  if (items.includes('HIGHESTMODSEQ')) enableCondstore(turn)
  return items
}

/** Without its `* `; also what LIST-STATUS adds behind a LIST line (RFC 5819 2). */
export function statusLine(turn: Turn, name: string, items: readonly string[]): Octets | Refusal {
  const found = turn.account.status(name)
  if (refused(found)) return found
  const values = items.map((item) => `${item} ${ITEMS.get(item)!.value(found, turn)}`)
  return `STATUS ${mailboxName(name, turn.utf8)} (${values.join(' ')})`
}
