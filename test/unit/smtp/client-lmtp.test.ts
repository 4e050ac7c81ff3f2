/** LMTP: an answer for each recipient who was taken, in their order (RFC 2033 4.2). */
import { describe, expect, it } from 'vitest'
import { CLOSED, cut, deliver, offers, QUIT, SILENCE, to, type Answer, type Step } from './scripted.ts'

const lmtp = { protocol: 'lmtp' } as const
const opening = (...keywords: string[]): Step[] => [
  ['', '220 foo.com'],
  ['LHLO bar.com', offers(...keywords)],
  ['MAIL FROM:<>', '250 ok'],
]
const rcpts = (...answers: Answer[]): Step[] => answers.map((answer, k) => [`RCPT TO:<${'abc'[k]}@foo.com>`, answer])
const three = (last: Answer, ...answers: Answer[]) =>
  deliver([...opening(), ...rcpts(...answers), ['DATA', '354 go'], ['.', last], QUIT], [to(3)], lmtp)
const ok = '250 ok'

describe('after the content', () => {
  it('each has an answer of its own', () => {
    expect(three('250 a\r\n452 b\r\n550 c', ok, ok, ok)).toMatchObject({ told: ['done a+250 b-452 c-550'], left: [] })
  })

  it('who was refused has none', () => {
    expect(three('250 b', '550 no', ok, '450 no').told).toEqual(['done a-550 b+250 c-450'])
    expect(three('452 a\r\n250 c', ok, '550 no', ok).told).toEqual(['done a-452 b-550 c+250'])
  })

  it('chunks have one for each only after the last', () => {
    const content = `Subject: x\r\n\r\n${'x'.repeat(65_536)}\r\n`
    const chunks: Step[] = [
      ['BDAT 65536', ok],
      ['BDAT 16 LAST', '250 a\r\n550 b'],
    ]
    const steps = [...opening('CHUNKING'), ...rcpts(ok, ok), ...chunks, QUIT]
    expect(deliver(steps, [to(2, { content })], lmtp)).toMatchObject({ told: ['done a+250 b-550'], left: [] })
  })

  it.each([
    ['lost', cut('250 a\r\n')],
    ['lost within the next', cut('250 a\r\n250')],
    ['silent', '250 a'],
    ['out of step', '250 a\r\nWhat?'],
  ] as const)('the connection is %s before all were answered: nobody knows of the others', (_, answer) => {
    const steps = [...opening(), ...rcpts(ok, '550 no', ok), ['DATA', '354 go'] as Step, ['.', answer] as Step]
    const { told, open, left, end } = deliver(steps, [to(3)], lmtp)
    expect({ told, open, left, end }).toEqual({
      told: ['done a+250 b-550 c-451?'],
      open: [false],
      left: [],
      end: 'closed',
    })
  })

  it('421 is the last word', () => {
    const steps = [...opening(), ...rcpts(ok, ok, ok), ['DATA', '354 go'] as Step, ['.', '250 a\r\n421 bye'] as Step]
    expect(deliver(steps, [to(3)], lmtp)).toMatchObject({ told: ['done a+250 b-421 c-451?'], open: [false], left: [] })
  })

  it.each([
    ['lost', CLOSED],
    ['silent', SILENCE],
  ] as const)('nothing at all was answered (%s)', (_, answer) => {
    const steps = [...opening(), ...rcpts(ok, ok), ['DATA', '354 go'] as Step, ['.', answer] as Step]
    expect(deliver(steps, [to(2)], lmtp)).toMatchObject({ told: ['failed content lost uncertain'], end: 'reset' })
  })
})

describe('an LMTP client', () => {
  it('waits for nothing where nobody was taken and the server wants content all the same', () => {
    const steps: Step[] = [...opening('PIPELINING'), ...rcpts('550 no', '550 no'), ['DATA', '354 go'], ['.', SILENCE]]
    const { server, told, left, open, end } = deliver(steps, [to(2)], lmtp)
    expect({ told, left, open, end }).toEqual({ told: ['done a-550 b-550'], left: [], open: [false], end: 'closed' })
    expect(server.contents).toEqual(['.\r\n'])
    expect(server.now).toBe(0)
  })

  it('does not say HELO', () => {
    const steps: Step[] = [['', '220 foo.com'], ['LHLO bar.com', '500 what?'], QUIT]
    expect(deliver(steps, undefined, lmtp)).toMatchObject({ told: ['failed hello 500 permanent'], left: [] })
  })
})
