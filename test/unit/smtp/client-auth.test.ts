import { describe, expect, it } from 'vitest'
import type { Machine } from '../../../src/core/machine.ts'
import { speakSmtp } from '../../../src/core/smtp/client.ts'
import { addressee } from '../../../src/core/smtp/envelope.ts'
import type { ClientResult } from '../../../src/core/smtp/client-types.ts'
import type { Stream, StreamEvent } from '../../../src/core/stream.ts'
import { run } from '../../../src/core/task.ts'
import type { Mechanism } from '../../../src/core/sasl/mechanism.ts'
import { Desk } from './desk.ts'

const machine = { now: () => 0, sleep: () => () => () => {} } as unknown as Machine

/** Our client and our server, mouth to mouth; `tamper` stands between them. */
function deliver(mechanisms: Mechanism[], password: string, tamper = (reply: string) => reply) {
  const desk = new Desk({ mechanisms })
  const events: StreamEvent[] = [{ on: 'bytes', data: desk.open() }]
  const written: string[] = []
  const stream: Stream = {
    id: 'c1',
    local: { address: '192.0.2.9', port: 49152 },
    peer: { address: '192.0.2.1', port: 25 },
    secure: false,
    read: (resume) => {
      resume(events.shift() ?? { on: 'closed', how: 'fin' })
      return () => {}
    },
    write: (data) => {
      written.push(data)
      events.push({ on: 'bytes', data: tamper(desk.bytes(data)) })
    },
    close: () => {},
    reset: () => {},
    startTls: () => () => () => {},
  }
  const log: string[] = []
  let result: ClientResult | null = null
  const job = {
    helo: 'bar.com',
    envelope: { from: null, recipients: [addressee({ route: [], local: 'tim', domain: 'foo.com' })] },
    content: 'Subject: x\r\n\r\nx\r\n',
    startTls: 'never' as const,
    auth: { user: 'tim', password },
  }
  run(
    speakSmtp(stream, job, machine, (direction, line) => log.push(`${direction} ${line}`)),
    (value) => (result = value),
  )
  return { result: result as ClientResult | null, desk, log: log.join('\n'), written: written.join('') }
}

describe('the client logs in', () => {
  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const)('with %s', (mechanism) => {
    const { result, desk, log, written } = deliver([mechanism], 'tanstaaftanstaaf')
    expect(result).toMatchObject({ outcome: 'done', recipients: [{ accepted: true }] })
    expect(desk.taken[0]?.client.user).toBe('tim')
    expect(written).toContain(`AUTH ${mechanism}`)
    // Nothing of what was proved is shown.
    for (const line of log.split('\n').filter((one) => /^>>> (?:AUTH|[\w+/=]{16,}$)/.test(one)))
      expect(line).toMatch(/^>>> AUTH [-\w]+(?: \*{8})?$/)
    expect(deliver([mechanism], 'wrong').result).toMatchObject({
      outcome: 'failed',
      stage: 'auth',
      own: false,
      reply: { code: '535' },
    })
  })

  it('with the best that there is', () => {
    expect(deliver(['PLAIN', 'SCRAM-SHA-256', 'CRAM-MD5'], 'tanstaaftanstaaf').written).toContain('AUTH SCRAM-SHA-256 ')
    expect(deliver(['PLAIN', 'LOGIN', 'CRAM-MD5'], 'tanstaaftanstaaf').written).toContain('AUTH CRAM-MD5\r\n')
    expect(deliver([], 'tanstaaftanstaaf').result).toMatchObject({ outcome: 'failed', stage: 'auth', own: true })
  })

  it('not to a server that cannot prove that it knows the password', () => {
    const forged = (reply: string) =>
      reply.startsWith('334 dj') ? `334 ${Buffer.from('v=AAAA').toString('base64')}\r\n` : reply
    const gaveUp = deliver(['SCRAM-SHA-256'], 'tanstaaftanstaaf', forged)
    expect(gaveUp.written).toContain('\r\n*\r\n')
    expect(gaveUp.result).toMatchObject({ outcome: 'failed', stage: 'auth' })
    const early = (reply: string) => (reply.startsWith('334 dj') ? '235 welcome\r\n' : reply)
    expect(deliver(['SCRAM-SHA-256'], 'tanstaaftanstaaf', early).result).toMatchObject({
      outcome: 'failed',
      stage: 'auth',
      own: true,
      permanent: true,
    })
  })
})
