/**
 * The form of goals.yaml. A goal is an outcome, not a keystroke: what some server answered, what a mailbox holds, what
 * was looked up. A goal has one form under `when`; one under `never` must not happen.
 *
 *     goals:
 *       - id: greeting
 *         text: { fr: Le serveur vous salue., en: The server greets you. }
 *         when: { reply: { code: 250, verb: HELO } }
 *         hints:
 *           - { fr: ce qui s'est passé, en: what happened }
 *           - { fr: la grammaire, en: the grammar }
 *           - { fr: la prochaine étape, en: the next step }
 */
import * as v from 'valibot'
import { keys } from '../world/yaml.ts'
import { checks } from './checks.ts'

/** What both languages say. */
const bilingual = keys({ fr: v.pipe(v.string(), v.minLength(1)), en: v.pipe(v.string(), v.minLength(1)) })

const host = v.exactOptional(v.string())
/** `*` stands for anything; case does not matter. */
const pattern = v.pipe(v.string(), v.minLength(1, 'This pattern is empty.'))
const code = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform(String),
  v.check(
    (text) => /^[2-5][0-9x][0-9x]$/.test(text),
    'A reply code has three digits, such as 250; an x is any digit: 5xx.',
  ),
)
const EVENTS = [
  ...['command', 'reply', 'content', 'accepted', 'expanded', 'routed', 'attempt', 'sent', 'deferred', 'failed'],
  ...['bounced', 'delivered', 'dropped', 'removed', 'dial', 'connected', 'dial-failed', 'fin', 'reset', 'timed-out'],
  ...['tls', 'lookup', 'looked-up', 'fault', 'skipped', 'touched', 'filtered', 'file', 'zone'],
] as const

export interface GoalForm {
  /** A message came into this mailbox, and now it holds at least so many that contain all of that. */
  mailbox?: { account: string; mailbox: string; atLeast: number; contains: string[] }
  /** A server answered so. */
  reply?: { code: string; verb?: string; host?: string; contains?: string }
  /** A server heard this. */
  command?: { verb: string; state?: string; matches?: string; host?: string }
  /** Somebody asked the DNS, and found it unless `result` says otherwise. */
  lookup?: { name: string; type: string; result: string; host?: string }
  /** A line typed at a terminal. */
  typed?: string
  /** Anything else in the trace, with these values in it. */
  event?: { kind: (typeof EVENTS)[number]; host?: string; where: Record<string, string | number> }
  /** One of the checks of checks.ts. */
  check?: string
  all?: GoalForm[]
  any?: GoalForm[]
  /** One after the other. */
  order?: GoalForm[]
  /** One after the other, on one connection. */
  session?: GoalForm[]
}

const FORMS = ['mailbox', 'reply', 'command', 'lookup', 'typed', 'event', 'check', 'all', 'any', 'order', 'session']
const ON_CONNECTIONS = ['reply', 'command', 'event']

const several = v.pipe(
  v.array(v.lazy((): v.GenericSchema<unknown, GoalForm> => goalForm)),
  v.minLength(1, 'At least one goal stands here.'),
)

const texts = v.optional(
  v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((given) => (typeof given === 'string' ? [given] : given)),
  ),
  [],
)

const goalForm: v.GenericSchema<unknown, GoalForm> = v.pipe(
  keys({
    mailbox: v.exactOptional(
      keys({
        account: v.string(),
        mailbox: v.optional(v.string(), 'INBOX'),
        atLeast: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
        contains: texts,
      }),
    ),
    reply: v.exactOptional(
      keys({ code, verb: v.exactOptional(v.string()), host, contains: v.exactOptional(v.string()) }),
    ),
    command: v.exactOptional(
      keys({ verb: v.string(), state: v.exactOptional(v.string()), matches: v.exactOptional(pattern), host }),
    ),
    lookup: v.exactOptional(
      keys({
        name: v.string(),
        type: v.optional(v.picklist(['A', 'NS', 'CNAME', 'SOA', 'PTR', 'MX', 'TXT', 'SRV']), 'A'),
        result: v.optional(v.picklist(['found', 'no-data', 'nxdomain', 'servfail', 'timeout', 'refused']), 'found'),
        host,
      }),
    ),
    typed: v.exactOptional(pattern),
    event: v.exactOptional(
      keys({
        kind: v.picklist(EVENTS),
        host,
        where: v.optional(v.record(v.string(), v.union([v.string(), v.number()])), {}),
      }),
    ),
    check: v.exactOptional(v.picklist(Object.keys(checks))),
    all: v.exactOptional(several),
    any: v.exactOptional(several),
    order: v.exactOptional(several),
    session: v.exactOptional(several),
  }),
  v.check((form) => Object.keys(form).length === 1, `A goal has exactly one form, one of: ${FORMS.join(', ')}.`),
  v.check(
    ({ session }) =>
      !session || session.every((form) => Object.keys(form).every((key) => ON_CONNECTIONS.includes(key))),
    `On one connection there are only: ${ON_CONNECTIONS.join(', ')}.`,
  ),
)

const goal = v.pipe(
  keys({
    id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'An id has small letters, digits and hyphens.')),
    text: bilingual,
    when: v.exactOptional(goalForm),
    never: v.exactOptional(goalForm),
    hints: v.optional(v.array(bilingual), []),
  }),
  v.check(
    ({ when, never }) => (when === undefined) !== (never === undefined),
    'A goal has either when (it is earned) or never (it must not happen).',
  ),
  v.check(
    ({ when, hints }) => when === undefined || hints.length >= 2,
    'A goal has at least two hints: first what happened or what is wanted, last the next step.',
  ),
)

export const goalsSchema = keys({
  goals: v.pipe(
    v.array(goal),
    v.check((goals) => goals.some(({ when }) => when !== undefined), 'At least one goal has to be earned.'),
    v.check((goals) => new Set(goals.map(({ id }) => id)).size === goals.length, 'Two goals have the same id.'),
  ),
})

export type Goal = v.InferOutput<typeof goal>
export type Bilingual = v.InferOutput<typeof bilingual>
