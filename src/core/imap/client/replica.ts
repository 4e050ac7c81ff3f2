/**
 * What a client keeps of an account while it is not connected (RFC 4549 2): folders, what is known of their messages, and
 * what the person did in the meantime and the server has yet to hear. Plain data: it can be cloned, stored and shown.
 *
 * Whatever is done offline is done to the replica at once and queued as well; `replay.ts` says it to the server, and
 * `sync.ts` then makes the replica what the server holds.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Envelope } from '../../message/mime/envelope.ts'
import type { Structure } from '../../message/mime/structure.ts'

export interface Replica {
  /** By name, as the server lists them. */
  folders: Map<string, Folder>
  /** In the order in which they were made. */
  changes: Change[]
  /** The last number that was given to something the server has not numbered yet. */
  temporary: number
}

export interface Folder {
  name: string
  delimiter: string | null
  /** Of LIST: `\Noselect`, `\HasChildren` ... */
  attributes: readonly string[]
  subscribed: boolean
  /** `\Sent`, `\Drafts` ... (RFC 6154); null where it has none. */
  specialUse: string | null
  selectable: boolean
  /** Null before it was first looked at. */
  uidValidity: number | null
  uidNext: number
  /** Null where the server keeps none. */
  highestModseq: number | null
  permanentFlags: readonly string[] | null
  /** Messages were taken out of it here. Whether they are gone there, too, has still to be seen. */
  doubtful: boolean
  /** By UID; below 0 what has only a temporary number. */
  messages: Map<number, ReplicaMessage>
}

export interface ReplicaMessage {
  uid: number
  /** Never \Recent: it is a matter of one session. */
  flags: string[]
  modseq: number | null
  envelope: Envelope | null
  structure: Structure | null
  internalDate: Octets | null
  size: number
  /** What was fetched, by section: '' is the whole message. */
  parts: Map<Octets, Octets>
}

/** `folder` and `uidValidity` say which message a UID means (RFC 3501 2.3.1.1). */
interface OfMessage {
  folder: string
  uidValidity: number | null
  uid: number
}

export type Change =
  | (OfMessage & {
      do: 'flags'
      add: readonly string[]
      remove: readonly string[]
      /** Of the message when the person saw it. */
      modseq: number | null
    })
  | (OfMessage & { do: 'copy' | 'move'; to: string; temporary: number })
  | (OfMessage & { do: 'delete'; modseq: number | null })
  | {
      do: 'append'
      folder: string
      temporary: number
      octets: Octets
      flags: readonly string[]
      internalDate: Octets | null
      /** It was sent, and no answer came: it may be there (RFC 4549 4.2.2.1). */
      uncertain: boolean
      /** UIDNEXT of the folder when it was made: it is looked for from here. */
      uidNext: number
    }

export const newReplica = (): Replica => ({ folders: new Map(), changes: [], temporary: 0 })

export function newFolder(name: string): Folder {
  return {
    ...{ name, delimiter: null, attributes: [], subscribed: false, specialUse: null, selectable: true },
    ...{
      uidValidity: null,
      uidNext: 1,
      highestModseq: null,
      permanentFlags: null,
      doubtful: false,
      messages: new Map(),
    },
  }
}

export const newMessage = (uid: number): ReplicaMessage => ({
  ...{ uid, flags: [], modseq: null, envelope: null, structure: null, internalDate: null, size: 0, parts: new Map() },
})

/** Flags are the same in any case (RFC 3501 2.3.2). */
const hasFlag = (flags: readonly string[], flag: string): boolean =>
  flags.some((other) => other.toLowerCase() === flag.toLowerCase())

const withFlags = (flags: readonly string[], add: readonly string[], remove: readonly string[]): string[] => [
  ...flags.filter((flag) => !hasFlag(remove, flag) && !hasFlag(add, flag)),
  ...add,
]

function found(replica: Replica, folder: string, uid: number): { folder: Folder; message: ReplicaMessage } | null {
  const here = replica.folders.get(folder)
  const message = here?.messages.get(uid)
  return here && message ? { folder: here, message } : null
}

/** Sets and takes flags; false where there is no such message. */
export function changeFlags(
  replica: Replica,
  name: string,
  uid: number,
  add: readonly string[],
  remove: readonly string[],
): boolean {
  const here = found(replica, name, uid)
  if (!here) return false
  const { folder, message } = here
  message.flags = withFlags(message.flags, add, remove)
  const { uidValidity } = folder
  replica.changes.push({ do: 'flags', folder: name, uidValidity, uid, add, remove, modseq: message.modseq })
  return true
}

/** The temporary number of what is there now; null where there is no such message or folder. */
export function copyMessage(
  replica: Replica,
  how: 'copy' | 'move',
  name: string,
  uid: number,
  to: string,
): number | null {
  const here = found(replica, name, uid)
  const target = replica.folders.get(to)
  if (!here || !target) return null
  const { folder, message } = here
  const temporary = --replica.temporary
  target.messages.set(temporary, {
    ...message,
    uid: temporary,
    flags: [...message.flags],
    modseq: null,
    parts: new Map(message.parts),
  })
  if (how === 'move') takeOut(folder, uid)
  const { uidValidity } = folder
  replica.changes.push({ do: how, folder: name, uidValidity, uid, to, temporary })
  return temporary
}

function takeOut(folder: Folder, uid: number): void {
  folder.messages.delete(uid)
  folder.doubtful = true
}

/** For good: the server is told to expunge it. */
export function deleteMessage(replica: Replica, name: string, uid: number): boolean {
  const here = found(replica, name, uid)
  if (!here) return false
  const { folder, message } = here
  takeOut(folder, uid)
  const { uidValidity } = folder
  replica.changes.push({ do: 'delete', folder: name, uidValidity, uid, modseq: message.modseq })
  return true
}

/** A message of one's own, such as a draft; the temporary number under which it is there until the server has it. */
export function appendMessage(
  replica: Replica,
  name: string,
  octets: Octets,
  flags: readonly string[],
  internalDate: Octets | null = null,
): number {
  const folder = replica.folders.get(name) ?? newFolder(name)
  replica.folders.set(name, folder)
  const temporary = --replica.temporary
  folder.messages.set(temporary, {
    ...newMessage(temporary),
    flags: [...flags],
    internalDate,
    size: octets.length,
    parts: new Map([['', octets]]),
  })
  const { uidNext } = folder
  const change = {
    do: 'append',
    folder: name,
    temporary,
    octets,
    flags,
    internalDate,
    uncertain: false,
    uidNext,
  } as const
  replica.changes.push({ ...change })
  return temporary
}
