/** What was delivered where, in order: one list a mailbox. */
import type { HostName, Millis, Seq } from '../terms.ts'
import type { Fold } from '../trace/events.ts'

export interface Delivered {
  seq: Seq
  at: Millis
  host: HostName
  /** Queue id on that host. */
  id: string
  /** The recipient as the envelope had it. */
  address: string
  uid: number
  octets: number
}

/** Keyed `host account/mailbox`. */
export type Mailboxes = Map<string, { host: HostName; account: string; mailbox: string; messages: Delivered[] }>

export const mailboxes: Fold<Mailboxes> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind !== 'delivered') return
    const { seq, at, host, id, address, account, mailbox, uid, octets } = event
    const key = `${host} ${account}/${mailbox}`
    const box = view.get(key) ?? { host, account, mailbox, messages: [] }
    view.set(key, box)
    box.messages.push({ seq, at, host, id, address, uid, octets })
  },
}
