/**
 * The mailboxes of one account, or those that belong to nobody, by name. A name may be a mere parent of others, without
 * messages (\Noselect), or lie on another server (RFC 2193).
 */
import type { Refusal } from '../imap/backend.ts'
import type { Acl } from './acl.ts'
import type { Mailbox } from './mailbox.ts'
import { byName, canonicalName, isBelow, isPossible, NAME_LIMITS, parentsOf } from './names.ts'

export interface Folder {
  /** Within its tree. */
  name: string
  /** Null: others lie below it, or it lies elsewhere. */
  mailbox: Mailbox | null
  /** An IMAP URL (RFC 2193). */
  remote: string | null
  /** RFC 6154: `\Sent` ... */
  specialUse: readonly string[]
  acl: Acl | null
}

export type Birth = (place: Folder) => Mailbox

export class Tree {
  private readonly folders = new Map<string, Folder>()
  private readonly birth: Birth
  private readonly validity: () => number
  /** In the order in which LIST tells them, and the names that have others below; null when that has changed. */
  private order: { sorted: readonly Folder[]; parents: ReadonlySet<string> } | null = null
  /** UIDVALIDITY of what had this name once: the next one there gets a greater (RFC 3501 2.3.1.1). */
  private readonly retired = new Map<string, number>()

  /** Somebody was given rights in it, or had them taken. */
  isGranted = false

  /** `validity` gives a UIDVALIDITY greater than any before. */
  constructor(birth: Birth, validity: () => number) {
    this.birth = birth
    this.validity = validity
  }

  folder(name: string): Folder | undefined {
    return this.folders.get(canonicalName(name))
  }

  get(name: string): Mailbox | undefined {
    return this.folder(name)?.mailbox ?? undefined
  }

  /** Those that can be opened, in order. */
  *values(): Iterable<Mailbox> {
    for (const { mailbox } of this.sorted()) if (mailbox) yield mailbox
  }

  sorted(): readonly Folder[] {
    return this.ordered().sorted
  }

  hasChildren(name: string): boolean {
    return this.ordered().parents.has(canonicalName(name))
  }

  /** The nearest of its parents that is there. */
  parent(name: string): Folder | undefined {
    return parentsOf(canonicalName(name))
      .map((above) => this.folders.get(above))
      .find((folder) => folder !== undefined)
  }

  /** RFC 3501 6.3.3: parents that are not there come with it; they have no messages. */
  create(given: string, specialUse: readonly string[] = []): Folder | Refusal {
    // A delimiter at the end only says that names will be made under it, which every name here allows.
    const name = canonicalName(given.endsWith('/') ? given.slice(0, -1) : given)
    if (!isPossible(name)) return { no: 'cannot' }
    const there = this.folders.get(name)
    if (there?.remote) return { no: 'referral', url: there.remote }
    if (there?.mailbox) return { no: 'exists' }
    const parents = parentsOf(name)
    const remote = parents.map((above) => this.folders.get(above)?.remote).find((url) => typeof url === 'string')
    if (remote) return { no: 'referral', url: remote }
    if (this.folders.size + parents.length >= NAME_LIMITS.mailboxes) return { no: 'limit' }
    const folder = there ?? this.plant(name)
    folder.specialUse = specialUse
    folder.mailbox = this.birth(folder)
    return folder
  }

  /** A name whose mail lies on another server. */
  refer(name: string, url: string): void {
    this.plant(canonicalName(name)).remote = url
  }

  grant(folder: Folder, acl: Acl): void {
    folder.acl = acl
    this.isGranted = true
  }

  /** RFC 3501 6.3.4: what has others below stays as their parent; such a parent cannot be deleted before them. */
  delete(given: string): 'done' | Refusal {
    const folder = this.folder(given)
    if (!folder) return { no: 'nonexistent' }
    if (folder.name === 'INBOX') return { no: 'cannot' }
    if (folder.remote) return { no: 'referral', url: folder.remote }
    const hasChildren = this.hasChildren(folder.name)
    if (!folder.mailbox && hasChildren) return { no: 'hasChildren' }
    if (folder.mailbox) {
      this.retire(folder.name, folder.mailbox)
      folder.mailbox.end()
      folder.mailbox = null
      folder.specialUse = []
    }
    if (!hasChildren) {
      this.folders.delete(folder.name)
      this.order = null
    }
    return 'done'
  }

  /** RFC 3501 6.3.5. Messages keep their UIDs, and sessions that have it open notice nothing. */
  rename(given: string, wanted: string): 'done' | Refusal {
    const from = this.folder(given)
    const to = canonicalName(wanted.endsWith('/') ? wanted.slice(0, -1) : wanted)
    if (!from) return { no: 'nonexistent' }
    if (from.remote) return { no: 'referral', url: from.remote }
    if (!isPossible(to) || isBelow(to, from.name)) return { no: 'cannot' }
    if (this.folders.has(to)) return { no: 'exists' }
    if (from.name === 'INBOX') return this.emptyInbox(from.mailbox!, to)
    const old = from.name
    const moving = this.sorted().filter(({ name }) => name === old || isBelow(name, old))
    const renamed = (name: string) => to + name.slice(old.length)
    if (moving.some(({ name }) => !isPossible(renamed(name)))) return { no: 'cannot' }
    for (const folder of moving) this.folders.delete(folder.name)
    for (const above of parentsOf(to)) if (!this.folders.has(above)) this.plant(above)
    for (const folder of moving) {
      if (folder.mailbox) this.retire(folder.name, folder.mailbox)
      folder.name = renamed(folder.name)
      this.folders.set(folder.name, folder)
      if (folder.mailbox && (this.retired.get(folder.name) ?? 0) >= folder.mailbox.uidValidity)
        folder.mailbox.uidValidity = this.validity()
    }
    this.order = null
    return 'done'
  }

  /** RFC 3501 6.3.5: renaming INBOX moves its messages, and leaves it and its children where they are. */
  private emptyInbox(inbox: Mailbox, to: string): 'done' | Refusal {
    const made = this.create(to)
    if ('no' in made) return made
    made.mailbox!.add(inbox.messages, true)
    inbox.expunge(inbox.uids(), null)
    return 'done'
  }

  private plant(name: string): Folder {
    for (const above of parentsOf(name)) if (!this.folders.has(above)) this.plant(above)
    // RFC 4314 leaves it open; most servers let a child begin with its parent's list.
    const acl = this.parent(name)?.acl
    const folder: Folder = { name, mailbox: null, remote: null, specialUse: [], acl: acl ? new Map(acl) : null }
    this.folders.set(name, folder)
    this.order = null
    return folder
  }

  private retire(name: string, mailbox: Mailbox): void {
    // Names that were used once are remembered as long as there are not too many of them.
    if (this.retired.size >= NAME_LIMITS.mailboxes) this.retired.clear()
    this.retired.set(name, mailbox.uidValidity)
  }

  private ordered() {
    if (this.order) return this.order
    const sorted = [...this.folders.values()].sort((a, b) => byName(a.name, b.name))
    this.order = { sorted, parents: new Set(sorted.flatMap(({ name }) => parentsOf(name))) }
    return this.order
  }
}
