/**
 * A person's browser at a webmail: each thing that is asked for is a request over a connection of its own, and what is shown is
 * what the answers have told.
 */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import { httpText, readMessage, type HttpMessage } from '../../http/message.ts'
import type { ShellHost } from '../../shell/host.ts'
import { ask, run, within, type Running, type Task } from '../../task.ts'
import { connect, word, type Desk, type Server } from '../desk.ts'
import { flagLocally } from '../local.ts'
import type { MailRequest } from '../requests.ts'
import { emptied, hasFlag, newState, type MailState } from '../state.ts'
import { escaped, heed } from './pages.ts'

/** RFC 8259 8.1: in UTF-8. */
const told = (request: MailRequest): Octets => utf8Octets(JSON.stringify(request))

const MOST_WAITING = 100
const PATIENCE = 120_000

/** `secure`: with TLS from the first octet on. */
type Site = Server & { secure: boolean }

export class WebBrowser {
  readonly state: MailState = newState()
  /** What stands in its address line. */
  page = '/'
  private readonly desk: Desk
  private readonly site: Site
  private cookie: Octets | null = null
  private readonly waiting: MailRequest[] = []
  private running: Running | null = null

  constructor(seat: ShellHost, site: Site) {
    const servers = { imap: null, imaps: null, pop3: null, pop3s: null }
    this.desk = { seat, servers, state: this.state, stream: null }
    this.site = site
    this.state.wantsPassword = true
  }

  request(request: MailRequest): void {
    if (request.ask === 'stop') return this.stop()
    if (this.waiting.length >= MOST_WAITING) return
    this.waiting.push(request)
    this.state.doing ??= request.ask
    if (this.running) return
    let ended = false
    const running = run(this.live(), () => {
      ended = true
      this.running = null
    })
    if (!ended) this.running = running
  }

  stop(): void {
    this.running?.stop()
    this.running = null
    this.waiting.length = 0
    this.desk.stream?.reset()
    this.desk.stream = null
    if (this.state.doing !== null) this.state.trouble = word('trouble.stopped')
    this.state.doing = null
  }

  private *live(): Task<void> {
    const { state } = this
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      state.doing = next.ask
      state.trouble = null
      // Who reads on may still take back what was done before.
      if (next.ask !== 'read') state.done = null
      yield* this.serve(next)
      state.doing = this.waiting[0]?.ask ?? null
    }
  }

  private *serve(request: MailRequest): Task<void> {
    const { state } = this
    switch (request.ask) {
      case 'password':
        return yield* this.login(request.password)
      case 'leave':
        if (yield* this.fetch('POST', '/logout')) this.forget()
        return
      case 'get':
        return yield* this.look('GET', '/mail')
      case 'page':
        return yield* this.look('GET', '/mail', '', request.page)
      case 'open':
        return yield* this.look('GET', `/mail/${escaped(request.folder)}`, '', 1)
      case 'read': {
        const answer = yield* this.fetch('GET', `/mail/${escaped(request.folder)}/${request.uid}`)
        if (!answer) return
        const folder = state.folders.get(request.folder)
        const message = folder?.messages.get(request.uid)
        if (!folder || !message) return
        message.parts.set('', answer.body)
        // Who has fetched it has read it: so does the server see it.
        const counts = state.counts.get(folder.name)
        if (counts && !hasFlag(message.flags, '\\Seen'))
          state.counts.set(folder.name, { ...counts, unseen: counts.unseen - 1 })
        flagLocally(folder, [request.uid], '\\Seen', true)
        return
      }
      case 'search':
        return yield* this.look('POST', '/mail/search', told(request), 1)
      default:
        return yield* this.look('POST', `/mail/${request.ask}`, told(request))
    }
  }

  private *login(password: string): Task<void> {
    const form = `user=${escaped(this.desk.seat.address ?? '')}&password=${escaped(password)}`
    const answer = yield* this.fetch('POST', '/login', form, 'application/x-www-form-urlencoded')
    if (!answer) return
    const cookie = /^(session=[0-9a-f]+)/.exec(answer.fields.get('set-cookie') ?? '')?.[1]
    if (cookie === undefined) return
    this.cookie = cookie
    this.state.online = true
    this.state.wantsPassword = false
    yield* this.look('GET', answer.fields.get('location') ?? '/mail')
  }

  private *look(method: string, path: Octets, body = '', page = this.state.pages?.at ?? 1): Task<void> {
    const answer = yield* this.fetch(method, page === 1 ? path : `${path}?page=${page}`, body)
    if (answer && !heed(this.state, answer.body)) this.state.trouble = word('trouble.web', { text: answer.start })
  }

  /** One request, and its answer where it is a good one. */
  private *fetch(method: string, path: Octets, body = '', type = 'application/json'): Task<HttpMessage | null> {
    const { state, desk, site } = this
    if (method === 'GET') this.page = path
    const stream = yield* connect(desk, site, site.secure)
    if (!stream) return null
    state.secure = stream.secure
    const fields = {
      Host: site.host,
      ...(this.cookie === null ? {} : { Cookie: this.cookie }),
      ...(body === '' ? {} : { 'Content-Type': type }),
      Connection: 'close',
    }
    stream.write(httpText(`${method} ${path} HTTP/1.1`, fields, body))
    const answer = yield* this.heard()
    desk.stream = null
    stream.close()
    if (!answer) {
      state.trouble = word('trouble.lost')
      return null
    }
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.start)?.[1] ?? 0)
    if (status === 200 || status === 303) return answer
    if (status === 403) {
      this.forget()
      state.trouble = word(path === '/login' ? 'trouble.web.login' : 'trouble.web.session')
    } else if (!heed(state, answer.body) || state.trouble === null)
      state.trouble = word('trouble.web', { text: answer.start })
    return null
  }

  private *heard(): Task<HttpMessage | null> {
    const { stream, seat } = this.desk
    for (let buffer = ''; stream;) {
      const event = yield* ask(within(stream.read, seat.machine.sleep(PATIENCE)))
      if (event?.on !== 'bytes') return null
      buffer += event.data
      const read = readMessage(buffer)
      if (read) return read.ok ? read.message : null
    }
    return null
  }

  private forget(): void {
    this.cookie = null
    this.page = '/'
    Object.assign(this.state, emptied(), { online: false, wantsPassword: true, undo: null })
  }
}
