/**
 * The POP3 server engine: one dispatcher for all commands.
 *
 * It frames the line, looks up the row, checks what the host offers and whether the state allows the command, calls the
 * handler, sends the reply of the outcome that the handler named, and makes that outcome's move. Handlers never set the
 * state, so the chart drawn from the table cannot lie. Whatever one chunk of input brings about leaves in one piece, or
 * in pieces of a megabyte where a pipeline of RETR asks for many.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Engine, Input, Out, Outcome } from '../engine.ts'
import type { Pop3Backend } from './backend.ts'
import { anyCommand, offered, pop3Commands, typedVerbs, type Pop3Verb } from './commands.ts'
import { LIMITS } from './grammar.ts'
import { newSession, type Pop3Session } from './session.ts'
import { apop, auth, pass, response, user } from './server/login.ts'
import { dele, last, list, quit, retr, rset, stat, top, uidl } from './server/maildrop.ts'
import { firstLine, listingOctets, replyText } from './server/reply.ts'
import { capa, lang, noop, stls, utf8 } from './server/service.ts'
import type { Answered, Handler, Turn } from './server/turn.ts'
import { isOver, type Pop3State } from './states.ts'
import { countLines, stuffed } from './wire.ts'

/** A verb without a handler does not compile. The greeting is no line to handle. */
const handlers: { [V in Exclude<Pop3Verb, 'greeting'>]: Handler<V> } = {
  USER: user,
  PASS: pass,
  APOP: apop,
  AUTH: auth,
  response,
  STLS: stls,
  UTF8: utf8,
  CAPA: capa,
  LANG: lang,
  STAT: stat,
  LIST: list,
  RETR: retr,
  DELE: dele,
  NOOP: noop,
  RSET: rset,
  TOP: top,
  UIDL: uidl,
  LAST: last,
  QUIT: quit,
}

const verbs = new Map<string, keyof typeof handlers>(typedVerbs.map((verb) => [verb, verb as keyof typeof handlers]))

/** So much speech is sent before more is made: one string for a whole pipeline would be as large as the maildrop. */
const FULL = 1_000_000

/** So much of what follows a reply stands in the trace: the rest is in the octets of its span. CAPA's lines all matter. */
const SHOWN = { lines: 12, octets: 200 }

export const pop3Server: Engine<Pop3Session, Pop3Backend> = {
  start: newSession,
  step(session, input, backend, out) {
    new Dispatcher(session, backend, out).hear(input)
  },
}

class Dispatcher implements Turn {
  readonly session: Pop3Session
  readonly backend: Pop3Backend
  private readonly out: Out

  constructor(session: Pop3Session, backend: Pop3Backend, out: Out) {
    this.session = session
    this.backend = backend
    this.out = out
  }

  hear(input: Input): void {
    const { session, backend } = this
    if (isOver(session.state)) return
    switch (input.on) {
      case 'open':
        session.conn = input.conn
        session.secure = input.secure
        this.greet()
        break
      case 'bytes':
        session.pending = session.pending === '' ? input.data : session.pending + input.data
        this.work()
        break
      case 'secured':
        // RFC 2595 4: the AUTHORIZATION state begins anew; the timestamp of the greeting still holds.
        session.secure = true
        session.name = null
        session.utf8 = false
        break
      case 'alarm':
        // RFC 1939 3: no update, and no answer either.
        this.remark('auto-logout', '')
        this.leave()
        break
      case 'closed':
        this.leave()
        if (input.how !== 'fin') {
          backend.close()
          return
        }
        break
      case 'answer':
      case 'changed':
        return
    }
    this.rest()
  }

  remark(key: string, detail: Octets): void {
    this.out.note({ kind: 'remark', conn: this.session.conn, protocol: 'pop3', key, detail })
  }

  private greet(): void {
    const { session, backend } = this
    const forced = backend.profile.answers['greeting']
    if (forced !== undefined && fault('greeting', forced)) {
      this.reply('greeting', { outcome: forced })
      return
    }
    const timestamp = backend.profile.apop ? backend.nonce() : ''
    const text = this.reply('greeting', { outcome: 'ready', values: { timestamp } })
    // A world may have written one down, word by word; what the greeting said is what APOP digests.
    session.timestamp = backend.profile.apop ? (/<[^<>\s]+@[^<>\s]+>/.exec(text)?.[0] ?? '') : ''
  }

  /** Gone without QUIT: nothing is removed. */
  private leave(): void {
    const { session } = this
    const marked = session.maildrop?.deleted.size ?? 0
    if (marked > 0) this.remark('marks-forgotten', String(marked))
    session.state = 'closing'
  }

  /** What ends every step: what was said goes out, the clock of the auto-logout begins anew, or all is over. */
  private rest(): void {
    const { session, backend, out } = this
    this.speak()
    if (isOver(session.state)) {
      session.pending = ''
      backend.close()
      out.do({ do: 'cancel', name: 'idle' })
      out.do({ do: 'close' })
    } else if (Number.isFinite(backend.profile.limits.idle))
      out.do({ do: 'alarm', name: 'idle', after: backend.profile.limits.idle })
  }

  /** Deals with all whole lines that are there. */
  private work(): void {
    const { session } = this
    const input = session.pending
    let at = 0
    while (at < input.length && !isOver(session.state)) {
      const next = this.workLine(input, at)
      if (next < 0) break
      at = next
    }
    session.pending = at === 0 ? input : input.slice(at)
  }

  /** One line, if it is whole. Returns where the next one begins, or -1. */
  private workLine(input: Octets, from: number): number {
    const { session, backend } = this
    const strict = backend.profile.dialect === 'rfc1939'
    const lf = strict ? input.indexOf('\r\n', from) + 1 || -1 : input.indexOf('\n', from)
    if (lf < 0) {
      if (strict && input.indexOf('\n', from) >= 0 && !session.discarding) this.remark('waits-for-crlf', '')
      if (input.length - from <= LIMITS.authLine) return -1
      session.discarding = true
      session.heard += input.length - 1 - from
      return input.length - 1 // the last octet may be a CR
    }
    const crlf = lf > from && input.charCodeAt(lf - 1) === 13
    const line = input.slice(from, crlf ? lf - 1 : lf)
    if (!crlf) this.remark('bare-lf', '')
    const start = session.heard
    session.heard += lf + 1 - from
    const discarded = session.discarding
    session.discarding = false
    const tls = this.hearLine(line, start, discarded)
    // RFC 2595 4: what was pipelined behind STLS was said in the clear.
    return tls ? input.length : lf + 1
  }

  /** True where TLS begins behind the reply. */
  private hearLine(line: Octets, start: number, discarded: boolean): boolean {
    const { session, backend, out } = this
    const { profile } = backend
    const exchanging = session.state === 'challenge'
    const blank = line.indexOf(' ')
    const word = (blank < 0 ? line : line.slice(0, blank)).toUpperCase()
    const verb = exchanging ? 'response' : (verbs.get(word) ?? null)
    const secret = verb !== null && pop3Commands[verb].secret
    out.note(
      { kind: 'command', conn: session.conn, protocol: 'pop3', verb, line, state: session.state, secret },
      'up',
      start,
      session.heard,
    )
    const answer = this.judge(verb, line, discarded) ?? this.handle(verb!, line, exchanging ? 0 : word.length + 1)
    // RFC 1939 7: PASS comes immediately behind USER. Elsewhere a slip of the fingers does not cost the name.
    if (profile.dialect === 'rfc1939' && verb !== 'USER') session.name = null
    this.reply(verb, answer)
    if (session.state !== 'challenge') session.exchange = null
    if (verb !== 'STLS' || answer.outcome !== 'go') return false
    this.speak()
    out.do({ do: 'startTls' })
    return true
  }

  /** What is wrong with a line before its handler sees it. */
  private judge(verb: Pop3Verb | null, line: Octets, discarded: boolean): AnyAnswer | null {
    const { session, backend } = this
    const { profile } = backend
    const limit = verb === 'AUTH' || verb === 'response' ? LIMITS.authLine : profile.limits.line
    if (discarded || line.length + 2 > limit) return { outcome: 'tooLong' }
    if (line.includes('\r') || line.includes('\n')) return { outcome: 'bareEnd' }
    if (verb === null) return { outcome: 'unrecognized' }
    if (!offered(verb, profile.capabilities)) return { outcome: 'notImplemented' }
    const states: readonly Pop3State[] = pop3Commands[verb].legalIn
    if (!states.includes(session.state)) {
      const need = session.state === 'transaction' ? 'you are logged in already' : 'log in first'
      return { outcome: 'sequence', values: { need } }
    }
    const forced = profile.answers[verb]
    return forced !== undefined && fault(verb, forced) ? { outcome: forced } : null
  }

  private handle(verb: Pop3Verb, line: Octets, from: number): AnyAnswer {
    const strict = this.backend.profile.dialect === 'rfc1939'
    const argument = line.slice(from)
    const handler = handlers[verb as keyof typeof handlers] as Handler<Pop3Verb>
    return handler(this, strict || verb === 'PASS' ? argument : argument.trim())
  }

  /** Sends the reply, makes its move, and returns the text of its first line. */
  private reply(verb: Pop3Verb | null, answer: AnyAnswer): Octets {
    const { session, backend } = this
    const { outcome: name, listing, message } = answer
    const ofRow = verb === null ? undefined : rowOutcome(verb, name)
    const outcome = ofRow ?? shared[name]!
    const values = name === 'syntax' && verb !== null ? { syntax: pop3Commands[verb].syntax } : answer.values
    const key = verb === 'greeting' && name === 'ready' ? 'greeting' : ofRow ? `${verb}.${name}` : name
    const text = replyText(session, backend, key, outcome, values)
    const from = session.state
    session.state = outcome.to ?? from
    const start = session.said
    // The number that a reply gives is that of the message it is about.
    const uid = session.maildrop?.uids[Number(values?.['number']) - 1]
    this.say(firstLine(outcome.code, text))
    this.out.note(
      {
        kind: 'reply',
        conn: session.conn,
        protocol: 'pop3',
        verb,
        outcome: name,
        code: outcome.code,
        lines: [text],
        from,
        to: session.state,
        ...(uid !== undefined && { messages: { account: session.user!, mailbox: 'INBOX', uids: [[uid, uid]] } }),
      },
      'down',
      start,
      session.said,
    )
    if (message !== undefined) this.data(verb, firstLines(message), countLines(message), `${stuffed(message)}.\r\n`)
    else if (listing) this.data(verb, listing, listing.length, listingOctets(listing))
    if (outcome.code === '-ERR' && (!ofRow || name === 'failed')) this.blame()
    return text
  }

  /** What stands behind the first line, up to the lone dot: one event, however long. */
  private data(verb: Pop3Verb | null, all: readonly Octets[], count: number, octets: Octets): void {
    const { session } = this
    const lines = verb === 'CAPA' ? all : all.slice(0, SHOWN.lines).map((line) => line.slice(0, SHOWN.octets))
    const start = session.said
    this.say(octets)
    this.out.note(
      { kind: 'data', conn: session.conn, protocol: 'pop3', verb, lines, count, octets: octets.length },
      'down',
      start,
      session.said,
    )
  }

  /** RFC 1939 leaves open how many bad commands a server bears. */
  private blame(): void {
    const { session, backend } = this
    session.errors++
    if (session.errors <= backend.profile.limits.errors || isOver(session.state)) return
    this.reply(null, { outcome: 'tooManyErrors' })
    this.leave()
  }

  private say(octets: Octets): void {
    const { session } = this
    session.said += octets.length
    session.speech += octets
    if (session.speech.length >= FULL) this.speak()
  }

  private speak(): void {
    if (this.session.speech === '') return
    this.out.do({ do: 'send', data: this.session.speech })
    this.session.speech = ''
  }
}

type AnyAnswer = Omit<Answered<Pop3Verb>, 'outcome'> & { outcome: string }

const shared: Readonly<Record<string, Outcome<Pop3State>>> = anyCommand

const rowOutcome = (verb: Pop3Verb, name: string): Outcome<Pop3State> | undefined =>
  (pop3Commands[verb].outcomes as Readonly<Record<string, Outcome<Pop3State>>>)[name]

/** A world may make a command fail; what a success brings with it, no world can prescribe. */
const fault = (verb: Pop3Verb, name: string): boolean => (rowOutcome(verb, name) ?? shared[name])?.code === '-ERR'

function firstLines(message: Octets): Octets[] {
  const lines: Octets[] = []
  for (let at = 0; at < message.length && lines.length < SHOWN.lines;) {
    const end = message.indexOf('\r\n', at)
    lines.push(message.slice(at, end))
    at = end + 2
  }
  return lines
}
