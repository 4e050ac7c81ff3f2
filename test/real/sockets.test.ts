/** What only a real socket can do to the bridge: halves of connections, halves of lines, TLS that is none, crowds. */
import { spawnSync } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBridge, type Bridge } from './bridge.ts'

let bridge: Bridge
beforeAll(async () => {
  bridge = await startBridge('--clock', '100')
})
afterAll(async () => {
  expect(await bridge.stop()).toEqual({ code: 0, signal: null })
})

const port = (host: string, service = 'smtp') =>
  bridge.endpoints.find((other) => other.host === host && other.service === service)!.port
const MX = 'mx1.rennes.example'
const STRICT = 'mx.lyon.example'

/** A connection that keeps all it hears; `until` waits for so many final replies, `end` for the far end's FIN. */
class Caller {
  readonly socket: Socket
  heard = ''

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk) => (this.heard += chunk.toString('latin1')))
    socket.on('error', () => {})
  }

  static to(host: string, service = 'smtp'): Caller {
    return new Caller(connect({ port: port(host, service), host: '127.0.0.1', allowHalfOpen: true }).setNoDelay(true))
  }

  say(octets: string): this {
    this.socket.write(octets, 'latin1')
    return this
  }

  get codes(): string[] {
    return this.heard.split('\r\n').flatMap((line) => (/^\d{3}( |$)/.test(line) ? [line.slice(0, 3)] : []))
  }

  async until(replies: number): Promise<string[]> {
    await expect.poll(() => this.codes.length, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(replies)
    return this.codes
  }

  async end(): Promise<string[]> {
    await expect.poll(() => this.socket.readableEnded || this.socket.destroyed, { timeout: 10_000 }).toBe(true)
    this.socket.end()
    return this.codes
  }

  /** Ends what was plain, and goes on under TLS. */
  secure(): Caller {
    this.socket.removeAllListeners('data')
    const tls: TLSSocket = connectTls({ socket: this.socket, rejectUnauthorized: false })
    return new Caller(tls)
  }
}

const envelope = (to: string) => `EHLO there.example\r\nMAIL FROM:<me@there.example>\r\nRCPT TO:<${to}>\r\nDATA\r\n`

describe('the end of a connection', () => {
  it.each([MX, STRICT])('%s answers all that came before the FIN, though nothing was waited for', async (host) => {
    const to = host === MX ? 'alice@rennes.example' : 'claire@lyon.example'
    const caller = Caller.to(host)
    caller.socket.end(`${envelope(to)}Subject: half\r\n\r\nclosed\r\n.\r\nNOOP\r\n`)
    expect(await caller.end()).toEqual(['220', '250', '250', '250', '354', '250', '250'])
  })

  it('in the middle of DATA takes nothing, and hurts nobody', async () => {
    for (const reset of [true, false]) {
      const caller = Caller.to(MX).say(`${envelope('alice@rennes.example')}half a`)
      await caller.until(5)
      if (reset) caller.socket.resetAndDestroy()
      else expect((caller.socket.end(), await caller.end())).toEqual(['220', '250', '250', '250', '354'])
    }
    expect(await Caller.to(MX).say('QUIT\r\n').end()).toEqual(['220', '221'])
  })
})

describe('octets one by one', () => {
  it.each([
    ['lone LFs', 'one\n.\nMAIL FROM:<evil@there.example>\r\n.\r\n', '554'],
    ['a lone CR', 'one\r.\r\n.\r\n', '554'],
    ['dots and all octets', '..\r\n...x\r\n\0\xff\r\n.\r\n', '250'],
  ])('of a message with %s mean what they mean in one piece', async (_what, content, code) => {
    const caller = Caller.to(MX).say(envelope('alice@rennes.example'))
    await caller.until(5)
    for (const octet of content) {
      caller.say(octet)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    expect((await caller.say('QUIT\r\n').end()).slice(5)).toEqual([code, '221'])
  })
})

describe('STARTTLS', () => {
  it('throws away what was pipelined behind it, and forgets the session', async () => {
    const plain = Caller.to(MX).say('EHLO plain.example\r\nSTARTTLS\r\nNOOP\r\nMAIL FROM:<evil@there.example>\r\n')
    expect(await plain.until(3)).toEqual(['220', '250', '220'])
    const secure = plain.secure().say('MAIL FROM:<>\r\nEHLO secure.example\r\nSTARTTLS\r\nQUIT\r\n')
    expect(await secure.end()).toEqual(['503', '250', '503', '221'])
    expect(secure.heard).not.toContain('250-STARTTLS')
  })

  it('takes what comes encrypted right behind the handshake, and megabytes of it', async () => {
    const plain = Caller.to(MX).say('EHLO plain.example\r\nSTARTTLS\r\n')
    await plain.until(3)
    const secure = plain.secure().say(envelope('alice@rennes.example'))
    await secure.until(4)
    secure.say(`${`${'x'.repeat(76)}\r\n`.repeat(100_000)}.\r\nQUIT\r\n`)
    expect(await secure.end()).toEqual(['250', '250', '250', '354', '250', '221'])
  })

  it('followed by plain text, by nothing, or by a reset ends that connection alone', async () => {
    const callers = await Promise.all(
      ['EHLO again.example\r\nNOOP\r\n', '', 'reset'].map(async (then) => {
        const caller = Caller.to(MX).say('EHLO plain.example\r\nSTARTTLS\r\n')
        await caller.until(3)
        if (then === 'reset') caller.socket.resetAndDestroy()
        else if (then === '') caller.socket.end()
        else caller.say(then)
        return caller
      }),
    )
    for (const caller of callers) expect(await caller.end()).toEqual(['220', '250', '220'])
    expect(await Caller.to(MX).say('QUIT\r\n').end()).toEqual(['220', '221'])
  })
})

describe('a crowd', () => {
  it('of 500 connections at once is served, each as if it were alone', async () => {
    const callers = Array.from({ length: 500 }, () =>
      Caller.to(MX).say(`${envelope('alice@rennes.example')}Subject: crowd\r\n\r\nx\r\n.\r\nQUIT\r\n`),
    )
    for (const caller of callers) expect(await caller.end()).toEqual(['220', '250', '250', '250', '354', '250', '221'])
  }, 30_000)

  it('of commands on one connection, all in one go, is answered one by one', async () => {
    const caller = Caller.to(MX).say(`${'NOOP\r\n'.repeat(100_000)}QUIT\r\n`)
    const codes = await caller.end()
    expect(codes).toHaveLength(100_002)
    expect(new Set(codes.slice(1, -1))).toEqual(new Set(['250']))
  }, 30_000)
})

describe('the bridge, started wrongly', () => {
  const start = (...args: string[]) => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const argv = ['--import', 'tsx', 'src/node/bridge/main.ts', '--json', ...args]
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: root,
      encoding: 'utf8',
      timeout: 20_000,
    })
    return { status, stdout, stderr }
  }

  it('says what is wrong, on stderr alone, and exits 1', () => {
    const taken = port(MX)
    for (const [args, why] of [
      [['--port', `${MX}:smtp=${taken}`], `--port ${MX}:smtp=${taken}: the port is in use already`],
      [['--port', `${MX}:nntp=0`], 'this world has no such service'],
      [['--world', 'nowhere'], 'no world of that name (there are campus,'],
      [['--clock', 'fast'], '--clock fast: a number above 0'],
      [['--nonsense'], '--nonsense'],
    ] as const) {
      const { status, stdout, stderr } = start(...args)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).toContain(why)
    }
  }, 60_000)
})
