/**
 * Who is there: LOGIN, AUTHENTICATE over the mechanisms of the SASL room, and STARTTLS. Whoever fails is told the same
 * whether the name or the password was wrong (RFC 3501 11.2).
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts'
import type { Octets } from '../../bytes/octets.ts'
import { advance, begin, sendsPassword, speaksFirst } from '../../sasl/exchange.ts'
import type { Step } from '../../sasl/mechanism.ts'
import { strictText } from '../../sasl/text.ts'
import { isSafe } from '../capabilities.ts'
import type { Reader } from '../wire/reader.ts'
import type { Handler, Turn } from './turn.ts'

/** LOGIN (RFC 3501 6.2.3): the password goes over the wire as it is. */
export const login: Handler<'LOGIN'> = (turn, reader) => {
  const { session, backend } = turn
  reader.sp()
  const user = strictText(reader.astring('a user name'))
  reader.sp()
  const password = strictText(reader.astring('a password'))
  reader.end()
  if (!session.secure) {
    turn.remark('password-in-clear', 'LOGIN')
    if (backend.profile.passwordNeedsTls) return { outcome: 'tlsFirst' }
  }
  const account = user === null || password === null ? null : backend.login(user, password)
  return account === null ? { outcome: 'failed' } : enter(turn, account)
}

/** AUTHENTICATE (RFC 3501 6.2.2), with an initial response where SASL-IR is offered (RFC 4959). */
export const authenticate: Handler<'AUTHENTICATE'> = (turn, reader) => {
  const { session, backend } = turn
  const { profile } = backend
  reader.sp()
  const name = reader.word('the name of a mechanism')
  const initial = reader.trySp() ? initialResponse(reader) : null
  reader.end()
  if (initial !== null && !turn.offers('SASL-IR')) reader.fail('SASL-IR is not offered here: wait for the + line')
  const mechanism = profile.mechanisms.find((other) => other === name)
  if (!mechanism) return { outcome: 'noMechanism' }
  if (profile.passwordNeedsTls && !session.secure && !isSafe(mechanism)) return { outcome: 'tlsFirst' }
  if (!session.secure && sendsPassword(mechanism)) turn.remark('password-in-clear', mechanism)
  // RFC 4959 3: of a mechanism where the server has the first word there is no initial response.
  if (initial !== null && speaksFirst(mechanism) === 'server') reader.fail(`with ${mechanism} the server speaks first`)
  // RFC 4959 3: `=` is an empty one.
  const answer = initial === '=' ? '' : decodeBase64(initial ?? '')
  if (answer === null) return { outcome: 'notBase64' }
  const { exchange, step } = begin(mechanism, initial === null ? null : answer, backend)
  session.exchange = exchange
  return take(turn, step)
}

function initialResponse(reader: Reader): Octets {
  const response = reader.text.slice(reader.at)
  reader.at = reader.text.length
  return response
}

/** A line of the exchange: base64, or `*` to give up. */
export const response: Handler<'response'> = (turn, { text }) => {
  const { session, backend } = turn
  const answer = text === '*' ? null : decodeBase64(text)
  if (answer !== null) return take(turn, advance(session.exchange!, answer, backend))
  session.exchange = null
  return { outcome: text === '*' ? 'cancelled' : 'notBase64' }
}

function take(turn: Turn, step: Step) {
  if (step.is === 'challenge')
    return { outcome: 'challenge', values: { challenge: encodeBase64(step.challenge) } } as const
  turn.session.exchange = null
  return step.is === 'ok' ? enter(turn, step.user) : ({ outcome: 'failed' } as const)
}

/**
 * The password was right. RFC 2221 4.1 lets a server refer whoever names a user; here only that user is told where the
 * mailboxes lie, and nobody learns by guessing who has one.
 */
function enter(turn: Turn, user: string) {
  const url = turn.backend.referral(user)
  if (url !== null) return { outcome: 'referral', values: { url } } as const
  turn.session.user = user
  return { outcome: 'ok' } as const
}

/** RFC 3501 6.2.1. The dispatcher starts the handshake behind the reply and throws away what was pipelined after it. */
export const starttls: Handler<'STARTTLS'> = ({ session }, reader) => {
  reader.end()
  return { outcome: session.secure ? 'already' : 'go' }
}
