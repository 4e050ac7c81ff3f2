/** What a mail system is told: the `mail:` part of a host in the world file, durations in milliseconds. */
import type { HostName, Millis } from '../terms.ts'

export interface MailConfig {
  /** Final here. */
  domains: readonly string[]
  /** Domain to next host, without a look-up. */
  transports: Readonly<Record<string, Transport>>
  /**
   * Domains of the X.400 world, each with the attributes that stand for it (RFC 2156 4): this host is their gateway, and
   * translates what goes there and what comes from there. Where they are is said by `transports`.
   */
  gateways: Readonly<Record<string, string>>
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
  retry: {
    after: readonly Millis[]
    expire: Millis
    /** A message that waits for so long is told of to its sender, once (RFC 3461 4.1 DELAY); null: never. */
    notice: Millis | null
  }
  /** Connections to one host at the same time; what is more waits, and goes over one of them. */
  connections: number
  /** What the queue may hold of messages from outside. */
  queue: { messages: number; octets: number }
  /** Domains whose mail waits here until ETRN or TURN asks for it, and who may ask. */
  waiting: Readonly<Record<string, WaitingDomain>>
  /** Hosts that are asked for mail that waits there. */
  collect: readonly Collect[]
  /** More Received fields than this are a loop (RFC 5321 6.3). */
  hops: number
  policy: PolicyConfig
  touches: TouchesConfig
}

export interface Transport {
  host: HostName
  port: number
  protocol: 'smtp' | 'lmtp'
}

/** A domain whose host is there only now and then. */
export interface WaitingDomain {
  /** The host that the mail goes to when it asks. */
  host: HostName
  /** Networks from which ETRN for it is heard (RFC 1985 6 warns of others). */
  networks: readonly string[]
}

export interface Collect {
  from: HostName
  by: 'ETRN' | 'TURN'
  every: Millis
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
  /** More messages than that for one mailbox in that time are mail bombing, and noticed. */
  bombing: { messages: number; per: Millis } | null
}

/** What this host changes in messages that are not its own. */
export interface TouchesConfig {
  /** Put under every message that it takes in. */
  disclaimer: string | null
  /**
   * Octets above 127, where 8BITMIME is not offered. `convert` encodes such a message before it is handed on, `refuse`
   * returns it: RFC 6152 3 leaves the choice. `pass` hands it on all the same; `strip` clears the eighth bit of all that
   * this host takes in, and passes it on.
   */
  eighthBit: 'convert' | 'refuse' | 'pass' | 'strip'
}

/** What a table says of a domain. The domain is whatever a stranger wrote: `constructor` is in no table. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, domain: string): T | undefined =>
  Object.hasOwn(table, domain) ? table[domain] : undefined
