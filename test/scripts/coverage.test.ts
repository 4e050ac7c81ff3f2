/** Row coverage: every outcome that a row of a command table declares is reached by some script of this folder. */
import { expect, test } from 'vitest'
import { outcomesOf, sharedOutcomes, verbsOf } from '../../src/core/world/tables.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

const reached = new Set<string>()
for (const file of scriptFiles)
  for (const event of play(readScript(file)).sim.trace)
    if (event.kind === 'reply') {
      const { protocol, verb, outcome } = event
      const table = protocol === 'pop3' || protocol === 'imap' ? protocol : 'smtp'
      const own = verb !== null && outcomesOf(table, verb)?.includes(outcome)
      reached.add(`${table} ${own ? `${verb}.${outcome}` : outcome}`)
    }

test.each([
  ['smtp', 80],
  ['pop3', 60],
  ['imap', 150],
] as const)('%s: every declared outcome is reached', (protocol, atLeast) => {
  const declared = [
    ...sharedOutcomes(protocol),
    ...verbsOf(protocol).flatMap((verb) => outcomesOf(protocol, verb)!.map((outcome) => `${verb}.${outcome}`)),
  ]
  expect(declared.length).toBeGreaterThan(atLeast)
  expect(declared.filter((outcome) => !reached.has(`${protocol} ${outcome}`))).toEqual([])
})
