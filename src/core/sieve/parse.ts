/**
 * A script's text becomes a script, or a list of what is wrong with it: tokens, then the grammar, then the check of each
 * command against its row.
 */
import type { Octets } from '../bytes/octets.ts'
import { checkScript } from './check.ts'
import { readCommands } from './grammar.ts'
import { LIMITS } from './limits.ts'
import type { SieveProblem, SieveScript } from './script.ts'
import { columnOf, lineCounter, tokens, wholeLines } from './tokens.ts'

/** Never throws, whatever the octets. The problems stand in the order of their places. */
export function parseSieve(text: Octets): { script: SieveScript } | { problems: readonly SieveProblem[] } {
  if (text.length > LIMITS.script) {
    const message = `sieve script is too large (max ${LIMITS.script} bytes)`
    return { problems: [{ line: 1, column: 1, message }] }
  }
  const whole = wholeLines(text)
  const told: { at: number; message: string }[] = []
  const tell = (at: number, message: string) => told.push({ at, message })
  const lineOf = lineCounter(whole)
  const script = checkScript(readCommands(tokens(whole), tell), tell, lineOf)
  if (told.length === 0) return { script }
  told.sort((one, other) => one.at - other.at)
  const first = told.slice(0, LIMITS.problems)
  return {
    problems: first.map(({ at, message }) => ({ line: lineOf(at), column: columnOf(whole, at), message })),
  }
}
