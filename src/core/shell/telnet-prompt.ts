/** The `telnet> ` prompt behind Ctrl-]: telnet's own commands, which may be abbreviated. */
import type { Stream } from '../stream.ts'
import type { Task } from '../task.ts'
import { readable, type Context } from './command.ts'
import type { Dialogue } from './dialogue.ts'
import { nothingSecret, readLine } from './read-line.ts'

/** The connection that telnet holds, and what was said on it. */
export interface Line {
  stream: Stream
  name: string
  dialogue: Dialogue
}

/** A connection to open next. */
export interface Wish {
  open: string
  port: string
}

/** What a command leads to: `stay` at this prompt, `back` to the connection, null out of telnet, or somewhere else. */
type Lead = 'stay' | 'back' | Wish | null

interface Row {
  name: string
  help: string
  run(context: Context, line: Line | null, words: readonly string[]): Lead
}

const close = ({ out }: Context): null => {
  out.text('Connection closed.\n')
  return null
}

const rows: readonly Row[] = [
  {
    name: 'close',
    help: 'close current connection',
    run(context, line) {
      if (line) return close(context)
      context.out.text('?Need to be connected first.\n')
      return 'stay'
    },
  },
  {
    name: 'mode',
    help: "try to enter line or character mode ('mode ?' for more)",
    run({ out, host }, line, [mode = '']) {
      if (mode === 'line') return line ? 'back' : 'stay'
      out.text(`${host.say('shell.telnet-mode')}\n`)
      return 'stay'
    },
  },
  {
    name: 'open',
    help: 'connect to a site',
    run({ out }, line, [host, port = 'telnet']) {
      if (line) out.text(`?Already connected to ${line.name}\n`)
      else if (host === undefined) out.text('usage: open host-name [port]\n')
      else return { open: host, port }
      return 'stay'
    },
  },
  { name: 'quit', help: 'exit telnet', run: (context, line) => (line ? close(context) : null) },
  {
    name: 'send',
    help: "transmit special characters ('send ?' for more)",
    run({ out, host }, line, words) {
      if (!line) out.text('?Need to be connected first.\n')
      else if (words.length === 0) out.text("need at least one argument for 'send' command\n'send ?' for help\n")
      else if (words[0] === 'escape') {
        line.stream.write('\x1d')
        return 'back'
      } else out.text(`${host.say('shell.telnet-send')}\n`)
      return 'stay'
    },
  },
  {
    name: 'status',
    help: 'print status information',
    run({ out }, line) {
      out.text(
        line
          ? `Connected to ${line.name}.\nOperating in obsolete linemode\nLocal character echo\n`
          : 'No connection.\n',
      )
      out.text("Escape character is '^]'.\n")
      return line ? 'back' : 'stay'
    },
  },
  { name: '?', help: 'print help information', run: help },
  { name: 'help', help: '', run: help },
]

/** What can be said at this prompt. */
export const telnetCommands: readonly string[] = rows.map(({ name }) => name).filter((name) => name !== '?')

function help({ out }: Context, _line: Line | null, words: readonly string[]): Lead {
  if (words.length === 0) {
    const list = rows.filter((row) => row.help !== '').map((row) => `${row.name.padEnd(8)}\t${row.help}\n`)
    out.text(`Commands may be abbreviated.  Commands are:\n\n${list.join('')}`)
  }
  for (const word of words) {
    const row = find(word)
    out.text(typeof row === 'string' ? `?${row} help command ${word}\n` : `${row.help}\n`)
  }
  return 'stay'
}

function find(word: string): Row | 'Ambiguous' | 'Invalid' {
  const wanted = word.toLowerCase()
  const found = rows.filter((row) => row.name.startsWith(wanted))
  return rows.find((row) => row.name === wanted) ?? (found.length > 1 ? 'Ambiguous' : (found[0] ?? 'Invalid'))
}

/** With a connection, an empty line goes back to it; without one there is nothing to go back to. */
export function telnetPrompt(context: Context, line: null): Task<Wish | null>
export function telnetPrompt(context: Context, line: Line): Task<'back' | null>
export function* telnetPrompt(context: Context, line: Line | null): Task<Wish | 'back' | null> {
  const { terminal, out } = context
  for (;;) {
    out.renew()
    const entered = yield* readLine(terminal, { protocol: 'telnet', prompt: 'telnet> ', secret: nothingSecret })
    if (entered.key === 'eof') return line ? close(context) : null
    if (entered.key === 'interrupt') {
      out.text('^C\n')
      if (!line) return null
      continue
    }
    const [word, ...words] = readable(entered.line ?? '')
      .split(/\s+/)
      .filter((part) => part !== '')
    if (word === undefined) {
      if (line) return 'back'
      continue
    }
    const row = find(word)
    if (typeof row === 'string') {
      out.text(`?${row} command\n`)
      continue
    }
    const lead = row.run(context, line, words)
    if (lead !== 'stay') return lead
  }
}
