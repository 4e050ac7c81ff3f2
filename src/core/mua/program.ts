/**
 * A mail program on a person's machine. It does one thing after the other, as it was asked, and between them it listens. It is
 * never stuck: what goes wrong is told, and what takes too long can be broken off.
 */
import { utf8Octets } from '../bytes/utf8.ts'
import { newFolder, type Folder } from '../imap/client/replica.ts'
import type { ShellHost } from '../shell/host.ts'
import { ask, run, type Running, type Task, type Waiter } from '../task.ts'
import { word, type Desk, type Servers } from './desk.ts'
import { ImapSide } from './imap.ts'
import {
  copyLocally,
  dropLocally,
  flagLocally,
  layLocally,
  makeLocalFolders,
  messagesOf,
  moveLocally,
  removeLocally,
  renameLocally,
  searchLocally,
} from './local.ts'
import { handIn, letterOf } from './outgoing.ts'
import { fetchByPop3 } from './pop3.ts'
import { receiptFor } from './receipt.ts'
import type { MailRequest, Reference } from './requests.ts'
import { emptied, folderFor, newState, OUTBOX, type MailState } from './state.ts'

type Asked<Ask extends MailRequest['ask']> = Extract<MailRequest, { ask: Ask }>

/** Who clicks on is not heard until the program has caught up. */
const MOST_WAITING = 100

export class MailProgram {
  readonly state: MailState = newState()
  private readonly desk: Desk
  private readonly imap: ImapSide
  private readonly waiting: MailRequest[] = []
  private wake: (() => void) | null = null
  private running: Running | null = null
  /** Who waits until all is done that was asked for. */
  private waiters: (() => void)[] = []

  constructor(seat: ShellHost, servers: Servers) {
    this.desk = { seat, servers, state: this.state, stream: null }
    this.imap = new ImapSide(this.desk)
    if (!servers.imap && !servers.imaps) this.state.settings = { ...this.state.settings, protocol: 'pop3' }
    if (this.isPop3) makeLocalFolders(this.state)
  }

  get seat(): ShellHost {
    return this.desk.seat
  }

  get servers(): Servers {
    return this.desk.servers
  }

  request(request: MailRequest): void {
    if (request.ask === 'stop') return this.stop()
    if (this.waiting.length >= MOST_WAITING) return
    this.waiting.push(request)
    // To leave an IDLE takes a moment, too.
    this.state.doing ??= request.ask
    this.running ??= run(this.live())
    this.wake?.()
  }

  /** Breaks off what is under way, and forgets what was still to be done. */
  stop(): void {
    this.running?.stop()
    this.running = null
    this.wake = null
    this.waiting.length = 0
    this.desk.stream?.reset()
    this.desk.stream = null
    this.imap.forget()
    if (this.state.doing !== null) this.state.trouble = word('trouble.stopped')
    this.state.doing = null
    this.rested()
  }

  /** Calls back once, when the program has nothing to do any more. */
  afterwards(done: () => void): void {
    if (this.state.doing === null) done()
    else this.waiters.push(done)
  }

  private rested(): void {
    for (const done of this.waiters.splice(0)) done()
  }

  private readonly asked: Waiter<void> = (resume) => {
    if (this.waiting.length > 0) {
      resume()
      return () => {}
    }
    this.wake = resume
    return () => {
      this.wake = null
    }
  }

  private *live(): Task<void> {
    const { state } = this
    for (;;) {
      const next = this.waiting.shift()
      if (!next) {
        if (this.isPop3) yield* ask(this.asked)
        else yield* this.imap.rest(this.asked)
        continue
      }
      state.doing = next.ask
      state.trouble = null
      // Who reads on may still take back what was done before.
      if (next.ask !== 'read') state.done = null
      yield* this.serve(next)
      if (!this.isPop3) yield* this.imap.back()
      state.doing = this.waiting[0]?.ask ?? null
      if (state.doing === null) this.rested()
    }
  }

  private get isPop3(): boolean {
    return this.state.settings.protocol === 'pop3'
  }

  /** Does this folder lie on this machine? */
  private localFolder(name: string): Folder | null {
    return this.isPop3 || name === OUTBOX ? (this.state.folders.get(name) ?? null) : null
  }

  private *serve(request: MailRequest): Task<void> {
    const { state, imap } = this
    switch (request.ask) {
      case 'get':
        if (this.isPop3) yield* fetchByPop3(this.desk)
        else yield* imap.get()
        state.open ??= this.isPop3 ? 'INBOX' : null
        return
      case 'open':
        state.found = null
        if (!this.localFolder(request.folder)) yield* imap.open(request.folder)
        else state.open = request.folder
        return
      case 'read': {
        const local = this.localFolder(request.folder)
        if (local) flagLocally(local, [request.uid], '\\Seen', true)
        else yield* imap.read(request.folder, request.uid)
        return
      }
      case 'flag':
        yield* this.flag(request)
        return
      case 'move':
      case 'copy':
        return yield* this.transfer(request)
      case 'delete':
        return yield* this.remove(request)
      case 'undo':
        return yield* this.undo()
      case 'create':
        return yield* this.create(request.folder)
      case 'rename':
        return yield* this.rename(request)
      case 'remove':
        return yield* this.removeFolder(request.folder)
      case 'search':
        return yield* this.search(request)
      case 'send':
        return yield* this.send(request)
      case 'draft':
        if (yield* this.file('Drafts', request.message, '\\Draft \\Seen')) {
          yield* this.drop(request.draft)
          state.done = word('done.draft')
        }
        return
      case 'resend':
        return yield* this.resend()
      case 'receipt':
        return yield* this.receipt(request)
      case 'settings':
        yield* imap.leave()
        if (request.settings.protocol !== state.settings.protocol) this.change()
        state.settings = { ...request.settings }
        if (this.isPop3) makeLocalFolders(state)
        return
      case 'password':
        state.password = request.password
        state.wantsPassword = false
        return
      case 'leave':
        yield* imap.leave()
        return
      // It knows all of a folder.
      case 'page':
      case 'stop':
    }
  }

  /** The other protocol knows other folders. What waits to be sent waits on. */
  private change(): void {
    const { state } = this
    const { folders, counts, open, found } = state
    const outbox = folders.get(OUTBOX) ?? newFolder(OUTBOX)
    Object.assign(state, state.aside ?? emptied(), { undo: null, aside: { folders, counts, open, found } })
    state.folders.set(OUTBOX, outbox)
  }

  private *flag({ folder, uids, flag, on }: Asked<'flag'>): Task<void> {
    const local = this.localFolder(folder)
    if (local) flagLocally(local, uids, flag, on)
    else if (uids.length > 0) yield* this.imap.flag(folder, uids, flag, on)
  }

  private *transfer({ ask: how, folder, uids, to }: Asked<'move' | 'copy'>): Task<void> {
    const { state } = this
    const count = uids.length
    if (folder === to || to === OUTBOX) return
    const local = this.localFolder(folder)
    if (!local) {
      const numbers = yield* this.imap.transfer(how, folder, uids, to)
      if (numbers === null) return
      state.undo = how === 'move' && numbers.length > 0 ? { folder: to, uids: numbers, to: folder } : null
    } else if (!this.localFolder(to)) {
      for (const { parts } of messagesOf(local, uids)) yield* this.imap.append(to, parts.get('') ?? '', '\\Seen')
      if (how === 'move') dropLocally(state, local, uids)
    } else if (how === 'copy') copyLocally(state, local, uids, to)
    else {
      moveLocally(state, local, uids, to)
      state.undo = { folder: to, uids, to: folder }
    }
    state.done = word(how === 'move' ? 'done.moved' : 'done.copied', { count })
  }

  /** Into the trash, or out of it for good. */
  private *remove({ folder, uids }: Asked<'delete'>): Task<void> {
    const { state } = this
    const count = uids.length
    if (count === 0) return
    let trash = folderFor(state, 'Trash')
    if (!trash && !this.isPop3 && folder !== OUTBOX) {
      if (!(yield* this.imap.create('Trash', '\\Trash'))) return
      trash = folderFor(state, 'Trash')
    }
    if (!trash || trash.name === folder || folder === OUTBOX) {
      const local = this.localFolder(folder)
      if (local) dropLocally(state, local, uids)
      else if (!(yield* this.imap.destroy(folder, uids))) return
      state.undo = null
      state.done = word('done.destroyed', { count })
      return
    }
    yield* this.transfer({ ask: 'move', folder, uids, to: trash.name })
    if (state.trouble === null) state.done = word('done.deleted', { count })
  }

  private *undo(): Task<void> {
    const { undo } = this.state
    if (!undo) return
    yield* this.transfer({ ask: 'move', ...undo })
    if (this.state.trouble !== null) return
    this.state.undo = null
    this.state.done = word('done.undone')
  }

  private *create(name: string): Task<void> {
    const { folders } = this.state
    if (!this.isPop3) yield* this.imap.create(name)
    else if (folders.has(name)) this.state.trouble = word('trouble.folder-exists')
    else folders.set(name, newFolder(name))
  }

  private *rename({ folder, to }: Asked<'rename'>): Task<void> {
    const { state } = this
    if (folder === to || folder === OUTBOX || to === OUTBOX) return
    const local = this.localFolder(folder)
    if (!local) {
      if (!(yield* this.imap.rename(folder, to))) return
    } else if (state.folders.has(to)) {
      state.trouble = word('trouble.folder-exists')
      return
    } else renameLocally(state, local, to)
    this.forgetPlaces()
    state.done = word('done.renamed', { name: utf8Octets(to) })
  }

  private *removeFolder(name: string): Task<void> {
    const { state } = this
    if (name === OUTBOX) return
    const local = this.localFolder(name)
    if (local) removeLocally(state, local)
    else if (!(yield* this.imap.remove(name))) return
    this.forgetPlaces()
    state.done = word('done.removed', { name: utf8Octets(name) })
  }

  /** Where messages were, and were found, may be no more. */
  private forgetPlaces(): void {
    this.state.undo = null
    this.state.found = null
  }

  private *search({ folder, text }: Asked<'search'>): Task<void> {
    const { state } = this
    if (text.trim() === '') {
      state.found = null
      return
    }
    const local = this.localFolder(folder)
    const uids = local ? searchLocally(local, text) : yield* this.imap.search(folder, text)
    if (uids) state.found = { folder, text, uids: new Set(uids) }
  }

  private *send({ message, answers, draft }: Asked<'send'>): Task<void> {
    const { state, desk } = this
    const sent = yield* handIn(desk, letterOf(message, desk.seat.address ?? ''))
    const { trouble } = state
    if (!sent) {
      // Nothing that was written is lost: it waits here, and can be sent again or changed.
      layLocally(state, OUTBOX, message, ['\\Seen'])
      yield* this.drop(draft)
      state.trouble = trouble
      return
    }
    const filed = yield* this.file('Sent', message, '\\Seen')
    if (answers)
      yield* this.flag({ ask: 'flag', folder: answers.folder, uids: [answers.uid], flag: answers.flag, on: true })
    yield* this.drop(draft)
    state.trouble = trouble ?? state.trouble
    state.done = word(filed ? 'done.sent' : 'done.sent-only')
  }

  private *resend(): Task<void> {
    const { state, desk } = this
    const outbox = state.folders.get(OUTBOX)
    if (!outbox) return
    let count = 0
    for (const { uid, parts } of [...outbox.messages.values()]) {
      const message = parts.get('') ?? ''
      if (!(yield* handIn(desk, letterOf(message, desk.seat.address ?? '')))) return
      dropLocally(state, outbox, [uid])
      count++
      yield* this.file('Sent', message, '\\Seen')
    }
    state.done = word('done.resent', { count })
  }

  private *receipt({ folder, uid, send }: Asked<'receipt'>): Task<void> {
    const { state, desk } = this
    const message = state.folders.get(folder)?.messages.get(uid)?.parts.get('')
    const letter = send && message !== undefined ? receiptFor(desk.seat, message) : null
    if (send && (!letter || !(yield* handIn(desk, letter)))) return
    // RFC 3503 3.1: whatever was decided, it is asked only once.
    yield* this.flag({ ask: 'flag', folder, uids: [uid], flag: '$MDNSent', on: true })
    if (send) state.done = word('done.receipt')
  }

  /** One's own copy of a message, where such messages lie. */
  private *file(use: 'Sent' | 'Drafts', message: string, flags: string): Task<boolean> {
    const { state } = this
    if (this.isPop3) return layLocally(state, use, message, flags.split(' ')) !== null
    if (!folderFor(state, use) && !(yield* this.imap.get())) return false
    if (!folderFor(state, use) && !(yield* this.imap.create(use, `\\${use}`))) return false
    return yield* this.imap.append(folderFor(state, use)?.name ?? use, message, flags)
  }

  /** The draft that a message was until now. */
  private *drop(draft: Reference | null): Task<void> {
    if (!draft) return
    const local = this.localFolder(draft.folder)
    if (local) dropLocally(this.state, local, [draft.uid])
    else yield* this.imap.destroy(draft.folder, [draft.uid])
  }
}
