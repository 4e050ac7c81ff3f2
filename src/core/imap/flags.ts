/**
 * Flags as clients name them (RFC 3501 2.3.2), and who may change which (RFC 4314 4). How a mailbox spells and keeps them is
 * its own business; \Recent belongs to a session's view and is nothing that anybody can set.
 */
import type { Octets } from '../bytes/octets.ts'

/** In the order of RFC 3501's FLAGS response. */
export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

const SYSTEM: ReadonlySet<string> = new Set(SYSTEM_FLAGS.map((flag) => flag.toLowerCase()))

/** Octets of a keyword, and keywords of a mailbox, whose names every SELECT tells. */
const LONGEST_KEYWORD = 100
const MOST_KEYWORDS = 400

/** What is wrong with these flags of a command, in a few words; null where nothing is. */
export function flagTrouble(flags: readonly string[]): string | null {
  for (const flag of flags) {
    if (!flag.startsWith('\\') || SYSTEM.has(flag.toLowerCase())) continue
    return flag.toLowerCase() === '\\recent' ? '\\Recent cannot be changed' : `there is no flag ${flag}`
  }
  return null
}

/** Are they too many keywords, or too long ones, beside those that the mailbox has? */
export function tooManyKeywords(known: readonly string[], flags: readonly string[]): boolean {
  const keywords = flags.filter((flag) => !flag.startsWith('\\'))
  if (keywords.length === 0) return false
  const names = new Set(known.map((keyword) => keyword.toLowerCase()))
  const news = new Set(keywords.map((keyword) => keyword.toLowerCase()).filter((name) => !names.has(name)))
  return (
    (news.size > 0 && names.size + news.size > MOST_KEYWORDS) || keywords.some(({ length }) => length > LONGEST_KEYWORD)
  )
}

/** RFC 4314 4: `s` is for \Seen, `t` for \Deleted, `w` for all others. */
export function mayChange(rights: string, flag: string): boolean {
  const name = flag.toLowerCase()
  return rights.includes(name === '\\seen' ? 's' : name === '\\deleted' ? 't' : 'w')
}

/** The list of PERMANENTFLAGS (RFC 3501 7.1): what this session can change for good; `\*` says that it may invent keywords. */
export function permanentFlags(rights: string, readOnly: boolean, keywords: readonly string[]): Octets {
  if (readOnly) return '()'
  const flags = [...SYSTEM_FLAGS, ...keywords, '\\*'].filter((flag) => mayChange(rights, flag))
  return `(${flags.join(' ')})`
}
