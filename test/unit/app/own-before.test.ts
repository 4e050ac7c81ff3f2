import { expect, test, vi } from 'vitest'
import type { Notices } from '../../../src/app/notices.svelte.ts'
import { offerOwn, type OwnBench } from '../../../src/app/own-before.ts'
import { readSaved, savedText } from '../../../src/core/lesson/saved.ts'

const place = { world: 'campus', lesson: null }

function typed(data: string): string {
  const acts = [{ act: 'type' as const, terminal: 't1', data, at: 0, steps: 0 }]
  const journal = { world: 'campus', seed: 1, engine: '1', acts, until: 5, steps: 2, checksum: 'ab' }
  return savedText({ lesson: null, journal, closed: [] })
}

/** A page on which this stands. */
function pageWith(text: string, gone = true) {
  const told = vi.fn<Notices['tellOnce']>()
  const tell = vi.fn<Notices['tell']>()
  const letGo = vi.fn(() => Promise.resolve(gone))
  const bench = { saved: readSaved(text), letGo, notices: { tellOnce: told, tell } }
  return { told, tell, letGo, bench: bench as unknown as OwnBench }
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

test('what cannot be let go is tried once; what cannot be forgotten is offered again, and nobody says that it is gone', async () => {
  const mine = typed('echo mine\n')
  const there = pageWith(mine, false)
  await offerOwn(there.bench, place, mine)
  expect(there.letGo).toHaveBeenCalledOnce()
  const other = pageWith(typed('echo theirs\n'), false)
  await offerOwn(other.bench, place, mine)
  const [, , , forget] = other.told.mock.calls[0]!
  forget!.act()
  await vi.waitFor(() => expect(other.told).toHaveBeenCalledTimes(2))
  expect(other.tell).not.toHaveBeenCalled()
})
