/**
 * When a form is met: each becomes a tracker, which is shown every event once, in order. What lies in mailboxes is in no
 * event, so a tracker of a mailbox looks there whenever it has changed; it counts from the moment at which it began.
 */
import { utf8Text } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import { readHeader } from '../message/mime/header.ts'
import { parseMessage } from '../message/mime/parse.ts'
import type { Part } from '../message/mime/part.ts'
import { fieldText } from '../message/mime/search-text.ts'
import type { TraceEvent } from '../trace/events.ts'
import { checks, type Lying, type Look } from './checks.ts'
import type { GoalForm, MailboxForm, QueueForm } from './goal-forms.ts'

/** True when this event fulfils the form. */
export type Tracker = (event: TraceEvent) => boolean

export function tracker(form: GoalForm, look: Look): Tracker {
  const { mailbox, queue, reply, command, lookup, typed, event: wanted, check, all, any, order, session } = form
  if (mailbox) return inMailbox(mailbox, look)
  if (queue) return inQueue(queue)
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
    if (!('conn' in event) || event.conn === null || event.conn === undefined) return false
    const known = connections.get(event.conn)
    const one = known ?? inOrder(forms, look)
    if (!known) connections.set(event.conn, one)
    return one(event)
  }
}

/** Most of a trace, and nothing that a mailbox would change with. */
const IN_FLIGHT: readonly TraceEvent['kind'][] = ['segment', 'datagram', 'dial', 'connected', 'lookup', 'looked-up']

function inMailbox(form: MailboxForm, look: Look): Tracker {
  const now = () => look.mailbox(form.account, form.mailbox)
  let version = now()?.version ?? null
  return (event) => {
    if (IN_FLIGHT.includes(event.kind)) return false
    const box = now()
    if ((box?.version ?? null) === version) return false
    version = box?.version ?? null
    const count = box ? box.messages().filter((message) => fits(message, form)).length : 0
    return form.exactly === undefined ? count >= form.atLeast! : count === form.exactly
  }
}

function fits({ octets, flags }: Lying, { contains, lacks, headers, flags: wanted, structure }: MailboxForm): boolean {
  const text = contains.length + lacks.length > 0 ? utf8Text(octets) : ''
  return (
    contains.every((one) => text.includes(one)) &&
    !lacks.some((one) => text.includes(one)) &&
    wanted.every((flag) => flags.some((one) => sameWord(one, flag))) &&
    headersFit(octets, headers) &&
    (structure === undefined || matches(structureText(octets), structure.replaceAll(' ', '')))
  )
}

function headersFit(octets: Octets, wanted: Readonly<Record<string, string>>): boolean {
  const all = Object.entries(wanted)
  if (all.length === 0) return true
  const header = readHeader(octets)
  return all.every(([name, pattern]) =>
    header.fields.some(
      (field) => sameWord(field.name, name) && matches(fieldText(header.source, field.value), pattern),
    ),
  )
}

/** `multipart/mixed(text/plain,image/png)` */
function structureText(octets: Octets): string {
  const text = ({ type, subtype, children }: Part): string =>
    `${type}/${subtype}${children.length > 0 ? `(${children.map(text).join(',')})` : ''}`
  return text(parseMessage(octets).root)
}

/** A message that was tried in vain, or is held, waits; it is gone when the queue is rid of it, or of this recipient. */
function inQueue({ host, recipient, state }: QueueForm): Tracker {
  const waiting = new Set<string>()
  const concerns = (recipients: readonly string[]) =>
    recipient === undefined || recipients.some((one) => sameWord(one, recipient))
  return (event) => {
    if (!sameWord(event.host, host)) return false
    switch (event.kind) {
      case 'deferred':
        if (!concerns(event.recipients)) return false
        waiting.add(event.id)
        return state === 'waiting'
      case 'sent':
      case 'failed':
      case 'dropped':
        return state === 'gone' && recipient !== undefined && waiting.has(event.id) && concerns(event.recipients)
      case 'delivered':
        return state === 'gone' && recipient !== undefined && waiting.has(event.id) && concerns([event.address])
      case 'removed':
        return state === 'gone' && waiting.has(event.id)
      default:
        return false
    }
  }
}

function isReply(event: TraceEvent, { code, verb, host, contains }: GoalForm['reply'] & object): boolean {
  return (
    event.kind === 'reply' &&
    event.code.length === code.length &&
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
