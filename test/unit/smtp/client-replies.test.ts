/** The reader of replies: what is one, what is none, how much of it there may be, and how long it may take (RFC 5321 4.2). */
import { describe, expect, it } from 'vitest'
import { deliver, MESSAGE, pieces, QUIT, trickle, type Answer, type Step } from './scripted.ts'

/** To EHLO it can be of many lines; the next is MAIL, which is refused so that it ends. */
const told = (greeting: Answer) => {
  const steps: Step[] = [['', greeting], ['EHLO bar.com', '450 not now'], QUIT]
  return deliver(steps).told[0]
}
const TAKEN = 'failed hello 450'
const NONE = 'failed greeting lost'

describe('what a reply is', () => {
  it.each([
    ['220 foo.com'],
    ['220'],
    ['220 '],
    ['220-\r\n220'],
    ['220-foo.com\r\n220-is ready\r\n220 now'],
    ['259 a second digit that RFC 5321 4.2 does not have'],
    [pieces('2', '20-fo', 'o\r', '\n', '220 bar\r\n')],
    // What depends on CRLF is the end of a message.
    [pieces('220-foo\n220 bar\n')],
    [trickle('220 foo.com\r\n', 1000)],
    [`220 ${'x'.repeat(65_000)}`],
    [`${'220-foo\r\n'.repeat(8000)}220 bar`],
  ] as Answer[][])('%j', (greeting) => {
    expect(told(greeting!)).toBe(TAKEN)
  })

  it.each([
    ['2200 ok'],
    ['2500 ok'],
    ['220ok'],
    ['220\tok'],
    ['220_ok'],
    ['22 ok'],
    ['22'],
    ['２20 ok'],
    [' 220 ok'],
    ['120 ok'],
    ['620 ok'],
    ['020 ok'],
    [''],
    ['\x00220 ok'],
    ['HTTP/1.1 400 Bad Request'],
    // RFC 5321 4.2.1: the code is the same on each line.
    ['220-foo\r\n250 ok'],
    ['220-foo\r\n550 no'],
    ['550-no\r\n220 foo'],
    ['220-foo\r\n421 bye'],
    ['220-foo\r\nbar'],
    ['220-foo\r\n\r\n220 bar'],
    // Neither ends.
    [pieces('220 foo.com')],
    [pieces('220-foo.com\r\n')],
    [pieces('220 foo.com\r')],
    // More than anybody says.
    [pieces('2'.repeat(70_000))],
    [pieces(...Array.from({ length: 80 }, () => 'x'.repeat(1000)))],
    [pieces('220-foo\r\n'.repeat(9000))],
    [pieces('220-\r\n'.repeat(20_000))],
  ] as Answer[][])('not %j', (greeting) => {
    expect(told(greeting!)).toBe(NONE)
  })

  it('none that comes too slowly: it is the whole reply that is waited for (RFC 5321 4.5.3.2)', () => {
    const slow = deliver([['', trickle(`220 ${'x'.repeat(100)}\r\n`, 60_000)]])
    expect(slow).toMatchObject({ told: [NONE], end: 'reset' })
    expect(slow.server.now).toBe(5 * 60_000)
    const quit: Step[] = [
      ['', '220 foo.com'],
      ['EHLO bar.com', '450 no'],
      ['QUIT', trickle('221 bye\r\n', 1000)],
    ]
    const left = deliver(quit)
    expect(left).toMatchObject({ told: [TAKEN], end: 'closed' })
    expect(left.server.now).toBe(5000)
  })

  it('of what cannot be printed nothing comes into a report', () => {
    const steps: Step[] = [
      ['', '220 foo.com'],
      ['EHLO bar.com', '250 foo.com'],
      ['MAIL FROM:<>', { octets: ['550-a\x00b\rc\x1b[1m\r\n550 d\te \xc3\xa9\x7f\r\n'] }],
      QUIT,
    ]
    expect(deliver(steps, [MESSAGE]).results).toMatchObject([
      { outcome: 'failed', reply: { code: '550', lines: ['a?b?c?[1m', 'd\te \xc3\xa9?'] } },
    ])
  })
})

describe('patience', () => {
  const ok = '250 ok'
  const script: readonly Step[] = [
    ['', '220 foo.com'],
    ['EHLO bar.com', ok],
    ['MAIL FROM:<>', ok],
    ['RCPT TO:<a@foo.com>', ok],
    ['RCPT TO:<b@foo.com>', ok],
    ['DATA', '354 go'],
    ['.', ok],
  ]
  // RFC 5321 4.5.3.2.
  it.each([
    [0, 5],
    [1, 5],
    [2, 5],
    [3, 5],
    [4, 5],
    [5, 2],
    [6, 10],
  ])('with reply %d is of %d minutes', (k, minutes) => {
    const { server, end } = deliver([...script.slice(0, k), [script[k]![0], { silence: true }]])
    expect(server.now).toBe(minutes * 60_000)
    expect(end).toBe('reset')
  })
})
