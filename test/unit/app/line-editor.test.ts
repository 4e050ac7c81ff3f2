import { beforeEach, describe, expect, test } from 'vitest'
import { LineEditor } from '../../../src/app/terminal/line-editor.ts'
import { pastedLines, press, type KeyTarget } from '../../../src/app/terminal/keys.ts'

let editor: LineEditor
let done: string[]
let target: KeyTarget

beforeEach(() => {
  editor = new LineEditor()
  done = []
  target = {
    editor,
    history: () => ['EHLO pc', 'MAIL FROM:<a@b>'],
    enter: () => done.push(`enter ${editor.take()}`),
    flush: () => done.push(`flush ${editor.take()}`),
    key: (key) => done.push(key),
    clear: () => done.push('clear'),
    tab: () => done.push('tab'),
  }
})

/** The line with a bar where the cursor stands. */
const line = () => `${editor.text.slice(0, editor.cursor)}|${editor.text.slice(editor.cursor)}`
const type = (...keys: string[]) => {
  for (const key of keys) press(target, key)
  return line()
}
const [LEFT, RIGHT, UP, DOWN, HOME, END, DELETE, BACK] = [
  ...['\x1b[D', '\x1b[C', '\x1b[A', '\x1b[B', '\x1b[H', '\x1b[F', '\x1b[3~', '\x7f'],
] as [string, string, string, string, string, string, string, string]

describe('editing', () => {
  test('inserts where the cursor stands', () => expect(type('HEO', LEFT, 'L')).toBe('HEL|O'))
  test('takes away before and behind the cursor', () => {
    expect(type('abcd', LEFT, LEFT, BACK)).toBe('a|cd')
    expect(type(DELETE)).toBe('a|d')
    expect(type(HOME, BACK, END, DELETE)).toBe('ad|')
  })
  test('home and end, by key and by control', () => {
    expect(type('abc', HOME, '1', END, '2')).toBe('1abc2|')
    expect(type('\x01', '0', '\x05', '3')).toBe('01abc23|')
  })
  test('kills to the end, to the start, and a word', () => {
    expect(type('RCPT TO:<x>', LEFT, LEFT, '\x0b')).toBe('RCPT TO:<|')
    expect(type('\x17')).toBe('RCPT |')
    expect(type('\x17')).toBe('|')
    expect(type('abc def', LEFT, '\x15')).toBe('|f')
  })
  test('goes by words', () => expect(type('one two three', '\x1bb', '\x1b[1;5D', '\x1bf', '!')).toBe('one two!| three'))
  test('moves by characters as people see them', () => {
    expect(type('ae\u0301🇫🇷', LEFT)).toBe('ae\u0301|🇫🇷')
    expect(type(LEFT)).toBe('a|e\u0301🇫🇷')
    expect(type(RIGHT, BACK)).toBe('a|🇫🇷')
    expect(type(DELETE)).toBe('a|')
  })
  test('nothing happens at the edges', () => expect(type(LEFT, BACK, RIGHT, DELETE, 'x', RIGHT, RIGHT)).toBe('x|'))
  test('unknown escape sequences are not typed', () => expect(type('\x1b[15~', '\x1b[200~', 'a', '\x00')).toBe('a|'))
})

describe('history', () => {
  test('goes back and comes back to what was being typed', () => {
    expect(type('NO', UP)).toBe('MAIL FROM:<a@b>|')
    expect(type(UP, UP)).toBe('EHLO pc|')
    expect(type(DOWN, DOWN)).toBe('NO|')
    expect(type(DOWN)).toBe('NO|')
  })
  test('a line from it can be changed and sent, and the next one begins at its end again', () => {
    type(UP, UP, '2', '\r')
    expect(done).toEqual(['enter EHLO pc2'])
    expect(type(UP)).toBe('MAIL FROM:<a@b>|')
  })
  test('what is written on after one came back, or in a line of it, is there again', () => {
    expect(type('A', UP, DOWN, 'BC', UP, DOWN)).toBe('ABC|')
    expect(type(UP, '3', UP, DOWN)).toBe('MAIL FROM:<a@b>3|')
    expect(type(DOWN)).toBe('ABC|')
  })
  test('down without up does nothing', () => expect(type('x', DOWN)).toBe('x|'))
})

describe('control keys', () => {
  test('Ctrl-D: the end of input, or the text as it is, or the character behind the cursor', () => {
    type('\x04', 'ab', '\x04')
    expect(done).toEqual(['eof', 'flush ab'])
    expect(type('ab', LEFT, '\x04')).toBe('a|')
  })
  test('Ctrl-C, Ctrl-] and Ctrl-L', () => {
    type('\x03', '\x1d', '\x0c')
    expect(done).toEqual(['interrupt', 'escape', 'clear'])
  })
  test('several characters at once may hold line ends', () => {
    expect(type('QUIT\rx')).toBe('x|')
    expect(done).toEqual(['enter QUIT'])
  })
})

test('pasted text is cut at every kind of line end, and is not changed', () => {
  expect(pastedLines('a\r\nb\rc\n“d”')).toEqual({ lines: ['a', 'b', 'c'], rest: '“d”' })
  expect(pastedLines('a\n\n')).toEqual({ lines: ['a', ''], rest: '' })
})

describe('a line that is offered', () => {
  test('stands at the prompt; what was being typed is had back above it', () => {
    type('RCPT TO:<al')
    editor.offer('EHLO pc')
    expect(line()).toBe('EHLO pc|')
    expect(type(UP)).toBe('RCPT TO:<al|')
    expect(type(UP)).toBe('MAIL FROM:<a@b>|')
    expect(type(DOWN, DOWN)).toBe('EHLO pc|')
  })
  test('may be sent first: what was being typed is still there, until it is sent itself', () => {
    type('RCPT TO:<al')
    editor.offer('EHLO pc')
    type('\r')
    expect(type(UP)).toBe('RCPT TO:<al|')
    type('ice@b>', '\r')
    expect(done).toEqual(['enter EHLO pc', 'enter RCPT TO:<alice@b>'])
    expect(type(UP)).toBe('MAIL FROM:<a@b>|')
  })
  test('loses nothing where the history was being looked through', () => {
    type('half', UP)
    editor.offer('EHLO pc')
    expect([type(UP), type(UP), type(UP)]).toEqual(['MAIL FROM:<a@b>|', 'half|', 'MAIL FROM:<a@b>|'])
  })
  test('twice, or at an empty prompt, puts nothing aside', () => {
    editor.offer('EHLO pc')
    editor.offer('EHLO pc')
    expect(type(UP)).toBe('MAIL FROM:<a@b>|')
  })
})
