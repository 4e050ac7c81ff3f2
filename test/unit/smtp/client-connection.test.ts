/** Several messages over one connection, ETRN and TURN: RSET where the server still thinks of the last one, and when it ends. */
import { describe, expect, it } from 'vitest'
import type { SmtpConnection } from '../../../src/core/smtp/client-types.ts'
import { BROKEN, CLOSED, deliver, hello, QUIT, Scripted, SILENCE, to, type Answer, type Step } from './scripted.ts'

const ok = '250 ok'
const one = to(1)
const envelope: readonly Step[] = [
  ['MAIL FROM:<>', ok],
  ['RCPT TO:<a@foo.com>', ok],
]
const whole: readonly Step[] = [...envelope, ['DATA', '354 go'], ['.', ok]]
const GONE: readonly Answer[] = [CLOSED, BROKEN, SILENCE, 'What?']

describe('the next message', () => {
  it('follows at once after one that was taken', () => {
    expect(deliver([...hello(), ...whole, ...whole, QUIT], [one, one])).toMatchObject({
      told: ['done a+250', 'done a+250'],
      open: [true, true],
      left: [],
    })
  })

  it.each<[string, readonly Step[], string]>([
    ['MAIL', [['MAIL FROM:<>', '550 no']], 'failed mail 550 permanent'],
    ['each RCPT', [envelope[0]!, ['RCPT TO:<a@foo.com>', '550 no']], 'done a-550'],
    ['DATA', [...envelope, ['DATA', '451 no']], 'failed data 451'],
    ['the content', [...envelope, ['DATA', '354 go'], ['.', '554 no']], 'done a-554'],
  ])('follows after RSET where %s was refused', (_, refused, result) => {
    expect(deliver([...hello(), ...refused, ['RSET', ok], ...whole, ...whole, QUIT], [one, one, one])).toMatchObject({
      told: [result, 'done a+250', 'done a+250'],
      open: [true, true, true],
      left: [],
    })
  })

  it.each(['399 go', '450 no', '500 what?'])(
    'does not follow if RSET is answered by %s: that is not about it',
    (answer) => {
      const steps: Step[] = [...hello(), ['MAIL FROM:<>', '550 no'], ['RSET', answer], QUIT]
      const second = `failed next ${answer.slice(0, 3)}`
      expect(deliver(steps, [one, one])).toMatchObject({
        told: ['failed mail 550 permanent', second],
        open: [true, false],
        left: [],
        end: 'closed',
      })
    },
  )

  it('does not follow if RSET is answered by 421, or by nothing', () => {
    const refused: Step[] = [...hello(), ['MAIL FROM:<>', '550 no']]
    expect(deliver([...refused, ['RSET', '421 bye']], [one, one])).toMatchObject({
      told: ['failed mail 550 permanent', 'failed next 421'],
      open: [true, false],
      end: 'closed',
    })
    for (const gone of GONE)
      expect(deliver([...refused, ['RSET', gone]], [one, one])).toMatchObject({
        told: ['failed mail 550 permanent', 'failed next lost'],
        open: [true, false],
        end: 'reset',
      })
  })

  it('needs no RSET after one that was not even begun', () => {
    const big = to(1, { content: 'x'.repeat(200) })
    expect(deliver([...hello('SIZE 100'), QUIT], [big])).toMatchObject({
      told: ['failed mail 552 own permanent'],
      left: [],
    })
    const steps: Step[] = [...hello('SIZE 100'), ['MAIL FROM:<> SIZE=17', ok], ...whole.slice(1), QUIT]
    expect(deliver(steps, [big, one])).toMatchObject({ told: [expect.any(String), 'done a+250'], left: [] })
  })

  it('is not sent to a server that says more than it was asked', () => {
    const twice = (last: string): Step[] => [...hello(), ...whole.slice(0, 3), ['.', { octets: [last] }]]
    expect(deliver(twice('250 ok\r\n250 and this\r\n'), [one, one])).toMatchObject({
      told: ['done a+250', 'failed next lost'],
      open: [true, false],
      end: 'reset',
    })
    expect(deliver(twice('250 ok\r\n421 bye\r\n'), [one, one])).toMatchObject({
      told: ['done a+250', 'failed next 421'],
      open: [true, false],
      end: 'closed',
    })
  })

  it('meets a server that has left meanwhile', () => {
    const steps = (answer: Answer): Step[] => [...hello(), ...whole, ['MAIL FROM:<>', answer]]
    expect(deliver(steps('421 idle'), [one, one])).toMatchObject({
      told: ['done a+250', 'failed mail 421'],
      end: 'closed',
    })
    expect(deliver(steps(CLOSED), [one, one])).toMatchObject({ told: ['done a+250', 'failed mail lost'], end: 'reset' })
  })
})

describe('ETRN and TURN', () => {
  const opened = (steps: readonly Step[]) => {
    const server = new Scripted(steps)
    return { server, connection: server.open() as SmtpConnection }
  }

  it.each(['250 ok', '251 none', '253 14 messages', '458 unable', '459 not allowed', '500 what?'])(
    'ETRN answered by %s leaves all as it was',
    (answer) => {
      const { server, connection } = opened([...hello('ETRN'), ['ETRN bar.com', answer], QUIT])
      expect(server.run(connection.etrn('bar.com'))).toMatchObject({ code: answer.slice(0, 3) })
      expect(connection.open).toBe(true)
      server.run(connection.quit())
      expect(server.left).toEqual([])
    },
  )

  it('ETRN is not said where it is not offered', () => {
    const { server, connection } = opened([...hello(), QUIT])
    expect(server.run(connection.etrn('bar.com'))).toBeNull()
    expect(connection.open).toBe(true)
  })

  it.each(['ETRN', 'TURN'] as const)('%s and no answer, or 421: the connection is over', (verb) => {
    for (const [answer, end] of [['421 bye', 'closed'], ...GONE.map((gone) => [gone, 'reset'] as const)] as const) {
      const { server, connection } = opened([...hello('ETRN'), [verb === 'TURN' ? 'TURN' : 'ETRN bar.com', answer]])
      const reply = server.run(verb === 'TURN' ? connection.turn() : connection.etrn('bar.com'))
      expect(reply?.code ?? null).toBe(verb === 'TURN' || answer === '421 bye' ? '421' : null)
      expect(connection.open).toBe(false)
      expect(server.end).toBe(end)
      server.run(connection.quit())
    }
  })

  it('TURN: the stream is now the server’s to speak on, and is not closed', () => {
    const { server, connection } = opened([...hello(), ['TURN', '250 you are'], QUIT])
    expect(server.run(connection.turn())).toBeNull()
    server.run(connection.quit())
    expect(connection.open).toBe(false)
    expect(server.end).toBe('open')
    expect(server.left).toEqual(['QUIT'])
  })

  it('TURN refused: all stays as it was', () => {
    const { server, connection } = opened([...hello(), ['TURN', '502 no'], QUIT])
    expect(server.run(connection.turn())).toMatchObject({ code: '502' })
    expect(connection.open).toBe(true)
    server.run(connection.quit())
    expect(server.left).toEqual([])
  })
})

describe('in the midst of AUTH', () => {
  const auth = { user: 'tim', password: 'tanstaaf' }
  const begun: readonly Step[] = [...hello('AUTH LOGIN'), ['AUTH LOGIN', '334 VXNlcm5hbWU6']]
  const name = 'dGlt'

  it.each<[Answer, string, readonly Step[]]>([
    ['399 go', 'failed auth 399', [QUIT]],
    ['454 not now', 'failed auth 454', [QUIT]],
    ['535 no', 'failed auth 535 permanent', [QUIT]],
    ['421 bye', 'failed auth 421', []],
    // Before all was said it is no success.
    ['235 welcome', 'failed auth 535 own permanent', [QUIT]],
    // No base64: given up (RFC 4954 4).
    ['334 !', 'failed auth 501 permanent', [['*', '501 as you like'], QUIT]],
    ...GONE.map((gone): [Answer, string, Step[]] => [gone, 'failed auth lost', []]),
  ])('answered by %j: %s', (answer, result, after) => {
    expect(deliver([...begun, [name, answer], ...after], [one], { auth })).toMatchObject({ told: [result], left: [] })
  })

  it('a server that never has enough is left', () => {
    const steps: Step[] = [
      ...begun,
      [name, '334 UGFzcw=='],
      ['dGFuc3RhYWY=', '334 bW9yZQ=='],
      ['*', '334 bW9yZQ=='],
      QUIT,
    ]
    expect(deliver(steps, [one], { auth })).toMatchObject({ told: ['failed auth 334'], left: [] })
  })
})
