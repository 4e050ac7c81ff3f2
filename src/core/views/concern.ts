/**
 * Which message an event of the trace is about: of a dialogue, the part that carries it; what hosts do with it; the look-ups
 * that it needs. Part of this is known only later, when a host has taken what was said to it, so it counts how often
 * something was added behind the back of whoever reads it.
 */
import type { ConnId, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { hopKey, hopOf, journeys, type Journeys } from './journey.ts'

export interface Concern {
  readonly journeys: Journeys
  /** The number of the journey. */
  readonly of: Map<Seq, number>
  /** How often each of them has gained events of the past. */
  readonly gained: Map<number, number>
  readonly open: { talks: Map<ConnId, Talk>; early: Map<string, Seq[]> }
}

interface Talk {
  /** Its SYN. */
  began: Seq
  /** What a mail system carries over it. */
  carries: number | null
  /** What was said since a transaction began. */
  said: Seq[]
  /** What has just been taken: the reply to it is still to come. */
  taken: number | null
}

/** What is said in a transaction, and is remembered until it is known what came of it. */
const MOST_SAID = 4000
const MOST_TALKS = 1000
const MOST_EARLY = 256

/** RFC 821 3.1 and 3.4: with these a transaction begins. */
const BEGINS = new Set(['MAIL', 'SEND', 'SOML', 'SAML'])

export const concern: Fold<Concern> = {
  empty: () => ({
    journeys: journeys.empty(),
    of: new Map(),
    gained: new Map(),
    open: { talks: new Map(), early: new Map() },
  }),
  add(view, event) {
    journeys.add(view.journeys, event)
    if ('id' in event) return handled(view, event)
    if (event.kind === 'dial') return dialled(view, event)
    if ('conn' in event && event.conn !== null) return spoken(view, event, event.conn)
    // Look-ups, and their packets, follow from what needs them.
    if (event.kind === 'lookup' || event.kind === 'looked-up' || event.kind === 'datagram') {
      const number = event.cause === null ? undefined : view.of.get(event.cause)
      if (number !== undefined) view.of.set(event.seq, number)
    }
  },
}

function handled(view: Concern, event: TraceEvent & { id: string }): void {
  const { open, of } = view
  const key = hopKey(event.host, event.id)
  const hop = hopOf(view.journeys, event)
  if (!hop) {
    // What a host does to a message before it notes that it has taken it.
    open.early.set(key, [...(open.early.get(key) ?? []), event.seq])
    if (open.early.size > MOST_EARLY) open.early.delete(open.early.keys().next().value!)
    return
  }
  const { number } = hop.journey
  of.set(event.seq, number)
  if (event.kind === 'accepted') {
    const talk = hop.client && open.talks.get(hop.client.conn)
    const past = open.early.get(key) ?? []
    if (talk && talk.carries === null) {
      past.push(talk.began, ...talk.said)
      talk.said = []
      talk.taken = number
    }
    open.early.delete(key)
    gain(view, number, past)
  }
  if (event.kind === 'attempt' && event.conn !== undefined) {
    const talk = open.talks.get(event.conn)
    if (talk) talk.carries = number
  }
}

function gain({ of, gained }: Concern, number: number, past: readonly Seq[]): void {
  const added = past.filter((seq) => !of.has(seq))
  for (const seq of added) of.set(seq, number)
  if (added.length > 0) gained.set(number, (gained.get(number) ?? 0) + 1)
}

function dialled({ open: { talks }, of }: Concern, event: TraceEvent & { kind: 'dial' }): void {
  // A mail system dials because it tries to deliver something; a person's reasons are their own.
  const carries = event.cause === null ? null : (of.get(event.cause) ?? null)
  talks.set(event.conn, { began: event.seq, carries, said: [], taken: null })
  if (carries !== null) of.set(event.seq, carries)
  if (talks.size > MOST_TALKS) talks.delete(talks.keys().next().value!)
}

function spoken({ open: { talks }, of }: Concern, event: TraceEvent, conn: ConnId): void {
  const talk = talks.get(conn)
  if (!talk) return
  if (talk.carries !== null) {
    of.set(event.seq, talk.carries)
    return
  }
  if (event.kind === 'command') {
    talk.taken = null
    if (event.verb !== null && BEGINS.has(event.verb)) talk.said = []
  }
  if (event.kind === 'reply' && talk.taken !== null) {
    of.set(event.seq, talk.taken)
    return
  }
  if (talk.said.length < MOST_SAID) talk.said.push(event.seq)
  if (event.kind === 'reset' || event.kind === 'timed-out' || event.kind === 'dial-failed') talks.delete(conn)
}
