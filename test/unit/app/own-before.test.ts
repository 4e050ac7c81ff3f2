import { expect, test, vi } from 'vitest'
import { offerOwn } from '../../../src/app/own-before.ts'
import { readSaved, savedText } from '../../../src/core/lesson/saved.ts'

const place = { world: 'campus', lesson: null }

function typed(data: string): string {
  const acts = [{ act: 'type' as const, terminal: 't1', data, at: 0, steps: 0 }]
  const journal = { world: 'campus', seed: 1, engine: '1', acts, until: 5, steps: 2, checksum: 'ab' }
  return savedText({ lesson: null, journal, closed: [] })
}

/** A page on which this stands. */
function pageWith(text: string) {
  const told = vi.fn()
  const letGo = vi.fn(() => Promise.resolve())
  return { told, letGo, bench: { saved: readSaved(text), letGo, notices: { tellOnce: told } } as never }
}

test('what gave way to a link is offered', async () => {
  const { told, letGo, bench } = pageWith(typed('echo theirs\n'))
  await offerOwn(bench, place, typed('echo mine\n'))
  expect(told).toHaveBeenCalledOnce()
  expect(letGo).not.toHaveBeenCalled()
})

test('what is there again is let go: the page went away too soon after it had come back', async () => {
  const mine = typed('echo mine\n')
  const { told, letGo, bench } = pageWith(mine)
  await offerOwn(bench, place, mine)
  expect(told).not.toHaveBeenCalled()
  expect(letGo).toHaveBeenCalledWith(place, mine)
})
