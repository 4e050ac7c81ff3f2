/**
 * A webmail on a web host: whoever logs in has a mail program there, which speaks IMAP, POP3 and SMTP for them, and is asked by
 * HTTP. The password crosses the wire as it was typed; a cookie stands for it from then on (RFC 6265).
 */
import type { Octets } from '../../bytes/octets.ts'
import type { WebAnswer, WebBackend, WebRequest } from '../../http/server.ts'
import type { MailProgram } from '../program.ts'
import { isMailRequest, type MailRequest } from '../requests.ts'
import { escaped, formOf, parsed, tell, unescaped } from './pages.ts'

export interface SiteParts {
  /** A mail program for that account; null where there is none. */
  program(user: string): MailProgram | null
  /** It is spoken with over TLS. */
  secure: boolean
  /** A word that nobody can guess. */
  token(): string
  /** Does it when the program has come to rest: who is at work cannot be stopped by itself. */
  soon(action: () => void): void
}

const MOST_SESSIONS = 100
/** What a page may ask for by itself. */
const ALLOWED: ReadonlySet<MailRequest['ask']> = new Set([
  ...(['flag', 'move', 'copy', 'delete', 'undo', 'create', 'rename', 'remove', 'search'] as const),
  ...(['send', 'draft', 'resend', 'receipt', 'settings'] as const),
])

type Answering = WebBackend & { watch(heard: () => void): () => void }

/** One connection's, which tells when there is an answer. */
function answering(serve: (request: WebRequest, reply: (answer: WebAnswer) => void) => void): Answering {
  let answer: WebAnswer | null = null
  let tellIt: (() => void) | null = null
  return {
    name: 'Facteur',
    ask: (request) => {
      answer = null
      serve(request, (given) => {
        answer = given
        tellIt?.()
      })
    },
    answer: () => answer,
    watch: (heard) => {
      tellIt = heard
      return () => (tellIt = null)
    },
  }
}

/** Who asks in clear is told where to ask (RFC 9110 15.4.2), and nothing else. */
export const leadingTo = (origin: string): Answering =>
  answering(({ target }, reply) => reply({ status: 301, fields: { Location: `${origin}${target}` }, body: '' }))

export class Site {
  private readonly parts: SiteParts
  /** By their cookies, the oldest first. */
  private readonly sessions = new Map<string, MailProgram>()
  private readonly entering = new Set<MailProgram>()

  constructor(parts: SiteParts) {
    this.parts = parts
  }

  /** The host went down: nobody is logged in any more. */
  stop(): void {
    for (const program of [...this.sessions.values(), ...this.entering]) program.stop()
    this.sessions.clear()
    this.entering.clear()
  }

  /** For one connection. */
  backend(): Answering {
    return answering((request, reply) => this.serve(request, reply))
  }

  private serve({ method, target, fields, body }: WebRequest, reply: (answer: WebAnswer) => void): void {
    const [way = '', query = ''] = target.split('?')
    const path = way.split('/').slice(1).map(unescaped)
    const cookie = /(?:^|;\s*)session=([0-9a-f]+)/.exec(fields.get('cookie') ?? '')?.[1] ?? ''
    const program = this.sessions.get(cookie)
    const [place, folder = '', uid = ''] = path
    if (method === 'POST' && place === 'login') {
      this.end(cookie)
      return this.login(formOf(body), reply)
    }
    if (place !== 'mail' && place !== 'logout') return reply(plain(404))
    if (!program) return reply(plain(403))
    const done = (then: () => WebAnswer, request: MailRequest) => {
      program.request(request)
      program.afterwards(() => this.parts.soon(() => reply(then())))
    }
    const page = () => answer(200, tell(program.state, pageIn(query)))
    if (place === 'logout') {
      if (method !== 'POST') return reply(plain(405))
      return done(
        () => {
          this.end(cookie)
          return moved('/', 'session=; Max-Age=0; Path=/')
        },
        { ask: 'leave' },
      )
    }
    const request = method === 'GET' ? wanted(folder, uid) : parsed(body)
    if (!isMailRequest(request)) return reply(plain(400))
    if (method === 'POST' && (!ALLOWED.has(request.ask) || request.ask !== folder)) return reply(plain(404))
    if (request.ask !== 'read') return done(page, request)
    done(() => {
      const octets = program.state.folders.get(request.folder)?.messages.get(request.uid)?.parts.get('')
      return octets === undefined
        ? answer(404, tell(program.state, 1))
        : { status: 200, fields: { 'Content-Type': 'message/rfc822' }, body: octets }
    }, request)
  }

  /** Whether the password is right only the mail host knows. */
  private login(form: ReadonlyMap<string, string>, reply: (answer: WebAnswer) => void): void {
    const program = this.parts.program(form.get('user') ?? '')
    const password = { ask: 'password', password: form.get('password') ?? '' } as const
    if (!program || !isMailRequest(password)) return reply(plain(403))
    program.request(password)
    program.request({ ask: 'get' })
    this.entering.add(program)
    const entered = () => {
      // The host went down meanwhile.
      if (!this.entering.delete(program)) return
      const { trouble, online, wantsPassword } = program.state
      if (!online || trouble !== null) {
        program.stop()
        return reply(wantsPassword ? plain(403) : answer(500, tell(program.state, 1)))
      }
      const token = this.parts.token()
      this.sessions.set(token, program)
      if (this.sessions.size > MOST_SESSIONS) this.end(this.sessions.keys().next().value!)
      reply(
        moved(
          `/mail/${escaped('INBOX')}`,
          `session=${token}; HttpOnly; ${this.parts.secure ? 'Secure; ' : ''}SameSite=Strict; Path=/`,
        ),
      )
    }
    program.afterwards(() => this.parts.soon(entered))
  }

  private end(cookie: string): void {
    this.sessions.get(cookie)?.stop()
    this.sessions.delete(cookie)
  }
}

/** The first one where none is told, or what is told is no number. */
const pageIn = (query: Octets): number => Number(/^[1-9]\d{0,5}$/.exec(formOf(query).get('page') ?? '')?.[0] ?? 1)

const wanted = (folder: string, uid: string): unknown =>
  folder === ''
    ? { ask: 'get' }
    : uid === ''
      ? { ask: 'open', folder }
      : { ask: 'read', folder, uid: /^\d{1,10}$/.test(uid) ? Number(uid) : 0 }

const plain = (status: number): WebAnswer => ({ status, fields: {}, body: '' })
const answer = (status: number, body: Octets): WebAnswer => ({
  status,
  fields: { 'Content-Type': 'application/json' },
  body,
})
const moved = (to: string, cookie: Octets): WebAnswer => ({
  status: 303,
  fields: { Location: to, 'Set-Cookie': cookie },
  body: '',
})
