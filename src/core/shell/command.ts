/** What a command of the shell is: a row that `help`, completion and the reference read, and a task. */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Task } from '../task.ts'
import type { ShellHost } from './host.ts'
import type { Output } from './printer.ts'
import type { Terminal } from './terminal.ts'

export interface ShellCommand {
  name: string
  aliases?: readonly string[]
  /** As a manual page writes it. */
  synopsis: string
  /** Key of its one sentence in `src/texts/shell.*.ts`. */
  summary: string
  /** May stand behind a `|`. */
  reads: boolean
  /** May stand before a `|`: it comes to an end by itself. */
  feeds: boolean
  run(context: Context): Task<void>
}

export interface Context {
  host: ShellHost
  terminal: Terminal
  /** The command as it was typed. */
  name: string
  arguments: readonly Octets[]
  /** What came through the pipe; null where the terminal is the input. */
  input: Octets | null
  out: Output
  /** Messages: to the terminal, also where the output goes into a pipe. */
  complain(text: string): void
  /** The whole table. */
  commands: readonly ShellCommand[]
  /** What was typed at this prompt before, without secrets. */
  history: readonly string[]
  /** Ends the session at the end of this command (`exit`). */
  leave(): void
}

/** VMS writes options behind a slash, as a course does: `telnet/port=110 HOST`. */
export const findCommand = (commands: readonly ShellCommand[], typed: string): ShellCommand | undefined => {
  const name = typed.replace(/^(telnet)\/port=.+$/i, '$1')
  return commands.find((command) => command.name === name || command.aliases?.includes(name))
}

/** Octets that somebody typed, in a message for people. */
export const readable = (octets: Octets): string => harmless(utf8Text(octets))

/** A task that always has the same thing to do and waits for nothing. */
export const atOnce = (action: (context: Context) => void): ShellCommand['run'] =>
  // eslint-disable-next-line require-yield -- a command is a task even if it never waits
  function* (context) {
    action(context)
  }

export type Options = ReadonlyMap<string, Octets>
/** As they stood there: some may be given more than once. */
export type GivenOptions = readonly (readonly [letter: string, value: Octets])[]

/**
 * Options as getopt(3) takes them: `letters` names them, a colon behind a letter says that it takes a word. Complains in
 * GNU's words and gives null where the command line is wrong.
 */
export function options(
  context: Context,
  letters: string,
  given: readonly Octets[] = context.arguments,
): { options: Options; given: GivenOptions; rest: Octets[] } | null {
  const found: (readonly [string, Octets])[] = []
  const rest: Octets[] = []
  const wrong = (what: string) => {
    context.complain(`${context.name}: ${what}\n${context.host.say('shell.try-help', { command: context.name })}\n`)
    return null
  }
  for (let index = 0; index < given.length; index++) {
    const word = given[index]!
    if (word === '--') {
      rest.push(...given.slice(index + 1))
      break
    }
    if (word[0] !== '-' || word === '-') {
      rest.push(word)
      continue
    }
    if (word.startsWith('--')) return wrong(`unrecognized option '${readable(word)}'`)
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!
      const place = letter === ':' ? -1 : letters.indexOf(letter)
      if (place < 0) return wrong(`invalid option -- '${readable(letter)}'`)
      if (letters[place + 1] !== ':') found.push([letter, ''])
      else {
        const value = at + 1 < word.length ? word.slice(at + 1) : given[++index]
        if (value === undefined) return wrong(`option requires an argument -- '${letter}'`)
        found.push([letter, value])
        break
      }
    }
  }
  return { options: new Map(found), given: found, rest }
}

/** Says how the command is used. */
export function usage(context: Context, synopsis: string): void {
  context.complain(`usage: ${synopsis}\n`)
}
