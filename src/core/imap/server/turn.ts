/** What a handler sees, and what it may answer: an outcome of its own row, by name. */
import type { Octets } from '../../bytes/octets.ts'
import type { Copied, ImapAccount, ImapBackend, ImapMailbox } from '../backend.ts'
import type { OutcomeName, Verb } from '../commands.ts'
import type { ImapSession } from '../session.ts'
import type { View } from '../view.ts'
import type { Reader } from '../wire/reader.ts'

export interface Turn {
  readonly session: ImapSession
  readonly backend: ImapBackend
  readonly tag: Octets
  /** The row that is being done: `FETCH`, `UID FETCH`. */
  readonly verb: Verb
  /** It is the UID form of its command. */
  readonly byUid: boolean
  /** Of who logged in. */
  readonly account: ImapAccount
  /** The open mailbox and the session's picture of it; only in `selected`. */
  readonly mailbox: ImapMailbox
  readonly view: View
  /** UTF8=ACCEPT or IMAP4rev2 was enabled: strings and names are UTF-8. */
  readonly utf8: boolean
  /** Is this capability there on this host? */
  offers(capability: string): boolean
  /** An untagged line, without its `* ` and CRLF. Large ones go out as they come. */
  untagged(line: Octets): void
  /** What has changed is told now, before what follows; expunges where the row allows them. */
  sync(): void
  /** RFC 3501 6.3.1: nothing is open any more. Its expunges are told by nobody. */
  closeMailbox(): void
  /** These messages are what is asked about, or come to another mailbox: the trace says so with the reply. */
  concerns(uids: readonly number[], copied?: Copied): void
  /** A word for the coach; nothing of it goes over the wire. */
  remark(key: string, detail: Octets): void
}

export interface Answered<V extends Verb> {
  outcome: OutcomeName<V>
  /** Fills the `{names}` in the text and the code of the outcome. */
  values?: Readonly<Record<string, string>>
}

/** `reader` stands behind the verb; a handler calls `end()` when it has read what it wants. */
export type Handler<V extends Verb> = (turn: Turn, reader: Reader) => Answered<V>
