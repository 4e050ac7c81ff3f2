/** HELO and EHLO (RFC 5321 4.1.1.1), NOOP, RSET, QUIT and STARTTLS: what shapes a session rather than a message. */
import type { Octets } from '../../bytes/octets.ts'
import type { SmtpBackend } from '../backend.ts'
import { isDomain, isLiteral } from '../grammar.ts'
import { forgetTransaction, type SmtpSession } from '../session.ts'
import type { Answered, Handler, Turn } from './turn.ts'

const SYNTAX = { outcome: 'syntax' } as const
const OK = { outcome: 'ok' } as const

export const helo: Handler<'HELO'> = (turn, argument) => hello(turn, argument, false)

export const ehlo: Handler<'EHLO'> = (turn, argument) => {
  const answer = hello(turn, argument, true)
  return answer.outcome === 'ok' ? { ...answer, more: extensions(turn.session, turn.backend) } : answer
}

function hello(turn: Turn, argument: Octets, esmtp: boolean): Answered<'HELO' | 'EHLO'> {
  const { session, backend } = turn
  const name = argument.trim()
  const wellFormed = isDomain(name) || isLiteral(name)
  // Programs say all sorts of things here, and RFC 5321 4.1.4 forbids to refuse mail for it; but a name has no blanks.
  if (name === '' || (!wellFormed && (backend.profile.dialect === 'rfc5321' || /[\x00-\x20\x7f]/.test(name))))
    return SYNTAX
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
      if (session.client.secure || !profile.authNeedsTls) lines.push(`AUTH ${profile.mechanisms.join(' ')}`)
    } else if (keyword !== 'STARTTLS' || !session.client.secure) lines.push(keyword)
  }
  return lines
}

export const noop: Handler<'NOOP'> = () => OK

export const rset: Handler<'RSET'> = ({ session }, argument) => {
  if (argument !== '') return SYNTAX
  forgetTransaction(session)
  return { outcome: session.state === 'connected' ? 'nothing' : 'ok' }
}

export const quit: Handler<'QUIT'> = (_turn, argument) => (argument === '' ? { outcome: 'bye' } : SYNTAX)

/** RFC 3207 4. The dispatcher starts the handshake behind the reply and throws away what was pipelined after it. */
export const starttls: Handler<'STARTTLS'> = ({ session }, argument) => {
  if (argument !== '') return SYNTAX
  return { outcome: session.client.secure ? 'already' : 'go' }
}
