/** A POP3 server on a desk: no network, a store of a few lines, and everything it says and notes in hand. */
import type { Effect, Input } from '../../../src/core/engine.ts'
import type { OpenVerdict, Pop3Backend, Pop3Profile } from '../../../src/core/pop3/backend.ts'
import { pop3Server } from '../../../src/core/pop3/server.ts'
import type { Pop3Session } from '../../../src/core/pop3/session.ts'
import { wireSize } from '../../../src/core/pop3/wire.ts'
import type { Note } from '../../../src/core/trace/events.ts'

export const profile: Pop3Profile = {
  host: 'dewey',
  dialect: 'lenient',
  capabilities: [
    'TOP',
    'USER',
    'SASL',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'LOGIN-DELAY',
    'PIPELINING',
    'EXPIRE',
    'UIDL',
    'STLS',
    'UTF8',
    'LANG',
    'IMPLEMENTATION',
  ],
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'],
  passwordNeedsTls: false,
  apop: true,
  tellsUsers: false,
  loginDelay: 0,
  expire: 'NEVER',
  perUser: false,
  texts: { greeting: 'POP3 server ready {timestamp}' },
  limits: { line: 255, errors: Infinity, idle: 600_000 },
  answers: {},
}

/** What several connections share. */
export class Shelf {
  readonly accounts: Record<string, string> = { mrose: 'tanstaaf', nicolas: 'mot_passe', test: 'test' }
  messages: { uid: number; octets: string; seen: boolean }[] = []
  lockedBy: object | null = null
  nextUid = 1
  nonces = 0
  /** UIDs that will not go away. */
  stuck = new Set<number>()
  verdict: OpenVerdict | null = null

  put(...contents: string[]): this {
    for (const octets of contents) this.messages.push({ uid: this.nextUid++, octets, seen: false })
    return this
  }

  /** As IMAP would. */
  expunge(uid: number): void {
    this.messages = this.messages.filter((message) => message.uid !== uid)
  }

  contents(): string[] {
    return this.messages.map((message) => message.octets)
  }

  backend(of: Pop3Profile): Pop3Backend {
    const me = {}
    return {
      profile: of,
      date: () => 'Wed, 20 Nov 2002 19:27:45 +0100',
      login: (user, password) => (this.accounts[user] === password ? user : null),
      secret: (user) => {
        const password = this.accounts[user]
        return password === undefined ? null : { account: user, password }
      },
      nonce: () => `<${1896 + this.nonces++}.697170952@dbc.mtview.ca.us>`,
      open: () => {
        if (this.verdict) return this.verdict
        if (this.lockedBy !== null && this.lockedBy !== me) return { verdict: 'in-use' }
        this.lockedBy = me
        const messages = this.messages.map(({ uid, octets, seen }) => ({ uid, size: wireSize(octets), seen }))
        return { verdict: 'open', uidValidity: 0x3ddb1234, messages }
      },
      content: (uid) => this.messages.find((message) => message.uid === uid) ?? null,
      remove: (uids) => {
        const there = this.messages.filter((message) => uids.includes(message.uid))
        this.messages = this.messages.filter((message) => !uids.includes(message.uid) || this.stuck.has(message.uid))
        return { kept: there.filter((message) => this.stuck.has(message.uid)).length }
      },
      seen: (uids) => {
        for (const message of this.messages) if (uids.includes(message.uid)) message.seen = true
      },
      close: () => {
        if (this.lockedBy === me) this.lockedBy = null
      },
    }
  }
}

/** Two messages of 120 and 200 octets, as in the examples of RFC 1939. */
export const twoMessages = [
  'Subject: one\r\n\r\n' + 'a'.repeat(102) + '\r\n',
  'Subject: two\r\n\r\n' + 'b'.repeat(182) + '\r\n',
]

export class Desk {
  readonly notes: { note: Note; dir: string | undefined; from: number | undefined; to: number | undefined }[] = []
  readonly effects: Effect[] = []
  readonly shelf: Shelf
  readonly backend: Pop3Backend
  session: Pop3Session
  /** Carry on with a `structuredClone` of the session between any two inputs. */
  cloning = false

  constructor(changes: Partial<Pop3Profile> = {}, shelf: Shelf = new Shelf().put(...twoMessages)) {
    this.shelf = shelf
    this.backend = shelf.backend({ ...profile, ...changes })
    this.session = pop3Server.start(this.backend)
  }

  feed(input: Input): string {
    const before = this.effects.length
    if (this.cloning) this.session = structuredClone(this.session)
    pop3Server.step(this.session, input, this.backend, {
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
      local: { address: '192.0.2.1', port: 110 },
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

  /** Opens, logs in and then says these lines. */
  after(...lines: string[]): string {
    this.open()
    return this.say('USER mrose', 'PASS tanstaaf', ...lines)
  }

  did(what: Effect['do']): boolean {
    return this.effects.some((effect) => effect.do === what)
  }

  remarks(): string[] {
    return this.notes.flatMap(({ note }) => (note.kind === 'remark' ? [note.key] : []))
  }
}
