/**
 * What the IMAP server needs of the mail store behind it. The `store` room implements it; the engine never looks further.
 *
 * There is one backend for each connection: it holds the mailboxes that the session has open, so that the session's own
 * state stays plain data. Mailbox names are Unicode here; modified UTF-7 is a matter of the wire. A session *pulls*: it asks
 * a mailbox what changed since the modification sequence that it knows (see view.ts), whenever RFC 3501 7.4.1 lets it tell.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Content } from '../message/content.ts'
import type { Zone } from '../message/date.ts'
import type { Identities, Mechanism } from '../sasl/mechanism.ts'
import type { HostName, Millis } from '../terms.ts'

/** One mounted IMAP service: data from the world file. */
export interface ImapProfile {
  /** The name that the server gives itself. */
  host: HostName
  /** How it greets (RFC 3501 7.1): `preauth` logs that user in at once, `bye` turns everybody away. */
  greeting: { is: 'ok' } | { is: 'preauth'; user: string } | { is: 'bye' }
  /** Capability names as the host spells them, in its order, without AUTH=, STARTTLS and LOGINDISABLED, which follow from the rest. */
  capabilities: readonly string[]
  mechanisms: readonly Mechanism[]
  startTls: boolean
  /** Passwords in clear only under TLS: LOGINDISABLED (RFC 2595 3.2) before. */
  passwordNeedsTls: boolean
  /** Replaces the text of an outcome: `{ 'SELECT.readWrite': 'SELECT done' }`; `greeting` is the banner. */
  texts: Readonly<Record<string, string>>
  limits: ImapLimits
  /** A fault as data: this command always answers with that outcome of its row, `{ APPEND: 'overQuota' }`. */
  answers: Readonly<Record<string, string>>
}

export interface ImapLimits {
  /** Octets of a message that APPEND takes (RFC 7889). */
  append: number
  /** Octets of a command without its literals. */
  line: number
  /** Bad commands before BYE; Infinity where the limit does not act. */
  errors: number
  /** Silence before BYE (RFC 3501 5.4: at least 30 minutes). */
  idle: Millis
}

export interface ImapMessage {
  readonly uid: number
  /** When it came, by the host's clock: milliseconds since 1970 UTC. */
  readonly internalDate: number
  /** System flags and keywords, never \Recent. */
  readonly flags: readonly string[]
  /** RFC 7162: of its last change. */
  readonly modseq: number
  readonly content: Content
}

export interface MailboxChange {
  readonly modseq: number
  readonly uid: number
  readonly what: 'arrived' | 'flags' | 'expunged'
}

export interface NewMessage {
  octets: Octets
  flags: readonly string[]
  /** Null: now. */
  internalDate: number | null
}

/** A mailbox that this session has open. */
export interface ImapMailbox {
  /** Names it for as long as the world lasts, whatever becomes of its name. */
  readonly key: string
  readonly name: string
  /** Where it lies; null where it is nobody's own. */
  readonly place: { readonly account: string; readonly mailbox: string } | null
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModseq: number
  /** Deleted since it was opened: it has no messages any more. */
  readonly gone: boolean
  /** RFC 4314, for this session's user: the letters of `lrswipkxtea` that are granted. */
  readonly rights: string
  /** UIDs of the messages that are there, rising. */
  uids(): readonly number[]
  /** A message, also one that was expunged since this session opened the mailbox. */
  message(uid: number): ImapMessage | null
  /** The session was told of all expunges up to here: what is held for it no longer needs to be. */
  forget(modseq: number): void
  /** Is it there, and not only held for those who have not heard of its end? */
  has(uid: number): boolean
  /** Keywords in use, in the order in which they came. */
  keywords(): readonly string[]
  /** What changed after `modseq`, in order; null where that is too long ago to be known change by change. */
  changesSince(modseq: number): readonly MailboxChange[] | null
  /** UIDs expunged after `modseq` (RFC 7162 3.2.5); `all` is false where that is too long ago to be known exactly. */
  expungedSince(modseq: number): { uids: readonly number[]; all: boolean }
  /** UIDs of \Recent messages (RFC 3501 2.3.2); with `claim` no session after this one is told so. */
  recent(claim: boolean): readonly number[]
  /** Changes flags of those that are there. `modified` failed `unchangedSince` (RFC 7162 3.1.3). */
  setFlags(
    uids: readonly number[],
    how: 'replace' | 'add' | 'remove',
    flags: readonly string[],
    unchangedSince: number | null,
  ): { changed: readonly number[]; modified: readonly number[] }
  /** Removes them for good; gives those that were there. */
  expunge(uids: readonly number[]): readonly number[]
}

/** Why a mailbox command is refused; the words of RFC 5530, and what the dispatcher's table calls them. */
export type Refusal =
  | {
      no:
        | 'nonexistent'
        | 'exists'
        | 'noPermission'
        | 'cannot'
        | 'inUse'
        | 'hasChildren'
        | 'overQuota'
        | 'noSpace'
        | 'limit'
        | 'noSelect'
    }
  /** RFC 2193: it lies elsewhere. */
  | { no: 'referral'; url: string }

export interface MailboxInfo {
  /** Unicode, with `/` between levels. */
  name: string
  /** A mere parent of others has no messages (\Noselect; \NonExistent in RFC 5258). */
  selectable: boolean
  exists: boolean
  hasChildren: boolean
  subscribed: boolean
  /** RFC 6154: `\Sent`, `\Drafts` ... */
  specialUse: readonly string[]
  /** RFC 2193: lies on another server; listed by RLIST and RLSUB only. */
  remote: boolean
}

export interface NamespaceInfo {
  prefix: string
  delimiter: string
}

export interface MailboxStatus {
  messages: number
  recent: number
  unseen: number
  deleted: number
  uidNext: number
  uidValidity: number
  highestModseq: number
  /** Octets of all messages (RFC 8438). */
  size: number
  /** Octets that could be freed by an EXPUNGE (RFC 9208). */
  deletedStorage: number
}

export interface QuotaResource {
  name: 'STORAGE' | 'MESSAGE'
  /** STORAGE counts in units of 1024 octets (RFC 9208 5.1). */
  used: number
  limit: number
}

export interface AclEntry {
  identifier: string
  rights: string
}

/** All that a logged-in user can do with mailboxes. Names are resolved with INBOX whatever its case (RFC 3501 5.1). */
export interface ImapAccount {
  readonly user: string
  /** Everything that this user may see, parents before children, in the order of their names; INBOX first. */
  mailboxes(): readonly MailboxInfo[]
  /** Names in the subscription list, also of what is not there any more (RFC 3501 6.3.6). */
  subscriptions(): readonly string[]
  /** RFC 2342: of one's own, of other users, shared. */
  namespaces(): {
    personal: readonly NamespaceInfo[]
    others: readonly NamespaceInfo[]
    shared: readonly NamespaceInfo[]
  }
  info(name: string): MailboxInfo | Refusal
  status(name: string): MailboxStatus | Refusal
  /** Holds the mailbox until `release`. */
  open(name: string): ImapMailbox | Refusal
  release(key: string): void
  /** One that `open` gave, by its key. */
  opened(key: string): ImapMailbox
  /** A name that ends in the delimiter only says that names will be made under it. `mailboxId` for RFC 8474 is not offered. */
  create(name: string, specialUse: readonly string[]): 'done' | Refusal
  delete(name: string): 'done' | Refusal
  /** RFC 3501 6.3.5: of INBOX moves its messages and leaves it empty. Children come along. */
  rename(from: string, to: string): 'done' | Refusal
  subscribe(name: string): 'done' | Refusal
  unsubscribe(name: string): 'done' | Refusal
  /** All or nothing (RFC 3502). */
  append(name: string, messages: readonly NewMessage[]): { uidValidity: number; uids: readonly number[] } | Refusal
  /** May so many octets be appended there? Asked before a literal is read. */
  mayAppend(name: string, octets: number): 'done' | Refusal
  /** Copies what is still there, all or nothing; `from` are the UIDs that were, in order. */
  copy(key: string, uids: readonly number[], to: string): Copied | Refusal
  move(key: string, uids: readonly number[], to: string): Copied | Refusal
  quotaRoots(name: string): readonly string[] | Refusal
  quota(root: string): readonly QuotaResource[] | Refusal
  setQuota(root: string, limits: readonly { name: string; limit: number }[]): 'done' | Refusal
  acl(name: string): readonly AclEntry[] | Refusal
  /** `rights` replaces; with a leading + or - it adds or removes. */
  setAcl(name: string, identifier: string, rights: string): 'done' | Refusal
  deleteAcl(name: string, identifier: string): 'done' | Refusal
  /** RFC 4314 3.7: what is always granted, and the groups of what may be. */
  listRights(name: string, identifier: string): { always: string; optional: readonly string[] } | Refusal
  myRights(name: string): string | Refusal
}

export interface Copied {
  place: ImapMailbox['place']
  uidValidity: number
  from: readonly number[]
  to: readonly number[]
}

/** Is it a refusal? */
export function refused<Value>(verdict: Value | Refusal): verdict is Refusal {
  return typeof verdict === 'object' && verdict !== null && 'no' in verdict
}

export interface ImapBackend extends Identities {
  readonly profile: ImapProfile
  /** The host's idea of now: milliseconds since 1970 UTC, and its zone. */
  now(): number
  readonly zone: Zone
  /** RFC 2221: where this user's mail lies, when it lies elsewhere: an IMAP URL. */
  referral(user: string): string | null
  account(user: string): ImapAccount
  /** While `on`, the driver gives `{ on: 'changed' }` when an open mailbox changes: IDLE. */
  heed(on: boolean): void
  /** The connection is over: all is released. */
  close(): void
}
