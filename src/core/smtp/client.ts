/**
 * The SMTP client: hands one message to one server, and says how it went (RFC 5321 3, 4.2; the stages and patience of
 * 4.5.3.2). It reads like the dialogue that it speaks. It runs over any `Stream`: the virtual network's or a socket's.
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import { sha256Hex } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import type { Machine } from '../machine.ts'
import { answer, choose } from '../sasl/client.ts'
import type { Mechanism } from '../sasl/mechanism.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type {
  ClientFailure,
  ClientJob,
  ClientReply,
  ClientResult,
  ClientStage,
  DialogueLog,
  SpeakSmtp,
} from './client-types.ts'
import { pathText } from './path.ts'
import { ReplyReader } from './replies.ts'

const MINUTE = 60_000
/** RFC 5321 4.5.3.2. */
const PATIENCE = { greeting: 5 * MINUTE, command: 5 * MINUTE, data: 2 * MINUTE, content: 10 * MINUTE, quit: 5000 }

const failed = (stage: ClientStage, reply: ClientReply | null, uncertain = false): ClientFailure => ({
  outcome: 'failed',
  stage,
  reply,
  own: false,
  permanent: reply !== null && reply.code[0] === '5',
  uncertain,
})

/** The server does not offer what this message, or this login, needs. */
const unfit = (stage: ClientStage, code: string, why: string): ClientFailure => ({
  ...failed(stage, { code, lines: [why] }),
  own: true,
})

const good = (reply: ClientReply | null) => reply?.code[0] === '2'

export const speakSmtp: SpeakSmtp = function* (stream, job, machine, log) {
  const talk = new Talk(stream, machine, log)
  const result = yield* deliver(talk, job)
  if (result.outcome === 'failed' && result.reply === null) stream.reset()
  else {
    talk.say('QUIT')
    yield* talk.hear(PATIENCE.quit)
    stream.close()
  }
  return result
}

class Talk {
  readonly stream: Stream
  readonly replies: ReplyReader
  private log: DialogueLog | undefined
  private machine: Machine

  constructor(stream: Stream, machine: Machine, log: DialogueLog | undefined) {
    this.stream = stream
    this.replies = new ReplyReader(stream, machine, log)
    this.log = log
    this.machine = machine
  }

  say(line: Octets, shown: Octets = line): void {
    this.log?.('>>>', shown)
    this.stream.write(`${line}\r\n`)
  }

  /** Several commands in one write (RFC 2920). */
  sayAll(lines: readonly Octets[]): void {
    for (const line of lines) this.log?.('>>>', line)
    this.stream.write(`${lines.join('\r\n')}\r\n`)
  }

  hear(patience: number = PATIENCE.command): Task<ClientReply | null> {
    return this.replies.next(patience)
  }

  /** Another one for each login: no two connections of a machine have the same name at the same time. */
  nonce(): string {
    const { id, local, peer } = this.stream
    return sha256Hex(`${id} ${local.port} ${peer.address} ${this.machine.now()}`)
  }

  *command(line: Octets, shown?: Octets): Task<ClientReply | null> {
    this.say(line, shown)
    return yield* this.hear()
  }
}

/** What EHLO told: keyword to its parameters. */
type Extensions = ReadonlyMap<string, string>

function* deliver(talk: Talk, job: ClientJob): Task<ClientResult> {
  const greeting = yield* talk.hear(PATIENCE.greeting)
  if (!good(greeting)) return failed('greeting', greeting)
  let hello = yield* sayHello(talk, job)
  if (!hello.extensions) return failed('hello', hello.reply)
  if (job.startTls !== 'never' && !talk.stream.secure && hello.extensions.has('STARTTLS')) {
    const ready = yield* talk.command('STARTTLS')
    if (good(ready)) {
      talk.replies.forget()
      const trouble = yield* ask(talk.stream.startTls(job.server ?? talk.stream.peer.address))
      if (trouble !== null) return failed('tls', null)
      hello = yield* sayHello(talk, job)
      if (!hello.extensions) return failed('hello', hello.reply)
    } else if (ready === null) return failed('tls', null)
  }
  if (job.startTls === 'required' && !talk.stream.secure)
    return unfit('tls', '554', '5.7.4 The server does not offer STARTTLS')
  if (job.auth) {
    const offered = (hello.extensions.get('AUTH') ?? '').split(' ')
    const mechanism = choose(offered)
    if (!mechanism) return unfit('auth', '504', 'The server offers no AUTH mechanism that this client speaks')
    const trouble = yield* logIn(talk, job.auth, mechanism)
    if (trouble) return trouble
  }
  return yield* transaction(talk, job, hello.extensions)
}

/** EHLO, and HELO where the server is of an older time (RFC 5321 3.2). */
function* sayHello(talk: Talk, job: ClientJob): Task<{ extensions: Extensions | null; reply: ClientReply | null }> {
  const ehlo = yield* talk.command(`EHLO ${job.helo}`)
  if (ehlo !== null && good(ehlo)) {
    const words = ehlo.lines.slice(1).map((line) => line.split(' '))
    return {
      extensions: new Map(words.map(([keyword = '', ...rest]) => [keyword.toUpperCase(), rest.join(' ')])),
      reply: ehlo,
    }
  }
  if (ehlo === null || ehlo.code[0] === '4') return { extensions: null, reply: ehlo }
  const helo = yield* talk.command(`HELO ${job.helo}`)
  return { extensions: good(helo) ? new Map() : null, reply: helo }
}

/** Null when the server knows who we are. */
function* logIn(
  talk: Talk,
  auth: { user: string; password: string },
  mechanism: Mechanism,
): Task<ClientFailure | null> {
  const hidden = '********'
  const answers = answer(mechanism, auth.user, auth.password, talk.nonce())
  let reply = yield* answers.initial === null
    ? talk.command(`AUTH ${mechanism}`)
    : talk.command(`AUTH ${mechanism} ${encodeBase64(answers.initial)}`, `AUTH ${mechanism} ${hidden}`)
  while (reply?.code === '334') {
    const challenge = decodeBase64(reply.lines[0]!)
    const next = challenge === null ? null : answers.next(challenge)
    // RFC 4954 4: `*` gives up, where this is no challenge of the mechanism, or not from who it should be.
    reply = yield* next === null ? talk.command('*') : talk.command(encodeBase64(next), hidden)
    if (next === null) break
  }
  if (!good(reply)) return failed('auth', reply)
  return answers.complete ? null : unfit('auth', '535', '5.7.8 The server did not prove that it knows the password')
}

function* transaction(talk: Talk, job: ClientJob, extensions: Extensions): Task<ClientResult> {
  const eightBit = /[^\x00-\x7f]/.test(job.content)
  if (eightBit && !extensions.has('8BITMIME') && job.eighthBit !== 'pass') {
    // RFC 6152 3: such a message is converted or returned; converting needs the MIME room.
    return unfit('mail', '554', '5.6.3 The message has 8-bit content, and the server does not offer 8BITMIME')
  }
  const size = extensions.has('SIZE') ? ` SIZE=${job.content.length}` : ''
  const body = eightBit && extensions.has('8BITMIME') ? ' BODY=8BITMIME' : ''
  const mail = `MAIL FROM:<${pathText(job.envelope.from)}>${size}${body}`
  const rcpts = job.envelope.recipients.map((path) => `RCPT TO:<${pathText(path)}>`)
  const pipelining = extensions.has('PIPELINING')
  if (pipelining) talk.sayAll([mail, ...rcpts, 'DATA'])
  else talk.say(mail)
  const sender = yield* talk.hear()
  if (sender === null || (!good(sender) && !pipelining)) return failed('mail', sender)
  const answers: ClientReply[] = []
  for (const rcpt of rcpts) {
    if (!pipelining) talk.say(rcpt)
    const reply = yield* talk.hear()
    if (reply === null || reply.code === '421') return failed('mail', reply)
    answers.push(reply)
  }
  const some = answers.some(good)
  if (!pipelining && some) talk.say('DATA')
  const start = pipelining || some ? yield* talk.hear(PATIENCE.data) : null
  if (start?.code === '354') {
    // RFC 2920 3.1: nobody was taken, yet the server wants content: an empty message, which it will refuse.
    talk.stream.write(some ? stuffed(job.content) : '.\r\n')
  }
  if (!good(sender)) {
    if (start?.code === '354') yield* talk.hear(PATIENCE.content)
    return failed('mail', sender)
  }
  if (!some) {
    if (start?.code === '354') yield* talk.hear(PATIENCE.content)
    return {
      outcome: 'done',
      recipients: job.envelope.recipients.map((path, k) => ({ path, reply: answers[k]!, accepted: false })),
    }
  }
  if (start?.code !== '354') return failed('data', start)
  const end = yield* talk.hear(PATIENCE.content)
  if (end === null) return failed('content', null, true)
  return {
    outcome: 'done',
    recipients: job.envelope.recipients.map((path, k) => {
      const taken = good(answers[k]!)
      return { path, reply: taken ? end : answers[k]!, accepted: taken && good(end) }
    }),
  }
}

/** RFC 5321 4.5.2: a dot at the start of a line is doubled; the content ends with CRLF.CRLF. */
function stuffed(content: Octets): Octets {
  const first = content[0] === '.' ? '.' : ''
  const end = content === '' || content.endsWith('\r\n') ? '.\r\n' : '\r\n.\r\n'
  return first + content.replaceAll('\r\n.', '\r\n..') + end
}
