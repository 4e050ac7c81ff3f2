/**
 * What a mail program knows, as plain data. Folders and messages have the form of the IMAP client's replica (RFC 4549 2), with
 * POP3, too: there they lie on the person's own machine, and only the program numbers them.
 */
import type { Octets } from '../bytes/octets.ts'
import { newFolder, type Folder } from '../imap/client/replica.ts'
import type { ConnId } from '../terms.ts'
import type { MailRequest, Settings } from './requests.ts'

/** Something to say to the person: a key of the texts, and what is filled in. What a server said is in octets. */
export interface Word {
  key: string
  values: Readonly<Record<string, Octets | number>>
}

export interface Counts {
  messages: number
  unseen: number
}

/** How to take the last move back: these messages of that folder go where they were. */
export interface Undo {
  folder: string
  uids: readonly number[]
  to: string
}

export interface MailState {
  settings: Settings
  /** Given by the person where the world does not tell it. */
  password: string | null
  /** What is under way; null where the program has nothing to do. */
  doing: MailRequest['ask'] | null
  /** A connection to the IMAP server is open and logged in. POP3 comes and goes. */
  online: boolean
  secure: boolean
  /** Connections that it opened, the last few. */
  connections: ConnId[]
  /** What went wrong, and what went well. */
  trouble: Word | null
  done: Word | null
  /** The server does not take the password, or nobody knows it. */
  wantsPassword: boolean
  folders: Map<string, Folder>
  /** Of folders that are not open. */
  counts: Map<string, Counts>
  open: string | null
  found: { folder: string; text: string; uids: ReadonlySet<number> } | null
  /** Which part of the open folder it knows, and of how many; null: all of it. */
  pages: { at: number; of: number } | null
  undo: Undo | null
  /** What the program knows by the other protocol: it is there again when the person goes back. */
  aside: Shelf | null
  /** POP3: ids (UIDL) of messages by their numbers here, those that came once, and those that shall go from the server. */
  ids: Map<number, string>
  known: Set<string>
  doomed: Set<string>
  /** The last number that a local message was given. */
  numbered: number
}

/** What could not be sent yet. No server can have a folder of that name. */
export const OUTBOX = '*outbox*'

export const newState = (): MailState => ({
  settings: { protocol: 'imap', security: 'offered', leave: true },
  password: null,
  doing: null,
  online: false,
  secure: false,
  connections: [],
  trouble: null,
  done: null,
  wantsPassword: false,
  undo: null,
  aside: null,
  ids: new Map(),
  known: new Set(),
  doomed: new Set(),
  numbered: 0,
  ...emptied(),
})

/** What belongs to one way of reading. */
type Shelf = Pick<MailState, 'folders' | 'counts' | 'open' | 'found' | 'pages'>

export const emptied = (): Shelf => ({
  folders: new Map([[OUTBOX, newFolder(OUTBOX)]]),
  counts: new Map(),
  open: null,
  found: null,
  pages: null,
})

/** The folder for a use (RFC 6154), by what the server says of it, else by its name. */
export function folderFor({ folders }: MailState, use: 'Sent' | 'Drafts' | 'Trash'): Folder | null {
  const special = `\\${use}`.toLowerCase()
  for (const folder of folders.values()) if (folder.specialUse?.toLowerCase() === special) return folder
  return folders.get(use) ?? null
}

export const hasFlag = (flags: readonly string[], flag: string): boolean =>
  flags.some((other) => other.toLowerCase() === flag.toLowerCase())

export const countsOf = ({ messages }: Folder): Counts => ({
  messages: messages.size,
  unseen: [...messages.values()].filter(({ flags }) => !hasFlag(flags, '\\Seen')).length,
})
