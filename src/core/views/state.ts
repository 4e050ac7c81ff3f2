/**
 * How far each session is, and which moves it made: what the state chart lights up. Sessions that are long over, and the
 * beginning of long ones, are forgotten; that they were is counted.
 */
import type { ConnId, HostName, Seq } from '../terms.ts'
import type { Fold, Protocol, TraceEvent } from '../trace/events.ts'
import { moveKey, START } from './chart.ts'
import { hear, newSpeaking, type Speaking } from './speaking.ts'

/** A reply, and what it did to the state. */
export interface Move {
  /** Of the reply, and of the command that it answers. */
  readonly seq: Seq
  readonly command: Seq | null
  readonly verb: string | null
  readonly code: string
  readonly from: string
  readonly to: string
}

export interface Session {
  readonly conn: ConnId
  /** Its SYN. */
  readonly began: Seq
  client: HostName
  /** The address in dotted form where no host has it. */
  server: HostName
  /** Null until the greeting. */
  protocol: Protocol | null
  state: string
  readonly speaking: Speaking
  /** What the server has ever told that it offers; null where it has not. */
  offered: readonly string[] | null
  secure: boolean
  /** The command, or the content, that was heard last. */
  heard: Seq | null
  /** The latest of them. */
  moves: Move[]
  replies: number
  /** How often each move was made, those that stay included, by `moveKey`. */
  readonly taken: Map<string, number>
}

export interface StateView {
  readonly sessions: Map<ConnId, Session>
  /** The session that was opened last at each terminal. */
  readonly typed: Map<string, ConnId>
  /** The one that was greeted last. */
  last: ConnId | null
}

export const MOST_SESSIONS = 100
export const MOST_MOVES = 200

export const states: Fold<StateView> = {
  empty: () => ({ sessions: new Map(), typed: new Map(), last: null }),
  add(view, event) {
    if (event.kind === 'dial') return begin(view, event)
    if (event.kind === 'terminal-conn') return void view.typed.set(event.terminal, event.conn)
    if (!('conn' in event) || event.conn === null) return
    const session = view.sessions.get(event.conn)
    if (!session) return
    hear(session.speaking, event)
    switch (event.kind) {
      case 'reply':
        if (session.protocol === null) view.last = session.conn
        answer(session, event)
        break
      case 'command':
      case 'content':
        session.heard = event.seq
        break
      case 'data':
        learn(session, event.verb)
        break
      case 'turned':
        session.client = event.client
        session.server = event.server
        break
      case 'tls':
        if (event.step === 'established') session.secure = true
        break
      case 'dial-failed':
        view.sessions.delete(session.conn)
        break
    }
  },
}

function begin({ sessions }: StateView, event: TraceEvent & { kind: 'dial' }): void {
  sessions.set(event.conn, {
    conn: event.conn,
    began: event.seq,
    client: event.host,
    server: event.toHost ?? event.to.address,
    protocol: null,
    state: START,
    speaking: newSpeaking(event.to.address),
    offered: null,
    secure: false,
    heard: null,
    moves: [],
    replies: 0,
    taken: new Map(),
  })
  if (sessions.size <= MOST_SESSIONS) return
  const old = [...sessions.values()].find(isOver) ?? sessions.values().next().value!
  sessions.delete(old.conn)
}

function answer(session: Session, event: TraceEvent & { kind: 'reply' }): void {
  const { seq, verb, code, to } = event
  const from = verb === 'greeting' ? START : event.from
  session.protocol = event.protocol
  session.state = to
  session.replies++
  session.moves.push({ seq, command: session.heard, verb, code, from, to })
  if (session.moves.length >= 2 * MOST_MOVES) session.moves = session.moves.slice(-MOST_MOVES)
  const key = moveKey(from, verb, to)
  session.taken.set(key, (session.taken.get(key) ?? 0) + 1)
  learn(session, verb)
}

/** After HELO there are no extensions; what was told before TLS is no longer good, but was there. */
function learn(session: Session, verb: string | null): void {
  const { capabilities } = session.speaking
  if (capabilities !== null && (capabilities.length > 0 || verb === 'HELO')) session.offered = capabilities
}

/** The connection has ended, however. */
export const isOver = ({ protocol, speaking }: Session): boolean => protocol !== null && speaking.protocol === null

/** The one that was asked for, or is spoken at this terminal, or was greeted last. */
export function sessionAt({ sessions, typed, last }: StateView, conn: ConnId | null, terminal: string): Session | null {
  const wanted = [conn, typed.get(terminal), last].flatMap((id) => (id ? (sessions.get(id) ?? []) : []))
  return wanted.find(({ protocol }) => protocol !== null) ?? null
}

/** Sessions that can be looked at, the latest first. */
export const spokenSessions = ({ sessions }: StateView): Session[] =>
  [...sessions.values()].filter(({ protocol }) => protocol !== null).reverse()
