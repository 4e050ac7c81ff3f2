/** What POP3 sessions have marked with DELE: it goes when they say QUIT, and stays when they do not (RFC 1939 5 and 6). */
import type { ConnId } from '../terms.ts'
import type { Fold } from '../trace/events.ts'
import { letterKey } from './mailboxes.ts'

/** The marks of each session, by `letterKey`. */
export type Deletions = Map<ConnId, Set<string>>

export const deletions: Fold<Deletions> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind === 'fin' || event.kind === 'reset' || event.kind === 'timed-out') view.delete(event.conn)
    if (event.kind !== 'reply' || event.protocol !== 'pop3') return
    const { conn, verb, outcome, host, messages } = event
    if (verb === 'QUIT' || (verb === 'RSET' && outcome === 'ok')) view.delete(conn)
    if (verb !== 'DELE' || outcome !== 'ok' || !messages) return
    const marked = view.get(conn) ?? new Set()
    for (const [uid] of messages.uids) marked.add(letterKey({ host, ...messages, uid }))
    view.set(conn, marked)
  },
}
