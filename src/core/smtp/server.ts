/**
 * The SMTP server engine: one dispatcher for all commands.
 *
 * It frames the line, looks up the row, checks what the host offers and whether the state allows the command, calls the
 * handler, sends the reply of the outcome that the handler named, and makes that outcome's move. Handlers never set the
 * state, so the chart drawn from the table cannot lie. Whatever one chunk of input brings about leaves in one piece.
 */
import type { Octets } from '../bytes/octets.ts'
import type { CommandRow, Engine, Input, Out, Outcome } from '../engine.ts'
import { withoutBlanks } from '../message/fields.ts'
import type { Seq } from '../terms.ts'
import type { SmtpBackend } from './backend.ts'
import { anyCommand, offered, smtpCommands, spokenIn, typedVerbs, type Verb } from './commands.ts'
import { LIMITS } from './grammar.ts'
import { forgetTransaction, newSession, type Content, type SmtpSession } from './session.ts'
import { auth, response } from './server/auth.ts'
import { inspect, parseChunk, takeChunk } from './server/chunks.ts'
import { endOfContent, keepContent, newContent, takeContent, wasHeard } from './server/content.ts'
import { ehlo, etrn, helo, lhlo, noop, quit, rset, starttls, turn } from './server/hello.ts'
import { expn, help, rowOf, vrfy } from './server/inquiry.ts'
import { lineLimit, need, withoutTrailingBlanks } from './server/lines.ts'
import { replyLines, replyOctets } from './server/reply.ts'
import { data, mail, rcpt, saml, send, soml, withoutRecipients } from './server/transaction.ts'
import type { Answered, Handler, Turn } from './server/turn.ts'
import { SILENTLY, type SmtpState } from './states.ts'

/** A verb without a handler does not compile. The greeting and the lone dot are no lines, and BDAT is answered later. */
const handlers: { [V in Exclude<Verb, 'greeting' | '.' | 'BDAT'>]: Handler<V> } = {
  HELO: helo,
  EHLO: ehlo,
  LHLO: lhlo,
  MAIL: mail,
  SEND: send,
  SOML: soml,
  SAML: saml,
  TURN: turn,
  ETRN: etrn,
  RCPT: rcpt,
  DATA: data,
  RSET: rset,
  VRFY: vrfy,
  EXPN: expn,
  HELP: help,
  NOOP: noop,
  QUIT: quit,
  STARTTLS: starttls,
  AUTH: auth,
  response,
}

const verbs = new Map<string, Verb>(typedVerbs.map((verb) => [verb, verb]))
const noRow: Readonly<Record<string, Outcome<SmtpState>>> = anyCommand

export const smtpServer: Engine<SmtpSession, SmtpBackend> = {
  start: newSession,
  step(session, input, backend, out) {
    new Dispatcher(session, backend, out).hear(input)
  },
}

class Dispatcher implements Turn {
  readonly session: SmtpSession
  readonly backend: SmtpBackend
  readonly out: Out

  constructor(session: SmtpSession, backend: SmtpBackend, out: Out) {
    this.session = session
    this.backend = backend
    this.out = out
  }

  hear(input: Input): void {
    const { session, backend, out } = this
    if (session.state === 'turned') return
    switch (input.on) {
      case 'open':
        session.conn = input.conn
        session.client = { ...session.client, peer: input.peer, secure: input.secure }
        this.open()
        break
      case 'answer':
        session.asking = false
        if (input.answer.answer === 'reverse') session.client = { ...session.client, name: input.answer.name }
        this.reply('greeting', 'ready')
        this.work()
        break
      case 'bytes':
        if (session.state === 'closing') return
        session.pending = session.pending === '' ? input.data : session.pending + input.data
        this.work()
        break
      case 'secured':
        // RFC 3207 4.2: nothing that was said before counts any more.
        session.client = { ...session.client, secure: true, helo: '', esmtp: false, user: null }
        session.history = []
        break
      case 'alarm':
        this.keep()
        if (session.state !== 'closing') this.reply(null, 'timeout')
        break
      case 'closed':
        session.ended = true
        this.keep()
        if (input.how !== 'fin') {
          session.pending = ''
          return
        }
        break
      case 'changed':
        return
    }
    this.speak()
    if (this.isTurned()) {
      out.do({ do: 'cancel', name: 'idle' })
      out.do({ do: 'become', role: 'client', name: session.client.helo, rest: session.pending })
      session.pending = ''
    } else if (session.state === 'closing' || (session.ended && !session.asking)) {
      out.do({ do: 'cancel', name: 'idle' })
      out.do({ do: 'close' })
    } else if (Number.isFinite(backend.profile.limits.idle))
      out.do({ do: 'alarm', name: 'idle', after: backend.profile.limits.idle })
  }

  remark(key: string, detail: Octets): void {
    this.out.note({ kind: 'remark', conn: this.session.conn, protocol: this.protocol(), key, detail })
  }

  private protocol(): 'smtp' | 'submission' | 'lmtp' {
    const { role } = this.backend.profile
    return role === 'mx' ? 'smtp' : role
  }

  private isTurned(): boolean {
    return this.session.state === 'turned'
  }

  /** The connection is lost: what is there of a message that has a name is kept (RFC 1845 3). */
  private keep(): void {
    const { session, out } = this
    if (session.state !== 'content') return
    const octets = keepContent(this)
    if (octets > 0)
      out.note({
        kind: 'checkpoint',
        conn: session.conn,
        protocol: this.protocol(),
        transid: session.transid!,
        octets,
      })
  }

  private open(): void {
    const { session, backend, out } = this
    const forced = backend.profile.answers['greeting']
    if (forced !== undefined) this.reply('greeting', forced)
    else if (backend.profile.reverse) {
      session.asking = true
      out.do({ do: 'ask', id: 0, ask: { ask: 'reverse', address: session.client.peer.address } })
    } else this.reply('greeting', 'ready')
  }

  /** Deals with all whole lines, and all of a message's content, that are there. */
  private work(): void {
    const { session } = this
    let at = 0
    const input = session.pending
    while (at < input.length && !session.asking && session.state !== 'closing' && !this.isTurned()) {
      const next = this.workAt(input, at)
      if (next < 0) break
      at = next
      if (session.pending !== input) {
        // STARTTLS threw the rest away; in the stream it was.
        session.heard += input.length - at
        return
      }
    }
    session.pending = at === 0 ? input : input.slice(at)
    if (session.state === 'closing') session.pending = ''
  }

  private workAt(input: Octets, at: number): number {
    switch (this.session.state) {
      case 'content':
        return this.workContent(input, at)
      case 'chunk':
        return this.workChunk(input, at)
      default:
        return this.workLine(input, at)
    }
  }

  private workContent(input: Octets, from: number): number {
    const { session, backend } = this
    const content = session.content!
    const { at, done } = takeContent(content, input, from, backend.profile.limits.size)
    const start = session.heard
    session.heard += at - from
    if (!done) return at === from ? -1 : at
    const cause = this.noteContent(content, start)
    const text = content.parts.length === 1 ? content.parts[0]! : content.parts.join('')
    this.endContent('.', content, text, cause)
    return at
  }

  private noteContent({ octets, lines }: Content, from?: number): Seq {
    const { session, out } = this
    const note = { kind: 'content', conn: session.conn, protocol: this.protocol(), octets, lines } as const
    return from === undefined ? out.note(note, 'up') : out.note(note, 'up', from, session.heard)
  }

  /** One reply, and in LMTP one for each recipient. */
  private endContent(verb: '.' | 'BDAT', content: Content, text: Octets, cause: Seq): void {
    const { session, backend } = this
    const forced = backend.profile.answers[verb]
    if (forced === undefined || forced === 'accepted' || forced === 'chunk') {
      for (const answer of endOfContent(this, content, text, cause)) this.answer(verb, answer)
      return
    }
    // Whoever is told 4xx or 5xx keeps the message, so it must not be taken here.
    const replies = backend.profile.role === 'lmtp' ? session.envelope!.recipients.length : 1
    forgetTransaction(session)
    for (let k = 0; k < replies; k++) this.reply(verb, forced)
  }

  /**
   * The octets behind BDAT begin, or are none. What is already settled is told when they are swallowed: the client has
   * sent them, whatever is thought of them here.
   */
  private beginChunk(argument: Octets): void {
    const { session, backend } = this
    const chunk = parseChunk(argument, session)
    if (!chunk) return this.reply('BDAT', 'syntax')
    const states: readonly SmtpState[] = smtpCommands.BDAT.legalIn
    const { state } = session
    if (!states.includes(state))
      chunk.refusal = { outcome: 'sequence', values: { need: need(state, backend.profile.role) } }
    else if (state === 'mail') chunk.refusal = withoutRecipients(session.refused, backend.profile.role)
    else session.content ??= newContent(session.resumed)
    session.chunk = chunk
    session.state = SILENTLY.BDAT
    if (chunk.octets === 0) this.endChunk()
  }

  private workChunk(input: Octets, from: number): number {
    const { session, backend } = this
    const chunk = session.chunk!
    const at = takeChunk(chunk, session.content, input, from, backend.profile.limits.size)
    session.heard += at - from
    if (chunk.left === 0) this.endChunk()
    return at
  }

  private endChunk(): void {
    const { session, backend, out } = this
    const { octets, last, state, refusal } = session.chunk!
    session.chunk = null
    const note = { kind: 'chunk', conn: session.conn, protocol: this.protocol(), octets, last } as const
    session.lastSeq = out.note(note, 'up', session.heard - octets, session.heard)
    // The outcome makes its move from where BDAT was said.
    session.state = state
    if (refusal) return this.reply('BDAT', refusal.outcome, refusal.values)
    const content = session.content!
    if (!last) {
      const forced = backend.profile.answers['BDAT']
      const isForced = forced !== undefined && forced !== 'accepted' && forced !== 'chunk'
      if (!isForced && !content.tooBig) return this.reply('BDAT', 'chunk', { octets: String(octets) })
      // One reply, in LMTP, too: there is one for each recipient only where the message ends (RFC 2033 4.2).
      if (!isForced && session.transid !== null) backend.keepCheckpoint(session.client, session.transid, null)
      forgetTransaction(session)
      return this.reply('BDAT', isForced ? forced : 'tooBig')
    }
    const text = content.parts.length === 1 ? content.parts[0]! : content.parts.join('')
    inspect(content, text, session.envelope!.body !== 'BINARYMIME')
    this.endContent('BDAT', content, text, this.noteContent(content))
  }

  /** One line, if it is whole. Returns where the next one begins, or -1. */
  private workLine(input: Octets, from: number): number {
    const { session, backend } = this
    const strict = backend.profile.dialect === 'rfc5321'
    const lf = strict ? input.indexOf('\r\n', from) + 1 || -1 : input.indexOf('\n', from)
    if (lf < 0) {
      if (strict && input.indexOf('\n', from) >= 0 && session.discarding === null) this.remark('waits-for-crlf', '')
      if (input.length - from > LIMITS.authLine) {
        session.discarding ??= firstWord(input.slice(from, from + LIMITS.commandLine))
        session.heard += input.length - 1 - from
        return input.length - 1 // the last octet may be a CR
      }
      return -1
    }
    const crlf = lf > from && input.charCodeAt(lf - 1) === 13
    const line = input.slice(from, crlf ? lf - 1 : lf)
    if (!crlf) this.remark('bare-lf', '')
    const start = session.heard
    session.heard += lf + 1 - from
    const discarded = session.discarding
    session.discarding = null
    this.hearLine(line, start, discarded)
    return lf + 1
  }

  /** `discarded`: the first word of a line of which only the end is left. */
  private hearLine(line: Octets, start: number, discarded: string | null): void {
    const { session, backend, out } = this
    const exchanging = session.state === 'challenge'
    const blank = line.indexOf(' ')
    const word = (discarded ?? firstWord(line)).toUpperCase()
    // What was not said in one breath with the content shows that the client has heard what became of it.
    if (session.speech === '') wasHeard(this)
    const known = exchanging ? 'response' : (verbs.get(word) ?? null)
    const verb = known !== null && spokenIn(known, backend.profile.role) ? known : this.localVerb(word)
    const secret = known !== null && smtpCommands[known].secret
    session.lastSeq = out.note(
      { kind: 'command', conn: session.conn, protocol: this.protocol(), verb, line, state: session.state, secret },
      'up',
      start,
      session.heard,
    )
    remember(session, secret ? `${verb} ...` : line)
    if (discarded !== null || line.length + 2 > lineLimit(verb, backend.profile.capabilities))
      return this.reply(verb, 'tooLong')
    if (line.includes('\r') || line.includes('\n')) return this.reply(verb, 'bareEnd')
    // RFC 5321 3.1: whatever comes between 554 and QUIT is out of turn, even what is no command; the octets of a chunk are none.
    if (session.state === 'rejected' && verb !== 'QUIT' && verb !== 'BDAT')
      return this.reply(null, 'sequence', { need: need(session.state, backend.profile.role) })
    const row = verb === null ? null : rowOf(verb, backend)
    if (verb === null || row === null) return this.reply(null, 'unrecognized')
    if (known !== null && !offered(known, backend.profile.capabilities)) return this.reply(null, 'notImplemented')
    const rest = exchanging ? line : blank < 0 ? '' : line.slice(blank + 1)
    const argument = backend.profile.dialect === 'rfc5321' ? withoutTrailingBlanks(rest) : withoutBlanks(rest)
    if (known === 'BDAT') return this.beginChunk(argument)
    if (!row.legalIn.includes(session.state))
      return this.reply(verb, 'sequence', { need: need(session.state, backend.profile.role) })
    const forced = backend.profile.answers[verb]
    if (forced !== undefined) return this.reply(verb, forced)
    if (known === null) {
      // RFC 5321 4.1.5: where the syntax is the verb alone, nothing may follow it.
      return this.reply(verb, argument !== '' && !row.syntax.includes(' ') ? 'syntax' : 'answer')
    }
    const answer = (handlers[known as keyof typeof handlers] as Handler<Verb>)(this, argument) as Answered<Verb>
    this.answer(verb, answer)
    this.move(known, answer.outcome)
  }

  /** A command that only this host knows, or none. */
  private localVerb(word: string): string | null {
    return Object.hasOwn(this.backend.profile.local, word) ? word : null
  }

  /** What comes with a move, beside the state itself. */
  private move(verb: Verb, outcome: string): void {
    const { session, out } = this
    if (session.state === 'content') session.content = newContent(session.resumed)
    if (verb === 'STARTTLS' && outcome === 'go') {
      this.speak()
      session.pending = ''
      out.do({ do: 'startTls' })
    }
  }

  private answer(
    verb: string,
    { outcome, values, more, utf8 }: Omit<Answered<'NOOP'>, 'outcome'> & { outcome: string },
  ): void {
    this.reply(verb, outcome, values, more, utf8)
  }

  private reply(
    verb: string | null,
    name: string,
    values?: Readonly<Record<string, string>>,
    more?: readonly Octets[],
    utf8 = this.session.envelope?.utf8 === true,
  ): void {
    const { session, backend } = this
    const row: CommandRow<SmtpState> | null = verb === null ? null : rowOf(verb, backend)
    const ofRow = row?.outcomes[name]
    const outcome = ofRow ?? noRow[name]!
    const key = ofRow ? `${verb}.${name}` : name
    const filled =
      !ofRow && name === 'syntax' && values?.['syntax'] === undefined ? { syntax: row?.syntax ?? '' } : values
    const text = verb === 'greeting' && name === 'ready' ? 'greeting' : key
    const lines = replyLines(session, backend, text, outcome, filled, more, utf8)
    const octets = replyOctets(outcome.code, lines)
    const from = session.state
    session.state = outcome.to ?? from
    if (session.state !== 'challenge') session.exchange = null
    session.speech += octets
    const start = session.said
    session.said += octets.length
    this.out.note(
      {
        kind: 'reply',
        conn: session.conn,
        protocol: this.protocol(),
        verb,
        outcome: name,
        code: outcome.code,
        lines,
        from,
        to: session.state,
      },
      'down',
      start,
      session.said,
    )
    remember(session, `${outcome.code} ${lines[0]}`)
    if (
      outcome.code >= '500' &&
      (!ofRow || isFailedLogin(verb, name)) &&
      ++session.errors > backend.profile.limits.errors &&
      session.state !== 'closing'
    )
      this.reply(null, 'tooManyErrors')
  }

  private speak(): void {
    if (this.session.speech === '') return
    this.out.do({ do: 'send', data: this.session.speech })
    this.session.speech = ''
  }
}

const isFailedLogin = (verb: string | null, outcome: string) =>
  (verb === 'AUTH' || verb === 'response') && outcome === 'failed'

function firstWord(line: Octets): string {
  const blank = line.indexOf(' ')
  return blank < 0 ? line : line.slice(0, blank)
}

/** HELP STATUS tells the last of it. */
function remember(session: SmtpSession, line: string): void {
  session.history.push(line)
  if (session.history.length > 40) session.history.splice(0, 20)
}
