/**
 * One session's picture of a mailbox (RFC 3501 5.5, 7.4.1): which messages it was told of, under which numbers, and up to
 * which modification sequence it has heard what became of them.
 *
 * Nothing is pushed into it. The session pulls what has changed, whenever it may tell: flags and arrivals after every command,
 * expunges only where the numbers of a command that is under way cannot change their meaning. Until then an expunged message
 * keeps its number, and can still be fetched. So two sessions on one mailbox never disagree with what each of them was told.
 */
import type { ImapMailbox, MailboxChange } from './backend.ts'
import { settled, type SequenceSet } from './wire/sequence-set.ts'

/** Plain data. */
export interface View {
  /** The mailbox, by the key of the backend's open one. */
  mailbox: string
  readOnly: boolean
  /** What the session was told that there is, by UID; a message's number is its place, from 1. */
  uids: number[]
  /** UIDs that are \Recent here and nowhere else. */
  recent: Set<number>
  /** All changes up to here are told, but those of `unheard`. */
  seen: number
  /** Expunged, and not told yet. */
  unheard: Set<number>
  /** By UID the modification sequence of a change that this session made and was told of already, or silenced. */
  own: Map<number, number>
  /** Flags that FLAGS and PERMANENTFLAGS named: a new keyword has them told anew. */
  keywords: number
}

export type Told =
  | { told: 'expunged'; number: number; uid: number }
  | { told: 'exists'; count: number }
  | { told: 'flags'; number: number; uid: number }

export function openView(mailbox: ImapMailbox, readOnly: boolean): View {
  return {
    mailbox: mailbox.key,
    readOnly,
    uids: [...mailbox.uids()],
    recent: new Set(mailbox.recent(!readOnly)),
    seen: mailbox.highestModseq,
    unheard: new Set(),
    own: new Map(),
    keywords: mailbox.keywords().length,
  }
}

/** What is there to tell, and from now on told: expunges, if they may be, then arrivals, then flags. */
export function pull(view: View, mailbox: ImapMailbox, expunges: boolean): Told[] {
  if (mailbox.highestModseq === view.seen && !(expunges && view.unheard.size > 0)) return []
  const told: Told[] = []
  const changes =
    mailbox.highestModseq === view.seen ? [] : (mailbox.changesSince(view.seen) ?? lookAtAll(view, mailbox))
  const flags = new Set<number>()
  let arrived = false
  for (const { uid, what, modseq } of changes) {
    if (what === 'expunged') view.unheard.add(uid)
    else if (what === 'arrived') arrived = true
    else if (view.own.get(uid) !== modseq) flags.add(uid)
  }
  if (expunges && view.unheard.size > 0) expungeFromView(view, told)
  if (arrived) takeArrivals(view, mailbox, told)
  for (const uid of [...flags].sort((a, b) => a - b)) {
    const number = numberOf(view, uid)
    // What has just arrived is told with its arrival; what is gone has no flags to tell.
    if (number > 0 && mailbox.has(uid)) told.push({ told: 'flags', number, uid })
  }
  view.seen = mailbox.highestModseq
  view.own.clear()
  if (view.unheard.size === 0) mailbox.forget(view.seen)
  return told
}

/** Each number is what it is once the ones before it were told (RFC 3501 7.4.1). */
function expungeFromView(view: View, told: Told[]): void {
  const kept: number[] = []
  for (const uid of view.uids)
    if (view.unheard.has(uid)) {
      told.push({ told: 'expunged', number: kept.length + 1, uid })
      view.recent.delete(uid)
    } else kept.push(uid)
  view.uids = kept
  view.unheard.clear()
}

function takeArrivals(view: View, mailbox: ImapMailbox, told: Told[]): void {
  const last = view.uids[view.uids.length - 1] ?? 0
  const uids = mailbox.uids()
  let from = uids.length
  while (from > 0 && uids[from - 1]! > last) from--
  // An arrival that was expunged before this session heard of it never was; here it leaves no number behind.
  for (const uid of [...view.unheard]) if (uid > last) view.unheard.delete(uid)
  if (from === uids.length) return
  for (let at = from; at < uids.length; at++) view.uids.push(uids[at]!)
  for (const uid of mailbox.recent(!view.readOnly)) if (uid > last) view.recent.add(uid)
  told.push({ told: 'exists', count: view.uids.length })
}

/** When the mailbox no longer knows change by change: what differs now. */
function lookAtAll(view: View, mailbox: ImapMailbox): MailboxChange[] {
  const changes: MailboxChange[] = []
  for (const uid of view.uids) {
    const message = mailbox.has(uid) ? mailbox.message(uid) : null
    if (!message) changes.push({ uid, what: 'expunged', modseq: mailbox.highestModseq })
    else if (message.modseq > view.seen) changes.push({ uid, what: 'flags', modseq: message.modseq })
  }
  changes.push({ uid: mailbox.uidNext - 1, what: 'arrived', modseq: mailbox.highestModseq })
  return changes
}

/** This session changed these flags, and knows it: they are not told again, unless another session's change is still to be told. */
export function rememberOwn(
  view: View,
  mailbox: ImapMailbox,
  before: ReadonlyMap<number, number>,
  changed: readonly number[],
): void {
  for (const uid of changed) {
    const message = mailbox.message(uid)
    const was = before.get(uid) ?? 0
    if (message && (was <= view.seen || view.own.get(uid) === was)) view.own.set(uid, message.modseq)
  }
}

/** 0 where the session was not told of it. */
export function numberOf(view: View, uid: number): number {
  const at = placeOf(view.uids, uid)
  return view.uids[at] === uid ? at + 1 : 0
}

/** The place of the first UID that is not below. */
function placeOf(uids: readonly number[], uid: number): number {
  let low = 0
  let high = uids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (uids[middle]! < uid) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * The UIDs that a set means, rising. Numbers beyond the last are an error (null), as RFC 3501 wants a number that exists
 * (its 9, seq-number); UIDs that are not there are silently left out (its 6.4.8).
 */
export function uidsIn(view: View, set: SequenceSet, byUid: boolean, saved: readonly number[]): number[] | null {
  const { uids } = view
  if (set === 'saved') return saved.filter((uid) => numberOf(view, uid) > 0)
  const found: number[] = []
  if (byUid) {
    for (const [from, to] of settled(set.ranges, uids[uids.length - 1] ?? 0))
      for (let at = placeOf(uids, from); at < uids.length && uids[at]! <= to; at++) found.push(uids[at]!)
    return found
  }
  for (const [from, to] of settled(set.ranges, uids.length)) {
    if (from < 1 || to > uids.length) return null
    for (let number = from; number <= to; number++) found.push(uids[number - 1]!)
  }
  return found
}
