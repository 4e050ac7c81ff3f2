import { connect } from 'node:net'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge, type Bridge } from './bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge('--clock', '50')
})
afterAll(async () => {
  expect(await bridge.stop()).toEqual({ code: 0, signal: null })
})

const account = (domain: string) => bridge.accounts.filter(({ address }) => address.endsWith(`@${domain}`))
const endpoint = (host: string, service: string) =>
  bridge.endpoints.find((other) => other.host === host && other.service === service)!.port

/** One connection, spoken by hand. */
function dialogue(port: number, lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(lines, 'latin1'))
    let heard = ''
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
    socket.on('close', () => resolve(heard))
    socket.on('error', reject)
    setTimeout(() => socket.end(), 2000)
  })
}

describe('the bridge', () => {
  it('prints one line of JSON, with endpoints, accounts in at least two domains and facts', () => {
    expect(bridge.stdout().trimEnd().split('\n')).toHaveLength(1)
    expect(bridge.world).toBe('campus')
    const domains = new Set(bridge.accounts.map(({ address }) => address.split('@')[1]!))
    expect([...domains].filter((domain) => account(domain).length >= 2).length).toBeGreaterThanOrEqual(2)
    expect(bridge.facts).toMatchObject({
      list: expect.stringContaining('@') as string,
      nullmx: expect.any(String) as string,
    })
    for (const { ports } of bridge.accounts) expect(ports['smtp']).toBeGreaterThan(0)
  })

  it('takes a message from nodemailer for a local mailbox, by port 25', async () => {
    const [alice] = account('rennes.example')
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: alice!.ports['smtp']!,
      name: 'there.example',
      tls: { rejectUnauthorized: false },
    })
    const sent = await transport.sendMail({
      from: 'me@there.example',
      to: alice!.address,
      subject: 'éte',
      text: 'Hello\n.\nthere',
      attachments: [{ filename: 'a.bin', content: Buffer.from([0, 255, 13, 10]) }],
    })
    expect(sent.response).toMatch(/^250 /)
    expect(sent.accepted).toEqual([alice!.address])
  })

  it('relays for nobody on port 25, and for who logged in on the submission port', async () => {
    const [alice] = account('rennes.example')
    const [other] = account('lyon.example')
    const stranger = nodemailer.createTransport({
      host: '127.0.0.1',
      port: alice!.ports['smtp']!,
      name: 'there.example',
      tls: { rejectUnauthorized: false },
    })
    await expect(stranger.sendMail({ from: 'me@there.example', to: other!.address, text: 'x' })).rejects.toMatchObject({
      responseCode: 550,
    })
    const people = bridge.accounts.filter(({ ports }) => ports['submission'] !== undefined)
    expect(people.length).toBeGreaterThan(1)
    for (const { address, user, password, ports } of people.slice(0, 2)) {
      for (const authMethod of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
        const transport = nodemailer.createTransport({
          host: '127.0.0.1',
          port: ports['submission']!,
          name: 'laptop.example',
          authMethod,
          auth: { user, pass: password },
          tls: { rejectUnauthorized: false },
        })
        const sent = await transport.sendMail({ from: address, to: other!.address, subject: authMethod, text: 'x' })
        expect(sent.response).toMatch(/^250 /)
      }
    }
  })

  it('speaks TLS after STARTTLS and refuses a wrong password', async () => {
    const lyon = account('lyon.example').find(({ ports }) => ports['submission'] !== undefined)!
    const wrong = nodemailer.createTransport({
      host: '127.0.0.1',
      port: lyon.ports['submission']!,
      requireTLS: true,
      auth: { user: lyon.user, pass: 'wrong' },
      tls: { rejectUnauthorized: false },
    })
    await expect(wrong.verify()).rejects.toMatchObject({ responseCode: 535 })
    const right = nodemailer.createTransport({
      host: '127.0.0.1',
      port: lyon.ports['submission']!,
      requireTLS: true,
      auth: { user: lyon.user, pass: lyon.password },
      tls: { rejectUnauthorized: false },
    })
    expect(await right.verify()).toBe(true)
  })

  it('takes 20 MB in one message, and refuses more than its limit', async () => {
    const [alice] = account('rennes.example')
    const port = alice!.ports['smtp']!
    const line = `${'x'.repeat(76)}\r\n`
    const big = line.repeat(Math.floor((20 * 1024 * 1024) / line.length))
    const heard = await dialogue(
      port,
      `EHLO there.example\r\nMAIL FROM:<me@there.example>\r\nRCPT TO:<${alice!.address}>\r\nDATA\r\nSubject: big\r\n\r\n${big}.\r\nMAIL FROM:<me@there.example> SIZE=60000000\r\nQUIT\r\n`,
    )
    const codes = heard
      .split('\r\n')
      .filter((reply) => /^\d{3} /.test(reply))
      .map((reply) => reply.slice(0, 3))
    expect(codes).toEqual(['220', '250', '250', '250', '354', expect.stringMatching(/250|552/) as string, '552', '221'])
  })

  it('answers every kind of VRFY that its facts name', async () => {
    const port = bridge.accounts[0]!.ports['smtp']!
    const { ambiguous, unverifiable, forward251, moved551 } = bridge.facts as Record<string, string>
    const heard = await dialogue(
      port,
      `VRFY ${ambiguous}\r\nVRFY ${unverifiable}\r\nVRFY ${forward251}\r\nVRFY ${moved551}\r\nQUIT\r\n`,
    )
    expect(
      heard
        .split('\r\n')
        .filter((reply) => /^\d{3} /.test(reply))
        .map((reply) => reply.slice(0, 3)),
    ).toEqual(['220', '553', '252', '251', '551', '221'])
  })

  it('listens on the loopback only', () => {
    expect(endpoint(bridge.endpoints[0]!.host, bridge.endpoints[0]!.service)).toBeGreaterThan(0)
  })
})
