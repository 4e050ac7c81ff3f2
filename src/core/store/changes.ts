/**
 * What happened in a mailbox, in the order of its modification sequences (RFC 7162): each session asks for what came
 * after the last it knows. One command is one entry, however many messages it touched.
 *
 * It is bounded. Arrivals and flags are forgotten when nobody has the mailbox open: who comes back later compares the
 * messages' own sequences. Expunges are remembered longer, for QRESYNC (RFC 7162 3.2.5), but not for ever either.
 */
import type { MailboxChange } from '../imap/backend.ts'

interface Entry {
  modseq: number
  what: MailboxChange['what']
  uids: readonly number[]
}

/** UIDs that all entries may name together, and those of expunges that outlast the last session. */
export const LOG_LIMITS = { open: 200_000, expunged: 50_000 } as const

export class ChangeLog {
  private entries: Entry[] = []
  private named = 0
  /** Changes up to here may be missing; expunges, up to there. */
  private from: number
  private expungedFrom: number

  constructor(modseq: number) {
    this.from = modseq
    this.expungedFrom = modseq
  }

  add(modseq: number, what: MailboxChange['what'], uids: readonly number[]): void {
    this.entries.push({ modseq, what, uids })
    this.named += uids.length
    if (this.named > LOG_LIMITS.open) this.shorten()
  }

  /** Null where not all of it is known any more. */
  since(modseq: number): readonly MailboxChange[] | null {
    if (modseq < this.from) return null
    const changes: MailboxChange[] = []
    for (let at = this.firstAfter(modseq); at < this.entries.length; at++) {
      const { modseq: when, what, uids } = this.entries[at]!
      for (const uid of uids) changes.push({ modseq: when, uid, what })
    }
    return changes
  }

  /** UIDs, rising; null where not all of them are known any more. */
  expungedSince(modseq: number): readonly number[] | null {
    if (modseq < this.expungedFrom) return null
    const uids: number[] = []
    for (let at = this.firstAfter(modseq); at < this.entries.length; at++) {
      const entry = this.entries[at]!
      if (entry.what === 'expunged') for (const uid of entry.uids) uids.push(uid)
    }
    return uids.sort((a, b) => a - b)
  }

  /** Nobody has the mailbox open any more. */
  rest(modseq: number): void {
    this.keep(this.entries.filter(({ what }) => what === 'expunged'))
    this.unwatched(modseq)
  }

  /** Something happened while nobody had it open: only expunges were put down. */
  unwatched(modseq: number): void {
    this.from = modseq
    this.forget(LOG_LIMITS.expunged)
  }

  /** Of each message its last change of flags says all; where that is not enough, the oldest half goes. */
  private shorten(): void {
    const seen = new Set<number>()
    const kept: Entry[] = []
    for (const entry of this.entries.reverse()) {
      if (entry.what !== 'flags') kept.push(entry)
      else {
        const uids = entry.uids.filter((uid) => !seen.has(uid))
        for (const uid of uids) seen.add(uid)
        if (uids.length > 0) kept.push({ ...entry, uids })
      }
    }
    this.keep(kept.reverse())
    if (this.named > LOG_LIMITS.open / 2) this.from = this.forget(LOG_LIMITS.open / 2)
  }

  /** Drops the oldest entries until so few UIDs are named; gives the sequence up to which nothing is known now. */
  private forget(most: number): number {
    let at = 0
    for (let named = this.named; named > most; at++) named -= this.entries[at]!.uids.length
    if (at === 0) return this.from
    const last = this.entries[at - 1]!.modseq
    this.expungedFrom = Math.max(this.expungedFrom, last)
    this.keep(this.entries.slice(at))
    return Math.max(this.from, last)
  }

  private keep(entries: Entry[]): void {
    this.entries = entries
    this.named = entries.reduce((sum, { uids }) => sum + uids.length, 0)
  }

  private firstAfter(modseq: number): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.entries[middle]!.modseq <= modseq) low = middle + 1
      else high = middle
    }
    return low
  }
}
