/**
 * The rows of a sequence as they are shown. A folded session is one row, the one that began it. What resolvers ask each
 * other is left out unless somebody wants to see it: two or three hosts and rows for every look-up.
 */
import type { ConnId, HostName } from '../terms.ts'
import { isRefusal } from './protocols.ts'
import type { Row } from './rows.ts'

export interface FoldedSession {
  commands: number
  messages: number
  /** Something in it went wrong. */
  wrong: boolean
}

export interface ShownRows {
  rows: readonly Row[]
  /** Hosts of these rows, in the order in which they appear. */
  participants: readonly HostName[]
  folded: ReadonlyMap<ConnId, FoldedSession>
}

export interface Wish {
  folded: ReadonlySet<ConnId>
  /** Hosts that look up names for others; empty where all is to be seen. */
  resolvers: ReadonlySet<HostName>
}

export function shownRows(all: readonly Row[], { folded: closed, resolvers }: Wish): ShownRows {
  const folded = new Map<ConnId, FoldedSession>()
  const participants = new Set<HostName>()
  const rows = all.filter((row) => {
    if (row.row === 'dns' && resolvers.has(row.from)) return false
    const session = row.conn === null ? undefined : folded.get(row.conn)
    if (session) {
      count(session, row)
      return false
    }
    if (row.conn !== null && closed.has(row.conn)) folded.set(row.conn, { commands: 0, messages: 0, wrong: false })
    if (row.from !== '') participants.add(row.from).add(row.to)
    return true
  })
  return { rows, participants: [...participants], folded }
}

function count(session: FoldedSession, row: Row): void {
  if (row.row === 'command') session.commands++
  if (row.row === 'content') session.messages++
  if (row.row === 'reply' && isRefusal(row.code)) session.wrong = true
}
