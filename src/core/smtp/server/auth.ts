/**
 * AUTH (RFC 4954) over the mechanisms of the SASL room. The exchange is a state of its own, `challenge`, in which lines
 * are base64 or `*`.
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts'
import { advance, begin, sendsPassword, speaksFirst } from '../../sasl/exchange.ts'
import type { Step } from '../../sasl/mechanism.ts'
import type { Handler, Turn } from './turn.ts'

export const auth: Handler<'AUTH'> = (turn, argument) => {
  const { session, backend } = turn
  const { profile } = backend
  if (session.client.user !== null) return { outcome: 'already' }
  const [name = '', initial, ...rest] = argument.split(' ')
  if (name === '' || rest.length > 0) return { outcome: 'syntax' }
  if (profile.authNeedsTls && !session.client.secure) return { outcome: 'tlsFirst' }
  if (profile.weak.some((other) => other === name.toUpperCase())) return { outcome: 'tooWeak' }
  const mechanism = profile.mechanisms.find((other) => other === name.toUpperCase())
  if (!mechanism) return { outcome: 'noMechanism' }
  if (!session.client.secure && sendsPassword(mechanism)) turn.remark('password-in-clear', mechanism)
  // RFC 4954 4: where the server speaks first there is no initial response; `=` stands for an empty one.
  if (initial !== undefined && speaksFirst(mechanism) === 'server')
    return { outcome: 'noInitial', values: { mechanism } }
  const answer = initial === '=' ? '' : decodeBase64(initial ?? '')
  if (answer === null) return { outcome: 'notBase64' }
  const { exchange, step } = begin(mechanism, initial === undefined ? null : answer, backend)
  session.exchange = exchange
  return take(turn, step)
}

export const response: Handler<'response'> = (turn, argument) => {
  if (argument === '*') return { outcome: 'cancelled' }
  const answer = decodeBase64(argument)
  return answer === null ? { outcome: 'notBase64' } : take(turn, advance(turn.session.exchange!, answer, turn.backend))
}

/** What comes next is another challenge or the end; the dispatcher forgets the exchange when its state is left. */
function take(turn: Turn, step: Step) {
  if (step.is === 'challenge')
    return { outcome: 'challenge', values: { challenge: encodeBase64(step.challenge) } } as const
  if (step.is !== 'ok') return { outcome: step.is } as const
  turn.session.client = { ...turn.session.client, user: step.user }
  return { outcome: 'ok' } as const
}
