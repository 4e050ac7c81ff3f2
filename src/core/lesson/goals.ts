/**
 * Which goals of a lesson are met: a fold over the trace. A goal once earned stays earned, whatever happens later; one
 * under `never` is kept until it is broken, and then only a new start helps.
 */
import { utf8Text } from '../bytes/utf8.ts'
import type { Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { checks, type Look } from './checks.ts'
import type { Goal, GoalForm } from './goal-schema.ts'

export interface GoalState {
  readonly id: string
  /** `open` and `earned` for goals, `kept` and `broken` for what must never happen. */
  readonly state: 'open' | 'earned' | 'kept' | 'broken'
  /** The event that earned or broke it. */
  readonly seq: Seq | null
}

export class LessonRun {
  private readonly watched: { goal: Goal; tracker: Tracker; seq: Seq | null }[]

  constructor(goals: readonly Goal[], look: Look) {
    this.watched = goals.map((goal) => ({ goal, tracker: tracker((goal.when ?? goal.never)!, look), seq: null }))
  }

  add(event: TraceEvent): void {
    for (const watched of this.watched) {
      if (watched.seq === null && watched.tracker(event)) watched.seq = event.seq
    }
  }

  get goals(): readonly GoalState[] {
    return this.watched.map(({ goal: { id, never }, seq }) => {
      if (never) return { id, state: seq === null ? 'kept' : 'broken', seq }
      return { id, state: seq === null ? 'open' : 'earned', seq }
    })
  }

  get broken(): boolean {
    return this.watched.some(({ goal, seq }) => goal.never !== undefined && seq !== null)
  }

  /** All is earned, and nothing is broken. */
  get done(): boolean {
    return !this.broken && this.watched.every(({ goal, seq }) => goal.never !== undefined || seq !== null)
  }
}

/** Is shown each event once, in order; true when this one fulfils the goal. */
type Tracker = (event: TraceEvent) => boolean

function tracker(form: GoalForm, look: Look): Tracker {
  const { mailbox, reply, command, lookup, typed, event: wanted, check, all, any, order, session } = form
  if (mailbox) return (event) => holds(event, mailbox, look)
  if (reply) return (event) => isReply(event, reply)
  if (command) return (event) => isCommand(event, command)
  if (lookup) return (event) => isLookup(event, lookup)
  if (typed !== undefined) return (event) => event.kind === 'typed' && matches(event.text.trimEnd(), typed)
  if (wanted) return (event) => isEvent(event, wanted)
  if (check !== undefined) return (event) => checks[check]!(event, look)
  if (all) return allOf(all, look)
  if (any) return anyOf(any, look)
  if (order) return inOrder(order, look)
  return onOneConnection(session!, look)
}

function allOf(forms: readonly GoalForm[], look: Look): Tracker {
  const open = new Set(forms.map((form) => tracker(form, look)))
  return (event) => {
    for (const one of open) if (one(event)) open.delete(one)
    return open.size === 0
  }
}

function anyOf(forms: readonly GoalForm[], look: Look): Tracker {
  const trackers = forms.map((form) => tracker(form, look))
  // Each sees each event, for some remember.
  return (event) => trackers.map((one) => one(event)).includes(true)
}

function inOrder(forms: readonly GoalForm[], look: Look): Tracker {
  const trackers = forms.map((form) => tracker(form, look))
  let next = 0
  return (event) => next < trackers.length && trackers[next]!(event) && ++next === trackers.length
}

function onOneConnection(forms: readonly GoalForm[], look: Look): Tracker {
  const connections = new Map<string, Tracker>()
  return (event) => {
    if (!('conn' in event) || event.conn === null) return false
    const known = connections.get(event.conn)
    const one = known ?? inOrder(forms, look)
    if (!known) connections.set(event.conn, one)
    return one(event)
  }
}

function holds(event: TraceEvent, { account, mailbox, atLeast, contains }: GoalForm['mailbox'] & object, look: Look) {
  if (event.kind !== 'delivered' || !sameWord(event.mailbox, mailbox)) return false
  const fitting = (look.messages(account, mailbox) ?? []).filter((content) => {
    const text = utf8Text(content)
    return contains.every((wanted) => text.includes(wanted))
  })
  return fitting.length >= atLeast
}

function isReply(event: TraceEvent, { code, verb, host, contains }: GoalForm['reply'] & object): boolean {
  return (
    event.kind === 'reply' &&
    [...code].every((digit, at) => digit === 'x' || digit === event.code[at]) &&
    (verb === undefined || sameWord(event.verb ?? '', verb)) &&
    (host === undefined || sameWord(event.host, host)) &&
    (contains === undefined || event.lines.some((line) => utf8Text(line).includes(contains)))
  )
}

function isCommand(event: TraceEvent, { verb, state, matches: pattern, host }: GoalForm['command'] & object): boolean {
  return (
    event.kind === 'command' &&
    sameWord(event.verb ?? '', verb) &&
    (state === undefined || event.state === state) &&
    (host === undefined || sameWord(event.host, host)) &&
    (pattern === undefined || matches(utf8Text(event.line), pattern))
  )
}

function isLookup(event: TraceEvent, { name, type, result, host }: GoalForm['lookup'] & object): boolean {
  return (
    event.kind === 'looked-up' &&
    sameWord(event.name.replace(/\.$/, ''), name) &&
    event.type === type &&
    event.result === result &&
    (host === undefined || sameWord(event.host, host))
  )
}

function isEvent(event: TraceEvent, { kind, host, where }: GoalForm['event'] & object): boolean {
  if (event.kind !== kind || (host !== undefined && !sameWord(event.host, host))) return false
  const values = event as unknown as Readonly<Record<string, unknown>>
  return Object.entries(where).every(([key, wanted]) => {
    const value = values[key]
    const given: readonly unknown[] = Array.isArray(value) ? value : [value]
    return given.some((one) => sameWord(String(one), String(wanted)))
  })
}

const sameWord = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** The whole text fits the pattern, of which `*` is anything. */
export function matches(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const given = text.toLowerCase()
  if (rest.length === 0) return given === first
  if (!given.startsWith(first)) return false
  const last = rest.pop()!
  let at = first.length
  for (const part of rest) {
    const found = given.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return given.length - last.length >= at && given.endsWith(last)
}
