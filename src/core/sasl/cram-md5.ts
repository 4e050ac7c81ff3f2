/** CRAM-MD5 (RFC 2195): the server speaks first; the client proves that it knows the secret without saying it. */
import { hmacMd5Hex } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Identities, Step } from './mechanism.ts'
import { FAILED, strictText, TRANSITION, verdict } from './text.ts'

export interface CramExchange {
  mechanism: 'CRAM-MD5'
  challenge: Octets
}

export function cram(exchange: CramExchange, answer: Octets, who: Identities): Step {
  // The digest is the last word: names may hold blanks.
  const blank = answer.lastIndexOf(' ')
  const user = blank < 0 ? null : strictText(answer.slice(0, blank))
  const known = user === null ? null : who.secret(user)
  if (!known) return FAILED
  if (known.transition) return TRANSITION
  const digest = hmacMd5Hex(utf8Octets(known.password), exchange.challenge)
  return verdict(digest === answer.slice(blank + 1).toLowerCase() ? known.account : null)
}

export const cramMessage = (user: string, password: string, challenge: Octets): Octets =>
  `${utf8Octets(user)} ${hmacMd5Hex(utf8Octets(password), challenge)}`
