/**
 * FETCH and UID FETCH (RFC 3501 6.4.5, 6.4.8; RFC 7162 3.1.4 and 3.2.6). A message that another session has expunged is still
 * fetched as long as this one was not told: its number stands until then (RFC 2180 4.1).
 */
import type { Octets } from '../../bytes/octets.ts'
import type { ImapMessage } from '../backend.ts'
import { flagsItem, modseqItem, readItems, uidItem, type FetchItem, type FetchScene } from '../fetch/items.ts'
import { numberOf, rememberOwn, uidsIn } from '../view.ts'
import type { Reader } from '../wire/reader.ts'
import { settled, writeSet, type SequenceSet } from '../wire/sequence-set.ts'
import { enableCondstore, tellNewKeywords, tellsModseq } from './report.ts'
import type { Handler, Turn } from './turn.ts'

interface Modifiers {
  changedSince: number | null
  vanished: boolean
}

export const fetch: Handler<'FETCH' | 'UID FETCH'> = (turn, reader) => {
  const { session, view, mailbox } = turn
  reader.sp()
  const set = reader.sequenceSet()
  reader.sp()
  const scene = sceneOf(turn)
  const asked = readItems(reader, scene)
  const { changedSince, vanished } = readModifiers(turn, reader)
  reader.end()
  let uids = uidsIn(view, set, turn.byUid, session.saved) ?? reader.fail('there is no message of that number')

  if (changedSince !== null || asked.includes(modseqItem)) enableCondstore(turn)
  if (vanished) tellVanished(turn, set, changedSince!)
  if (changedSince !== null) uids = uids.filter((uid) => (mailbox.message(uid)?.modseq ?? 0) > changedSince)
  turn.concerns(uids)
  const read = asked.some(({ reads }) => reads) ? markRead(turn, uids) : NONE
  tellNewKeywords(turn)

  const items = withImplied(turn, asked, changedSince !== null)
  const flags = asked.some(({ name }) => name === 'FLAGS') ? [] : [flagsItem(scene)]
  const afterReading = tellsModseq(session) && !items.includes(modseqItem) ? [modseqItem, ...flags] : flags
  const all = { unknownCte: false }
  let at = -1
  for (const uid of uids) {
    if (view.uids[++at] !== uid) at = numberOf(view, uid) - 1
    // What was expunged elsewhere is held as long as this session counts it.
    tell(turn, at + 1, mailbox.message(uid)!, items, read.has(uid) ? afterReading : [], all)
  }
  return { outcome: all.unknownCte ? 'unknownCte' : 'ok' }
}

function tell(
  turn: Turn,
  number: number,
  message: ImapMessage,
  items: readonly FetchItem[],
  more: readonly FetchItem[],
  all: { unknownCte: boolean },
): void {
  let text: Octets = ''
  for (const item of items) {
    const answer = item.answer(message)
    if (answer === null) all.unknownCte = true
    else text = text === '' ? answer : `${text} ${answer}`
  }
  for (const item of more) text = `${text}${text === '' ? '' : ' '}${item.answer(message)!}`
  // The one item that was asked for may be what cannot be answered.
  if (text !== '') turn.untagged(`${number} FETCH (${text})`)
}

function sceneOf(turn: Turn): FetchScene {
  const { view, session, backend } = turn
  const rev2 = session.enabled.has('IMAP4rev2')
  return {
    utf8: turn.utf8,
    zone: backend.zone,
    offers: (capability) => turn.offers(capability),
    isRecent: (uid) => !rev2 && view.recent.size > 0 && view.recent.has(uid),
  }
}

/** RFC 3501 6.4.8 and RFC 7162 3.1.4.1: UID and MODSEQ belong to these commands, asked for or not. */
function withImplied(turn: Turn, asked: readonly FetchItem[], changedSince: boolean): FetchItem[] {
  const items = [...asked]
  if (changedSince && !items.includes(modseqItem)) items.unshift(modseqItem)
  if (turn.byUid && !items.includes(uidItem)) items.unshift(uidItem)
  return items
}

/** RFC 4466 2.3, RFC 7162 3.1.4.1 and 3.2.6. */
function readModifiers(turn: Turn, reader: Reader): Modifiers {
  const modifiers: Modifiers = { changedSince: null, vanished: false }
  if (!reader.trySp()) return modifiers
  reader.list(() => {
    const name = reader.word('a modifier')
    if (name === 'CHANGEDSINCE' && turn.offers('CONDSTORE')) {
      reader.sp()
      modifiers.changedSince = reader.number('a modification sequence')
    } else if (name === 'VANISHED' && turn.offers('QRESYNC')) modifiers.vanished = true
    else reader.fail(`there is no modifier ${name}`)
  })
  if (!modifiers.vanished) return modifiers
  if (!turn.byUid) reader.fail('VANISHED is for UID FETCH alone')
  if (modifiers.changedSince === null) reader.fail('VANISHED goes with CHANGEDSINCE')
  if (!turn.session.enabled.has('QRESYNC')) reader.fail('VANISHED needs ENABLE QRESYNC first')
  return modifiers
}

/** What of the set was expunged since then. What this session has under a number is told later, by its own VANISHED. */
function tellVanished(turn: Turn, set: SequenceSet, since: number): void {
  const { view, mailbox, session } = turn
  const { uids } = mailbox.expungedSince(since)
  const ranges =
    set === 'saved'
      ? [...session.saved].sort((a, b) => a - b).map((uid) => [uid, uid] as const)
      : settled(set.ranges, view.uids.at(-1) ?? 0)
  let at = 0
  const gone = uids.filter((uid) => {
    while (at < ranges.length && ranges[at]![1] < uid) at++
    return at < ranges.length && ranges[at]![0] <= uid && numberOf(view, uid) === 0
  })
  if (gone.length > 0) turn.untagged(`VANISHED (EARLIER) ${writeSet(gone)}`)
}

const NONE: ReadonlySet<number> = new Set()

/** \Seen for those that have it not yet; where it may be set at all (RFC 3501 6.4.5, RFC 4314 4). */
function markRead(turn: Turn, uids: readonly number[]): ReadonlySet<number> {
  const { view, mailbox } = turn
  if (view.readOnly || !mailbox.rights.includes('s')) return NONE
  const before = new Map<number, number>()
  for (const uid of uids) {
    const message = mailbox.message(uid)
    if (message && !message.flags.includes('\\Seen')) before.set(uid, message.modseq)
  }
  if (before.size === 0) return NONE
  const { changed } = mailbox.setFlags([...before.keys()], 'add', ['\\Seen'], null)
  rememberOwn(view, mailbox, before, changed)
  return new Set(changed)
}
