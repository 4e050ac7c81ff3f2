/**
 * LOGIN: no RFC ever described it, draft-murchison-sasl-login wrote down what everybody does. The server asks twice, and
 * clients look at the order of the questions, not at their words. Many send the name at once, as an initial response.
 */
import type { Octets } from '../bytes/octets.ts'
import type { Identities, Step } from './mechanism.ts'
import { strictText, verdict, FAILED } from './text.ts'

export interface LoginExchange {
  mechanism: 'LOGIN'
  /** Once it was given. */
  user: string | null
}

export const askName: Step = { is: 'challenge', challenge: 'Username:' }

export function login(exchange: LoginExchange, answer: Octets, who: Identities): Step {
  const text = strictText(answer)
  if (text === null) return FAILED
  if (exchange.user !== null) return verdict(who.login(exchange.user, text))
  exchange.user = text
  return { is: 'challenge', challenge: 'Password:' }
}
