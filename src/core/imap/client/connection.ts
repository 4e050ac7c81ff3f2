/**
 * One connection of an IMAP client: tags, literals, continuations, and what the server says without being asked
 * (RFC 3501 2.2, 4.3, 5.5, 7). It runs over any `Stream`: the virtual network's or a socket's. One command at a time: then no
 * answer can be taken for another's (RFC 3501 5.5).
 *
 * Nothing is thrown. A command comes back with OK, NO or BAD, or with LOST where the connection ended, was silent for too
 * long, or spoke something else; from then on every command does.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Machine } from '../../machine.ts'
import type { Stream, StreamEvent } from '../../stream.ts'
import { ask, first, within, type Task, type Waiter } from '../../task.ts'
import type { HostName } from '../../terms.ts'
import type { Code, Response } from './data.ts'
import { Framing } from './framing.ts'
import { newPicture, takeIn, type News, type Picture } from './picture.ts'
import { readResponse } from './response.ts'
import { mailbox, type Piece } from './write.ts'

const MINUTE = 60_000
const PATIENCE = { greeting: MINUTE, command: 10 * MINUTE, logout: 5000 }
/** RFC 7888 4: what LITERAL- takes without being asked. */
const SMALL_LITERAL = 4096

/** How a command ended, and the untagged responses that came until then. */
export interface Done {
  condition: 'OK' | 'NO' | 'BAD' | 'LOST'
  code: Code | null
  text: Octets
  data: readonly Response[]
}

export type ClientState = 'not-authenticated' | 'authenticated' | 'selected' | 'over'

/** Hears all that goes over the wire: a command's lines without their line ends, responses whole with their literals. */
export type ImapLog = (direction: '>' | '<', octets: Octets) => void

export interface ConnectionOptions {
  log?: ImapLog
  /** What stands before the three digits of a tag. */
  tagLetter?: string
}

/** What a step of an exchange answers to a `+`; null gives up. */
export type Continue = (challenge: Octets) => Octets | null

export class ImapConnection {
  readonly stream: Stream
  readonly machine: Machine
  state: ClientState = 'not-authenticated'
  /** Names in capitals; null while they have to be asked for. */
  capabilities: ReadonlySet<string> | null = null
  /** What ENABLE switched on. */
  readonly enabled = new Set<string>()
  picture: Picture | null = null
  /** Told of all that changes in the open mailbox. */
  listen: ((news: News) => void) | null = null
  private readonly log: ImapLog | undefined
  private readonly tagLetter: string
  private readonly framing = new Framing()
  private tags = 0
  private why: Octets = ''
  /** Untagged responses of the command that is under way. */
  private data: Response[] = []

  constructor(stream: Stream, machine: Machine, options: ConnectionOptions = {}) {
    this.stream = stream
    this.machine = machine
    this.log = options.log
    this.tagLetter = options.tagLetter ?? 'a'
  }

  get over(): boolean {
    return this.state === 'over'
  }

  /** RFC 3501 7.1: OK, PREAUTH, or BYE from a server that takes nobody in. */
  *greeting(): Task<Done> {
    const response = yield* this.hear(PATIENCE.greeting)
    if (response === null) return this.lost()
    if (response.is !== 'condition') return this.lose('The server does not greet as an IMAP server does')
    const { condition, code, text } = response
    if (condition === 'BYE') return this.lose(text)
    if (condition === 'PREAUTH') this.state = 'authenticated'
    else if (condition !== 'OK') return this.lose('The server does not greet as an IMAP server does')
    return { condition: 'OK', code, text, data: [] }
  }

  *command(...pieces: Piece[]): Task<Done> {
    return yield* this.exchange(pieces, null)
  }

  /** A command of which the server's every `+` wants an answer. */
  *dialogue(command: Octets, answer: Continue): Task<Done> {
    return yield* this.exchange([command], answer)
  }

  /** `parameters` with their space and brackets, if any. */
  *select(name: string, readOnly = false, parameters: Octets = ''): Task<Done> {
    if (this.over) return this.lost()
    this.picture = newPicture(name, readOnly)
    const done = yield* this.command(readOnly ? 'EXAMINE ' : 'SELECT ', mailbox(name), parameters)
    if (done.condition === 'OK') this.state = 'selected'
    else this.closed()
    return done
  }

  /** Leaves the mailbox, and expunges nothing. */
  *unselect(): Task<Done> {
    // RFC 3691 1: without UNSELECT, EXAMINE and then CLOSE does the same.
    if (!(yield* this.has('UNSELECT')) && this.picture && !this.picture.readOnly)
      yield* this.select(this.picture.mailbox, true)
    const done = yield* this.command((yield* this.has('UNSELECT')) ? 'UNSELECT' : 'CLOSE')
    if (done.condition === 'OK') this.closed()
    return done
  }

  /** Is this capability there? Asks where it is not known yet. */
  *has(name: string): Task<boolean> {
    if (this.capabilities === null) yield* this.command('CAPABILITY')
    return this.capabilities?.has(name.toUpperCase()) ?? false
  }

  *enable(name: string): Task<boolean> {
    if (!this.enabled.has(name.toUpperCase()) && (yield* this.has('ENABLE'))) yield* this.command(`ENABLE ${name}`)
    return this.enabled.has(name.toUpperCase())
  }

  *startTls(name: HostName): Task<Done> {
    const done = yield* this.command('STARTTLS')
    if (done.condition !== 'OK') return done
    // RFC 3501 6.2.1: what was said in clear may have been anybody's.
    this.framing.forget()
    this.capabilities = null
    const trouble = yield* ask(this.stream.startTls(name))
    return trouble === null ? done : this.lose(trouble)
  }

  /**
   * RFC 2177: listens until `until` resumes or `heard` says that it is enough. A server may end an IDLE after 30 minutes; who
   * wants to listen longer begins again.
   */
  *idle(until: Waiter<unknown>, heard: (response: Response) => boolean): Task<Done> {
    if (this.over) return this.lost()
    this.data = []
    const tag = this.nextTag()
    this.write(`${tag} IDLE\r\n`)
    for (let listening = true; listening;) {
      const response = yield* this.hear()
      if (response === null) return this.lost()
      if (response.is === 'tagged') return this.finish(response, tag)
      listening = response.is !== 'continue'
    }
    for (let enough = this.data.some(heard); !enough;) {
      let response = this.cut()
      if (response === null && !this.over) {
        const [which, event] = yield* ask(first<unknown>(this.stream.read, until))
        if (which === 1) break
        response = this.take(event as StreamEvent)
      }
      if (response === null && this.over) return this.lost()
      if (response?.is === 'tagged') return this.finish(response, tag)
      enough = response !== null && heard(response)
    }
    this.write('DONE\r\n')
    return yield* this.untilTagged(tag, null)
  }

  /** Says good-bye, and hears the server's (RFC 3501 6.1.3). */
  *logout(): Task<void> {
    if (this.over) return
    const tag = this.nextTag()
    this.write(`${tag} LOGOUT\r\n`)
    for (;;) {
      const response = yield* this.hear(PATIENCE.logout)
      if (response === null || response.is === 'tagged') break
    }
    this.lose('The client logged out')
    this.stream.close()
  }

  private *exchange(pieces: readonly Piece[], answer: Continue | null): Task<Done> {
    if (this.over) return this.lost()
    this.data = []
    const tag = this.nextTag()
    let line: Octets = `${tag} `
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        line += piece
        continue
      }
      const { literal } = piece
      if (this.mayPush(literal)) {
        line += `{${literal.length}+}\r\n${literal}`
        continue
      }
      this.write(`${line}{${literal.length}}\r\n`)
      const refusal = yield* this.untilContinue(tag)
      if (refusal) return refusal
      line = literal
    }
    this.write(`${line}\r\n`)
    return yield* this.untilTagged(tag, answer)
  }

  /** Null when the server takes the literal. */
  private *untilContinue(tag: Octets): Task<Done | null> {
    for (;;) {
      const response = yield* this.hear()
      if (response === null) return this.lost()
      if (response.is === 'continue') return null
      if (response.is === 'tagged') return this.finish(response, tag)
    }
  }

  private *untilTagged(tag: Octets, answer: Continue | null): Task<Done> {
    for (;;) {
      const response = yield* this.hear()
      if (response === null) return this.lost()
      if (response.is === 'tagged') return this.finish(response, tag)
      // RFC 3501 6.2.2: `*` gives up; the server then says BAD.
      if (response.is === 'continue' && answer) this.write(`${answer(response.text) ?? '*'}\r\n`)
    }
  }

  private finish({ tag, condition, code, text }: Extract<Response, { is: 'tagged' }>, expected: Octets): Done {
    if (tag !== expected) return this.lose('The server answers a command that was never given')
    return { condition, code, text, data: this.data }
  }

  /** RFC 7888: a literal that need not wait for `+`. */
  private mayPush(literal: Octets): boolean {
    if (this.capabilities?.has('LITERAL+')) return true
    const minus = this.capabilities?.has('LITERAL-') || this.capabilities?.has('IMAP4REV2')
    return minus === true && literal.length <= SMALL_LITERAL
  }

  private nextTag(): Octets {
    this.tags++
    return `${this.tagLetter}${String(this.tags).padStart(3, '0')}`
  }

  private write(octets: Octets): void {
    this.log?.('>', octets.replace(/\r\n$/, ''))
    this.stream.write(octets)
  }

  /** The next response, taken in already; null when it is over. */
  private *hear(patience = PATIENCE.command): Task<Response | null> {
    for (;;) {
      const response = this.cut()
      if (response !== null || this.over) return response
      const event = yield* ask(within(this.stream.read, this.machine.sleep(patience)))
      if (event === null) this.lose('The server was silent for too long')
      else if (event.on === 'closed') this.take(event)
      else this.framing.push(event.data)
    }
  }

  private take(event: StreamEvent): Response | null {
    if (event.on === 'bytes') {
      this.framing.push(event.data)
      return this.cut()
    }
    this.lose(event.how === 'fin' ? 'The server closed the connection' : 'The connection was lost')
    return null
  }

  /** A response that is all there. */
  private cut(): Response | null {
    const octets = this.over ? null : this.framing.next()
    if (octets === null) {
      if (this.framing.tooMuch) this.lose('The server says more than can be true')
      return null
    }
    this.log?.('<', octets)
    const response = readResponse(octets, this.enabled.has('UTF8=ACCEPT') || this.enabled.has('IMAP4REV2'))
    this.learn(response)
    return response
  }

  private learn(response: Response): void {
    if (response.is !== 'tagged' && response.is !== 'continue') this.data.push(response)
    if (response.is === 'capability') this.know(response.names)
    else if (response.is === 'enabled') for (const name of response.names) this.enabled.add(name.toUpperCase())
    else if (response.is === 'condition' || response.is === 'tagged') {
      const { code } = response
      if (code?.code === 'CAPABILITY') this.know(code.names)
      // RFC 7162 3.2.11: what came until now was about the mailbox that was open before.
      if (code?.code === 'other' && code.name === 'CLOSED' && this.picture)
        this.picture = newPicture(this.picture.mailbox, this.picture.readOnly)
      if (response.condition === 'BYE') this.why = response.text
    }
    const news = this.picture && takeIn(this.picture, response)
    if (news) this.listen?.(news)
  }

  private know(names: readonly string[]): void {
    this.capabilities = new Set(names.map((name) => name.toUpperCase()))
  }

  private closed(): void {
    this.picture = null
    if (this.state === 'selected') this.state = 'authenticated'
  }

  /** `BYE` says best why it ended. */
  private lose(why: Octets): Done {
    if (!this.over) {
      this.state = 'over'
      this.picture = null
      if (this.why === '') this.why = why
      this.stream.close()
    }
    return this.lost()
  }

  /** How every command ends once the connection is over. */
  lost(): Done {
    return { condition: 'LOST', code: null, text: this.why, data: this.data }
  }
}
