/**
 * What the store says no to, as the row of the command that is being done names it. Not every row knows each reason by its
 * own name: to APPEND and COPY a mailbox that is not there is one that could be made (RFC 3501 6.3.11, 6.4.7).
 */
import { refused, type Refusal } from '../backend.ts'
import { imapCommands, type OutcomeName, type Verb } from '../commands.ts'
import type { Answered, Turn } from './turn.ts'

/** The names that a reason may have, the best first. */
const NAMES: Readonly<Record<Refusal['no'], readonly string[]>> = {
  nonexistent: ['nonexistent', 'tryCreate'],
  exists: ['exists', 'cannot'],
  noPermission: ['noPermission'],
  cannot: ['cannot', 'nonexistent', 'tryCreate'],
  inUse: ['inUse'],
  hasChildren: ['hasChildren', 'cannot'],
  overQuota: ['overQuota'],
  noSpace: ['noSpace'],
  limit: ['limit', 'noSpace'],
  noSelect: ['noSelect', 'cannot'],
  referral: ['referral'],
}

export function refusal<V extends Verb>({ verb }: Turn, verdict: Refusal): Answered<V> {
  const { outcomes } = imapCommands[verb]
  const outcome = (NAMES[verdict.no].find((name) => name in outcomes) ?? 'unavailable') as OutcomeName<V>
  return verdict.no === 'referral' ? { outcome, values: { url: verdict.url } } : { outcome }
}

/** For commands that are done once the store has done its part. */
export function doneOr<V extends Verb>(turn: Turn, verdict: 'done' | Refusal): Answered<V> {
  return refused(verdict) ? refusal(turn, verdict) : { outcome: 'ok' as OutcomeName<V> }
}
