/**
 * The load on a mail store: a process of its own that speaks IMAP and POP3 over raw sockets. It fills a mailbox, asks for
 * everything in it in many ways, empties it, and answers with the rates on stdout, as JSON by the names of the table's rows.
 */
import { connect, type Socket } from 'node:net'
import { mailbox } from './mailbox-corpus.ts'
import { median } from './table.ts'

export interface MailboxLoad {
  imap: number
  /** Null where the server has no POP3. */
  pop3: number | null
  user: string
  password: string
  messages: number
  /** So many messages are appended before an answer is waited for. */
  together: number
  /** What is beyond RFC 3501: SORT, THREAD. */
  sorts: boolean
}

/** More than any last line has. */
const TAIL = 2000

class Connection {
  private readonly socket: Socket
  private readonly tail = { text: '', octets: 0 }
  private over: ((tail: string) => boolean) | null = null
  private resume: () => void = () => {}
  private fail: (error: Error) => void = () => {}

  constructor(port: number) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true })
    this.socket.on('data', (chunk) => {
      this.hear(chunk)
    })
    const ended = (error?: Error) => {
      this.fail(error ?? new Error(`The server closed the connection: ${this.tail.text}`))
    }
    this.socket.on('error', ended)
    this.socket.on('close', () => {
      ended()
    })
  }

  /** Only the end of what came is looked at: the load must be faster than what it measures. */
  private hear(chunk: Buffer): void {
    const { tail } = this
    tail.octets += chunk.length
    tail.text = (tail.text + chunk.toString('latin1', Math.max(0, chunk.length - TAIL))).slice(-TAIL)
    if (this.over?.(tail.text)) this.resume()
  }

  /** Resumes with the octets that were answered, once their end is as expected. */
  turn(write: Buffer | string, over: (tail: string) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      this.fail = reject
      this.tail.text = ''
      this.tail.octets = 0
      this.over = over
      this.resume = () => {
        this.over = null
        resolve(this.tail.octets)
      }
      this.socket.write(typeof write === 'string' ? Buffer.from(write, 'latin1') : write)
    })
  }

  end(): void {
    this.fail = () => {}
    this.socket.destroy()
  }
}

const lineEnds = (tail: string) => tail.endsWith('\r\n')

async function imap(port: number): Promise<(command: string) => Promise<number>> {
  const connection = new Connection(port)
  await connection.turn('', lineEnds)
  let tags = 0
  return async (command) => {
    const tag = `t${++tags}`
    const done = new RegExp(`(?:^|\\r\\n)${tag} (OK|NO|BAD)[^\\r\\n]*\\r\\n$`)
    let answer = ''
    const octets = await connection.turn(`${tag} ${command}\r\n`, (tail) => {
      answer = done.exec(tail)?.[1] ?? ''
      return answer !== ''
    })
    if (answer !== 'OK') throw new Error(`${command.slice(0, 60)}: ${answer}`)
    return octets
  }
}

async function fill(load: MailboxLoad, messages: readonly string[]): Promise<number> {
  const connection = new Connection(load.imap)
  await connection.turn('', lineEnds)
  await connection.turn(`l LOGIN ${load.user} ${load.password}\r\n`, (tail) => /(?:^|\n)l OK.*\r\n$/.test(tail))
  const began = performance.now()
  for (let at = 0; at < messages.length; at += load.together) {
    const some = messages.slice(at, at + load.together)
    const text = some.map((message, k) => `a${at + k} APPEND INBOX {${message.length}+}\r\n${message}\r\n`).join('')
    const last = new RegExp(`(?:^|\\r\\n)a${at + some.length - 1} OK[^\\r\\n]*\\r\\n$`)
    await connection.turn(text, (tail) => last.test(tail))
  }
  const took = performance.now() - began
  connection.end()
  return (messages.length / took) * 1000
}

/** Octets of all messages, in commands that leave together. */
async function retrieve(load: MailboxLoad, port: number): Promise<number> {
  const connection = new Connection(port)
  await connection.turn('', lineEnds)
  await connection.turn(`USER ${load.user}\r\nPASS ${load.password}\r\n`, (tail) => /\+OK.*\r\n\+OK.*\r\n$/.test(tail))
  const commands = Array.from({ length: load.messages }, (_, at) => `RETR ${at + 1}\r\n`).join('')
  const began = performance.now()
  const octets = await connection.turn(`${commands}QUIT\r\n`, (tail) => /\r\n\.\r\n\+OK[^\r\n]*\r\n$/.test(tail))
  const took = performance.now() - began
  connection.end()
  return octets / 1000 / took
}

async function main(load: MailboxLoad): Promise<void> {
  const rates: Record<string, number> = {}
  const messages = mailbox(load.messages)
  rates['APPEND with LITERAL+, messages/s'] = await fill(load, messages)
  const logins = 40
  const beganLogins = performance.now()
  for (let at = 0; at < logins; at++) {
    const session = await imap(load.imap)
    await session(`LOGIN ${load.user} ${load.password}`)
    await session('SELECT INBOX')
    await session('LOGOUT').catch(() => 0)
  }
  rates['LOGIN and SELECT, times/s'] = (logins / (performance.now() - beganLogins)) * 1000
  const say = await imap(load.imap)
  await say(`LOGIN ${load.user} ${load.password}`)
  await say('CREATE Copies')
  await say('SELECT INBOX')
  /** Messages a second: the first time, and the median of those that follow. */
  const measure = async (row: string, command: string, times = 9) => {
    const found: number[] = []
    for (let time = 0; time < times; time++) {
      const began = performance.now()
      const octets = await say(command)
      const took = performance.now() - began
      found.push(row.includes('MB/s') ? octets / 1000 / took : (load.messages / took) * 1000)
    }
    if (times > 1) rates[`${row}, first time`] = found.shift()!
    rates[row] = median(found)
  }
  await measure('FETCH ENVELOPE, messages/s', 'FETCH 1:* ENVELOPE')
  await measure('FETCH BODYSTRUCTURE, messages/s', 'FETCH 1:* BODYSTRUCTURE')
  await measure('FETCH FLAGS, messages/s', 'FETCH 1:* FLAGS')
  await measure('FETCH BODY.PEEK[], MB/s', 'FETCH 1:* BODY.PEEK[]')
  await measure('SEARCH SUBJECT, messages/s', 'SEARCH SUBJECT "exercice"')
  await measure('SEARCH BODY, messages/s', 'SEARCH BODY "needle777"')
  await measure('SEARCH TEXT, messages/s', 'SEARCH TEXT "needle778"')
  if (load.sorts) {
    await measure('SORT DATE, messages/s', 'SORT (DATE) UTF-8 ALL')
    await measure('THREAD REFERENCES, messages/s', 'THREAD REFERENCES UTF-8 ALL')
  }
  await measure('UID COPY, messages/s', 'UID COPY 1:* Copies', 1)
  if (load.pop3 !== null) rates['POP3 RETR pipelined, MB/s'] = await retrieve(load, load.pop3)
  await measure('STORE +FLAGS.SILENT, messages/s', 'STORE 1:* +FLAGS.SILENT (\\Deleted)', 1)
  await measure('EXPUNGE, messages/s', 'EXPUNGE', 1)
  process.stdout.write(JSON.stringify(rates))
  process.exit(0)
}

await main(JSON.parse(process.argv[2] ?? '') as MailboxLoad)
