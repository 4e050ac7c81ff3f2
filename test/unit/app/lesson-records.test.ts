import { describe, expect, it } from 'vitest'
import { goOn } from '../../../src/app/lesson/course.ts'
import { stepOfCommand } from '../../../src/app/lesson/following.ts'
import { mixed } from '../../../src/app/lesson/mixed.ts'
import { LONGEST_JOURNAL, merged, readRecord, recordOf } from '../../../src/app/lesson/record.ts'
import type { Step } from '../../../src/core/lesson/steps.ts'
import type { Journal } from '../../../src/core/world/journal.ts'

const journal = (data = ''): Journal => ({
  world: 'w',
  seed: 1,
  engine: '1',
  acts: [{ at: 0, steps: 0, act: 'type', terminal: 't1', data }],
  until: 0,
  steps: 0,
  checksum: '',
})
const run = { helped: false, at: 100, commands: 9, time: 60_000, journal: journal() }

describe('what was done of a lesson', () => {
  it('is the better of two runs, in whatever order they come together', () => {
    const shorter = recordOf({ ...run, at: 200, commands: 7 })
    const longer = recordOf(run)
    for (const both of [merged(shorter, longer), merged(longer, shorter)])
      expect(both).toEqual({ done: 100, alone: 100, best: shorter.best })
    expect(merged(null, longer)).toEqual(longer)
    expect(merged(longer, longer)).toEqual(longer)
  })

  it('with help counts as done, and never as one’s own, however short it is', () => {
    const helped = recordOf({ ...run, helped: true, at: 50, commands: 1 })
    expect(helped.alone).toBeNull()
    const both = merged(helped, recordOf(run))
    expect(both).toEqual({ done: 50, alone: 100, best: run })
    expect(merged(recordOf(run), helped)).toEqual(both)
  })

  it('keeps a journal only as long as it is not too long', () => {
    expect(recordOf(run).best.journal).toEqual(journal())
    expect(recordOf({ ...run, journal: journal('x'.repeat(LONGEST_JOURNAL)) }).best.journal).toBeNull()
  })

  it('is read again as it was kept, and nothing else is', () => {
    const record = recordOf(run)
    expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record)
    for (const wrong of [
      null,
      7,
      [],
      {},
      { ...record, done: '1' },
      { ...record, alone: -1 },
      { ...record, best: null },
      { ...record, best: { ...record.best, commands: NaN } },
      { ...record, best: { ...record.best, helped: 1 } },
      { ...record, best: { ...record.best, journal: { acts: 'none' } } },
    ])
      expect(readRecord(wrong)).toBeNull()
  })
})

describe('where one goes on', () => {
  const lessons = [{ id: 'a/1' }, { id: 'a/2' }, { id: 'b/1' }]
  const done = (...ids: string[]) => goOn(lessons, (id) => ids.includes(id), ids.at(-1) ?? null)?.id

  it('is the first lesson, the one behind the last, one that was left out, or none', () => {
    expect(done()).toBe('a/1')
    expect(done('a/1')).toBe('a/2')
    expect(done('a/2')).toBe('b/1')
    expect(done('a/2', 'b/1')).toBe('a/1')
    expect(done('a/1', 'a/2', 'b/1')).toBeUndefined()
  })

  it('is the lesson that was looked at last, while it is not done', () => {
    expect(goOn(lessons, () => false, 'b/1')?.id).toBe('b/1')
    expect(goOn(lessons, () => false, 'gone')?.id).toBe('a/1')
  })
})

describe('the step of a lesson that somebody is at', () => {
  const step = (...commands: string[]): Step => ({
    title: 'x',
    blocks: [{ block: 'text', html: commands.map((text) => `<button data-do="${text}">x</button>`).join(' ') }],
  })
  const steps = [step('telnet a 25', 'HELO b'), step('MAIL FROM:&lt;a@b&gt;'), step('QUIT', 'HELO b')]

  it('is the first one, from here on, that names what was typed', () => {
    expect(stepOfCommand(steps, 'helo  B ', 0)).toBe(0)
    expect(stepOfCommand(steps, 'HELO b', 1)).toBe(2)
    expect(stepOfCommand(steps, 'MAIL FROM:<a@b>', 0)).toBe(1)
    expect(stepOfCommand(steps, 'MAIL FROM:<a@b>', 2)).toBeNull()
    expect(stepOfCommand(steps, '', 0)).toBeNull()
  })

  it('is never more than one further: nobody has read what lies in between', () => {
    expect(stepOfCommand(steps, 'QUIT', 0)).toBeNull()
    expect(stepOfCommand(steps, 'QUIT', 1)).toBe(2)
  })
})

describe('answers', () => {
  it('are mixed, each time the same, and none is lost', () => {
    const answers = ['a', 'b', 'c']
    const firsts = new Map<string, number>()
    for (let nth = 0; nth < 300; nth++) {
      const order = mixed(answers, `question-${nth}`)
      expect([...order].sort()).toEqual(answers)
      expect(mixed(answers, `question-${nth}`)).toEqual(order)
      firsts.set(order[0]!, (firsts.get(order[0]!) ?? 0) + 1)
    }
    // By chance each would be first a hundred times.
    for (const answer of answers) expect(firsts.get(answer)).toBeGreaterThan(60)
  })
})
