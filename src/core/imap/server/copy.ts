/** COPY and MOVE with their UID forms (RFC 3501 6.4.7, RFC 6851), and where the messages have come to (RFC 4315 3). */
import { refused, type Copied } from '../backend.ts'
import { uidsIn } from '../view.ts'
import type { Reader } from '../wire/reader.ts'
import { writeSet } from '../wire/sequence-set.ts'
import { refusal } from './refusal.ts'
import type { Handler, Turn } from './turn.ts'

export const copy: Handler<'COPY' | 'UID COPY'> = (turn, reader) => {
  const { uids, gone, to } = readArguments(turn, reader)
  // RFC 2180 4.4: all or nothing.
  if (gone) return { outcome: 'gone' }
  const copied = turn.account.copy(turn.view.mailbox, uids, to)
  if (refused(copied)) return refusal(turn, copied)
  turn.concerns(copied.from, copied)
  if (copied.from.length === 0) return { outcome: 'nothing' }
  return turn.offers('UIDPLUS') ? { outcome: 'ok', values: whereTo(copied) } : { outcome: 'plain' }
}

/** RFC 6851 4.3: COPYUID goes out before the EXPUNGEs, which the dispatcher's sync tells. */
export const move: Handler<'MOVE' | 'UID MOVE'> = (turn, reader) => {
  const { uids, gone, to } = readArguments(turn, reader)
  const { view, mailbox, account } = turn
  if (view.readOnly) return { outcome: 'readOnly' }
  // RFC 6851 4.1: the rights that COPY, STORE of \Deleted and EXPUNGE would ask for.
  if (!/(?=.*e)(?=.*t)/.test(mailbox.rights)) return { outcome: 'noPermission' }
  if (gone) return { outcome: 'gone' }
  const moved = account.move(view.mailbox, uids, to)
  if (refused(moved)) return refusal(turn, moved)
  turn.concerns(moved.from, moved)
  if (moved.from.length === 0) return { outcome: 'nothing' }
  const { uidValidity, from, to: places } = whereTo(moved)
  if (turn.offers('UIDPLUS')) turn.untagged(`OK [COPYUID ${uidValidity} ${from} ${places}] Moved`)
  // RFC 6851 4.4.
  return turn.session.enabled.has('QRESYNC')
    ? { outcome: 'modseq', values: { modseq: String(mailbox.highestModseq) } }
    : { outcome: 'ok' }
}

function readArguments(turn: Turn, reader: Reader): { uids: readonly number[]; gone: boolean; to: string } {
  const { view, mailbox, byUid, session } = turn
  reader.sp()
  const set = reader.sequenceSet()
  reader.sp()
  const to = reader.mailbox()
  reader.end()
  const uids = uidsIn(view, set, byUid, session.saved) ?? reader.fail('there is no message of that number')
  const there = uids.filter((uid) => mailbox.has(uid))
  turn.concerns(there)
  return { uids: there, gone: !byUid && there.length < uids.length, to }
}

const whereTo = ({ uidValidity, from, to }: Copied) => ({
  uidValidity: String(uidValidity),
  from: writeSet(from),
  to: writeSet(to),
})
