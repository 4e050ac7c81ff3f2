/**
 * The life of each message: from the host that took it first to wherever it ends. A message has another queue id on every
 * host, and what a host says it became is no more than `250 OK`; so hops are joined by the connection over which the
 * message went, and copies (of a list, a forward, a filter) by the note that made them.
 */
import type { ConnId, HostName, Millis, Seq } from '../terms.ts'
import type { Fold, MailNote, MailRole, TraceEvent } from '../trace/events.ts'

/** A report about a message, or an answer to it, is a message of its own. */
export interface Journey {
  /** From 1, in order of their beginning. */
  readonly number: number
  readonly hops: Hop[]
  /** What brought it about, if another message did. */
  readonly about: About | null
  /** Messages about this one. */
  readonly abouts: About[]
}

/** By number: so what is old can be forgotten. */
export interface About {
  readonly number: number
  readonly how: 'bounce' | 'report' | 'answer'
}

/** A message in the hands of one host. */
export interface Hop {
  readonly journey: Journey
  readonly id: string
  readonly host: HostName
  readonly role: MailRole
  /** Where it came from; null for the first. */
  readonly parent: Hop | null
  /** `entered` from its writer, `handed` on by a host, or a copy made by what this names. */
  readonly how: How
  readonly client: Caller | null
  /** The event of its acceptance. */
  readonly seq: Seq
  readonly at: Millis
  readonly from: string
  readonly to: readonly string[]
  readonly messageId: string | null
  /** Octets as this host keeps it, and as they came in: the difference is what it wrote on top. */
  readonly octets: number
  readonly given: number | null
  /** The event with which it came in. */
  readonly content: Seq | null
  readonly steps: Step[]
  /** Steps that are not kept. */
  more: number
  /** It is in the queue no more. */
  gone: boolean
}

export type How = 'entered' | 'handed' | 'list' | 'forward' | 'alias' | 'redirect' | 'made'
export type Step = Handling | Unanswered
type Handling = TraceEvent & Exclude<MailNote, { kind: 'accepted' }>
/** A try that has found nobody: why another host is tried. */
type Unanswered = TraceEvent & { kind: 'dial-failed' } & { readonly server: HostName }

/** Who spoke with the host that took the message. */
export interface Caller {
  readonly conn: ConnId
  /** Who it is, as the network knows. */
  host: HostName
  /** Who it says it is. */
  helo: string | null
  secure: boolean
}

export interface Journeys {
  /** In order of their beginning, the latest ones. */
  readonly all: Journey[]
  /** By host and queue id. */
  readonly hops: Map<string, Hop>
  /** By the event with which the content came in. */
  readonly contents: Map<Seq, Hop>
  count: number
  readonly open: Open
}

interface Open {
  readonly conns: Map<ConnId, Caller & { carries: Hop | null; server: HostName; ends: number }>
  /** What each host tries last, and where. */
  readonly attempts: Map<HostName, { seq: Seq; hop: Hop; server: HostName }>
  /** What an acceptance may follow from. */
  readonly origins: Map<Seq, Origin>
  /** What a host did to a message before it noted that it took it. */
  readonly early: Map<string, Handling[]>
}

type Origin =
  { by: 'content'; seq: Seq; conn: ConnId; octets: number } | { by: 'hop'; hop: Hop; how: How | About['how'] }

/** Of a world in which mail goes round for days. */
const MOST_JOURNEYS = 300
const MOST_HOPS = 3000
const MOST_ABOUTS = 50
const MOST_STEPS = 40
/** An acceptance follows at once from what brings it about. */
const MOST_ORIGINS = 256
const MOST_CONNS = 1000

export const journeys: Fold<Journeys> = {
  empty: () => ({
    ...{ all: [], hops: new Map(), contents: new Map(), count: 0 },
    open: { conns: new Map(), attempts: new Map(), origins: new Map(), early: new Map() },
  }),
  add(view, event) {
    if (event.kind === 'accepted') accept(view, event)
    else if ('id' in event) step(view, event)
    else if ('conn' in event && event.conn !== null) connection(view, event, event.conn)
  },
}

export const hopKey = (host: HostName, id: string) => `${host} ${id}`

/** The hop that an event is about. */
export function hopOf({ hops, contents }: Journeys, event: TraceEvent | undefined): Hop | null {
  if (!event) return null
  return ('id' in event ? hops.get(hopKey(event.host, event.id)) : contents.get(event.seq)) ?? null
}

/** All hops, each followed by what came of it. */
export function inOrder({ hops }: Journey): { hop: Hop; depth: number }[] {
  const children = new Map<Hop | null, Hop[]>()
  for (const hop of hops) children.set(hop.parent, [...(children.get(hop.parent) ?? []), hop])
  const listed: { hop: Hop; depth: number }[] = []
  // A chain of many hops must not be a chain of calls.
  const stack = (children.get(null) ?? []).map((hop) => ({ hop, depth: 0 })).reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    listed.push(next)
    const { hop, depth } = next
    const onward = children.get(hop) ?? []
    // A way that forks goes in; one that only goes on does not.
    const inward = hop.steps.some(({ kind }) => kind === 'delivered') || onward.length > 1 ? 1 : 0
    for (const child of [...onward].reverse()) stack.push({ hop: child, depth: depth + inward })
  }
  return listed
}

function accept(view: Journeys, event: TraceEvent & { kind: 'accepted' }): void {
  const { open } = view
  const { host, id, role, seq, at, from, to, messageId, octets } = event
  const origin = event.cause === null ? undefined : open.origins.get(event.cause)
  const caller = origin?.by === 'content' ? (open.conns.get(origin.conn) ?? null) : null
  const before = origin?.by === 'hop' ? origin.hop : (caller?.carries ?? null)
  const made = origin?.by === 'hop' && isAbout(origin.how) ? { of: origin.hop.journey, how: origin.how } : null
  const parent = made === null ? before : null
  const journey = parent === null ? begin(view, made) : parent.journey
  const client = caller && { conn: caller.conn, host: caller.host, helo: caller.helo, secure: caller.secure }
  const hop: Hop = {
    ...{ journey, id, host, role, parent, client, seq, at, from, to, messageId, octets },
    how: made !== null ? 'made' : origin?.by === 'hop' ? (origin.how as How) : parent === null ? 'entered' : 'handed',
    given: origin?.by === 'content' ? origin.octets : null,
    content: origin?.by === 'content' ? origin.seq : null,
    steps: open.early.get(hopKey(host, id)) ?? [],
    more: 0,
    gone: false,
  }
  open.early.delete(hopKey(host, id))
  journey.hops.push(hop)
  view.hops.set(hopKey(host, id), hop)
  if (hop.content !== null) view.contents.set(hop.content, hop)
  while (view.all.length > MOST_JOURNEYS || (view.hops.size > MOST_HOPS && view.all.length > 1)) forget(view)
  // A copy can be made where it is taken at once: an alias at the door of an LMTP server.
  follow(open, seq, { by: 'hop', hop, how: 'alias' })
}

const isAbout = (how: How | About['how']): how is About['how'] =>
  how === 'bounce' || how === 'report' || how === 'answer'

function begin(view: Journeys, made: { of: Journey; how: About['how'] } | null): Journey {
  const number = ++view.count
  const journey: Journey = { number, hops: [], about: made && { number: made.of.number, how: made.how }, abouts: [] }
  if (made && made.of.abouts.length < MOST_ABOUTS) made.of.abouts.push({ number, how: made.how })
  view.all.push(journey)
  return journey
}

/** The oldest. */
function forget({ all, hops, contents }: Journeys): void {
  for (const { host, id, content } of all.shift()!.hops) {
    hops.delete(hopKey(host, id))
    if (content !== null) contents.delete(content)
  }
}

function step(view: Journeys, event: Handling): void {
  const { open } = view
  const key = hopKey(event.host, event.id)
  const hop = view.hops.get(key)
  if (event.kind === 'touched' || event.kind === 'noticed') {
    const origin = event.cause === null ? undefined : open.origins.get(event.cause)
    if (origin) follow(open, event.seq, origin)
    if (!hop) return before(open, key, event)
  }
  if (!hop) return
  keep(hop, event)
  switch (event.kind) {
    case 'attempt':
      if (event.conn === undefined) open.attempts.set(event.host, { seq: event.seq, hop, server: event.server })
      else {
        const conn = open.conns.get(event.conn)
        if (conn) conn.carries = hop
      }
      break
    case 'removed':
      hop.gone = true
      break
    case 'expanded':
      follow(open, event.seq, { by: 'hop', hop, how: event.by })
      break
    case 'filtered':
      follow(open, event.seq, { by: 'hop', hop, how: 'redirect' })
      break
    case 'bounced':
      follow(open, event.seq, { by: 'hop', hop, how: 'bounce' })
      break
    case 'notified':
      follow(open, event.seq, { by: 'hop', hop, how: 'report' })
      break
    case 'delivered':
      follow(open, event.seq, { by: 'hop', hop, how: 'answer' })
      break
  }
}

function keep(hop: Hop, step: Step): void {
  if (hop.steps.length < MOST_STEPS) hop.steps.push(step)
  else hop.more++
}

/** The oldest go first. */
function follow({ origins }: Open, seq: Seq, origin: Origin): void {
  origins.set(seq, origin)
  if (origins.size > MOST_ORIGINS) origins.delete(origins.keys().next().value!)
}

function before({ early }: Open, key: string, event: Handling): void {
  early.set(key, [...(early.get(key) ?? []), event])
  if (early.size > MOST_ORIGINS) early.delete(early.keys().next().value!)
}

function connection({ open }: Journeys, event: TraceEvent, id: ConnId): void {
  const { conns } = open
  if (event.kind === 'dial') {
    const tried = open.attempts.get(event.host)
    const { hop: carries, server } = tried?.seq === event.cause ? tried : { hop: null, server: '' }
    conns.set(id, { conn: id, host: event.host, helo: null, secure: false, carries, server, ends: 0 })
    if (conns.size > MOST_CONNS) conns.delete(conns.keys().next().value!)
    return
  }
  const conn = conns.get(id)
  if (!conn) return
  switch (event.kind) {
    case 'command':
      if (event.verb !== null && /^(?:EHLO|HELO|LHLO)$/.test(event.verb)) conn.helo = event.line.slice(5).trim()
      break
    case 'content':
      follow(open, event.seq, { by: 'content', seq: event.seq, conn: id, octets: event.octets })
      break
    case 'tls':
      if (event.step === 'established') conn.secure = true
      break
    case 'turned':
      Object.assign(conn, { host: event.client, helo: null, carries: null })
      break
    case 'fin':
      if (++conn.ends === 2) conns.delete(id)
      break
    case 'dial-failed':
      if (conn.carries) keep(conn.carries, { ...event, server: conn.server })
      conns.delete(id)
      break
    case 'reset':
    case 'timed-out':
      conns.delete(id)
      break
  }
}
