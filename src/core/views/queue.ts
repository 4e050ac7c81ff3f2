/**
 * The queues of a world's mail systems as they are now, and what has left them. What waits is read from the mail systems: they
 * know when each recipient is tried again. What is gone only the trace remembers.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Mta } from '../mta/mta.ts'
import type { QueueEntry } from '../mta/queue.ts'
import { pathText } from '../smtp/path.ts'
import type { HostName, Millis, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'

/** In Postfix's words; a recipient whose turn is over has left the queue before its message does. */
export type QueueState = ReturnType<Mta['stateOf']>
export type RecipientState = QueueState | 'done' | 'failed'

export interface QueuedRecipient {
  address: string
  state: RecipientState
  tries: number
  /** When it is tried again; null where that is not waited for, or under way. */
  next: Millis | null
  /** What was said of it last; '' before the first try. */
  reason: string
  /** The event of that. */
  seq: Seq
}

export interface QueuedMessage {
  id: string
  seq: Seq
  state: QueueState
  octets: number
  arrived: Millis
  /** '' where nobody is to hear of it. */
  from: string
  /** Who handed it in; null for what was made on the host itself. */
  client: { name: string; address: string; user: string | null } | null
  recipients: QueuedRecipient[]
  /** Recipients that are not listed. */
  more: number
}

export interface HostQueue {
  host: HostName
  /** The ones that came last, in order of arrival. */
  messages: QueuedMessage[]
  count: number
  octets: number
  states: Record<QueueState, number>
}

/** So many recipients of a message are listed. */
const MOST_RECIPIENTS = 20

/** Of each host, `most` messages. */
export function queuesByHost(mtas: ReadonlyMap<HostName, Mta>, most: number): HostQueue[] {
  return [...mtas].map(([host, mta]) => {
    const entries = mta.queue()
    const states = { incoming: 0, active: 0, deferred: 0, hold: 0 }
    let octets = 0
    for (const entry of entries) {
      states[mta.stateOf(entry)]++
      octets += entry.content.length
    }
    const messages = entries.slice(Math.max(entries.length - most, 0)).map((entry) => queued(entry, mta.stateOf(entry)))
    return { host, messages, count: entries.length, octets, states }
  })
}

function queued(entry: QueueEntry, state: QueueState): QueuedMessage {
  const { id, cause, content, arrived, from, client, recipients } = entry
  return {
    id,
    seq: cause,
    state,
    octets: content.length,
    arrived,
    from: readable(pathText(from)),
    client: client && {
      name: readable(client.name ?? client.helo),
      address: client.address,
      user: client.user === null ? null : readable(client.user),
    },
    recipients: recipients.slice(0, MOST_RECIPIENTS).map(({ address, status, tries, next, reason, last }) => ({
      address: readable(address),
      state: status === 'waiting' ? state : status === 'sent' || status === 'delivered' ? 'done' : 'failed',
      tries,
      next: status === 'waiting' && state !== 'active' && reason !== '' ? next : null,
      reason: readable(reason),
      seq: last,
    })),
    more: Math.max(recipients.length - MOST_RECIPIENTS, 0),
  }
}

/** How a message left: with what became of whom. `report` says that the sender was told. */
export interface Departure {
  host: HostName
  id: string
  from: string
  at: Millis
  /** The event of its leaving; it counts as picked, too, when one of `seqs` is. */
  seq: Seq
  seqs: Seq[]
  sent: string[]
  delivered: string[]
  failed: string[]
  /** The message that tells the sender of it. */
  report: string | null
}

export interface Departures {
  /** The last ones, the latest last. */
  readonly gone: Departure[]
  /** How many recipients, of all hosts. */
  sent: number
  delivered: number
  /** How many messages came back to their senders. */
  bounced: number
  readonly open: Map<string, Departure>
}

const MOST_GONE = 50
/** Queues are bounded, but there may be many. */
const MOST_OPEN = 5000
/** Of a message for a great many. */
const MOST_NAMED = 20

export const departures: Fold<Departures> = {
  empty: () => ({ gone: [], sent: 0, delivered: 0, bounced: 0, open: new Map() }),
  add(view, event) {
    switch (event.kind) {
      case 'accepted':
        open(view, event)
        break
      case 'sent':
        view.sent += event.recipients.length
        outcome(view, event, 'sent', event.recipients)
        break
      case 'delivered':
        view.delivered++
        outcome(view, event, 'delivered', [event.address])
        break
      case 'failed':
      case 'dropped':
        outcome(view, event, 'failed', event.recipients)
        break
      case 'bounced': {
        view.bounced++
        outcome(view, event, 'failed', [])
        const message = view.open.get(keyOf(event))
        if (message) message.report = event.bounce
        break
      }
      case 'removed':
        leave(view, event)
        break
    }
  },
}

function open(view: Departures, event: TraceEvent & { kind: 'accepted' }): void {
  const { host, id, from, at, seq } = event
  const [oldest] = view.open.keys()
  if (view.open.size >= MOST_OPEN && oldest !== undefined) view.open.delete(oldest)
  view.open.set(keyOf(event), {
    ...{ host, id, from: readable(from), at, seq, seqs: [seq] },
    ...{ sent: [], delivered: [], failed: [], report: null },
  })
}

function outcome(
  view: Departures,
  event: TraceEvent & { id: string },
  what: 'sent' | 'delivered' | 'failed',
  recipients: readonly string[],
): void {
  const message = view.open.get(keyOf(event))
  if (!message) return
  if (message.seqs.length < MOST_NAMED) message.seqs.push(event.seq)
  for (const recipient of recipients) {
    const address = readable(recipient)
    if (message[what].length < MOST_NAMED && !message[what].includes(address)) message[what].push(address)
  }
}

function leave(view: Departures, event: TraceEvent & { kind: 'removed' }): void {
  const message = view.open.get(keyOf(event))
  if (!message) return
  view.open.delete(keyOf(event))
  message.at = event.at
  message.seq = event.seq
  view.gone.push(message)
  if (view.gone.length > MOST_GONE) view.gone.shift()
}

const keyOf = ({ host, id }: { host: HostName; id: string }) => `${host} ${id}`

const readable = (octets: string) => harmless(utf8Text(octets))
