/**
 * The IMAP commands as data. The dispatcher, the hint under the prompt, the state chart, the reference and the lessons all
 * read these rows; none of them knows a command of its own.
 *
 * A reply and the move that comes with it are one thing: an outcome. `code` is the tagged condition (or `BYE`, `PREAUTH`,
 * which are untagged), `status` the response code in brackets (RFC 3501 7.1, RFC 5530), with `{names}` that the handler
 * fills in. A handler returns an outcome by name, and a name that the row does not declare does not compile. To add a command:
 * a row here, a handler under `server/`, a script under `test/scripts` that reaches each of its outcomes, and its word in
 * `src/texts`.
 */
import type { CommandRow, Outcome, RfcRef } from '../engine.ts'
import type { ImapState } from './states.ts'

export interface ImapCommandRow extends CommandRow<ImapState> {
  /** May untagged EXPUNGE (or VANISHED) be sent while it runs (RFC 3501 7.4.1)? Numbers in it would change their meaning. */
  expunge: boolean
}

const of = (rfc: number, section: string): RfcRef => ({ rfc, section })

/** Shorthand for an outcome: condition, response code, text, and the state that it leads to (null: it stays). */
const to = <const Code extends string>(
  code: Code,
  status: string | null,
  text: string,
  state: ImapState | null = null,
): Outcome<ImapState> => ({ code, status, text, to: state })

/** What any command may answer (RFC 3501 7.1, RFC 5530 3). */
export const anyCommand = {
  unrecognized: to('BAD', null, 'Unknown command {verb}'),
  noTag: to('BAD', null, 'A command begins with a tag: {why}'),
  /** The grammar is for the coach: there are clients that read brackets in a text as if they were data. */
  syntax: to('BAD', null, '{why}'),
  wrongState: to('BAD', null, '{verb} is not possible now: {need}'),
  notOffered: to('BAD', null, '{verb} needs the capability {extension}, which is not offered here'),
  lineTooLong: to('BAD', null, 'The command is longer than {limit} octets'),
  literalTooBig: to('NO', 'TOOBIG', 'The literal is larger than {limit} octets'),
  timeout: to('BYE', null, 'Autologout; idle for too long', 'logout'),
  tooManyErrors: to('BYE', null, 'Too many bad commands', 'logout'),
  unavailable: to('NO', 'UNAVAILABLE', 'Temporary failure, try again later'),
  serverBug: to('NO', 'SERVERBUG', 'Something went wrong here'),
  shutdown: to('BYE', 'UNAVAILABLE', '{host} is shutting down', 'logout'),
} as const

/** Why nothing can be done with a mailbox name. */
const noName = (state: ImapState | null = null) =>
  ({
    nonexistent: to('NO', 'NONEXISTENT', 'There is no mailbox of that name', state),
    referral: to('NO', 'REFERRAL {url}', 'This mailbox is on another server', state),
  }) as const
/** The same for who has no right to do it. */
const noRight = (state: ImapState | null = null) =>
  ({ ...noName(state), noPermission: to('NO', 'NOPERM', 'You have no right to do that', state) }) as const
/** The same where there must be messages. */
const noMailbox = (state: ImapState | null = null) =>
  ({ ...noRight(state), noSelect: to('NO', 'CANNOT', 'This name only holds other mailboxes', state) }) as const

const noSpace = {
  overQuota: to('NO', 'OVERQUOTA', 'That would be more than the quota allows'),
  noSpace: to('NO', 'LIMIT', 'Insufficient system storage'),
} as const

const ANY = ['not-authenticated', 'authenticated', 'selected'] as const
const LOGGED_IN = ['authenticated', 'selected'] as const
const SELECTED = ['selected'] as const
const BEFORE = ['not-authenticated'] as const

const row = <
  const States extends readonly ImapState[],
  const Outcomes extends Readonly<Record<string, Outcome<ImapState>>>,
>(
  syntax: string,
  rfc: RfcRef,
  legalIn: States,
  outcomes: Outcomes,
  more: { extension?: string; expunge?: boolean; secret?: boolean } = {},
) => ({
  syntax,
  rfc,
  legalIn,
  extension: more.extension ?? null,
  parameters: [],
  secret: more.secret ?? false,
  expunge: more.expunge ?? true,
  outcomes,
})

/** RFC 3501 6.2.2, RFC 5530 3. */
const loginOutcomes = {
  ok: to('OK', 'CAPABILITY {capabilities}', '{user} authenticated', 'authenticated'),
  failed: to('NO', 'AUTHENTICATIONFAILED', 'Invalid credentials', 'not-authenticated'),
  referral: to('NO', 'REFERRAL {url}', 'Your mailboxes are on another server', 'not-authenticated'),
} as const
const weak = {
  tlsFirst: to('NO', 'PRIVACYREQUIRED', 'Passwords go only through TLS here: STARTTLS first'),
} as const
const exchange = {
  ...loginOutcomes,
  challenge: to('+', null, '{challenge}', 'challenge'),
  notBase64: to('BAD', null, 'That is not base64', 'not-authenticated'),
} as const

const examineOutcomes = {
  readOnly: to('OK', 'READ-ONLY', '{verb} completed', 'selected'),
  ...noMailbox('authenticated'),
} as const
const selectOutcomes = {
  readWrite: to('OK', 'READ-WRITE', '{verb} completed', 'selected'),
  ...examineOutcomes,
} as const

const uidSearchOutcomes = {
  ok: to('OK', null, '{verb} completed'),
  badCharset: to('NO', 'BADCHARSET ({charsets})', 'That charset is not known here'),
} as const
/** By numbers, some of which may be of messages that are not there any more (RFC 5530 3). */
const searchOutcomes = {
  ...uidSearchOutcomes,
  expunged: to('OK', 'EXPUNGEISSUED', '{verb} completed; some messages were expunged elsewhere'),
} as const
const fetchOutcomes = {
  ok: to('OK', null, '{verb} completed'),
  unknownCte: to('NO', 'UNKNOWN-CTE', 'The transfer encoding of that part is not known'),
} as const
const uidStoreOutcomes = {
  ok: to('OK', null, '{verb} completed'),
  modified: to('OK', 'MODIFIED {set}', 'Conditional {verb} failed for some'),
  readOnly: to('NO', 'READ-ONLY', 'The mailbox is open for reading only'),
  noPermission: to('NO', 'NOPERM', 'You have no right to change these flags'),
  limit: to('NO', 'LIMIT', 'Too many keywords, or too long ones'),
} as const
/** Numbers may mean what is not there any more; a UID that is not there means nothing (RFC 3501 6.4.8). */
const storeOutcomes = {
  ...uidStoreOutcomes,
  gone: to('NO', 'EXPUNGEISSUED', 'Some of the messages have been deleted and expunged elsewhere'),
  /** RFC 2180 4.2.1: .SILENT is for who does not care. */
  silentGone: to('OK', 'EXPUNGEISSUED', '{verb} completed for those that are still there'),
  /** RFC 7162 3.1.3: the same under a condition. */
  modifiedGone: to('NO', 'MODIFIED {set}', 'Some of the messages no longer exist'),
} as const
const uidCopyOutcomes = {
  ok: to('OK', 'COPYUID {uidValidity} {from} {to}', '{verb} completed'),
  /** UIDPLUS is not offered. */
  plain: to('OK', null, '{verb} completed'),
  nothing: to('OK', null, '{verb} completed, there was nothing to do'),
  tryCreate: to('NO', 'TRYCREATE', 'There is no mailbox of that name'),
  noPermission: to('NO', 'NOPERM', 'You have no right to do that'),
  noSelect: to('NO', 'CANNOT', 'This name only holds other mailboxes'),
  referral: to('NO', 'REFERRAL {url}', 'This mailbox is on another server'),
  ...noSpace,
} as const
const copyOutcomes = { ...uidCopyOutcomes, gone: storeOutcomes.gone } as const
/** Here COPYUID goes before the EXPUNGEs, in an untagged OK (RFC 6851 4.3). */
const uidMoveOutcomes = {
  ok: to('OK', null, '{verb} completed'),
  /** RFC 6851 4.4: with QRESYNC. */
  modseq: to('OK', 'HIGHESTMODSEQ {modseq}', '{verb} completed'),
  nothing: to('OK', null, '{verb} completed, there was nothing to do'),
  readOnly: to('NO', 'READ-ONLY', 'The mailbox is open for reading only'),
  tryCreate: copyOutcomes.tryCreate,
  noPermission: copyOutcomes.noPermission,
  noSelect: copyOutcomes.noSelect,
  referral: copyOutcomes.referral,
  ...noSpace,
} as const
const moveOutcomes = { ...uidMoveOutcomes, gone: storeOutcomes.gone } as const
const expungeOutcomes = {
  ok: to('OK', null, '{verb} completed'),
  /** RFC 7162 3.2.7: with QRESYNC, where something was expunged. */
  modseq: to('OK', 'HIGHESTMODSEQ {modseq}', '{verb} completed'),
  readOnly: to('NO', 'READ-ONLY', 'The mailbox is open for reading only'),
  noPermission: to('NO', 'NOPERM', 'You have no right to expunge messages'),
} as const
const done = to('OK', null, '{verb} completed')

const FETCH_SYNTAX =
  'FETCH SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")") [SP "(" modifiers ")"]'
const STORE_SYNTAX =
  'STORE SP sequence-set [SP "(UNCHANGEDSINCE " mod-sequence ")"] SP ["+" / "-"] "FLAGS" [".SILENT"] SP flags'
const SEARCH_SYNTAX = 'SEARCH [SP "RETURN" SP "(" [options] ")"] [SP "CHARSET" SP astring] 1*(SP search-key)'
const SORT_SYNTAX = 'SORT [SP "RETURN" SP "(" [options] ")"] SP "(" sort-criteria ")" SP charset 1*(SP search-key)'
const THREAD_SYNTAX = 'THREAD SP ("ORDEREDSUBJECT" / "REFERENCES") SP charset 1*(SP search-key)'

export const imapCommands = {
  /** Not a command: what the server says when the connection opens (RFC 3501 7.1). */
  greeting: row('', of(3501, '7.1'), [], {
    ready: to('OK', 'CAPABILITY {capabilities}', '{host} Facteur IMAP server ready', 'not-authenticated'),
    preauth: to(
      'PREAUTH',
      'CAPABILITY {capabilities}',
      '{host} Facteur IMAP server ready, logged in as {user}',
      'authenticated',
    ),
    bye: to('BYE', 'UNAVAILABLE', '{host} Facteur IMAP server takes nobody in', 'logout'),
  }),

  // Any state (RFC 3501 6.1)
  CAPABILITY: row('CAPABILITY', of(3501, '6.1.1'), ANY, { ok: done }),
  NOOP: row('NOOP', of(3501, '6.1.2'), ANY, { ok: done }),
  LOGOUT: row('LOGOUT', of(3501, '6.1.3'), ANY, { ok: to('OK', null, '{verb} completed', 'logout') }),
  ID: row('ID SP ( "NIL" / "(" *( string SP nstring ) ")" )', of(2971, '3.1'), ANY, { ok: done }, { extension: 'ID' }),

  // Not authenticated (RFC 3501 6.2)
  STARTTLS: row(
    'STARTTLS',
    of(3501, '6.2.1'),
    BEFORE,
    { go: to('OK', null, 'Begin TLS negotiation now'), already: to('BAD', null, 'TLS is already active') },
    { extension: 'STARTTLS' },
  ),
  AUTHENTICATE: row(
    'AUTHENTICATE SP auth-type [SP (base64 / "=")]',
    of(3501, '6.2.2'),
    BEFORE,
    { ...exchange, ...weak, noMechanism: to('NO', 'CANNOT', 'This mechanism is not offered') },
    { secret: true },
  ),
  /** A line of the AUTHENTICATE exchange: base64, or `*` to give up. */
  response: row(
    'base64 / "*"',
    of(3501, '6.2.2'),
    ['challenge'],
    { ...exchange, cancelled: to('BAD', null, 'Authentication cancelled', 'not-authenticated') },
    { secret: true },
  ),
  LOGIN: row('LOGIN SP userid SP password', of(3501, '6.2.3'), BEFORE, { ...loginOutcomes, ...weak }, { secret: true }),

  // Authenticated (RFC 3501 6.3)
  ENABLE: row(
    'ENABLE 1*(SP capability)',
    of(5161, '3.1'),
    LOGGED_IN,
    {
      ok: done,
      /** RFC 9051 4.3: literals that nobody waits for are short from now on. */
      rev2: to('OK', 'CAPABILITY {capabilities}', '{verb} completed'),
    },
    { extension: 'ENABLE' },
  ),
  SELECT: row('SELECT SP mailbox [SP "(" select-params ")"]', of(3501, '6.3.1'), LOGGED_IN, selectOutcomes),
  EXAMINE: row('EXAMINE SP mailbox [SP "(" select-params ")"]', of(3501, '6.3.2'), LOGGED_IN, examineOutcomes),
  CREATE: row('CREATE SP mailbox [SP "(USE (" use-attr ... "))"]', of(3501, '6.3.3'), LOGGED_IN, {
    ok: done,
    exists: to('NO', 'ALREADYEXISTS', 'There is a mailbox of that name already'),
    cannot: to('NO', 'CANNOT', 'A mailbox cannot have that name'),
    useAttr: to('NO', 'USEATTR', 'That special use cannot be given'),
    limit: to('NO', 'LIMIT', 'Too many mailboxes'),
    noPermission: to('NO', 'NOPERM', 'You have no right to do that'),
    referral: to('NO', 'REFERRAL {url}', 'This mailbox is on another server'),
  }),
  DELETE: row('DELETE SP mailbox', of(3501, '6.3.4'), LOGGED_IN, {
    ok: done,
    cannot: to('NO', 'CANNOT', 'This mailbox cannot be deleted'),
    hasChildren: to('NO', 'HASCHILDREN', 'This name only holds other mailboxes, and does'),
    ...noRight(),
  }),
  RENAME: row('RENAME SP mailbox SP mailbox', of(3501, '6.3.5'), LOGGED_IN, {
    ok: done,
    exists: to('NO', 'ALREADYEXISTS', 'There is a mailbox of that name already'),
    cannot: to('NO', 'CANNOT', 'A mailbox cannot be renamed to that'),
    limit: to('NO', 'LIMIT', 'Too many mailboxes'),
    ...noRight(),
  }),
  SUBSCRIBE: row('SUBSCRIBE SP mailbox', of(3501, '6.3.6'), LOGGED_IN, {
    ok: done,
    limit: to('NO', 'LIMIT', 'Too many subscriptions'),
    ...noName(),
  }),
  UNSUBSCRIBE: row('UNSUBSCRIBE SP mailbox', of(3501, '6.3.7'), LOGGED_IN, {
    ok: done,
    nonexistent: to('NO', 'NONEXISTENT', 'That name is not subscribed'),
  }),
  LIST: row(
    'LIST [SP "(" select-opts ")"] SP mailbox SP (list-mailbox / "(" patterns ")") [SP "RETURN (" return-opts ")"]',
    of(3501, '6.3.8'),
    LOGGED_IN,
    { ok: done },
  ),
  LSUB: row('LSUB SP mailbox SP list-mailbox', of(3501, '6.3.9'), LOGGED_IN, { ok: done }),
  RLIST: row(
    'RLIST SP mailbox SP list-mailbox',
    of(2193, '5.1'),
    LOGGED_IN,
    { ok: done },
    { extension: 'MAILBOX-REFERRALS' },
  ),
  RLSUB: row(
    'RLSUB SP mailbox SP list-mailbox',
    of(2193, '5.2'),
    LOGGED_IN,
    { ok: done },
    { extension: 'MAILBOX-REFERRALS' },
  ),
  /** Of UW's server, as the courses' greeting names it; no RFC defines it. */
  SCAN: row(
    'SCAN SP mailbox SP list-mailbox SP string',
    of(3501, '6.3.8'),
    LOGGED_IN,
    { ok: done },
    { extension: 'SCAN' },
  ),
  STATUS: row('STATUS SP mailbox SP "(" status-att *(SP status-att) ")"', of(3501, '6.3.10'), LOGGED_IN, {
    ok: done,
    ...noMailbox(),
  }),
  APPEND: row(
    'APPEND SP mailbox 1*( [SP flag-list] [SP date-time] SP (literal / "CATENATE (" parts ")") )',
    of(3501, '6.3.11'),
    LOGGED_IN,
    {
      ok: to('OK', 'APPENDUID {uidValidity} {uids}', '{verb} completed'),
      /** UIDPLUS is not offered. */
      plain: to('OK', null, '{verb} completed'),
      tryCreate: copyOutcomes.tryCreate,
      /** RFC 3502 6.3.11: also how a client gives up in the middle. */
      empty: to('NO', null, 'A message of no octets cannot be appended'),
      tooBig: to('NO', 'TOOBIG', 'The message is larger than {limit} octets'),
      badUrl: to('NO', 'BADURL "{url}"', 'CATENATE has no use for that URL'),
      noPermission: copyOutcomes.noPermission,
      noSelect: copyOutcomes.noSelect,
      referral: copyOutcomes.referral,
      ...noSpace,
    },
  ),
  NAMESPACE: row('NAMESPACE', of(2342, '5'), LOGGED_IN, { ok: done }, { extension: 'NAMESPACE' }),
  IDLE: row('IDLE', of(2177, '3'), LOGGED_IN, { idling: to('+', null, 'idling', 'idle') }, { extension: 'IDLE' }),
  /** Ends IDLE; whatever else is said then ends it too, with BAD. */
  DONE: row('DONE', of(2177, '3'), ['idle'], {
    toSelected: to('OK', null, 'IDLE terminated', 'selected'),
    toAuthenticated: to('OK', null, 'IDLE terminated', 'authenticated'),
    notDoneSelected: to('BAD', null, 'DONE was expected', 'selected'),
    notDoneAuthenticated: to('BAD', null, 'DONE was expected', 'authenticated'),
  }),
  GETQUOTA: row(
    'GETQUOTA SP quota-root',
    of(9208, '4.1.1'),
    LOGGED_IN,
    {
      ok: done,
      nonexistent: to('NO', 'NONEXISTENT', 'There is no such quota root'),
    },
    { extension: 'QUOTA' },
  ),
  GETQUOTAROOT: row(
    'GETQUOTAROOT SP mailbox',
    of(9208, '4.1.2'),
    LOGGED_IN,
    { ok: done, ...noRight() },
    { extension: 'QUOTA' },
  ),
  SETQUOTA: row(
    'SETQUOTA SP quota-root SP "(" *(resource SP number) ")"',
    of(9208, '4.1.3'),
    LOGGED_IN,
    {
      ok: done,
      nonexistent: to('NO', 'NONEXISTENT', 'There is no such quota root'),
      noPermission: copyOutcomes.noPermission,
      cannot: to('NO', 'CANNOT', 'This resource cannot be limited'),
    },
    { extension: 'QUOTA' },
  ),
  GETACL: row('GETACL SP mailbox', of(4314, '3.3'), LOGGED_IN, { ok: done, ...noRight() }, { extension: 'ACL' }),
  SETACL: row(
    'SETACL SP mailbox SP identifier SP ["+" / "-"] rights',
    of(4314, '3.1'),
    LOGGED_IN,
    { ok: done, cannot: to('NO', 'CANNOT', 'These rights cannot be given'), ...noRight() },
    { extension: 'ACL' },
  ),
  DELETEACL: row(
    'DELETEACL SP mailbox SP identifier',
    of(4314, '3.2'),
    LOGGED_IN,
    { ok: done, ...noRight() },
    { extension: 'ACL' },
  ),
  LISTRIGHTS: row(
    'LISTRIGHTS SP mailbox SP identifier',
    of(4314, '3.4'),
    LOGGED_IN,
    { ok: done, ...noRight() },
    { extension: 'ACL' },
  ),
  MYRIGHTS: row('MYRIGHTS SP mailbox', of(4314, '3.5'), LOGGED_IN, { ok: done, ...noName() }, { extension: 'ACL' }),

  // Selected (RFC 3501 6.4)
  CHECK: row('CHECK', of(3501, '6.4.1'), SELECTED, { ok: done }),
  CLOSE: row('CLOSE', of(3501, '6.4.2'), SELECTED, {
    ok: to('OK', null, '{verb} completed', 'authenticated'),
  }),
  UNSELECT: row(
    'UNSELECT',
    of(3691, '2'),
    SELECTED,
    { ok: to('OK', null, '{verb} completed', 'authenticated') },
    { extension: 'UNSELECT' },
  ),
  EXPUNGE: row('EXPUNGE', of(3501, '6.4.3'), SELECTED, expungeOutcomes),
  SEARCH: row(SEARCH_SYNTAX, of(3501, '6.4.4'), SELECTED, searchOutcomes, { expunge: false }),
  FETCH: row(FETCH_SYNTAX, of(3501, '6.4.5'), SELECTED, fetchOutcomes, { expunge: false }),
  STORE: row(STORE_SYNTAX, of(3501, '6.4.6'), SELECTED, storeOutcomes, { expunge: false }),
  COPY: row('COPY SP sequence-set SP mailbox', of(3501, '6.4.7'), SELECTED, copyOutcomes),
  MOVE: row('MOVE SP sequence-set SP mailbox', of(6851, '3.1'), SELECTED, moveOutcomes, { extension: 'MOVE' }),
  SORT: row(SORT_SYNTAX, of(5256, '3'), SELECTED, searchOutcomes, { extension: 'SORT', expunge: false }),
  THREAD: row(THREAD_SYNTAX, of(5256, '3'), SELECTED, searchOutcomes, { extension: 'THREAD', expunge: false }),
  CANCELUPDATE: row(
    'CANCELUPDATE 1*(SP quoted-tag)',
    of(5267, '4.3.5'),
    SELECTED,
    { ok: done },
    { extension: 'CONTEXT' },
  ),
  'UID COPY': row('UID COPY SP sequence-set SP mailbox', of(3501, '6.4.8'), SELECTED, uidCopyOutcomes),
  'UID EXPUNGE': row('UID EXPUNGE SP sequence-set', of(4315, '2.1'), SELECTED, expungeOutcomes, {
    extension: 'UIDPLUS',
  }),
  'UID FETCH': row(`UID ${FETCH_SYNTAX}`, of(3501, '6.4.8'), SELECTED, fetchOutcomes),
  'UID MOVE': row('UID MOVE SP sequence-set SP mailbox', of(6851, '3.2'), SELECTED, uidMoveOutcomes, {
    extension: 'MOVE',
  }),
  'UID SEARCH': row(`UID ${SEARCH_SYNTAX}`, of(3501, '6.4.8'), SELECTED, uidSearchOutcomes),
  'UID SORT': row(`UID ${SORT_SYNTAX}`, of(5256, '3'), SELECTED, uidSearchOutcomes, { extension: 'SORT' }),
  'UID STORE': row(`UID ${STORE_SYNTAX}`, of(3501, '6.4.8'), SELECTED, uidStoreOutcomes),
  'UID THREAD': row(`UID ${THREAD_SYNTAX}`, of(5256, '3'), SELECTED, uidSearchOutcomes, { extension: 'THREAD' }),
} as const satisfies Record<string, ImapCommandRow>

export type Verb = keyof typeof imapCommands
export type OutcomeName<V extends Verb> = V extends Verb
  ? keyof (typeof imapCommands)[V]['outcomes'] | keyof typeof anyCommand
  : never

/** Verbs that a person can type at a prompt. */
export const typedVerbs = (Object.keys(imapCommands) as Verb[]).filter((verb) => /^[A-Z]/.test(verb))
