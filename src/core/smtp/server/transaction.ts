/**
 * MAIL and its relatives SEND, SOML and SAML, RCPT and DATA: the envelope (RFC 5321 3.3, 4.1.1.2 to 4.1.1.4; RFC 821 3.4).
 */
import type { Octets } from '../../bytes/octets.ts'
import { smtpCommands, type OutcomeName } from '../commands.ts'
import { addressee, PLAIN_TERMS, type Addressee, type Envelope, type Notify, type Sending } from '../envelope.ts'
import { isAscii, pathArgument, type Bad, type Parameter, type PathArgument } from '../grammar.ts'
import { mailbox, pathText } from '../path.ts'
import type { OpenEnvelope, SmtpSession } from '../session.ts'
import { wasHeard } from './content.ts'
import { refuseParameters } from './parameters.ts'
import type { Answered, Handler, Turn } from './turn.ts'

/** What all four may answer. */
type Begun = Pick<Answered<Sending>, 'values' | 'utf8'> & { outcome: OutcomeName<'SEND'> }

/** A transaction that may begin, or why it may not. */
type Opening = { refused: Begun } | { envelope: OpenEnvelope; transid: string | null; path: string }

export const mail: Handler<'MAIL'> = (turn, argument) => {
  const opening = open(turn, argument, 'MAIL')
  if ('refused' in opening) return opening.refused
  const { session, backend } = turn
  const { envelope, transid, path } = opening
  // Over the same connection a name is that of a new message, however fast it comes.
  if (transid !== null) wasHeard(turn)
  const known = transid === null ? null : backend.checkpoint(session.client, transid)
  if (known && pathText(known.envelope.from) !== pathText(envelope.from)) return { outcome: 'notYourTransaction' }
  session.transid = transid
  if (!known) return begin(turn, envelope, path)
  session.resumed = known.content
  session.finished = known.finished ?? null
  begin(turn, { ...known.envelope, recipients: [...known.envelope.recipients] }, path)
  return { outcome: 'resume', values: { offset: String(offsetOf(session)) } }
}

const offsetOf = ({ resumed, finished }: SmtpSession) => finished?.octets ?? resumed.length

export const send: Handler<'SEND'> = (turn, argument) => relative(turn, argument, 'SEND')

export const soml: Handler<'SOML'> = (turn, argument) => relative(turn, argument, 'SOML')

export const saml: Handler<'SAML'> = (turn, argument) => relative(turn, argument, 'SAML')

function relative(turn: Turn, argument: Octets, how: Sending): Begun {
  const opening = open(turn, argument, how)
  return 'refused' in opening ? opening.refused : begin(turn, opening.envelope, opening.path)
}

function begin({ session }: Turn, envelope: OpenEnvelope, path: string): Begun {
  session.envelope = envelope
  session.refused = 0
  return { outcome: 'ok', values: { path } }
}

function open(turn: Turn, argument: Octets, how: Sending): Opening {
  const { session, backend } = turn
  const { profile } = backend
  // RFC 6409 4.3: who cannot log in is known by other means, such as its network.
  if (profile.role === 'submission' && session.client.user === null && profile.capabilities.includes('AUTH')) {
    const tlsFirst = profile.authNeedsTls && !session.client.secure
    return { refused: { outcome: tlsFirst ? 'tlsFirst' : 'authFirst' } }
  }
  const parsed = pathArgument(argument, 'FROM:', profile.dialect)
  if ('bad' in parsed) return { refused: badPath(parsed) }
  remarkLeniencies(turn, parsed, argument)
  const { parameters } = parsed
  const wrong =
    parameters.length === 0 ? null : refuseParameters(parameters, smtpCommands[how].parameters, session, backend)
  if (wrong) return { refused: wrong }
  const terms = parameters.length === 0 ? { ...PLAIN_TERMS, declared: null } : termsOf(parameters)
  const path = parsed.path === null ? '' : mailbox(parsed.path)
  if (!terms.utf8 && !isAscii(pathText(parsed.path))) return { refused: { outcome: 'needsUtf8', values: { path } } }
  if (terms.declared !== null && terms.declared > profile.limits.size)
    return { refused: { outcome: 'tooBig', values: { size: String(profile.limits.size) } } }
  const verdict = backend.sender(session.client, parsed.path, terms.declared)
  switch (verdict.verdict) {
    case 'not-yours':
      return { refused: { outcome: 'notYours', values: { path }, utf8: terms.utf8 } }
    case 'storage':
      return { refused: { outcome: 'storage', values: { path } } }
    case 'ok':
      return {
        envelope: { ...terms, how, from: parsed.path, recipients: [] },
        transid: parameters.length === 0 ? null : (valueOf(parameters, 'TRANSID') ?? null),
        path,
      }
  }
}

/** What MAIL says of the message; each value was looked at already. */
function termsOf(parameters: readonly Parameter[]): Omit<Envelope, 'from' | 'recipients'> {
  const size = valueOf(parameters, 'SIZE')
  const body = valueOf(parameters, 'BODY')?.toUpperCase()
  const ret = valueOf(parameters, 'RET')?.toUpperCase()
  return {
    ...PLAIN_TERMS,
    declared: size === undefined ? null : Number(size),
    body: body === '7BIT' || body === '8BITMIME' || body === 'BINARYMIME' ? body : null,
    ret: ret === 'FULL' || ret === 'HDRS' ? ret : null,
    envid: valueOf(parameters, 'ENVID') ?? null,
    utf8: parameters.some(({ keyword }) => keyword === 'SMTPUTF8'),
  }
}

const valueOf = (parameters: readonly Parameter[], wanted: string): string | undefined =>
  parameters.find(({ keyword }) => keyword === wanted)?.value ?? undefined

export const rcpt: Handler<'RCPT'> = (turn, argument) => {
  const answer = recipient(turn, argument)
  if (answer.outcome !== 'ok' && answer.outcome !== 'forward') turn.session.refused++
  return answer
}

function recipient(turn: Turn, argument: Octets): Answered<'RCPT'> {
  const { session, backend } = turn
  const { profile } = backend
  const envelope = session.envelope!
  // A message that was taken goes to nobody else.
  if (session.finished) return { outcome: 'sequence', values: { need: 'DATA first, the recipients are known' } }
  const parsed = pathArgument(argument, 'TO:', profile.dialect)
  if ('bad' in parsed) return badPath(parsed)
  remarkLeniencies(turn, parsed, argument)
  const path = parsed.path!
  const { parameters } = parsed
  const wrong =
    parameters.length === 0 ? null : refuseParameters(parameters, smtpCommands.RCPT.parameters, session, backend)
  if (wrong) return wrong
  const values = { path: mailbox(path) }
  if (!envelope.utf8 && !isAscii(pathText(path))) return { outcome: 'needsUtf8', values }
  if (envelope.recipients.length >= profile.limits.recipients) return { outcome: 'tooMany' }
  const verdict = backend.recipient(session.client, envelope.from, path, envelope.how)
  switch (verdict.verdict) {
    case 'ok':
    case 'forward':
      envelope.recipients.push(named(addressee(path), parameters))
      return verdict.verdict === 'ok'
        ? { outcome: 'ok', values }
        : { outcome: 'forward', values: { ...values, to: verdict.to } }
    case 'moved':
      return { outcome: 'moved', values: { ...values, to: verdict.to } }
    case 'unknown':
      return { outcome: 'unknown', values }
    case 'no-relay':
      return { outcome: 'noRelay', values }
    case 'busy':
      return { outcome: 'mailboxBusy', values: { ...values, reason: verdict.text } }
    case 'full':
      return { outcome: verdict.permanent ? 'full' : 'storage', values }
    case 'not-logged-in':
      return { outcome: 'notLoggedIn', values }
    case 'greylisted':
      return { outcome: 'greylisted', values: { ...values, seconds: String(verdict.seconds) } }
  }
}

/** With what RCPT says of when to report, and of how the recipient was called at first (RFC 3461 4.1, 4.2). */
function named(plain: Addressee, parameters: readonly Parameter[]): Addressee {
  if (parameters.length === 0) return plain
  const notify = valueOf(parameters, 'NOTIFY')?.toUpperCase().split(',')
  return {
    ...plain,
    notify: notify === undefined ? null : [...new Set(notify as Notify[])],
    orcpt: valueOf(parameters, 'ORCPT') ?? null,
  }
}

/** RFC 5321 3.3: without a recipient 503; 554 where all of them were refused, as pipelining clients need it. */
export const data: Handler<'DATA'> = ({ session, backend }, argument) => {
  if (argument !== '') return { outcome: 'syntax' }
  if (session.state !== 'recipients') return withoutRecipients(session.refused, backend.profile.role)
  if (session.envelope!.body === 'BINARYMIME') return { outcome: 'binary' }
  return session.resumed === '' && session.finished === null
    ? { outcome: 'start' }
    : { outcome: 'resume', values: { offset: String(offsetOf(session)) } }
}

/** RFC 2033 4.2: LMTP has nothing but 503 for it. */
export const withoutRecipients = (refused: number, role: Turn['backend']['profile']['role']) =>
  refused > 0 && role !== 'lmtp'
    ? ({ outcome: 'noRecipients' } as const)
    : ({ outcome: 'sequence', values: { need: 'RCPT first' } } as const)

const badPath = (bad: Bad) =>
  bad.bad === 'syntax'
    ? ({ outcome: 'syntax' } as const)
    : ({ outcome: 'badAddress', values: { why: bad.why } } as const)

function remarkLeniencies(turn: Turn, parsed: PathArgument, argument: Octets): void {
  for (const leniency of parsed.leniencies) turn.remark(leniency, argument)
}
