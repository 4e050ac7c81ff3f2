/** What STATUS can tell of a mailbox (RFC 3501 6.3.10, RFC 7162 3.1.7, RFC 8438, RFC 9051 6.3.11, RFC 9208 4.1.4, RFC 7889 3). */
import type { Octets } from '../../bytes/octets.ts'
import type { MailboxStatus } from '../backend.ts'
import type { Reader } from '../wire/reader.ts'
import { mailboxName } from '../wire/writer.ts'
import { enableCondstore } from './report.ts'
import type { Turn } from './turn.ts'

interface Item {
  value: (status: MailboxStatus, turn: Turn) => number | string
  /** Any of these has it; none: it is always there. */
  offeredBy: readonly string[]
}

const items = {
  MESSAGES: { value: ({ messages }) => messages, offeredBy: [] },
  RECENT: { value: ({ recent }) => recent, offeredBy: [] },
  UIDNEXT: { value: ({ uidNext }) => uidNext, offeredBy: [] },
  UIDVALIDITY: { value: ({ uidValidity }) => uidValidity, offeredBy: [] },
  UNSEEN: { value: ({ unseen }) => unseen, offeredBy: [] },
  HIGHESTMODSEQ: { value: ({ highestModseq }) => highestModseq, offeredBy: ['CONDSTORE', 'QRESYNC'] },
  SIZE: { value: ({ size }) => size, offeredBy: ['STATUS=SIZE'] },
  DELETED: { value: ({ deleted }) => deleted, offeredBy: ['QUOTA', 'IMAP4REV2'] },
  'DELETED-STORAGE': { value: ({ deletedStorage }) => deletedStorage, offeredBy: ['QUOTA'] },
  APPENDLIMIT: {
    value: (_, { backend }) => (Number.isFinite(backend.profile.limits.append) ? backend.profile.limits.append : 'NIL'),
    offeredBy: ['APPENDLIMIT'],
  },
} as const satisfies Record<string, Item>

export type StatusItem = keyof typeof items

const isItem = (name: string): name is StatusItem => Object.hasOwn(items, name)

/** In brackets, at least one. To ask for HIGHESTMODSEQ shows interest in it (RFC 7162 3.1). */
export function readStatusItems(turn: Turn, reader: Reader): StatusItem[] {
  const names = reader.list(() => {
    const name = reader.word('a status item')
    if (!isItem(name)) return reader.fail(`${name} is no status item`)
    const { offeredBy }: Item = items[name]
    if (offeredBy.length > 0 && !offeredBy.some((capability) => turn.offers(capability)))
      reader.fail(`${name} is not offered here`)
    return name
  })
  if (names.includes('HIGHESTMODSEQ')) enableCondstore(turn)
  return names
}

/** RFC 3501 7.2.4. */
export function statusLine(turn: Turn, name: string, names: readonly StatusItem[], status: MailboxStatus): Octets {
  const values = names.map((item) => `${item} ${items[item].value(status, turn)}`)
  return `STATUS ${mailboxName(name, turn.utf8)} (${values.join(' ')})`
}
