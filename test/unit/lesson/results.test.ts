import { describe, expect, test } from 'vitest'
import { readResults, RESULT_LIMITS, resultsText, type LessonResult } from '../../../src/core/lesson/results.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const sim = new Sim(readWorld('campus'))
sim.open('t1', 'pc-alice.rennes.example', 'alice')
sim.type('t1', 'date\n')
sim.drain()
const result: LessonResult = {
  finished: '2026-09-07T10:00:00.000Z',
  helped: false,
  commands: 1,
  time: 60_000,
  journal: sim.journal(),
}
const ID = '01-premiers-pas/01-premier-contact'

test('what is written is read', () => {
  const text = resultsText('Alice', { [ID]: result, '02-le-dialogue/02-rset': { ...result, journal: null } })
  expect(readResults(text)).toEqual({
    facteur: 'results',
    version: 1,
    name: 'Alice',
    lessons: { [ID]: result, '02-le-dialogue/02-rset': { ...result, journal: null } },
  })
})

describe('what is no such file says why', () => {
  const written = (change: object) => JSON.stringify({ ...JSON.parse(resultsText('A', { [ID]: result })), ...change })
  test.each([
    ['nonsense', 'not JSON'],
    ['[]', 'no results'],
    ['null', 'no results'],
    [written({ facteur: 1 }), 'no results'],
    [written({ version: 2 }), 'version'],
    [written({ name: 5 }), 'name'],
    [written({ name: 'x'.repeat(RESULT_LIMITS.name + 1) }), 'name'],
    [written({ lessons: [] }), ''],
    [written({ lessons: { '../../etc': result } }), 'names no lesson'],
    [written({ lessons: { [ID]: { ...result, helped: 'no' } } }), 'no result'],
    [written({ lessons: { [ID]: { ...result, finished: 'soon' } } }), 'no result'],
    [written({ lessons: { [ID]: { ...result, commands: -1 } } }), 'no result'],
    [
      written({ lessons: { [ID]: { ...result, journal: { ...result.journal, acts: [{ act: 'file' }] } } } }),
      'no result',
    ],
    [
      written({
        lessons: { [ID]: { ...result, journal: { ...result.journal, world: 'x'.repeat(RESULT_LIMITS.journal) } } },
      }),
      'no result',
    ],
  ])('%.60s', (text, why) => {
    const read = readResults(text)
    if (why === '') expect(read).toMatchObject({ lessons: {} })
    else expect(read).toMatchObject({ error: expect.stringContaining(why) })
  })

  test('a name that would steer a terminal is made visible', () => {
    expect(readResults(resultsText('\u001b[2JAlice', {}))).toMatchObject({ name: '\u241b[2JAlice' })
  })
})
