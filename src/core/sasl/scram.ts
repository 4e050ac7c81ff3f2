/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677), the server's side: `n,,n=user,r=nonce`, `r=nonces,s=salt,i=4096`,
 * `c=biws,r=nonces,p=proof`, `v=signature`. SMTP, POP3 and IMAP have no room for data beside success, so the server's
 * signature goes out as one more challenge, which the client answers with an empty line (RFC 4422 5, point 2b).
 *
 * Channel binding is not offered: the TLS of a simulated network has nothing worth binding to.
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import { sha256 } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Identities, Step } from './mechanism.ts'
import { readSaslName, scramProof } from './scram-keys.ts'
import { FAILED, TRANSITION, verdict } from './text.ts'

export interface ScramExchange {
  mechanism: 'SCRAM-SHA-256'
  /** What the client has to say next; `empty` follows the server's signature. */
  next: 'first' | 'final' | 'empty'
  user: string
  /** The header that the client must repeat in `c=`. */
  header: Octets
  /** Both nonces in one. */
  nonce: Octets
  /** client-first-message-bare and server-first-message, the beginning of AuthMessage. */
  said: Octets
  /** Whose proof was right. */
  account: string
}

/** RFC 7677 4: at least 4096. */
const ITERATIONS = 4096

export const newScram = (): ScramExchange => ({
  mechanism: 'SCRAM-SHA-256',
  next: 'first',
  user: '',
  header: '',
  nonce: '',
  said: '',
  account: '',
})

export function scram(exchange: ScramExchange, answer: Octets, who: Identities): Step {
  switch (exchange.next) {
    case 'first':
      return first(exchange, answer, who)
    case 'final':
      return final(exchange, answer, who)
    case 'empty':
      return answer === '' ? verdict(exchange.account) : FAILED
  }
}

/** gs2-header, then client-first-message-bare: `m=` in front of the name would be an extension that must be understood. */
const FIRST = /^([ny],(?:a=([^,]*))?,)(n=([^,]*),r=([!-+\--~]+)(?:,[A-Za-z]=[^,]+)*)$/

function first(exchange: ScramExchange, answer: Octets, who: Identities): Step {
  const [, header, authzid, bare, name, nonce] = FIRST.exec(answer) ?? []
  const user = name === undefined ? null : readSaslName(name)
  if (user === null || header === undefined) return FAILED
  // Acting for somebody else is not offered.
  if (authzid !== undefined && readSaslName(authzid) !== user) return FAILED
  exchange.user = user
  exchange.header = header
  exchange.nonce = nonce + who.nonce().replace(/[^!-+\--~]/g, '')
  const challenge = `r=${exchange.nonce},s=${encodeBase64(saltOf(user, who))},i=${ITERATIONS}`
  exchange.said = `${bare},${challenge}`
  exchange.next = 'final'
  return { is: 'challenge', challenge }
}

const FINAL = /^(c=([A-Za-z0-9+/=]+),r=([!-+\--~]+)(?:,[A-Za-z]=[^,]+)*),p=([A-Za-z0-9+/=]+)$/

function final(exchange: ScramExchange, answer: Octets, who: Identities): Step {
  const [, withoutProof, binding, nonce, proof] = FINAL.exec(answer) ?? []
  if (binding === undefined || decodeBase64(binding) !== exchange.header || nonce !== exchange.nonce) return FAILED
  // Nobody's password is empty, but the work is done for whoever is not there too: the answer takes as long.
  const known = who.secret(exchange.user)
  if (known?.transition) return TRANSITION
  const salt = saltOf(exchange.user, who)
  const right = scramProof(known?.password ?? '', salt, ITERATIONS, `${exchange.said},${withoutProof}`)
  if (known === null || decodeBase64(proof!) !== right.client) return FAILED
  exchange.account = known.account
  exchange.next = 'empty'
  return { is: 'challenge', challenge: `v=${encodeBase64(right.server)}` }
}

/** The same for an account each time, as if it were kept; whoever is not there gets one too, and learns nothing. */
const saltOf = (user: string, who: Identities): Octets =>
  sha256(`SCRAM salt ${utf8Octets(who.secret(user)?.account ?? user.toLowerCase())}`).slice(0, 16)
