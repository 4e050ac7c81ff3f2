import { expect, test } from 'vitest'
import { baseSubject } from '../../../src/core/message/base-subject.ts'

// By hand, from the ABNF of RFC 5256 5.
test.each([
  ['x', 'x', false],
  ['', '', false],
  ['  a \t\r\n b  ', 'a b', false],
  ['Re: x', 'x', true],
  ['RE : x', 'x', true],
  ['re[2]: x', 'x', true],
  ['Fwd: fw: Re: x (fwd) (FWD)', 'x', true],
  ['[list] x', 'x', false],
  ['[list] Re: x', 'x', true],
  ['Re: [list] Re: [a][b] x', 'x', true],
  ['[list]', '[list]', false],
  ['[a] [b]', '[b]', false],
  ['Re: [list]', '[list]', true],
  ['[Fwd: [list] Re: x (fwd)]', 'x', true],
  ['[fwd: x', '[fwd: x', false],
  ['Re:', '', true],
  ['(fwd)', '', true],
  ['x (fwd) y', 'x (fwd) y', false],
  ['Reply: x', 'Reply: x', false],
  ['regarding: x', 'regarding: x', false],
  ['Re [a] [b]: x', 'Re [a] [b]: x', false],
  ['[[a]] x', '[[a]] x', false],
])('%s', (subject, base, isReply) => {
  expect(baseSubject(subject)).toEqual({ base, isReply })
})
