/**
 * SEARCH, SORT and THREAD with their UID forms (RFC 3501 6.4.4, RFC 5256), and searches that are kept up to date (RFC 5267).
 * What another session has expunged is not found any more, though its number still stands.
 */
import { charsetNamed } from '../../bytes/charset-names.ts'
import { decodeText } from '../../bytes/charsets.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import type { ImapMailbox, ImapMessage } from '../backend.ts'
import { compile } from '../search/match.ts'
import { readProgram, type Key, type Present } from '../search/program.ts'
import { esearchLine, highestOf, readReturn, savedOf, type ReturnOptions } from '../search/result.ts'
import { readCriteria, sorted, type Criterion } from '../search/sort.ts'
import { byOrderedSubject, byReferences, writeThreads } from '../search/thread.ts'
import type { SearchContext } from '../session.ts'
import { numberOf, type Told, type View } from '../view.ts'
import type { Reader } from '../wire/reader.ts'
import { writeSet } from '../wire/sequence-set.ts'
import { enableCondstore } from './report.ts'
import type { Answered, Handler, Turn } from './turn.ts'

const CHARSETS = 'US-ASCII UTF-8 ISO-8859-1 ISO-8859-15 WINDOWS-1252'
/** Searches of one session that are kept up to date. */
const MOST_CONTEXTS = 16

type SearchVerb = 'SEARCH' | 'UID SEARCH' | 'SORT' | 'UID SORT'
type ThreadVerb = 'THREAD' | 'UID THREAD'

const badCharset = { outcome: 'badCharset', values: { charsets: CHARSETS } } as const

/** RFC 3501 6.4.4. */
export const search: Handler<'SEARCH' | 'UID SEARCH'> = (turn, reader) => {
  reader.sp()
  const options = returnOptions(turn, reader, 'ESEARCH')
  let charset: Octets | null = null
  if (reader.tryWord('CHARSET')) {
    reader.sp()
    charset = reader.astring('a charset')
    reader.sp()
  }
  return find(turn, reader, options, charset, null)
}

/** RFC 5256 3; with RETURN RFC 5267 3. */
export const sort: Handler<'SORT' | 'UID SORT'> = (turn, reader) => {
  reader.sp()
  const options = returnOptions(turn, reader, 'ESORT')
  const criteria = readCriteria(reader, (capability) => turn.offers(capability))
  reader.sp()
  const charset = reader.astring('a charset')
  reader.sp()
  return find(turn, reader, options, charset, criteria)
}

function returnOptions(turn: Turn, reader: Reader, extension: string): ReturnOptions | null {
  if (!turn.offers(extension) || !reader.tryWord('RETURN')) return null
  const options = readReturn(reader, (capability) => turn.offers(capability))
  reader.sp()
  return options
}

function find(
  turn: Turn,
  reader: Reader,
  options: ReturnOptions | null,
  charset: Octets | null,
  order: readonly Criterion[] | null,
): Answered<SearchVerb> {
  const { session, byUid, tag } = turn
  // RFC 5182 2.1: whatever becomes of it, the old result is no longer what `$` means.
  const saves = options?.names.has('SAVE') ?? false
  if (charset !== null && charsetNamed(charset) === null) {
    if (saves) session.saved = []
    return badCharset
  }
  const program = readProgram(reader, presentOf(turn, charset))
  // RFC 5267 4.3: the updates of two searches could not be told apart.
  if (options?.names.has('UPDATE') && session.contexts.some((context) => context.tag === tag))
    reader.fail('a search with this tag is kept up to date already')
  if (program.modseq) enableCondstore(turn)
  const matches = matching(turn, program.key)
  const { messages } = matches
  const places = order && sorted(messages, order)
  const inOrder = (values: number[]) => (places ? places.map((place) => values[place]!) : values)
  const uids = inOrder(messages.map(({ uid }) => uid))
  if (saves) session.saved = savedOf(options!, uids)
  if (options?.names.has('UPDATE')) keep(turn, { tag, byUid, key: program.key, result: uids, order })
  const numbers = byUid ? uids : inOrder(matches.numbers)
  const modseqs = program.modseq ? inOrder(messages.map(({ modseq }) => modseq)) : null
  // RFC 9051 6.4.4: IMAP4rev2 knows no other answer than ESEARCH.
  const asked =
    options ?? (session.enabled.has('IMAP4rev2') && !order ? { names: new Set(['ALL']), partial: null } : null)
  if (asked) {
    const line = esearchLine(asked, { tag, byUid, numbers, modseqs })
    if (line !== null) turn.untagged(line)
  } else {
    const highest = modseqs && highestOf(modseqs)
    const list = numbers.length === 0 ? '' : ` ${numbers.join(' ')}`
    turn.untagged(`${order ? 'SORT' : 'SEARCH'}${list}${highest === null ? '' : ` (MODSEQ ${highest})`}`)
  }
  return completed(turn)
}

/** RFC 5256 3. */
export const thread: Handler<ThreadVerb> = (turn, reader) => {
  reader.sp()
  const algorithm = reader.word('a threading algorithm')
  if (!turn.offers(`THREAD=${algorithm}`)) reader.fail(`there is no algorithm ${algorithm}`)
  reader.sp()
  const charset = reader.astring('a charset')
  reader.sp()
  if (charsetNamed(charset) === null) return badCharset
  const { messages, numbers: own } = matching(turn, readProgram(reader, presentOf(turn, charset)).key)
  const threads = algorithm === 'REFERENCES' ? byReferences(messages) : byOrderedSubject(messages)
  const numbers = turn.byUid ? messages.map(({ uid }) => uid) : own
  turn.untagged(messages.length === 0 ? 'THREAD' : `THREAD ${writeThreads(threads, numbers)}`)
  return completed(turn)
}

/** What was expunged can still be fetched, but not found; as a rule nothing was. */
const nothingIsGone = (view: View, mailbox: ImapMailbox): boolean =>
  view.unheard.size === 0 && (view.seen === mailbox.highestModseq || view.uids.every((uid) => mailbox.has(uid)))

/** What is gone and may not be told yet still has its number (RFC 5530 3). */
const completed = <V extends SearchVerb | ThreadVerb>({ byUid, view, mailbox }: Turn): Answered<V> =>
  ({ outcome: byUid || nothingIsGone(view, mailbox) ? 'ok' : 'expunged' }) as Answered<V>

function presentOf(turn: Turn, charset: Octets | null): Present {
  return {
    uids: turn.view.uids,
    saved: turn.session.saved,
    text: (octets) => (charset === null ? utf8Text(octets) : decodeText(octets, charset)),
    offers: (capability) => turn.offers(capability),
  }
}

interface Matches {
  messages: ImapMessage[]
  /** Theirs. */
  numbers: number[]
}

function matching({ view, mailbox, backend }: Turn, key: Key): Matches {
  const test = compile(key, {
    now: backend.now(),
    zoneMinutes: backend.zone.minutes,
    lastUid: view.uids.at(-1) ?? 0,
    isRecent: (uid) => view.recent.has(uid),
  })
  const matches: Matches = { messages: [], numbers: [] }
  const all = nothingIsGone(view, mailbox)
  const { uids } = view
  for (let place = 0; place < uids.length; place++) {
    const uid = uids[place]!
    const message = all || mailbox.has(uid) ? mailbox.message(uid) : null
    if (!message || !test(message)) continue
    matches.messages.push(message)
    matches.numbers.push(place + 1)
  }
  return matches
}

/** RFC 5267 4.3.1: a search that cannot be kept up to date is answered all the same. */
function keep(turn: Turn, context: SearchContext): void {
  const { contexts } = turn.session
  if (contexts.length < MOST_CONTEXTS) contexts.push(context)
  else turn.untagged(`NO [NOUPDATE "${context.tag.replace(/["\\]/g, '\\$&')}"] Too many searches are kept up to date`)
}

/** RFC 5267 4.3.5. */
export const cancelUpdate: Handler<'CANCELUPDATE'> = (turn, reader) => {
  const tags: Octets[] = []
  while (reader.trySp()) tags.push(reader.string('a tag in quotes'))
  reader.end()
  if (tags.length === 0) reader.fail('a tag in quotes was expected')
  const { session } = turn
  session.contexts = session.contexts.filter(({ tag }) => !tags.includes(tag))
  return { outcome: 'ok' }
}

/** Of what is about to be told, the expunges: by number they must be told before (RFC 5267 4.3.4). */
export function forgetExpunged(turn: Turn, told: readonly Told[]): void {
  const { contexts } = turn.session
  if (contexts.length === 0) return
  // Each number is told as it is once the ones before it are gone; here all stand as they stood.
  const numbers = new Map<number, number>()
  for (const each of told) if (each.told === 'expunged') numbers.set(each.uid, each.number + numbers.size)
  if (numbers.size === 0) return
  for (const context of contexts) tellRemoved(turn, context, (uid) => numbers.get(uid) ?? null)
}

/** What has changed in the mailbox changes what was found: told behind the change itself (RFC 5267 4.3). */
export function updateContexts(turn: Turn): void {
  const { view } = turn
  for (const context of turn.session.contexts) {
    const { messages } = matching(turn, context.key)
    const places = context.order && sorted(messages, context.order)
    const after = places ? places.map((place) => messages[place]!.uid) : messages.map(({ uid }) => uid)
    const now = new Set(after)
    // What was expunged and may not be told yet is still there for the client.
    tellRemoved(turn, context, (uid) => (now.has(uid) || !turn.mailbox.has(uid) ? null : numberOf(view, uid)))
    tellAdded(turn, context, after)
  }
}

const introOf = ({ tag, byUid }: SearchContext) =>
  `ESEARCH (TAG "${tag.replace(/["\\]/g, '\\$&')}")${byUid ? ' UID' : ''}`

/** `numberFor` is null for what stays. Place 0 is any place; in a sorted result places are told (RFC 5267 4.3.4). */
function tellRemoved(turn: Turn, context: SearchContext, numberFor: (uid: number) => number | null): void {
  const words: number[] = []
  const pairs: Octets[] = []
  const kept: number[] = []
  for (const uid of context.result) {
    const number = numberFor(uid)
    if (number === null) {
      kept.push(uid)
      continue
    }
    const word = context.byUid ? uid : number
    words.push(word)
    pairs.push(`${kept.length + 1} ${word}`)
  }
  if (words.length === 0) return
  context.result = kept
  turn.untagged(`${introOf(context)} REMOVEFROM (${context.order ? pairs.join(' ') : `0 ${writeSet(words)}`})`)
}

/** Place 0: it goes where the order of the mailbox puts it (RFC 5267 4.3.3). */
function tellAdded(turn: Turn, context: SearchContext, after: readonly number[]): void {
  const before = new Set(context.result)
  const added = after.filter((uid) => !before.has(uid))
  if (added.length === 0) return
  const word = (uid: number) => (context.byUid ? uid : numberOf(turn.view, uid))
  const { order } = context
  if (!order) {
    context.result = [...context.result, ...added].sort((a, b) => a - b)
    turn.untagged(`${introOf(context)} ADDTO (0 ${writeSet(added.map(word))})`)
    return
  }
  const places = new Map(after.map((uid, place) => [uid, place + 1]))
  // An expunged one that could not be told yet keeps its place, and moves the others.
  const result = [...context.result]
  const pairs: Octets[] = []
  for (const uid of added) {
    const next = result.findIndex((other) => (places.get(other) ?? 0) > places.get(uid)!)
    const at = next < 0 ? result.length : next
    result.splice(at, 0, uid)
    pairs.push(`${at + 1} ${word(uid)}`)
  }
  context.result = result
  turn.untagged(`${introOf(context)} ADDTO (${pairs.join(' ')})`)
}
