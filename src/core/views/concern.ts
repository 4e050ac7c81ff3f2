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
  /** How often each of them has gained, or lost, events of the past. */
  readonly gained: Map<number, number>
  /** What carried them. */
  readonly carriers: Map<ConnId, Carrier>
  /** Look-ups that a session made necessary. */
  readonly asked: Map<Seq, ConnId>
  readonly open: { talks: Map<ConnId, Talk>; early: Map<string, Seq[]>; heard: Map<Seq, ConnId> }
}

/** A session that carried messages: what is said before the first of them and after the last is said for all of them. */
interface Carrier {
  readonly messages: Set<number>
  /** The first transaction; null: not yet. */
  opened: Seq | null
  /** QUIT; null: not yet. */
  ended: Seq | null
}

interface Talk {
  /** Its SYN. */
  began: Seq
  carrier: Carrier
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
/** What is asked because of something follows soon. */
const MOST_HEARD = 256

/** RFC 821 3.1 and 3.4: with these a transaction begins. */
const BEGINS = new Set(['MAIL', 'SEND', 'SOML', 'SAML'])

export const concern: Fold<Concern> = {
  empty: () => ({
    journeys: journeys.empty(),
    of: new Map(),
    gained: new Map(),
    carriers: new Map(),
    asked: new Map(),
    open: { talks: new Map(), early: new Map(), heard: new Map() },
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
      const conn = event.cause === null ? undefined : (view.asked.get(event.cause) ?? view.open.heard.get(event.cause))
      if (conn !== undefined) view.asked.set(event.seq, conn)
    }
  },
}

/**
 * Whether an event shows a message on its way: it is about it, or belongs to a session that carried it, and to no other
 * message. So who follows a letter sees how its sessions began and ended, and what was refused in them meanwhile.
 */
export function isOnTheWay({ of, carriers, asked }: Concern, said: Said, message: number): boolean {
  const { seq } = said
  const about = of.get(seq)
  if (about === message) return true
  const conn = said.conn ?? asked.get(seq)
  const carrier = conn === undefined ? undefined : carriers.get(conn)
  if (!carrier?.messages.has(message)) return false
  const { opened, ended } = carrier
  return about === undefined || opened === null || seq < opened || (ended !== null && seq >= ended)
}

type Said = { readonly seq: Seq; readonly conn: ConnId | null }

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
    const talk = hop.client ? open.talks.get(hop.client.conn) : undefined
    const past = open.early.get(key) ?? []
    if (hop.client && talk && talk.carries === null) {
      past.push(talk.began, ...talk.said)
      talk.said = []
      talk.taken = number
      // Those before it in the session have shown what is now known to be another's.
      for (const each of talk.carrier.messages) changed(view, each)
      carried(view, hop.client.conn, talk, number)
    }
    open.early.delete(key)
    gain(view, number, past)
  }
  if (event.kind === 'attempt' && event.conn !== undefined) {
    const talk = open.talks.get(event.conn)
    if (!talk) return
    talk.carries = number
    carried(view, event.conn, talk, number)
  }
}

/** A message goes over a session: what was said in it before is seen with it. */
function carried(view: Concern, conn: ConnId, { carrier }: Talk, number: number): void {
  if (carrier.messages.has(number)) return
  carrier.messages.add(number)
  view.carriers.set(conn, carrier)
  changed(view, number)
}

function changed({ gained }: Concern, number: number): void {
  gained.set(number, (gained.get(number) ?? 0) + 1)
}

function gain(view: Concern, number: number, past: readonly Seq[]): void {
  const added = past.filter((seq) => !view.of.has(seq))
  for (const seq of added) view.of.set(seq, number)
  if (added.length > 0) changed(view, number)
}

function dialled(view: Concern, event: TraceEvent & { kind: 'dial' }): void {
  // A mail system dials because it tries to deliver something; a person's reasons are their own.
  const { of } = view
  const { talks } = view.open
  const carries = event.cause === null ? null : (of.get(event.cause) ?? null)
  const carrier: Carrier = { messages: new Set(), opened: null, ended: null }
  const talk: Talk = { began: event.seq, carrier, carries, said: [], taken: null }
  talks.set(event.conn, talk)
  if (carries !== null) {
    of.set(event.seq, carries)
    carried(view, event.conn, talk, carries)
  }
  if (talks.size > MOST_TALKS) talks.delete(talks.keys().next().value!)
}

function spoken({ open: { talks, heard }, of }: Concern, event: TraceEvent, conn: ConnId): void {
  const talk = talks.get(conn)
  if (!talk) return
  heard.set(event.seq, conn)
  if (heard.size > MOST_HEARD) heard.delete(heard.keys().next().value!)
  if (event.kind === 'command' && event.verb !== null) {
    if (BEGINS.has(event.verb)) talk.carrier.opened ??= event.seq
    if (event.verb === 'QUIT') talk.carrier.ended ??= event.seq
  }
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
