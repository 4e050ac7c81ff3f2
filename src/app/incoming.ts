/** Files that come onto the page from outside: what they are called on a machine of the world, and what they hold. */
import { toOctets, type Octets } from '../core/bytes/octets.ts'
import { crlfLines } from '../core/message/build.ts'
import { FILE_LIMITS } from '../core/world/files.ts'

export interface Incoming {
  name: string
  octets: Octets
  /** More than a machine of the world takes. */
  tooLarge: boolean
  /** As a letter is shown; null where it is none. */
  letter: Octets | null
}

/** Megabytes. */
export const LARGEST = FILE_LIMITS.octets / 1_000_000

export async function incoming(file: File): Promise<Incoming> {
  const octets = toOctets(new Uint8Array(await file.arrayBuffer()))
  const name = file.name.replace(/[^\p{L}\p{N}_.+-]/gu, '_').replace(/^\.+/, '') || 'file'
  const tooLarge = octets.length > FILE_LIMITS.octets
  return { name, octets, tooLarge, letter: /\.eml$/i.test(name) ? crlfLines(octets) : null }
}
