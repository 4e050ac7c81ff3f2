import { describe, expect, test } from 'vitest'
import { LessonRun } from '../../../src/core/lesson/goals.ts'
import { lessonFromFiles, type Lesson } from '../../../src/core/lesson/lesson.ts'
import { failureText } from '../../../src/core/lesson/script-run.ts'
import { parseScript } from '../../../src/core/lesson/script.ts'
import { lookAt, playScript } from '../../../src/core/lesson/sim-stage.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { Sim } from '../../../src/core/world/sim.ts'
import { lessonFolders } from './lesson-files.ts'

const lessons = Object.entries(lessonFolders()).map(([id, files]) => ({ id, result: lessonFromFiles(files, id) }))

/** What became of the goals, and of the script itself. */
function play(lesson: Lesson, text: string, file: string, seed?: number) {
  const world = parseWorld(lesson.world, `${lesson.id}/world.yaml`)
  const script = parseScript(text, file)
  if ('errors' in world || 'errors' in script) throw new Error('checked before')
  const sim = new Sim(world.world, seed === undefined ? {} : { seed })
  const run = new LessonRun(lesson.goals, lookAt(sim))
  sim.world.tracer.subscribe((event) => run.add(event))
  const failure = failureText(playScript(script.script, sim))
  return { failure, run }
}

test('there are five lessons', () => {
  expect(lessons.length).toBeGreaterThanOrEqual(5)
})

describe.each(lessons)('$id', ({ result }) => {
  test('is well-formed, and the same in both languages', () => {
    expect('errors' in result ? result.errors : []).toEqual([])
  })
  if ('errors' in result) return
  const { lesson } = result

  test('the solution meets all goals, with any seed', () => {
    for (const seed of [undefined, 2, 99]) {
      const { failure, run } = play(lesson, lesson.solution, 'solution.txt', seed)
      expect(failure).toBe('')
      expect(run.goals.filter(({ state }) => state === 'open' || state === 'broken')).toEqual([])
      expect(run.done).toBe(true)
    }
  })

  test('doing nothing does not', () => {
    const { run } = play(lesson, '', 'nothing.txt')
    expect(run.done).toBe(false)
    expect(run.goals.every(({ state }) => state === 'open' || state === 'kept')).toBe(true)
  })

  test('letting time pass does not', () => {
    expect(play(lesson, '@ +10d\n', 'time.txt').run.done).toBe(false)
  })

  test('there are at least two wrong ways', () => {
    expect(Object.keys(lesson.wrong).length).toBeGreaterThanOrEqual(2)
  })

  test.each(Object.entries(lesson.wrong))('%s goes as it says, and does not meet them', (file, text) => {
    const { failure, run } = play(lesson, text, file)
    expect(failure).toBe('')
    expect(run.done).toBe(false)
  })
})
