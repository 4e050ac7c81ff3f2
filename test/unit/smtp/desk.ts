/** An SMTP server on a desk: no network, a mail system of five lines, and everything it says and notes in hand. */
import type { Effect, Input } from '../../../src/core/engine.ts'
import type {
  AcceptVerdict,
  Checkpoint,
  Client,
  DeliverVerdict,
  SmtpBackend,
  SmtpProfile,
} from '../../../src/core/smtp/backend.ts'
import type { Envelope } from '../../../src/core/smtp/envelope.ts'
import { mailbox } from '../../../src/core/smtp/path.ts'
import { smtpServer } from '../../../src/core/smtp/server.ts'
import type { SmtpSession } from '../../../src/core/smtp/session.ts'
import type { Note } from '../../../src/core/trace/events.ts'

export interface Taken {
  client: Client
  envelope: Envelope
  content: string
}

export const profile: SmtpProfile = {
  host: 'foo.com',
  role: 'mx',
  dialect: 'lenient',
  capabilities: ['PIPELINING', 'SIZE', '8BITMIME', 'STARTTLS', 'AUTH', 'HELP'],
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
  weak: [],
  authNeedsTls: false,
  texts: { greeting: '{host} Simple Mail Transfer Service Ready' },
  limits: { size: 10_000, recipients: 100, errors: Infinity, idle: 300_000 },
  reverse: false,
  answers: {},
  local: {},
}

export class Desk {
  readonly taken: Taken[] = []
  readonly notes: { note: Note; dir: string | undefined; from: number | undefined; to: number | undefined }[] = []
  readonly effects: Effect[] = []
  readonly backend: SmtpBackend
  session: SmtpSession
  verdict: AcceptVerdict = { verdict: 'queued', id: 'Q1' }
  /** LMTP: by recipient; who is not here gets the message. */
  readonly delivered: Record<string, DeliverVerdict> = {}
  readonly checkpoints = new Map<string, Checkpoint>()
  /** The password of `tim` must be told once more (432). */
  transition = false
  /** Carry on with a `structuredClone` of the session between any two inputs. */
  cloning = false

  constructor(changes: Partial<SmtpProfile> = {}) {
    this.backend = {
      profile: { ...profile, ...changes },
      date: () => 'Thu, 21 May 1998 05:33:29 -0700',
      sender: (client, from) =>
        changes.role === 'submission' && from !== null && mailbox(from) !== `${client.user}@foo.com`
          ? { verdict: 'not-yours' }
          : { verdict: 'ok' },
      recipient: (client, _from, to, how) => {
        const local = to.local.toLowerCase()
        if (how === 'SEND' && local === 'away') return { verdict: 'not-logged-in' }
        if (to.domain.toLowerCase() !== 'foo.com' && to.domain !== '')
          return client.user === null ? { verdict: 'no-relay' } : { verdict: 'ok' }
        if (local === 'green') return { verdict: 'unknown' }
        if (local === 'paul') return { verdict: 'forward', to: 'paul@bar.com' }
        if (local === 'moved') return { verdict: 'moved', to: 'moved@bar.com' }
        return { verdict: 'ok' }
      },
      verify: (word) => {
        if (word === 'smith')
          return {
            verdict: 'ambiguous',
            candidates: [
              { name: 'John Smith', address: 'jsmith@foo.com' },
              { name: 'Harry Smith', address: 'hsmith@foo.com' },
            ],
          }
        if (word === 'paul') return { verdict: 'forward', name: '', address: 'paul@bar.com' }
        if (word === 'moved') return { verdict: 'moved', name: '', address: 'moved@bar.com' }
        if (word === 'secret') return { verdict: 'unverifiable' }
        if (word === 'zoé') return { verdict: 'user', name: 'Zoé', address: 'zoé@foo.com' }
        if (word === 'zoe') return { verdict: 'user', name: 'Zoé', address: 'zoe@foo.com' }
        if (word === 'info') return { verdict: 'user', name: '', address: 'info@foo.com' }
        return word === 'Crispin'
          ? { verdict: 'user', name: 'Mark Crispin', address: 'Admin.MRC@foo.com' }
          : { verdict: 'unknown' }
      },
      expand: (word) =>
        word === 'list'
          ? {
              verdict: 'list',
              members: [
                { name: 'John Smith', address: 'jsmith@foo.com' },
                { name: '', address: 'b@foo.com' },
              ],
            }
          : { verdict: 'unknown' },
      login: (user, password) => {
        if (user !== 'tim' || password !== 'tanstaaftanstaaf') return null
        this.transition = false
        return 'tim'
      },
      secret: (user) =>
        user === 'tim' ? { account: 'tim', password: 'tanstaaftanstaaf', transition: this.transition } : null,
      nonce: () => '<1896.697170952@postoffice.reston.mci.net>',
      accept: (client, envelope, content) => {
        this.taken.push({ client, envelope, content })
        return this.verdict
      },
      deliver: (client, envelope, content) => {
        this.taken.push({ client, envelope, content })
        return envelope.recipients.map(({ path }) => this.delivered[path.local] ?? this.verdict)
      },
      etrn: (_client, node) => {
        if (node === 'foo.com') return { verdict: 'none' }
        if (node === '#slow') return { verdict: 'unable' }
        return node === 'bar.com'
          ? { verdict: 'started', pending: 14 }
          : { verdict: 'not-allowed', reason: 'it is not yours' }
      },
      mayTurn: (client) => client.helo === 'bar.com',
      checkpoint: (client, transid) => this.checkpoints.get(`${client.helo} ${transid}`) ?? null,
      keepCheckpoint: (client, transid, checkpoint) => {
        if (checkpoint) this.checkpoints.set(`${client.helo} ${transid}`, structuredClone(checkpoint))
        else this.checkpoints.delete(`${client.helo} ${transid}`)
      },
    }
    this.session = smtpServer.start(this.backend)
  }

  feed(input: Input): string {
    const before = this.effects.length
    if (this.cloning) this.session = structuredClone(this.session)
    smtpServer.step(this.session, input, this.backend, {
      do: (effect) => this.effects.push(effect),
      note: (note, dir, from, to) => this.notes.push({ note, dir, from, to }) - 1,
    })
    return this.effects
      .slice(before)
      .map((effect) => (effect.do === 'send' ? effect.data : ''))
      .join('')
  }

  open(secure = false): string {
    return this.feed({
      on: 'open',
      conn: 'c1',
      peer: { address: '192.0.2.9', port: 49152 },
      local: { address: '192.0.2.1', port: 25 },
      secure,
    })
  }

  /** Sends octets as they are. */
  bytes(data: string): string {
    return this.feed({ on: 'bytes', data })
  }

  /** Sends each line with CRLF; the reply to the last one. */
  say(...lines: string[]): string {
    let said = ''
    for (const line of lines) said = this.bytes(`${line}\r\n`)
    return said
  }

  /** Opens, says EHLO and then these lines. */
  after(...lines: string[]): string {
    this.open()
    return this.say('EHLO bar.com', ...lines)
  }

  did(what: Effect['do']): boolean {
    return this.effects.some((effect) => effect.do === what)
  }

  remarks(): string[] {
    return this.notes.flatMap(({ note }) => (note.kind === 'remark' ? [note.key] : []))
  }
}
