/** What a user who has logged in by IMAP can do with mailboxes (RFC 3501 6.3, 6.4), each time as far as he may. */
import type {
  Copied,
  ImapAccount,
  ImapMailbox,
  MailboxInfo,
  MailboxStatus,
  NewMessage,
  QuotaResource,
  Refusal,
} from '../imap/backend.ts'
import type { Account } from './account.ts'
import { ImapAccess } from './imap-access.ts'
import { OpenMailbox } from './imap-mailbox.ts'
import { Names, type Found } from './imap-names.ts'
import { canonicalName, DELIMITER, isPossible, OTHER_USERS, parentsOf, SHARED } from './names.ts'
import { ImapQuota } from './imap-quota.ts'
import type { Store } from './store.ts'
import type { StoredMessage } from './stored.ts'

/** RFC 6154 2; `\All` and `\Flagged` would be views of others, which nobody can make here. */
const USES = ['\\Archive', '\\Drafts', '\\Junk', '\\Sent', '\\Trash']
/** Names in one subscription list. */
const MOST_SUBSCRIPTIONS = 10_000

export class StoreAccount implements ImapAccount {
  readonly user: string
  private readonly store: Store
  private readonly account: Account
  private readonly names: Names
  private readonly access: ImapAccess
  private readonly quotas: ImapQuota
  private readonly now: () => number
  private readonly changed: () => void
  private readonly handles = new Map<string, OpenMailbox>()

  constructor(store: Store, account: Account, now: () => number, changed: () => void) {
    this.user = account.user
    this.store = store
    this.account = account
    this.names = new Names(store, account)
    this.access = new ImapAccess(this.names)
    this.quotas = new ImapQuota(this.names)
    this.now = now
    this.changed = changed
  }

  mailboxes(): readonly MailboxInfo[] {
    return this.names.list()
  }

  subscriptions(): readonly string[] {
    return [...this.account.subscribed]
  }

  namespaces() {
    const root = (prefix: string) => [{ prefix, delimiter: DELIMITER }]
    return { personal: root(''), others: root(OTHER_USERS + DELIMITER), shared: root(SHARED + DELIMITER) }
  }

  info(name: string): MailboxInfo | Refusal {
    return this.names.info(name)
  }

  status(name: string): MailboxStatus | Refusal {
    const found = this.names.mailbox(name, 'r')
    if ('no' in found) return found
    const { mailbox } = found
    return {
      messages: mailbox.count,
      recent: mailbox.recent,
      unseen: mailbox.unseen,
      deleted: mailbox.deleted,
      uidNext: mailbox.uidNext,
      uidValidity: mailbox.uidValidity,
      highestModseq: mailbox.highestModseq,
      size: mailbox.octets,
      deletedStorage: mailbox.deletedOctets,
    }
  }

  open(name: string): ImapMailbox | Refusal {
    const found = this.names.mailbox(name, 'r')
    if ('no' in found) return found
    const { mailbox, folder, prefix, owner } = found
    const known = this.handles.get(mailbox.key)
    if (known) {
      known.uses++
      return known
    }
    const opened = new OpenMailbox({
      mailbox,
      folder,
      prefix,
      owner: owner?.user ?? null,
      user: this.user,
      changed: this.changed,
    })
    this.handles.set(mailbox.key, opened)
    return opened
  }

  release(key: string): void {
    const opened = this.handles.get(key)
    if (!opened || --opened.uses > 0) return
    this.handles.delete(key)
    opened.close()
  }

  releaseAll(): void {
    for (const opened of this.handles.values()) opened.close()
    this.handles.clear()
  }

  opened(key: string): ImapMailbox {
    return this.openedHere(key)
  }

  create(name: string, specialUse: readonly string[]): 'done' | Refusal {
    const spot = this.names.spot(name)
    if (!spot || spot.inner === '') return { no: 'cannot' }
    const uses = specialUse.map((use) => USES.find((known) => known.toLowerCase() === use.toLowerCase()))
    if (uses.includes(undefined)) return { no: 'cannot' }
    const refused = this.mayMake(name)
    if (refused) return refused
    const made = spot.tree.create(spot.inner, uses as string[])
    return 'no' in made ? made : 'done'
  }

  delete(name: string): 'done' | Refusal {
    const found = this.names.folder(name, 'x')
    return 'no' in found ? found : found.tree.delete(found.inner)
  }

  rename(from: string, to: string): 'done' | Refusal {
    const found = this.names.folder(from, 'x')
    if ('no' in found) return found
    const target = this.names.spot(to)
    // What lies in another's tree counts against another's quota, and is under other lists: it is copied, not renamed.
    if (!target || target.inner === '' || target.tree !== found.tree) return { no: 'cannot' }
    return this.mayMake(to) ?? found.tree.rename(found.inner, target.inner)
  }

  /** RFC 3501 6.3.6 lets a server see whether there is such a name: a slip in it is better told. */
  subscribe(name: string): 'done' | Refusal {
    const { subscribed } = this.account
    const info = this.names.info(name)
    if ('no' in info) return info
    if (subscribed.size >= MOST_SUBSCRIPTIONS) return { no: 'limit' }
    subscribed.add(info.name)
    return 'done'
  }

  unsubscribe(name: string): 'done' | Refusal {
    return this.account.subscribed.delete(this.fullName(name)) ? 'done' : { no: 'nonexistent' }
  }

  append(name: string, messages: readonly NewMessage[]): { uidValidity: number; uids: readonly number[] } | Refusal {
    const octets = messages.reduce((sum, message) => sum + message.octets.length, 0)
    const found = this.target(name, octets, messages.length, false)
    if ('no' in found) return found
    const now = this.now()
    const arrivals = messages.map(({ octets: text, flags, internalDate }) => ({
      content: this.store.content(text),
      internalDate: internalDate ?? now,
      flags: permitted(flags, found.rights),
    }))
    return { uidValidity: found.mailbox.uidValidity, uids: found.mailbox.add(arrivals, false) }
  }

  mayAppend(name: string, octets: number): 'done' | Refusal {
    const found = this.target(name, octets, 1, false)
    return 'no' in found ? found : 'done'
  }

  copy(key: string, uids: readonly number[], to: string): Copied | Refusal {
    return this.duplicate(this.openedHere(key), uids, to, false)
  }

  move(key: string, uids: readonly number[], to: string): Copied | Refusal {
    const opened = this.openedHere(key)
    const copied = this.duplicate(opened, uids, to, true)
    if (!('no' in copied)) opened.expunge(copied.from)
    return copied
  }

  quotaRoots(name: string): readonly string[] | Refusal {
    return this.quotas.roots(name)
  }

  quota(root: string): readonly QuotaResource[] | Refusal {
    return this.quotas.resources(root)
  }

  setQuota(root: string, limits: readonly { name: string; limit: number }[]): 'done' | Refusal {
    return this.quotas.set(root, limits)
  }

  acl(name: string) {
    return this.access.entries(name)
  }

  setAcl(name: string, identifier: string, rights: string): 'done' | Refusal {
    return this.access.set(name, identifier, rights)
  }

  deleteAcl(name: string, identifier: string): 'done' | Refusal {
    return this.access.remove(name, identifier)
  }

  listRights(name: string, identifier: string) {
    return this.access.list(name, identifier)
  }

  myRights(name: string): string | Refusal {
    return this.access.mine(name)
  }

  private openedHere(key: string): OpenMailbox {
    const opened = this.handles.get(key)
    if (!opened) throw new Error(`mailbox ${key} is not open here`)
    return opened
  }

  /** As LIST writes it. */
  private fullName(name: string): string {
    const spot = this.names.spot(name)
    return spot && spot.inner !== '' ? spot.prefix + spot.inner : canonicalName(name)
  }

  /** RFC 4314 4: where there is a parent its `k` counts; the top belongs to the owner. */
  private mayMake(name: string): Refusal | null {
    const spot = this.names.spot(name)
    if (!spot) return { no: 'nonexistent' }
    const { tree, owner } = spot
    const inner = spot.inner.endsWith(DELIMITER) ? spot.inner.slice(0, -1) : spot.inner
    if (!isPossible(inner)) return { no: 'cannot' }
    const parent = tree.parent(inner)
    if (!parent || parentsOf(inner).length === 0) return owner === this.account ? null : { no: 'noPermission' }
    const rights = this.names.rights(parent, owner)
    if (rights.includes('k')) return null
    return { no: rights.includes('l') || owner === this.account ? 'noPermission' : 'nonexistent' }
  }

  /** A mailbox into which so many messages may go and fit. `freed`: they come from the same account, and leave there. */
  private target(name: string, octets: number, messages: number, shared: boolean, freed = false): Found | Refusal {
    const found = this.names.mailbox(name, 'i')
    if ('no' in found) return found
    const { store } = this
    if (found.owner !== null && !freed && store.quotaRoom(found.owner, octets, messages) !== 'fits')
      return { no: 'overQuota' }
    return store.holdings.has(shared ? 0 : octets, messages) ? found : { no: 'noSpace' }
  }

  private duplicate(from: OpenMailbox, uids: readonly number[], to: string, moved: boolean): Copied | Refusal {
    const { mailbox } = from
    const messages: StoredMessage[] = []
    let octets = 0
    for (const uid of uids) {
      const message = mailbox.message(uid)
      if (!message) continue
      messages.push(message)
      octets += message.content.size
    }
    const owner = this.names.spot(to)?.owner ?? null
    const freed = moved && owner !== null && mailbox.owner === owner
    const found = this.target(to, octets, messages.length, true, freed)
    if ('no' in found) return found
    const flags = new Map<readonly string[], readonly string[]>()
    const arrivals = messages.map((message) => {
      let kept = flags.get(message.flags)
      if (!kept) flags.set(message.flags, (kept = permitted(message.flags, found.rights)))
      return { content: message.content, internalDate: message.internalDate, flags: kept }
    })
    return {
      place: owner && { account: owner.user, mailbox: found.folder.name },
      uidValidity: found.mailbox.uidValidity,
      from: messages.map(({ uid }) => uid),
      to: found.mailbox.add(arrivals, true),
    }
  }
}

/** RFC 4314 4: of the flags of a new message those stay that this user might set there. */
function permitted(flags: readonly string[], rights: string): readonly string[] {
  if (rights.includes('s') && rights.includes('t') && rights.includes('w')) return flags
  return flags.filter((flag) => {
    const name = flag.toLowerCase()
    return rights.includes(name === '\\seen' ? 's' : name === '\\deleted' ? 't' : 'w')
  })
}
