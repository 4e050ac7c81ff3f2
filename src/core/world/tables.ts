/** The command tables of the protocols side by side, for what is the same in all: commands and outcomes have names. */
import { anyCommand as anyImap, imapCommands } from '../imap/commands.ts'
import { anyCommand as anyPop3, pop3Commands } from '../pop3/commands.ts'
import { anyCommand as anySmtp, smtpCommands } from '../smtp/commands.ts'
import type { Served } from './services.ts'

type Outcomes = Readonly<Record<string, { readonly code: string; readonly to: string | null }>>

interface Table {
  commands: Readonly<Record<string, { outcomes: Outcomes }>>
  /** What any command may answer. */
  shared: object
}

const tables: Readonly<Record<Served, Table>> = {
  smtp: { commands: smtpCommands, shared: anySmtp },
  pop3: { commands: pop3Commands, shared: anyPop3 },
  imap: { commands: imapCommands, shared: anyImap },
}

export const verbsOf = (protocol: Served): string[] => Object.keys(tables[protocol].commands)

/** What this command answers beside what any may; null where there is no such command. */
export function outcomesOf(protocol: Served, verb: string): string[] | null {
  const { commands } = tables[protocol]
  return Object.hasOwn(commands, verb) ? Object.keys(commands[verb]!.outcomes) : null
}

export const sharedOutcomes = (protocol: Served): string[] => Object.keys(tables[protocol].shared)

const SUCCESS = /^(?:[23]\d\d|\+OK|\+|OK|PREAUTH)$/

/** A command that did nothing cannot be said to have led somewhere: an open mailbox that nobody opened would be a trap. */
export function movesOn(protocol: Served, verb: string, outcome: string): boolean {
  const told = tables[protocol].commands[verb]?.outcomes[outcome]
  return verb !== 'greeting' && told !== undefined && told.to !== null && SUCCESS.test(told.code)
}

/** May this command answer so? */
export const canAnswer = (protocol: Served, verb: string, outcome: string): boolean =>
  [...(outcomesOf(protocol, verb) ?? []), ...(outcomesOf(protocol, verb) ? sharedOutcomes(protocol) : [])].includes(
    outcome,
  )
