/** Row coverage: every outcome that a row of a command table declares is reached by some script of this folder. */
import { expect, test } from 'vitest'
import { outcomesOf, sharedOutcomes, verbsOf } from '../../src/core/world/tables.ts'
import { play, readScript, scriptFiles } from './scripts.ts'

const reached = new Set<string>()
const codes = new Set<string>()
for (const file of scriptFiles)
  for (const event of play(readScript(file)).sim.trace)
    if (event.kind === 'reply') {
      const { protocol, verb, outcome } = event
      const table = protocol === 'pop3' || protocol === 'imap' ? protocol : 'smtp'
      const own = verb !== null && outcomesOf(table, verb)?.includes(outcome)
      reached.add(`${table} ${own ? `${verb}.${outcome}` : outcome}`)
      codes.add(event.code)
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

test('every reply code of the courses and of the extensions is said', () => {
  const wanted =
    '211 214 220 221 250 251 252 253 235 334 354 355 421 432 450 451 452 454 455 458 459 ' +
    '500 501 502 503 504 530 534 535 538 550 551 552 553 554 555'
  expect(wanted.split(' ').filter((code) => !codes.has(code))).toEqual([])
})
