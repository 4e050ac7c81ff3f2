/**
 * The rows of a sequence as they are shown: those that are wanted, with folded sessions as one row each. Rows only ever
 * come at the end, so a sieve looks at each of them once, however often the picture is drawn; and since they come in the
 * order of their events, a moment of the past is the beginning of what the sieve holds.
 */
import type { ConnId, HostName, Seq } from '../terms.ts'
import { isRefusal } from './protocols.ts'
import type { Row } from './rows.ts'

export interface FoldedSession {
  commands: number
  messages: number
  /** Something in it went wrong. */
  wrong: boolean
}

export interface ShownRows {
  /** It may hold more than is shown: `count` of them are. */
  rows: readonly Row[]
  count: number
  /** Hosts of these rows, in the order in which they appear. */
  participants: readonly HostName[]
  /** What a folded session holds; null where it is not folded. */
  folded: (conn: ConnId | null) => FoldedSession | null
  /** Behind so many events; null: now. */
  until: number | null
}

/** What a row belongs to, for whoever wants only a part. `mail` is what hosts do with messages. */
export const rowKinds = ['smtp', 'pop3', 'imap', 'dns', 'mail', 'other'] as const
export type RowKind = (typeof rowKinds)[number]

/** Empty sets and nulls ask for nothing. */
export interface Wish {
  folded: ReadonlySet<ConnId>
  /** Hosts that look up names for others; empty where all is to be seen. */
  resolvers: ReadonlySet<HostName>
  /** Notes at the lifelines: what hosts do with messages, and write into them. */
  notes: boolean
  hosts: ReadonlySet<HostName>
  kinds: ReadonlySet<RowKind>
  session: ConnId | null
  /** By its number in the journeys. */
  message: number | null
}

export const everything: Wish = {
  folded: new Set(),
  resolvers: new Set(),
  notes: true,
  hosts: new Set(),
  kinds: new Set(),
  session: null,
  message: null,
}

/** What a row does not say itself. */
export interface Knowledge {
  kindOf(row: Row): RowKind
  /** It shows this message on its way. */
  isOnTheWay(row: Row, message: number): boolean
}

export type Reason = 'resolvers' | 'notes' | 'hosts' | 'kinds' | 'session' | 'message'

/** Why a row is left out; nothing where it is not. */
export function leftOut(row: Row, wish: Wish, { kindOf, isOnTheWay }: Knowledge): Reason[] {
  const { resolvers, notes, hosts, kinds, session, message } = wish
  const reasons: Reason[] = []
  if (row.row === 'dns' && resolvers.has(row.from)) reasons.push('resolvers')
  if (!notes && (row.row === 'mail' || row.row === 'received')) reasons.push('notes')
  if (hosts.size > 0 && !hosts.has(row.from) && !hosts.has(row.to)) reasons.push('hosts')
  if (kinds.size > 0 && !kinds.has(kindOf(row))) reasons.push('kinds')
  if (session !== null && row.conn !== session) reasons.push('session')
  if (message !== null && !isOnTheWay(row, message)) reasons.push('message')
  return reasons
}

/** What a folded session holds, by the events of it: so it can be told for any moment. */
interface Held {
  commands: Seq[]
  messages: Seq[]
  wrong: Seq | null
}

export class Sieve {
  private readonly wish: Wish
  private readonly knowledge: Knowledge
  private readonly rows: Row[] = []
  private readonly held = new Map<ConnId, Held>()
  private readonly seen = new Set<HostName>()
  private readonly participants: HostName[] = []
  /** The row with which each participant came. */
  private readonly since: number[] = []
  private looked = 0

  constructor(wish: Wish, knowledge: Knowledge) {
    this.wish = wish
    this.knowledge = knowledge
  }

  /** What came since the last time. */
  take(all: readonly Row[]): this {
    for (; this.looked < all.length; this.looked++) this.add(all[this.looked]!)
    return this
  }

  /** As it was behind so many events; null: as it is. */
  shown(until: number | null): ShownRows {
    const { rows, participants, since } = this
    const count = until === null ? rows.length : firstFrom(rows, until)
    const hosts = until === null ? participants.length : since.findIndex((at) => at >= count)
    return {
      ...{ rows, count, until },
      participants: hosts < 0 || hosts === participants.length ? participants : participants.slice(0, hosts),
      folded: (conn) => this.session(conn, until),
    }
  }

  private session(conn: ConnId | null, until: number | null): FoldedSession | null {
    const held = conn === null ? undefined : this.held.get(conn)
    if (!held) return null
    const before = (seqs: readonly Seq[]) =>
      until === null ? seqs.length : lowest(seqs.length, (at) => seqs[at]! >= until)
    return {
      commands: before(held.commands),
      messages: before(held.messages),
      wrong: held.wrong !== null && (until === null || held.wrong < until),
    }
  }

  private add(row: Row): void {
    const { wish, rows, held } = this
    if (leftOut(row, wish, this.knowledge).length > 0) return
    const session = row.conn === null ? undefined : held.get(row.conn)
    if (session) return count(session, row)
    if (row.conn !== null && wish.folded.has(row.conn)) {
      const begun: Held = { commands: [], messages: [], wrong: null }
      held.set(row.conn, begun)
      count(begun, row)
    }
    if (row.from !== '') for (const host of [row.from, row.to]) this.participant(host)
    rows.push(row)
  }

  private participant(host: HostName): void {
    if (this.seen.has(host)) return
    this.seen.add(host)
    this.participants.push(host)
    this.since.push(this.rows.length)
  }
}

function count(session: Held, row: Row): void {
  if (row.row === 'command') session.commands.push(row.seq)
  if (row.row === 'content') session.messages.push(row.seq)
  if (row.row === 'reply' && isRefusal(row.code)) session.wrong ??= row.seq
}

/** The place of the first row that began with this event or later. */
export const firstFrom = (rows: readonly Row[], seq: Seq): number => lowest(rows.length, (at) => rows[at]!.seq >= seq)

/** The place of the row that began with this event; -1 where it is not among these. */
export function placeOf({ rows, count }: Pick<ShownRows, 'rows' | 'count'>, seq: Seq | null): number {
  if (seq === null) return -1
  const at = firstFrom(rows, seq)
  return at < count && rows[at]!.seq === seq ? at : -1
}

/** The first of so many places at which something holds, that holds from there on. */
function lowest(count: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** A row as it was at a moment: its other half may not have come yet. */
export function asOf(row: Row, until: number | null): Row {
  if (until === null || row.last < until) return row
  switch (row.row) {
    case 'dns':
      return { ...row, result: null, answers: [] }
    case 'connect':
      return { ...row, outcome: null }
    case 'tls':
      return { ...row, outcome: null, detail: '' }
    case 'lost':
      return { ...row, times: lowest(row.seqs.length, (at) => row.seqs[at]! >= until) }
    default:
      return row
  }
}
