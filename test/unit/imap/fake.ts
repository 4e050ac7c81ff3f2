/** IMAP servers on a desk: no network, one store, any number of sessions on it, and everything that each says in hand. */
import type { Effect } from '../../../src/core/engine.ts'
import type { ImapProfile } from '../../../src/core/imap/backend.ts'
import { imapServer } from '../../../src/core/imap/server.ts'
import type { ImapSession } from '../../../src/core/imap/session.ts'
import { imapBackend, type ImapConnection } from '../../../src/core/store/imap.ts'
import { Store } from '../../../src/core/store/store.ts'
import type { Note } from '../../../src/core/trace/events.ts'

/** 17 July 1996, 09:44:25 UTC: the INTERNALDATE of RFC 3501 8. */
const JULY_1996 = Date.UTC(1996, 6, 17, 9, 44, 25)

const profile: ImapProfile = {
  host: 'imap.example',
  greeting: { is: 'ok' },
  capabilities: (
    'IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR LOGIN-REFERRALS MAILBOX-REFERRALS ID ENABLE IDLE NAMESPACE UNSELECT UIDPLUS MOVE ' +
    'CHILDREN ESEARCH SEARCHRES SORT SORT=DISPLAY ESORT CONTEXT=SEARCH CONTEXT=SORT THREAD=REFERENCES THREAD=ORDEREDSUBJECT ' +
    'MULTIAPPEND SCAN WITHIN BINARY CATENATE CONDSTORE QRESYNC SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS ' +
    'STATUS=SIZE QUOTA ACL UTF8=ACCEPT'
  ).split(' '),
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'],
  startTls: false,
  passwordNeedsTls: false,
  texts: {},
  limits: { append: 52_428_800, line: 65_536, errors: Infinity, idle: 1_800_000 },
  answers: {},
}

export class Post {
  readonly store = new Store({ limit: 1_000_000_000, uidValidity: 3857529045 })
  now = JULY_1996

  constructor() {
    for (const user of ['alice', 'bob'])
      this.store.add({ user, password: 'secret', name: user, addresses: [`${user}@imap.example`], quota: null })
  }

  /** Into INBOX, by default alice's. */
  put(octets: string, flags: readonly string[] = [], user = 'alice', mailbox = 'INBOX'): this {
    this.store.deliver(user, mailbox, octets, this.now, flags)
    return this
  }

  session(changes: Partial<ImapProfile> = {}): Session {
    return new Session(this, { ...profile, ...changes })
  }

  /** Logged in, with INBOX open. */
  selected(how = 'SELECT INBOX', changes: Partial<ImapProfile> = {}): Session {
    const session = this.session(changes)
    session.say('LOGIN alice secret')
    session.say(how)
    return session
  }
}

export class Session {
  session: ImapSession
  readonly backend: ImapConnection
  readonly notes: Note[] = []
  readonly effects: Effect[] = []
  /** Carry on with a `structuredClone` of the session between any two inputs. */
  cloning = true
  private tags = 0
  private said = ''

  constructor(post: Post, ofHost: ImapProfile) {
    this.backend = imapBackend(ofHost, {
      stores: () => [post.store],
      now: () => post.now,
      zone: { minutes: -420, name: 'PDT' },
      nonce: () => '<1.2@imap.example>',
    })
    this.session = imapServer.start(this.backend)
    const peer = { address: '10.0.0.1', port: 1234 }
    this.step({ on: 'open', conn: 'c1', peer, local: { address: '10.0.0.2', port: 143 }, secure: false })
  }

  private step(input: Parameters<typeof imapServer.step>[1]): string {
    if (this.cloning) this.session = structuredClone(this.session)
    this.said = ''
    imapServer.step(this.session, input, this.backend, {
      do: (effect) => {
        this.effects.push(effect)
        if (effect.do === 'send') this.said += effect.data
      },
      note: (note) => this.notes.push(note) - 1,
    })
    return this.said
  }

  /** Octets as they are; gives what is said then. */
  hear(data: string): string {
    return this.step({ on: 'bytes', data })
  }

  /** A command without its tag; gives all that is said, the tagged line as `OK ...`. */
  say(command: string): string {
    const tag = `a${++this.tags}`
    const said = this.hear(`${tag} ${command}\r\n`)
    const at = said.lastIndexOf(`${tag} `)
    return at < 0 ? said : said.slice(0, at) + said.slice(at + tag.length + 1)
  }
}
