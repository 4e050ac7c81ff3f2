import { expect, it } from 'vitest'
import { linesTyped, parOf } from '../../../src/core/lesson/par.ts'
import { parseScript } from '../../../src/core/lesson/script.ts'
import { lessonFiles, lessonIds, root } from '../../../src/node/lessons.ts'

it('counts the lines that a solution types: keys, answers and time are none', () => {
  expect(parOf('host: a\n\n$ telnet b 25\n> 220 ...\n$\n2$ mailq\n@ +2m\n$ ^C\n$ ^]\n# $ not\n')).toBe(3)
})

it('counts as the scripts of all lessons are read', () => {
  for (const id of lessonIds(root)) {
    const solution = lessonFiles(root, id)['solution.txt']!
    const read = parseScript(solution, id)
    if ('errors' in read) throw new Error(id)
    expect([id, parOf(solution)]).toEqual([id, read.script.steps.filter(({ step }) => step === 'type').length])
  }
})

it('counts the lines of a journal', () => {
  const at = { at: 0, steps: 0 } as const
  expect(
    linesTyped([
      { ...at, act: 'type', terminal: 't1', data: 'one\n' },
      { ...at, act: 'type', terminal: 't1', data: 'half' },
      { ...at, act: 'key', terminal: 't1', key: 'eof' },
      { ...at, act: 'type', terminal: 't1', data: '\n' },
    ]),
  ).toBe(2)
})
