import { describe, expect, test } from 'vitest'
import type { Goal } from '../../../src/core/lesson/goal-schema.ts'
import { gradeJournal } from '../../../src/core/lesson/grade.ts'
import { playLesson, type GoalSeen } from '../../../src/core/lesson/prove.ts'
import { Trial } from '../../../src/core/lesson/trials.ts'
import { watchGoals } from '../../../src/core/lesson/watch.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { readWorld } from '../../../src/node/worlds.ts'

const campus = readWorld('campus')
const text = { fr: 'x', en: 'x' }
const inbox = (account: string, contains: string) => ({
  mailbox: { account, mailbox: 'INBOX', atLeast: 1, contains: [contains], lacks: [], headers: {}, flags: [] },
})
const arrived: Goal = { id: 'arrived', text, when: inbox('bruno@rennes.example', 'Subject: Hello'), hints: [] }
const also: Goal = {
  id: 'also',
  text,
  trial: 'host: pc-alice.rennes.example\n! down mx.lyon.example\n$ echo x | mail -s Again claire@lyon.example\n@ +3h\n',
  when: { event: { kind: 'deferred', where: { recipients: 'claire@lyon.example' } } },
  hints: [],
}
const hello = { text: 'host: pc-alice.rennes.example\n$ echo hi | mail -s Hello bruno@rennes.example\n', file: 'x.txt' }

const trialOf = (goals: readonly GoalSeen[], id: string) => goals.find((goal) => goal.id === id)?.trial

describe('a trial', () => {
  test('is made in a copy: the learner’s world does not change', () => {
    const { sim, run, goals } = playLesson({ goals: [arrived, also] }, campus, hello)
    expect(trialOf(goals, 'also')).toMatchObject({ earned: true, failure: '' })
    expect(trialOf(goals, 'also')!.dialogue[0]).toBe('! down mx.lyon.example')
    expect(run.done).toBe(true)
    expect(sim.trace.some((event) => event.kind === 'deferred')).toBe(false)
    expect(sim.acts.some((act) => act.act === 'fault')).toBe(false)
  })

  test('does not pass where its script goes otherwise, or nothing of it comes about', () => {
    const { run, goals } = playLesson(
      {
        goals: [
          arrived,
          { ...also, trial: `${also.trial!}$ date\n> never printed\n` },
          { ...also, id: 'other', when: inbox('bruno@rennes.example', 'Subject: Hello') },
        ],
      },
      campus,
      hello,
    )
    expect(trialOf(goals, 'also')).toMatchObject({ earned: false, failure: expect.stringContaining('never printed') })
    // What the learner did before is not what happens in the trial.
    expect(trialOf(goals, 'other')).toMatchObject({ earned: false, failure: '' })
    expect(run.done).toBe(false)
  })

  test('with a seed alone, all that the learner did is looked at again', () => {
    const again: Goal = { id: 'again', text, seed: 7, when: arrived.when!, hints: [] }
    expect(playLesson({ goals: [arrived, again] }, campus, hello).run.done).toBe(true)
  })

  test('goes in slices', () => {
    const { sim } = playLesson({ goals: [arrived] }, campus, hello)
    const trial = new Trial(also, sim)
    let slices = 1
    while (trial.advance(5)) slices++
    expect(slices).toBeGreaterThan(5)
    expect(trial.result?.earned).toBe(true)
  })
})

test('the goals of a simulation that has gone on already are what they would have been', () => {
  const goals: Goal[] = [
    { ...arrived, id: 'two', when: { mailbox: { ...inbox('bruno@rennes.example', 'Hello').mailbox, exactly: 1 } } },
    { ...arrived, id: 'never', never: { reply: { code: '221' } } },
  ]
  delete goals[0]!.when!.mailbox!.atLeast
  delete goals[1]!.when
  const sim = new Sim(campus)
  const live = watchGoals(goals, sim)
  sim.open('t1', 'pc-alice.rennes.example', 'alice')
  for (const time of [1, 2]) {
    sim.type('t1', `echo ${time} | mail -s Hello bruno@rennes.example\n`)
    sim.drain()
  }
  expect(live.goals.map(({ state }) => state)).toEqual(['earned', 'broken'])
  // By now there are two messages: only who was there at the time knows that there was one.
  expect(watchGoals(goals, sim).goals).toEqual(live.goals)
})

test('a trial that has come out well counts for the grader, whatever was done afterwards', () => {
  const world = campus
  const later = `${hello.text}! down mx.lyon.example\n! down mx1.rennes.example\n$ date\n`
  const lesson = { goals: [arrived, also] }
  const { sim, run } = playLesson(lesson, world, { text: later, file: 'x.txt' })
  // At the end no mail leaves Rennes any more, so it would not come out well there.
  expect(run.done).toBe(false)
  expect(gradeJournal(lesson, world, sim.journal(), () => false)).toMatchObject({ done: true, same: true })
})
