/**
 * The SMTP commands as data. The dispatcher, HELP, the hint under the prompt, the state chart, the reference and the
 * lessons all read these rows; none of them knows a command of its own.
 *
 * A reply and the move that comes with it are one thing: an outcome. A handler returns an outcome by name, and a name
 * that the row does not declare does not compile. To add a command: a row here, a handler under `server/`, a script
 * under `test/scripts` that reaches each of its outcomes, and its word in `src/texts`.
 */
import type { CommandRow, Outcome, RfcRef } from '../engine.ts'
import type { LocalCommand, SmtpRole } from './backend.ts'
import { AUTH_PARAMETER, BODY, ENVID, NOTIFY, ORCPT, RET, SIZE, TRANSID, UTF8 } from './parameters.ts'
import type { SmtpState } from './states.ts'

const rfc5321 = (section: string): RfcRef => ({ rfc: 5321, section })

const ANYTIME = ['connected', 'ready', 'mail', 'recipients', 'chunks'] as const

/** Shorthand for an outcome: code, status of RFC 3463, text, and the state that it leads to (null: it stays). */
const to = <const Code extends string>(
  code: Code,
  status: string | null,
  text: string,
  state: SmtpState | null = null,
): Outcome<SmtpState> => ({
  code,
  status,
  text,
  to: state,
})

/** What any command may answer (RFC 5321 4.2.4, 4.3.2, 4.5.3.1.9). */
export const anyCommand = {
  unrecognized: to('500', '5.5.2', 'Syntax error, command unrecognized'),
  tooLong: to('500', '5.5.2', 'Line too long'),
  bareEnd: to('500', '5.5.2', 'Lines end with CRLF, and CR and LF stand nowhere else'),
  syntax: to('501', '5.5.4', 'Syntax: {syntax}'),
  notImplemented: to('502', '5.5.1', 'Command not implemented'),
  sequence: to('503', '5.5.1', 'Bad sequence of commands: {need}'),
  tooManyErrors: to('421', '4.7.0', '{host} Too many errors, closing transmission channel', 'closing'),
  timeout: to('421', '4.4.2', '{host} Time-out, closing transmission channel', 'closing'),
  notAvailable: to('421', '4.3.0', '{host} Service not available, closing transmission channel', 'closing'),
} as const

/** What a greeting may bring, in whichever protocol. */
const greeted = {
  ok: to('250', null, '{host} greets {helo}', 'ready'),
  notAccepted: to('504', '5.5.2', 'Command parameter not implemented'),
  refused: to('550', '5.7.1', 'Not welcome here: {helo}'),
} as const

/** How a transaction begins, by MAIL or by one of its three relatives. */
const beginning = {
  ok: to('250', '2.1.0', 'OK', 'mail'),
  badAddress: to('501', '5.1.7', 'Bad sender address: {why}'),
  tooBig: to('552', '5.3.4', 'Message size exceeds the limit of {size} octets'),
  storage: to('452', '4.3.1', 'Insufficient system storage'),
  later: to('451', '4.3.0', 'Requested action aborted: local error in processing'),
  refused: to('550', '5.7.1', '{reason}'),
  notYours: to('553', '5.7.1', '<{path}>: this address is not yours'),
  needsUtf8: to('553', '5.6.7', 'That address needs SMTPUTF8'),
  noParameterNow: to('455', '4.5.0', 'Server unable to accommodate parameters'),
  unknownParameter: to('555', '5.5.4', 'Parameter not recognized or not implemented: {parameter}'),
  authFirst: to('530', '5.7.0', 'Authentication required'),
  tlsFirst: to('530', '5.7.0', 'Must issue a STARTTLS command first'),
} as const

/** What is said of a message when it is there, whether by the lone dot or in the last chunk. In LMTP, to each recipient. */
const accepting = {
  accepted: to('250', '2.0.0', 'OK', 'ready'),
  lineTooLong: to('500', '5.6.0', 'A text line has more than 1000 octets', 'ready'),
  tooBig: to('552', '5.3.4', 'Too much mail data', 'ready'),
  overQuota: to('552', '5.2.2', 'Exceeded storage allocation', 'ready'),
  storage: to('452', '4.3.1', 'Insufficient system storage', 'ready'),
  later: to('451', '4.3.0', 'Requested action aborted: local error in processing', 'ready'),
  busy: to('450', '4.2.0', 'Mailbox unavailable now', 'ready'),
  policy: to('550', '5.7.1', 'Message refused for policy reasons', 'ready'),
  unknown: to('550', '5.1.1', 'No such user here', 'ready'),
  loneEnd: to('554', '5.6.0', 'The message holds a lone CR or LF; lines end with CRLF', 'ready'),
  loop: to('554', '5.4.6', 'Too many hops', 'ready'),
  refused: to('554', '5.6.0', 'Transaction failed: {reason}', 'ready'),
} as const

export const smtpCommands = {
  /** Not a command: what the server says when the connection opens (RFC 5321 3.1). */
  greeting: {
    syntax: '',
    rfc: rfc5321('3.1'),
    legalIn: [],
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      ready: to('220', null, '{host} ESMTP Facteur', 'connected'),
      /** RFC 5321 3.1: the connection stays open until the client says QUIT. */
      notWanted: to('554', null, '{host} {reason}', 'rejected'),
      busy: to('421', null, '{host} {reason}', 'closing'),
    },
  },
  HELO: {
    syntax: 'HELO SP Domain CRLF',
    rfc: rfc5321('4.1.1.1'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: { ...greeted, ok: to('250', null, '{host}', 'ready') },
  },
  /** EHLO of LMTP, and its only greeting: who speaks the wrong one of the two protocols finds out at once (RFC 2033 4.1). */
  LHLO: {
    syntax: 'LHLO SP ( Domain / address-literal ) CRLF',
    rfc: { rfc: 2033, section: '4.1' },
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: greeted,
  },
  EHLO: {
    syntax: 'EHLO SP ( Domain / address-literal ) CRLF',
    rfc: rfc5321('4.1.1.1'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: greeted,
  },
  MAIL: {
    syntax: 'MAIL FROM:<reverse-path> [SP Mail-parameters] CRLF',
    rfc: rfc5321('4.1.1.2'),
    legalIn: ['ready'],
    extension: null,
    parameters: [SIZE, BODY, RET, ENVID, AUTH_PARAMETER, TRANSID, UTF8],
    secret: false,
    outcomes: {
      ...beginning,
      /** RFC 1845 3: what came before the connection broke is still here. */
      resume: to('355', null, '{offset} is the transaction offset', 'recipients'),
      notYourTransaction: to('501', '5.5.4', 'That transaction is not yours'),
    },
  },
  SEND: {
    syntax: 'SEND FROM:<reverse-path> CRLF',
    rfc: { rfc: 821, section: '3.4' },
    legalIn: ['ready'],
    extension: 'SEND',
    parameters: [],
    secret: false,
    outcomes: beginning,
  },
  SOML: {
    syntax: 'SOML FROM:<reverse-path> CRLF',
    rfc: { rfc: 821, section: '3.4' },
    legalIn: ['ready'],
    extension: 'SOML',
    parameters: [],
    secret: false,
    outcomes: beginning,
  },
  SAML: {
    syntax: 'SAML FROM:<reverse-path> CRLF',
    rfc: { rfc: 821, section: '3.4' },
    legalIn: ['ready'],
    extension: 'SAML',
    parameters: [],
    secret: false,
    outcomes: beginning,
  },
  RCPT: {
    syntax: 'RCPT TO:<forward-path> [SP Rcpt-parameters] CRLF',
    rfc: rfc5321('4.1.1.3'),
    legalIn: ['mail', 'recipients'],
    extension: null,
    parameters: [NOTIFY, ORCPT],
    secret: false,
    outcomes: {
      ok: to('250', '2.1.5', 'OK', 'recipients'),
      forward: to('251', '2.1.5', 'User not local; will forward to <{to}>', 'recipients'),
      badAddress: to('501', '5.1.3', 'Bad recipient address: {why}'),
      unknown: to('550', '5.1.1', 'No such user here'),
      noRelay: to('550', '5.7.1', 'Relaying denied'),
      moved: to('551', '5.1.6', 'User not local; please try <{to}>'),
      mailboxBusy: to('450', '4.2.0', '{reason}'),
      greylisted: to('450', '4.7.1', 'Greylisted, please come back in {seconds} seconds'),
      later: to('451', '4.3.0', 'Requested action aborted: local error in processing'),
      tooMany: to('452', '4.5.3', 'Too many recipients'),
      storage: to('452', '4.2.2', 'Mailbox full: insufficient storage'),
      full: to('552', '5.2.2', 'Mailbox full: exceeded storage allocation'),
      notAllowed: to('553', '5.1.3', 'Mailbox name not allowed'),
      needsUtf8: to('553', '5.6.7', 'That address needs SMTPUTF8'),
      notLoggedIn: to('450', '4.2.1', 'User not active now'),
      noParameterNow: to('455', '4.5.0', 'Server unable to accommodate parameters'),
      unknownParameter: to('555', '5.5.4', 'Parameter not recognized or not implemented: {parameter}'),
    },
  },
  DATA: {
    syntax: 'DATA CRLF',
    rfc: rfc5321('4.1.1.4'),
    legalIn: ['mail', 'recipients'],
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      start: to('354', null, 'Start mail input; end with <CRLF>.<CRLF>', 'content'),
      /** RFC 1845 3: the rest of a message of which the beginning is here. */
      resume: to('354', null, 'Send previously checkpointed message starting at octet {offset}', 'content'),
      noRecipients: to('554', '5.5.1', 'No valid recipients'),
      /** RFC 3030 3: octets that are no lines need BDAT. */
      binary: to('503', '5.5.1', 'BODY=BINARYMIME wants BDAT'),
      later: to('451', '4.3.0', 'Requested action aborted: local error in processing'),
    },
  },
  /** The lone dot that ends the content: what RFC 5321 4.3.2 lists under DATA, after the message. */
  '.': {
    syntax: '. CRLF',
    rfc: rfc5321('4.1.1.4'),
    legalIn: ['content'],
    extension: null,
    parameters: [],
    secret: false,
    outcomes: accepting,
  },
  /** RFC 3030: the next so many octets are the message, or a part of it. The reply comes when they are there. */
  BDAT: {
    syntax: 'BDAT SP chunk-size [SP LAST] CRLF',
    rfc: { rfc: 3030, section: '2' },
    legalIn: ['mail', 'recipients', 'chunks'],
    extension: 'CHUNKING',
    parameters: [],
    secret: false,
    outcomes: {
      ...accepting,
      chunk: to('250', '2.0.0', '{octets} octets received', 'chunks'),
      noRecipients: to('554', '5.5.1', 'No valid recipients'),
    },
  },
  RSET: {
    syntax: 'RSET CRLF',
    rfc: rfc5321('4.1.1.5'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      ok: to('250', '2.0.0', 'OK', 'ready'),
      nothing: to('250', '2.0.0', 'OK'),
    },
  },
  VRFY: {
    syntax: 'VRFY SP String CRLF',
    rfc: rfc5321('4.1.1.6'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      user: to('250', '2.1.5', '{person}'),
      forward: to('251', '2.1.5', 'User not local; will forward to <{address}>'),
      unverifiable: to('252', '2.1.5', 'Cannot VRFY user, but will accept message and attempt delivery'),
      unknown: to('550', '5.1.1', 'String does not match anything'),
      moved: to('551', '5.1.6', 'User not local; please try <{address}>'),
      ambiguous: to('553', '5.1.4', 'Ambiguous; Possibilities are'),
      noParameter: to('504', '5.5.4', 'Command parameter not implemented'),
    },
  },
  EXPN: {
    syntax: 'EXPN SP String CRLF',
    rfc: rfc5321('4.1.1.7'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      list: to('250', '2.1.5', '{first}'),
      unverifiable: to('252', '2.1.5', 'Cannot expand that, but will accept message and attempt delivery'),
      unknown: to('550', '5.1.1', 'That is not a mailing list'),
      noParameter: to('504', '5.5.4', 'Command parameter not implemented'),
    },
  },
  HELP: {
    syntax: 'HELP [SP String] CRLF',
    rfc: rfc5321('4.1.1.8'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: {
      help: to('214', '2.0.0', '{first}'),
      status: to('211', '2.0.0', '{first}'),
      unknownTopic: to('504', '5.5.4', 'HELP topic unknown: {topic}'),
    },
  },
  NOOP: {
    syntax: 'NOOP [SP String] CRLF',
    rfc: rfc5321('4.1.1.9'),
    legalIn: ANYTIME,
    extension: null,
    parameters: [],
    secret: false,
    outcomes: { ok: to('250', '2.0.0', 'OK') },
  },
  QUIT: {
    syntax: 'QUIT CRLF',
    rfc: rfc5321('4.1.1.10'),
    legalIn: [...ANYTIME, 'rejected'],
    extension: null,
    parameters: [],
    secret: false,
    outcomes: { bye: to('221', '2.0.0', '{host} Service closing transmission channel', 'closing') },
  },
  TURN: {
    syntax: 'TURN CRLF',
    rfc: { rfc: 821, section: '3.8' },
    legalIn: ['ready'],
    extension: 'TURN',
    parameters: [],
    secret: false,
    outcomes: {
      ok: to('250', '2.0.0', 'OK', 'turned'),
      refused: to('502', '5.7.1', 'The roles stay as they are'),
    },
  },
  ETRN: {
    syntax: 'ETRN SP ( Domain / "@" Domain / "#" queue ) CRLF',
    rfc: { rfc: 1985, section: '5' },
    legalIn: ['ready'],
    extension: 'ETRN',
    parameters: [],
    secret: false,
    outcomes: {
      ok: to('250', '2.0.0', 'OK, queuing for node {node} started'),
      none: to('251', '2.0.0', 'OK, no messages waiting for node {node}'),
      started: to('252', '2.0.0', 'OK, pending messages for node {node} started'),
      pending: to('253', '2.0.0', 'OK, {pending} pending messages for node {node} started'),
      unable: to('458', '4.0.0', 'Unable to queue messages for node {node}'),
      notAllowed: to('459', '4.7.1', 'Node {node} not allowed: {reason}'),
    },
  },
  STARTTLS: {
    syntax: 'STARTTLS CRLF',
    rfc: { rfc: 3207, section: '4' },
    legalIn: ['ready'],
    extension: 'STARTTLS',
    parameters: [],
    secret: false,
    outcomes: {
      go: to('220', '2.0.0', 'Ready to start TLS', 'connected'),
      already: to('503', '5.5.1', 'TLS is already active'),
      notNow: to('454', '4.7.0', 'TLS not available due to temporary reason'),
    },
  },
  AUTH: {
    syntax: 'AUTH SP mechanism [SP initial-response] CRLF',
    rfc: { rfc: 4954, section: '4' },
    legalIn: ['ready'],
    extension: 'AUTH',
    parameters: [],
    secret: true,
    outcomes: {
      ok: to('235', '2.7.0', 'Authentication successful', 'ready'),
      challenge: to('334', null, '{challenge}', 'challenge'),
      notBase64: to('501', '5.5.2', 'Cannot decode that: it is not base64'),
      /** RFC 4954 4: 501 where the first word is the server's. */
      noInitial: to('501', '5.7.0', '{mechanism} begins with the server: no initial response'),
      already: to('503', '5.5.1', 'Already authenticated'),
      noMechanism: to('504', '5.5.4', 'Unrecognized authentication mechanism'),
      transition: to('432', '4.7.12', 'A password transition is needed'),
      failed: to('535', '5.7.8', 'Authentication credentials invalid'),
      tooWeak: to('534', '5.7.9', 'Authentication mechanism is too weak'),
      tlsFirst: to('538', '5.7.11', 'Encryption required for requested authentication mechanism'),
      notNow: to('454', '4.7.0', 'Temporary authentication failure'),
    },
  },
  /** A line of the AUTH exchange: base64, or `*` to give up (RFC 4954 4). */
  response: {
    syntax: 'base64 CRLF / "*" CRLF',
    rfc: { rfc: 4954, section: '4' },
    legalIn: ['challenge'],
    extension: 'AUTH',
    parameters: [],
    secret: true,
    outcomes: {
      ok: to('235', '2.7.0', 'Authentication successful', 'ready'),
      challenge: to('334', null, '{challenge}', 'challenge'),
      notBase64: to('501', '5.5.2', 'Cannot decode that: it is not base64', 'ready'),
      cancelled: to('501', '5.7.0', 'Authentication cancelled', 'ready'),
      tooLong: to('500', '5.5.6', 'Authentication exchange line is too long', 'ready'),
      bareEnd: to('500', '5.5.2', 'Lines end with CRLF, and CR and LF stand nowhere else', 'ready'),
      failed: to('535', '5.7.8', 'Authentication credentials invalid', 'ready'),
      transition: to('432', '4.7.12', 'A password transition is needed', 'ready'),
    },
  },
} as const satisfies Record<string, CommandRow<SmtpState>>

export type Verb = keyof typeof smtpCommands
export type OutcomeName<V extends Verb> = keyof (typeof smtpCommands)[V]['outcomes'] | keyof typeof anyCommand

/** Verbs that a person can type at a prompt, in the order in which HELP tells them. */
export const typedVerbs = (Object.keys(smtpCommands) as Verb[]).filter((verb) => /^[A-Z]/.test(verb))

/** Is this a command of what the service speaks? LMTP has a greeting of its own, and no other (RFC 2033 4.1). */
export const spokenIn = (verb: Verb, role: SmtpRole): boolean =>
  role === 'lmtp' ? verb !== 'HELO' && verb !== 'EHLO' : verb !== 'LHLO'

/** Is this command there on a host with these capabilities? */
export function offered(verb: Verb, capabilities: readonly string[]): boolean {
  const { extension } = smtpCommands[verb]
  return extension === null || capabilities.includes(extension)
}

/** A command of one host as a row, so that dispatcher and HELP treat it like any other. */
export const localRow = (command: LocalCommand) => ({
  syntax: command.syntax,
  rfc: rfc5321('4.1.5'),
  legalIn: command.legalIn,
  extension: null,
  parameters: [],
  secret: false,
  outcomes: { answer: to(command.code, command.status, command.text) },
})
