/** MAIL, RCPT and DATA: the envelope (RFC 5321 3.3, 4.1.1.2 to 4.1.1.4). */
import type { Octets } from '../../bytes/octets.ts'
import { smtpCommands } from '../commands.ts'
import { pathArgument, type Bad, type Parameter, type PathArgument } from '../grammar.ts'
import { mailbox } from '../path.ts'
import type { Answered, Handler, Turn } from './turn.ts'

/** AUTH=, RFC 4954 5: `<>`, or a mailbox in xtext (RFC 3461 4). */
const XTEXT = /^(?:<>|(?:[!-*,-<>-~]|\+[0-9A-F]{2})+)$/

export const mail: Handler<'MAIL'> = (turn, argument) => {
  const { session, backend } = turn
  const { profile } = backend
  if (profile.role === 'submission' && session.client.user === null) {
    const tlsFirst = profile.authNeedsTls && !session.client.secure
    return { outcome: tlsFirst ? 'tlsFirst' : 'authFirst' }
  }
  const parsed = pathArgument(argument, 'FROM:', profile.dialect)
  if ('bad' in parsed) return badPath(parsed)
  remarkLeniencies(turn, parsed, argument)
  let declared: number | null = null
  let body: '7BIT' | '8BITMIME' | null = null
  for (const { keyword, value } of parsed.parameters) {
    const row = smtpCommands.MAIL.parameters.find((other) => other.keyword === keyword)
    if (!row || (row.extension !== null && !profile.capabilities.includes(row.extension))) return unknown(keyword)
    if (row.keyword === 'SIZE') {
      if (value === null || !/^\d{1,20}$/.test(value)) return wrongValue(row.syntax)
      declared = Number(value)
    } else if (row.keyword === 'BODY') {
      const kind = value?.toUpperCase()
      if (kind !== '7BIT' && kind !== '8BITMIME') return wrongValue(row.syntax)
      body = kind
    } else if (value === null || !XTEXT.test(value)) return wrongValue(row.syntax)
  }
  if (declared !== null && declared > profile.limits.size)
    return { outcome: 'tooBig', values: { size: String(profile.limits.size) } }
  const verdict = backend.sender(session.client, parsed.path, declared)
  if (verdict.verdict === 'refused') return { outcome: 'refused', values: { reason: verdict.text } }
  const values = { path: parsed.path === null ? '' : mailbox(parsed.path) }
  if (verdict.verdict === 'not-yours') return { outcome: 'notYours', values }
  if (verdict.verdict === 'later') return { outcome: 'storage', values }
  session.envelope = { from: parsed.path, recipients: [], body, declared }
  session.refused = 0
  return { outcome: 'ok', values }
}

export const rcpt: Handler<'RCPT'> = (turn, argument) => {
  const answer = recipient(turn, argument)
  if (answer.outcome !== 'ok' && answer.outcome !== 'forward') turn.session.refused++
  return answer
}

function recipient(turn: Turn, argument: Octets): Answered<'RCPT'> {
  const { session, backend } = turn
  const { profile } = backend
  const envelope = session.envelope!
  const parsed = pathArgument(argument, 'TO:', profile.dialect)
  if ('bad' in parsed) return badPath(parsed)
  remarkLeniencies(turn, parsed, argument)
  const path = parsed.path!
  for (const { keyword } of parsed.parameters) return unknown(keyword)
  if (envelope.recipients.length >= profile.limits.recipients) return { outcome: 'tooMany' }
  const verdict = backend.recipient(session.client, envelope.from, path)
  const values = { path: mailbox(path) }
  switch (verdict.verdict) {
    case 'ok':
    case 'forward':
      envelope.recipients.push(path)
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
    case 'not-allowed':
      return { outcome: 'notAllowed', values }
    case 'greylisted':
      return { outcome: 'greylisted', values: { ...values, seconds: String(verdict.seconds) } }
  }
}

/** RFC 5321 3.3: without a recipient 503; 554 where all of them were refused, as pipelining clients need it. */
export const data: Handler<'DATA'> = ({ session }, argument) => {
  if (argument !== '') return { outcome: 'syntax' }
  if (session.state === 'recipients') return { outcome: 'start' }
  return session.refused > 0 ? { outcome: 'noRecipients' } : { outcome: 'sequence', values: { need: 'RCPT first' } }
}

const badPath = (bad: Bad) =>
  bad.bad === 'syntax'
    ? ({ outcome: 'syntax' } as const)
    : ({ outcome: 'badAddress', values: { why: bad.why } } as const)

const unknown = (parameter: Parameter['keyword']) => ({ outcome: 'unknownParameter', values: { parameter } }) as const

const wrongValue = (syntax: string) => ({ outcome: 'syntax', values: { syntax } }) as const

function remarkLeniencies(turn: Turn, parsed: PathArgument, argument: Octets): void {
  for (const leniency of parsed.leniencies) turn.remark(leniency, argument)
}
