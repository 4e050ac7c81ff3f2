import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { Mta } from '../../src/core/mta/mta.ts'
import { Random } from '../../src/core/net/random.ts'
import { openSmtp, speakSmtp } from '../../src/core/smtp/client.ts'
import { addressee, PLAIN_TERMS } from '../../src/core/smtp/envelope.ts'
import { parsePath } from '../../src/core/smtp/grammar.ts'
import type { Path } from '../../src/core/smtp/path.ts'
import type { SmtpProfile } from '../../src/core/smtp/backend.ts'
import type { ResourceRecord } from '../../src/core/dns/records.ts'
import type { Note } from '../../src/core/trace/events.ts'
import { ask, run } from '../../src/core/task.ts'
import { config } from '../unit/mta/bench.ts'
import { profile } from '../unit/smtp/desk.ts'
import { nodeMachine } from './node-machine.ts'

interface Received {
  from: string
  to: string[]
  content: string
}

let server: SMTPServer | null = null
afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()))
  server = null
})

async function start(options: SMTPServerOptions = {}): Promise<{ port: number; received: Received[] }> {
  const received: Received[] = []
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString('latin1'),
        })
        done()
      })
    },
    ...options,
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return { port: (server.server.address() as AddressInfo).port, received }
}

const path = (text: string) => parsePath(text) as Path
const content = 'From: a@client.example\r\nSubject: dots\r\n\r\n.one\r\n..two\r\n.\r\nend\r\n'

describe('a real server, smtp-server from npm', () => {
  it('gets from our client what was written, dots and all', async () => {
    const { port, received } = await start()
    const machine = nodeMachine(port, [])
    const result = await new Promise((resolve) => {
      run(
        (function* () {
          const dialled = yield* ask(machine.dial('192.0.2.2', 25))
          if (!dialled.ok) return dialled
          const envelope = {
            from: path('a@client.example'),
            recipients: [path('b@there.example'), path('c@there.example')].map(addressee),
          }
          return yield* speakSmtp(
            dialled.stream,
            { helo: 'client.example', envelope, content, startTls: 'never' },
            machine,
          )
        })(),
        resolve,
      )
    })
    expect(result).toMatchObject({ outcome: 'done', recipients: [{ accepted: true }, { accepted: true }] })
    expect(received).toEqual([{ from: 'a@client.example', to: ['b@there.example', 'c@there.example'], content }])
  })

  it('without 8BITMIME gets no octet beyond US-ASCII: the client says so itself, and leaves politely', async () => {
    const { port, received } = await start({ hide8BITMIME: true })
    const machine = nodeMachine(port, [])
    const said: string[] = []
    const result = await new Promise((resolve) => {
      run(
        (function* () {
          const dialled = yield* ask(machine.dial('192.0.2.2', 25))
          if (!dialled.ok) return dialled
          const envelope = { from: path('a@client.example'), recipients: [addressee(path('b@there.example'))] }
          const job = { helo: 'client.example', envelope, content: 'Subject: \xe9\r\n\r\n', startTls: 'never' } as const
          return yield* speakSmtp(dialled.stream, job, machine, (direction, line) => {
            if (direction === '>>>') said.push(line)
          })
        })(),
        resolve,
      )
    })
    expect(result).toMatchObject({ outcome: 'failed', stage: 'mail', own: true, permanent: true })
    expect(said).toEqual(['EHLO client.example', 'QUIT'])
    expect(received).toEqual([])
  })

  it('gets from our queue what was handed in, by MX, and our queue hears of a refusal', async () => {
    const { port, received } = await start({
      onRcptTo({ address }, _session, done) {
        done(address.startsWith('nobody') ? new Error('No such user') : null)
      },
    })
    const notes: Note[] = []
    const records: ResourceRecord[] = [
      { name: 'there.example', ttl: 60, type: 'MX', preference: 10, exchange: 'mx.there.example' },
      { name: 'mx.there.example', ttl: 60, type: 'A', address: '192.0.2.2' },
    ]
    const machine = nodeMachine(port, records, notes)
    const mta = new Mta({
      machine,
      config: config({
        domains: ['client.example'],
        relay: { networks: [], domains: [], all: true },
        retry: { after: [60_000], expire: 3_600_000, notice: null },
      }),
      store: null,
      random: new Random(1),
      connect: openSmtp,
      zone: { minutes: 0, name: null },
      skew: 0,
      epoch: 0,
    })
    const desk: SmtpProfile = { ...profile, host: 'client.example' }
    const backend = mta.backend(desk)
    const client = {
      peer: { address: '192.0.2.9', port: 1 },
      name: null,
      helo: 'me',
      esmtp: true,
      secure: false,
      user: null,
    }
    mta.start()
    const recipients = [path('b@there.example'), path('nobody@there.example')].map(addressee)
    const verdict = backend.accept(
      client,
      { ...PLAIN_TERMS, from: path('a@elsewhere.example'), recipients, declared: null },
      content,
      0,
    )
    expect(verdict.verdict).toBe('queued')
    await expect.poll(() => received.length, { timeout: 5000 }).toBeGreaterThan(0)
    expect(received[0]!.to).toEqual(['b@there.example'])
    expect(received[0]!.content.endsWith(content)).toBe(true)
    expect(received[0]!.content).toMatch(/^Received: from me/)
    // The refused one goes back to the sender; as nobody knows elsewhere.example, that bounce is dropped, and says so.
    await expect.poll(() => notes.map(({ kind }) => kind)).toContain('dropped')
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'failed', recipients: ['nobody@there.example'] }))
    expect(notes).toContainEqual(expect.objectContaining({ kind: 'bounced', to: 'a@elsewhere.example' }))
    expect(mta.queue()).toEqual([])
    mta.stop()
  })
})
