/**
 * The live sequence: who said what to whom, one row a thing. A question and its answer are one DNS row, SYN and SYN-ACK
 * are one connect row, a message's content is one row however long it is.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text, harmless } from '../bytes/utf8.ts'
import type { ConnId, Direction, HostName, Ipv4 } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { connections, type Connections } from './connections.ts'
import type { Row, RowOf } from './rows.ts'

export interface SequenceView {
  readonly rows: Row[]
  readonly connections: Connections
  /** Rows that still wait for their other half. */
  readonly open: Open
}

interface Open {
  dns: Map<string, RowOf<'dns'>>
  connect: Map<ConnId, RowOf<'connect'>>
  tls: Map<ConnId, RowOf<'tls'>>
  close: Map<ConnId, RowOf<'close'>>
}

/** `hostAt` names the host that has an address: the resolver that is asked is known by its address only. */
export function sequence(hostAt: (address: Ipv4) => HostName | null): Fold<SequenceView> {
  return {
    empty: () => ({
      rows: [],
      connections: connections.empty(),
      open: { dns: new Map(), connect: new Map(), tls: new Map(), close: new Map() },
    }),
    add(view, event) {
      connections.add(view.connections, event)
      addEvent(view, event, hostAt)
    },
  }
}

function addEvent(view: SequenceView, event: TraceEvent, hostAt: (address: Ipv4) => HostName | null): void {
  const { open } = view
  switch (event.kind) {
    case 'lookup': {
      const server = event.server === null ? event.host : (hostAt(event.server) ?? event.server)
      const row = push(view, {
        ...place(view, event, null, event.host, server),
        row: 'dns',
        name: event.name,
        type: event.type,
        result: null,
        answers: [],
        cached: event.server === null,
      })
      open.dns.set(question(event), row)
      break
    }
    case 'looked-up': {
      const row = open.dns.get(question(event))
      if (!row) break
      open.dns.delete(question(event))
      row.result = event.result
      row.answers = event.answers.map(readable)
      row.cached = event.cached
      row.last = event.seq
      break
    }
    case 'dial': {
      const { service, server } = view.connections.get(event.conn)!
      const row = push(view, {
        ...place(view, event, event.conn, event.host, server),
        row: 'connect',
        service,
        port: event.to.port,
        outcome: null,
      })
      open.connect.set(event.conn, row)
      break
    }
    case 'connected':
    case 'dial-failed': {
      const row = open.connect.get(event.conn)
      if (!row) break
      open.connect.delete(event.conn)
      row.outcome = event.kind === 'connected' ? 'open' : event.why
      row.last = event.seq
      break
    }
    case 'command':
      push(view, {
        ...spoken(view, event, event.conn, 'up'),
        row: 'command',
        protocol: event.protocol,
        verb: event.verb,
        line: readable(event.line),
      })
      break
    case 'reply':
      push(view, {
        ...spoken(view, event, event.conn, 'down'),
        row: 'reply',
        protocol: event.protocol,
        code: event.code,
        lines: event.lines.map(readable),
        moved: event.from === event.to ? null : event.to,
      })
      break
    case 'content':
      push(view, {
        ...spoken(view, event, event.conn, 'up'),
        row: 'content',
        protocol: event.protocol,
        octets: event.octets,
        lines: event.lines,
      })
      break
    case 'chunk':
      push(view, {
        ...spoken(view, event, event.conn, 'up'),
        row: 'chunk',
        protocol: event.protocol,
        octets: event.octets,
        final: event.last,
      })
      break
    case 'checkpoint':
    case 'turned':
      push(view, { ...place(view, event, event.conn, event.host, event.host), row: 'mail', note: event })
      break
    case 'data':
      push(view, {
        ...spoken(view, event, event.conn, 'down'),
        row: 'data',
        protocol: event.protocol,
        verb: event.verb,
        lines: event.lines.map(readable),
        count: event.count,
        octets: event.octets,
      })
      break
    case 'http': {
      const { line, octets } = event
      push(view, { ...spoken(view, event, event.conn, event.dir), row: 'http', line: readable(line), octets })
      break
    }
    case 'tls':
      addTls(view, event)
      break
    case 'lost':
      addLost(view, event)
      break
    case 'fin':
    case 'reset':
    case 'timed-out':
      addClose(view, event)
      break
    case 'accepted':
      push(view, { ...place(view, event, null, event.host, event.host), row: 'mail', note: event })
      if (event.received !== undefined) addReceived(view, event, event.received)
      break
    case 'expanded':
    case 'routed':
    case 'passed':
    case 'deferred':
    case 'failed':
    case 'bounced':
    case 'delivered':
    case 'dropped':
    case 'repeated':
    case 'notified':
    case 'shown':
    case 'noticed':
    case 'filtered':
    case 'touched':
      push(view, { ...place(view, event, null, event.host, event.host), row: 'mail', note: event })
      break
    case 'file':
      push(view, {
        ...place(view, event, null, event.host, event.host),
        row: 'file',
        path: readable(event.path),
        octets: event.octets,
      })
      break
    case 'zone': {
      const { host, serial, changes, count } = event
      push(view, {
        ...place(view, event, null, host, host),
        row: 'zone',
        origin: readable(event.origin),
        serial,
        changes: changes.map(readable),
        count,
      })
      break
    }
    case 'fault':
      push(view, { ...place(view, event, null, '', ''), row: 'fault', what: event.what })
      break
    case 'skipped':
      push(view, { ...place(view, event, null, '', ''), row: 'skipped', until: event.to })
      break
  }
}

/** The handshake is one row: it begins with the client's hello and tells how it ended. */
function addTls(view: SequenceView, event: TraceEvent & { kind: 'tls' }): void {
  const row =
    view.open.tls.get(event.conn) ??
    push(view, { ...along(view, event, event.conn, 'up'), row: 'tls', outcome: null, detail: '' })
  row.last = event.seq
  if (event.step === 'client-hello' || event.step === 'server-hello') {
    view.open.tls.set(event.conn, row)
    return
  }
  view.open.tls.delete(event.conn)
  row.outcome = event.step
  row.detail = readable(event.detail)
}

/** The field that the host puts on top, as one line: it belongs to the event of the row before. */
function addReceived(view: SequenceView, event: TraceEvent, received: Octets): void {
  const field = readable(received.replaceAll('\r\n', '\n'))
  const text = field.replace(/\s+/g, ' ').trim()
  push(view, { ...place(view, event, null, event.host, event.host), row: 'received', field, text })
}

/** A SYN that is repeated into the void would fill the page: losses in a row are counted. */
function addLost(view: SequenceView, event: TraceEvent & { kind: 'lost' }): void {
  const before = view.rows.at(-1)
  if (before?.row === 'lost' && before.conn === event.conn && before.why === event.why && before.from === event.host) {
    before.times++
    before.seqs.push(event.seq)
    before.last = event.seq
    return
  }
  const connection = event.conn === null ? undefined : view.connections.get(event.conn)
  const other = !connection ? event.host : event.host === connection.server ? connection.client : connection.server
  const { why, seq } = event
  push(view, { ...place(view, event, event.conn, event.host, other), row: 'lost', why, times: 1, seqs: [seq] })
}

/** The first FIN closes; that of the other end only answers it. */
function addClose(view: SequenceView, event: TraceEvent & { kind: 'fin' | 'reset' | 'timed-out' }): void {
  const connection = view.connections.get(event.conn)
  const row = view.open.close.get(event.conn)
  const how = event.kind === 'timed-out' ? 'timeout' : event.kind
  if (row && (row.how === how || how !== 'fin')) {
    row.last = event.seq
    return
  }
  if (row || connection?.state === 'failed') return
  const dir = event.kind === 'timed-out' ? (event.host === connection?.server ? 'down' : 'up') : event.dir
  view.open.close.set(event.conn, push(view, { ...along(view, event, event.conn, dir), row: 'close', how }))
}

function push<R extends Row>(view: SequenceView, row: R): R {
  view.rows.push(row)
  return row
}

function place(view: SequenceView, event: TraceEvent, conn: ConnId | null, from: HostName, to: HostName) {
  const secure = conn !== null && (view.connections.get(conn)?.secure ?? false)
  return { id: view.rows.length, seq: event.seq, last: event.seq, at: event.at, conn, from, to, secure }
}

/** What a server noted of a dialogue. After TURN the server is who has dialled, so it is the host that notes. */
function spoken(view: SequenceView, event: TraceEvent, conn: ConnId, dir: Direction) {
  const connection = view.connections.get(conn)
  const server = event.host
  const client = (connection?.server === server ? connection.client : connection?.server) ?? '?'
  return dir === 'up' ? place(view, event, conn, client, server) : place(view, event, conn, server, client)
}

function along(view: SequenceView, event: TraceEvent, conn: ConnId, dir: Direction) {
  const connection = view.connections.get(conn)
  const client = connection?.client ?? '?'
  const server = connection?.server ?? event.host
  return dir === 'up' ? place(view, event, conn, client, server) : place(view, event, conn, server, client)
}

const question = (event: TraceEvent & { kind: 'lookup' | 'looked-up' }) => `${event.host} ${event.type} ${event.name}`

const readable = (octets: string) => harmless(utf8Text(octets))
