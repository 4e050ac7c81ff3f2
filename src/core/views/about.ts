/**
 * Which message an event of the trace is about, in the hands of which host, and in which mailboxes: so that what is picked in
 * one view is found in those that show messages, also where it is no more than a line of the dialogue that carried one.
 */
import type { ConnId, Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import type { Concern } from './concern.ts'
import { lettersAsked, type Exchanges } from './exchanges.ts'
import { hopOf, type Hop, type Journey } from './journey.ts'
import { letterKey, type LetterPlace } from './mailboxes.ts'
import type { Whereabouts } from './whereabouts.ts'

export interface About {
  hop: Hop | null
  /** Those that it asks for, or that came of it, by their `letterKey`; wherever they have lain since. */
  letters: ReadonlyMap<string, LetterPlace>
}

interface Views {
  concern: Concern
  exchanges: Exchanges
  whereabouts: Whereabouts
}

export function about(views: Views, event: TraceEvent, eventAt: (seq: Seq) => TraceEvent | null | undefined): About {
  const { origins, places } = views.whereabouts
  const hop = hopAbout(views.concern, event)
  if (hop) {
    const came = event.kind === 'delivered' ? [event.seq] : deliveriesFrom(hop)
    return { hop, letters: byKey(came.flatMap((seq) => places.get(seq) ?? [])) }
  }
  const asked = lettersAsked(views.exchanges, event)
  const came = asked.flatMap((letter) => origins.get(letterKey(letter)) ?? [])
  const arrival = came[0] === undefined ? null : eventAt(came[0])
  return {
    hop: arrival ? hopOf(views.concern.journeys, arrival) : null,
    letters: byKey([...asked, ...came.flatMap((seq) => places.get(seq) ?? [])]),
  }
}

const byKey = (letters: readonly LetterPlace[]) => new Map(letters.map((letter) => [letterKey(letter), letter]))

/** Of a dialogue it is the hop that came of it; where none did, the one that was to be handed over. */
function hopAbout(view: Concern, event: TraceEvent): Hop | null {
  const own = hopOf(view.journeys, event)
  if (own) return own
  const { seq, host } = event
  const conn = ('conn' in event ? event.conn : null) ?? view.asked.get(seq) ?? null
  const number = view.of.get(seq) ?? (conn === null ? undefined : carriedBy(view, conn, seq))
  const journey = number === undefined ? undefined : view.journeys.all.find((each) => each.number === number)
  if (!journey) return null
  if (conn === null) {
    // A name server looks up for whoever has the message by then.
    const before = journey.hops.filter((hop) => hop.seq < seq)
    return before.findLast((hop) => hop.host === host) ?? before.at(-1) ?? null
  }
  const taken = journey.hops.filter(({ client }) => client?.conn === conn)
  return taken.find((hop) => hop.seq > seq) ?? taken.at(-1) ?? triedLast(journey, seq)
}

/** What is said before the first message of a session, or behind the last one, is shown with that one. */
function carriedBy({ carriers }: Concern, conn: ConnId, seq: Seq): number | undefined {
  const carrier = carriers.get(conn)
  if (!carrier) return undefined
  const { opened, ended } = carrier
  const messages = [...carrier.messages]
  if (opened === null || seq < opened) return messages[0]
  return messages.length === 1 || (ended !== null && seq >= ended) ? messages.at(-1) : undefined
}

function triedLast({ hops }: Journey, seq: Seq): Hop | null {
  const tried = hops.map((hop) => hop.steps.findLast((step) => step.kind === 'attempt' && step.seq <= seq)?.seq ?? -1)
  const last = Math.max(...tried)
  return last < 0 ? null : hops[tried.indexOf(last)]!
}

/** The deliveries that came of a hop and of all behind it. */
function deliveriesFrom(hop: Hop): Seq[] {
  const way = new Set([hop])
  // Each stands behind the one that it came from.
  for (const other of hop.journey.hops) if (other.parent && way.has(other.parent)) way.add(other)
  return [...way].flatMap(({ steps }) => steps.flatMap(({ kind, seq }) => (kind === 'delivered' ? [seq] : [])))
}
