import { expect, test } from 'vitest'
import { all, NONE, toggled, upTo, type Picks } from '../../../src/app/mailer/picks.ts'

const list = [9, 7, 5, 3, 1]
const uids = (picks: Picks) => [...picks.uids]

test('the one that is read is the first of several; each is taken in and out', () => {
  const two = toggled(NONE, 3, 7)
  expect(uids(two)).toEqual([7, 3])
  expect(uids(toggled(two, 7, 7))).toEqual([3])
  expect(uids(toggled(NONE, 7, 7))).toEqual([7])
  expect(uids(toggled(NONE, 7, null))).toEqual([7])
  expect(uids(toggled(all(list), 5, null))).toEqual([9, 7, 3, 1])
})

test('from one to another, in either direction; the first one stays where it is', () => {
  const down = upTo(NONE, 3, list, 7)
  expect(uids(down)).toEqual([7, 5, 3])
  expect(uids(upTo(down, 9, list, 7))).toEqual([9, 7])
  expect(uids(upTo(toggled(NONE, 1, null), 5, list, 9))).toEqual([5, 3, 1])
  // Where it began is gone meanwhile.
  expect(uids(upTo({ ...down, from: 8 }, 5, list, 7))).toEqual([9, 7, 5])
})
