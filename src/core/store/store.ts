/**
 * The mail store of one host: its accounts and their mailboxes, plain data but for who listens.
 *
 * A delivered message keeps the content string that it came with. Where a few lines were put on top for each recipient,
 * the engine's strings still share the long rest, so a message to a hundred people is not a hundred messages in memory.
 */
import type { Octets } from '../bytes/octets.ts'
import { Space } from './space.ts'

export interface Account {
  /** The login name, unique on its host. */
  user: string
  password: string
  /** The person's name. */
  name: string
  /** The first is the account's own address. */
  addresses: readonly string[]
  /** Octets that its mailboxes may hold together; null where only the store's limit counts. */
  quota: number | null
  /** Octets that they hold. */
  used: number
  /** What is answered while the person is away (RFC 3834); null where nothing is. */
  vacation: string | null
  /** Who was answered so, and when: milliseconds since 1970 UTC. */
  answered: Map<string, number>
  /** By name. `INBOX` is always there. */
  mailboxes: Map<string, Mailbox>
}

/** RFC 3501 2.3.1.1: UIDs only grow, and with `uidValidity` name a message for ever. */
export interface Mailbox {
  name: string
  uidValidity: number
  uidNext: number
  messages: StoredMessage[]
}

export interface StoredMessage {
  uid: number
  /** When it was delivered, by the host's clock: milliseconds since 1970 UTC. */
  internalDate: number
  flags: readonly string[]
  content: Octets
}

export interface StoreChange {
  user: string
  mailbox: string
  uid: number
}

export interface StoreOptions {
  /** Octets that all mailboxes may hold together. */
  limit: number
  /** Given to every new mailbox; a moment in seconds is what servers take. */
  uidValidity: number
  /** Shared with the other stores and queues of the world. */
  space?: Space
}

/** `over-quota`: this account's limit; `no-space`: the whole store's. */
export type Delivered = { uid: number } | 'over-quota' | 'no-space' | 'no-such-account'

export class Store {
  readonly accounts = new Map<string, Account>()
  private readonly byAddress = new Map<string, Account>()
  private readonly listeners = new Set<(change: StoreChange) => void>()
  private readonly options: StoreOptions
  private readonly space: Space
  private total = 0

  constructor(options: StoreOptions) {
    this.options = options
    this.space = options.space ?? new Space()
  }

  add(
    person: Pick<Account, 'user' | 'password' | 'name' | 'addresses' | 'quota'> & { vacation?: string | null },
  ): Account {
    const account: Account = { vacation: null, ...person, used: 0, answered: new Map(), mailboxes: new Map() }
    this.accounts.set(account.user.toLowerCase(), account)
    for (const address of account.addresses) this.byAddress.set(address.toLowerCase(), account)
    this.mailbox(account, 'INBOX')
    return account
  }

  account(user: string): Account | null {
    return this.accounts.get(user.toLowerCase()) ?? null
  }

  accountAt(address: string): Account | null {
    return this.byAddress.get(address.toLowerCase()) ?? null
  }

  /** Whether so many octets more fit into the account and the store; `never` where they are more than all it may hold. */
  room(account: Account, octets: number): 'fits' | 'over-quota' | 'never' | 'no-space' {
    const { quota } = account
    if (quota !== null && (octets > quota || quota === 0)) return 'never'
    if (quota !== null && account.used + octets > quota) return 'over-quota'
    return this.total + octets > this.options.limit || !this.space.has(octets) ? 'no-space' : 'fits'
  }

  /** Into a mailbox, which is made where it is not there yet. */
  deliver(user: string, mailboxName: string, content: Octets, at: number): Delivered {
    const account = this.account(user)
    if (!account) return 'no-such-account'
    const room = this.room(account, content.length)
    if (room !== 'fits') return room === 'no-space' ? room : 'over-quota'
    const mailbox = this.mailbox(account, mailboxName)
    const uid = mailbox.uidNext++
    mailbox.messages.push({ uid, internalDate: at, flags: [], content })
    account.used += content.length
    this.total += content.length
    this.space.take(content)
    for (const listener of this.listeners) listener({ user: account.user, mailbox: mailbox.name, uid })
    return { uid }
  }

  /** Octets in one account's mailboxes, or in all of them. */
  usage(user?: string): number {
    return user === undefined ? this.total : (this.account(user)?.used ?? 0)
  }

  /** Hears of every change until the function that comes back is called. */
  listen(listener: (change: StoreChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private mailbox(account: Account, name: string): Mailbox {
    // RFC 3501 5.1: INBOX in any case is the one INBOX.
    const key = name.toUpperCase() === 'INBOX' ? 'INBOX' : name
    let mailbox = account.mailboxes.get(key)
    if (!mailbox) {
      mailbox = { name: key, uidValidity: this.options.uidValidity, uidNext: 1, messages: [] }
      account.mailboxes.set(key, mailbox)
    }
    return mailbox
  }
}
