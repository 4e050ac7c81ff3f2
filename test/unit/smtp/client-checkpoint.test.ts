/** A message with a name, taken up where the connection broke (RFC 1845 3), or sent anew where that cannot be trusted. */
import { describe, expect, it } from 'vitest'
import { CLOSED, deliver, hello, QUIT, to, type Answer, type Step } from './scripted.ts'

const CONTENT = 'Subject: x\r\n\r\none\r\n.two\r\nthree\r\n'
const named = to(2, { transid: '<1@bar.com>', content: CONTENT })
const MAIL = 'MAIL FROM:<> TRANSID=<1@bar.com>'
const ok = '250 ok'
const rcpts = (a: Answer = ok, b: Answer = ok): Step[] => [
  ['RCPT TO:<a@foo.com>', a],
  ['RCPT TO:<b@foo.com>', b],
]
const offered = hello('CHECKPOINT', 'PIPELINING', 'CHUNKING')
const done: readonly Step[] = [['DATA', '354 go'], ['.', ok], QUIT]

describe('a message with a name', () => {
  it('goes by DATA, each command after the reply to the one before', () => {
    const { told, left, server } = deliver([...offered, [MAIL, ok], ...rcpts(), ...done], [named])
    expect({ told, left }).toEqual({ told: ['done a+250 b+250'], left: [] })
    expect(server.contents).toEqual(['Subject: x\r\n\r\none\r\n..two\r\nthree\r\n.\r\n'])
  })

  it('has none where CHECKPOINT is not offered', () => {
    const steps: Step[] = [...hello(), ['MAIL FROM:<>', ok], ...rcpts(), ...done]
    expect(deliver(steps, [named])).toMatchObject({ told: ['done a+250 b+250'], left: [] })
  })

  it.each([
    [0, 'Subject: x\r\n\r\none\r\n..two\r\nthree\r\n.\r\n'],
    [12, '\r\none\r\n..two\r\nthree\r\n.\r\n'],
    [CONTENT.indexOf('.two'), '..two\r\nthree\r\n.\r\n'],
    [CONTENT.indexOf('three'), 'three\r\n.\r\n'],
    [CONTENT.length, '.\r\n'],
  ])('goes on at %d, without RCPT', (offset, rest) => {
    const steps: Step[] = [...offered, [MAIL, `355-${offset} is the offset\r\n355 go on`], ...done]
    const { told, left, server } = deliver(steps, [named])
    expect({ told, left }).toEqual({ told: ['done a+250 b+250'], left: [] })
    expect(server.contents).toEqual([rest])
  })

  it('that has no line end has one on the server: behind it there is nothing more to say', () => {
    const open = to(2, { transid: '<1@bar.com>', content: CONTENT.slice(0, -2) })
    const steps: Step[] = [...offered, [MAIL, `355 ${CONTENT.length} is the offset`], ...done]
    const { told, left, server } = deliver(steps, [open])
    expect({ told, left }).toEqual({ told: ['done a+250 b+250'], left: [] })
    expect(server.contents).toEqual(['.\r\n'])
  })

  it.each(['3', '13', '15', '18', '9999', '99999999999999999999999', 'x', '-12', '', 'at 12'])(
    'begins anew, without its name, where 355 says %j',
    (offset) => {
      const bad: Answer = `355 ${offset}`.trimEnd()
      const begin: Step[] = [...offered, [MAIL, bad], ['RSET', ok]]
      const steps: Step[] = [...begin, ['MAIL FROM:<>', ok], ...rcpts(), [/^BDAT \d+ LAST/, ok], QUIT]
      expect(deliver(steps, [named])).toMatchObject({ told: ['done a+250 b+250'], left: [] })
    },
  )

  it('a number is read as far as it goes', () => {
    const told = deliver([...offered, [MAIL, '355 0x0c'], ...done], [named])
    expect(told).toMatchObject({ told: ['done a+250 b+250'], left: [] })
  })

  it('an offset of half a CRLF at the very beginning is none', () => {
    const empty = to(2, { transid: '<1@bar.com>', content: '\r\nx\r\n' })
    const steps: Step[] = [...offered, [MAIL, '355 1'], ['RSET', ok], ['MAIL FROM:<>', ok], ...rcpts()]
    expect(deliver([...steps, ['BDAT 5 LAST', ok], QUIT], [empty])).toMatchObject({
      told: ['done a+250 b+250'],
      left: [],
    })
  })

  it.each<[Answer, string, readonly Step[]]>([
    ['500 no', 'failed next 500', [QUIT]],
    ['421 bye', 'failed next 421', []],
    [CLOSED, 'failed next lost', []],
  ])('RSET answered by %j ends it: that says nothing about the message', (answer, result, after) => {
    const steps: Step[] = [...offered, [MAIL, '355 x'], ['RSET', answer], ...after]
    expect(deliver(steps, [named])).toMatchObject({ told: [result], left: [] })
  })

  it('taken up again, and refused or lost', () => {
    const resumed: Step[] = [...offered, [MAIL, '355 12']]
    const at = (...steps: Step[]) => deliver([...resumed, ...steps], [named]).told
    expect(at(['DATA', '450 no'], QUIT)).toEqual(['failed data 450'])
    expect(at(['DATA', CLOSED])).toEqual(['failed data lost'])
    expect(at(['DATA', '354 go'], ['.', '554 no'], QUIT)).toEqual(['done a-554 b-554'])
    expect(at(['DATA', '354 go'], ['.', CLOSED])).toEqual(['failed content lost uncertain'])
  })

  it('loses its name when somebody was refused: 355 would not say who', () => {
    const steps: Step[] = [
      ...offered,
      [MAIL, ok],
      ...rcpts(ok, '550 no'),
      ['RSET', ok],
      ['MAIL FROM:<>', ok],
      ...rcpts(ok, '550 no'),
      [/^BDAT \d+ LAST/, ok],
      QUIT,
    ]
    expect(deliver(steps, [named])).toMatchObject({ told: ['done a+250 b-550'], left: [] })
    const nobody: Step[] = [...offered, [MAIL, ok], ...rcpts('550 no', '551 no'), QUIT]
    expect(deliver(nobody, [named])).toMatchObject({ told: ['done a-550 b-551'], left: [] })
  })

  it('355 to one without a name means nothing', () => {
    const steps: Step[] = [...hello('CHECKPOINT'), ['MAIL FROM:<>', '355 12 is the offset'], QUIT]
    expect(deliver(steps)).toMatchObject({ told: ['failed mail 355'], left: [] })
  })
})
