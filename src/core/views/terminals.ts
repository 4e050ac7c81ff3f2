/**
 * The terminals: what stands on each, which session it is in, and what was typed there before. All of it comes from the
 * trace, so a reload or a replay brings it back as it was.
 */
import type { ConnId, HostName, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { hear, newSpeaking, type Speaking } from './speaking.ts'

export interface TerminalView {
  readonly host: HostName
  /** What stands on it, piece by piece as it came. */
  readonly pieces: { readonly seq: Seq; readonly text: string; readonly typed: boolean }[]
  /** The line that output has not ended yet: a prompt, mostly. */
  unended: string
  /** The session that it is in, or was in last. */
  speaking: Speaking
}

export interface TerminalsView {
  readonly terminals: Map<string, TerminalView>
  /** Lines typed so far, by what they were typed to; shared by all terminals. Never a secret. */
  readonly history: Map<string, string[]>
  /** Every session: a server may have greeted before we learn whose terminal it is. */
  readonly sessions: Map<ConnId, Speaking>
}

export const terminals: Fold<TerminalsView> = {
  empty: () => ({ terminals: new Map(), history: new Map(), sessions: new Map() }),
  add(view, event) {
    switch (event.kind) {
      case 'typed':
      case 'printed': {
        const terminal = at(view, event)
        if (event.kind === 'typed') {
          remember(view, terminal, event)
          // A new command: what was said of the one before has been read.
          if (reader(terminal) === 'shell') terminal.speaking = newSpeaking()
        } else {
          const why = NO_ADDRESS.exec(event.text)?.[1]
          if (why)
            terminal.speaking = {
              ...newSpeaking(),
              advice: [{ seq: event.seq, advice: 'dial', why: why.startsWith('Name') ? 'unknown' : 'no-address' }],
            }
        }
        terminal.pieces.push({ seq: event.seq, text: event.text, typed: event.kind === 'typed' })
        const end = event.text.lastIndexOf('\n')
        terminal.unended = end < 0 ? terminal.unended + event.text : event.text.slice(end + 1)
        break
      }
      case 'terminal-conn':
        at(view, event).speaking = view.sessions.get(event.conn) ?? newSpeaking()
        break
      case 'dial':
        view.sessions.set(event.conn, newSpeaking(event.to.address))
        break
      default:
        if ('conn' in event && event.conn !== null) hearSession(view, event, event.conn)
    }
  },
}

/** Said by every program that connects; no connection was even tried. */
const NO_ADDRESS = /^\w+: could not resolve .*: (Name or service not known|No address associated)/

function hearSession(view: TerminalsView, event: TraceEvent, conn: ConnId): void {
  const session = view.sessions.get(conn)
  if (!session) return
  hear(session, event)
  if (event.kind === 'dial-failed') blame(view, event, session)
}

/** Nobody answered, so no terminal has the connection: it is the one that said `Trying` just before. */
function blame(view: TerminalsView, event: TraceEvent & { kind: 'dial-failed' }, session: Speaking): void {
  for (const terminal of view.terminals.values())
    if (terminal.host === event.host && terminal.pieces.at(-1)?.text.includes(`Trying ${session.address}`))
      terminal.speaking = session
}

function at(view: TerminalsView, event: TraceEvent & { terminal: string }): TerminalView {
  let terminal = view.terminals.get(event.terminal)
  if (!terminal) {
    terminal = { host: event.host, pieces: [], unended: '', speaking: newSpeaking() }
    view.terminals.set(event.terminal, terminal)
  }
  return terminal
}

/** Who reads what is typed now: the shell, a program's own prompt (`telnet> `), a mail server, or a program. */
export function reader({ unended, speaking }: TerminalView): 'shell' | 'prompt' | 'server' | 'program' {
  if (/[$#] $/.test(unended)) return 'shell'
  if (unended.endsWith('> ')) return 'prompt'
  return speaking.protocol === null ? 'program' : 'server'
}

/** Lines are kept apart by what they were typed to, and a message's text apart from commands: up-arrow finds what fits. */
export function historyKey(terminal: TerminalView): string {
  const by = reader(terminal)
  if (by === 'prompt') return terminal.unended
  if (by !== 'server') return by
  return terminal.speaking.state === 'content' ? 'content' : terminal.speaking.protocol!
}

/** The shell knows a password prompt; that an AUTH exchange is going on, the session's state tells as well. */
function isSecret({ state }: Speaking, line: string): boolean {
  return state === 'challenge' || /^auth\s+\S+\s+\S/i.test(line.trimStart())
}

/** So many lines of each kind are had back by the up-arrow. */
const REMEMBERED = 500

function remember(view: TerminalsView, terminal: TerminalView, event: TraceEvent & { kind: 'typed' }): void {
  const line = event.text.replace(/\r?\n$/, '')
  if (event.secret || line.trim() === '' || isSecret(terminal.speaking, line)) return
  const key = historyKey(terminal)
  const lines = view.history.get(key) ?? []
  view.history.set(key, lines)
  if (lines.at(-1) !== line) lines.push(line)
  if (lines.length > REMEMBERED) lines.shift()
}
