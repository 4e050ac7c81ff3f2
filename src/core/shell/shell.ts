/**
 * The shell: a prompt, a line, a command, and the prompt again, whatever was typed. It never ends: after Ctrl-D or
 * `exit` it says good-bye and begins anew, so that nobody is ever stuck at a dead terminal.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { ask, first, run, type Task, type Waiter } from '../task.ts'
import { findCommand, readable, type Context, type ShellCommand } from './command.ts'
import { commands } from './commands.ts'
import { meantFor } from './dialogue.ts'
import { didYouMean } from './did-you-mean.ts'
import { homeOf } from './files.ts'
import type { ShellHost } from './host.ts'
import { Pipe, Printer } from './printer.ts'
import { readLine } from './read-line.ts'
import type { Terminal } from './terminal.ts'
import { redirect } from './redirect.ts'
import { parseLine, type Parsed, type Pipeline } from './words.ts'

export function* shell(terminal: Terminal, host: ShellHost): Task<void> {
  for (;;) {
    terminal.print(`${host.say('shell.welcome', { host: host.machine.host })}\n`)
    yield* session(terminal, host)
    terminal.print(`logout\n${host.say('shell.logout')}\n\n`)
  }
}

/** From the first prompt to `logout`. */
function* session(terminal: Terminal, host: ShellHost): Task<void> {
  const history: string[] = []
  let left = false
  const leave = () => (left = true)
  while (!left) {
    const line = yield* readCommand(terminal, host)
    if (line === null) continue
    if (line === 'eof') return
    const { parsed, typed } = line
    const text = readable(typed)
    if (text.trim() !== '' && !holdsPassword(host)(typed)) history.push(text)
    const printer = new Printer(terminal, host.say)
    const complaint = complain(host, typed, parsed)
    if (complaint !== null) printer.text(complaint)
    if (!parsed.ok || complaint !== null) continue
    for (const pipeline of parsed.pipelines) {
      const finished = yield* runPipeline({ terminal, host, history, leave }, pipeline)
      // Ctrl-C ends the whole line.
      if (!finished) break
    }
  }
}

/** A command line, over as many lines as its quotes and its here-documents need. Null: Ctrl-C. */
function* readCommand(terminal: Terminal, host: ShellHost): Task<{ typed: Octets; parsed: Parsed } | 'eof' | null> {
  const secret = holdsPassword(host)
  const here = host.machine.host.split('.')[0]
  let prompt = `${host.user}@${here}:~$ `
  let typed: Octets = ''
  /** The line for which a here-document waits: what comes before it need not be looked at. */
  let delimiter: Octets | null = null
  for (;;) {
    const entered = yield* readLine(terminal, { protocol: 'shell', prompt, secret })
    if (entered.key === 'interrupt') {
      terminal.print('^C\n')
      return null
    }
    if (entered.key === 'eof') {
      if (typed === '') return 'eof'
      return delimiter === null ? { typed, parsed: parseLine(typed, {}) } : endHereDocuments(terminal, host, typed)
    }
    if (entered.key !== null) {
      terminal.print('\n')
      continue
    }
    typed += typed === '' ? entered.line : `\n${entered.line}`
    if (delimiter !== null && entered.line.replace(/^\t+/, '') !== delimiter) continue
    const parsed = parseLine(typed, variables(host))
    if (parsed.ok || (parsed.why !== 'open' && parsed.why !== 'here')) return { typed, parsed }
    delimiter = parsed.why === 'here' ? parsed.delimiter : null
    prompt = '> '
  }
}

/** Ctrl-D ends a here-document, too, and bash says so. */
function endHereDocuments(terminal: Terminal, host: ShellHost, typed: Octets): { typed: Octets; parsed: Parsed } {
  let whole = typed
  for (;;) {
    const parsed = parseLine(whole, variables(host))
    if (parsed.ok || parsed.why !== 'here') return { typed, parsed }
    const wanted = readable(parsed.delimiter)
    terminal.print(`bash: warning: here-document delimited by end-of-file (wanted \`${wanted}')\n`)
    whole += `\n${parsed.delimiter}`
  }
}

const variables = (host: ShellHost): Record<string, Octets> => ({
  USER: host.user,
  LOGNAME: host.user,
  HOME: homeOf(host.user),
  HOSTNAME: host.machine.host,
})

const holdsPassword = ({ password = '' }: ShellHost) => {
  const octets = utf8Octets(password)
  return (line: Octets) => octets.length > 2 && line.includes(octets)
}

/** Null where the line can be run. */
function complain(host: ShellHost, typed: Octets, parsed: Parsed): string | null {
  const name = /^\s*(\S+)/.exec(typed)?.[1] ?? ''
  const meant = /^[\w.*]+$/.test(name) && !findCommand(commands, name) ? meantFor(typed) : null
  // Somebody speaks to a mail server and is not connected to one.
  if (meant) return `bash: ${name}: command not found\n${host.say('shell.not-connected', meant)}\n`
  if (!parsed.ok)
    switch (parsed.why) {
      case 'here':
        return null
      case 'open':
        return `bash: unexpected EOF while looking for matching \`${parsed.quote}'\n`
      case 'unexpected':
        return `bash: syntax error near unexpected token \`${parsed.token}'\n`
      case 'operator':
        return `${host.say('shell.operator', { operator: readable(parsed.token) })}\n`
    }
  for (const pipeline of parsed.pipelines) {
    for (const [place, { words, redirections }] of pipeline.entries()) {
      const [name] = words
      // `> FILE` alone makes an empty file.
      if (name === undefined) continue
      const command = findCommand(commands, name)
      if (!command) {
        const meant = didYouMean(
          name,
          commands.flatMap((row) => [row.name, ...(row.aliases ?? [])]),
        )
        const hint = meant === null ? '' : `${host.say('shell.did-you-mean', { command: meant })}\n`
        return `bash: ${readable(name)}: command not found\n${hint}`
      }
      const taken = redirections.some((redirection) => !('to' in redirection))
      const kept = redirections.some((redirection) => 'to' in redirection)
      if ((place > 0 || taken) && !command.reads)
        return `${host.say('shell.reads-no-pipe', { command: command.name })}\n`
      if ((place < pipeline.length - 1 || kept) && !command.feeds)
        return `${host.say('shell.feeds-no-pipe', { command: command.name })}\n`
    }
  }
  return null
}

type Session = Pick<Context, 'terminal' | 'host' | 'history' | 'leave'>

/** False where Ctrl-C ended it. */
function* runPipeline(session: Session, pipeline: Pipeline): Task<boolean> {
  const printer = new Printer(session.terminal, session.host.say)
  const [index] = yield* ask(first(asWaiter(stages(session, pipeline, printer)), session.terminal.interrupted))
  printer.flush()
  if (index === 1) session.terminal.print('^C\n')
  return index === 0
}

function* stages(session: Session, pipeline: Pipeline, printer: Printer): Task<void> {
  const { host } = session
  let input: Octets | null = null
  for (const [place, { words, redirections }] of pipeline.entries()) {
    const pipe: Pipe | null = place < pipeline.length - 1 ? new Pipe() : null
    const redirected = redirect(host, redirections)
    const [name, ...rest] = words
    if ('trouble' in redirected) printer.text(`bash: ${redirected.trouble}\n`)
    else if (name !== undefined) {
      const { output } = redirected
      const file = output === null ? null : new Pipe()
      const context: Context = {
        ...session,
        commands,
        name: readable(name),
        arguments: rest,
        input: redirected.input ?? input,
        out: file ?? pipe ?? printer,
        complain: (text) => printer.text(text),
      }
      try {
        yield* runCommand(context, name)
      } finally {
        // Ctrl-C keeps what has come so far.
        const trouble = output !== null && file ? host.writeFile(output, file.octets, true) : null
        if (trouble !== null) printer.text(`${context.name}: write error: ${trouble}\n`)
      }
    }
    input = pipe?.octets ?? null
  }
}

function* runCommand(context: Context, name: Octets): Task<void> {
  const command = findCommand(commands, name)!
  if (context.arguments.includes('--help')) describe(context, command)
  else yield* command.run(context)
}

const describe = ({ host, out }: Context, { synopsis, summary }: ShellCommand) =>
  out.text(`${synopsis}\n  ${host.say(summary)}\n`)

/** A whole task as one thing to wait for. */
const asWaiter =
  <T>(task: Task<T>): Waiter<T> =>
  (resume) => {
    const running = run(task, resume)
    return () => running.stop()
  }
