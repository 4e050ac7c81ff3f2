/**
 * Transactions that a broken connection left behind, until their client comes back (RFC 1845 3). The client's name from
 * EHLO and its name for the transaction together say which; its address must be the same, and so must who is logged in, so
 * that nobody goes on with what somebody else began. So many are kept, of so many octets and no longer than two days; the oldest go first.
 */
import type { Checkpoint, Client } from '../smtp/backend.ts'
import type { Millis } from '../terms.ts'

const MOST = 100
const MOST_OCTETS = 64_000_000
const MAX_AGE: Millis = 48 * 3_600_000

interface Kept {
  checkpoint: Checkpoint
  at: Millis
}

export class Checkpoints {
  private readonly kept = new Map<string, Kept>()
  private octets = 0

  find(client: Client, transid: string, now: Millis): Checkpoint | null {
    this.forgetOld(now)
    return this.kept.get(nameOf(client, transid))?.checkpoint ?? null
  }

  keep(client: Client, transid: string, checkpoint: Checkpoint | null, now: Millis): void {
    const name = nameOf(client, transid)
    this.forget(name)
    if (checkpoint === null || checkpoint.content.length > MOST_OCTETS) return
    this.kept.set(name, { checkpoint, at: now })
    this.octets += checkpoint.content.length
    this.forgetOld(now)
  }

  private forgetOld(now: Millis): void {
    for (const [name, { at }] of this.kept) {
      if (this.kept.size <= MOST && this.octets <= MOST_OCTETS && now - at <= MAX_AGE) return
      this.forget(name)
    }
  }

  private forget(name: string): void {
    const known = this.kept.get(name)
    if (!known) return
    this.kept.delete(name)
    this.octets -= known.checkpoint.content.length
  }
}

/** The name of the transaction is compared as it is written (RFC 1845 2). */
const nameOf = ({ helo, peer, user }: Client, transid: string) =>
  JSON.stringify([helo.toLowerCase(), peer.address, user, transid])
