/**
 * To open and to close a mailbox, and to remove what is marked in it (RFC 3501 6.3.1, 6.3.2, 6.4.2, 6.4.3). Who comes back to a
 * mailbox that he knows is told what became of it since (RFC 7162 3.2.5).
 */
import { refused } from '../backend.ts'
import { openView, uidsIn } from '../view.ts'
import type { Reader } from '../wire/reader.ts'
import { settled, writeSet, type SequenceSet } from '../wire/sequence-set.ts'
import { mailboxName } from '../wire/writer.ts'
import { refusal } from './refusal.ts'
import { enableCondstore, flagsLines, tellMailboxFlags } from './report.ts'
import type { Answered, Handler, Turn } from './turn.ts'

/** RFC 4314 4: without any of these rights a mailbox is there to be read. */
const WRITING = /[stweip]/

export const select: Handler<'SELECT'> = (turn, reader) => openMailbox(turn, reader, false)
export const examine: Handler<'EXAMINE'> = (turn, reader) => openMailbox(turn, reader, true)

function openMailbox(turn: Turn, reader: Reader, examined: boolean): Answered<'SELECT' | 'EXAMINE'> {
  const { session, account } = turn
  reader.sp()
  const name = reader.mailbox()
  const { condstore, known } = readParameters(turn, reader)
  reader.end()
  const wasOpen = session.view !== null
  // RFC 3501 6.3.1: the mailbox that was open is closed, whatever becomes of this one; RFC 7162 3.2.11 has it said.
  turn.closeMailbox()
  if (wasOpen && (turn.offers('QRESYNC') || session.enabled.has('IMAP4rev2')))
    turn.untagged('OK [CLOSED] Previous mailbox is closed')
  const mailbox = account.open(name)
  if (refused(mailbox)) return refusal(turn, mailbox)
  if (condstore) enableCondstore(turn)
  const readOnly = examined || !WRITING.test(mailbox.rights)
  session.view = openView(mailbox, readOnly)
  tellMailbox(turn)
  if (known?.uidValidity === mailbox.uidValidity) tellSince(turn, known)
  return { outcome: readOnly ? 'readOnly' : 'readWrite' }
}

/** What a client knows of the mailbox from before: QRESYNC (RFC 7162 3.2.5). */
interface Known {
  uidValidity: number
  modseq: number
  uids: SequenceSet | null
}

function readParameters(turn: Turn, reader: Reader): { condstore: boolean; known: Known | null } {
  let condstore = false
  let known: Known | null = null
  if (!reader.trySp()) return { condstore, known }
  reader.list(() => {
    const name = reader.word('a parameter')
    if (name === 'CONDSTORE' && turn.offers('CONDSTORE')) condstore = true
    else if (name === 'QRESYNC' && turn.offers('QRESYNC')) {
      if (!turn.session.enabled.has('QRESYNC')) reader.fail('QRESYNC needs ENABLE QRESYNC first')
      known = readKnown(reader)
    } else reader.fail(`there is no parameter ${name}`)
  })
  return { condstore, known }
}

function readKnown(reader: Reader): Known {
  reader.sp()
  reader.take('(')
  const uidValidity = reader.number32('a UIDVALIDITY')
  reader.sp()
  const modseq = reader.number('a modification sequence')
  let uids: SequenceSet | null = null
  if (reader.trySp()) {
    if (reader.next !== '(') uids = reader.sequenceSet()
    // Pairs of numbers and UIDs, which help servers that forget what was expunged.
    if (reader.next === '(' || reader.trySp()) {
      reader.take('(')
      reader.sequenceSet()
      reader.sp()
      reader.sequenceSet()
      reader.take(')')
    }
  }
  reader.take(')')
  return { uidValidity, modseq, uids }
}

function tellMailbox(turn: Turn): void {
  const { session, mailbox, view } = turn
  const rev2 = session.enabled.has('IMAP4rev2')
  turn.untagged(`${view.uids.length} EXISTS`)
  if (!rev2) {
    turn.untagged(`${view.recent.size} RECENT`)
    const unseen = view.uids.findIndex((uid) => !mailbox.message(uid)!.flags.includes('\\Seen'))
    if (unseen >= 0) turn.untagged(`OK [UNSEEN ${unseen + 1}] Message ${unseen + 1} is the first unseen one`)
  }
  turn.untagged(`OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid`)
  turn.untagged(`OK [UIDNEXT ${mailbox.uidNext}] Predicted next UID`)
  tellMailboxFlags(turn)
  if (turn.offers('CONDSTORE')) turn.untagged(`OK [HIGHESTMODSEQ ${mailbox.highestModseq}] Highest`)
  // RFC 9051 6.3.2: the name as the server writes it.
  if (rev2) turn.untagged(`LIST () "/" ${mailboxName(mailbox.name, turn.utf8)}`)
}

function tellSince(turn: Turn, { modseq, uids }: Known): void {
  const { mailbox, view } = turn
  const last = mailbox.uidNext - 1
  const ranges = uids === null || uids === 'saved' ? [[1, last] as const] : settled(uids.ranges, last)
  let at = 0
  const isKnown = (uid: number) => {
    while (at < ranges.length && ranges[at]![1] < uid) at++
    return at < ranges.length && ranges[at]![0] <= uid
  }
  const vanished = mailbox.expungedSince(modseq).uids.filter(isKnown)
  if (vanished.length > 0) turn.untagged(`VANISHED (EARLIER) ${writeSet(vanished)}`)
  at = 0
  const line = flagsLines(turn)
  for (const [index, uid] of view.uids.entries())
    if (isKnown(uid) && mailbox.message(uid)!.modseq > modseq) turn.untagged(line(uid, index + 1))
}

/** RFC 3501 6.4.2: what is \Deleted goes, and nobody is told here. */
export const close: Handler<'CLOSE'> = (turn, reader) => {
  reader.end()
  const { view, mailbox, session } = turn
  const mayExpunge = !view.readOnly && mailbox.rights.includes('e')
  const gone = mayExpunge ? mailbox.expunge(marked(turn, view.uids)) : []
  const { highestModseq } = mailbox
  turn.closeMailbox()
  // RFC 7162 3.2.8.
  return gone.length > 0 && session.enabled.has('QRESYNC')
    ? { outcome: 'modseq', values: { modseq: String(highestModseq) } }
    : { outcome: 'ok' }
}

/** RFC 3691 2: as CLOSE, without its expunge. */
export const unselect: Handler<'UNSELECT'> = (turn, reader) => {
  reader.end()
  turn.closeMailbox()
  return { outcome: 'ok' }
}

/** EXPUNGE (RFC 3501 6.4.3), and UID EXPUNGE (RFC 4315 2.1) of those that are named. The dispatcher's sync tells them all. */
export const expunge: Handler<'EXPUNGE' | 'UID EXPUNGE'> = (turn, reader) => {
  const { view, mailbox, session } = turn
  let uids: readonly number[] = view.uids
  if (turn.byUid) {
    reader.sp()
    uids = uidsIn(view, reader.sequenceSet(), true, session.saved)!
  }
  reader.end()
  if (view.readOnly) return { outcome: 'readOnly' }
  if (!mailbox.rights.includes('e')) return { outcome: 'noPermission' }
  const gone = mailbox.expunge(marked(turn, uids))
  return gone.length > 0 && session.enabled.has('QRESYNC')
    ? { outcome: 'modseq', values: { modseq: String(mailbox.highestModseq) } }
    : { outcome: 'ok' }
}

function marked({ mailbox }: Turn, uids: readonly number[]): number[] {
  return uids.filter((uid) => mailbox.has(uid) && mailbox.message(uid)!.flags.includes('\\Deleted'))
}
