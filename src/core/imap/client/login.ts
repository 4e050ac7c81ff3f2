/**
 * How the client says who it is: the best of the mechanisms that both sides speak (RFC 3501 6.2.2, RFC 4959 for the initial
 * response), else LOGIN (RFC 3501 6.2.3). Where that is not wanted, a password does not go in clear.
 */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts'
import { sha256Hex } from '../../bytes/hashes.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import { answer, choose } from '../../sasl/client.ts'
import type { Mechanism } from '../../sasl/mechanism.ts'
import type { Task } from '../../task.ts'
import type { Done, ImapConnection } from './connection.ts'
import { astring } from './write.ts'

export interface LoginWishes {
  /** May the password itself cross a network that is not secured? */
  inClear: boolean
  /** The first answer goes along with AUTHENTICATE where the server takes it so (SASL-IR). */
  initialResponse: boolean
}

/** The client found by itself that it cannot, or must not, go on. */
const unfit = (text: string): Done => ({ condition: 'NO', code: null, text, data: [] })

export function* login(
  connection: ImapConnection,
  user: string,
  password: string,
  { inClear, initialResponse }: LoginWishes,
): Task<Done> {
  yield* connection.has('IMAP4rev1')
  const offered = [...(connection.capabilities ?? [])].flatMap((name) => /^AUTH=(.+)$/.exec(name)?.[1] ?? [])
  const secret = inClear || connection.stream.secure
  const mechanism = choose(secret ? offered : offered.filter((name) => name !== 'PLAIN' && name !== 'LOGIN'))
  const done =
    mechanism !== null
      ? yield* authenticate(connection, user, password, mechanism, initialResponse)
      : yield* plainLogin(connection, user, password, secret)
  if (done.condition !== 'OK') return done
  connection.state = 'authenticated'
  // RFC 3501 6.2.2, 6.2.3: what is offered may be another now, if the answer did not say it.
  if (done.code?.code !== 'CAPABILITY' && !done.data.some(({ is }) => is === 'capability'))
    connection.capabilities = null
  return done
}

function* plainLogin(connection: ImapConnection, user: string, password: string, secret: boolean): Task<Done> {
  if (!secret) return unfit('The password would cross the network in clear')
  if (yield* connection.has('LOGINDISABLED')) return unfit('The server takes no LOGIN here')
  return yield* connection.command('LOGIN ', astring(utf8Octets(user)), ' ', astring(utf8Octets(password)))
}

function* authenticate(
  connection: ImapConnection,
  user: string,
  password: string,
  mechanism: Mechanism,
  initialResponse: boolean,
): Task<Done> {
  const { id, local, peer } = connection.stream
  // Another one for each login: no two connections of a machine have the same name at the same time.
  const nonce = sha256Hex(`${id} ${local.port} ${peer.address} ${connection.machine.now()}`)
  const answers = answer(mechanism, user, password, nonce)
  let { initial } = answers
  let command = `AUTHENTICATE ${mechanism}`
  if (initial !== null && initialResponse && (yield* connection.has('SASL-IR'))) {
    // RFC 4959 3: `=` is an empty one.
    command += ` ${initial === '' ? '=' : encodeBase64(initial)}`
    initial = null
  }
  const done = yield* connection.dialogue(command, (challenge) => {
    if (initial !== null) {
      const opening = encodeBase64(initial)
      initial = null
      return opening
    }
    const octets = decodeBase64(challenge)
    const next = octets === null ? null : answers.next(octets)
    return next === null ? null : encodeBase64(next)
  })
  if (done.condition !== 'OK' || answers.complete) return done
  // RFC 5802 5: who answers OK without a proof is not the server that knows the password.
  yield* connection.logout()
  return unfit('The server did not prove that it knows the password')
}
