/** HELO and EHLO (RFC 5321 4.1.1.1), NOOP, RSET, QUIT, TURN, ETRN and STARTTLS: what shapes a session rather than a message. */
import type { Octets } from '../../bytes/octets.ts'
import { withoutBlanks } from '../../message/fields.ts'
import type { SmtpBackend, SmtpProfile } from '../backend.ts'
import { domainLimit, isDomain, isLiteral } from '../grammar.ts'
import { forgetTransaction, type SmtpSession } from '../session.ts'
import type { Answered, Handler, Turn } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const OK = { outcome: 'ok' } as const

export const helo: Handler<'HELO'> = (turn, argument) => hello(turn, argument, false)

export const ehlo: Handler<'EHLO'> = (turn, argument) => extended(turn, argument)

/** RFC 2033 4.1: as EHLO, in the other protocol. */
export const lhlo: Handler<'LHLO'> = (turn, argument) => extended(turn, argument)

function extended(turn: Turn, argument: Octets): Answered<'EHLO' | 'LHLO'> {
  const answer = hello(turn, argument, true)
  return answer.outcome === 'ok' ? { ...answer, more: extensions(turn.session, turn.backend) } : answer
}

function hello(turn: Turn, argument: Octets, esmtp: boolean): Answered<'HELO' | 'EHLO' | 'LHLO'> {
  const { session, backend } = turn
  const name = withoutBlanks(argument)
  const wellFormed = isDomain(name) || isLiteral(name)
  // Programs say all sorts of things here, and RFC 5321 4.1.4 forbids to refuse mail for it; but a name has no blanks.
  if (name === '' || (!wellFormed && (backend.profile.dialect === 'rfc5321' || /[\x00-\x20\x7f]/.test(name))))
    return SYNTAX
  if (backend.profile.dialect === 'rfc821' && name.length > domainLimit('rfc821')) return SYNTAX
  forgetTransaction(session)
  session.client = { ...session.client, helo: name, esmtp }
  if (session.client.name !== null && session.client.name.toLowerCase() !== name.toLowerCase() && !isLiteral(name))
    turn.remark('hello-differs', session.client.name)
  return { outcome: 'ok', values: { helo: name } }
}

/** The lines of the EHLO answer: what this host offers to this client now. */
function extensions(session: SmtpSession, backend: SmtpBackend): string[] {
  const { profile } = backend
  const lines: string[] = []
  for (const keyword of profile.capabilities) {
    // RFC 1870 4: without a number there is no fixed limit.
    if (keyword === 'SIZE') lines.push(Number.isFinite(profile.limits.size) ? `SIZE ${profile.limits.size}` : 'SIZE')
    else if (keyword === 'AUTH') {
      if (session.client.secure || !profile.authNeedsTls) lines.push(`AUTH ${strong(profile).join(' ')}`)
    } else if (keyword !== 'STARTTLS' || !session.client.secure) lines.push(keyword)
  }
  // RFC 5321 2.2.2: what begins with X is an extension of this host alone.
  lines.push(...Object.keys(profile.local))
  return lines
}

/** Those that it knows and finds too weak are not told. */
const strong = ({ mechanisms, weak }: SmtpProfile) => mechanisms.filter((mechanism) => !weak.includes(mechanism))

export const noop: Handler<'NOOP'> = () => OK

export const rset: Handler<'RSET'> = ({ session }, argument) => {
  if (argument !== '') return SYNTAX
  forgetTransaction(session)
  return { outcome: session.state === 'connected' ? 'nothing' : 'ok' }
}

export const quit: Handler<'QUIT'> = (_turn, argument) => (argument === '' ? { outcome: 'bye' } : SYNTAX)

/**
 * RFC 821 3.8. The dispatcher hands the connection over behind the reply; the client must have said who it is, for that is
 * the name of the server that it becomes.
 */
export const turn: Handler<'TURN'> = ({ session, backend }, argument) => {
  if (argument !== '') return SYNTAX
  return backend.mayTurn(session.client) ? OK : { outcome: 'refused' }
}

/** RFC 1985 5.2: a node, `@` and a domain with all below it, or `#` and the name of a queue. */
export const etrn: Handler<'ETRN'> = ({ session, backend }, argument) => {
  const node = withoutBlanks(argument)
  if (!isDomain(node.replace(/^@/, '')) && !/^#[!-~]{1,255}$/.test(node)) return SYNTAX
  const verdict = backend.etrn(session.client, node, session.lastSeq)
  switch (verdict.verdict) {
    case 'started':
      return { outcome: 'pending', values: { node, pending: String(verdict.pending) } }
    case 'none':
      return { outcome: 'none', values: { node } }
    case 'unable':
      return { outcome: 'unable', values: { node } }
    case 'not-allowed':
      return { outcome: 'notAllowed', values: { node, reason: verdict.reason } }
  }
}

/** RFC 3207 4. The dispatcher starts the handshake behind the reply and throws away what was pipelined after it. */
export const starttls: Handler<'STARTTLS'> = ({ session }, argument) => {
  if (argument !== '') return SYNTAX
  return { outcome: session.client.secure ? 'already' : 'go' }
}
