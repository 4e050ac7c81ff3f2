/** Where a message is now, and what it looks like there: the letters, the queues, what came back to its sender. */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Text } from '../bytes/utf8.ts'
import { bodyAt, headerFields } from '../message/fields.ts'
import { allParts, type Part } from '../message/mime/part.ts'
import type { Mta } from '../mta/mta.ts'
import type { Store } from '../store/store.ts'
import type { HostName, Millis, Seq } from '../terms.ts'
import type { Hop, Journey, Journeys, Step } from './journey.ts'
import { isStamp } from './letter.ts'
import { letterAt, letterKey, placeName, type LetterPlace } from './mailboxes.ts'

type Delivery = Step & { kind: 'delivered' }

/** The part of a world that holds mail. */
export interface Holders {
  readonly stores: ReadonlyMap<HostName, Store>
  readonly mtas: ReadonlyMap<HostName, Mta>
  /** Where each delivery lay: see whereabouts.ts. */
  readonly places: ReadonlyMap<Seq, readonly LetterPlace[]>
}

export type EndKind = 'queue' | 'mailbox' | 'terminal' | 'failed' | 'returned' | 'dropped' | 'discarded' | 'repeated'

/** One of the places at which a message has come to rest, for now or for good. */
export interface End {
  is: EndKind
  host: HostName
  /** Whom it was for. */
  to: string
  /** The mailbox, the reason, or the report. */
  detail: string
  /** When it is tried again. */
  next: Millis | null
  /** The event of it. */
  seq: Seq
  /** It lies there, by its `letterKey`; null where it does not, or not any more. */
  letter: string | null
}

export function endsOf(journey: Journey, holders: Holders): End[] {
  return journey.hops.flatMap((hop) => {
    const ends = hop.steps.flatMap((step) =>
      step.kind === 'delivered' ? lying(step, holders) : (endOf(hop, step) ?? []),
    )
    return hop.gone ? ends : [...ends, waiting(hop, holders)]
  })
}

function waiting(hop: Hop, holders: Holders): End {
  const { host, to, steps, seq } = hop
  const deferred = steps.findLast((step) => step.kind === 'deferred')
  const end = { is: 'queue', host, letter: null } as const
  if (deferred?.kind !== 'deferred') return { ...end, to: readable(to.join(', ')), detail: '', next: null, seq }
  const { recipients, why, until } = deferred
  return {
    ...end,
    to: readable(recipients.join(', ')),
    detail: readable(why),
    next: isHeld(hop, holders) ? null : until,
    seq: deferred.seq,
  }
}

/** What its host comes for itself is not tried then: it is given up. */
function isHeld(hop: Hop, { mtas }: Holders): boolean {
  const mta = mtas.get(hop.host)
  const entry = mta?.queue().find(({ id }) => id === hop.id)
  return mta !== undefined && entry !== undefined && mta.stateOf(entry) === 'hold'
}

/** The mailboxes in which it is now; where it was delivered to, if it is in none. */
function lying(step: Delivery, holders: Holders): End[] {
  const there = placesOf(step, holders)
  const { host, seq, address } = step
  return (there.length > 0 ? there : [step]).map((place) => ({
    is: 'mailbox',
    host,
    to: readable(address),
    detail: placeName(place),
    next: null,
    seq,
    letter: there.length > 0 ? letterKey(place) : null,
  }))
}

const placesOf = ({ seq }: Delivery, { stores, places }: Holders) =>
  (places.get(seq) ?? []).filter((place) => letterAt(stores, place) !== null)

function endOf({ host }: Hop, step: Step): End | null {
  const end = { host, next: null, seq: step.seq, letter: null, to: '', detail: '' }
  switch (step.kind) {
    case 'shown':
      return { ...end, is: 'terminal', to: readable(step.address), detail: readable(step.account) }
    case 'failed':
    case 'dropped':
    case 'repeated':
      return { ...end, is: step.kind, to: readable(step.recipients.join(', ')), detail: readable(step.why) }
    case 'bounced':
      return { ...end, is: 'returned', to: readable(step.to), detail: step.bounce }
    case 'filtered':
      return step.does === 'discard' ? { ...end, is: 'discarded', to: readable(step.address) } : null
    default:
      return null
  }
}

/** The message as it is to be seen somewhere. */
export interface Copy {
  /** What it is chosen by. */
  key: string
  is: 'mailbox' | 'queue' | 'returned'
  hop: Hop
  /** `claire/INBOX`; '' in a queue. */
  name: string
  content: Octets
  /** What final delivery has put on top of it, in octets. */
  added: number
}

/** So many are offered. */
const MOST_COPIES = 30

export function copiesOf(journey: Journey, journeys: Journeys, holders: Holders): Copy[] {
  const copies: Copy[] = []
  for (const hop of journey.hops) {
    if (copies.length >= MOST_COPIES) break
    for (const step of hop.steps) {
      if (step.kind !== 'delivered') continue
      const added = step.octets - hop.octets
      for (const place of placesOf(step, holders)) {
        const content = letterAt(holders.stores, place)!.content.octets
        copies.push({ key: letterKey(place), is: 'mailbox', hop, name: placeName(place), content, added })
      }
    }
    const entry = hop.gone
      ? undefined
      : holders.mtas
          .get(hop.host)
          ?.queue()
          .find(({ id }) => id === hop.id)
    if (entry) copies.push({ key: `${hop.seq}`, is: 'queue', hop, name: '', content: entry.content, added: 0 })
  }
  return copies.length > 0 ? copies : returned(journey, journeys, holders)
}

/** The one that went through a hop, or else one that has gone through most. */
export function likeliest(copies: readonly Copy[], through: Hop | null): Copy | null {
  const ways = copies.map((copy) => ({ copy, way: wayOf(copy.hop) }))
  const passed = ways.filter(({ way }) => through !== null && way.includes(through))
  const [first, ...rest] = passed.length > 0 ? passed : ways
  return first ? rest.reduce((best, each) => (each.way.length > best.way.length ? each : best), first).copy : null
}

function wayOf(hop: Hop): Hop[] {
  const way: Hop[] = []
  for (let at: Hop | null = hop; at !== null; at = at.parent) way.push(at)
  return way
}

/** What stands in the reports about it. */
function returned(journey: Journey, journeys: Journeys, holders: Holders): Copy[] {
  const numbers = new Set(journey.abouts.flatMap(({ how, number }) => (how === 'bounce' ? [number] : [])))
  return journeys.all
    .filter(({ number, hops }) => numbers.has(number) && hops.length > 0)
    .flatMap((report): Copy[] => {
      const { host, id } = report.hops[0]!
      const hop = journey.hops.find(
        (each) => each.host === host && each.steps.some((step) => step.kind === 'bounced' && step.bounce === id),
      )
      const there = report.hops.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'delivered')
      if (!hop || there?.kind !== 'delivered') return []
      const content =
        letterAt(holders.stores, there)?.content.keep('what came back', ({ tree }) => original(tree.root)) ?? null
      return content === null ? [] : [{ key: id, is: 'returned', hop, name: id, content, added: 0 }]
    })
}

function original(report: Part): Octets | null {
  for (const { type, subtype, source, body } of allParts(report))
    if ((type === 'message' && subtype === 'rfc822') || (type === 'text' && subtype === 'rfc822-headers'))
      return source.slice(body.from, body.to)
  return null
}

/** A line of the header, and the host that has put it there; null for what came with the message. */
export interface AddedLine {
  name: string
  text: string
  by: Hop | null
  /** It looks like the mark of a host, but none on the way has made it. */
  foreign: boolean
}

/** More lines than this are not looked at. */
const MOST_LINES = 200

/**
 * Each host puts its lines on top of what came in, and notes how large the message is then. So what it wrote is known to the
 * octet; only where a host has changed the body, too, its lines are known by their names.
 */
export function addedLines({ content, hop, added }: Copy): AddedLine[] {
  const header = headerFields(content.slice(0, bodyAt(content))).slice(0, MOST_LINES)
  const lines: AddedLine[] = []
  const take = (count: number, by: Hop | null) => {
    for (const { name, raw } of header.splice(0, count)) {
      const text = readable(raw.replaceAll('\r\n', '\n').replace(/\n$/, '').trimStart())
      lines.push({ name: readable(name), text, by, foreign: by === null && isStamp(name) })
    }
  }
  take(onTop(header, added), hop)
  for (let at: Hop | null = hop; at !== null; at = at.parent) {
    const octets = at.given ?? at.parent?.octets ?? (at.how === 'made' ? 0 : at.octets)
    const exact = at.octets === octets ? 0 : onTop(header, at.octets - octets)
    take(at.how === 'made' ? header.length : exact > 0 ? exact : byName(header, at), at)
  }
  take(header.length, null)
  return lines
}

/** How many fields make so many octets; 0 where none do. An empty line may have been put behind them. */
function onTop(fields: readonly { from: number; to: number }[], octets: number): number {
  const start = fields[0]?.from ?? 0
  return fields.findIndex(({ to }) => to - start === octets || to - start === octets - 2) + 1
}

function byName(fields: readonly { name: string; value: Octets }[], { id, how }: Hop): number {
  const isOwn = ({ name, value }: { name: string; value: Octets }) =>
    how === 'handed' || how === 'entered'
      ? (/^received$/i.test(name) && value.includes(` id ${id}`)) ||
        (/^message-id$/i.test(name) && value.startsWith(`<${id}@`))
      : /^(?:delivered-to|list-[a-z]+|precedence)$/i.test(name)
  const end = fields.findIndex((field) => !isOwn(field))
  return end < 0 ? fields.length : end
}

const readable = (octets: string) => harmless(utf8Text(octets))
