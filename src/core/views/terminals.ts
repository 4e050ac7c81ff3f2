/**
 * The terminals: what stands on each, which session it is in, and what was typed there before. All of it comes from the
 * trace, so a reload or a replay brings it back as it was.
 */
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { ConnId, HostName, Seq } from '../terms.ts'
import type { Fold, TraceEvent } from '../trace/events.ts'
import { newSpeaking, speaking, type Speaking } from './speaking.ts'

export interface TerminalView {
  readonly host: HostName
  /** What stands on it, piece by piece as it came. */
  readonly pieces: { readonly seq: Seq; readonly text: string; readonly typed: boolean }[]
  /** The line that output has not ended yet: a prompt, mostly. */
  unended: string
  readonly speaking: Speaking
}

export interface TerminalsView {
  readonly terminals: Map<string, TerminalView>
  /** Lines typed so far, by what they were typed to; shared by all terminals. Never a secret. */
  readonly history: Map<string, string[]>
  readonly byConn: Map<ConnId, TerminalView>
}

export const terminals: Fold<TerminalsView> = {
  empty: () => ({ terminals: new Map(), history: new Map(), byConn: new Map() }),
  add(view, event) {
    switch (event.kind) {
      case 'typed':
      case 'printed': {
        const terminal = at(view, event)
        if (event.kind === 'typed') remember(view, terminal, event)
        terminal.pieces.push({ seq: event.seq, text: event.text, typed: event.kind === 'typed' })
        const end = event.text.lastIndexOf('\n')
        terminal.unended = end < 0 ? terminal.unended + event.text : event.text.slice(end + 1)
        break
      }
      case 'terminal-conn': {
        const terminal = at(view, event)
        view.byConn.set(event.conn, terminal)
        terminal.speaking.conn = event.conn
        break
      }
      default:
        if ('conn' in event && event.conn !== null) {
          const terminal = view.byConn.get(event.conn)
          if (terminal && terminal.speaking.conn === event.conn) speaking(terminal.speaking, event)
        }
    }
  },
}

function at(view: TerminalsView, event: TraceEvent & { terminal: string }): TerminalView {
  let terminal = view.terminals.get(event.terminal)
  if (!terminal) {
    terminal = { host: event.host, pieces: [], unended: '', speaking: newSpeaking() }
    view.terminals.set(event.terminal, terminal)
  }
  return terminal
}

/** Lines are kept apart by protocol, and a message's text apart from commands: up-arrow finds what fits here. */
export function historyKey({ protocol, state }: Speaking): string {
  if (protocol === null) return 'shell'
  return state === 'content' ? 'content' : protocol
}

/** The shell knows a password prompt; that an AUTH exchange is going on, only the session's state tells. */
export function isSecret({ state }: Speaking, line: string): boolean {
  return state === 'challenge' || /^auth\s+\S+\s+\S/i.test(line.trimStart())
}

function remember(view: TerminalsView, terminal: TerminalView, event: TraceEvent & { kind: 'typed' }): void {
  const line = event.text.replace(/\r?\n$/, '')
  if (event.secret || line.trim() === '' || isSecret(terminal.speaking, line)) return
  const key = historyKey(terminal.speaking)
  const lines = view.history.get(key) ?? []
  view.history.set(key, lines)
  if (lines.at(-1) !== line) lines.push(line)
}

/** Octets of a reply or a line as text that cannot steer a screen. */
export const readable = (octets: string) => harmless(utf8Text(octets))
