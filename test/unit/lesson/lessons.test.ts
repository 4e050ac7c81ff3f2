import { describe, expect, test } from 'vitest'
import { languages, lessonFromFiles, type Lesson } from '../../../src/core/lesson/lesson.ts'
import { playLesson } from '../../../src/core/lesson/prove.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { glossary, lessonFolders } from './lesson-files.ts'

const folders = lessonFolders()
const words = glossary()
const around = { lessons: Object.keys(folders), ...(words && 'terms' in words ? { terms: words.terms } : {}) }
const lessons = Object.entries(folders).map(([id, files]) => ({ id, result: lessonFromFiles(files, id, around) }))

/** What became of the goals, and of the script itself. */
function play(lesson: Lesson, text: string, file: string, seed?: number) {
  const world = parseWorld(lesson.world, `${lesson.id}/world.yaml`)
  if ('errors' in world) throw new Error('checked before')
  return playLesson(lesson, world.world, { text, file }, seed === undefined ? {} : { seed })
}

test('there are five lessons, and the glossary has no errors', () => {
  expect(lessons.length).toBeGreaterThanOrEqual(5)
  expect(words === null || 'terms' in words ? [] : words.errors).toEqual([])
})

describe.each(lessons)('$id', ({ result }) => {
  test('is well-formed, and the same in both languages', () => {
    expect('errors' in result ? result.errors : []).toEqual([])
  })
  if ('errors' in result) return
  const { lesson } = result

  test('says everything in both languages', () => {
    for (const language of languages) {
      const { title, summary, steps } = lesson.pages[language]
      const { goals, questions } = lesson
      const texts = [
        ...[title, summary],
        ...goals.flatMap(({ text, hints }) => [text, ...hints]).map((text) => text[language]),
        ...questions
          .flatMap(({ ask, answers }) => [ask, ...answers, ...answers.map(({ because }) => because)])
          .map((text) => text[language]),
      ]
      expect(texts.filter((text) => text.trim() === '')).toEqual([])
      expect(steps.length).toBeGreaterThan(1)
      const asked = steps.flatMap(({ blocks }) => blocks.flatMap((each) => (each.block === 'ask' ? [each.id] : [])))
      expect(asked.sort()).toEqual(questions.map(({ id }) => id).sort())
    }
  })

  test('each question has one right answer, and something to say to every other', () => {
    for (const { answers } of lesson.questions) {
      expect(answers.filter(({ right }) => right)).toHaveLength(1)
      for (const { because } of answers) expect(because.fr).not.toBe(because.en)
    }
  })

  test('the solution meets all goals, with any seed', () => {
    for (const seed of [undefined, 2, 99]) {
      const { failure, run, trials } = play(lesson, lesson.solution, 'solution.txt', seed)
      expect(failure).toBe('')
      expect([...trials].filter(([, { earned }]) => !earned)).toEqual([])
      expect(run.goals.filter(({ state }) => state === 'open' || state === 'broken')).toEqual([])
      expect(run.done).toBe(true)
    }
  })

  test('doing nothing does not', () => {
    const { run } = play(lesson, '', 'nothing.txt')
    expect(run.done).toBe(false)
    expect(run.goals.filter(({ state }) => state !== 'open' && state !== 'kept')).toEqual([])
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
