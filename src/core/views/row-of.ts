/**
 * The row of the sequence that an event of the trace belongs to. Most rows are found by the event that began them; what is
 * picked elsewhere may be a segment that carries a command, or the answer to a question.
 */
import type { Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { firstFrom } from './folding.ts'
import type { Row } from './rows.ts'

/** What belongs together stands near each other: so many rows are looked at, before and behind. */
const NEAR = 400

export function rowOf(rows: readonly Row[], trace: readonly TraceEvent[], seq: Seq | null): Row | null {
  const event = seq === null ? undefined : trace[seq]
  if (!event) return null
  const at = firstFrom(rows, event.seq)
  if (rows[at]?.seq === event.seq) return rows[at]
  const near = rows.slice(Math.max(0, at - NEAR), at + NEAR)
  return (
    near.find((row) => carries(event, trace[row.seq])) ??
    near.findLast((row) => answers(event, row)) ??
    arrowOf(event, near, trace) ??
    (FOLLOWS.has(event.kind) ? rowOf(rows, trace, event.cause) : null)
  )
}

/** What has no row of its own where it is not said what it carries: it is with what brought it about. */
const FOLLOWS: ReadonlySet<TraceEvent['kind']> = new Set(['segment', 'datagram', 'remark'])

/** Octets of the row went in this segment. */
function carries({ span }: TraceEvent, other: TraceEvent | undefined): boolean {
  if (!span || !other?.span) return false
  const [conn, dir, from, to] = span
  const [otherConn, otherDir, otherFrom, otherTo] = other.span
  return conn === otherConn && dir === otherDir && from < otherTo && otherFrom < to
}

/** It lies between the beginning and the end of the row, and on the same connection. */
function answers(event: TraceEvent, row: Row): boolean {
  if (row.seq >= event.seq || event.seq > row.last) return false
  return 'conn' in event && event.conn !== null ? row.conn === event.conn : row.conn === null && row.last === event.seq
}

/** What a host does with a message, and the sequence shows by its arrows alone. */
function arrowOf(event: TraceEvent, near: readonly Row[], trace: readonly TraceEvent[]): Row | null {
  const { seq, host } = event
  const before = (fits: (row: Row) => boolean) => near.findLast((row) => row.seq < seq && fits(row)) ?? null
  switch (event.kind) {
    case 'attempt': {
      const { conn } = event
      const begins = (row: Row) => (conn === undefined ? trace[row.seq]?.cause === seq : row.conn === conn)
      return near.find((row) => row.seq > seq && begins(row)) ?? null
    }
    case 'segment': {
      // A line of a message, that stands whole in the row of its end.
      const { conn } = event
      const next = near.find((row) => row.seq > seq && row.conn === conn && row.from === host)
      return next?.row === 'content' ? next : null
    }
    case 'sent':
      return before((row) => row.row === 'reply' && row.to === host && row.from === event.server)
    case 'removed':
      return before(({ row, from, seq: own }) => row === 'mail' && from === host && isOf(event.id, trace[own]))
    default:
      return null
  }
}

const isOf = (id: string, event: TraceEvent | undefined) => event !== undefined && 'id' in event && event.id === id
