/** Row coverage: every outcome that a row of the command table declares is reached by some script of this folder. */
import { expect, test } from 'vitest'
import { anyCommand, smtpCommands } from '../../src/core/smtp/commands.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

test('every declared outcome is reached', () => {
  const reached = new Set<string>()
  for (const file of scriptFiles)
    for (const event of play(readScript(file)).sim.trace)
      if (event.kind === 'reply') {
        const own = event.verb !== null && outcomesOf(event.verb).includes(event.outcome)
        reached.add(own ? `${event.verb}.${event.outcome}` : event.outcome)
      }
  const declared = [
    ...Object.keys(anyCommand),
    ...Object.keys(smtpCommands).flatMap((verb) => outcomesOf(verb).map((outcome) => `${verb}.${outcome}`)),
  ]
  expect(declared.length).toBeGreaterThan(80)
  expect(declared.filter((outcome) => !reached.has(outcome))).toEqual([])
})

function outcomesOf(verb: string): string[] {
  const row = Object.entries(smtpCommands).find(([name]) => name === verb)
  return row ? Object.keys(row[1].outcomes) : []
}
