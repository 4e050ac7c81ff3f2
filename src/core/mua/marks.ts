/**
 * What a message wants of its reader beside being read: haste (X-Priority as many programs write it, Importance of RFC 2156 5.3.6,
 * Priority) and a receipt (Disposition-Notification-To, RFC 8098 2.1).
 */
import type { Octets } from '../bytes/octets.ts'
import type { ReplicaMessage } from '../imap/client/replica.ts'
import { field } from '../message/fields.ts'

/** As IMAP names this section. */
export const PRIORITY_SECTION = 'HEADER.FIELDS (X-PRIORITY IMPORTANCE PRIORITY DISPOSITION-NOTIFICATION-TO)'

export interface Marks {
  priority: 'high' | 'low' | null
  /** Whom the sender wants the receipt to go to, as written; null where none is wanted. */
  receipt: Octets | null
}

export function marksOf({ parts }: ReplicaMessage): Marks {
  const header = parts.get('') ?? parts.get(PRIORITY_SECTION) ?? ''
  const value = (name: string) => (field(header, name) ?? '').trim().toLowerCase()
  const number = /^[1-5]/.exec(value('X-Priority'))?.[0]
  const words = [value('Importance'), value('Priority')]
  const high = number === '1' || number === '2' || words.includes('high') || words.includes('urgent')
  const low = number === '4' || number === '5' || words.includes('low') || words.includes('non-urgent')
  return { priority: high ? 'high' : low ? 'low' : null, receipt: field(header, 'Disposition-Notification-To') }
}
