/**
 * The SMTP server engine: one dispatcher for all commands.
 *
 * It frames the line, looks up the row, checks what the host offers and whether the state allows the command, calls the
 * handler, sends the reply of the outcome that the handler named, and makes that outcome's move. Handlers never set the
 * state, so the chart drawn from the table cannot lie. Whatever one chunk of input brings about leaves in one piece.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Engine, Input, Out, Outcome } from '../engine.ts'
import type { SmtpBackend } from './backend.ts'
import { anyCommand, notHere, offered, smtpCommands, typedVerbs, type Verb } from './commands.ts'
import { LIMITS } from './grammar.ts'
import { forgetTransaction, newSession, type SmtpSession } from './session.ts'
import { auth, response } from './server/auth.ts'
import { endOfContent, newContent, takeContent } from './server/content.ts'
import { ehlo, helo, noop, quit, rset, starttls } from './server/hello.ts'
import { expn, help, vrfy } from './server/inquiry.ts'
import { replyLines, replyOctets } from './server/reply.ts'
import { data, mail, rcpt } from './server/transaction.ts'
import type { Answered, Handler, Turn } from './server/turn.ts'
import type { SmtpState } from './states.ts'

/** A verb without a handler does not compile. The greeting and the lone dot are no lines to handle. */
const handlers: { [V in Exclude<Verb, 'greeting' | '.'>]: Handler<V> } = {
  HELO: helo,
  EHLO: ehlo,
  MAIL: mail,
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

const verbs = new Map<string, keyof typeof handlers>(typedVerbs.map((verb) => [verb, verb as keyof typeof handlers]))

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
        if (session.state !== 'closing') this.reply(null, 'timeout')
        break
      case 'closed':
        session.ended = true
        if (input.how !== 'fin') {
          session.pending = ''
          return
        }
        break
      case 'changed':
        return
    }
    this.speak()
    if (session.state === 'closing' || (session.ended && !session.asking)) {
      out.do({ do: 'cancel', name: 'idle' })
      out.do({ do: 'close' })
    } else if (Number.isFinite(backend.profile.limits.idle))
      out.do({ do: 'alarm', name: 'idle', after: backend.profile.limits.idle })
  }

  remark(key: string, detail: Octets): void {
    this.out.note({ kind: 'remark', conn: this.session.conn, protocol: this.protocol(), key, detail })
  }

  private protocol(): 'smtp' | 'submission' {
    return this.backend.profile.role === 'mx' ? 'smtp' : 'submission'
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
    while (at < input.length && !session.asking && session.state !== 'closing') {
      const next = session.state === 'content' ? this.workContent(input, at) : this.workLine(input, at)
      if (next < 0) break
      at = next
      if (session.pending !== input) return // STARTTLS threw the rest away
    }
    session.pending = at === 0 ? input : input.slice(at)
    if (session.state === 'closing') session.pending = ''
  }

  private workContent(input: Octets, from: number): number {
    const { session, backend } = this
    const content = session.content!
    const { at, done } = takeContent(content, input, from, backend.profile.limits.size)
    const start = session.heard
    session.heard += at - from
    if (!done) return at === from ? -1 : at
    const cause = this.out.note(
      { kind: 'content', conn: session.conn, protocol: this.protocol(), octets: content.octets, lines: content.lines },
      'up',
      start,
      session.heard,
    )
    const forced = backend.profile.answers['.']
    if (forced !== undefined && forced !== 'accepted') {
      // Whoever is told 4xx or 5xx keeps the message, so it must not be taken here.
      forgetTransaction(session)
      this.reply('.', forced)
      return at
    }
    const answer = endOfContent(this, cause)
    this.reply('.', answer.outcome, answer.values)
    return at
  }

  /** One line, if it is whole. Returns where the next one begins, or -1. */
  private workLine(input: Octets, from: number): number {
    const { session, backend } = this
    const strict = backend.profile.dialect === 'rfc5321'
    const lf = strict ? input.indexOf('\r\n', from) + 1 || -1 : input.indexOf('\n', from)
    if (lf < 0) {
      if (strict && input.indexOf('\n', from) >= 0 && !session.discarding) this.remark('waits-for-crlf', '')
      if (input.length - from > LIMITS.authLine) {
        session.discarding = true
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
    session.discarding = false
    this.hearLine(line, start, discarded)
    return lf + 1
  }

  private hearLine(line: Octets, start: number, discarded: boolean): void {
    const { session, backend, out } = this
    const exchanging = session.state === 'challenge'
    const blank = line.indexOf(' ')
    const word = (blank < 0 ? line : line.slice(0, blank)).toUpperCase()
    const verb = exchanging ? 'response' : (verbs.get(word) ?? null)
    const secret = verb !== null && smtpCommands[verb].secret
    session.lastSeq = out.note(
      { kind: 'command', conn: session.conn, protocol: this.protocol(), verb, line, state: session.state, secret },
      'up',
      start,
      session.heard,
    )
    remember(session, secret ? `${verb} ...` : line)
    if (discarded || line.length + 2 > lineLimit(verb, backend.profile.capabilities)) return this.reply(verb, 'tooLong')
    if (line.includes('\r') || line.includes('\n')) return this.reply(verb, 'bareEnd')
    if (verb === null) return this.reply(null, notHere.has(word) ? 'notImplemented' : 'unrecognized')
    const row = smtpCommands[verb]
    if (!offered(verb, backend.profile.capabilities)) return this.reply(null, 'notImplemented')
    const states: readonly SmtpState[] = row.legalIn
    if (!states.includes(session.state)) return this.reply(verb, 'sequence', { need: need(session.state) })
    const forced = backend.profile.answers[verb]
    if (forced !== undefined) return this.reply(verb, forced)
    const rest = exchanging ? line : blank < 0 ? '' : line.slice(blank + 1)
    const argument = backend.profile.dialect === 'rfc5321' ? rest.trimEnd() : rest.trim()
    const answer = (handlers[verb] as Handler<Verb>)(this, argument) as Answered<Verb>
    this.reply(verb, answer.outcome, answer.values, answer.more)
    this.move(verb, answer.outcome)
  }

  /** What comes with a move, beside the state itself. */
  private move(verb: Verb, outcome: string): void {
    const { session, out } = this
    if (session.state === 'content') session.content = newContent()
    else if (session.state !== 'challenge') session.exchange = null
    if (verb === 'STARTTLS' && outcome === 'go') {
      this.speak()
      session.pending = ''
      out.do({ do: 'startTls' })
    }
  }

  private reply(
    verb: Verb | null,
    name: string,
    values?: Readonly<Record<string, string>>,
    more?: readonly Octets[],
  ): void {
    const { session, backend } = this
    const own: Readonly<Record<string, Outcome<SmtpState>>> | null = verb === null ? null : smtpCommands[verb].outcomes
    const shared: Readonly<Record<string, Outcome<SmtpState>>> = anyCommand
    const ofRow = own?.[name]
    const outcome = ofRow ?? shared[name]!
    const key = ofRow ? `${verb}.${name}` : name
    const filled =
      !ofRow && name === 'syntax' && values?.['syntax'] === undefined
        ? { syntax: verb === null ? '' : smtpCommands[verb].syntax }
        : values
    const text = verb === 'greeting' && name === 'ready' ? 'greeting' : key
    const lines = replyLines(session, backend, text, outcome, filled, more)
    const octets = replyOctets(outcome.code, lines)
    const from = session.state
    session.state = outcome.to ?? from
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
      !ofRow &&
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

/** HELP STATUS tells the last of it. */
function remember(session: SmtpSession, line: string): void {
  session.history.push(line)
  if (session.history.length > 40) session.history.splice(0, 20)
}

function need(state: SmtpState): string {
  switch (state) {
    case 'connected':
      return 'EHLO or HELO first'
    case 'ready':
      return 'MAIL first'
    default:
      return 'a transaction is open, finish it or RSET'
  }
}

/** RFC 5321 4.5.3.1.4, and what extensions add: RFC 1870 3 (26), RFC 6152 2 (17), RFC 4954 4.2, 5 (12,288 and 500). */
function lineLimit(verb: Verb | null, capabilities: readonly string[]): number {
  if (verb === 'AUTH' || verb === 'response') return LIMITS.authLine
  if (verb !== 'MAIL') return LIMITS.commandLine
  let limit: number = LIMITS.commandLine
  if (capabilities.includes('SIZE')) limit += 26
  if (capabilities.includes('8BITMIME')) limit += 17
  if (capabilities.includes('AUTH')) limit += 500
  return limit
}
