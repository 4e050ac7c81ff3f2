/**
 * The IMAP server engine: one dispatcher for all commands.
 *
 * It waits for the lines and literals of a command, reads tag and verb, looks up the row, checks what the host offers and
 * whether the state allows the command, calls the handler, tells what has changed in the open mailbox, sends the reply of
 * the outcome that the handler named, and makes that outcome's move. Handlers never set the state, so the chart drawn from the
 * table cannot lie. Whatever one chunk of input brings about leaves in one piece, large answers as they come.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Engine, Input, Out, Outcome } from '../engine.ts'
import type { Copied, ImapAccount, ImapBackend, ImapMailbox } from './backend.ts'
import { capabilities, offered, offers } from './capabilities.ts'
import { anyCommand, imapCommands, typedVerbs, type ImapCommandRow, type Verb } from './commands.ts'
import { expectLiteral, nextPiece, nothingYet, refuseLiteral, type Piece } from './framing.ts'
import { handlers } from './server/handlers.ts'
import { beforeAppendLiteral } from './server/append.ts'
import { replyLine } from './server/reply.ts'
import { writeTold } from './server/report.ts'
import { forgetExpunged, updateContexts } from './server/search.ts'
import { Speech, stored } from './server/speech.ts'
import type { Answered, Handler, Turn } from './server/turn.ts'
import { newSession, type ImapSession } from './session.ts'
import type { ImapState } from './states.ts'
import { pull, type View } from './view.ts'
import { Malformed, Misnamed, Reader } from './wire/reader.ts'

type Heard = keyof typeof handlers

const verbs = new Map<string, Heard>(typedVerbs.map((verb) => [verb, verb as Heard]))

/** Octets of a literal that is no message, and of one by somebody who has not logged in. */
const STRING_LITERAL = 65_536
const STRANGERS_LITERAL = 8192
/** RFC 7888 5: LITERAL- takes so much without being asked. */
const LITERAL_MINUS = 4096
/** RFC 3501 9: `tag` is an astring without `+`. */
const TAG = /[^\x00-\x20(){%*"\\+\x7f-\xff]+/y
const WORD = /[^\x00-\x20(){%*"\\\]\x7f-\xff]+/y

export const imapServer: Engine<ImapSession, ImapBackend> = {
  start: newSession,
  step(session, input, backend, out) {
    new Dispatcher(session, backend, out).hear(input)
  },
}

/** A command's beginning. */
interface Begun {
  tag: Octets | null
  verb: Heard | null
  word: string
  at: number
}

class Dispatcher implements Turn {
  readonly session: ImapSession
  readonly backend: ImapBackend
  private readonly out: Out
  tag: Octets = '*'
  verb: Verb = 'NOOP'
  private readonly speech: Speech

  constructor(session: ImapSession, backend: ImapBackend, out: Out) {
    this.session = session
    this.backend = backend
    this.out = out
    this.speech = new Speech(session, out)
  }

  get byUid(): boolean {
    return this.verb.startsWith('UID ')
  }

  get account(): ImapAccount {
    return this.backend.account(this.session.user!)
  }

  get view(): View {
    return this.session.view!
  }

  get mailbox(): ImapMailbox {
    return this.account.opened(this.view.mailbox)
  }

  get utf8(): boolean {
    const { enabled } = this.session
    return enabled.size > 0 && (enabled.has('UTF8=ACCEPT') || enabled.has('IMAP4rev2'))
  }

  offers(capability: string): boolean {
    return offers(this.backend.profile, capability)
  }

  remark(key: string, detail: Octets): void {
    this.out.note({ kind: 'remark', conn: this.session.conn, protocol: 'imap', key, detail })
  }

  untagged(line: Octets): void {
    this.speech.untagged(line)
  }

  concerns(uids: readonly number[], copied?: Copied): void {
    this.speech.about(stored(this.mailbox.place, uids), copied && stored(copied.place, copied.to))
  }

  sync(): void {
    const { session } = this
    if (!session.view) return
    const quiet = this.mailbox.highestModseq === session.view.seen
    const told = pull(session.view, this.mailbox, session.state === 'idle' || imapCommands[this.verb].expunge)
    if (told.length > 0) {
      forgetExpunged(this, told)
      writeTold(this, told)
    }
    // Also what this session did itself, and was told of already, changes what was found.
    if (!quiet) updateContexts(this)
  }

  closeMailbox(): void {
    const { session } = this
    if (!session.view) return
    this.account.release(session.view.mailbox)
    session.view = null
    session.saved = []
    session.contexts = []
  }

  hear(input: Input): void {
    const { session, backend, out } = this
    switch (input.on) {
      case 'open':
        session.conn = input.conn
        session.peer = input.peer
        session.secure = input.secure
        this.greet()
        break
      case 'bytes':
        if (session.state === 'logout') return
        session.input.pending = session.input.pending === '' ? input.data : session.input.pending + input.data
        this.work()
        break
      case 'secured':
        session.secure = true
        break
      case 'alarm':
        if (session.state !== 'logout') this.reply(null, 'timeout')
        break
      case 'closed':
        session.ended = true
        if (input.how !== 'fin') {
          session.input = nothingYet()
          return
        }
        break
      case 'changed':
        if (session.state !== 'idle') return
        this.verb = 'IDLE'
        this.sync()
        this.speech.noteData(this.verb)
        this.speech.send()
        return
      case 'answer':
        return
    }
    this.speech.send()
    if (session.state === 'logout' || session.ended) {
      out.do({ do: 'cancel', name: 'idle' })
      out.do({ do: 'close' })
    } else if (Number.isFinite(backend.profile.limits.idle))
      out.do({ do: 'alarm', name: 'idle', after: backend.profile.limits.idle })
  }

  private greet(): void {
    const { session, backend } = this
    const { greeting, answers } = backend.profile
    if (greeting.is === 'preauth') session.user = greeting.user
    const how = greeting.is === 'ok' ? 'ready' : greeting.is
    this.reply('greeting', answers['greeting'] ?? how)
  }

  /** Deals with all whole commands that are there. */
  private work(): void {
    const { session, backend } = this
    const text = session.input.pending
    let at = 0
    while (session.state !== 'logout') {
      const plain = session.state === 'challenge' || session.state === 'idle'
      const piece = nextPiece(session.input, text, at, backend.profile.limits.line, !plain)
      if (piece.is === 'nothing') break
      const to = piece.to
      if (piece.is !== 'literal') session.heard += to - at
      if (piece.is === 'command') this.hearCommand(piece.command, session.heard - (to - at), piece.bare)
      else if (piece.is === 'too-long') this.refuseLine(piece.soFar)
      else if (piece.is === 'literal') {
        if (this.weigh(piece)) {
          // It stays in `pending` until all of it is there.
          expectLiteral(session.input, piece.soFar, piece.size)
          continue
        }
        session.heard += to - at
        refuseLiteral(session.input, piece.size, piece.waits)
      }
      at = to
      if (session.input.pending !== text) return // STARTTLS threw the rest away
    }
    session.input.pending = at === 0 ? text : text.slice(at)
    if (session.state === 'logout') session.input = nothingYet()
  }

  /** Tag and verb. */
  private begin(command: Octets): Begun {
    TAG.lastIndex = 0
    const tag = TAG.exec(command)?.[0] ?? null
    if (tag === null || command.charCodeAt(tag.length) !== 32) return { tag: null, verb: null, word: '', at: 0 }
    const [word, at] = wordAt(command, tag.length)
    if (word !== 'UID') return { tag, verb: verbs.get(word) ?? null, word, at }
    const [second, end] = wordAt(command, at)
    return { tag, verb: verbs.get(`UID ${second}`) ?? null, word: `UID ${second}`.trim(), at: end }
  }

  /** Why a command cannot be done at all; null where it can. */
  private obstacle({ verb, word }: Begun): { outcome: keyof typeof anyCommand; values: Record<string, string> } | null {
    const { session, backend } = this
    if (verb === null) return { outcome: 'unrecognized', values: { verb: word } }
    const row: ImapCommandRow = imapCommands[verb]
    if (!offered(verb, backend.profile)) return { outcome: 'notOffered', values: { extension: row.extension! } }
    if (!row.legalIn.includes(session.state))
      return { outcome: 'wrongState', values: { need: need(session.state, row) } }
    return null
  }

  private hearCommand(command: Octets, start: number, bare: boolean): void {
    const { session, backend } = this
    if (bare) this.remark('bare-lf', '')
    if (session.state === 'challenge') return this.hearLine('response', command, start)
    if (session.state === 'idle') return this.hearLine('DONE', command, start)
    const begun = this.begin(command)
    this.noteCommand(command, begun, start)
    if (begun.tag === null) {
      this.tag = '*'
      return this.reply(null, 'noTag', {
        why: command.trim() === '' ? 'the line is empty' : 'there is none, or no blank after it',
      })
    }
    this.tag = begun.tag
    const obstacle = this.obstacle(begun)
    if (begun.verb !== null) this.verb = begun.verb
    if (obstacle) return this.reply(begun.verb, obstacle.outcome, obstacle.values)
    const verb = begun.verb!
    const forced = backend.profile.answers[verb]
    if (forced !== undefined) {
      if (outcomeOf(verb, forced).to === 'authenticated') this.closeMailbox()
      return this.reply(verb, forced)
    }
    this.carryOut(verb, new Reader(command, begun.at, this.utf8))
  }

  /** A line of an exchange: it has no tag of its own. */
  private hearLine(verb: 'response' | 'DONE', line: Octets, start: number): void {
    this.tag = this.session.tag
    this.verb = verb
    this.noteCommand(line, { tag: this.tag, verb, word: verb, at: 0 }, start)
    this.carryOut(verb, new Reader(line, 0, this.utf8))
  }

  private carryOut(verb: Heard, reader: Reader): void {
    const { session } = this
    let answer: Answered<Verb>
    try {
      answer = (handlers[verb] as Handler<Verb>)(this, reader)
    } catch (error) {
      if (!(error instanceof Malformed)) throw error
      return this.reply(verb, complaint(verb, error), { why: error.message })
    }
    const { to } = outcomeOf(verb, answer.outcome)
    if (session.view && to !== 'authenticated' && to !== 'logout') this.sync()
    this.reply(verb, answer.outcome, answer.values)
    if (to === 'challenge' || to === 'idle') session.tag = this.tag
    if (verb === 'STARTTLS' && answer.outcome === 'go') {
      this.speech.send()
      session.input = nothingYet()
      this.out.do({ do: 'startTls' })
    }
  }

  /** May this literal come? What is refused is answered at once, before it is read. */
  private weigh(piece: Extract<Piece, { is: 'literal' }>): boolean {
    const { session, backend } = this
    const { soFar, size, waits } = piece
    const { limits } = backend.profile
    const begun = this.begin(soFar)
    this.tag = begun.tag ?? '*'
    if (begun.verb !== null) this.verb = begun.verb
    // The name of the mailbox may itself come as a literal.
    const isMessage = begun.verb === 'APPEND' && session.user !== null && /\S/.test(beforeLiteral(soFar, begun.at))
    const limit = isMessage ? limits.append : session.user === null ? STRANGERS_LITERAL : STRING_LITERAL
    const refuse = (outcome: string, values: Record<string, string> = {}) => {
      this.noteCommand(soFar.trimEnd(), begun, session.heard, session.heard + soFar.length)
      this.reply(begun.verb, outcome, values)
      return false
    }
    if (begun.tag === null) return refuse('noTag', { why: 'there is none, or no blank after it' })
    const obstacle = this.obstacle(begun)
    if (obstacle) return refuse(obstacle.outcome, obstacle.values)
    if (!waits && !this.takesUnasked(size)) return refuse('syntax', { why: 'the literal must be announced without +' })
    if (size > limit || session.input.literals + size > 4 * limit) {
      const tooBig = refuse(isMessage ? 'tooBig' : 'literalTooBig', { limit: String(limit) })
      // Nobody wants to throw away gigabytes.
      if (!waits && size > 4 * limits.append) this.reply(null, 'tooManyErrors')
      return tooBig
    }
    if (isMessage) {
      try {
        const reader = new Reader(beforeLiteral(soFar, 0), begun.at, this.utf8)
        const answer = beforeAppendLiteral(this, reader, size)
        if (answer) return refuse(answer.outcome, answer.values)
      } catch (error) {
        if (!(error instanceof Malformed)) throw error
        return refuse(complaint('APPEND', error), { why: error.message })
      }
    }
    if (waits) {
      this.speech.noteData(this.verb)
      this.speech.reply('+ Ready for literal data', begun.verb, 'literal', '+', session.state)
    }
    return true
  }

  /** RFC 7888: LITERAL+, or LITERAL- up to its limit, which is what IMAP4rev2 has. */
  private takesUnasked(size: number): boolean {
    if (this.offers('LITERAL+') && !this.session.enabled.has('IMAP4rev2')) return true
    return (this.offers('LITERAL-') || this.session.enabled.has('IMAP4rev2')) && size <= LITERAL_MINUS
  }

  private refuseLine(soFar: Octets): void {
    const { session, backend } = this
    // Neither DONE nor base64: what the line belongs to is over.
    if (session.state === 'idle') return this.hearLine('DONE', soFar, session.heard)
    if (session.state === 'challenge') return this.hearLine('response', '?', session.heard)
    const begun = this.begin(soFar)
    this.tag = begun.tag ?? '*'
    this.noteCommand(soFar, begun, session.heard)
    this.reply(begun.verb, 'lineTooLong', { limit: String(backend.profile.limits.line) })
  }

  private noteCommand(command: Octets, { verb }: Begun, start: number, end = this.session.heard): void {
    const { session, out } = this
    const lf = command.indexOf('\n')
    const line = lf < 0 ? command : command.slice(0, lf).trimEnd()
    const secret = verb !== null && imapCommands[verb].secret
    session.lastSeq = out.note(
      {
        kind: 'command',
        conn: session.conn,
        protocol: 'imap',
        verb,
        line: line.length > 2000 ? line.slice(0, 2000) : line,
        state: session.state,
        secret,
      },
      'up',
      start,
      end,
    )
  }

  private reply(verb: Verb | null, name: string, values?: Readonly<Record<string, string>>): void {
    const { session, backend } = this
    const { profile } = backend
    const outcome = outcomeOf(verb, name)
    const key =
      verb === null || name in anyCommand
        ? name
        : verb === 'greeting' && name === 'ready'
          ? 'greeting'
          : `${verb}.${name}`
    const from = session.state
    session.state = outcome.to ?? from
    const line = replyLine(this.tag, outcome, profile.texts[key], (word) => values?.[word] ?? this.value(word, verb))
    this.speech.noteData(this.verb)
    this.speech.reply(line, verb, name, outcome.code, from)
    if (outcome.code === 'BAD' && ++session.errors > profile.limits.errors && session.state !== 'logout')
      this.reply(null, 'tooManyErrors')
  }

  private value(word: string, verb: Verb | null): string {
    const { session, backend } = this
    switch (word) {
      case 'verb':
        return verb ?? ''
      case 'syntax':
        return verb === null ? '' : imapCommands[verb].syntax
      case 'host':
        return backend.profile.host
      case 'user':
        return session.user ?? ''
      case 'capabilities':
        return capabilities(backend.profile, session).join(' ')
      default:
        // An outcome that the world prescribes has nothing to fill in.
        return ''
    }
  }
}

function outcomeOf(verb: Verb | null, name: string): Outcome<ImapState> {
  const own: Readonly<Record<string, Outcome<ImapState>>> | null = verb === null ? null : imapCommands[verb].outcomes
  const shared: Readonly<Record<string, Outcome<ImapState>>> = anyCommand
  return own?.[name] ?? shared[name]!
}

/** A name that cannot be one is a good string all the same (RFC 3501 9): no such mailbox is there, nor can it be made. */
function complaint(verb: Verb, error: Malformed): string {
  const { outcomes } = imapCommands[verb]
  const no = ['nonexistent', 'tryCreate', 'cannot'].find((name) => name in outcomes)
  return (error instanceof Misnamed ? no : undefined) ?? 'syntax'
}

/** A command from there on, up to the announcement of the literal with which it ends. */
function beforeLiteral(soFar: Octets, from: number): Octets {
  const at = soFar.lastIndexOf('{')
  return soFar.slice(from, soFar.charAt(at - 1) === '~' ? at - 1 : at)
}

/** The next word after blanks, in capitals, and where it ends. */
function wordAt(text: Octets, from: number): [string, number] {
  let at = from
  while (text.charCodeAt(at) === 32) at++
  WORD.lastIndex = at
  const word = WORD.exec(text)?.[0] ?? ''
  return [word.toUpperCase(), at + word.length]
}

function need(state: ImapState, row: ImapCommandRow): string {
  if (state === 'not-authenticated') return 'log in first'
  if (row.legalIn.includes('not-authenticated')) return 'somebody is logged in already'
  return row.legalIn.includes('selected') ? 'SELECT a mailbox first' : 'it is no command'
}
