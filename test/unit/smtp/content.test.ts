import { describe, expect, it } from 'vitest'
import { Desk } from './desk.ts'

function sending(changes: ConstructorParameters<typeof Desk>[0] = {}): Desk {
  const desk = new Desk(changes)
  desk.after('MAIL FROM:<a@bar.com>', 'RCPT TO:<b@foo.com>', 'DATA')
  return desk
}

describe('the content of a message', () => {
  it('ends with CRLF.CRLF, at once when it is empty', () => {
    const desk = sending()
    expect(desk.bytes('.\r\n')).toBe('250 OK\r\n')
    expect(desk.taken[0]!.content).toBe('')
  })

  it('loses the dot that the client put before a dot', () => {
    const desk = sending()
    desk.bytes('..one\r\n...\r\nx.\r\n.two\r\n.\r\n')
    expect(desk.taken[0]!.content).toBe('.one\r\n..\r\nx.\r\ntwo\r\n')
  })

  it('comes out the same however it is cut', () => {
    const whole = '.\r\n..a\r\n\r\n.b\r\nlong line\r\n....\r\n'.replace('.\r\n', '..\r\n') + '.\r\n'
    const reference = sending()
    reference.bytes(whole)
    const expected = reference.taken[0]!.content
    for (let cut = 1; cut < whole.length; cut++) {
      const desk = sending()
      desk.cloning = true
      desk.bytes(whole.slice(0, cut))
      expect(desk.bytes(whole.slice(cut))).toBe('250 OK\r\n')
      expect(desk.taken[0]!.content).toBe(expected)
      const single = sending()
      for (const octet of whole) single.bytes(octet)
      expect(single.taken[0]!.content).toBe(expected)
    }
  })

  it.each(['\n.\n', '\r.\r', '\n.\r\n', '\r\n.\n', '\r.\r\n', '\r\n.\r', '\r\r\n.\n', '\r\n\n.\r\n'])(
    'is not ended by %j, and is refused whole at its true end',
    (trick) => {
      for (const dialect of ['lenient', 'rfc5321', 'rfc821'] as const) {
        const desk = sending({ dialect })
        expect(desk.bytes(`one${trick}MAIL FROM:<evil@bar.com>\r\n`)).toBe('')
        const end = desk.bytes('more\r\n.\r\n')
        expect(end).toMatch(/^554 /)
        expect(desk.taken).toEqual([])
        expect(desk.session.state).toBe('ready')
        expect(desk.say('NOOP')).toBe('250 OK\r\n')
      }
    },
  )

  it.each(['a\nb', 'a\rb', '\n', '\r', '\na', '\ra', 'a\r\r\n', '.\n', '.\r', '..\n', 'a\r\n\n', 'a\n\r\nb'])(
    'is refused for %j, however it is cut',
    (trick) => {
      const whole = `one\r\n${trick}\r\nmore\r\n.\r\n`
      for (let cut = 0; cut < whole.length; cut++) {
        const desk = sending()
        expect(desk.bytes(whole.slice(0, cut)) + desk.bytes(whole.slice(cut))).toMatch(/^554 [^\n]*\n$/)
        expect(desk.taken).toEqual([])
      }
      const single = sending()
      expect([...whole].map((octet) => single.bytes(octet)).join('')).toMatch(/^554 [^\n]*\n$/)
    },
  )

  it.each([
    [998, 'rfc5321', '250'],
    [999, 'rfc5321', '500'],
    [999, 'lenient', '250'],
    [5000, 'lenient', '250'],
  ] as const)('with a line of %i octets and its CRLF, %s answers %s', (length, dialect, code) => {
    const desk = sending({ dialect })
    const line = 'x'.repeat(length)
    expect(desk.bytes(`${line}\r\n.\r\n`).slice(0, 3)).toBe(code)
    if (code === '250') expect(desk.taken[0]!.content).toBe(`${line}\r\n`)
  })

  it('does not count the stuffed dot in the length of a line', () => {
    const desk = sending({ dialect: 'rfc5321' })
    expect(desk.bytes(`..${'x'.repeat(997)}\r\n.\r\n`)).toMatch(/^250 /)
  })

  it('is swallowed and refused with 552 when it is too big; memory does not grow', () => {
    const desk = sending()
    for (let k = 0; k < 300; k++) desk.bytes(`${'y'.repeat(98)}\r\n`)
    expect(desk.session.content!.parts).toEqual([])
    expect(desk.bytes('.\r\n')).toMatch(/^552 /)
    expect(desk.taken).toEqual([])
  })

  it('keeps all 256 octets but CR and LF', () => {
    const octets = Array.from({ length: 256 }, (_, k) => String.fromCharCode(k))
      .join('')
      .replace(/[\r\n]/g, '')
    const desk = sending()
    desk.bytes(`${octets}\r\n.\r\n`)
    expect(desk.taken[0]!.content).toBe(`${octets}\r\n`)
  })

  it.each([
    ['storage', '452'],
    ['over-quota', '552'],
    ['loop', '554'],
  ] as const)('tells %s as %s', (verdict, code) => {
    const desk = sending()
    desk.verdict = { verdict }
    expect(desk.bytes('x\r\n.\r\n').slice(0, 3)).toBe(code)
    expect(desk.session.state).toBe('ready')
  })

  it('of a connection that breaks off is not taken', () => {
    const desk = sending()
    desk.bytes('half of it\r\n')
    desk.feed({ on: 'closed', how: 'reset' })
    expect(desk.taken).toEqual([])
  })
})
