import { describe, expect, it } from 'vitest'
import { countLines, stuffed, topLines, wireLines, wireSize } from '../../../src/core/pop3/wire.ts'
import { Desk, Shelf } from './desk.ts'

const sent = (content: string) => wireLines(content, wireSize(content))

describe('a message on the wire', () => {
  it.each([
    ['', ''],
    ['a\r\nb\r\n', 'a\r\nb\r\n'],
    ['a\r\nb', 'a\r\nb\r\n'],
    ['a\nb\n', 'a\r\nb\r\n'],
    ['\na\r\n\n', '\r\na\r\n\r\n'],
    ['a\rb', 'a\rb\r\n'],
    ['a\r', 'a\r\r\n'],
    ['\r\n', '\r\n'],
  ])('%j becomes lines that end with CRLF: %j', (content, lines) => {
    expect(sent(content)).toBe(lines)
    expect(wireSize(content)).toBe(lines.length)
  })

  it.each([
    ['.\r\n', '..\r\n'],
    ['a\r\n.b\r\n..\r\n', 'a\r\n..b\r\n...\r\n'],
    ['a.\r\n', 'a.\r\n'],
  ])('%j has its dots doubled: %j', (lines, doubled) => {
    expect(stuffed(lines)).toBe(doubled)
  })

  it.each([
    ['A: b\r\n\r\n1\r\n2\r\n3\r\n', 0, 'A: b\r\n\r\n'],
    ['A: b\r\n\r\n1\r\n2\r\n3\r\n', 2, 'A: b\r\n\r\n1\r\n2\r\n'],
    ['A: b\r\n\r\n1\r\n2\r\n3\r\n', 99, 'A: b\r\n\r\n1\r\n2\r\n3\r\n'],
    ['A: b\r\n', 1, 'A: b\r\n'],
    ['\r\n1\r\n2\r\n', 1, '\r\n1\r\n'],
  ])('the top of %j with %i lines', (lines, count, top) => {
    expect(topLines(lines, count)).toBe(top)
  })

  it('has its lines counted', () => {
    expect([countLines(''), countLines('a\r\n'), countLines('a\r\n\r\n')]).toEqual([0, 1, 2])
  })

  it('has the size that LIST and RETR tell', () => {
    const desk = new Desk({}, new Shelf().put('A: b\n\n.x\ny'))
    expect(desk.after('LIST 1')).toBe('+OK 1 15\r\n')
    expect(desk.say('RETR 1')).toBe('+OK 15 octets\r\nA: b\r\n\r\n..x\r\ny\r\n.\r\n')
    expect(desk.say('TOP 1 1')).toBe('+OK top of message follows\r\nA: b\r\n\r\n..x\r\n.\r\n')
  })
})
