/** A mailbox that one IMAP session has open. What it changes itself, it is not told of. */
import type { ImapMailbox, ImapMessage, MailboxChange } from '../imap/backend.ts'
import { rightsOf } from './acl.ts'
import type { Mailbox, Opener } from './mailbox.ts'
import type { Folder } from './tree.ts'

export interface OpenedParts {
  mailbox: Mailbox
  folder: Folder
  /** What stands before its name where it is another user's, or nobody's. */
  prefix: string
  /** Whose it is, and who opened it. */
  owner: string | null
  user: string
  changed: () => void
}

export class OpenMailbox implements ImapMailbox, Opener {
  readonly mailbox: Mailbox
  readonly changed: () => void
  since: number
  private readonly parts: OpenedParts
  /** How often it is open here. */
  uses = 1

  constructor(parts: OpenedParts) {
    this.parts = parts
    this.mailbox = parts.mailbox
    this.changed = parts.changed
    this.since = parts.mailbox.highestModseq
    this.mailbox.opened(this)
  }

  get key(): string {
    return this.mailbox.key
  }

  get name(): string {
    return this.parts.prefix + this.parts.folder.name
  }

  get place() {
    const { owner, folder } = this.parts
    return owner === null ? null : { account: owner, mailbox: folder.name }
  }

  get uidValidity(): number {
    return this.mailbox.uidValidity
  }

  get uidNext(): number {
    return this.mailbox.uidNext
  }

  get highestModseq(): number {
    return this.mailbox.highestModseq
  }

  get gone(): boolean {
    return this.mailbox.gone
  }

  get rights(): string {
    const { folder, owner, user } = this.parts
    return this.mailbox.gone ? '' : rightsOf(folder.acl, owner, user)
  }

  uids(): readonly number[] {
    return this.mailbox.uids()
  }

  message(uid: number): ImapMessage | null {
    return this.mailbox.messageFor(uid, this)
  }

  has(uid: number): boolean {
    return this.mailbox.has(uid)
  }

  keywords(): readonly string[] {
    return this.mailbox.keywords
  }

  changesSince(modseq: number): readonly MailboxChange[] | null {
    return this.mailbox.changesSince(modseq)
  }

  expungedSince(modseq: number): { uids: readonly number[]; all: boolean } {
    return this.mailbox.expungedSince(modseq)
  }

  recent(claim: boolean): readonly number[] {
    return this.mailbox.recentUids(claim)
  }

  setFlags(
    uids: readonly number[],
    how: 'replace' | 'add' | 'remove',
    flags: readonly string[],
    unchangedSince: number | null,
  ): { changed: readonly number[]; modified: readonly number[] } {
    return this.mailbox.setFlags(uids, how, flags, unchangedSince, this)
  }

  expunge(uids: readonly number[]): readonly number[] {
    return this.mailbox.expunge(uids, this)
  }

  forget(modseq: number): void {
    if (modseq <= this.since) return
    this.since = modseq
    this.mailbox.letGo()
  }

  close(): void {
    this.mailbox.closed(this)
  }
}
