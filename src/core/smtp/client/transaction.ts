/**
 * One message over an open connection: MAIL, RCPT, and the content by DATA or BDAT (RFC 5321 3.3, RFC 2920, RFC 3030). What
 * the server cannot take as it is is encoded or returned first; every reply is heard in the order of what was said.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Task } from '../../task.ts'
import type { ClientDone, ClientMessage, ClientReply, ClientResult, RecipientResult } from '../client-types.ts'
import { prepared, type Prepared } from './prepare.ts'
import { failed, good, noReset, PATIENCE, type Extensions, type Talk } from './talk.ts'

/** Octets of a chunk: several of them in a long message, each answered (RFC 3030 2). */
const CHUNK = 65_536

export function* transaction(
  talk: Talk,
  message: ClientMessage,
  extensions: Extensions,
  protocol: 'smtp' | 'lmtp',
): Task<ClientResult> {
  const ready = prepared(message, extensions)
  if ('outcome' in ready) return ready
  const result = yield* new Transaction(talk, message, extensions, ready, protocol === 'lmtp').run()
  if (result !== 'begin-anew') return result
  // What the server remembers is of no use here: the message is sent as a new one, without a name.
  const reset = yield* talk.command('RSET')
  if (!good(reset)) return noReset(reset)
  return yield* transaction(talk, { ...message, transid: null }, extensions, protocol)
}

class Transaction {
  private readonly talk: Talk
  private readonly message: ClientMessage
  private readonly ready: Prepared
  private readonly lmtp: boolean
  private readonly pipelining: boolean
  private readonly answers: ClientReply[] = []

  constructor(talk: Talk, message: ClientMessage, extensions: Extensions, ready: Prepared, lmtp: boolean) {
    this.talk = talk
    this.message = message
    this.ready = ready
    this.lmtp = lmtp
    // Whether the message is taken up again is known only when MAIL is answered (RFC 1845 3).
    this.pipelining = extensions.has('PIPELINING') && !ready.resumable
  }

  *run(): Task<ClientResult | 'begin-anew'> {
    const { talk, ready, pipelining } = this
    if (!pipelining) talk.say(ready.mail)
    else {
      // RFC 2920 3.1: DATA may end a group; so may a chunk (RFC 3030 4.2), where the message is but one.
      talk.sayAll([ready.mail, ...ready.rcpts, ...(ready.chunked ? [] : ['DATA'])])
      if (this.saidAll) this.sayChunk(ready.content, true)
    }
    const sender = yield* talk.hear()
    if (sender === null || sender.code === '421') return failed('mail', sender, sender === null && this.saidAll)
    if (sender.code === '355' && ready.resumable) return yield* this.resume(sender)
    if (!good(sender) && !pipelining) return failed('mail', sender)
    for (const rcpt of ready.rcpts) {
      if (!pipelining) talk.say(rcpt)
      const reply = yield* talk.hear()
      if (reply === null || reply.code === '421')
        // What was said of the sender holds, even if it was the last word.
        return good(sender) ? failed('rcpt', reply, reply === null && this.saidAll) : failed('mail', sender)
      this.answers.push(this.counted(reply))
    }
    // RFC 1845 remembers who was taken, and 355 does not say who: refused ones would be among those who got it.
    if (ready.resumable && this.some && !this.answers.every(good)) return 'begin-anew'
    return yield* ready.chunked ? this.chunks(sender) : this.data(sender)
  }

  private get some(): boolean {
    return this.answers.some(good)
  }

  /** The message went out with its envelope: the server may have it, whatever becomes of its replies. */
  private get saidAll(): boolean {
    return this.pipelining && this.ready.chunked && this.isOne
  }

  /**
   * RFC 5321 4.5.3.1.10: 552 to one recipient among others means too many of them, unless it says that a mailbox is full or
   * that the message is too long for it (RFC 3463 3.3, 3.4).
   */
  private counted(reply: ClientReply): ClientReply {
    const many = reply.code === '552' && this.some && !/^5\.[23]\./.test(reply.lines[0]!)
    return many ? { ...reply, code: '452' } : reply
  }

  private *data(sender: ClientReply): Task<ClientResult> {
    const { talk, ready, pipelining, some } = this
    if (!pipelining && some) talk.say('DATA')
    const start = pipelining || some ? yield* talk.hear(PATIENCE.data) : null
    // RFC 2920 3.1: sender or recipients were refused, yet the server wants content: an empty message, which it will refuse.
    if (start?.code === '354') talk.stream.write(good(sender) && some ? stuffed(ready.content) : '.\r\n')
    if (!good(sender) || !some) {
      // In LMTP nobody was taken, so nothing will be said (RFC 2033 4.2); whether that is so is not waited for.
      if (start?.code === '354' && this.lmtp) talk.replies.ended = true
      else if (start?.code === '354') yield* talk.hear(PATIENCE.content)
      return good(sender) ? this.done(() => null) : failed('mail', sender)
    }
    if (start?.code !== '354') return failed('data', start)
    return yield* this.end()
  }

  /** RFC 3030 2: each chunk is answered; what is refused ends the message. */
  private *chunks(sender: ClientReply): Task<ClientResult> {
    const { talk, ready, some } = this
    const { content } = ready
    if (!good(sender) || !some) {
      // The chunk was said already, and the server refuses it.
      if (this.saidAll) yield* talk.hear(PATIENCE.content)
      return good(sender) ? this.done(() => null) : failed('mail', sender)
    }
    if (!this.saidAll) {
      let at = 0
      for (; at + CHUNK < content.length; at += CHUNK) {
        this.sayChunk(content.slice(at, at + CHUNK), false)
        const reply = yield* talk.hear(PATIENCE.block)
        if (!good(reply)) return failed('data', reply)
      }
      this.sayChunk(content.slice(at), true)
    }
    return yield* this.end()
  }

  private get isOne(): boolean {
    return this.ready.content.length <= CHUNK
  }

  private sayChunk(octets: Octets, last: boolean): void {
    this.talk.say(`BDAT ${octets.length}${last ? ' LAST' : ''}`)
    this.talk.stream.write(octets)
  }

  /**
   * RFC 1845 3: the server has all that came before the line broke, envelope and all; what is missing goes by DATA, if it
   * begins with a whole line: of half a CRLF, or of a dot within a line, the server would make something else.
   */
  private *resume(reply: ClientReply): Task<ClientResult | 'begin-anew'> {
    const { talk, ready, message } = this
    const offset = Number(/^\d+/.exec(reply.lines[0] ?? '')?.[0] ?? NaN)
    // By DATA it ended with a line end, whether or not it has one itself.
    const content = ready.content.endsWith('\r\n') ? ready.content : `${ready.content}\r\n`
    const isWhole = offset === 0 || (offset >= 2 && offset <= content.length && content.startsWith('\r\n', offset - 2))
    if (!isWhole) return 'begin-anew'
    for (const _ of message.envelope.recipients) this.answers.push({ code: '250', lines: reply.lines })
    const start = yield* talk.command('DATA')
    if (start?.code !== '354') return failed('data', start)
    talk.stream.write(stuffed(content.slice(offset)))
    return yield* this.end()
  }

  /** The answer to all of it: one, or in LMTP one for each who was taken (RFC 2033 4.2). */
  private *end(): Task<ClientResult> {
    const { talk, lmtp, answers } = this
    const expected = lmtp ? answers.filter(good).length : 1
    const ends: ClientReply[] = []
    while (ends.length < expected) {
      const end = yield* talk.hear(PATIENCE.content)
      if (end === null) break
      ends.push(end)
    }
    if (ends.length === 0) return failed('content', null, true)
    // What was said of some is theirs already; of the others nobody knows.
    let next = 0
    return this.done(() => (lmtp ? (ends[next++] ?? UNHEARD) : ends[0]!))
  }

  private done(end: () => ClientReply | null): ClientDone {
    const recipients = this.message.envelope.recipients.map(({ path }, k): RecipientResult => {
      const said = this.answers[k]!
      const reply = good(said) ? (end() ?? said) : said
      return {
        path,
        reply,
        stage: good(said) ? 'content' : 'rcpt',
        accepted: good(said) && good(reply),
        ...(reply === UNHEARD && ({ uncertain: true } as const)),
      }
    })
    const { dsn, encoded } = this.ready
    return { outcome: 'done', recipients, dsn, encoded }
  }
}

const UNHEARD: ClientReply = { code: '451', lines: ['4.4.2 The connection was lost before the answer'] }

/** RFC 5321 4.5.2: a dot at the start of a line is doubled; the content ends with CRLF.CRLF. */
function stuffed(content: Octets): Octets {
  const first = content[0] === '.' ? '.' : ''
  const end = content === '' || content.endsWith('\r\n') ? '.\r\n' : '\r\n.\r\n'
  return first + content.replaceAll('\r\n.', '\r\n..') + end
}
