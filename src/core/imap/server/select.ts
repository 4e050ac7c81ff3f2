/**
 * Opening and closing a mailbox, and expunging. What the session is told with SELECT is its picture of the mailbox from then
 * on (see view.ts): the view is taken first, and all that is said is said of it.
 */
import { refused, type ImapMailbox } from '../backend.ts'
import { openView, uidsIn, type View } from '../view.ts'
import { attributes, listLine } from '../list/attributes.ts'
import { readSelectParameters } from '../select/parameters.ts'
import { resynchronize } from '../select/resynchronize.ts'
import { refusal } from './refusal.ts'
import { enableCondstore, tellMailboxFlags } from './report.ts'
import type { Handler, Turn } from './turn.ts'

/** SELECT (RFC 3501 6.3.1) and EXAMINE (RFC 3501 6.3.2). */
const open: Handler<'SELECT' | 'EXAMINE'> = (turn, reader) => {
  const { session, account } = turn
  reader.sp()
  const name = reader.mailbox()
  const parameters = readSelectParameters(turn, reader)
  reader.end()
  const wasOpen = session.view !== null
  turn.closeMailbox()
  // RFC 7162 3.2.11: what was said before is of the mailbox that was open, what follows is of the other.
  if (wasOpen && tellsClosed(turn)) turn.untagged('OK [CLOSED] The previous mailbox is closed')
  if (parameters.condstore) enableCondstore(turn)
  const mailbox = account.open(name)
  if (refused(mailbox)) return refusal(turn, mailbox)
  // RFC 4314 5.2: who may neither insert, expunge nor change a flag reads only.
  const readOnly = turn.verb === 'EXAMINE' || !/[iestw]/.test(mailbox.rights)
  session.view = openView(mailbox, readOnly)
  tellMailbox(turn, mailbox, session.view)
  if (parameters.resync) resynchronize(turn, parameters.resync)
  return { outcome: readOnly ? 'readOnly' : 'readWrite' }
}
export const select: Handler<'SELECT'> = open as Handler<'SELECT'>
export const examine: Handler<'EXAMINE'> = open as Handler<'EXAMINE'>

const tellsClosed = (turn: Turn) =>
  turn.offers('CONDSTORE') || turn.offers('QRESYNC') || turn.session.enabled.has('IMAP4rev2')

/** In the order of the example in RFC 3501 6.3.1. */
function tellMailbox(turn: Turn, mailbox: ImapMailbox, view: View): void {
  const rev2 = turn.session.enabled.has('IMAP4rev2')
  turn.untagged(`${view.uids.length} EXISTS`)
  // RFC 9051 appendix E: neither RECENT nor UNSEEN.
  if (!rev2) {
    turn.untagged(`${view.recent.size} RECENT`)
    const unseen = view.uids.findIndex((uid) => !mailbox.message(uid)!.flags.includes('\\Seen')) + 1
    if (unseen > 0) turn.untagged(`OK [UNSEEN ${unseen}] Message ${unseen} is first unseen`)
  }
  turn.untagged(`OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid`)
  turn.untagged(`OK [UIDNEXT ${mailbox.uidNext}] Predicted next UID`)
  tellMailboxFlags(turn)
  // RFC 7162 3.1.2.1: with every SELECT, whoever has shown interest.
  if (turn.offers('CONDSTORE') || turn.offers('QRESYNC'))
    turn.untagged(`OK [HIGHESTMODSEQ ${mailbox.highestModseq}] Highest`)
  if (!rev2) return
  // RFC 9051 6.3.2: LIST says under which name it is known.
  const info = turn.account.info(mailbox.name)
  if (!refused(info)) turn.untagged(listLine(turn, 'LIST', attributes(info, { children: true }), info.name))
}

/** CLOSE (RFC 3501 6.4.2): expunges, but tells nothing of it; RFC 7162 3.2.8 forbids HIGHESTMODSEQ here. */
export const close: Handler<'CLOSE'> = (turn, reader) => {
  reader.end()
  const { mailbox, view } = turn
  if (!view.readOnly && mailbox.rights.includes('e')) mailbox.expunge(deletedOf(mailbox, view.uids))
  turn.closeMailbox()
  return { outcome: 'ok' }
}

/** UNSELECT (RFC 3691 2): CLOSE without expunging. */
export const unselect: Handler<'UNSELECT'> = (turn, reader) => {
  reader.end()
  turn.closeMailbox()
  return { outcome: 'ok' }
}

/** EXPUNGE (RFC 3501 6.4.3) and UID EXPUNGE (RFC 4315 2.1). */
export const expunge: Handler<'EXPUNGE' | 'UID EXPUNGE'> = (turn, reader) => {
  const { session, mailbox } = turn
  if (turn.byUid) reader.sp()
  const set = turn.byUid ? reader.sequenceSet() : null
  reader.end()
  if (turn.view.readOnly) return { outcome: 'readOnly' }
  // RFC 4314 4.
  if (!mailbox.rights.includes('e')) return { outcome: 'noPermission' }
  // Only what this session knows of is removed, so it is told of everything first.
  turn.sync()
  const { view } = turn
  const uids = set === null ? view.uids : (uidsIn(view, set, true, session.saved) ?? [])
  const gone = mailbox.expunge(deletedOf(mailbox, uids))
  if (gone.length === 0 || !session.enabled.has('QRESYNC')) return { outcome: 'ok' }
  return { outcome: 'modseq', values: { modseq: String(mailbox.highestModseq) } }
}

const deletedOf = (mailbox: ImapMailbox, uids: readonly number[]) =>
  uids.filter((uid) => mailbox.has(uid) && mailbox.message(uid)!.flags.includes('\\Deleted'))
