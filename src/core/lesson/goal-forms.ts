/**
 * The forms that a goal may have: what some server answered, what a mailbox or a queue holds, what was looked up. They are
 * the same under `when`, under `never`, and under the `if` of a hint. `trackers.ts` says when each is met.
 */
import * as v from 'valibot'
import type { TraceEvent } from '../trace/events.ts'
import { keys } from '../world/yaml.ts'
import { checks } from './checks.ts'

export interface MailboxForm {
  account: string
  mailbox: string
  /** How many messages fit: so many or more, or exactly so many. One of the two is there. */
  atLeast?: number
  exactly?: number
  contains: string[]
  lacks: string[]
  /** By name, a pattern for the field's value, encoded words decoded. */
  headers: Record<string, string>
  flags: string[]
  /** `multipart/mixed(text/plain, image/png)`, a pattern. */
  structure?: string
}

export interface QueueForm {
  host: string
  recipient?: string
  state: 'waiting' | 'gone'
}

export interface GoalForm {
  /** Something has happened in this mailbox, and now so many messages in it fit. */
  mailbox?: MailboxForm
  /** A message waits in a queue, or has waited and is gone. */
  queue?: QueueForm
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

const EVENTS = [
  ...['command', 'reply', 'content', 'chunk', 'checkpoint', 'turned', 'data', 'remark'],
  ...['accepted', 'expanded', 'routed', 'attempt', 'sent', 'deferred', 'failed', 'bounced', 'delivered', 'dropped'],
  ...['repeated', 'passed', 'notified', 'shown', 'filtered', 'noticed', 'touched', 'removed'],
  ...['dial', 'connected', 'dial-failed', 'lost', 'fin', 'reset', 'timed-out', 'http', 'tls'],
  ...['lookup', 'looked-up', 'terminal-conn', 'fault', 'skipped', 'zone', 'file'],
] as TraceEvent['kind'][]

const ON_CONNECTIONS = ['reply', 'command', 'event']

const filled = v.pipe(v.string(), v.minLength(1, 'Nothing stands here.'))
const host = v.exactOptional(v.string())
/** `*` stands for anything; case does not matter. */
const pattern = v.pipe(v.string(), v.minLength(1, 'This pattern is empty.'))
const code = v.pipe(
  v.union([v.number(), v.string()]),
  v.transform(String),
  v.check(
    (text) => /^(?:[2-5][0-9x][0-9x]|\+OK|-ERR|\+|OK|NO|BAD|BYE|PREAUTH)$/.test(text),
    'A reply code has three digits, such as 250 (an x is any digit: 5xx); POP3 has +OK and -ERR, IMAP has OK, NO, BAD, BYE, PREAUTH and +.',
  ),
)

const several = v.pipe(
  v.array(v.lazy((): v.GenericSchema<unknown, GoalForm> => goalForm)),
  v.minLength(1, 'At least one goal stands here.'),
)

const texts = v.optional(
  v.pipe(
    v.union([filled, v.array(filled)]),
    v.transform((given) => (typeof given === 'string' ? [given] : given)),
  ),
  [],
)

const mailbox = v.pipe(
  keys({
    account: v.string(),
    mailbox: v.optional(v.string(), 'INBOX'),
    atLeast: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1, 'For none there is exactly: 0.'))),
    exactly: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0))),
    contains: texts,
    lacks: texts,
    headers: v.optional(v.record(v.string(), pattern), {}),
    flags: texts,
    structure: v.exactOptional(pattern),
  }),
  v.check(
    ({ atLeast, exactly }) => atLeast === undefined || exactly === undefined,
    'A mailbox has either atLeast or exactly, not both.',
  ),
  v.transform((form) => (form.exactly === undefined ? { ...form, atLeast: form.atLeast ?? 1 } : form)),
)

export const goalForm: v.GenericSchema<unknown, GoalForm> = v.pipe(
  keys({
    mailbox: v.exactOptional(mailbox),
    queue: v.exactOptional(
      keys({
        host: v.string(),
        recipient: v.exactOptional(filled),
        state: v.optional(v.picklist(['waiting', 'gone']), 'waiting'),
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
  v.check(
    (form) => Object.keys(form).length === 1,
    'A goal has exactly one form, one of: mailbox, queue, reply, command, lookup, typed, event, check, all, any, order, session.',
  ),
  v.check(
    ({ session }) =>
      !session || session.every((form) => Object.keys(form).every((key) => ON_CONNECTIONS.includes(key))),
    `On one connection there are only: ${ON_CONNECTIONS.join(', ')}.`,
  ),
)

/** This form and all that stand in it, each with its place below the first. */
export function* formsIn(form: GoalForm, place: readonly (string | number)[]): Generator<[GoalForm, typeof place]> {
  yield [form, place]
  for (const key of ['all', 'any', 'order', 'session'] as const)
    for (const [at, inner] of (form[key] ?? []).entries()) yield* formsIn(inner, [...place, key, at])
}
