/**
 * Which messages in mailboxes a line of a dialogue is about: what POP3 and IMAP ask for, change, and are given. The reply says
 * so; command, data and the segments that carry them belong to it by the octets that they span.
 */
import type { ConnId, HostName, Seq } from '../terms.ts'
import type { Fold, StoredMessages, TraceEvent } from '../trace/events.ts'
import type { LetterPlace } from './mailboxes.ts'

/** A command with what came back. */
interface Exchange {
  readonly host: HostName
  readonly from: Seq
  to: Seq
  readonly up: Stretch
  readonly down: Stretch
  messages: StoredMessages | null
}

/** Octets of one direction of the connection, the first and the one behind the last. */
interface Stretch {
  from: number
  to: number
}

export interface Exchanges {
  readonly aboutMessages: Map<ConnId, Exchange[]>
  readonly latest: Map<ConnId, Exchange>
}

/** Connections whose latest exchange may still go on. */
const MOST_OPEN = 1000

export const exchanges: Fold<Exchanges> = {
  empty: () => ({ aboutMessages: new Map(), latest: new Map() }),
  add(view, event) {
    if (event.kind !== 'command' && event.kind !== 'reply' && event.kind !== 'data') return
    if (event.protocol !== 'pop3' && event.protocol !== 'imap') return
    const { conn, seq, span, host } = event
    const [, , from, to] = span ?? [conn, 'up', 0, 0]
    if (event.kind === 'command') {
      const exchange = { host, from: seq, to: seq, up: { from, to }, down: { from: Infinity, to: 0 }, messages: null }
      view.latest.set(conn, exchange)
      if (view.latest.size > MOST_OPEN) view.latest.delete(view.latest.keys().next().value!)
      return
    }
    const exchange = view.latest.get(conn)
    if (!exchange) return
    exchange.to = seq
    exchange.down.from = Math.min(exchange.down.from, from)
    exchange.down.to = Math.max(exchange.down.to, to)
    if (event.kind !== 'reply' || !event.messages) return
    exchange.messages = event.messages
    const before = view.aboutMessages.get(conn)
    if (before) before.push(exchange)
    else view.aboutMessages.set(conn, [exchange])
  },
}

/** More letters than these are not looked at: the latest of them are shown. */
const MOST_LETTERS = 1000

/** The messages that an event is about, the latest first. */
export function lettersAsked(view: Exchanges, event: TraceEvent): LetterPlace[] {
  const { seq, span } = event
  const conn = span?.[0] ?? ('conn' in event ? event.conn : null)
  const exchange = (conn === null ? undefined : view.aboutMessages.get(conn))?.find((each) => {
    if (!span) return each.from <= seq && seq <= each.to
    const { from, to } = each[span[1]]
    return span[2] < to && from < span[3]
  })
  if (!exchange?.messages) return []
  const { account, mailbox, uids } = exchange.messages
  const letters: LetterPlace[] = []
  for (const [first, last] of uids.toReversed())
    for (let uid = last; uid >= first && letters.length < MOST_LETTERS; uid--)
      letters.push({ host: exchange.host, account, mailbox, uid })
  return letters
}
