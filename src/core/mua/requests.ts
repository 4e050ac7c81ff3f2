/**
 * What a person may ask of their mail program: one click each, as plain data. A click is an act of the journal, so all that
 * the program does on the wire follows from these.
 */
import type { Octets } from '../bytes/octets.ts'

export const protocols = ['imap', 'pop3'] as const
/** TLS where the server offers it, from the first octet on (RFC 8314), or not at all. */
export const securities = ['offered', 'implicit', 'never'] as const

export interface Settings {
  protocol: (typeof protocols)[number]
  security: (typeof securities)[number]
  /** POP3: what came stays on the server, too. */
  leave: boolean
}

/** One message: `uid` is its number in that folder. */
export interface Reference {
  folder: string
  uid: number
}

export type MailRequest =
  /** Connects where that is needed, and looks for what is new. */
  | { ask: 'get' }
  | { ask: 'open'; folder: string }
  /** Where a folder is told page by page: that one, the latest being the first. */
  | { ask: 'page'; page: number }
  | { ask: 'read'; folder: string; uid: number }
  | { ask: 'flag'; folder: string; uids: readonly number[]; flag: string; on: boolean }
  | { ask: 'move' | 'copy'; folder: string; uids: readonly number[]; to: string }
  /** Into the trash; what lies there already goes for good. */
  | { ask: 'delete'; folder: string; uids: readonly number[] }
  /** Takes the last move or deletion back. */
  | { ask: 'undo' }
  | { ask: 'create'; folder: string }
  | { ask: 'rename'; folder: string; to: string }
  /** A folder, and all that lies in it, for good. */
  | { ask: 'remove'; folder: string }
  /** An empty text ends the search. */
  | { ask: 'search'; folder: string; text: string }
  /** A whole message with its Bcc; `answers` is what it replies to, `draft` the draft that it was until now. */
  | { ask: 'send'; message: Octets; answers: Answers | null; draft: Reference | null }
  | { ask: 'draft'; message: Octets; draft: Reference | null }
  /** Tries once more what could not be sent. */
  | { ask: 'resend' }
  /** The sender wants to know that it was read (RFC 8098 2.1): the person has decided. */
  | { ask: 'receipt'; folder: string; uid: number; send: boolean }
  | { ask: 'settings'; settings: Settings }
  | { ask: 'password'; password: string }
  /** Breaks off what is under way. */
  | { ask: 'stop' }
  | { ask: 'leave' }

/** With it messages leave their folder, or may. */
export type Going = MailRequest & { uids: readonly number[] }

export type Answers = Reference & { flag: '\\Answered' | '$Forwarded' }

/** Octets of a message, characters of a name or a search, messages that are marked at once. */
const LIMITS = { octets: 5_000_000, text: 1000, messages: 10_000 } as const

type Check = (value: unknown) => boolean
type Loose = Readonly<Record<string, unknown>>

const record = (value: unknown): value is Loose => typeof value === 'object' && value !== null
const text: Check = (value) => typeof value === 'string' && value.length <= LIMITS.text
const folder: Check = (value) => text(value) && value !== '' && !/[\x00-\x1f\x7f]/.test(value as string)
const uid: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0
const uids: Check = (value) => Array.isArray(value) && value.length <= LIMITS.messages && value.every(uid)
const flag: Check = (value) => typeof value === 'string' && /^\\?[A-Za-z0-9$_-]{1,40}$/.test(value)
const bool: Check = (value) => typeof value === 'boolean'
const octets: Check = (value) =>
  typeof value === 'string' && value.length <= LIMITS.octets && !/[^\x00-\xff]/.test(value)
const reference: Check = (value) => value === null || (record(value) && folder(value['folder']) && uid(value['uid']))
const answers: Check = (value) =>
  reference(value) && (value === null || ['\\Answered', '$Forwarded'].includes((value as { flag: string }).flag))
const settings: Check = (value) =>
  record(value) &&
  protocols.some((one) => one === value['protocol']) &&
  securities.some((one) => one === value['security']) &&
  bool(value['leave'])

const forms: Readonly<Record<MailRequest['ask'], Readonly<Record<string, Check>>>> = {
  get: {},
  open: { folder },
  page: { page: uid },
  read: { folder, uid },
  flag: { folder, uids, flag, on: bool },
  move: { folder, uids, to: folder },
  copy: { folder, uids, to: folder },
  delete: { folder, uids },
  undo: {},
  create: { folder },
  rename: { folder, to: folder },
  remove: { folder },
  search: { folder, text },
  send: { message: octets, answers, draft: reference },
  draft: { message: octets, draft: reference },
  resend: {},
  receipt: { folder, uid, send: bool },
  settings: { settings },
  password: { password: text },
  stop: {},
  leave: {},
}

/** Is this a request that a person could have made? Journals come from files and links. */
export function isMailRequest(value: unknown): value is MailRequest {
  if (!record(value) || typeof value['ask'] !== 'string' || !Object.hasOwn(forms, value['ask'])) return false
  return Object.entries(forms[value['ask'] as MailRequest['ask']]).every(([key, check]) => check(value[key]))
}
