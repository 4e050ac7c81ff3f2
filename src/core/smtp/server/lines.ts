/** Command lines: how long they may be, and what is said where one comes out of turn. */
import type { Octets } from '../../bytes/octets.ts'
import type { SmtpRole } from '../backend.ts'
import { LIMITS } from '../grammar.ts'
import type { SmtpState } from '../states.ts'

/** RFC 5321 4.1.1: blanks behind a command are nothing. What lenient hosts overlook before the argument stays here. */
export function withoutTrailingBlanks(text: Octets): Octets {
  let to = text.length
  while (to > 0 && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--
  return text.slice(0, to)
}

export function need(state: SmtpState, role: SmtpRole): string {
  switch (state) {
    case 'connected':
      return role === 'lmtp' ? 'LHLO first' : 'EHLO or HELO first'
    case 'rejected':
      return 'nothing but QUIT is wanted here'
    case 'ready':
      return 'MAIL first'
    case 'chunks':
      return 'the last chunk is missing, send it or RSET'
    default:
      return 'a transaction is open, finish it or RSET'
  }
}

/** By how much an extension lets MAIL, RCPT, VRFY and EXPN grow. */
const growth: Readonly<Record<string, Readonly<Partial<Record<string, number>>>>> = {
  // RFC 1870 3; RFC 6152 2; RFC 3030 3; RFC 4954 5; RFC 1845 2; RFC 6531 3.1.
  MAIL: { SIZE: 26, '8BITMIME': 17, BINARYMIME: 16, AUTH: 500, CHECKPOINT: 88, SMTPUTF8: 10, DSN: 116 },
  // RFC 3461 5.4 has 100 octets of ENVID= and 500 of ORCPT=; the keywords and NOTIFY= come to them.
  RCPT: { DSN: 536 },
  VRFY: { SMTPUTF8: 10 },
  EXPN: { SMTPUTF8: 10 },
}

/** RFC 5321 4.5.3.1.4, RFC 4954 4.2, and what extensions add. */
export function lineLimit(verb: string | null, capabilities: readonly string[]): number {
  if (verb === 'AUTH' || verb === 'response') return LIMITS.authLine
  const more = verb === null ? undefined : growth[verb]
  let limit: number = LIMITS.commandLine
  if (more) for (const capability of capabilities) limit += more[capability] ?? 0
  return limit
}
