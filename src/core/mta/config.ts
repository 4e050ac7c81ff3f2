/** What a mail system is told: the `mail:` part of a host in the world file, durations in milliseconds. */
import type { HostName, Millis } from '../terms.ts'

export interface MailConfig {
  /** Final here. */
  domains: readonly string[]
  /** Domain to next host, without a look-up. */
  transports: Readonly<Record<string, HostName>>
  /** Everything that is not final here goes to this host. */
  smarthost: HostName | null
  /** For whom it relays besides those who logged in; networks as `192.0.2.0/24`. */
  relay: { networks: readonly string[]; domains: readonly string[]; all: boolean }
  /** RFC 5321 appendix C: `strip` goes to the last mailbox at once, `follow` relays as RFC 821 did. */
  sourceRoutes: 'strip' | 'follow'
  aliases: Readonly<Record<string, readonly string[]>>
  lists: Readonly<Record<string, MailingList>>
  forwards: Readonly<Record<string, Forward>>
  /** VRFY answers 252 for them. */
  unverifiable: readonly string[]
  /** Waiting times between tries, the last again and again, until the message is older than `expire`. */
  retry: { after: readonly Millis[]; expire: Millis }
  /** More Received fields than this are a loop (RFC 5321 6.3). */
  hops: number
  policy: PolicyConfig
  touches: TouchesConfig
}

export interface MailingList {
  name: string
  /** Who gets what cannot be delivered to a member. */
  owner: string
  members: readonly string[]
  /** Put under every message that goes through the list. */
  footer?: string
}

/** 251 takes the message and sends it on; 551 only tells the new address (RFC 5321 3.4). */
export interface Forward {
  to: string
  reply: 251 | 551
}

export interface PolicyConfig {
  /** A stranger's first try for a recipient is answered 450 until so much time has passed. */
  greylist: Millis | null
  /** More messages than that from one address in that time are answered 450. */
  rate: { messages: number; per: Millis } | null
}

/** What this host changes in messages that are not its own. */
export interface TouchesConfig {
  /** Put under every message that it takes in. */
  disclaimer: string | null
  /**
   * Octets above 127, where 8BITMIME is not offered. `refuse` returns such a message instead of handing it on, as RFC 6152
   * 3 has it; `pass` hands it on all the same; `strip` clears the eighth bit of all that this host takes in.
   */
  eighthBit: 'refuse' | 'pass' | 'strip'
}
