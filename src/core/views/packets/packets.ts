/**
 * A capture of all that goes over the wires of a world: every packet of the trace in its order, numbered, with its place in
 * the stream of its connection. What stands in a packet is worked out when somebody looks at it.
 */
import { packetOf, thirdOf, type Packet } from '../../net/packets.ts'
import type { ConnId, Direction, Endpoint, HostName, Ipv4, Millis, Seq } from '../../terms.ts'
import type { Fold, Protocol, Span, TraceEvent } from '../../trace/events.ts'
import { connections, type Connection, type Connections } from '../connections.ts'
import { HTTP_START, httpAfter, type HttpPlace } from './http.ts'

export type PacketProtocol = 'TCP' | 'UDP' | 'DNS' | 'TLS' | 'SMTP' | 'LMTP' | 'POP3' | 'IMAP' | 'HTTP'

export interface PacketRow {
  /** From 1: its place in `rows` is one less. */
  readonly number: number
  readonly seq: Seq
  readonly at: Millis
  readonly cause: Seq | null
  readonly span: Span | null
  readonly conn: ConnId | null
  readonly dir: Direction | null
  /** Addresses where no host has them. */
  readonly source: HostName
  readonly destination: HostName
  readonly from: Endpoint
  readonly to: Endpoint
  /** Null: it was lost, and only that is known of it. */
  readonly packet: Packet | null
  readonly protocol: PacketProtocol
  /** Who says what is in it; after TURN the caller is the server. */
  readonly speaker: 'client' | 'server'
  /** A piece of a message: its lines are no commands. */
  readonly content: boolean
  /** Where its first octet stands in its message; null where it is no HTTP. */
  readonly http: HttpPlace | null
  /** Octets of its stream before it in its own direction, and in the other: SYN and FIN count as one each. */
  readonly place: { readonly seq: number; readonly ack: number }
  lost: 'loss' | 'cut' | 'down' | null
  /** What the list says of it, once that was asked for. */
  info: string | null
}

/** One connection: its packets, and what its ends said by their own account, which TLS keeps from everybody else. */
export interface Stream {
  readonly connection: Connection
  readonly packets: PacketRow[]
  readonly said: SaidEvent[]
  readonly next: Record<Direction, number>
  readonly http: Record<Direction, HttpPlace>
  protocol: Protocol | 'http' | null
  turned: boolean
  content: boolean
}

export type SaidEvent = TraceEvent & { kind: 'command' | 'reply' | 'data' | 'content' | 'chunk' }

export interface PacketsView {
  readonly rows: PacketRow[]
  readonly connections: Connections
  readonly streams: Map<ConnId, Stream>
  readonly hosts: Set<HostName>
  readonly protocols: Set<PacketProtocol>
  /** Who has which address, as far as it was seen. */
  readonly names: Map<Ipv4, HostName>
}

export const packets: Fold<PacketsView> = {
  empty: () => ({
    rows: [],
    connections: connections.empty(),
    streams: new Map(),
    hosts: new Set(),
    protocols: new Set(),
    names: new Map(),
  }),
  add(view, event) {
    connections.add(view.connections, event)
    if (event.kind === 'dial') begin(view, event)
    if (event.kind === 'lost') return lose(view, event)
    listen(view, event)
    const packet = packetOf(event, (conn) => view.connections.get(conn) ?? null)
    if (packet === null) return
    if (event.kind === 'datagram') {
      know(view, event.from, event.host)
      if (event.toHost !== null) know(view, event.to, event.toHost)
    }
    const stream = 'conn' in event && event.conn !== null ? (view.streams.get(event.conn) ?? null) : null
    push(view, event, packet, stream)
    if (event.kind === 'connected') push(view, event, thirdOf(packet), stream)
  },
}

function begin(view: PacketsView, event: TraceEvent & { kind: 'dial' }): void {
  const connection = view.connections.get(event.conn)!
  view.streams.set(event.conn, {
    connection,
    packets: [],
    said: [],
    next: { up: 0, down: 0 },
    http: { up: HTTP_START, down: HTTP_START },
    protocol: null,
    turned: false,
    content: false,
  })
  know(view, event.from, event.host)
  if (event.toHost !== null) know(view, event.to, event.toHost)
}

/** A host that speaks to itself says 127.0.0.1, and everybody does. */
function know(view: PacketsView, { address }: Endpoint, host: HostName): void {
  if (!address.startsWith('127.')) view.names.set(address, host)
}

/** What the ends say of themselves: which protocol it is, and whether a message is on its way. */
function listen(view: PacketsView, event: TraceEvent): void {
  if (!('conn' in event) || event.conn === null) return
  const stream = view.streams.get(event.conn)
  if (!stream) return
  if (event.kind === 'turned') stream.turned = !stream.turned
  if (event.kind === 'http') stream.protocol = 'http'
  if (
    event.kind !== 'command' &&
    event.kind !== 'reply' &&
    event.kind !== 'data' &&
    event.kind !== 'content' &&
    event.kind !== 'chunk'
  )
    return
  stream.said.push(event)
  stream.protocol = event.protocol
  if (event.kind === 'reply') stream.content = event.to === 'content' || event.to === 'chunk'
  if (event.kind === 'content') stream.content = false
}

function push(view: PacketsView, event: TraceEvent, packet: Packet, stream: Stream | null): void {
  const dir = stream === null ? null : packet.from === stream.connection.from ? 'up' : 'down'
  const place = dir === null ? NOWHERE : advance(stream!, dir, packet)
  const row = rowOf(view, event, packet, dir, packet, place, stream, null)
  if (row.http !== null) stream!.http[dir!] = httpAfter(packet.data, row.http)
  keep(view, row, stream)
}

const NOWHERE = { seq: 0, ack: 0 }

/** One literal: there are tens of thousands of them. */
function rowOf(
  view: PacketsView,
  { seq, at, cause, span, host }: TraceEvent,
  { from, to }: { from: Endpoint; to: Endpoint },
  dir: Direction | null,
  packet: Packet | null,
  place: PacketRow['place'],
  stream: Stream | null,
  lost: PacketRow['lost'],
): PacketRow {
  const protocol = packet === null ? 'TCP' : protocolOf(packet, stream)
  const speaker = (dir === 'down') === (stream?.turned ?? false) ? 'client' : 'server'
  return {
    number: view.rows.length + 1,
    seq,
    at,
    cause,
    span,
    conn: stream?.connection.id ?? null,
    dir,
    source: nameOf(view, from, host),
    destination: nameOf(view, to, host),
    from,
    to,
    packet,
    protocol,
    speaker,
    content: stream !== null && stream.content && speaker === 'client' && packet?.tls === false && packet.data !== '',
    http: protocol === 'HTTP' ? stream!.http[dir!] : null,
    place,
    lost,
    info: null,
  }
}

const nameOf = (view: PacketsView, { address }: Endpoint, host: HostName) =>
  (address.startsWith('127.') ? host : view.names.get(address)) ?? address

function keep(view: PacketsView, row: PacketRow, stream: Stream | null): void {
  view.rows.push(row)
  stream?.packets.push(row)
  view.hosts.add(row.source).add(row.destination)
  view.protocols.add(row.protocol)
}

function advance({ next }: Stream, dir: Direction, { flags, data }: Packet): { seq: number; ack: number } {
  const place = { seq: next[dir], ack: next[dir === 'up' ? 'down' : 'up'] }
  next[dir] += data.length + (flags === 'S' || flags === 'S.' || flags === 'F.' ? 1 : 0)
  return place
}

/**
 * A datagram that is lost was noted as it set out, and so was the first SYN. Of what follows each loss is noted, and the
 * segment itself when it gets through.
 */
function lose(view: PacketsView, event: TraceEvent & { kind: 'lost' }): void {
  if (event.conn === null) {
    const [row] = event.cause === null ? [] : packetsAt(view, event.cause)
    if (row) row.lost = event.why
    return
  }
  const stream = view.streams.get(event.conn)
  if (!stream) return
  const { connection, next } = stream
  const dir = event.span?.[1] ?? (event.host === connection.client ? 'up' : 'down')
  const opening = connection.state === 'dialling'
  const [syn] = stream.packets
  if (opening && dir === 'up' && syn && stream.packets.length === 1 && syn.lost === null) {
    syn.lost = event.why
    return
  }
  // Noted at once behind the answer to the SYN it is the loss of the caller's ACK: nothing else can have set out.
  const last = stream.packets.at(-1)
  if (last?.packet?.flags === '.' && last.seq === event.seq - 1 && event.span === null) {
    last.lost = event.why
    return
  }
  const { from, to } = dir === 'up' ? connection : { from: connection.to, to: connection.from }
  // Before it is open only SYN and its answer travel.
  const packet = opening ? ({ from, to, flags: dir === 'up' ? 'S' : 'S.', data: '', tls: false } as const) : null
  const place = opening
    ? { seq: 0, ack: dir === 'up' ? 0 : 1 }
    : { seq: next[dir], ack: next[dir === 'up' ? 'down' : 'up'] }
  keep(view, rowOf(view, event, { from, to }, dir, packet, place, stream, event.why), stream)
}

/** The packet that an event is, the answer to a SYN with the ACK that it brings about; the list is in the order of events. */
const packetsAt = ({ rows }: PacketsView, seq: Seq): readonly PacketRow[] =>
  rows.slice(placeBehind(rows, seq - 1), placeBehind(rows, seq))

/** The packets in which an event lies: those that carried its octets, or that it caused; itself where it is one. */
export function packetsOf(view: PacketsView, event: Pick<TraceEvent, 'seq' | 'span'>): readonly PacketRow[] {
  const own = packetsAt(view, event.seq)
  if (own.length > 0) return own
  const { span } = event
  if (span) {
    const [conn, dir, from, to] = span
    return (view.streams.get(conn)?.packets ?? []).filter(
      (row) =>
        row.packet !== null && row.span !== null && row.span[1] === dir && row.span[2] < to && row.span[3] > from,
    )
  }
  const caused: PacketRow[] = []
  // What an event causes comes soon after it.
  for (let at = placeBehind(view.rows, event.seq); at < view.rows.length && caused.length < NEAR; at++) {
    const row = view.rows[at]!
    if (row.seq > event.seq + NEAR) break
    if (row.cause === event.seq) caused.push(row)
  }
  return caused
}

const NEAR = 50

function placeBehind(rows: readonly PacketRow[], seq: Seq): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.seq <= seq) low = middle + 1
    else high = middle
  }
  return low
}

/** As the ends themselves say, else by the port, as Wireshark does. */
function protocolOf({ flags, data, tls, from, to }: Packet, stream: Stream | null): PacketProtocol {
  if (flags === null) return from.port === 53 || to.port === 53 ? 'DNS' : 'UDP'
  if (data === '') return 'TCP'
  if (tls) return 'TLS'
  const name = stream?.protocol ?? stream?.connection.service ?? ''
  if (/^(?:smtp|submissions?)$/.test(name)) return 'SMTP'
  if (name === 'lmtp') return 'LMTP'
  if (name === 'http') return 'HTTP'
  return /^pop3s?$/.test(name) ? 'POP3' : /^imaps?$/.test(name) ? 'IMAP' : 'TCP'
}
