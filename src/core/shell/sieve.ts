/**
 * sievec and sieve-test, in the manner of Pigeonhole: is a filter script well written, and what would it do with a message?
 * The script that counts is the file .dovecot.sieve at home.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Octets } from '../bytes/utf8.ts'
import { crlfLines } from '../message/build.ts'
import { field } from '../message/fields.ts'
import { parseSieve } from '../sieve/parse.ts'
import { runSieve, type SieveAction } from '../sieve/run.ts'
import type { SieveScript } from '../sieve/script.ts'
import type { Task } from '../task.ts'
import { options, readable, usage, type Context, type ShellCommand } from './command.ts'
import { readInput } from './files.ts'

const SIEVEC = 'sievec SCRIPT'
const SIEVE_TEST = 'sieve-test [-a RECIPIENT] [-f SENDER] SCRIPT MESSAGE'

export const sievec: ShellCommand = {
  name: 'sievec',
  synopsis: SIEVEC,
  summary: 'shell.sievec',
  reads: true,
  feeds: true,
  *run(context) {
    const given = options(context, '')
    if (!given) return
    const [file, ...more] = given.rest
    if (file === undefined || more.length > 0) return usage(context, SIEVEC)
    yield* readScript(context, file)
  },
}

export const sieveTest: ShellCommand = {
  name: 'sieve-test',
  synopsis: SIEVE_TEST,
  summary: 'shell.sieve-test',
  reads: true,
  feeds: true,
  *run(context) {
    const { host, out } = context
    const given = options(context, 'a:f:')
    if (!given) return
    const [file, message, ...more] = given.rest
    if (file === undefined || message === undefined || more.length > 0) return usage(context, SIEVE_TEST)
    const script = yield* readScript(context, file)
    const octets = script === null ? null : yield* readInput(context, message)
    if (script === null || octets === null) return
    // A mailbox file has a line before each message that is no part of it (RFC 4155).
    const content = crlfLines(octets.replace(/^From .*\n/, ''))
    const from = given.options.get('f') ?? (field(content, 'Return-Path') ?? '').replace(/^<|>$/g, '')
    const to = given.options.get('a') ?? utf8Octets(host.address ?? host.user)
    const { actions, trouble } = runSieve(script, { content, from, to })
    if (trouble) context.complain(`${readable(file)}: line ${trouble.line}: error: ${harmless(trouble.message)}\n`)
    const asked = actions.filter((action) => !(action.does === 'keep' && action.implicit))
    const kept = actions.filter((action) => action.does === 'keep' && action.implicit)
    out.text(`\nPerformed actions:\n\n${listed(asked)}\nImplicit keep:\n\n${listed(kept)}\n`)
  },
}

function* readScript(context: Context, file: Octets): Task<SieveScript | null> {
  const text = yield* readInput(context, file)
  if (text === null) return null
  const parsed = parseSieve(text)
  if ('script' in parsed) return parsed.script
  const name = file === '-' ? 'standard input' : readable(file)
  for (const { line, message } of parsed.problems)
    context.complain(`${name}: line ${line}: error: ${harmless(message)}.\n`)
  context.complain(`${name}: error: validation failed.\n`)
  return null
}

const listed = (actions: readonly SieveAction[]): string =>
  actions.length === 0 ? '  (none)\n' : actions.map((action) => ` * ${described(action)}\n`).join('')

function described(action: SieveAction): string {
  const flagged = (flags: readonly string[]) => (flags.length === 0 ? '' : `\n        + add flags: ${flags.join(' ')}`)
  switch (action.does) {
    case 'keep':
      return `store message in folder: INBOX${flagged(action.flags)}`
    case 'fileinto':
      return `store message in folder: ${readable(action.mailbox)}${flagged(action.flags)}`
    case 'redirect':
      return `redirect message to: ${readable(action.address)}`
    case 'reject':
      return `reject message with reason: ${readable(action.reason).trim()}`
    case 'discard':
      return 'discard'
  }
}
