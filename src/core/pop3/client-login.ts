/**
 * How the client logs in: the mechanism that says least of the password (RFC 5034), then APOP, then USER and PASS. A
 * refusal is final: to try a weaker way next would be what somebody in between is waiting for (RFC 2595 9).
 */
import { decodeBase64, encodeBase64 } from '../bytes/base64.ts'
import { md5Hex } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { answer, choose, type Answers } from '../sasl/client.ts'
import type { Mechanism } from '../sasl/mechanism.ts'
import type { Task } from '../task.ts'
import type { Pop3Job, Pop3Reply } from './client-types.ts'
import type { Talk } from './talk.ts'

/** Who logs in; the nonce is another one each time. */
type Identity = Pick<Pop3Job, 'user' | 'password' | 'nonce'>

type Login = { own: false; reply: Pop3Reply | null } | { own: true; why: string }

const HIDDEN = '********'
/** RFC 5034 4: with an initial response that would make it longer, the command goes alone. */
const LONGEST = 255

export function* logIn(
  talk: Talk,
  job: Identity,
  greeting: Octets,
  capabilities: ReadonlyMap<string, string> | null,
): Task<Login> {
  const mechanism = choose((capabilities?.get('SASL') ?? '').split(' '))
  const timestamp = /<[^<>\s]+@[^<>\s]+>/.exec(greeting)?.[0]
  if (mechanism === 'SCRAM-SHA-256' || mechanism === 'CRAM-MD5') return yield* sasl(talk, job, mechanism)
  if (timestamp !== undefined) {
    const digest = md5Hex(timestamp + utf8Octets(job.password))
    const user = utf8Octets(job.user)
    return { own: false, reply: yield* talk.command(`APOP ${user} ${digest}`, `APOP ${user} ${HIDDEN}`) }
  }
  if (mechanism !== null) return yield* sasl(talk, job, mechanism)
  if (capabilities !== null && !capabilities.has('USER'))
    return { own: true, why: 'The server offers no way to log in that this client speaks' }
  const name = yield* talk.command(`USER ${utf8Octets(job.user)}`)
  if (name?.code !== '+OK') return { own: false, reply: name }
  return { own: false, reply: yield* talk.command(`PASS ${utf8Octets(job.password)}`, `PASS ${HIDDEN}`) }
}

function* sasl(talk: Talk, job: Identity, mechanism: Mechanism): Task<Login> {
  const answers = answer(mechanism, job.user, job.password, job.nonce)
  let initial = answers.initial
  const alone = `AUTH ${mechanism}`
  const long = initial === null ? alone : `${alone} ${initial === '' ? '=' : encodeBase64(initial)}`
  const together = initial !== null && long.length + 2 <= LONGEST
  if (together) initial = null
  let reply = yield* talk.command(together ? long : alone, together ? `${alone} ${HIDDEN}` : alone)
  while (reply?.code === '+') {
    const next = initial ?? challenged(answers, reply.text)
    initial = null
    if (next === null) {
      yield* talk.command('*')
      return { own: true, why: 'The server does not prove that it knows the password' }
    }
    reply = yield* talk.command(encodeBase64(next), HIDDEN)
  }
  if (reply?.code === '+OK' && !answers.complete)
    return { own: true, why: 'The server takes a login that is not finished' }
  return { own: false, reply }
}

function challenged(answers: Answers, text: Octets): Octets | null {
  const challenge = decodeBase64(text.trim())
  return challenge === null ? null : answers.next(challenge)
}
