import { expect, test } from 'vitest'
import { Steady } from '../../../src/app/journey/steady.ts'

test('what says the same stays the same thing; what was gone comes back as another', () => {
  const steady = new Steady<{ key: string; says: number }>(
    ({ key }) => key,
    (one, other) => one.says === other.says,
  )
  const thing = (key: string, says: number) => ({ key, says })
  const [a, b] = steady.of([thing('a', 1), thing('b', 2)])
  const [sameA, otherB] = steady.of([thing('a', 1), thing('b', 3)])
  expect(sameA).toBe(a)
  expect(otherB).not.toBe(b)
  expect(steady.of([thing('b', 3)])[0]).toBe(otherB)
  expect(steady.of([thing('a', 1)])[0]).not.toBe(a)
})
