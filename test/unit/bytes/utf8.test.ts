import { describe, expect, it } from 'vitest'
import { toBytes, toOctets } from '../../../src/core/bytes/octets.ts'
import { harmless, utf8Octets, utf8Text } from '../../../src/core/bytes/utf8.ts'

describe('utf8Octets', () => {
  it.each(['', 'plain', 'é', '€uro', '\u07ff\u0800\uffff', '😀 \u{10ffff}', 'Ærø\r\n'])(
    'writes %j as TextEncoder does',
    (text) => {
      expect(toBytes(utf8Octets(text))).toEqual(new TextEncoder().encode(text))
    },
  )

  it('writes half a surrogate pair as U+FFFD', () => {
    expect(utf8Octets('a\ud800b')).toBe('a\xef\xbf\xbdb')
    expect(utf8Octets('\udc00')).toBe('\xef\xbf\xbd')
  })
})

describe('utf8Text', () => {
  it.each(['', 'plain', 'é', '€uro', '\u0080\u07ff\u0800\ud7ff\ue000\uffff', '😀\u{10ffff}'])(
    'reads %j back',
    (text) => {
      expect(utf8Text(utf8Octets(text))).toBe(text)
    },
  )

  it('reads each of the 256 octets: ASCII as itself, a lone high one as U+FFFD', () => {
    for (let value = 0; value < 256; value++) {
      const octet = String.fromCharCode(value)
      expect(utf8Text(octet)).toBe(value < 0x80 ? octet : '\ufffd')
    }
  })

  it.each([
    ['overlong slash in two octets', '\xc0\xaf', 2],
    ['overlong DEL', '\xc1\xbf', 2],
    ['overlong in three', '\xe0\x9f\xbf', 3],
    ['overlong in four', '\xf0\x8f\xbf\xbf', 4],
    ['first surrogate', '\xed\xa0\x80', 3],
    ['last surrogate', '\xed\xbf\xbf', 3],
    ['beyond Unicode', '\xf4\x90\x80\x80', 4],
    ['five-octet lead', '\xf8\x88\x80\x80\x80', 5],
    ['cut after the lead', '\xe2', 1],
    ['cut in the middle', '\xe2\x82', 2],
    ['cut in four', '\xf0\x9f\x98', 3],
    ['lone tails', '\x80\xbf', 2],
  ])('marks every octet of what is wrong: %s', (_, octets, marks) => {
    expect(utf8Text(octets)).toBe('\ufffd'.repeat(marks))
    expect(utf8Text(`<${octets}>`)).toBe(`<${'\ufffd'.repeat(marks)}>`)
  })

  it('finds the next character after a cut one', () => {
    expect(utf8Text('\xe2\x82é'.replace('é', '\xc3\xa9'))).toBe('\ufffd\ufffdé')
  })
})

describe('harmless', () => {
  it('shows every control character, and leaves tab, line feed and what prints as they are', () => {
    for (let code = 0; code < 256; code++) {
      const shown = harmless(String.fromCharCode(code))
      const control = (code < 0x20 && code !== 0x09 && code !== 0x0a) || (code >= 0x7f && code < 0xa0)
      if (!control) expect(shown).toBe(String.fromCharCode(code))
      else if (code < 0x20) expect(shown).toBe(String.fromCharCode(0x2400 + code))
      else expect(shown).toBe(code === 0x7f ? '\u2421' : `\\u{${code.toString(16)}}`)
    }
  })

  it('takes the sting out of terminal sequences and of text that runs backwards', () => {
    expect(harmless('\x1b]0;gotcha\x07')).toBe('␛]0;gotcha␇')
    expect(harmless('\x9b31m')).toBe('\\u{9b}31m')
    expect(harmless('exe.\u202etxt\u2069')).toBe('exe.\\u{202e}txt\\u{2069}')
    expect(harmless(toOctets(Uint8Array.of(0)))).toBe('␀')
  })
})
