import { expect, test } from 'vitest'
import { readMessageIds } from '../../../src/core/message/message-ids.ts'
import { collector } from '../../../src/core/message/problems.ts'

function read(source: string) {
  const { report, found } = collector()
  const ids = readMessageIds(source, { from: 0, to: source.length }, report)
  return { ids: ids.map(({ id }) => id), places: ids, problems: found.map(({ key }) => key) }
}

test.each([
  [' <1234@local.machine.example>\r\n <3456@example.net>', ['1234@local.machine.example', '3456@example.net'], []],
  ['<000201c290c2$856ddca0$c800100a@njhome.com>', ['000201c290c2$856ddca0$c800100a@njhome.com'], []],
  ['<a@b><c@d> (both)', ['a@b', 'c@d'], []],
  ['<"quo ted"@x> <"needless"@x> <a@[1.2.3.4]>', ['"quo ted"@x', 'needless@x', 'a@[1.2.3.4]'], []],
  ['Message of 1 May <a@b>', ['a@b'], ['id-phrase', 'id-phrase', 'id-phrase', 'id-phrase']],
  ['"Your message" <a@b>', ['a@b'], ['id-phrase']],
  ['a@b, c@d', ['a@b', 'c@d'], ['id-brackets-missing', 'id-brackets-missing']],
  ['<1234   @   local(blah)  .machine .example>', ['1234@local.machine.example'], ['id-blank']],
  ['<a@b <c@d>', ['a@b', 'c@d'], ['id-unclosed']],
  ['<nothing>', ['nothing'], ['id-no-at']],
  ['<>', [], []],
  ['', [], []],
])('%s', (source, ids, problems) => {
  expect(read(source).ids).toEqual(ids)
  expect(read(source).problems).toEqual(problems)
})

test('an identifier lies where its brackets lie', () => {
  const source = 'x <a@b> c@d'
  expect(read(source).places.map(({ from, to }) => source.slice(from, to))).toEqual(['<a@b>', 'c@d'])
})
