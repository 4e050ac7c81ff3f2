/**
 * Hints that follow what the learner did: first what was wrong with the last line, where a server could not make anything of it
 * and nothing better was said since; then the hints whose `if` has happened; then the others in their order.
 */
import { utf8Text } from '../bytes/utf8.ts'
import type { CommandRow } from '../engine.ts'
import type { Seq } from '../terms.ts'
import { nearest } from '../views/help/meant.ts'
import { tableOf, type Spoken } from '../views/protocols.ts'
import type { Advice } from '../views/speaking.ts'
import type { TerminalsView } from '../views/terminals.ts'
import { sharedOutcomes } from '../world/tables.ts'
import type { Goal } from './goal-schema.ts'
import type { LessonRun } from './goals.ts'

/** A line that went wrong: what was said of it, and what would have been right. */
export interface Slip {
  seq: Seq
  /** What the coach has to say. */
  advice: Advice
  /** The state in which the session is since then. */
  state: string
  /** How it is written; null where the line began with no command, or nobody was there to hear it. */
  grammar: { service: Spoken; verb: string; row: CommandRow<string> } | null
  /** The command that comes next here when all goes well; null where it is not the order that was wrong. */
  next: string | null
  /** The command that was probably meant. */
  meant: string | null
}

export type HintLayer =
  | { layer: 'slip'; slip: Slip }
  /** The hint at this place of the goal; `applies`: its `if` has happened. */
  | { layer: 'hint'; at: number; applies: boolean }

/** What to show for this goal, the first first. A hint whose `if` has not happened is not among them. */
export function hintsFor(
  goal: Goal,
  run: Pick<LessonRun, 'goals' | 'conditionsMet'>,
  terminals: TerminalsView,
): HintLayer[] {
  const slip = slipIn(terminals, run)
  const met = run.conditionsMet(goal.id)
  return [
    ...(slip ? [{ layer: 'slip', slip } as const] : []),
    ...met.map((at) => ({ layer: 'hint', at, applies: true }) as const),
    ...goal.hints.flatMap((hint, at) => (hint.if ? [] : [{ layer: 'hint', at, applies: false } as const])),
  ]
}

/** A mistake that a goal asked for is none; neither is one after which something went well, at whichever terminal. */
function slipIn({ terminals }: TerminalsView, { goals }: Pick<LessonRun, 'goals'>): Slip | null {
  let last: { advice: Advice; state: string } | null = null
  let better: Seq = -1
  for (const { speaking } of terminals.values()) {
    const { advice, state, reply } = speaking
    const refused = advice.findLast((one) => one.advice !== 'remark')
    if (refused && (last === null || refused.seq > last.advice.seq)) last = { advice: refused, state }
    if (!refused && reply) better = Math.max(better, reply.seq)
  }
  if (last === null || last.advice.seq < better || !isSlip(last.advice)) return null
  const { seq } = last.advice
  return goals.some((goal) => goal.seq === seq) ? null : { seq, ...last, ...words(last.advice, last.state) }
}

/** Refusals of what is no shared matter of all commands, but a slip all the same. */
const SLIPS = ['badAddress', 'unknownParameter', 'noRecipients']

/** The line could not be understood, or not now; what was understood and refused is the lesson's own business. */
function isSlip(advice: Advice): boolean {
  if (advice.advice !== 'code') return advice.advice === 'dial'
  return sharedOutcomes(tableOf(advice.protocol).name).includes(advice.outcome) || SLIPS.includes(advice.outcome)
}

const ORDER = ['sequence', 'wrongState', 'noRecipients']

function words(advice: Advice, state: string): Pick<Slip, 'grammar' | 'next' | 'meant'> {
  if (advice.advice !== 'code') return { grammar: null, next: null, meant: null }
  const { protocol, verb, outcome, word } = advice
  const { name, rows, usual, verbs } = tableOf(protocol)
  const row = verb === null ? undefined : rows[verb]
  return {
    grammar: row ? { service: name, verb: verb!, row } : null,
    next: ORDER.includes(outcome) ? (usual[state] ?? null) : null,
    meant: verb === null ? nearest(utf8Text(word), verbs) : null,
  }
}
