import { expect, test } from 'vitest'
import { all, among, NONE, toggled, upTo } from '../../../src/app/mailer/picks.ts'

const list = [9, 7, 5, 3, 1]
const inbox = (picks: Parameters<typeof among>[0]) => among(picks, 'INBOX', list)

test('the one that is read is the first of several; each is taken in and out, and they stand as in the list', () => {
  const two = toggled(NONE, 'INBOX', 3, 7)
  expect(inbox(two)).toEqual([7, 3])
  expect(inbox(toggled(two, 'INBOX', 7, 7))).toEqual([3])
  expect(inbox(toggled(NONE, 'INBOX', 7, 7))).toEqual([7])
  expect(inbox(toggled(NONE, 'INBOX', 7, null))).toEqual([7])
})

test('from one to another, in either direction; the first one stays where it is', () => {
  const down = upTo(NONE, 'INBOX', 3, list, 7)
  expect(inbox(down)).toEqual([7, 5, 3])
  expect(inbox(upTo(down, 'INBOX', 9, list, 7))).toEqual([9, 7])
  expect(inbox(upTo(toggled(NONE, 'INBOX', 1, null), 'INBOX', 5, list, 9))).toEqual([5, 3, 1])
  // Where it began is gone meanwhile.
  expect(inbox(upTo({ ...down, from: 8 }, 'INBOX', 5, list, 7))).toEqual([9, 7, 5])
})

test('picks are of one folder, and what is gone from it is picked no more', () => {
  const picks = all('INBOX', list)
  expect(among(picks, 'INBOX', [7, 2])).toEqual([7])
  expect(among(picks, 'Sent', list)).toEqual([])
  expect(among(toggled(picks, 'Sent', 5, null), 'Sent', list)).toEqual([5])
  expect(among(upTo(toggled(picks, 'INBOX', 1, null), 'Sent', 5, list, 7), 'Sent', list)).toEqual([7, 5])
})
