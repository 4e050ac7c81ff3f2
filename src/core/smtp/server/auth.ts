/**
 * AUTH (RFC 4954): PLAIN (RFC 4616), LOGIN (as everybody does it, no RFC) and CRAM-MD5 (RFC 2195). The exchange is a
 * state of its own, `challenge`, in which lines are base64 or `*`.
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts'
import { hmacMd5Hex } from '../../bytes/hashes.ts'
import { utf8Octets, utf8Text } from '../../bytes/utf8.ts'
import type { Mechanism } from '../backend.ts'
import type { Handler, Turn } from './turn.ts'

export const auth: Handler<'AUTH'> = (turn, argument) => {
  const { session, backend } = turn
  const { profile } = backend
  if (session.client.user !== null) return { outcome: 'already' }
  const [name = '', initial, ...rest] = argument.split(' ')
  if (name === '' || rest.length > 0) return { outcome: 'syntax' }
  if (profile.authNeedsTls && !session.client.secure) return { outcome: 'tlsFirst' }
  const mechanism = profile.mechanisms.find((other) => other === name.toUpperCase())
  if (!mechanism) return { outcome: 'noMechanism' }
  if (!session.client.secure && mechanism !== 'CRAM-MD5') turn.remark('password-in-clear', mechanism)
  session.exchange = { mechanism, user: null, nonce: mechanism === 'CRAM-MD5' ? backend.nonce() : '' }
  if (initial !== undefined) {
    // RFC 4954 4: a server that speaks first takes no initial response; `=` stands for an empty one.
    if (mechanism === 'CRAM-MD5') return { outcome: 'syntax' }
    const answer = initial === '=' ? '' : decodeBase64(initial)
    return answer === null ? { outcome: 'notBase64' } : advance(turn, answer)
  }
  return ask(firstChallenge(mechanism, session.exchange.nonce))
}

export const response: Handler<'response'> = (turn, argument) => {
  if (argument === '*') return { outcome: 'cancelled' }
  const answer = decodeBase64(argument)
  return answer === null ? { outcome: 'notBase64' } : advance(turn, answer)
}

function firstChallenge(mechanism: Mechanism, nonce: string): string {
  if (mechanism === 'LOGIN') return 'Username:'
  return mechanism === 'CRAM-MD5' ? nonce : ''
}

const ask = (challenge: string) => ({ outcome: 'challenge', values: { challenge: encodeBase64(challenge) } }) as const

/** One decoded answer of the client; what comes next is another challenge or the end. */
function advance(turn: Turn, answer: string): { outcome: 'ok' | 'failed' } | ReturnType<typeof ask> {
  const exchange = turn.session.exchange!
  const { backend } = turn
  switch (exchange.mechanism) {
    case 'PLAIN': {
      // RFC 4616: [authzid] NUL authcid NUL passwd; acting for somebody else is not offered.
      const parts = answer.split('\0')
      if (parts.length !== 3 || (parts[0] !== '' && parts[0] !== parts[1])) return { outcome: 'failed' }
      return end(turn, backend.login(utf8Text(parts[1]!), utf8Text(parts[2]!)))
    }
    case 'LOGIN':
      if (exchange.user === null) {
        exchange.user = utf8Text(answer)
        return ask('Password:')
      }
      return end(turn, backend.login(exchange.user, utf8Text(answer)))
    case 'CRAM-MD5': {
      const blank = answer.lastIndexOf(' ')
      const known = blank < 0 ? null : backend.secret(utf8Text(answer.slice(0, blank)))
      const right =
        known !== null &&
        hmacMd5Hex(utf8Octets(known.password), exchange.nonce) === answer.slice(blank + 1).toLowerCase()
      return end(turn, right ? known.account : null)
    }
  }
}

function end(turn: Turn, user: string | null): { outcome: 'ok' | 'failed' } {
  turn.session.exchange = null
  if (user === null) return { outcome: 'failed' }
  turn.session.client = { ...turn.session.client, user }
  return { outcome: 'ok' }
}
