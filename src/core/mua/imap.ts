/**
 * The program as an IMAP client (RFC 9051, RFC 4549): the mail stays on the server, one folder is open, and IDLE waits for what
 * happens there. Each step leaves the state as the server has it; what went wrong is in `trouble`.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { ImapConnection, type Done } from '../imap/client/connection.ts'
import { synchronizeFolders } from '../imap/client/folders.ts'
import { login } from '../imap/client/login.ts'
import { newFolder, type Folder } from '../imap/client/replica.ts'
import { fetchArrivals, settle, synchronizeFolder } from '../imap/client/sync.ts'
import { takeNews } from '../imap/client/taking.ts'
import { mailbox, string } from '../imap/client/write.ts'
import { ask, first, type Task, type Waiter } from '../task.ts'
import { answered, connect, passwordOf, word, type Desk } from './desk.ts'
import { OUTBOX, type MailState } from './state.ts'
import { PRIORITY_SECTION } from './marks.ts'

const LONGEST_IDLE = 29 * 60_000
/** Octets of whole messages that are kept at hand; the oldest go first, and are fetched once more when they are read. */
const MOST_KEPT = 20_000_000

export class ImapSide {
  private readonly desk: Desk
  private connection: ImapConnection | null = null
  private doubts = { messages: false, flags: false }
  /** Whole messages, the oldest first. */
  private whole: { folder: Folder; uid: number; octets: number }[] = []

  constructor(desk: Desk) {
    this.desk = desk
  }

  private get state(): MailState {
    return this.desk.state
  }

  /** Looks at all folders, and into the one that is open. */
  *get(): Task<boolean> {
    const fresh = this.connection === null || this.connection.over
    const connection = yield* this.enter()
    if (!connection) return false
    if (!fresh && !(yield* this.folders(connection))) return false
    const { open } = this.state
    const name = open !== null && open !== OUTBOX && this.state.folders.has(open) ? open : 'INBOX'
    if (!(yield* this.open(name))) return false
    for (const folder of [...this.state.folders.values()])
      if (folder.selectable && folder.name !== name && folder.name !== OUTBOX)
        yield* this.count(connection, folder.name)
    return !connection.over || this.lost(connection.lost())
  }

  *open(name: string): Task<boolean> {
    const connection = yield* this.enter()
    if (!connection) return false
    const folder = this.folder(name)
    if (!folder) return false
    this.state.open = name
    return yield* this.select(connection, folder)
  }

  /** What is shown is what the server has open, so that news of it comes by itself. */
  *back(): Task<void> {
    const { connection, state } = this
    const { open, folders } = state
    if (!connection || connection.over || open === null || connection.picture?.mailbox === open) return
    const folder = folders.get(open)
    if (open !== OUTBOX && folder?.selectable) yield* this.select(connection, folder)
  }

  /** The whole message, looked at without a trace, and then the mark that it was read. */
  *read(name: string, uid: number): Task<boolean> {
    const here = yield* this.at(name)
    if (!here) return false
    const { connection, folder } = here
    if (!folder.messages.has(uid)) return this.gone()
    if (folder.messages.get(uid)?.parts.get('') === undefined) {
      if (!this.good(yield* connection.command(`UID FETCH ${uid} (BODY.PEEK[])`))) return false
      const octets = folder.messages.get(uid)?.parts.get('')
      if (octets === undefined) return this.gone()
      this.keep(folder, uid, octets)
    }
    const seen = folder.messages.get(uid)?.flags.some((flag) => flag.toLowerCase() === '\\seen')
    return seen || (yield* this.flag(name, [uid], '\\Seen', true))
  }

  *flag(name: string, uids: readonly number[], flag: string, on: boolean): Task<boolean> {
    const here = yield* this.at(name)
    if (!here) return false
    return this.good(yield* here.connection.command(`UID STORE ${uids.join(',')} ${on ? '+' : '-'}FLAGS (${flag})`))
  }

  /** MOVE where there is one (RFC 6851), else what it stands for. Gives the new numbers where the server tells them. */
  *transfer(how: 'move' | 'copy', name: string, uids: readonly number[], to: string): Task<number[] | null> {
    const here = yield* this.at(name)
    if (!here || uids.length === 0) return null
    const { connection } = here
    const set = uids.join(',')
    const moves = how === 'move' && (yield* connection.has('MOVE'))
    const done = yield* connection.command(`UID ${moves ? 'MOVE' : 'COPY'} ${set} `, mailbox(to))
    if (!this.good(done)) return null
    if (how === 'move' && !moves && !(yield* this.expunge(connection, set))) return null
    yield* this.count(connection, to)
    const codes = [done.code, ...done.data.map((response) => (response.is === 'condition' ? response.code : null))]
    const copied = codes.find((code) => code?.code === 'COPYUID')
    if (copied?.code !== 'COPYUID') return []
    return copied.to.flatMap(([from, end]) =>
      Array.from({ length: Math.min(end - from + 1, 10_000) }, (_, k) => from + k),
    )
  }

  *destroy(name: string, uids: readonly number[]): Task<boolean> {
    const here = yield* this.at(name)
    return here !== null && (yield* this.expunge(here.connection, uids.join(',')))
  }

  *create(name: string, use: string | null = null): Task<boolean> {
    const connection = yield* this.enter()
    if (!connection) return false
    const special = use !== null && (yield* connection.has('CREATE-SPECIAL-USE')) ? ` (USE (${use}))` : ''
    if (!this.good(yield* connection.command('CREATE ', mailbox(name), special))) return false
    if (!this.good(yield* connection.command('SUBSCRIBE ', mailbox(name)))) return false
    return yield* this.folders(connection)
  }

  /** What lies below it goes along (RFC 9051 6.3.6); of subscriptions the server takes no care. */
  *rename(name: string, to: string): Task<boolean> {
    const connection = yield* this.enter()
    if (!connection) return false
    const { open, folders, counts } = this.state
    const delimiter = folders.get(name)?.delimiter ?? null
    const renamed = (old: string) =>
      old === name || (delimiter !== null && old.startsWith(name + delimiter)) ? to + old.slice(name.length) : null
    if (!this.good(yield* connection.command('RENAME ', mailbox(name), ' ', mailbox(to)))) return false
    for (const { name: old, subscribed } of [...folders.values()]) {
      const now = renamed(old)
      if (now === null) continue
      const count = counts.get(old)
      counts.delete(old)
      if (count) counts.set(now, count)
      if (!subscribed) continue
      if (!this.good(yield* connection.command('SUBSCRIBE ', mailbox(now)))) return false
      if (!this.good(yield* connection.command('UNSUBSCRIBE ', mailbox(old)))) return false
    }
    if (!(yield* this.folders(connection))) return false
    const moved = open === null ? null : renamed(open)
    return moved === null || (yield* this.open(moved))
  }

  *remove(name: string): Task<boolean> {
    const connection = yield* this.enter()
    if (!connection) return false
    // Nobody saws off the branch on which they sit.
    if (this.state.open === name) this.state.open = 'INBOX'
    if (connection.picture?.mailbox === name && !(yield* this.at('INBOX'))) return false
    if (!this.good(yield* connection.command('DELETE ', mailbox(name)))) return false
    if (this.state.folders.get(name)?.subscribed)
      if (!this.good(yield* connection.command('UNSUBSCRIBE ', mailbox(name)))) return false
    this.state.counts.delete(name)
    return yield* this.folders(connection)
  }

  *search(name: string, text: string): Task<number[] | null> {
    const here = yield* this.at(name)
    if (!here) return null
    const octets = utf8Octets(text)
    const charset = /[\x80-\xff]/.test(octets) ? 'CHARSET UTF-8 ' : ''
    const done = yield* here.connection.command(`UID SEARCH ${charset}TEXT `, string(octets))
    if (!this.good(done)) return null
    const uids: number[] = []
    for (const response of done.data) {
      if (response.is === 'search') uids.push(...response.numbers)
      else if (response.is === 'esearch')
        for (const uid of here.folder.messages.keys())
          if (response.all?.some(([from, to]) => uid >= from && uid <= to)) uids.push(uid)
    }
    return uids
  }

  *append(name: string, octets: Octets, flags: string): Task<boolean> {
    const connection = yield* this.enter()
    if (!connection) return false
    const done = yield* connection.command('APPEND ', mailbox(name), ` (${flags}) `, { literal: octets })
    if (!this.good(done)) return false
    const folder = this.state.folders.get(name)
    if (folder && connection.picture?.mailbox === name) return yield* this.caughtUp(connection, folder)
    yield* this.count(connection, name)
    return true
  }

  /** With nothing to do: IDLE (RFC 2177) until `until` resumes. */
  *rest(until: Waiter<void>): Task<void> {
    const { connection } = this
    if (!connection || connection.over || connection.state !== 'selected' || !(yield* connection.has('IDLE')))
      return yield* ask(until)
    let ended = false
    const noted =
      (waiter: Waiter<void>): Waiter<void> =>
      (resume) =>
        waiter(() => {
          ended = true
          resume()
        })
    const enough = () => this.doubts.messages || this.doubts.flags
    const done = yield* connection.idle(first(noted(until), noted(this.desk.seat.machine.sleep(LONGEST_IDLE))), enough)
    if (done.condition === 'LOST') this.lost(done)
    const folder = this.state.folders.get(connection.picture?.mailbox ?? '')
    if (done.condition === 'OK' && folder && enough()) {
      yield* this.caughtUp(connection, folder)
    }
    // A server that ends an IDLE by itself is not asked again and again.
    else if (!ended) yield* ask(until)
  }

  *leave(): Task<void> {
    const { connection } = this
    this.forget()
    if (connection && !connection.over) yield* connection.logout()
  }

  /** It was broken off: nothing more is said. */
  forget(): void {
    this.connection = null
    this.state.online = false
    this.state.secure = false
  }

  /** A connection that is logged in, and knows the folders. */
  private *enter(): Task<ImapConnection | null> {
    const { desk, state } = this
    if (this.connection && !this.connection.over) return this.connection
    this.forget()
    const { seat, servers } = desk
    const implicit = state.settings.security === 'implicit'
    const server = implicit ? servers.imaps : servers.imap
    const password = passwordOf(desk)
    if (!server) state.trouble = word('trouble.not-offered', { service: implicit ? 'imaps' : 'imap' })
    if (!server || password === null) return null
    const stream = yield* connect(desk, server, implicit)
    if (!stream) return null
    const connection = new ImapConnection(stream, seat.machine)
    this.connection = connection
    if (!this.good(yield* connection.greeting())) return null
    if (state.settings.security === 'offered' && (yield* connection.has('STARTTLS')))
      if (!this.good(yield* connection.startTls(server.host))) return null
    state.secure = stream.secure
    if (connection.state === 'not-authenticated') {
      const done = yield* login(connection, seat.user, password, { inClear: true, initialResponse: true })
      if (done.condition === 'NO') state.wantsPassword = true
      if (!this.good(done, 'trouble.login')) {
        yield* this.leave()
        return null
      }
    }
    state.online = true
    state.wantsPassword = false
    return (yield* this.folders(connection)) ? connection : null
  }

  /** Where something is done: this folder need not be the one that is shown. */
  private *at(name: string): Task<{ connection: ImapConnection; folder: Folder } | null> {
    const connection = yield* this.enter()
    if (!connection) return null
    const folder = this.folder(name)
    if (!folder) return null
    const there = connection.picture?.mailbox === name || (yield* this.select(connection, folder))
    return there ? { connection, folder } : null
  }

  /** One that has messages. */
  private folder(name: string): Folder | null {
    const folder = this.state.folders.get(name)
    if (folder?.selectable) return folder
    this.gone()
    return null
  }

  /** The server opens it, and then all that is in it is known. */
  private *select(connection: ImapConnection, folder: Folder): Task<boolean> {
    if (connection.picture?.mailbox === folder.name && connection.state === 'selected') {
      // What has come meanwhile is told with any answer.
      return this.good(yield* connection.command('NOOP')) && (yield* this.caughtUp(connection, folder))
    }
    if (!this.good(yield* synchronizeFolder(connection, folder))) return false
    this.doubts = { messages: false, flags: false }
    connection.listen = (news) => takeNews(folder, news, this.doubts)
    this.state.counts.delete(folder.name)
    return yield* this.priorities(connection, folder)
  }

  private *folders(connection: ImapConnection): Task<boolean> {
    const { folders } = this.state
    const outbox = folders.get(OUTBOX) ?? newFolder(OUTBOX)
    const replica = { folders, changes: [], temporary: 0 }
    const good = this.good(yield* synchronizeFolders(connection, replica))
    // It is the program's own: LIST knows nothing of it.
    folders.set(OUTBOX, outbox)
    return good
  }

  private *count(connection: ImapConnection, name: string): Task<void> {
    if (connection.picture?.mailbox === name) return
    const done = yield* connection.command('STATUS ', mailbox(name), ' (MESSAGES UNSEEN)')
    for (const response of done.data)
      if (response.is === 'status' && response.name === name)
        this.state.counts.set(name, {
          messages: response.items['MESSAGES'] ?? 0,
          unseen: response.items['UNSEEN'] ?? 0,
        })
  }

  private *caughtUp(connection: ImapConnection, folder: Folder): Task<boolean> {
    if (this.doubts.messages) {
      this.doubts.messages = false
      if (!this.good(yield* fetchArrivals(connection, folder))) return false
    }
    if (!this.good(yield* settle(connection, folder, this.doubts))) return false
    return yield* this.priorities(connection, folder)
  }

  /** The envelope says neither how urgent a message is nor whether a receipt is wanted. */
  private *priorities(connection: ImapConnection, folder: Folder): Task<boolean> {
    const uids = [...folder.messages.values()].flatMap(({ uid, parts }) => (parts.has(PRIORITY_SECTION) ? [] : [uid]))
    if (uids.length === 0) return true
    const done = yield* connection.command(`UID FETCH ${uids.join(',')} (BODY.PEEK[${PRIORITY_SECTION}])`)
    for (const uid of uids) {
      const parts = folder.messages.get(uid)?.parts
      if (parts && !parts.has(PRIORITY_SECTION)) parts.set(PRIORITY_SECTION, '')
    }
    return this.good(done)
  }

  private *expunge(connection: ImapConnection, set: Octets): Task<boolean> {
    if (!this.good(yield* connection.command(`UID STORE ${set} +FLAGS.SILENT (\\Deleted)`))) return false
    // RFC 4315 2.1: without it, EXPUNGE also takes what others have marked.
    const one = yield* connection.has('UIDPLUS')
    return this.good(yield* connection.command(one ? `UID EXPUNGE ${set}` : 'EXPUNGE'))
  }

  private keep(folder: Folder, uid: number, octets: Octets): void {
    this.whole.push({ folder, uid, octets: octets.length })
    let sum = this.whole.reduce((total, one) => total + one.octets, 0)
    while (sum > MOST_KEPT && this.whole.length > 1) {
      const oldest = this.whole.shift()!
      sum -= oldest.octets
      oldest.folder.messages.get(oldest.uid)?.parts.delete('')
    }
  }

  private good(done: Done, refused = 'trouble.refused'): boolean {
    if (done.condition === 'OK') return true
    if (done.condition === 'LOST') return this.lost(done)
    this.state.trouble = word(refused, { text: done.text })
    return false
  }

  private lost({ text }: Pick<Done, 'text'>): false {
    this.state.trouble = answered(text)
    this.forget()
    return false
  }

  private gone(): false {
    this.state.trouble = word('trouble.gone')
    return false
  }
}
