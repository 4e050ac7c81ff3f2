/** Dialling for what was typed at a terminal: the trace learns which connection belongs to it. */
import type { DialFailure } from '../machine.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type { Ipv4 } from '../terms.ts'
import type { Context } from './command.ts'

/** strerror(3) of what connect(2) gave. */
const failures: Readonly<Record<DialFailure, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
  reset: 'Connection reset by peer',
}

/** The stream, or what went wrong. */
export function* dial({ host, terminal }: Context, address: Ipv4, port: number): Task<Stream | string> {
  // The loopback network is the machine itself.
  const dialled = yield* ask(host.machine.dial(address.startsWith('127.') ? host.machine.address : address, port))
  if (!dialled.ok) return failures[dialled.why]
  host.machine.note({ kind: 'terminal-conn', terminal: terminal.id, conn: dialled.stream.id })
  return dialled.stream
}
