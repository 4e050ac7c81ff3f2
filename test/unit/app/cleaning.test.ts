import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { blemishes, cleaned } from '../../../src/app/terminal/cleaning.ts'

const DIALOGUE = `S: 220 foo.com Simple Mail Transfer Service Ready
C: HELO bar.com
S: 250 foo.com
C: MAIL FROM:<Smith@bar.com>
S: 250 OK
C: DATA
S: 354 Start mail input
C: Blah blah blah...
   and more of it
C: .
S: 250 OK`

describe('pasted text', () => {
  it('of a dialogue is what the client says', () => {
    expect(blemishes(DIALOGUE)).toEqual(['prefixes'])
    expect(cleaned(DIALOGUE)).toBe(
      'HELO bar.com\nMAIL FROM:<Smith@bar.com>\nDATA\nBlah blah blah...\n   and more of it\n.\n',
    )
  })
  it('has the quotes and blanks of a keyboard', () => {
    const text = 'echo \u00ab\u00a0d\u00e9j\u00e0\u00a0\u00bb \u2018x\u2019 \u201cy\u201d'
    expect(blemishes(text)).toEqual(['quotes', 'blanks'])
    expect(cleaned(text)).toBe('echo " d\u00e9j\u00e0 " \'x\' "y"')
  })
  it('of a French course has a blank before the colon', () => {
    const text = 'S\u00a0: 220 pr\u00eat\nC\u00a0: HELO bar.com\nC\u202f:\u00a0NOOP\n'
    expect(blemishes(text)).toEqual(['prefixes', 'blanks'])
    expect(cleaned(text)).toBe('HELO bar.com\nNOOP\n')
  })
  it('of several commands without prefixes is cleaned in them, and a letter between them is left as it is', () => {
    const text = 'a1 LOGIN \u201calice\u201d secret\nRCPT TO:<a@b>\u00a0\nSubject: \u00ab\u00a0vu\u00a0\u00bb\n'
    expect(blemishes(text)).toEqual(['quotes', 'blanks'])
    expect(cleaned(text)).toBe('a1 LOGIN "alice" secret\nRCPT TO:<a@b> \nSubject: \u00ab\u00a0vu\u00a0\u00bb\n')
  })
  it.each([
    'EHLO bar.com\n',
    'MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\n',
    'a C: b',
    'Subject: C: drive\n',
    '',
    '\n\n',
    'Hier,\nc\u2019\u00e9tait \u00ab bien \u00bb.\n',
  ])('%j is meant as it is', (text) => expect(blemishes(text)).toEqual([]))
  it('once cleaned, is clean; and ASCII without prefixes is left alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(blemishes(cleaned(text)).filter((one) => one !== 'prefixes')).toEqual([])
        if (blemishes(text).length === 0) expect(cleaned(text)).toBe(text)
      }),
    )
  })
})
