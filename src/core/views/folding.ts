/** The rows of a sequence as they are shown: a folded session is one row, the one that began it. */
import type { ConnId } from '../terms.ts'
import type { Row } from './rows.ts'

export interface FoldedSession {
  commands: number
  messages: number
  /** Something in it went wrong. */
  wrong: boolean
}

export interface ShownRows {
  rows: readonly Row[]
  folded: ReadonlyMap<ConnId, FoldedSession>
}

export function shownRows(rows: readonly Row[], closed: ReadonlySet<ConnId>): ShownRows {
  const folded = new Map<ConnId, FoldedSession>()
  if (closed.size === 0) return { rows, folded }
  const shown = rows.filter((row) => {
    if (row.conn === null || !closed.has(row.conn)) return true
    const session = folded.get(row.conn)
    if (!session) {
      folded.set(row.conn, { commands: 0, messages: 0, wrong: false })
      return true
    }
    if (row.row === 'command') session.commands++
    if (row.row === 'content') session.messages++
    if (row.row === 'reply' && /^[45]/.test(row.code)) session.wrong = true
    return false
  })
  return { rows: shown, folded }
}
