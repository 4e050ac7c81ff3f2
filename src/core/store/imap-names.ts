/**
 * The names of a store as one user sees them: one's own mailboxes, under `Other Users/` those of others, under `Shared/`
 * those of nobody (RFC 2342), as far as their lists let this user (RFC 4314).
 */
import type { MailboxInfo, Refusal } from '../imap/backend.ts'
import type { Account } from './account.ts'
import { rightsOf } from './acl.ts'
import type { Mailbox } from './mailbox.ts'
import { byName, canonicalName, DELIMITER, isBelow, OTHER_USERS, parentsOf, SHARED } from './names.ts'
import type { Store } from './store.ts'
import type { Folder, Tree } from './tree.ts'

/** Where a name leads to. */
export interface Spot {
  tree: Tree
  /** Before the names of that tree. */
  prefix: string
  /** Within it; empty for the root of a namespace. */
  inner: string
  owner: Account | null
}

/** A mailbox that is there and can be opened, and what this user may do with it. */
export interface Found extends Spot {
  folder: Folder
  mailbox: Mailbox
  rights: string
}

export class Names {
  readonly store: Store
  readonly account: Account

  constructor(store: Store, account: Account) {
    this.store = store
    this.account = account
  }

  /** Null: it is under a root where nothing of that name can be. */
  spot(name: string): Spot | null {
    const { account, store } = this
    if (name === SHARED || isBelow(name, SHARED))
      return { tree: store.shared, prefix: SHARED + DELIMITER, inner: name.slice(SHARED.length + 1), owner: null }
    if (name !== OTHER_USERS && !isBelow(name, OTHER_USERS))
      return { tree: account.mailboxes, prefix: '', inner: canonicalName(name), owner: account }
    const [user = '', ...levels] = name.slice(OTHER_USERS.length + 1).split(DELIMITER)
    const owner = store.account(user)
    if (!owner || owner === account) return null
    const prefix = `${OTHER_USERS}${DELIMITER}${owner.user}${DELIMITER}`
    return { tree: owner.mailboxes, prefix, inner: canonicalName(levels.join(DELIMITER)), owner }
  }

  rights({ acl }: Folder, owner: Account | null): string {
    return rightsOf(acl, owner?.user ?? null, this.account.user)
  }

  /** A folder with which this user may do that: `right` is one letter, or several of which one is enough. */
  folder(name: string, right: string): (Spot & { folder: Folder; rights: string }) | Refusal {
    const spot = this.spot(name)
    const folder = spot?.tree.folder(spot.inner)
    if (!spot || !folder) return this.missing(spot)
    const rights = this.rights(folder, spot.owner)
    if ([...right].some((letter) => rights.includes(letter))) return { ...spot, folder, rights }
    // RFC 4314 6: who may not look it up is not told that it is there.
    return { no: rights.includes('l') ? 'noPermission' : 'nonexistent' }
  }

  /** A folder that has messages, here. */
  mailbox(name: string, right: string): Found | Refusal {
    const found = this.folder(name, right)
    if ('no' in found) return found
    const { folder } = found
    if (folder.remote) return { no: 'referral', url: folder.remote }
    return folder.mailbox ? { ...found, mailbox: folder.mailbox } : { no: 'noSelect' }
  }

  /** All that may be seen, INBOX first, others' behind one's own. */
  list(): MailboxInfo[] {
    const { account, store } = this
    const seen: MailboxInfo[] = account.mailboxes.sorted().flatMap((folder) => this.seen(folder, account, '') ?? [])
    for (const other of store.accounts.values())
      if (other !== account)
        seen.push(...this.foreign(other.mailboxes, other, `${OTHER_USERS}${DELIMITER}${other.user}${DELIMITER}`))
    seen.push(...this.foreign(store.shared, null, SHARED + DELIMITER))
    const parents = new Set(seen.flatMap(({ name }) => parentsOf(name)))
    const names = new Set(seen.map(({ name }) => name))
    // The roots are mere parents, and so is what lies above something that may be seen, but may not be seen itself.
    for (const name of parents) if (!names.has(name)) seen.push(this.mereParent(name))
    for (const info of seen) info.hasChildren = parents.has(info.name)
    return parents.size > 0 && seen.length > names.size ? seen.sort((a, b) => byName(a.name, b.name)) : seen
  }

  info(name: string): MailboxInfo | Refusal {
    const spot = this.spot(name)
    const wanted = spot ? spot.prefix + spot.inner : name
    const folder = spot?.tree.folder(spot.inner)
    const seen = spot && folder ? this.seen(folder, spot.owner, spot.prefix) : null
    if (seen && spot?.owner === this.account) return { ...seen, hasChildren: spot.tree.hasChildren(spot.inner) }
    return this.list().find((info) => info.name === wanted) ?? this.missing(spot)
  }

  /** Nothing is there; but the name may be that of something below what lies elsewhere. */
  private missing(spot: Spot | null): Refusal {
    const url = spot?.owner === this.account ? spot.tree.parent(spot.inner)?.remote : null
    return url ? { no: 'referral', url } : { no: 'nonexistent' }
  }

  private foreign(tree: Tree, owner: Account | null, prefix: string): MailboxInfo[] {
    if (owner !== null && !tree.isGranted) return []
    return tree.sorted().flatMap((folder) => this.seen(folder, owner, prefix) ?? [])
  }

  private seen(folder: Folder, owner: Account | null, prefix: string): MailboxInfo | null {
    if (owner !== this.account && !this.rights(folder, owner).includes('l')) return null
    const name = prefix + folder.name
    return {
      name,
      selectable: folder.mailbox !== null,
      exists: true,
      hasChildren: false,
      subscribed: this.account.subscribed.has(name),
      specialUse: folder.specialUse,
      remote: folder.remote !== null,
    }
  }

  private mereParent(name: string): MailboxInfo {
    const subscribed = this.account.subscribed.has(name)
    return { name, selectable: false, exists: true, hasChildren: true, subscribed, specialUse: [], remote: false }
  }
}
