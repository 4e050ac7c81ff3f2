/**
 * One mailbox: messages by UID, and what has happened to them. UIDs only grow, and with the UIDVALIDITY name a message
 * for ever (RFC 3501 2.3.1.1); every command that changes something takes the next modification sequence (RFC 7162 3.1),
 * and those who have the mailbox open are told that there is one.
 *
 * Counts that STATUS asks for are kept, not counted: a mailbox may have 100,000 messages.
 */
import type { MailboxChange } from '../imap/backend.ts'
import { ChangeLog } from './changes.ts'
import { FlagTable, sameFlags, type Flags } from './flags.ts'
import { Held, type Holder } from './held.ts'
import type { Holdings } from './holdings.ts'
import type { Arrival, StoredMessage } from './stored.ts'

/** Who has it open. */
export interface Opener extends Holder {
  /** Somebody else has changed something. */
  changed(): void
}

/** What is held on somebody's account. */
export interface Ledger {
  /** Octets, each message counted. */
  used: number
  /** Messages. */
  count: number
}

export interface MailboxParts {
  /** Names it for as long as the world lasts, whatever becomes of its name. */
  key: string
  /** The name that it has now. */
  place: { readonly name: string }
  /** Whose quota it counts against; null: nobody's. */
  owner: Ledger | null
  uidValidity: number
  holdings: Holdings
  announce: (mailbox: Mailbox, what: MailboxChange['what'], uids: readonly number[]) => void
}

interface Entry extends StoredMessage {
  flags: Flags
  modseq: number
}

/** What a change of flags makes of one set of them. */
interface Turn {
  flags: Flags
  same: boolean
  unseen: number
  deleted: number
}

export class Mailbox {
  readonly key: string
  readonly owner: Ledger | null
  uidValidity: number
  uidNext = 1
  highestModseq = 1
  /** It was deleted. */
  gone = false
  /** Octets of all its messages. */
  octets = 0
  unseen = 0
  deleted = 0
  /** Octets of those that are \Deleted. */
  deletedOctets = 0
  private readonly parts: MailboxParts
  private readonly table = new FlagTable()
  private readonly live = new Map<number, Entry>()
  private list: number[] | null = []
  private readonly log = new ChangeLog(1)
  private readonly held: Held
  private readonly openers = new Set<Opener>()
  /** From here on no session was told of messages: they are \Recent. */
  private firstRecent = 1
  private recents = 0

  constructor(parts: MailboxParts) {
    this.key = parts.key
    this.owner = parts.owner
    this.uidValidity = parts.uidValidity
    this.parts = parts
    this.held = new Held(parts.holdings)
  }

  get name(): string {
    return this.parts.place.name
  }

  get count(): number {
    return this.live.size
  }

  /** In the order of their UIDs; a new list each time. */
  get messages(): StoredMessage[] {
    return [...this.live.values()]
  }

  get keywords(): readonly string[] {
    return this.table.keywords
  }

  /** Rising. To be read at once: arrivals are put behind it. */
  uids(): readonly number[] {
    this.list ??= [...this.live.keys()]
    return this.list
  }

  message(uid: number): StoredMessage | null {
    return this.live.get(uid) ?? null
  }

  /** A message that is there, or was when this opener came. */
  messageFor(uid: number, opener: Opener): StoredMessage | null {
    return this.live.get(uid) ?? this.held.get(uid, opener)
  }

  has(uid: number): boolean {
    return this.live.has(uid)
  }

  opened(opener: Opener): void {
    this.openers.add(opener)
  }

  closed(opener: Opener): void {
    if (!this.openers.delete(opener)) return
    this.letGo()
    if (this.openers.size === 0) this.log.rest(this.highestModseq)
  }

  /** Somebody's `since` has grown. */
  letGo(): void {
    this.held.release(this.openers)
  }

  changesSince(modseq: number): readonly MailboxChange[] | null {
    return this.log.since(modseq)
  }

  /** Where it is not known any more, all UIDs that are not there: RFC 7162 3.2.5.1 lets a server tell too many. */
  expungedSince(modseq: number): { uids: readonly number[]; all: boolean } {
    const known = this.log.expungedSince(modseq)
    if (known !== null) return { uids: known, all: true }
    const uids: number[] = []
    for (let uid = 1; uid < this.uidNext; uid++) if (!this.live.has(uid)) uids.push(uid)
    return { uids, all: false }
  }

  /** No session was told of it yet. */
  isRecent(uid: number): boolean {
    return uid >= this.firstRecent && this.live.has(uid)
  }

  /** How many messages no session was told of yet. */
  get recent(): number {
    return this.recents
  }

  /** Their UIDs; with `claim` they are this session's, and nobody else's after it (RFC 3501 2.3.2). */
  recentUids(claim: boolean): number[] {
    const uids: number[] = []
    if (this.recents > 0)
      for (let uid = this.firstRecent; uid < this.uidNext; uid++) if (this.live.has(uid)) uids.push(uid)
    if (claim) {
      this.firstRecent = this.uidNext
      this.recents = 0
    }
    return uids
  }

  /** New messages, `shared` when their content is in the store already. Room was made sure of. */
  add(arrivals: readonly Arrival[], shared: boolean): number[] {
    if (arrivals.length === 0) return []
    const modseq = ++this.highestModseq
    const { holdings } = this.parts
    const uids: number[] = []
    const sets = new Map<readonly string[], Flags>()
    for (const { content, internalDate, flags: given } of arrivals) {
      let flags = sets.get(given)
      if (!flags) sets.set(given, (flags = this.table.set(given)))
      const uid = this.uidNext++
      const entry: Entry = { uid, internalDate, flags, modseq, content }
      this.live.set(uid, entry)
      this.list?.push(uid)
      uids.push(uid)
      if (shared) holdings.share(content)
      else holdings.take(content)
      this.weigh(entry, 1)
    }
    this.recents += uids.length
    this.happened(modseq, 'arrived', uids, null)
    return uids
  }

  /** Changes flags of those that are there; `modified` were changed after `unchangedSince` (RFC 7162 3.1.3). */
  setFlags(
    uids: readonly number[],
    how: 'replace' | 'add' | 'remove',
    flags: readonly string[],
    unchangedSince: number | null,
    by: Opener | null,
  ): { changed: number[]; modified: number[] } {
    const given = this.table.set(flags)
    const turns = new Map<Flags, Turn>()
    const changed: number[] = []
    const modified: number[] = []
    const modseq = this.highestModseq + 1
    for (const uid of uids) {
      const entry = this.live.get(uid)
      if (!entry) continue
      if (unchangedSince !== null && entry.modseq > unchangedSince) {
        modified.push(uid)
        continue
      }
      let turn = turns.get(entry.flags)
      if (!turn) turns.set(entry.flags, (turn = this.turn(entry.flags, how, given)))
      if (turn.same) continue
      entry.flags = turn.flags
      entry.modseq = modseq
      this.unseen += turn.unseen
      this.deleted += turn.deleted
      this.deletedOctets += turn.deleted * entry.content.size
      changed.push(uid)
    }
    if (changed.length > 0) {
      this.highestModseq = modseq
      this.happened(modseq, 'flags', changed, by)
    }
    return { changed, modified }
  }

  /** Removes them for good; gives those that were there. */
  expunge(uids: readonly number[], by: Opener | null): number[] {
    const gone: number[] = []
    const messages: StoredMessage[] = []
    for (const uid of uids) {
      const entry = this.live.get(uid)
      if (!entry) continue
      this.live.delete(uid)
      this.weigh(entry, -1)
      if (uid >= this.firstRecent) this.recents--
      gone.push(uid)
      messages.push(entry)
    }
    if (gone.length === 0) return gone
    this.list = null
    const modseq = ++this.highestModseq
    if (this.openers.size > 0) this.held.add(messages, modseq)
    else for (const { content } of messages) this.parts.holdings.letGo(content)
    this.happened(modseq, 'expunged', gone, by)
    return gone
  }

  /** The mailbox is deleted, and all that is in it. */
  end(): void {
    this.gone = true
    this.expunge([...this.live.keys()], null)
    for (const opener of this.openers) opener.changed()
  }

  private turn(before: Flags, how: 'replace' | 'add' | 'remove', given: Flags): Turn {
    const flags =
      how === 'replace' ? given : how === 'add' ? this.table.with(before, given) : this.table.without(before, given)
    return {
      flags,
      same: sameFlags(before, flags),
      unseen: unseen(flags) - unseen(before),
      deleted: deleted(flags) - deleted(before),
    }
  }

  /** A message more, or one less. */
  private weigh({ content, flags }: StoredMessage, sign: 1 | -1): void {
    const size = sign * content.size
    this.octets += size
    this.unseen += sign * unseen(flags)
    if (deleted(flags)) {
      this.deleted += sign
      this.deletedOctets += size
    }
    if (this.owner) {
      this.owner.used += size
      this.owner.count += sign
    }
  }

  private happened(modseq: number, what: MailboxChange['what'], uids: readonly number[], by: Opener | null): void {
    if (what === 'expunged' || this.openers.size > 0) this.log.add(modseq, what, uids)
    if (this.openers.size === 0) this.log.unwatched(modseq)
    for (const opener of this.openers) if (opener !== by) opener.changed()
    this.parts.announce(this, what, uids)
  }
}

const unseen = (flags: Flags) => (flags.includes('\\Seen') ? 0 : 1)
const deleted = (flags: Flags) => (flags.includes('\\Deleted') ? 1 : 0)
