/**
 * Asking another host for the mail that waits there, as a host does that is on the line only now and then: ETRN, and the
 * mail is sent to this host's door (RFC 1985); or TURN, and it comes over the same connection (RFC 821 3.8).
 */
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type { Collect } from './config.ts'
import { addressesOf, SMTP_PORT } from './routing.ts'
import type { MailSystem } from './system.ts'

/** For ever. `answer` makes this host the server on a stream that TURN has turned. */
export function* collecting(
  system: MailSystem,
  collect: Collect,
  answer: ((stream: Stream) => void) | undefined,
): Task<void> {
  for (;;) {
    yield* ask(system.machine.sleep(collect.every))
    yield* collectOnce(system, collect, answer)
  }
}

function* collectOnce(
  system: MailSystem,
  { from, by }: Collect,
  answer: ((stream: Stream) => void) | undefined,
): Task<void> {
  const { machine, config, connect } = system
  const located = yield* addressesOf(machine, from)
  if (!('addresses' in located)) return
  for (const address of located.addresses) {
    const dialled = yield* ask(machine.dial(address, SMTP_PORT))
    if (!dialled.ok) continue
    const { stream } = dialled
    // RFC 821's TURN knows no TLS, and a turned stream would have its roles the wrong way round.
    const startTls = by === 'TURN' ? 'never' : system.startTls
    const connection = yield* connect(stream, { helo: machine.host, server: from, startTls }, machine)
    if ('outcome' in connection) continue
    if (by === 'ETRN') {
      for (const domain of config.domains) if (connection.open) yield* connection.etrn(domain)
    } else if (answer && (yield* connection.turn()) === null) {
      answer(stream)
      return
    }
    yield* connection.quit()
    return
  }
}
