/**
 * Messages that were expunged while somebody had the mailbox open. A session may only be told of it when numbers may
 * change (RFC 3501 7.4.1), and until then can still fetch them; when all have been told, or have closed the mailbox, they
 * are let go.
 */
import type { Holdings } from './holdings.ts'
import type { StoredMessage } from './stored.ts'

/** One who has the mailbox open; what was expunged up to `since` is nothing to him. */
export interface Holder {
  readonly since: number
}

export class Held {
  private readonly holdings: Holdings
  private readonly byUid = new Map<number, { message: StoredMessage; at: number }>()
  /** In order of time. */
  private groups: { at: number; messages: readonly StoredMessage[] }[] = []

  constructor(holdings: Holdings) {
    this.holdings = holdings
  }

  /** Was expunged at that modification sequence. */
  add(messages: readonly StoredMessage[], at: number): void {
    this.groups.push({ at, messages })
    for (const message of messages) this.byUid.set(message.uid, { message, at })
  }

  get(uid: number, holder: Holder): StoredMessage | null {
    const found = this.byUid.get(uid)
    return found && found.at > holder.since ? found.message : null
  }

  /** Lets go what none of these can still ask for. */
  release(holders: Iterable<Holder>): void {
    if (this.groups.length === 0) return
    let oldest = Infinity
    for (const { since } of holders) oldest = Math.min(oldest, since)
    let at = 0
    for (; at < this.groups.length && this.groups[at]!.at <= oldest; at++)
      for (const { uid, content } of this.groups[at]!.messages) {
        this.byUid.delete(uid)
        this.holdings.letGo(content)
      }
    if (at > 0) this.groups = this.groups.slice(at)
  }
}
