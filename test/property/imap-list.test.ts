import fc from '../fast-check.ts'
import { expect, it } from 'vitest'
import { Pattern } from '../../src/core/imap/list/pattern.ts'

/** RFC 3501 6.3.8, word for word: every way is tried. */
function fits(name: string, pattern: string): boolean {
  if (pattern === '') return name === ''
  const [first, rest] = [pattern[0]!, pattern.slice(1)]
  if (first !== '*' && first !== '%') return name[0] === first && fits(name.slice(1), rest)
  for (let taken = 0; taken <= name.length; taken++) {
    if (first === '%' && name.slice(0, taken).includes('/')) return false
    if (fits(name.slice(taken), rest)) return true
  }
  return false
}

/** INBOX whatever its case (RFC 3501 5.1): all that the pattern says of the first five characters, in capitals. */
function fitsInbox(name: string, pattern: string): boolean {
  if (fits(name, pattern)) return true
  if (name !== 'INBOX' && !name.startsWith('INBOX/')) return false
  const cases = (at: number): string[] =>
    at === 5 ? [''] : cases(at + 1).flatMap((rest) => ['INBOX'[at]! + rest, 'inbox'[at]! + rest])
  return cases(0).some((spelled) => fits(spelled + name.slice(5), pattern))
}

const text = (letters: string) =>
  fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((characters) => characters.join(''))

it('finds what trying every way finds', () => {
  fc.assert(
    fc.property(text('ab/'), text('ab/*%%*'), (name, pattern) => {
      expect(new Pattern(pattern).matches(name)).toBe(fits(name, pattern))
    }),
    { numRuns: 2000 },
  )
})

it('takes INBOX in any case, and nothing else', () => {
  const name = fc.oneof(
    fc.constantFrom('INBOX', 'INBOX/', 'INBOX/a', 'INBOX/INBOX', 'INBOXES', 'inbox', 'Inbox/a', 'a/INBOX'),
    text('INBOXinbox/a'),
  )
  const pattern = fc.oneof(
    fc.tuple(fc.constantFrom('inbox', 'INBOX', 'iNbOx', '*box', 'In%x', 'i*'), text('/a*%xX')).map(([a, b]) => a + b),
    text('INBOXinbox/a*%'),
  )
  fc.assert(
    fc.property(name, pattern, (one, other) => {
      expect(new Pattern(other).matches(one)).toBe(fitsInbox(one, other))
    }),
    { numRuns: 2000 },
  )
})
