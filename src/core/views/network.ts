/**
 * The network as it is now: connections that are open, between whom anything went, the mail in each host's queue, messages
 * on their way from host to host, and what is broken. What was there before the world began to run stands in its file;
 * `network-map.ts` puts both together.
 */
import type { ConnId, HostName, Millis, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { faultHosts, parseFault } from '../world/faults.ts'
import { connections, type Connections } from './connections.ts'
import { isRefusal } from './protocols.ts'

/** A message in the queue of a host. */
export interface Queued {
  readonly id: string
  /** The event that brought it. */
  readonly seq: Seq
  readonly from: string
  readonly to: readonly string[]
  /** To whom this host is just trying to hand it. */
  trying: HostName | null
  waits: { seq: Seq; until: Millis; why: string } | null
}

/** A message that moves: to the next host, back to whoever reads it, or into a mailbox. */
export interface Hop {
  /** 0, 1, 2 ... of all that ever were. */
  readonly number: number
  readonly seq: Seq
  readonly from: HostName
  readonly to: HostName
  readonly what: 'handed' | 'fetched' | 'delivered'
  outcome: 'going' | 'taken' | 'refused'
  /** Its number in the queue of `to`, or the mailbox it lies in now. */
  detail: string
}

/** What went between two hosts. */
export interface Tie {
  readonly between: readonly [HostName, HostName]
  packets: number
  lost: number
  /** Anything but questions to name servers. */
  streams: boolean
}

/** What a fault has changed on a link; what is not there is as the world file has it. */
export interface LinkFault {
  readonly seq: Seq
  readonly cut?: boolean
  readonly delay?: Millis
  readonly loss?: number
}

export interface NetworkView {
  /** Those that are not over. */
  readonly connections: Connections
  /** The events that began them. */
  readonly dialled: Map<ConnId, Seq>
  readonly ties: Map<string, Tie>
  readonly queues: Map<HostName, Map<string, Queued>>
  readonly links: Map<string, LinkFault>
  /** Hosts that were stopped or started. */
  readonly hosts: Map<HostName, { seq: Seq; up: boolean }>
  /** Zones that were put in force, and where; null: taken away. */
  readonly zones: Map<string, HostName | null>
  /** The latest ones. */
  readonly hops: Hop[]
  /** How many there ever were. */
  moved: number
  /** Messages that a server has heard and not answered yet. */
  readonly handing: Map<ConnId, Hop>
}

/** So many messages on their way are remembered. */
const MOST_HOPS = 40

/** A link by its ends, whichever is named first. */
export const linkKey = (one: HostName, other: HostName) => [one, other].sort().join('--')

export const network: Fold<NetworkView> = {
  empty: () => ({
    connections: connections.empty(),
    dialled: new Map(),
    ties: new Map(),
    queues: new Map(),
    links: new Map(),
    hosts: new Map(),
    zones: new Map(),
    hops: [],
    moved: 0,
    handing: new Map(),
  }),
  add(view, event) {
    connections.add(view.connections, event)
    addTraffic(view, event)
    addMail(view, event)
    addMovement(view, event)
    if (event.kind === 'fault') addFault(view, event)
    if (event.kind === 'zone') view.zones.set(event.origin, event.serial === null ? null : event.host)
    if ('conn' in event && event.conn !== null) forget(view, event.conn)
  },
}

/** A connection that is over is not on the map. */
function forget(view: NetworkView, conn: ConnId): void {
  const state = view.connections.get(conn)?.state
  if (state !== 'closed' && state !== 'failed') return
  view.connections.delete(conn)
  view.dialled.delete(conn)
  view.handing.delete(conn)
}

function addTraffic(view: NetworkView, event: TraceEvent): void {
  switch (event.kind) {
    case 'dial':
      view.dialled.set(event.conn, event.seq)
      if (event.toHost !== null) pass(view, event.host, event.toHost, true)
      break
    case 'datagram':
      if (event.toHost !== null) pass(view, event.host, event.toHost, false)
      break
    case 'segment':
    case 'lost': {
      const connection = event.conn === null ? undefined : view.connections.get(event.conn)
      const tie = connection && view.ties.get(linkKey(connection.client, connection.server))
      if (tie && event.kind === 'lost') tie.lost++
      else if (tie) tie.packets++
      break
    }
  }
}

function pass(view: NetworkView, from: HostName, to: HostName, stream: boolean): void {
  const key = linkKey(from, to)
  const tie = view.ties.get(key) ?? { between: [from, to] as const, packets: 0, lost: 0, streams: false }
  tie.packets++
  tie.streams ||= stream
  view.ties.set(key, tie)
}

function addMail(view: NetworkView, event: TraceEvent): void {
  if (event.kind === 'accepted') {
    const { id, seq, from, to } = event
    const queue = view.queues.get(event.host) ?? new Map<string, Queued>()
    view.queues.set(event.host, queue.set(id, { id, seq, from, to, trying: null, waits: null }))
    return
  }
  if (!('id' in event)) return
  const queue = view.queues.get(event.host)
  const queued = queue?.get(event.id)
  if (!queue || !queued) return
  switch (event.kind) {
    case 'attempt':
      queued.trying = event.server
      queued.waits = null
      break
    case 'deferred':
      queued.waits = { seq: event.seq, until: event.until, why: event.why }
      queued.trying = null
      break
    case 'sent':
    case 'passed':
    case 'failed':
      queued.trying = null
      break
    case 'removed':
      queue.delete(event.id)
      break
  }
}

function addMovement(view: NetworkView, event: TraceEvent): void {
  switch (event.kind) {
    case 'content': {
      const from = otherEnd(view, event.conn, event.host)
      if (from !== null) view.handing.set(event.conn, move(view, event, 'handed', from, ''))
      break
    }
    case 'accepted': {
      const last = view.hops.at(-1)
      if (last?.to === event.host && last.seq === event.cause) last.detail = event.id
      break
    }
    case 'delivered':
      move(view, event, 'delivered', event.host, `${event.account}/${event.mailbox}`).outcome = 'taken'
      break
    case 'data': {
      const reader = bringsMail(event) ? otherEnd(view, event.conn, event.host) : null
      if (reader !== null) move(view, event, 'fetched', event.host, '', reader).outcome = 'taken'
      break
    }
    case 'command':
      view.handing.delete(event.conn)
      break
    case 'reply': {
      // LMTP answers once for each recipient: one who takes it is enough.
      const hop = view.handing.get(event.conn)
      if (hop && hop.outcome !== 'taken') hop.outcome = isRefusal(event.code) ? 'refused' : 'taken'
      break
    }
  }
}

function move(
  view: NetworkView,
  { seq, host }: TraceEvent,
  what: Hop['what'],
  from: HostName,
  detail: string,
  to: HostName = host,
): Hop {
  const hop: Hop = { number: view.moved++, seq, from, to, what, outcome: 'going', detail }
  view.hops.push(hop)
  if (view.hops.length > MOST_HOPS) view.hops.shift()
  return hop
}

/** The text of a message goes to its reader; lists, flags and headings alone do not count. */
function bringsMail({ verb, lines }: TraceEvent & { kind: 'data' }): boolean {
  if (verb === 'RETR') return true
  const body = /\b(?:BODY|BINARY)\[(?!HEADER|[\d.]*MIME)|\bRFC822(?:\.TEXT)? /i
  return (verb === 'FETCH' || verb === 'UID FETCH') && lines.some((line) => body.test(line))
}

/** After TURN the server is who has dialled, so it is the host that notes. */
function otherEnd(view: NetworkView, conn: ConnId, host: HostName): HostName | null {
  const connection = view.connections.get(conn)
  if (!connection) return null
  return connection.server === host ? connection.client : connection.server
}

function addFault(view: NetworkView, event: TraceEvent & { kind: 'fault' }): void {
  const { seq } = event
  const fault = parseFault(event.what)
  if ('error' in fault) return
  if ('host' in fault) {
    view.hosts.set(fault.host, { seq, up: fault.fault === 'up' })
    if (fault.fault === 'down') vanish(view, fault.host)
    return
  }
  const [one = '', other = ''] = faultHosts(fault)
  const key = linkKey(one, other)
  const before = view.links.get(key)
  if (fault.fault === 'slow') view.links.set(key, { ...before, seq, delay: fault.delay })
  else if (fault.fault === 'loss') view.links.set(key, { ...before, seq, loss: fault.chance })
  else view.links.set(key, { ...before, seq, cut: fault.fault === 'cut' })
}

/** A host that goes down drops its end of each connection without a word; where none has an end any more, all is over. */
function vanish(view: NetworkView, host: HostName): void {
  for (const connection of [...view.connections.values()]) {
    if (connection.client === host) connection.finished.add('up')
    if (connection.server === host) connection.finished.add('down')
    const answered = connection.state === 'open' && connection.finished.size < 2
    if (answered || (connection.state === 'dialling' && connection.client !== host)) continue
    connection.state = 'closed'
    forget(view, connection.id)
  }
}
