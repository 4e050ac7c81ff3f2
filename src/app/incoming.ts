/** Files that come onto the page from outside: what they are called on a machine of the world, and what they hold. */
import { toOctets, type Octets } from '../core/bytes/octets.ts'
import { utf8Text } from '../core/bytes/utf8.ts'
import { crlfLines } from '../core/message/build.ts'
import { FILE_LIMITS } from '../core/world/files.ts'

export interface Incoming {
  name: string
  octets: Octets
  /** More than a machine of the world takes. */
  tooLarge: boolean
  /** As a letter is shown; null where it is none. */
  letter: Octets | null
  /** The text of a world of one's own; null where it is none. */
  world: string | null
}

/** Megabytes. */
export const LARGEST = FILE_LIMITS.octets / 1_000_000

export async function incoming(file: File): Promise<Incoming> {
  const octets = toOctets(new Uint8Array(await file.arrayBuffer()))
  const name = file.name.replace(/[^\p{L}\p{N}_.+-]/gu, '_').replace(/^\.+/, '') || 'file'
  const tooLarge = octets.length > FILE_LIMITS.octets
  const letter = /\.eml$/i.test(name) ? crlfLines(octets) : null
  const world = /\.ya?ml$/i.test(name) && /^hosts[ \t]*:/m.test(octets) ? utf8Text(octets) : null
  return { name, octets, tooLarge, letter, world }
}
