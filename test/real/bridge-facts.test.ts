/** What the bridge says of itself about sending: each fact leads to a port where it can be met. */
import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AccountReport } from '../../src/node/bridge/report.ts'
import { startBridge, type Bridge } from './bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge()
})
afterAll(async () => {
  expect(await bridge.stop()).toEqual({ code: 0, signal: null })
})

interface Place {
  port: number
  address: string
}

const fact = <T>(name: string) => bridge.facts[name] as T

/** Says these lines, and gives what was answered once the server has hung up. */
function dialogue(port: number, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let text = ''
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
    socket.write([...lines, 'QUIT', ''].join('\r\n'))
  })
}

/** The answer to a login by CRAM-MD5 (RFC 2195 2). */
function cramMd5(port: number, user: string, password: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let answered = false
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      const challenge = /^334 (.*)\r$/m.exec(chunk)?.[1]
      if (challenge !== undefined) {
        const digest = createHmac('md5', password).update(Buffer.from(challenge, 'base64')).digest('hex')
        socket.write(`${Buffer.from(`${user} ${digest}`).toString('base64')}\r\n`)
        answered = true
      } else if (answered) {
        socket.destroy()
        resolve(chunk)
      }
    })
    socket.on('error', reject)
    socket.write('EHLO outside.example\r\nAUTH CRAM-MD5\r\n')
  })
}

describe('the facts about sending', () => {
  it.each([
    ['dsn', 'DSN'],
    ['chunking', 'CHUNKING'],
    ['binarymime', 'BINARYMIME'],
    ['smtputf8', 'SMTPUTF8'],
    ['checkpoint', 'CHECKPOINT'],
  ])('%s names a port whose EHLO tells %s, and an address that is taken there', async (name, keyword) => {
    const { port, address } = fact<Place>(name)
    const heard = await dialogue(port, [
      'EHLO outside.example',
      'MAIL FROM:<a@outside.example>',
      `RCPT TO:<${address}>`,
    ])
    expect(heard).toMatch(new RegExp(`^250[- ]${keyword}\r$`, 'm'))
    expect(heard).toMatch(/^250 2\.1\.5 /m)
  })

  it('gateway names a host that takes mail for an account beyond it', async () => {
    const { port, address } = fact<Place>('gateway')
    const lines = ['HELO outside.example', 'MAIL FROM:<a@outside.example>', `RCPT TO:<${address}>`]
    expect(await dialogue(port, lines)).toMatch(/^250 2\.1\.5 /m)
  })

  it('filter names an account whose mail is sorted on arrival', async () => {
    const { ports, address, user, password } = fact<AccountReport>('filter')
    const letter = ['From: a@outside.example', 'List-Id: <sailors.outside.example>', '', 'To all of you.', '.']
    await dialogue(ports['smtp']!, [
      ...['EHLO outside.example', 'MAIL FROM:<a@outside.example>', `RCPT TO:<${address}>`, 'DATA'],
      ...letter,
    ])
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port: ports['imap']!, host: '127.0.0.1' })
      let text = ''
      socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
      socket.on('end', () => resolve(text))
      socket.on('error', reject)
      socket.write(`a LOGIN ${user} ${password}\r\nb STATUS Lists (MESSAGES)\r\nc LOGOUT\r\n`)
    })
    expect(heard).toContain('* STATUS Lists (MESSAGES 1)\r\n')
  })

  it('lmtp greets with LHLO, etrn knows its domain, xcommand answers', async () => {
    const lmtp = fact<Place>('lmtp')
    const lines = ['LHLO outside.example', 'MAIL FROM:<a@outside.example>', `RCPT TO:<${lmtp.address}>`]
    expect(await dialogue(lmtp.port, lines)).toMatch(/^250 2\.1\.5 /m)
    const etrn = fact<{ port: number; domain: string }>('etrn')
    expect(await dialogue(etrn.port, ['EHLO outside.example', `ETRN ${etrn.domain}`])).toMatch(/^251 /m)
    const xcommand = fact<{ port: number; verb: string }>('xcommand')
    expect(await dialogue(xcommand.port, ['EHLO outside.example', xcommand.verb])).toMatch(/^250 2\.0\.0 By the clock/m)
  })

  it('transition is an account with its ports', () => {
    expect(fact('transition')).toMatchObject({
      address: expect.any(String) as unknown,
      password: expect.any(String) as unknown,
      ports: { smtp: expect.any(Number) as unknown },
    })
  })

  it('transition is told 432 to CRAM-MD5, until PLAIN was used', async () => {
    const { user, password, ports } = fact<{ user: string; password: string; ports: Record<string, number> }>(
      'transition',
    )
    const port = ports['submission']!
    expect(await cramMd5(port, user, password)).toMatch(/^432 4\.7\.12 /)
    const plain = Buffer.from(`\0${user}\0${password}`).toString('base64')
    expect(await dialogue(port, ['EHLO outside.example', `AUTH PLAIN ${plain}`])).toMatch(/^235 /m)
    expect(await cramMd5(port, user, password)).toMatch(/^235 2\.7\.0 /)
  })

  it('accounts tell port 465, where TLS comes first', async () => {
    const { ports } = bridge.accounts.find(({ address }) => address === 'alice@rennes.example')!
    const socket = connectTls({ port: ports['submissions']!, host: '127.0.0.1', rejectUnauthorized: false })
    const greeting = await new Promise<string>((resolve, reject) => {
      socket.once('data', (chunk) => resolve(String(chunk)))
      socket.once('error', reject)
    })
    socket.destroy()
    expect(greeting).toBe('220 mx1.rennes.example ESMTP Facteur\r\n')
  })
})
