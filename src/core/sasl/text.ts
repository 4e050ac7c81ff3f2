/** What the mechanisms have in common: names and passwords are UTF-8, and a login ends in one of two ways. */
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets, utf8Text } from '../bytes/utf8.ts'
import type { Step } from './mechanism.ts'

export const FAILED: Step = { is: 'failed' }

/** The right account by a mechanism that cannot yet be used for it. */
export const TRANSITION: Step = { is: 'transition' }

export const verdict = (account: string | null): Step => (account === null ? FAILED : { is: 'ok', user: account })

/** Null where the octets are no UTF-8: a name with a replaced character would be somebody else's. */
export function strictText(octets: Octets): string | null {
  const text = utf8Text(octets)
  return utf8Octets(text) === octets ? text : null
}

/**
 * SASLprep (RFC 4013) of a name or a password, so that the same word typed on two keyboards is the same: 2.1 maps odd
 * blanks to a blank and drops what is invisible, 2.2 is NFKC, 2.3 forbids control characters (null). Its remaining
 * tables, of unassigned characters and of directions, would only refuse what somebody has already chosen.
 */
export function saslPrep(text: string): string | null {
  const mapped = text
    .replace(/[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g, ' ')
    .replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200c|\u200d|\u2060|[\ufe00-\ufe0f]|\ufeff/g, '')
    .normalize('NFKC')
  return /[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufff9-\uffff]/.test(mapped) ? null : mapped
}
