/** Why a host could not be reached, in the words of Unix: in the log, and in reports. */
import type { DialFailure } from '../machine.ts'

export const DIAL_WORDS: Readonly<Record<DialFailure, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
  reset: 'Connection reset by peer',
}
