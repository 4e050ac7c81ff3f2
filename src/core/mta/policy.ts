/**
 * Whom a server makes wait: greylisting (RFC 6647) and a limit of messages in a time. Both remember only so many
 * strangers; those longest unheard of are forgotten first.
 */
import type { Ipv4, Millis } from '../terms.ts'
import type { PolicyConfig } from './config.ts'
import { neighbourhood } from './networks.ts'

const REMEMBERED = 10_000

export class Policy {
  private readonly config: PolicyConfig
  private readonly firstSeen = new Map<string, Millis>()
  private readonly taken = new Map<Ipv4, Millis[]>()

  constructor(config: PolicyConfig) {
    this.config = config
  }

  /** Milliseconds that this sender has still to wait before this recipient is granted; 0 when it may pass. */
  greylisted(client: Ipv4, from: string, to: string, now: Millis): Millis {
    const { greylist } = this.config
    if (greylist === null) return 0
    const triple = `${neighbourhood(client)} ${from.toLowerCase()} ${to.toLowerCase()}`
    const since = this.firstSeen.get(triple) ?? now
    remember(this.firstSeen, triple, since)
    return Math.max(0, since + greylist - now)
  }

  /** Whether this client has sent all that it may in this time. */
  tooFast(client: Ipv4, now: Millis): boolean {
    const { rate } = this.config
    if (rate === null) return false
    const recent = (this.taken.get(client) ?? []).filter((at) => at > now - rate.per)
    return recent.length >= rate.messages
  }

  /** A message was taken from this client. */
  count(client: Ipv4, now: Millis): void {
    const { rate } = this.config
    if (rate === null) return
    const recent = (this.taken.get(client) ?? []).filter((at) => at > now - rate.per)
    remember(this.taken, client, [...recent, now].slice(-rate.messages))
  }
}

export function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  // At the end again: who comes back is not the one longest unheard of.
  memory.delete(key)
  memory.set(key, value)
  const [oldest] = memory.keys()
  if (memory.size > REMEMBERED) memory.delete(oldest!)
}
