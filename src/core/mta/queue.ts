/**
 * The queue: every message that this host has answered for and is not rid of yet. Plain data, so that it survives a
 * crash of the host, and bounded, so that memory is.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Space } from '../store/space.ts'
import type { Addressee, MailTerms } from '../smtp/envelope.ts'
import type { Path } from '../smtp/path.ts'
import type { HostName, Ipv4, Millis, Seq } from '../terms.ts'
import type { MailConfig } from './config.ts'

export interface QueueEntry {
  id: string
  /** The reverse-path; null is `<>`. */
  from: Path | null
  terms: MailTerms
  recipients: Recipient[]
  content: Octets
  arrived: Millis
  /** The note of its acceptance. */
  cause: Seq
  /** Who handed it in; null where it was made here (a bounce, a list's copy). */
  client: { address: Ipv4; name: HostName | null; helo: string; user: string | null } | null
}

/** `failed` is what the sender has still to hear of; then it is `returned`, or `dropped` where there is no sender. */
export type RecipientStatus = 'waiting' | 'sent' | 'delivered' | 'failed' | 'returned' | 'dropped'

export interface Recipient {
  /** Aliases are resolved, source routes peeled. */
  path: Path
  address: string
  /** As it stood in the envelope, and what was said of it there. */
  original: string
  notify: Addressee['notify']
  orcpt: Addressee['orcpt']
  /** The account whose mailbox is on this host; null where another host comes next. */
  account: string | null
  /** Our name where a source route began with it (RFC 821 3.6: it moves into the reverse-path). */
  taken: string | null
  status: RecipientStatus
  tries: number
  next: Millis
  /** Why it waits or failed: a reply code or an RFC 3463 status, and words. */
  code: string
  reason: string
  /** The host that was asked last, and what it said. */
  remote: Remote | null
  /** What its sender asked to hear of, has come to pass, and is not told yet (RFC 3461 4.1 SUCCESS). */
  success: Success | null
  /** The last note about it. */
  last: Seq
  /** It was in a server's hands when the connection, or this host, went down: it may be there already. */
  uncertain: boolean
  /** SAML: it has been on the terminal, though not yet in the mailbox. */
  shown: boolean
  /** The sender has been told that it takes long. */
  toldDelay: boolean
}

export type Success = 'delivered' | 'relayed' | 'expanded'

export interface Remote {
  host: HostName
  reply: string
}

/** The seeded randomness of the world, as far as mail needs it. */
export interface Chance {
  /** 0 to `n`, without `n`. */
  below(n: number): number
  shuffle<T>(list: readonly T[]): T[]
}

export class Queue {
  private readonly byId = new Map<string, QueueEntry>()
  /** Came in since the runner looked last. */
  private readonly fresh = new Set<QueueEntry>()
  private readonly chance: Chance
  private readonly space: Space
  /** For messages from outside. What they bring about (reports, copies) always has room. */
  private readonly limits: MailConfig['queue']
  private octets = 0
  private lastId: number

  constructor(chance: Chance, space: Space, limits: MailConfig['queue']) {
    this.chance = chance
    this.space = space
    this.limits = limits
    this.lastId = 0x10_0000_0000 + chance.below(0x6000) * 0x100_0000
  }

  /** Ten digits as Postfix writes them, in steps that no one guesses; they only grow, so none comes twice. */
  newId(): string {
    this.lastId += 1 + this.chance.below(0x1_0000)
    // In two halves: numbers beyond 31 bits are slow to write.
    return hexDigits(Math.floor(this.lastId / 0x10_0000)) + hexDigits(this.lastId % 0x10_0000)
  }

  hasRoom(octets: number): boolean {
    const { messages, octets: most } = this.limits
    return this.byId.size < messages && this.octets + octets <= most && this.space.has(octets)
  }

  add(entry: QueueEntry): void {
    this.byId.set(entry.id, entry)
    this.fresh.add(entry)
    this.octets += entry.content.length
    this.space.take(entry.content.length)
  }

  remove(entry: QueueEntry): void {
    if (!this.byId.delete(entry.id)) return
    this.fresh.delete(entry)
    this.octets -= entry.content.length
    this.space.free(entry.content.length)
  }

  has(entry: QueueEntry): boolean {
    return this.byId.get(entry.id) === entry
  }

  /** What came in since this was asked last, and is there still. */
  takeFresh(): QueueEntry[] {
    const taken = [...this.fresh]
    this.fresh.clear()
    return taken
  }

  /** In order of arrival. */
  entries(): IterableIterator<QueueEntry> {
    return this.byId.values()
  }
}

/** Five of them. */
const hexDigits = (number: number) => (0x10_0000 + number).toString(16).slice(1).toUpperCase()
