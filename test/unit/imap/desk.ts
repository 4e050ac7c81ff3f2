/** A desk for IMAP: a store with alice and bob, and as many sessions as a test wants, each over the real engine and backend. */
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { Effect } from '../../../src/core/engine.ts'
import type { ImapProfile } from '../../../src/core/imap/backend.ts'
import { imapServer } from '../../../src/core/imap/server.ts'
import type { ImapSession } from '../../../src/core/imap/session.ts'
import { parseZone } from '../../../src/core/message/date.ts'
import { imapBackend } from '../../../src/core/store/imap.ts'
import { Store } from '../../../src/core/store/store.ts'
import type { Note } from '../../../src/core/trace/events.ts'

export const EPOCH = Date.UTC(2026, 8, 7, 8)

export const ALL_CAPABILITIES = (
  'IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE NAMESPACE UNSELECT UIDPLUS MOVE CHILDREN ESEARCH ' +
  'SEARCHRES SORT SORT=DISPLAY ESORT CONTEXT=SEARCH CONTEXT=SORT THREAD=REFERENCES THREAD=ORDEREDSUBJECT MULTIAPPEND ' +
  'MAILBOX-REFERRALS SCAN WITHIN BINARY CATENATE CONDSTORE QRESYNC SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS ' +
  'STATUS=SIZE QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE ACL RIGHTS=kxte UTF8=ACCEPT APPENDLIMIT=52428800'
).split(' ')

export const profile = (more: Partial<ImapProfile> = {}): ImapProfile => ({
  host: 'imap.example',
  greeting: { is: 'ok' },
  capabilities: ALL_CAPABILITIES,
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'],
  startTls: true,
  passwordNeedsTls: false,
  texts: {},
  limits: { append: 52_428_800, line: 65_536, errors: Infinity, idle: 1_800_000 },
  answers: {},
  ...more,
})

export class Desk {
  readonly store = new Store({ limit: 1e9, uidValidity: 1_000 })
  now = EPOCH
  private nonces = 0

  constructor() {
    for (const user of ['alice', 'bob', 'carol'])
      this.store.add({ user, password: `${user}-pw`, name: user, addresses: [`${user}@imap.example`], quota: null })
  }

  deliver(user: string, ...messages: Octets[]): void {
    for (const octets of messages) this.store.deliver(user, 'INBOX', octets, this.now)
  }

  session(more: Partial<ImapProfile> = {}, between: (state: ImapSession) => ImapSession = (state) => state): Line {
    return new Line(this, profile(more), between)
  }

  /** A session of that user with INBOX open. */
  open(user = 'alice', command = 'SELECT INBOX', more: Partial<ImapProfile> = {}): Line {
    const line = this.session(more)
    line.ok(`LOGIN ${user} ${user}-pw`)
    line.ok(command)
    return line
  }

  nonce(): string {
    return `<${++this.nonces}@imap.example>`
  }
}

export class Line {
  readonly notes: Note[] = []
  readonly effects: Effect[] = []
  state: ImapSession
  private readonly backend
  private readonly between: (state: ImapSession) => ImapSession
  private said = ''
  private tags = 0

  constructor(desk: Desk, settings: ImapProfile, between: (state: ImapSession) => ImapSession) {
    this.backend = imapBackend(settings, {
      stores: () => [desk.store],
      now: () => desk.now,
      zone: parseZone('+0000')!,
      nonce: () => desk.nonce(),
    })
    this.between = between
    this.state = imapServer.start(this.backend)
    this.backend.watch(() => (this.waiting = true))
    const end = { address: '192.0.2.9', port: 1 }
    this.step({ on: 'open', conn: 'c1', peer: end, local: end, secure: false })
  }

  private waiting = false

  private step(input: Parameters<typeof imapServer.step>[1]): void {
    this.state = this.between(this.state)
    imapServer.step(this.state, input, this.backend, {
      do: (effect) => {
        this.effects.push(effect)
        if (effect.do === 'send') this.said += effect.data
        if (effect.do === 'close') this.backend.close()
      },
      note: (note) => this.notes.push(note),
    })
  }

  /** What was said since the last time. */
  heard(): Octets {
    if (this.waiting) {
      this.waiting = false
      this.step({ on: 'changed' })
    }
    const { said } = this
    this.said = ''
    return said
  }

  feed(octets: Octets): Octets {
    this.step({ on: 'bytes', data: octets })
    return this.heard()
  }

  alarm(): Octets {
    this.step({ on: 'alarm', name: 'idle' })
    return this.heard()
  }

  secured(): void {
    this.step({ on: 'secured' })
  }

  close(how: 'fin' | 'reset' = 'reset'): void {
    this.step({ on: 'closed', how })
    this.backend.close()
  }

  /** One command with a tag of its own: its untagged lines, and the tagged one without the tag. */
  say(command: Octets): { untagged: Octets[]; tagged: Octets } {
    const tag = `t${++this.tags}`
    this.heard()
    const answer = this.feed(`${tag} ${command}\r\n`)
    const at = answer.lastIndexOf(`${tag} `)
    if (at < 0) throw new Error(`no answer to ${command}: ${answer}`)
    return { untagged: responses(answer.slice(0, at)), tagged: answer.slice(at + tag.length + 1).trimEnd() }
  }

  /** Untagged lines of a command that went well, without `* `. */
  ok(command: Octets): Octets[] {
    const { untagged, tagged } = this.say(command)
    if (!tagged.startsWith('OK')) throw new Error(`${command}: ${tagged}`)
    return untagged
  }
}

/** Lines with their literals; `* ` taken off. */
function responses(text: Octets): Octets[] {
  const found: Octets[] = []
  for (let at = 0; at < text.length;) {
    let end = text.indexOf('\r\n', at)
    for (let size = /\{(\d+)\}$/.exec(text.slice(at, end)); size;) {
      end = text.indexOf('\r\n', end + 2 + Number(size[1]))
      size = /\{(\d+)\}$/.exec(text.slice(at, end))
    }
    found.push(text.slice(at, end).replace(/^\* /, ''))
    at = end + 2
  }
  return found
}

export const letter = (subject: string, text = 'Hello.'): Octets =>
  `From: Bob <bob@imap.example>\r\nTo: alice@imap.example\r\nSubject: ${subject}\r\nDate: Mon, 7 Sep 2026 08:00:00 +0000\r\nMessage-ID: <${subject.replace(/\W/g, '-')}@imap.example>\r\n\r\n${text}\r\n`
