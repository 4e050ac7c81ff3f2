/** A message goes out the way it goes on Unix: it lies in a file, and sendmail reads it from there. */
import type { Octets } from '../../core/bytes/octets.ts'
import { homeOf } from '../../core/shell/files.ts'
import type { HostName } from '../../core/terms.ts'
import { FILE_LIMITS } from '../../core/world/files.ts'
import type { Run } from '../run.svelte.ts'
import type { Trouble } from './form.ts'

interface Seat {
  host: HostName
  user: string
}

/** The first that is not taken yet. */
export function nextFile({ sim }: Run, { host, user }: Seat): string {
  let number = 1
  while (sim.world.files.read(host, `${homeOf(user)}/message-${number}.eml`) !== null) number++
  return `message-${number}.eml`
}

/** sendmail takes a lone dot for the end of its input, unless it is told to ignore it (-i). */
export const commandFor = (file: string, message: Octets): string =>
  `sendmail ${/^\.\r?$/m.test(message) ? '-i ' : ''}-t < ${file}`

/** Lays the message onto the sender's machine; the command that sends it from there. */
export function layMessage(run: Run, seat: Seat, message: Octets): { command: string } | Trouble {
  const { host, user } = seat
  const file = nextFile(run, seat)
  const path = `${homeOf(user)}/${file}`
  run.do({ act: 'file', host, user, path, data: message })
  if (run.sim.world.files.read(host, path) !== message) {
    const why = message.length > FILE_LIMITS.octets ? 'File too large' : 'No space left on device'
    return { field: 'send', key: 'compose.bad.file', values: { host, why } }
  }
  return { command: commandFor(file, message) }
}
