/**
 * The server's side of a SASL exchange, whatever the mechanism: plain data and two functions. The protocol decodes
 * base64, hears `*`, frames the challenges, and forgets the exchange when a step is no challenge.
 */
import type { Octets } from '../bytes/octets.ts'
import { cram, type CramExchange } from './cram-md5.ts'
import { askName, login, type LoginExchange } from './login.ts'
import type { Identities, Mechanism, Step } from './mechanism.ts'
import { plain } from './plain.ts'
import { newScram, scram, type ScramExchange } from './scram.ts'
import { FAILED } from './text.ts'

export type Exchange = { mechanism: 'PLAIN' } | LoginExchange | CramExchange | ScramExchange

/**
 * Who has the first word. Of a mechanism where that is the server, an initial response is an error of the client
 * (RFC 4422 5, point 2a); LOGIN's name is taken as one.
 */
export const speaksFirst = (mechanism: Mechanism): 'client' | 'server' =>
  mechanism === 'CRAM-MD5' ? 'server' : 'client'

/** The password itself crosses the network. */
export const sendsPassword = (mechanism: Mechanism): boolean => mechanism === 'PLAIN' || mechanism === 'LOGIN'

/** `initial` is the initial response; null where none came, which is not the same as an empty one. */
export function begin(
  mechanism: Mechanism,
  initial: Octets | null,
  who: Identities,
): { exchange: Exchange; step: Step } {
  const exchange = newExchange(mechanism, who)
  if (initial === null) return { exchange, step: opening(exchange) }
  return { exchange, step: speaksFirst(mechanism) === 'server' ? FAILED : advance(exchange, initial, who) }
}

/** One answer of the client; changes the exchange in place. */
export function advance(exchange: Exchange, answer: Octets, who: Identities): Step {
  switch (exchange.mechanism) {
    case 'PLAIN':
      return plain(answer, who)
    case 'LOGIN':
      return login(exchange, answer, who)
    case 'CRAM-MD5':
      return cram(exchange, answer, who)
    case 'SCRAM-SHA-256':
      return scram(exchange, answer, who)
  }
}

function newExchange(mechanism: Mechanism, who: Identities): Exchange {
  switch (mechanism) {
    case 'PLAIN':
      return { mechanism }
    case 'LOGIN':
      return { mechanism, user: null }
    case 'CRAM-MD5':
      return { mechanism, challenge: who.nonce() }
    case 'SCRAM-SHA-256':
      return newScram()
  }
}

/** The challenge before the client has said anything: an empty one where the client has the first word. */
function opening(exchange: Exchange): Step {
  if (exchange.mechanism === 'LOGIN') return askName
  return { is: 'challenge', challenge: exchange.mechanism === 'CRAM-MD5' ? exchange.challenge : '' }
}
