/**
 * The shell: a prompt, a line, a command, and the prompt again, whatever was typed. It never ends: after Ctrl-D or
 * `exit` it says good-bye and begins anew, so that nobody is ever stuck at a dead terminal.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { smtpCommands } from '../smtp/commands.ts'
import { ask, first, run, type Task, type Waiter } from '../task.ts'
import { findCommand, readable, type Context, type ShellCommand } from './command.ts'
import { commands } from './commands.ts'
import { didYouMean } from './did-you-mean.ts'
import { homeOf } from './files.ts'
import type { ShellHost } from './host.ts'
import { Pipe, Printer } from './printer.ts'
import { readLine } from './read-line.ts'
import type { Terminal } from './terminal.ts'
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

/** A command line, over as many lines as its quotes need. Null: Ctrl-C. */
function* readCommand(terminal: Terminal, host: ShellHost): Task<{ typed: Octets; parsed: Parsed } | 'eof' | null> {
  const secret = holdsPassword(host)
  const here = host.machine.host.split('.')[0]
  let prompt = `${host.user}@${here}:~$ `
  let typed: Octets = ''
  for (;;) {
    const entered = yield* readLine(terminal, { protocol: 'shell', prompt, secret })
    if (entered.key === 'interrupt') {
      terminal.print('^C\n')
      return null
    }
    if (entered.key === 'eof') return typed === '' ? 'eof' : { typed, parsed: parseLine(typed, {}) }
    if (entered.key === 'escape') {
      terminal.print('\n')
      continue
    }
    typed += typed === '' ? entered.line : `\n${entered.line}`
    const parsed = parseLine(typed, variables(host))
    if (parsed.ok || parsed.why !== 'open') return { typed, parsed }
    prompt = '> '
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
  const verb = /^\s*([A-Za-z]+)(?=\s|$)/.exec(typed)?.[1]
  // Somebody speaks to a mail server and is not connected to one.
  if (verb !== undefined && !findCommand(commands, verb) && isVerb(verb))
    return `bash: ${verb}: command not found\n${host.say('shell.not-connected', { verb: verb.toUpperCase() })}\n`
  if (!parsed.ok)
    switch (parsed.why) {
      case 'open':
        return `bash: unexpected EOF while looking for matching \`${parsed.quote}'\n`
      case 'unexpected':
        return `bash: syntax error near unexpected token \`${parsed.token}'\n`
      case 'operator':
        return `${host.say('shell.operator', { operator: readable(parsed.token) })}\n`
    }
  for (const pipeline of parsed.pipelines) {
    for (const [place, words] of pipeline.entries()) {
      const name = words[0]!
      const command = findCommand(commands, name)
      if (!command) {
        const meant = didYouMean(
          name,
          commands.flatMap((row) => [row.name, ...(row.aliases ?? [])]),
        )
        const hint = meant === null ? '' : `${host.say('shell.did-you-mean', { command: meant })}\n`
        return `bash: ${readable(name)}: command not found\n${hint}`
      }
      if (place > 0 && !command.reads) return `${host.say('shell.reads-no-pipe', { command: command.name })}\n`
      if (place < pipeline.length - 1 && !command.feeds)
        return `${host.say('shell.feeds-no-pipe', { command: command.name })}\n`
    }
  }
  return null
}

const isVerb = (word: string): boolean =>
  /^[A-Z]+$/.test(word.toUpperCase()) && Object.hasOwn(smtpCommands, word.toUpperCase())

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
  let input: Octets | null = null
  for (const [place, [name = '', ...words]] of pipeline.entries()) {
    const pipe: Pipe | null = place < pipeline.length - 1 ? new Pipe() : null
    const context: Context = {
      ...session,
      commands,
      name: readable(name),
      arguments: words,
      input,
      out: pipe ?? printer,
      complain: (text) => printer.text(text),
    }
    const command = findCommand(commands, name)!
    if (words.includes('--help')) describe(context, command)
    else yield* command.run(context)
    input = pipe?.octets ?? null
  }
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
