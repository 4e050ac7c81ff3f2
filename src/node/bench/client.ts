/**
 * The load: a process of its own that speaks SMTP over raw sockets and writes buffers that were made before. It is told
 * what to do in its arguments (a `Load` as JSON) and answers with messages a second on stdout.
 */
import { connect, type Socket } from 'node:net'
import { bigMessage } from './messages.ts'

export interface Load {
  port: number
  recipient: string
  connections: number
  /** In all, after a quarter of it to warm up. */
  messages: number
  size: number
  /** RFC 2920: a message, and the next one's MAIL, RCPT and DATA, leave together. Else each line waits for its reply. */
  pipelined: boolean
  /** RFC 3030: whole messages by BDAT, so many of them in flight. */
  chunked?: number
}

class Connection {
  private readonly socket: Socket
  private readonly turns: readonly { write: Buffer; replies: number }[]
  private expected = 1
  private next: () => void = () => {}
  private fail: (error: Error) => void = () => {}
  private fresh = true

  constructor(load: Load) {
    const mail = 'MAIL FROM:<a@client.example>\r\n'
    const rcpt = `RCPT TO:<${load.recipient}>\r\n`
    const content = bigMessage(load.size)
    const chunk = content.slice(0, -'.\r\n'.length)
    const chunked = `${mail}${rcpt}BDAT ${chunk.length} LAST\r\n${chunk}`
    const turns =
      load.chunked !== undefined
        ? [{ text: chunked.repeat(load.chunked), replies: 3 * load.chunked }]
        : load.pipelined
          ? [{ text: `${content}${mail}${rcpt}DATA\r\n`, replies: 4 }]
          : [content, mail, rcpt, 'DATA\r\n'].map((text) => ({ text, replies: 1 }))
    this.turns = turns.map(({ text, replies }) => ({ write: Buffer.from(text, 'latin1'), replies }))
    this.socket = connect({ host: '127.0.0.1', port: load.port, noDelay: true })
    this.socket.on('data', (chunk) => {
      this.hear(chunk)
    })
    this.socket.on('error', (error) => {
      this.fail(error)
    })
    this.socket.on('close', () => {
      this.fail(new Error('The server closed the connection'))
    })
  }

  /** Every reply here has one line but EHLO's, and each line begins with 2 or 3. */
  private hear(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      const lf = chunk.indexOf(10, at)
      if (this.fresh && chunk[at] !== 50 && chunk[at] !== 51)
        this.fail(new Error(`The server said: ${chunk.toString('latin1', at)}`))
      this.fresh = lf >= 0
      if (lf < 0) return
      this.expected--
      at = lf + 1
    }
    if (this.expected === 0) this.next()
  }

  private write(data: Buffer | string, replies: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.expected = replies
      this.next = resolve
      this.fail = reject
      this.socket.write(data)
    })
  }

  /** Up to the 354 of the first message, or to where the first chunk may go. */
  async begin(load: Load): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.next = resolve
      this.fail = reject
    })
    // HELO, whose reply has one line whatever the server offers.
    await this.write('HELO client.example\r\n', 1)
    if (load.chunked !== undefined) return
    await this.write('MAIL FROM:<a@client.example>\r\n', 1)
    await this.write(`RCPT TO:<${load.recipient}>\r\n`, 1)
    await this.write('DATA\r\n', 1)
  }

  /** So many messages, each up to the 354 of the next. No promise a message: the sockets are what is measured. */
  send(messages: number): Promise<void> {
    const { turns } = this
    let left = messages * turns.length
    return new Promise((resolve, reject) => {
      this.fail = reject
      this.next = () => {
        if (left === 0) return resolve()
        const turn = turns[(turns.length - (left % turns.length)) % turns.length]!
        left--
        this.expected = turn.replies
        this.socket.write(turn.write)
      }
      this.next()
    })
  }

  end(): void {
    this.fail = () => {}
    this.socket.destroy()
  }
}

async function main(load: Load): Promise<void> {
  const connections = Array.from({ length: load.connections }, () => new Connection(load))
  await Promise.all(connections.map((connection) => connection.begin(load)))
  const together = load.chunked ?? 1
  const share = Math.ceil(load.messages / load.connections / together)
  await Promise.all(connections.map((connection) => connection.send(Math.ceil(share / 4))))
  const began = performance.now()
  await Promise.all(connections.map((connection) => connection.send(share)))
  const took = performance.now() - began
  for (const connection of connections) connection.end()
  process.stdout.write(JSON.stringify((share * together * load.connections * 1000) / took))
}

await main(JSON.parse(process.argv[2] ?? '') as Load)
