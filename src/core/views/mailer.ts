/**
 * A person's mail program as its window shows it. The program is the truth: this only puts into words and order what it knows.
 * Beside it a fold over the trace: what was said last on each connection, for the line below the window.
 */
import { type Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Folder, ReplicaMessage } from '../imap/client/replica.ts'
import { baseSubject } from '../message/base-subject.ts'
import type { Envelope, EnvelopeAddresses } from '../message/mime/envelope.ts'
import type { Structure } from '../message/mime/structure.ts'
import { silent } from '../message/problems.ts'
import { readDate } from '../message/read-date.ts'
import { decodeWords } from '../message/words.ts'
import { marksOf } from '../mua/marks.ts'
import { countsOf, folderFor, hasFlag, OUTBOX, type MailState, type Word } from '../mua/state.ts'
import { uniqueId } from '../pop3/server/maildrop.ts'
import type { Account } from '../store/account.ts'
import type { ConnId, HostName, Millis, Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'
import { letterKey } from './mailboxes.ts'

export const sorts = ['date', 'from', 'subject', 'size'] as const
export interface Order {
  by: (typeof sorts)[number]
  /** The largest, or the latest, first. */
  down: boolean
}

export interface FolderView {
  name: string
  /** `Sent`, `Trash` ...: what it is for; null where it has a name alone. */
  use: 'inbox' | 'outbox' | 'sent' | 'drafts' | 'trash' | 'junk' | 'archive' | null
  /** How deep it lies below others, and its own name there. */
  depth: number
  label: string
  selectable: boolean
  /** Null where nobody has counted. */
  messages: number | null
  unseen: number | null
}

export interface MessageRow {
  uid: number
  /** Who wrote it; to whom it goes, in folders of what one wrote. */
  who: string
  subject: string
  /** Milliseconds since 1970, as if its sender's zone were UTC; null where the date cannot be read. */
  at: Millis | null
  size: number
  unread: boolean
  flagged: boolean
  answered: boolean
  forwarded: boolean
  attached: boolean
  priority: 'high' | 'low' | null
}

/** A folder of one's own letters: the list shows to whom they went. */
export const isOwn = ({ use }: Pick<FolderView, 'use'>): boolean =>
  use === 'sent' || use === 'drafts' || use === 'outbox'

const USES = ['Sent', 'Drafts', 'Trash', 'Junk', 'Archive'] as const
const ORDER = ['inbox', 'outbox', 'drafts', 'sent', 'archive', 'junk', 'trash', null]
/** More folders than these are no list any more. */
const MOST_FOLDERS = 200

export function foldersOf(state: MailState): FolderView[] {
  const outbox = state.folders.get(OUTBOX)
  const views = [...state.folders.values()]
    .filter((folder) => folder !== outbox || folder.messages.size > 0)
    .map((folder) => folderView(state, folder))
  return views
    .sort((a, b) => ORDER.indexOf(a.use) - ORDER.indexOf(b.use) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_FOLDERS)
}

function folderView(state: MailState, folder: Folder): FolderView {
  const { name, delimiter, selectable } = folder
  const path = delimiter === null || delimiter === '' ? [name] : name.split(delimiter)
  const local = state.settings.protocol === 'pop3' || name === OUTBOX
  const known = local || folder.uidValidity !== null ? countsOf(folder) : null
  const counts = state.counts.get(name) ?? known
  return {
    name,
    use: useOf(state, folder),
    depth: path.length - 1,
    label: harmless(path.at(-1) ?? name),
    selectable,
    messages: counts?.messages ?? null,
    unseen: counts?.unseen ?? null,
  }
}

function useOf(state: MailState, folder: Folder): FolderView['use'] {
  if (folder.name === 'INBOX') return 'inbox'
  if (folder.name === OUTBOX) return 'outbox'
  for (const use of ['Sent', 'Drafts', 'Trash'] as const)
    if (folderFor(state, use) === folder) return use.toLowerCase() as 'sent' | 'drafts' | 'trash'
  const special = folder.specialUse?.slice(1).toLowerCase()
  return (USES.find((use) => use.toLowerCase() === special)?.toLowerCase() ?? null) as FolderView['use']
}

export interface ListView {
  rows: MessageRow[]
  /** How many more there are. */
  more: number
}

/** The messages of the open folder; those that were found, where a search is on. */
export function listOf(state: MailState, view: FolderView, { by, down }: Order, most: number): ListView {
  const folder = state.folders.get(view.name)
  const found = state.found?.folder === view.name ? state.found.uids : null
  const rows = [...(folder?.messages.values() ?? [])]
    .filter(({ uid }) => uid > 0 && (found === null || found.has(uid)))
    .map((message) => row(message, isOwn(view)))
  const sign = down ? -1 : 1
  const key = ({ at, uid, who, subject, size }: MessageRow): string | number =>
    by === 'date'
      ? (at ?? uid)
      : by === 'size'
        ? size
        : by === 'from'
          ? who.toLowerCase()
          : baseSubject(subject).base.toLowerCase()
  const keys = new Map(rows.map((each) => [each, key(each)]))
  rows.sort((a, b) => {
    const [one, other] = [keys.get(a)!, keys.get(b)!]
    return one < other ? -sign : one > other ? sign : sign * (a.uid - b.uid)
  })
  return { rows: rows.slice(0, most), more: Math.max(0, rows.length - most) }
}

/** Which rows of the open folder are among these letters of its server. By POP3 the unique-id tells (RFC 1939 7). */
export function rowsAmong(
  state: MailState,
  { rows }: ListView,
  { host, account }: { host: HostName; account: Account },
  letters: ReadonlyMap<string, unknown>,
): ReadonlySet<number> {
  const isAmong = (mailbox: string, uid: number) =>
    letters.has(letterKey({ host, account: account.user, mailbox, uid }))
  if (state.settings.protocol !== 'pop3')
    return new Set(rows.flatMap(({ uid }) => (isAmong(state.open ?? '', uid) ? [uid] : [])))
  const inbox = account.mailboxes.get('INBOX')
  const ids = new Set(inbox?.uids().flatMap((uid) => (isAmong('INBOX', uid) ? [uniqueId(inbox.uidValidity, uid)] : [])))
  return new Set(rows.flatMap(({ uid }) => (ids.has(state.ids.get(uid) ?? '') ? [uid] : [])))
}

/** What does not change as long as the envelope is the same object. */
const heads = new WeakMap<Envelope, Pick<MessageRow, 'subject' | 'at'> & { from: string; to: string }>()

function row(message: ReplicaMessage, own: boolean): MessageRow {
  const { uid, flags, size, envelope, structure } = message
  const head = envelope ? headOf(envelope) : { subject: '', at: null, from: '', to: '' }
  return {
    uid,
    who: own ? head.to : head.from,
    subject: head.subject,
    at: head.at,
    size,
    unread: !hasFlag(flags, '\\Seen'),
    flagged: hasFlag(flags, '\\Flagged'),
    answered: hasFlag(flags, '\\Answered'),
    forwarded: hasFlag(flags, '$Forwarded'),
    attached: structure !== null && hasAttachment(structure),
    priority: marksOf(message).priority,
  }
}

function headOf(envelope: Envelope) {
  const known = heads.get(envelope)
  if (known) return known
  const { date, subject, from, to } = envelope
  const read = date === null ? null : readDate(date, { from: 0, to: date.length }, silent)
  const head = {
    subject: text(subject),
    at: read ? read.epochMillis + read.zoneMinutes * 60_000 : null,
    from: people(from),
    to: people(to),
  }
  heads.set(envelope, head)
  return head
}

const MOST_PEOPLE = 5

const people = (addresses: EnvelopeAddresses): string =>
  (addresses ?? [])
    .filter(({ host }) => host !== null)
    .slice(0, MOST_PEOPLE)
    .map(({ name, mailbox, host }) => text(name) || harmless(utf8Text(`${mailbox ?? ''}@${host ?? ''}`)))
    .join(', ')

const text = (octets: Octets | null): string => (octets === null ? '' : harmless(decodeWords(octets)).trim())

function hasAttachment(structure: Structure): boolean {
  if (structure.kind === 'multipart') return structure.parts.some(hasAttachment)
  const disposition = structure.disposition?.type.toUpperCase()
  if (disposition === 'ATTACHMENT') return true
  return disposition !== 'INLINE' && structure.type !== 'TEXT' && structure.type !== 'MULTIPART'
}

/** What the program has to say, with what servers said as text. */
export const spoken = ({ key, values }: Word): { key: string; values: Record<string, string | number> } => ({
  key,
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : harmless(utf8Text(value)).slice(0, 500),
    ]),
  ),
})

/** A command and its answer. */
export interface Exchange {
  seq: Seq
  command: string
  answer: string | null
}

/** So many connections are remembered. */
const MOST_CONNECTIONS = 200
const LONGEST = 200

export const exchanges: Fold<Map<ConnId, Exchange>> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind === 'command') {
      view.delete(event.conn)
      const command = event.secret ? `${event.verb ?? ''} …` : event.line
      view.set(event.conn, { seq: event.seq, command: shown(command), answer: null })
      if (view.size > MOST_CONNECTIONS) view.delete(view.keys().next().value!)
    } else if (event.kind === 'http' && event.dir === 'up') {
      view.delete(event.conn)
      view.set(event.conn, { seq: event.seq, command: shown(event.line), answer: null })
      if (view.size > MOST_CONNECTIONS) view.delete(view.keys().next().value!)
    } else if (event.kind === 'http') {
      const exchange = view.get(event.conn)
      if (exchange) view.set(event.conn, { ...exchange, answer: shown(event.line) })
    } else if (event.kind === 'reply') {
      const exchange = view.get(event.conn)
      if (exchange) view.set(event.conn, { ...exchange, answer: answerOf(event.code, event.lines.at(-1) ?? '') })
    }
  },
}

/** A continuation of IMAP has its sign in the line already. */
const answerOf = (code: string, line: Octets): string => shown(line.startsWith(code) ? line : `${code} ${line}`)

const shown = (octets: Octets): string => harmless(utf8Text(octets.slice(0, LONGEST))).trim()

/** The latest of the program's own. */
export function lastExchange(view: ReadonlyMap<ConnId, Exchange>, { connections }: MailState): Exchange | null {
  let last: Exchange | null = null
  for (const conn of connections) {
    const exchange = view.get(conn)
    if (exchange && (last === null || exchange.seq > last.seq)) last = exchange
  }
  return last
}
