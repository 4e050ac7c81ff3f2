/**
 * The mail store of one host: its accounts and their mailboxes, read by POP3 and by IMAP, filled by SMTP.
 *
 * A delivered message keeps the content string that it came with. Where a few lines were put on top for each recipient,
 * the engine's strings still share the long rest, so a message to a hundred people is not a hundred messages in memory.
 */
import type { Octets } from '../bytes/octets.ts'
import type { MailboxChange } from '../imap/backend.ts'
import { addressKey } from '../message/address.ts'
import { Content, ContentReader } from '../message/content.ts'
import type { Account, Person } from './account.ts'
import type { Acl } from './acl.ts'
import { Holdings } from './holdings.ts'
import { Mailbox } from './mailbox.ts'
import { Space } from './space.ts'
import { Tree, type Folder } from './tree.ts'

export interface StoreChange {
  /** Null: of a mailbox that belongs to nobody. */
  user: string | null
  mailbox: string
  what: MailboxChange['what']
  uids: readonly number[]
}

export interface StoreOptions {
  /** Octets that all mailboxes may hold together. */
  limit: number
  /** Of the mailboxes that are there from the start; a moment in seconds is what servers take. Later ones get greater. */
  uidValidity: number
  /** Shared with the other stores and queues of the world. */
  space?: Space
  /** What takes messages apart; stores of one world share it. */
  reader?: ContentReader
}

/** `over-quota`: this account's limit; `no-space`: the whole store's. */
export type Delivered = { uid: number } | 'over-quota' | 'no-space' | 'no-such-account'

/** What every account has (RFC 6154). */
const SPECIAL = ['Archive', 'Drafts', 'Junk', 'Sent', 'Trash'] as const

export class Store {
  readonly accounts = new Map<string, Account>()
  /** Mailboxes that belong to nobody. */
  readonly shared: Tree
  readonly holdings: Holdings
  readonly reader: ContentReader
  /** Octets of messages as POP3 sends them, once they were counted. */
  readonly wireSizes = new WeakMap<Content, number>()
  private readonly byAddress = new Map<string, Account>()
  private readonly referrals = new Map<string, { password: string; url: string }>()
  private readonly listeners = new Set<(change: StoreChange) => void>()
  private keys = 0
  private validity: number
  /** While the world is made, everything has the same UIDVALIDITY: there was nothing before. */
  private readonly firstValidity: number

  constructor(options: StoreOptions) {
    this.firstValidity = options.uidValidity
    this.validity = options.uidValidity
    this.holdings = new Holdings(options.limit, options.space ?? new Space())
    this.reader = options.reader ?? new ContentReader()
    this.shared = this.tree(null)
  }

  add(person: Person): Account {
    const account: Account = {
      vacation: null,
      filter: null,
      transition: false,
      ...person,
      messageQuota: null,
      used: 0,
      count: 0,
      answered: new Map(),
      seen: new Map(),
      mailboxes: this.shared,
      subscribed: new Set(['INBOX', ...SPECIAL]),
      maildrop: { locked: false, since: null },
    }
    account.mailboxes = this.tree(account)
    this.accounts.set(account.user.toLowerCase(), account)
    for (const address of account.addresses) this.byAddress.set(addressKey(address), account)
    for (const name of ['INBOX', ...SPECIAL]) {
      const made = account.mailboxes.create(name, name === 'INBOX' ? [] : [`\\${name}`])
      if ('mailbox' in made) made.mailbox!.uidValidity = this.firstValidity
    }
    return account
  }

  account(user: string): Account | null {
    return this.accounts.get(user.toLowerCase()) ?? null
  }

  accountAt(address: string): Account | null {
    return this.byAddress.get(addressKey(address)) ?? null
  }

  /** Whether so many octets more fit into the account and the store; `never` where they are more than all it may hold. */
  room(account: Account, octets: number, messages = 1): 'fits' | 'over-quota' | 'never' | 'no-space' {
    const room = this.quotaRoom(account, octets, messages)
    return room === 'fits' && !this.holdings.has(octets, messages) ? 'no-space' : room
  }

  /** Likewise, but of the account's own limits only. */
  quotaRoom(account: Account, octets: number, messages: number): 'fits' | 'over-quota' | 'never' {
    const { quota, messageQuota, used, count } = account
    if (quota !== null && (octets > quota || quota === 0)) return 'never'
    if (messageQuota !== null && messages > messageQuota) return 'never'
    const isOver =
      (quota !== null && used + octets > quota) || (messageQuota !== null && count + messages > messageQuota)
    return isOver ? 'over-quota' : 'fits'
  }

  /** Into a mailbox, which is made where it is not there yet. */
  deliver(user: string, mailboxName: string, octets: Octets, at: number, flags: readonly string[] = []): Delivered {
    const account = this.account(user)
    if (!account) return 'no-such-account'
    const room = this.room(account, octets.length)
    if (room !== 'fits') return room === 'no-space' ? room : 'over-quota'
    return this.put(mailboxIn(account.mailboxes, mailboxName), octets, at, flags)
  }

  /** A mailbox that belongs to nobody, and who may do what with it (RFC 4314): letters by user or `anyone`. */
  share(name: string, acl: Readonly<Record<string, string>>): Mailbox {
    const mailbox = mailboxIn(this.shared, name)
    const list: Acl = new Map(Object.entries(acl))
    this.shared.grant(this.shared.folder(name)!, list)
    // Whoever finds a mailbox by the names above it may look at these.
    for (let above = this.shared.parent(name); above; above = this.shared.parent(above.name))
      above.acl ??= new Map(list)
    return mailbox
  }

  /** Puts a message there, whatever the quota says. */
  put(mailbox: Mailbox, octets: Octets, at: number, flags: readonly string[] = []): { uid: number } {
    const [uid] = mailbox.add([{ content: this.content(octets), internalDate: at, flags }], false)
    return { uid: uid! }
  }

  content(octets: Octets): Content {
    return new Content(octets, this.reader)
  }

  /** This user's mail lies elsewhere, at an IMAP URL (RFC 2221); who knows the password is told where. */
  refer(user: string, password: string, url: string): void {
    this.referrals.set(user.toLowerCase(), { password, url })
  }

  referral(user: string): { password: string; url: string } | null {
    return this.referrals.get(user.toLowerCase()) ?? null
  }

  /** A mailbox of this user lies elsewhere (RFC 2193). */
  referMailbox(user: string, name: string, url: string): void {
    this.account(user)?.mailboxes.refer(name, url)
  }

  /** Octets in one account's mailboxes, or what all of them have in memory. */
  usage(user?: string): number {
    return user === undefined ? this.holdings.used : (this.account(user)?.used ?? 0)
  }

  /** Hears of every change until the function that comes back is called. */
  listen(listener: (change: StoreChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tree(owner: Account | null): Tree {
    const validity = () => ++this.validity
    return new Tree((place) => this.newMailbox(place, owner), validity)
  }

  private newMailbox(place: Folder, owner: Account | null): Mailbox {
    return new Mailbox({
      key: `${++this.keys}`,
      place,
      owner,
      uidValidity: ++this.validity,
      holdings: this.holdings,
      announce: (mailbox, what, uids) => {
        if (this.listeners.size === 0) return
        const change = { user: owner?.user ?? null, mailbox: mailbox.name, what, uids }
        for (const listener of this.listeners) listener(change)
      },
    })
  }
}

/** The mailbox of that name, made where it is not there yet. The name comes from a world file that was checked. */
function mailboxIn(tree: Tree, name: string): Mailbox {
  const known = tree.get(name)
  if (known) return known
  const made = tree.create(name)
  if ('no' in made) throw new Error(`${name}: ${made.no}`)
  return made.mailbox!
}
