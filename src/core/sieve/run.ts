/**
 * A script is run for one message: commands in their order, until the end or `stop`; what they decide is collected, and nothing
 * is done. Where something goes wrong the message is kept, and one is told what it was (RFC 5228 2.10.6).
 */
import type { Octets } from '../bytes/octets.ts'
import { outboundAddress } from './address-of.ts'
import { Context, type SieveFacts } from './context.ts'
import { flagsOf, withoutFlags } from './flags.ts'
import { caseMapped, upperCased } from './match.ts'
import { type SieveAction, SieveTrouble } from './outcome.ts'
import type { SieveNode, SieveScript } from './script.ts'
import { isTrue } from './tests.ts'
import { shown } from './tokens.ts'

export type { SieveAction, SieveFacts }

export interface SieveResult {
  actions: readonly SieveAction[]
  trouble: { line: number; message: string } | null
}

export function runSieve(script: SieveScript, facts: SieveFacts): SieveResult {
  const context = new Context(facts, script.requires)
  try {
    run(script.commands, context)
    return { actions: context.outcome.end(context.flags), trouble: null }
  } catch (error) {
    if (!(error instanceof SieveTrouble)) throw error
    const { line, message } = error
    return { actions: [{ does: 'keep', flags: [], implicit: true, line: null }], trouble: { line, message } }
  }
}

/** False when a `stop` was met. */
function run(commands: readonly SieveNode[], context: Context): boolean {
  /** Whether a block of the chain at hand, from `if` to `else`, was run. */
  let chosen = false
  for (const command of commands) {
    const { name, tests, block } = command
    if (name === 'stop') return false
    if (name === 'if' || name === 'elsif' || name === 'else') {
      if (name === 'if') chosen = false
      if (chosen || (name !== 'else' && !isTrue(tests[0]!, context))) continue
      chosen = true
      if (!run(block, context)) return false
    } else handlers[name]!(command, context)
  }
  return true
}

type Handler = (command: SieveNode, context: Context) => void

const handlers: Readonly<Record<string, Handler>> = {
  keep(command, context) {
    context.outcome.add({ does: 'keep', flags: flagsFor(command, context), implicit: false, line: command.line })
  },
  discard({ line }, { outcome }) {
    outcome.add({ does: 'discard', line })
  },
  fileinto(command, context) {
    const { line, options } = command
    const mailbox = context.string(command, 'mailbox')
    if (mailbox === '') throw new SieveTrouble(line, 'invalid mailbox name for the fileinto command: it is empty')
    const create = options['create'] !== undefined
    context.outcome.add({ does: 'fileinto', mailbox, flags: flagsFor(command, context), create, line }, isCopy(command))
  },
  redirect(command, context) {
    const { line } = command
    const given = context.string(command, 'address')
    const address = outboundAddress(given)
    if (address === null) throw new SieveTrouble(line, `specified redirect address '${shown(given)}' is invalid`)
    context.outcome.add({ does: 'redirect', address, line }, isCopy(command))
  },
  reject,
  ereject: reject,
  set(command, context) {
    context.set(context.string(command, 'name'), modified(context.string(command, 'value'), command))
  },
  setflag(command, context) {
    setFlags(command, context, (_, given) => given)
  },
  addflag(command, context) {
    setFlags(command, context, (flags, given) => flagsOf([...flags, ...given]))
  },
  removeflag(command, context) {
    setFlags(command, context, withoutFlags)
  },
}

function reject(command: SieveNode, context: Context): void {
  context.outcome.add({ does: 'reject', reason: context.string(command, 'reason'), line: command.line })
}

const isCopy = ({ options }: SieveNode) => options['copy'] !== undefined

/** Those of `:flags`, or the internal variable's (RFC 5232 5). */
function flagsFor(command: SieveNode, context: Context): readonly Octets[] {
  const given = context.option(command, 'flags')
  return given === null ? context.flags : flagsOf(given)
}

type FlagChange = (flags: readonly Octets[], given: readonly Octets[]) => readonly Octets[]

/** In the variable that is named, or the internal one (RFC 5232 3). */
function setFlags(command: SieveNode, context: Context, change: FlagChange): void {
  const given = flagsOf(context.strings(command, 'list of flags'))
  const [name] = context.strings(command, 'variable name')
  if (name === undefined) context.flags = change(context.flags, given)
  else {
    const flags = flagsOf([context.variables.get(name.toLowerCase()) ?? ''])
    context.set(name, change(flags, given).join(' '))
  }
}

/** In the order of their precedence (RFC 5229 4.1), however they are written. */
function modified(value: Octets, { options }: SieveNode): Octets {
  let text = value
  const cased = options['case']?.tag
  if (cased !== undefined) text = cased === 'lower' ? caseMapped(text) : upperCased(text)
  const first = options['first']?.tag
  if (first !== undefined) text = (first === 'lowerfirst' ? caseMapped : upperCased)(text.slice(0, 1)) + text.slice(1)
  if (options['quote'] !== undefined) text = text.replace(/[*?\\]/g, '\\$&')
  // Characters, not octets: those that go on in UTF-8 are not counted.
  return options['length'] === undefined ? text : String(text.replace(/[\x80-\xbf]/g, '').length)
}
