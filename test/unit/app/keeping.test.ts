import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Keeper } from '../../../src/app/keeper.ts'
import { Keeping } from '../../../src/app/keeping.ts'

const KEY = 'world:campus'
const options = { failed: () => {}, healed: () => {}, taken: () => {} }
let storage: Record<string, string>

beforeEach(() => {
  storage = {}
  // A browser without locks: each place is ours.
  vi.stubGlobal('navigator', {})
  vi.stubGlobal(
    'localStorage',
    new Proxy(storage, {
      get: (kept, name) =>
        ({
          getItem: (key: string) => kept[key] ?? null,
          setItem: (key: string, value: string) => void (kept[key] = value),
          removeItem: (key: string) => void Reflect.deleteProperty(kept, key),
        })[String(name)],
    }),
  )
})

afterEach(() => vi.unstubAllGlobals())

/** It takes its time, until it is told to be done with one; what the page leaves behind does not come about. */
function slow(kept = new Map<string, string>()) {
  const waiting: (() => void)[] = []
  const keeper: Keeper = {
    lasting: true,
    get: (key) => Promise.resolve(kept.get(key) ?? null),
    put: (key, text) => new Promise((resume) => waiting.push(() => (kept.set(key, text), resume()))),
    remove: (key) => Promise.resolve(void kept.delete(key)),
    keys: () => Promise.resolve([...kept.keys()]),
  }
  const done = async () => {
    waiting.shift()!()
    await new Promise((resume) => setTimeout(resume))
  }
  return { keeper, kept, done }
}

test('what still waits to be written when the page goes away is there when it comes back', async () => {
  const { keeper, kept, done } = slow()
  const before = new Keeping(keeper, options)
  before.keep(() => ({ key: KEY, text: 'one' }))
  await done()
  expect(Object.keys(storage)).toEqual([])
  before.keep(() => ({ key: KEY, text: 'two' }))
  before.keep(() => ({ key: KEY, text: 'three' }))
  before.leave()
  expect(kept.get(KEY)).toBe('one')
  const after = slow(kept)
  const again = new Keeping(after.keeper, options)
  expect(await again.get(KEY)).toBe('three')
  // Once it is written there is one truth again.
  again.keep(() => ({ key: KEY, text: 'three and more' }))
  await after.done()
  expect([await again.get(KEY), Object.keys(storage)]).toEqual(['three and more', []])
})

test('a page that only was out of sight goes on: what was put aside goes when all of it is written', async () => {
  const { keeper, kept, done } = slow()
  const keeping = new Keeping(keeper, options)
  keeping.keep(() => ({ key: KEY, text: 'one' }))
  keeping.keep(() => ({ key: KEY, text: 'two' }))
  keeping.leave()
  await done()
  expect([kept.get(KEY), Object.keys(storage).length]).toEqual(['one', 1])
  await done()
  expect([kept.get(KEY), Object.keys(storage).length]).toEqual(['two', 0])
  keeping.leave()
  expect(Object.keys(storage)).toEqual([])
})

test('what is forgotten was not put aside either', async () => {
  const { keeper } = slow()
  const keeping = new Keeping(keeper, options)
  keeping.keep(() => ({ key: KEY, text: 'one' }))
  keeping.leave()
  await keeping.remove(KEY)
  expect(await keeping.get(KEY)).toBeNull()
})

test('what gives way is put beside before it is written over, and only where the place is ours', async () => {
  const { keeper, kept, done } = slow(new Map([[KEY, 'own']]))
  const keeping = new Keeping(keeper, options)
  keeping.giveWay(KEY)
  keeping.keep(() => ({ key: KEY, text: 'a link' }))
  // Not yet: and a page that goes away now leaves its own.
  keeping.leave()
  expect([kept.get(KEY), Object.keys(storage)]).toEqual(['own', []])
  const entered = keeping.enter(KEY)
  await new Promise((resume) => setTimeout(resume))
  expect(kept.get(KEY)).toBe('own')
  await done()
  await entered
  await done()
  expect([kept.get(KEY), await keeping.gaveWay(KEY)]).toEqual(['a link', 'own'])
  // What comes after it gives way to nothing.
  await keeping.enter('world:rfc')
  await keeping.enter(KEY)
  expect(await keeping.gaveWay(KEY)).toBe('own')
  await keeping.forget(KEY, 'own')
  expect([await keeping.gaveWay(KEY), [...kept.keys()]]).toEqual([null, [KEY]])
})
