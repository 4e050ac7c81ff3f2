import { describe, expect, test } from 'vitest'
import { languages, lessonFromFiles, type Lesson } from '../../../src/core/lesson/lesson.ts'
import { gradeJournal } from '../../../src/core/lesson/grade.ts'
import { playLesson, proofsOf, shortcomings } from '../../../src/core/lesson/prove.ts'
import { parseWorld } from '../../../src/core/world/parse.ts'
import { lessonFiles, lessonIds, readAround, root } from '../../../src/node/lessons.ts'

const around = readAround(root)
const lessons = lessonIds(root).map((id) => ({ id, result: lessonFromFiles(lessonFiles(root, id), id, around) }))

function worldOf({ id, world }: Lesson) {
  const read = parseWorld(world, `${id}/world.yaml`)
  if ('errors' in read) throw new Error('checked before')
  return read.world
}

test('there are sixty lessons', () => {
  expect(lessons.length).toBeGreaterThanOrEqual(60)
})

describe.each(lessons)('$id', ({ result }) => {
  test('is well-formed, and the same in both languages', () => {
    expect('errors' in result ? result.errors : []).toEqual([])
  })
  if ('errors' in result) return
  const { lesson } = result

  test('says everything in both languages', () => {
    for (const language of languages) {
      const { title, summary, learned, steps } = lesson.pages[language]
      const { goals, questions } = lesson
      const texts = [
        ...[title, summary, learned],
        ...goals.flatMap(({ text, hints }) => [text, ...hints]).map((text) => text[language]),
        ...questions
          .flatMap(({ ask, answers }) => [ask, ...answers, ...answers.map(({ because }) => because)])
          .map((text) => text[language]),
      ]
      expect(texts.filter((text) => text.trim() === '')).toEqual([])
      expect(steps.length).toBeGreaterThan(1)
      // The rule, not the teaser again, and not the lesson again.
      const words = learned.replace(/<[^>]+>/g, '')
      expect(words.length).toBeGreaterThan(150)
      expect(words.length).toBeLessThan(400)
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

  test('there are at least two wrong ways', () => {
    expect(shortcomings(lesson)).toEqual([])
  })

  test('the journal of the solution, handed in, is graded as done', () => {
    const world = worldOf(lesson)
    const script = { text: lesson.solution, file: 'solution.txt' }
    const journal = playLesson(lesson, world, script).sim.journal()
    // As it comes out of a file.
    const handedIn = JSON.parse(JSON.stringify(journal)) as typeof journal
    expect(gradeJournal(lesson, world, handedIn, () => false)).toMatchObject({ done: true, same: true })
  })

  // The solution meets all goals, with any seed; doing nothing, letting time pass and what is wrong do not.
  test.each(proofsOf(lesson, worldOf(lesson)))('$name', (proof) => {
    expect(proof.run().problems).toEqual([])
  })
})
