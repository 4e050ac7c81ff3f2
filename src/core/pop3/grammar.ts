/** Arguments of POP3 commands (RFC 2449 3), and what the lenient dialect takes beyond them. */
import type { Octets } from '../bytes/octets.ts'
import type { Pop3Dialect } from './backend.ts'

/** RFC 2449 4 for commands (the profile says it); RFC 4954 4 gives lines of base64 this much, RFC 5034 no number. */
export const LIMITS = { authLine: 12_288, reply: 512 } as const

/** Words behind the command, one blank between two; a lenient host takes more of them. */
export function words(argument: Octets, dialect: Pop3Dialect): string[] {
  if (argument === '') return []
  if (dialect === 'rfc1939') return argument.split(' ')
  return argument.split(/[ \t]+/).filter((word) => word !== '')
}

/** A message number or a count of lines; null where it is none. What is beyond all numbers is as good as the greatest. */
export const number = (word: string): number | null => (/^\d{1,40}$/.test(word) ? Number(word) : null)
