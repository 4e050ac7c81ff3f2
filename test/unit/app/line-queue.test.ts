import { expect, test } from 'vitest'
import type { Run } from '../../../src/app/run.svelte.ts'
import { LineQueue } from '../../../src/app/terminal/line-queue.svelte.ts'

/** A world that answers when it is told to. */
function slow() {
  const typed: string[] = []
  let answers: (() => void)[] = []
  const run = {
    refuses: false,
    type: (terminal: string, text: string) => void typed.push(`${terminal} ${text}`),
    quiet: () => new Promise<void>((resume) => answers.push(resume)),
  }
  const answer = async () => {
    const now = answers
    answers = []
    for (const resume of now) resume()
    await new Promise((resume) => setTimeout(resume))
  }
  return { run: run as unknown as Run, typed, answer, lookBack: () => void (run.refuses = true) }
}

test('what is pasted while lines still wait goes after them, and none is lost', async () => {
  const { run, typed, answer } = slow()
  const queue = new LineQueue()
  const first = queue.type(run, 't1', ['a', 'b'])
  const second = queue.type(run, 't2', ['c'])
  expect(queue.waiting).toBe(3)
  for (let turn = 0; turn < 6; turn++) await answer()
  expect(typed).toEqual(['t1 a\n', 't1 b\n', 't2 c\n'])
  expect([await first, await second]).toEqual([[], []])
  expect(queue.waiting).toBe(0)
})

test('who stops it stops all that wait; what is pasted then goes at once', async () => {
  const { run, typed, answer } = slow()
  const queue = new LineQueue()
  const first = queue.type(run, 't1', ['a', 'b'])
  const second = queue.type(run, 't1', ['c'])
  await answer()
  await answer()
  queue.stop()
  expect(queue.waiting).toBe(0)
  const third = queue.type(run, 't1', ['d'])
  for (let turn = 0; turn < 4; turn++) await answer()
  expect(typed).toEqual(['t1 a\n', 't1 d\n'])
  expect([await first, await second, await third]).toEqual([null, null, []])
  expect(queue.waiting).toBe(0)
})

test('what cannot be typed any more since somebody looks at the past is given back', async () => {
  const { run, typed, answer, lookBack } = slow()
  const queue = new LineQueue()
  const all = queue.type(run, 't1', ['a', 'b', 'c'])
  await answer()
  await answer()
  lookBack()
  await answer()
  expect(typed).toEqual(['t1 a\n'])
  expect(await all).toEqual(['b', 'c'])
  expect(queue.waiting).toBe(0)
})
