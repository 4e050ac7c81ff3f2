/** node-pop3, and a dialogue by hand, against the POP3 services of the bridge. */
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import Pop3Command from 'node-pop3'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge, type Bridge } from './bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
afterAll(async () => {
  expect(await bridge.stop()).toEqual({ code: 0, signal: null })
})

const account = (user: string) => bridge.accounts.find((other) => other.user === user)!
const client = (user: string, service: 'pop3' | 'pop3s' = 'pop3') => {
  const { password, ports } = account(user)
  return new Pop3Command({
    user,
    password,
    host: '127.0.0.1',
    port: ports[service]!,
    tls: service === 'pop3s',
    tlsOptions: { rejectUnauthorized: false },
  })
}

/** Sends the lines one after the other, each when something was answered; gives all that was heard. */
function speak(port: number, say: (greeting: string) => readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = ''
    let lines: string[] | null = null
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      lines ??= [...say(heard)]
      const line = lines.shift()
      if (line === undefined) socket.end()
      else socket.write(`${line}\r\n`)
    })
    socket.on('close', () => resolve(heard))
    socket.on('error', reject)
  })
}

describe('POP3 over the bridge', () => {
  it('takes every account by USER and PASS', async () => {
    for (const { user } of bridge.accounts) {
      const pop3 = client(user)
      expect(await pop3.STAT(), user).toMatch(/^\d+ \d+$/)
      await pop3.QUIT()
    }
  })

  it.each(['pop3', 'pop3s'] as const)('lists and fetches by %s, each of the size that was told', async (service) => {
    const pop3 = client('alice', service)
    const list = (await pop3.LIST()) as string[][]
    const ids = (await pop3.UIDL()) as string[][]
    expect(ids.map(([number]) => number)).toEqual(list.map(([number]) => number))
    expect(new Set(ids.map(([, id]) => id)).size).toBe(list.length)
    for (const [number, size] of list) {
      const text = String(await pop3.RETR(Number(number)))
      expect(Math.abs(text.length - Number(size))).toBeLessThanOrEqual(2)
      expect(String(await pop3.TOP(Number(number), 0))).toContain('Message-ID: ')
    }
    await pop3.QUIT()
  })

  it('brings what nodemailer sent, to the octet, and deletes it with QUIT and not before', async () => {
    const { address, ports } = account('denis')
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: ports['smtp']!, ignoreTLS: true })
    await transport.sendMail({
      from: 'me@there.example',
      to: address,
      subject: 'dots',
      text: '.\n..two\nend\n',
    })
    transport.close()
    const first = client('denis')
    for (let tries = 0; tries < 50; tries++) {
      const [count] = String(await first.STAT()).split(' ')
      if (count !== '0') break
      await first.QUIT()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const text = String(await first.RETR(1))
    expect(text).toContain('Subject: dots\r\n')
    // node-pop3 leaves the doubled dots as they came (RFC 1939 3).
    expect(text.trimEnd()).toMatch(/\r\n\r\n\.\.\r\n\.\.\.two\r\nend$/)
    await first.command('DELE', '1')
    const dropped = new Promise((resolve) =>
      (first as unknown as { _socket: NodeJS.EventEmitter })._socket.once('close', resolve),
    )
    ;(first as unknown as { _socket: { destroy(): void } })._socket.destroy()
    await dropped
    const second = client('denis')
    expect(String(await second.STAT())).toMatch(/^1 /)
    await second.command('DELE', '1')
    await second.QUIT()
    const third = client('denis')
    expect(String(await third.STAT())).toBe('0 0')
    await third.QUIT()
  })

  it('lets one session at a time into a maildrop', async () => {
    const { password, ports } = account('claire')
    const first = client('claire')
    await first.STAT()
    const login = ['USER claire', `PASS ${password}`, 'QUIT']
    expect(await speak(ports['pop3']!, () => login)).toContain('-ERR [IN-USE] ')
    await first.QUIT()
    expect(await speak(ports['pop3']!, () => login)).not.toContain('-ERR')
  })

  it('takes APOP with the timestamp of its greeting', async () => {
    const { password, ports } = account('emma')
    const heard = await speak(ports['pop3']!, (greeting) => {
      const stamp = /<[^>]+>/.exec(greeting)![0]
      return [`APOP emma ${createHash('md5').update(`${stamp}${password}`).digest('hex')}`, 'QUIT']
    })
    expect(heard).toContain("+OK emma's maildrop has ")
  })
})
