/** The mail stores of a world, with all that lies in them when it begins. */
import { Space } from '../store/space.ts'
import { Store } from '../store/store.ts'
import type { HostName } from '../terms.ts'
import { initialMail, type Owner } from './initial-mail.ts'
import type { AccountFile, MessageFile, SharedFile, WorldFile } from './schema.ts'
import { servicesOf } from './named-services.ts'

/** The stores of one world, by host, and the space that they share. */
export interface Storage {
  readonly stores: ReadonlyMap<HostName, Store>
  readonly space: Space
}

export function makeStorage(file: WorldFile): Storage {
  // All stores together may hold what the largest of them may: a world with many hosts has no more memory than one.
  const space = new Space(Math.max(...Object.values(file.hosts).map(({ mail }) => mail?.store.limit ?? 0)))
  const stores = new Map<HostName, Store>()
  const storeOf = (host: HostName) => {
    const known = stores.get(host)
    if (known) return known
    const { limit = 0, uidValidity = null } = file.hosts[host]?.mail?.store ?? {}
    const store = new Store({ limit, uidValidity: uidValidity ?? Math.floor(file.epoch / 1000), space })
    stores.set(host, store)
    return store
  }
  for (const account of file.accounts) open(file, storeOf(account.host), account)
  for (const [host, { mail, services }] of Object.entries(file.hosts)) {
    // Who only logs in to be sent elsewhere, or to be turned away, does so at a store, too.
    const isRead = servicesOf(services).some(({ protocol, told }) => protocol !== 'smtp' && told.auth.accounts === null)
    for (const [user, { password, url }] of Object.entries(mail?.referrals ?? {}))
      storeOf(host).refer(user, password, url)
    for (const [name, told] of Object.entries(mail?.shared ?? {})) share(file, storeOf(host), host, name, told)
    if (isRead) storeOf(host)
  }
  return { stores, space }
}

function open(file: WorldFile, store: Store, account: AccountFile): void {
  const { user, password, name, address, quota, vacation, filter, transition } = account
  store.add({ user, password, name, addresses: [address], quota, vacation, filter, transition })
  fill(file, store, account, 'INBOX', account.mail)
  for (const [mailbox, messages] of Object.entries(account.mailboxes)) fill(file, store, account, mailbox, messages)
  for (const [mailbox, url] of Object.entries(account.remote)) store.referMailbox(user, mailbox, url)
}

function fill(file: WorldFile, store: Store, owner: Owner, mailbox: string, messages: readonly MessageFile[]): void {
  const all = initialMail(file, owner, messages)
  const lastOld = all.findLastIndex(({ old }) => old)
  for (const [at, { octets, received, flags }] of all.entries()) {
    store.deliver(owner.user, mailbox, octets, received, flags)
    if (at === lastOld) store.account(owner.user)?.mailboxes.get(mailbox)?.recentUids(true)
  }
}

function share(file: WorldFile, store: Store, host: HostName, name: string, { acl, mail }: SharedFile): void {
  const mailbox = store.share(name, acl)
  for (const { octets, received, flags } of initialMail(
    file,
    { name, address: `${name}@${host}`, user: name, host },
    mail,
  ))
    store.put(mailbox, octets, received, flags)
}
