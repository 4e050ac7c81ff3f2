/** An account of one host: who may log in, what its mailboxes hold, and what is remembered of the person. */
import type { Octets } from '../bytes/octets.ts'
import type { Ledger } from './mailbox.ts'
import type { Tree } from './tree.ts'

export interface Person {
  /** The login name, unique on its host. */
  user: string
  password: string
  /** The person's name. */
  name: string
  /** The first is the account's own address. */
  addresses: readonly string[]
  /** Octets that its mailboxes may hold together; null where only the store's limit counts. */
  quota: number | null
  /** What is answered while the person is away (RFC 3834); null where nothing is. */
  vacation?: string | null
  /** A Sieve script (RFC 5228) that is asked what to do with each message; null where nothing is. */
  filter?: Octets | null
  /** The password is known, but not to the mechanisms that need another form of it, until a login with PLAIN (432, RFC 4954 6). */
  transition?: boolean
}

export interface Account extends Required<Person>, Ledger {
  /** Messages that its mailboxes may hold together (RFC 9208 5.2); null: any number. */
  messageQuota: number | null
  /** Who was answered by `vacation`, and when: milliseconds since 1970 UTC. */
  answered: Map<string, number>
  /** What its filter has seen, and until when that counts (RFC 7352): milliseconds since 1970 UTC. */
  seen: Map<string, number>
  mailboxes: Tree
  /** RFC 3501 6.3.6: names as this user writes them, whether there is such a mailbox or not. */
  subscribed: Set<string>
  /** A POP3 session has it (RFC 1939 4), and when the last one began. */
  maildrop: { locked: boolean; since: number | null }
}
