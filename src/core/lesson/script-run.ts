/**
 * Runs a script. What it runs on is a `Stage`: a simulated world, where all of it can be played, or real sockets, where
 * only what is said and heard can be. The runner is a task, so that one text of it serves both.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import type { Dialled } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task, type Waiter } from '../task.ts'
import type { HostName, Millis } from '../terms.ts'
import { durationText } from '../world/duration.ts'
import type { Served } from '../world/services.ts'
import { fill, fits, takeLine, takeReply, type Bindings } from './expect.ts'
import { isLast, responseFits, responseLines, takeResponse, type Response } from './imap-answers.ts'
import { keyText, spokenIn, type Script, type Service, type Step } from './script.ts'

export interface Stage {
  /** Waits as long as something may still come; null: it did not. */
  patiently<T>(waiter: Waiter<T>): Waiter<T | null>
  dial(from: HostName | null, to: Service): Waiter<Dialled>
  /** Who is called where the script does not say it; null: nobody. */
  readonly server: Service | null
  /** Null over real sockets. */
  readonly world: WorldStage | null
}

/** What only a simulated world has. */
export interface WorldStage {
  type(terminal: number, text: string): void
  key(terminal: number, key: 'interrupt' | 'eof' | 'escape'): void
  /** All that this terminal has shown, typed lines included. */
  shown(terminal: number): string
  wait(duration: Millis): void
  /** False when nothing is due. */
  skip(): boolean
  /** What is wrong with this fault; null when it was done. */
  fault(text: string): string | null
  /** Null when there is no such account or mailbox. */
  messages(account: string, mailbox: string): readonly Octets[] | null
  /** What went over the nth connection between two hosts, each way; null when there was none. */
  overheard(from: HostName, to: Service, nth: number): { up: Octets; down: Octets } | null
}

export type ScriptResult = { ok: true } | { ok: false; file: string; line: number; expected: string; got: string }

/** Who listens while a script goes. */
export interface Listener {
  /** The dialogue, line by line. */
  tell?: (line: string) => void
  /** This step begins. */
  begins?: (step: Step) => void
}

export function* runScript(script: Script, stage: Stage, listener: Listener = {}): Task<ScriptResult> {
  return yield* new ScriptRun(script, stage, listener).run()
}

/** For a test, a message that says it all. */
export function failureText(result: ScriptResult): string {
  if (result.ok) return ''
  const indent = (text: string) => text.replaceAll('\n', '\n            ')
  return `${result.file}:${result.line}\n  expected: ${indent(result.expected)}\n  got:      ${indent(result.got)}`
}

interface Session {
  label: string
  language: Served
  stream: Stream | null
  pending: Octets
  closed: 'FIN' | 'RST' | null
  /** A session that is only overheard: what its client said and was not compared yet. */
  overheard: { up: Octets; down: Octets } | null
}

class Mismatch {
  readonly expected: string
  readonly got: string
  constructor(expected: string, got: string) {
    this.expected = expected
    this.got = got
  }
}

class ScriptRun {
  private readonly script: Script
  private readonly stage: Stage
  private readonly listener: Listener
  private readonly bindings: Bindings = new Map()
  private readonly sessions = new Map<number, Session>()
  /** How much of each terminal's text was compared. */
  private readonly read = new Map<number, number>()

  constructor(script: Script, stage: Stage, listener: Listener) {
    this.script = script
    this.stage = stage
    this.listener = listener
  }

  private tell(line: string): void {
    this.listener.tell?.(line)
  }

  *run(): Task<ScriptResult> {
    const { script } = this
    let line = 1
    let mismatch: Mismatch | null = null
    for (const step of script.steps) {
      line = step.line
      this.listener.begins?.(step)
      mismatch = yield* this.step(step)
      if (mismatch) break
    }
    mismatch ??= yield* this.leftOver()
    return mismatch
      ? { ok: false, file: script.file, line, expected: mismatch.expected, got: mismatch.got }
      : { ok: true }
  }

  private *step(step: Step): Task<Mismatch | null> {
    switch (step.step) {
      case 'say':
        return yield* this.say(step.session, step.octets, step.shown)
      case 'hear':
        return yield* this.hear(step.session, step.reply)
      case 'answers':
        return yield* this.answers(step)
      case 'act':
        return yield* this.act(step.session, step.what)
      case 'closed':
        return yield* this.untilClosed(step.session, step.how)
      default:
        return this.inWorld(step)
    }
  }

  private *session(number: number): Task<Session | Mismatch> {
    const known = this.sessions.get(number)
    if (known) return known
    const session: Session = {
      label: label(number),
      language: spokenIn(this.script, number),
      stream: null,
      pending: '',
      closed: null,
      overheard: null,
    }
    const watched = this.script.watch.get(number)
    const called = this.script.connect.get(number) ?? (watched ? undefined : this.called())
    if (watched) {
      const { from, ...to } = watched
      const before = [...this.script.watch].filter(
        ([other, { from: who, host, port }]) => other < number && who === from && host === to.host && port === to.port,
      )
      session.overheard = this.stage.world?.overheard(from, to, before.length) ?? null
      if (!session.overheard) return new Mismatch(`${from} calls ${to.host} ${to.port}`, 'no such connection')
    } else if (called) {
      const dialled = yield* ask(
        this.stage.patiently(this.stage.dial(this.script.host.get(number) ?? this.script.host.get(1) ?? null, called)),
      )
      if (!dialled?.ok)
        return new Mismatch(`a connection to ${called.host} ${called.port}`, dialled ? dialled.why : 'no answer')
      session.stream = dialled.stream
    } else return new Mismatch('a header line connect: HOST PORT', `none for session ${number}`)
    this.sessions.set(number, session)
    return session
  }

  private called(): Service | undefined {
    return this.script.connect.get(1) ?? this.stage.server ?? undefined
  }

  private *say(number: number, given: Octets, shown: string): Task<Mismatch | null> {
    const session = yield* this.session(number)
    if (session instanceof Mismatch) return session
    const octets = fill(given, this.bindings)
    if (session.overheard) return this.heardClient(session, octets)
    this.tell(`${session.label}C: ${fill(shown, this.bindings)}`)
    session.stream!.write(octets)
    return null
  }

  /** In a session that is only overheard, the client's lines are an expectation, too. */
  private heardClient(session: Session, octets: Octets): Mismatch | null {
    const { up } = session.overheard!
    const end = up.indexOf('\r\n')
    const line = end < 0 ? up : up.slice(0, end)
    const expected = utf8Text(octets.replace(/\r\n$/, ''))
    if (end < 0 || !fits(expected, utf8Text(line), this.bindings)) return new Mismatch(expected, shownOr(line))
    session.overheard!.up = up.slice(end + 2)
    this.tell(`${session.label}C: ${harmless(utf8Text(line))}`)
    return null
  }

  private *hear(number: number, expected: readonly string[]): Task<Mismatch | null> {
    const session = yield* this.session(number)
    if (session instanceof Mismatch) return session
    if (expected[0] === '...' && expected.length > 1) return yield* this.leaveOut(session, expected[1]!)
    const reply = yield* this.take(session, session.language === 'pop3' ? takeLine : takeReply, linesOf)
    if (typeof reply === 'string') return new Mismatch(expected.join('\n'), reply)
    for (const line of reply) this.tell(`${session.label}S: ${harmless(line)}`)
    const bindings = new Map(this.bindings)
    const same =
      reply.length === expected.length && expected.every((line, index) => fits(line, reply[index]!, bindings))
    if (!same) return new Mismatch(expected.join('\n'), reply.join('\n'))
    for (const [name, word] of bindings) this.bindings.set(name, word)
    return null
  }

  /** Lines that a script leaves out, up to the one that it names. */
  private *leaveOut(session: Session, expected: string): Task<Mismatch | null> {
    for (;;) {
      const line = yield* this.take(session, takeLine, linesOf)
      if (typeof line === 'string') return new Mismatch(expected, line)
      this.tell(`${session.label}S: ${harmless(line[0]!)}`)
      if (fits(expected, line[0]!, this.bindings)) return null
    }
  }

  /** IMAP: what is expected untagged may come in any order, and nothing else, until what ends it. */
  private *answers({ session: number, untagged, last, others }: Step & { step: 'answers' }): Task<Mismatch | null> {
    const session = yield* this.session(number)
    if (session instanceof Mismatch) return session
    const missing = [...untagged]
    const wanted = () => shown([...missing, ...(last ? [last] : [])])
    while (last || missing.length > 0) {
      const response = yield* this.take(session, takeResponse, responseOf)
      if (typeof response === 'string') return new Mismatch(wanted(), response)
      for (const line of responseLines(response)) this.tell(`${session.label}S: ${harmless(line)}`)
      if (isLast(response)) {
        const fitting = last !== null && missing.length === 0 && responseFits(last, response, this.bindings)
        return fitting ? null : new Mismatch(wanted(), shown([response]))
      }
      const at = missing.findIndex((one) => responseFits(one, response, this.bindings))
      if (at < 0 && !others) return new Mismatch(wanted(), shown([response]))
      if (at >= 0) missing.splice(at, 1)
    }
    return null
  }

  /** The next whole reply, line or response, or in words why there is none. */
  private *take<Taken extends { rest: Octets }, Part>(
    session: Session,
    from: (pending: Octets) => Taken | null,
    part: (taken: Taken) => Part,
  ): Task<Part | string> {
    if (session.overheard) {
      const taken = from(session.overheard.down)
      if (!taken) return 'nothing more was said'
      session.overheard.down = taken.rest
      return part(taken)
    }
    for (;;) {
      const taken = from(session.pending)
      if (taken) {
        session.pending = taken.rest
        return part(taken)
      }
      const more = yield* this.more(session)
      if (more !== null) return session.pending === '' ? more : `${shownOr(session.pending)} (and then ${more})`
    }
  }

  /** Takes in what comes next; in words, why nothing did. */
  private *more(session: Session): Task<string | null> {
    if (session.closed) return 'the server has closed the connection'
    const event = yield* ask(this.stage.patiently(session.stream!.read))
    if (event === null) return 'nothing, all is quiet'
    if (event.on === 'bytes') {
      session.pending += event.data
      return null
    }
    session.closed = event.how === 'fin' ? 'FIN' : 'RST'
    return 'the server has closed the connection'
  }

  private *untilClosed(number: number, how: 'FIN' | 'RST'): Task<Mismatch | null> {
    const session = yield* this.session(number)
    if (session instanceof Mismatch) return session
    const expected = how === 'FIN' ? 'the server closes the connection' : 'the connection is reset'
    if (session.overheard) return session.overheard.down === '' ? null : new Mismatch(expected, session.overheard.down)
    while (!session.closed) {
      const quiet = yield* this.more(session)
      if (session.pending !== '') return new Mismatch(expected, shownOr(session.pending))
      if (quiet !== null && !session.closed) return new Mismatch(expected, quiet)
    }
    if (session.closed !== how) return new Mismatch(expected, `the connection ended with ${session.closed}`)
    this.tell(`${session.label}S(${how})`)
    return null
  }

  private *act(number: number, what: 'TLS' | 'FIN' | 'RST'): Task<Mismatch | null> {
    const session = yield* this.session(number)
    if (session instanceof Mismatch) return session
    const stream = session.stream
    if (!stream) return new Mismatch(`C(${what})`, 'this session is only overheard')
    this.tell(`${session.label}C(${what})`)
    if (what === 'FIN') stream.close()
    else if (what === 'RST') {
      stream.reset()
      // Nothing comes over it any more; the other end may have said something before it heard of it.
      session.closed = 'RST'
    } else {
      const called = this.script.connect.get(number) ?? this.called()!
      let trouble: string | null = 'nothing, all is quiet'
      const answer = yield* ask(this.stage.patiently(wrapped(stream.startTls(called.host))))
      if (answer) trouble = answer.value
      if (trouble !== null) return new Mismatch('a TLS handshake', trouble)
    }
    return null
  }

  private inWorld(step: Step): Mismatch | null {
    const { world } = this.stage
    if (!world) return new Mismatch('a simulated world', 'real sockets, where this step cannot be played')
    switch (step.step) {
      case 'type':
      case 'key': {
        this.tell(`${label(step.terminal)}$ ${step.step === 'type' ? step.text : keyText(step.key)}`)
        if (step.step === 'type') world.type(step.terminal, fill(step.text, this.bindings))
        else world.key(step.terminal, step.key)
        return null
      }
      case 'printed':
        return this.printed(world, step.terminal, step.text)
      case 'wait':
        this.tell(`@ +${durationText(step.duration)}`)
        world.wait(step.duration)
        return null
      case 'skip':
        this.tell('@ skip')
        return world.skip() ? null : new Mismatch('something that is due', 'nothing is')
      case 'fault': {
        this.tell(`! ${step.fault}`)
        const wrong = world.fault(step.fault)
        return wrong === null ? null : new Mismatch(step.fault, wrong)
      }
      case 'mailbox':
        return this.mailbox(world, step)
      default:
        return null
    }
  }

  private printed(world: WorldStage, terminal: number, expected: string): Mismatch | null {
    const all = world.shown(terminal)
    let at = this.read.get(terminal) ?? 0
    const unread = all.slice(at)
    const words = (text: string) => text.replace(/[ \t]+/g, ' ')
    for (const line of unread.split('\n')) {
      at += line.length + 1
      // Tables stand apart by tabs and runs of blanks; a script need not count them.
      if (!fits(words(expected), words(line), this.bindings)) continue
      this.tell(`${label(terminal)}> ${line}`)
      this.read.set(terminal, Math.min(at, all.length))
      return null
    }
    return new Mismatch(expected, unread.trimEnd() === '' ? 'nothing, all is quiet' : unread.trimEnd())
  }

  private mailbox(world: WorldStage, step: Step & { step: 'mailbox' }): Mismatch | null {
    const name = `${step.account}/${step.mailbox}`
    const messages = world.messages(step.account, step.mailbox)
    if (!messages) return new Mismatch(`a mailbox ${name}`, 'there is none')
    if (messages.length !== step.count) return new Mismatch(`${name} holds ${step.count}`, String(messages.length))
    const { contains, lacks } = step
    const all = harmless(utf8Text(messages.join('\n\n').replaceAll('\r\n', '\n')))
    if (contains !== null && !all.includes(contains)) return new Mismatch(`${name} contains ${contains}`, all)
    if (lacks !== null && all.includes(lacks)) return new Mismatch(`${name} lacks ${lacks}`, all)
    this.tell(`= ${name} ${step.count}`)
    return null
  }

  /** A script tells all that is said: a reply that it leaves out is a mismatch as well. */
  private *leftOver(): Task<Mismatch | null> {
    for (const session of this.sessions.values()) {
      if (session.stream && !session.closed) yield* this.more(session)
      const unread = session.overheard ? session.overheard.down : session.pending
      if (unread !== '') return new Mismatch('nothing more is said', shownOr(unread))
    }
    return null
  }
}

const linesOf = ({ lines }: { lines: string[] }) => lines
const responseOf = ({ response }: { response: Response }) => response
const shown = (responses: readonly Response[]) =>
  harmless(responses.map((response) => responseLines(response).join('\n')).join('\n')) || 'nothing'

/** The first of several has no number, as in the script. */
const label = (number: number) => (number === 1 ? '' : String(number))

/** A waiter whose answer may itself be null. */
const wrapped =
  <T>(waiter: Waiter<T>): Waiter<{ value: T }> =>
  (resume) =>
    waiter((value) => resume({ value }))

const shownOr = (octets: Octets) =>
  octets === '' ? 'nothing' : harmless(utf8Text(octets.replaceAll('\r\n', '\n'))).trimEnd()
