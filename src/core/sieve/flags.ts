/** Lists of IMAP flags as scripts write them (RFC 5232 2): strings with blanks between the flags, or lists of such strings. */
import type { Octets } from '../bytes/octets.ts'

/** RFC 3501 2.3.2, as they are written; `\Recent` and what else a client cannot set is passed over. */
const SYSTEM = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft']

/** A keyword is an atom (RFC 3501 9). */
const KEYWORD = /^[^\x00-\x20(){%*"\\\]\x7f-\xff]+$/

/** Each flag once, whatever its case; what is no flag is ignored. */
export function flagsOf(strings: readonly Octets[]): Octets[] {
  const flags = new Map<string, Octets>()
  for (const word of words(strings)) {
    const flag = SYSTEM.find((each) => each.toLowerCase() === word.toLowerCase()) ?? (KEYWORD.test(word) ? word : null)
    if (flag !== null && !flags.has(flag.toLowerCase())) flags.set(flag.toLowerCase(), flag)
  }
  return [...flags.values()]
}

export const words = (strings: readonly Octets[]): Octets[] =>
  strings.flatMap((each) => each.split(' ')).filter((word) => word !== '')

export function withoutFlags(flags: readonly Octets[], removed: readonly Octets[]): Octets[] {
  const gone = new Set(removed.map((flag) => flag.toLowerCase()))
  return flags.filter((flag) => !gone.has(flag.toLowerCase()))
}
