import { describe, expect, test } from 'vitest'
import type { GoalForm } from '../../../src/core/lesson/goal-forms.ts'
import type { Goal } from '../../../src/core/lesson/goal-schema.ts'
import { hintsFor, type HintLayer } from '../../../src/core/lesson/hints.ts'
import { watchGoals } from '../../../src/core/lesson/watch.ts'
import { Folder } from '../../../src/core/views/folder.ts'
import { terminals } from '../../../src/core/views/terminals.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')
const text = { fr: 'x', en: 'x' }
const goal = (when: GoalForm, id = 'goal'): Goal => ({
  id,
  text,
  when,
  hints: [
    { ...text, if: { reply: { code: '501' } } },
    text,
    { ...text, if: { command: { verb: 'HELO' } } },
    text,
    text,
  ],
})
const sent = goal({ reply: { code: '250', verb: '.' } })

/** What is shown for the first goal, after these lines; `2$` begins one at a second terminal. */
function hints(lines: string[], goals: Goal[] = [sent]): HintLayer[] {
  const sim = new Sim(campus)
  const run = watchGoals(goals, sim)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  sim.open('t2', 'pc-alice.rennes.example', 'alice')
  for (const line of lines) {
    sim.type(line.startsWith('2$ ') ? 't2' : 't1', `${line.replace(/^2\$ /, '')}\n`)
    sim.drain()
  }
  return hintsFor(goals[0]!, run, new Folder(terminals).catchUp(sim.trace))
}
const slip = (lines: string[], goals?: Goal[]) => {
  const [first] = hints(lines, goals)
  return first?.layer === 'slip' ? first.slip : null
}
const places = (layers: HintLayer[]) => layers.flatMap((layer) => (layer.layer === 'hint' ? [layer.at] : []))
const DIAL = 'telnet mx1.rennes.example 25'

describe('the order', () => {
  test('nothing done: the hints without a condition', () => {
    expect(hints([])).toEqual([1, 3, 4].map((at) => ({ layer: 'hint', at, applies: false })))
  })

  test('a slip first, then what has happened, the last first, then the rest', () => {
    const layers = hints([DIAL, 'HELO pc-alice.rennes.example', 'MAIL FROM:alice'])
    expect(layers[0]).toMatchObject({ layer: 'slip' })
    expect(places(layers)).toEqual([0, 2, 1, 3, 4])
    expect(layers.slice(1, 3)).toMatchObject([{ applies: true }, { applies: true }])
  })
})

describe('a slip', () => {
  test('in the grammar: how the command is written', () => {
    expect(slip([DIAL, 'HELO'])).toMatchObject({
      advice: { code: '501', outcome: 'syntax' },
      grammar: { service: 'smtp', verb: 'HELO', row: { syntax: expect.stringContaining('Domain') } },
      next: null,
      meant: null,
    })
  })

  test('in the order: what comes next', () => {
    expect(slip([DIAL, 'MAIL FROM:<alice@rennes.example>'])).toMatchObject({ state: 'connected', next: 'EHLO' })
    expect(slip([DIAL, 'HELO pc', 'RCPT TO:<claire@lyon.example>'])).toMatchObject({
      state: 'ready',
      grammar: { verb: 'RCPT' },
      next: 'MAIL',
    })
  })

  test('in the word: what was meant', () => {
    expect(slip([DIAL, 'HALO pc'])).toMatchObject({ grammar: null, meant: 'HELO' })
    expect(slip([DIAL, 'BONJOUR'])).toMatchObject({ grammar: null, meant: null })
  })

  test('in the port: nobody is there', () => {
    expect(slip(['telnet mx1.rennes.example'])).toMatchObject({
      advice: { advice: 'dial', why: 'refused' },
      grammar: null,
    })
  })

  test('in POP3 and IMAP', () => {
    expect(slip(['telnet mx1.rennes.example 110', 'USER'])).toMatchObject({
      grammar: { service: 'pop3', verb: 'USER' },
    })
    expect(slip(['telnet mx1.rennes.example 143', 'a1 SELECT INBOX'])).toMatchObject({
      advice: { outcome: 'wrongState' },
      grammar: { service: 'imap', verb: 'SELECT' },
      next: 'LOGIN',
    })
    expect(slip(['telnet mx1.rennes.example 143', 'LOGIN alice x'])).toMatchObject({ advice: { code: 'BAD' } })
  })

  test('is over when something went well, or something else was done', () => {
    expect(slip([DIAL, 'HELO', 'HELO pc'])).toBeNull()
    expect(slip([DIAL, 'HELO', `2$ ${DIAL}`])).toBeNull()
    expect(slip(['telnet mx1.rennes.example', 'date'])).toBeNull()
    expect(slip([DIAL, 'HELO pc', '2$ telnet mx1.rennes.example'])).not.toBeNull()
  })

  test('is none where a goal asked for it, or where the server understood and refused', () => {
    const mistake = goal({ reply: { code: '500' } }, 'mistake')
    expect(slip([DIAL, 'BONJOUR'], [sent, mistake])).toBeNull()
    expect(slip([DIAL, 'HELO pc', 'MAIL FROM:<>', 'RCPT TO:<nobody@rennes.example>'])).toBeNull()
  })
})
