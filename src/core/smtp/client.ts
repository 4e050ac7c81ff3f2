/**
 * The SMTP client: opens a dialogue with one server, hands over messages one after the other, and says how it went
 * (RFC 5321 3, 4.2). It reads like the dialogue that it speaks, and runs over any `Stream`: the virtual network's or a
 * socket's.
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import type { Machine } from '../machine.ts'
import { answer, choose } from '../sasl/client.ts'
import type { Mechanism } from '../sasl/mechanism.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type {
  ClientFailure,
  ClientJob,
  ClientMessage,
  ClientReply,
  ClientResult,
  ClientSetup,
  DialogueLog,
  OpenSmtp,
  SmtpConnection,
} from './client-types.ts'
import { failed, good, noReset, PATIENCE, Talk, unfit, type Extensions } from './client/talk.ts'
import { transaction } from './client/transaction.ts'

export const openSmtp: OpenSmtp = function* (stream, setup, machine, log) {
  const talk = new Talk(stream, machine, log)
  const opened = yield* greet(talk, setup)
  if (!('outcome' in opened)) return new Connection(talk, opened, setup.protocol ?? 'smtp')
  yield* leave(talk, opened)
  return opened
}

/** One message over one connection. */
export function* speakSmtp(stream: Stream, job: ClientJob, machine: Machine, log?: DialogueLog): Task<ClientResult> {
  const connection = yield* openSmtp(stream, job, machine, log)
  if ('outcome' in connection) return connection
  const result = yield* connection.send(job)
  yield* connection.quit()
  return result
}

class Connection implements SmtpConnection {
  open = true
  private readonly talk: Talk
  private readonly extensions: Extensions
  private readonly protocol: 'smtp' | 'lmtp'
  /** The last message was refused before its content: the server still thinks of it. */
  private unfinished = false

  constructor(talk: Talk, extensions: Extensions, protocol: 'smtp' | 'lmtp') {
    this.talk = talk
    this.extensions = extensions
    this.protocol = protocol
  }

  *send(message: ClientMessage): Task<ClientResult> {
    if (this.talk.replies.unasked) {
      const unasked = yield* this.talk.hear()
      return yield* this.lost(failed('next', unasked?.code === '421' ? unasked : null))
    }
    if (this.unfinished) {
      const reset = yield* this.talk.command('RSET')
      if (!good(reset)) return yield* this.lost(noReset(reset))
      this.unfinished = false
    }
    const result = yield* transaction(this.talk, message, this.extensions, this.protocol)
    if (result.outcome === 'failed' && (result.reply === null || result.reply.code === '421'))
      return yield* this.lost(result)
    // What it said was heard, and was the last.
    if (this.talk.replies.ended) {
      this.open = false
      this.talk.stream.close()
    }
    // Of what this client refused itself the server has not heard.
    if (result.outcome === 'failed' && result.own) return result
    this.unfinished = !(result.outcome === 'done' && result.recipients.some(({ accepted }) => accepted))
    return result
  }

  private *lost(failure: ClientFailure): Task<ClientFailure> {
    this.open = false
    yield* leave(this.talk, failure)
    return failure
  }

  *etrn(node: string): Task<ClientReply | null> {
    if (!this.extensions.has('ETRN')) return null
    const reply = yield* this.talk.command(`ETRN ${node}`)
    if (this.talk.replies.ended) yield* this.lost(failed('hello', reply))
    return reply
  }

  *turn(): Task<ClientReply | null> {
    const reply = yield* this.talk.command('TURN')
    if (this.talk.replies.ended) yield* this.lost(failed('hello', reply))
    else this.open = !good(reply)
    return good(reply) ? null : (reply ?? { code: '421', lines: ['The connection was lost'] })
  }

  *quit(): Task<void> {
    if (!this.open) return
    this.open = false
    yield* leave(this.talk, null)
  }
}

/** A connection on which nothing is heard any more is dropped; after 421 nothing is said (RFC 5321 3.8); else QUIT. */
function* leave(talk: Talk, failure: ClientFailure | null): Task<void> {
  if (failure !== null && failure.reply === null) return talk.stream.reset()
  if (failure?.reply?.code !== '421') {
    talk.say('QUIT')
    yield* talk.hear(PATIENCE.quit)
  }
  talk.stream.close()
}

function* greet(talk: Talk, job: ClientSetup): Task<Extensions | ClientFailure> {
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
    } else if (ready === null || ready.code === '421' || job.startTls === 'required') return failed('tls', ready)
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
  return hello.extensions
}

/** EHLO, and HELO where the server is of an older time (RFC 5321 3.2); LHLO, and nothing else, in LMTP (RFC 2033 4.1). */
function* sayHello(talk: Talk, job: ClientSetup): Task<{ extensions: Extensions | null; reply: ClientReply | null }> {
  const lmtp = job.protocol === 'lmtp'
  const ehlo = yield* talk.command(`${lmtp ? 'LHLO' : 'EHLO'} ${job.helo}`)
  if (ehlo !== null && good(ehlo)) {
    const words = ehlo.lines.slice(1).map((line) => line.split(' '))
    return {
      extensions: new Map(words.map(([keyword = '', ...rest]) => [keyword.toUpperCase(), rest.join(' ')])),
      reply: ehlo,
    }
  }
  if (ehlo === null || lmtp || ehlo.code[0] !== '5') return { extensions: null, reply: ehlo }
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
