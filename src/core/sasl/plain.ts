/** PLAIN (RFC 4616): `[authzid] NUL authcid NUL passwd` in UTF-8, all in one message of the client. */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Identities, Step } from './mechanism.ts'
import { FAILED, strictText, verdict } from './text.ts'

export function plain(answer: Octets, who: Identities): Step {
  const parts = answer.split('\0').map(strictText)
  const [authzid, authcid, password] = parts
  // RFC 4616 2: a name and a password have at least one character. Acting for somebody else is not offered.
  if (parts.length !== 3 || !authcid || !password) return FAILED
  return authzid === '' || authzid === authcid ? verdict(who.login(authcid, password)) : FAILED
}

export const plainMessage = (user: string, password: string): Octets => `\0${utf8Octets(user)}\0${utf8Octets(password)}`
