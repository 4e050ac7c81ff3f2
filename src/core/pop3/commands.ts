/**
 * The POP3 commands as data. The dispatcher, the hint under the prompt, the state chart, the reference and the lessons
 * all read these rows; none of them knows a command of its own.
 *
 * A reply and the move that comes with it are one thing: an outcome, whose code is `+OK`, `-ERR` or `+` (a challenge) and
 * whose status is the response code in brackets (RFC 2449 8, RFC 3206, RFC 6856 5). A handler returns an outcome by name,
 * and a name that the row does not declare does not compile. To add a command: a row here, a handler under `server/`, a
 * script under `test/scripts` that reaches each of its outcomes, and its word in `src/texts`.
 */
import type { CommandRow, Outcome, RfcRef } from '../engine.ts'
import type { Pop3State } from './states.ts'

const rfc1939 = (section: string): RfcRef => ({ rfc: 1939, section })
const rfc2449 = (section: string): RfcRef => ({ rfc: 2449, section })
const rfc5034 = (section: string): RfcRef => ({ rfc: 5034, section })
const rfc6856 = (section: string): RfcRef => ({ rfc: 6856, section })

const BEFORE = ['authorization'] as const
const OPEN = ['transaction'] as const
const BOTH = ['authorization', 'transaction'] as const

const ok = <const Text extends string>(text: Text, to: Pop3State | null = null): Outcome<Pop3State> => ({
  code: '+OK',
  status: null,
  text,
  to,
})

const err = (status: string | null, text: string, to: Pop3State | null = null): Outcome<Pop3State> => ({
  code: '-ERR',
  status,
  text,
  to,
})

const challenge: Outcome<Pop3State> = { code: '+', status: null, text: '{challenge}', to: 'challenge' }

/** What any command may answer (RFC 1939 3). */
export const anyCommand = {
  unrecognized: err(null, 'unknown command'),
  tooLong: err(null, 'line too long'),
  bareEnd: err(null, 'lines end with CRLF, and CR and LF stand nowhere else'),
  syntax: err(null, 'syntax: {syntax}'),
  notImplemented: err(null, 'command not implemented'),
  sequence: err(null, 'not now: {need}'),
  tooManyErrors: err(null, 'too many errors, closing the connection', 'closing'),
} as const

/** Where a login leads once the user is who they say; `to` is where a refusal leaves the session. */
const opening = (to: Pop3State | null) =>
  ({
    ok: ok("{user}'s maildrop has {messages} ({octets} octets)", 'transaction'),
    inUse: err('IN-USE', 'maildrop already locked: is another POP3 session open?', to),
    loginDelay: err('LOGIN-DELAY', 'logged in a moment ago: please wait {seconds} seconds', to),
    unavailable: err('SYS/TEMP', 'unable to lock the maildrop now, please try again later', to),
    broken: err('SYS/PERM', 'the maildrop cannot be opened, please call the postmaster', to),
  }) as const

const numbered = {
  noSuch: err(null, 'no such message, only {messages} in maildrop'),
  deleted: err(null, 'message {number} already deleted'),
} as const

/** IMAP may expunge under a POP3 session's hands; RFC 6856 2.1 and 5 for the other. */
const fetched = {
  ...numbered,
  gone: err(null, 'message {number} is gone: another session removed it'),
  needsUtf8: err('UTF8', 'the header of message {number} is UTF-8: say UTF8 before you log in'),
} as const

const tlsFirst = err('AUTH', 'no password in the clear: STLS first')
const plain = { extension: null, parameters: [], secret: false } as const

export const pop3Commands = {
  /** Not a command: what the server says when the connection opens (RFC 1939 4). */
  greeting: {
    ...plain,
    syntax: '',
    rfc: rfc1939('4'),
    legalIn: [],
    outcomes: {
      ready: ok('{host} Facteur POP3 server ready {timestamp}', 'authorization'),
      busy: err('SYS/TEMP', '{host} is busy, please try again later', 'closing'),
      notWanted: err('SYS/PERM', '{host} does not serve you', 'closing'),
    },
  },
  USER: {
    ...plain,
    syntax: 'USER SP name CRLF',
    rfc: rfc1939('7'),
    legalIn: BEFORE,
    extension: 'USER',
    outcomes: {
      ok: ok('User name accepted, password please'),
      unknown: err('AUTH', 'never heard of mailbox {name}'),
      tlsFirst,
    },
  },
  PASS: {
    ...plain,
    syntax: 'PASS SP string CRLF',
    rfc: rfc1939('7'),
    legalIn: BEFORE,
    extension: 'USER',
    secret: true,
    outcomes: { ...opening(null), failed: err('AUTH', 'invalid password'), tlsFirst },
  },
  APOP: {
    ...plain,
    syntax: 'APOP SP name SP digest CRLF',
    rfc: rfc1939('7'),
    legalIn: BEFORE,
    secret: true,
    outcomes: { ...opening(null), failed: err('AUTH', 'permission denied') },
  },
  AUTH: {
    ...plain,
    syntax: 'AUTH SP mechanism [SP initial-response] CRLF',
    rfc: rfc5034('4'),
    legalIn: BEFORE,
    extension: 'SASL',
    secret: true,
    outcomes: {
      ...opening(null),
      challenge,
      /** AUTH alone: older than CAPA, and still asked. */
      list: ok('mechanisms follow'),
      notBase64: err(null, 'that is not base64'),
      noMechanism: err(null, 'unrecognized authentication mechanism'),
      failed: err('AUTH', 'authentication failed'),
      tlsFirst,
    },
  },
  /** A line of the AUTH exchange: base64, or `*` to give up (RFC 5034 4). */
  response: {
    ...plain,
    syntax: 'base64 CRLF / "*" CRLF',
    rfc: rfc5034('4'),
    legalIn: ['challenge'],
    extension: 'SASL',
    secret: true,
    outcomes: {
      ...opening('authorization'),
      challenge,
      notBase64: err(null, 'that is not base64', 'authorization'),
      cancelled: err(null, 'authentication cancelled', 'authorization'),
      tooLong: err(null, 'authentication exchange line is too long', 'authorization'),
      failed: err('AUTH', 'authentication failed', 'authorization'),
    },
  },
  STLS: {
    ...plain,
    syntax: 'STLS CRLF',
    rfc: { rfc: 2595, section: '4' },
    legalIn: BEFORE,
    extension: 'STLS',
    outcomes: {
      go: ok('Begin TLS negotiation'),
      already: err(null, 'Command not permitted when TLS active'),
      notNow: err('SYS/TEMP', 'TLS is not available now'),
    },
  },
  UTF8: {
    ...plain,
    syntax: 'UTF8 CRLF',
    rfc: rfc6856('2.1'),
    legalIn: BEFORE,
    extension: 'UTF8',
    outcomes: { ok: ok('UTF8 enabled') },
  },
  CAPA: {
    ...plain,
    syntax: 'CAPA CRLF',
    rfc: rfc2449('5'),
    legalIn: BOTH,
    outcomes: { list: ok('Capability list follows') },
  },
  LANG: {
    ...plain,
    syntax: 'LANG [SP lang-range] CRLF',
    rfc: rfc6856('3'),
    legalIn: BOTH,
    extension: 'LANG',
    outcomes: {
      list: ok('Language listing follows:'),
      ok: ok('{language} Language changed'),
      unknown: err(null, 'invalid language {language}'),
    },
  },
  STAT: {
    ...plain,
    syntax: 'STAT CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { ok: ok('{count} {octets}') },
  },
  LIST: {
    ...plain,
    syntax: 'LIST [SP msg] CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { all: ok('{messages} ({octets} octets)'), one: ok('{number} {size}'), ...numbered },
  },
  RETR: {
    ...plain,
    syntax: 'RETR SP msg CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { ok: ok('{size} octets'), ...fetched },
  },
  DELE: {
    ...plain,
    syntax: 'DELE SP msg CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { ok: ok('message {number} deleted'), ...numbered },
  },
  NOOP: {
    ...plain,
    syntax: 'NOOP CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { ok: ok('') },
  },
  RSET: {
    ...plain,
    syntax: 'RSET CRLF',
    rfc: rfc1939('5'),
    legalIn: OPEN,
    outcomes: { ok: ok('maildrop has {messages} ({octets} octets)') },
  },
  TOP: {
    ...plain,
    syntax: 'TOP SP msg SP n CRLF',
    rfc: rfc1939('7'),
    legalIn: OPEN,
    extension: 'TOP',
    outcomes: { ok: ok('top of message follows'), ...fetched },
  },
  UIDL: {
    ...plain,
    syntax: 'UIDL [SP msg] CRLF',
    rfc: rfc1939('7'),
    legalIn: OPEN,
    extension: 'UIDL',
    outcomes: { all: ok('unique-id listing follows'), one: ok('{number} {id}'), ...numbered },
  },
  /** Gone from the standard since RFC 1725, and still in courses. */
  LAST: {
    ...plain,
    syntax: 'LAST CRLF',
    rfc: { rfc: 1460, section: '5' },
    legalIn: OPEN,
    outcomes: { ok: ok('{number}') },
  },
  QUIT: {
    ...plain,
    syntax: 'QUIT CRLF',
    rfc: rfc1939('6'),
    legalIn: BOTH,
    outcomes: {
      bye: ok('{host} POP3 server signing off', 'closing'),
      updated: ok('{host} POP3 server signing off ({left})', 'update'),
      notRemoved: err('SYS/TEMP', 'some deleted messages not removed', 'update'),
    },
  },
} as const satisfies Record<string, CommandRow<Pop3State>>

export type Pop3Verb = keyof typeof pop3Commands
export type OutcomeName<V extends Pop3Verb> = keyof (typeof pop3Commands)[V]['outcomes'] | keyof typeof anyCommand

/** Verbs that a person can type at a prompt. */
export const typedVerbs = (Object.keys(pop3Commands) as Pop3Verb[]).filter((verb) => /^[A-Z]/.test(verb))

/** The tag of a capability line: what stands before its arguments. */
export const tagOf = (capability: string): string => capability.split(' ', 1)[0]!.toUpperCase()

/** Is this command there on a host with these capabilities? */
export function offered(verb: Pop3Verb, capabilities: readonly string[]): boolean {
  const { extension } = pop3Commands[verb]
  return extension === null || capabilities.some((capability) => tagOf(capability) === extension)
}
