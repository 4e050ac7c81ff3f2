/**
 * The three protocols as whoever explains them sees them: the rows of each table, which of them can be said now, and how a
 * line of theirs is read. Hint, coach, states and lessons come here, and know no protocol of their own.
 */
import type { CommandRow } from '../engine.ts'
import { imapCommands, typedVerbs as imapVerbs } from '../imap/commands.ts'
import { pop3Commands, typedVerbs as pop3Verbs } from '../pop3/commands.ts'
import { smtpCommands, spokenIn, typedVerbs as smtpVerbs } from '../smtp/commands.ts'
import type { Protocol } from '../trace/events.ts'

export type Spoken = 'smtp' | 'pop3' | 'imap'

export interface ProtocolTable {
  readonly name: Spoken
  readonly rows: Readonly<Record<string, CommandRow<string>>>
  /** Verbs that a person can type. */
  readonly verbs: readonly string[]
  /** The command that comes next in each state when all goes well. */
  readonly usual: Readonly<Record<string, string>>
  /** In these states a line is no command of its own: it belongs to that row. */
  readonly swallowing: Readonly<Record<string, string>>
  /** How a command begins, where it is more than its verb. */
  readonly starts: Readonly<Record<string, string>>
}

const smtp: ProtocolTable = {
  name: 'smtp',
  rows: smtpCommands,
  verbs: smtpVerbs.filter((verb) => spokenIn(verb, 'mx')),
  usual: { connected: 'EHLO', rejected: 'QUIT', ready: 'MAIL', mail: 'RCPT', recipients: 'DATA', chunks: 'BDAT' },
  swallowing: { content: '.', chunk: 'BDAT', challenge: 'response' },
  starts: {
    MAIL: 'MAIL FROM:<',
    SEND: 'SEND FROM:<',
    SOML: 'SOML FROM:<',
    SAML: 'SAML FROM:<',
    RCPT: 'RCPT TO:<',
  },
}

/** The same commands, but for the greeting (RFC 2033 4.1). */
const lmtp: ProtocolTable = {
  ...smtp,
  verbs: smtpVerbs.filter((verb) => spokenIn(verb, 'lmtp')),
  usual: { ...smtp.usual, connected: 'LHLO' },
}

const pop3: ProtocolTable = {
  name: 'pop3',
  rows: pop3Commands,
  verbs: pop3Verbs,
  usual: { authorization: 'USER', transaction: 'LIST' },
  swallowing: { challenge: 'response' },
  starts: {},
}

const imap: ProtocolTable = {
  name: 'imap',
  rows: imapCommands,
  verbs: imapVerbs,
  usual: { 'not-authenticated': 'LOGIN', authenticated: 'SELECT', selected: 'FETCH' },
  swallowing: { challenge: 'response', idle: 'DONE' },
  starts: { SELECT: 'SELECT INBOX', LIST: 'LIST "" "*"' },
}

export function tableOf(protocol: Protocol): ProtocolTable {
  if (protocol === 'pop3') return pop3
  if (protocol === 'imap') return imap
  return protocol === 'lmtp' ? lmtp : smtp
}

/** What can be said now: legal in this state, and offered, as far as the server has told what it offers. */
export function sayable(
  table: ProtocolTable,
  state: string,
  capabilities: readonly string[] | null,
): readonly string[] {
  return table.verbs.filter((verb) => {
    const { legalIn, extension } = table.rows[verb]!
    return legalIn.includes(state) && isOffered(extension, capabilities)
  })
}

/** `THREAD=REFERENCES` and `THREAD=ORDEREDSUBJECT` both stand for THREAD. */
const isFor = (capability: string, extension: string) =>
  capability === extension || capability.startsWith(`${extension}=`)

/** The verb of the line that is being typed; its beginning is enough. Null where there is none yet. */
export function verbOf(table: ProtocolTable, line: string): string | null {
  const words = line.trimStart().toUpperCase().split(/\s+/)
  // RFC 3501 2.2.1: a tag comes first.
  const [first = '', second = ''] = table.name === 'imap' ? words.slice(1) : words
  if (first === '') return null
  const word = first === 'UID' && table.name === 'imap' ? `UID ${second}` : first
  return table.verbs.find((verb) => verb === word) ?? table.verbs.find((verb) => verb.startsWith(word)) ?? null
}

/** Does this code say that something did not work? */
export const isRefusal = (code: string): boolean => /^[45]|^(?:-ERR|NO|BAD)$/.test(code)

/** Is this extension there, as far as the server has told? */
export const isOffered = (extension: string | null, capabilities: readonly string[] | null): boolean =>
  extension === null || capabilities === null || capabilities.some((name) => isFor(name, extension))

/** How a command begins when it is typed; IMAP wants a tag before it. `heard`: so many commands came before. */
export function beginning(table: ProtocolTable, verb: string, heard: number): string {
  const tag = table.name === 'imap' && !Object.values(table.swallowing).includes(verb) ? `a${heard + 1} ` : ''
  return tag + (table.starts[verb] ?? (/ SP | 1\*\(SP/.test(table.rows[verb]!.syntax) ? `${verb} ` : verb))
}
