/**
 * STORE and UID STORE (RFC 3501 6.4.6, 6.4.8; conditional: RFC 7162 3.1.3). Of flags that the rights allow in part, that part
 * is changed (RFC 4314 4): clients do not handle a NO well.
 */
import { flagTrouble, mayChange, tooManyKeywords } from '../flags.ts'
import { numberOf, rememberOwn, uidsIn } from '../view.ts'
import type { Reader } from '../wire/reader.ts'
import { writeSet } from '../wire/sequence-set.ts'
import { enableCondstore, flagsLines, tellNewKeywords, tellsModseq, tellsUid } from './report.ts'
import type { Handler, Turn } from './turn.ts'

interface Change {
  how: 'replace' | 'add' | 'remove'
  silent: boolean
  flags: readonly string[]
  unchangedSince: number | null
}

export const store: Handler<'STORE' | 'UID STORE'> = (turn, reader) => {
  const { session, view, mailbox } = turn
  reader.sp()
  const set = reader.sequenceSet()
  reader.sp()
  const change = readChange(turn, reader)
  reader.end()
  const uids = uidsIn(view, set, turn.byUid, session.saved) ?? reader.fail('there is no message of that number')

  if (change.unchangedSince !== null) enableCondstore(turn)
  if (view.readOnly) return { outcome: 'readOnly' }
  const { rights } = mailbox
  const allowed = change.flags.filter((flag) => mayChange(rights, flag))
  // To take all flags away is asked of those that may be taken.
  const some = allowed.length > 0 || (change.flags.length === 0 && /[stw]/.test(rights))
  if (!some) return { outcome: 'noPermission' }
  if (change.how !== 'remove' && tooManyKeywords(mailbox.keywords(), allowed)) return { outcome: 'limit' }

  const there = uids.filter((uid) => mailbox.has(uid))
  turn.concerns(there)
  const before = new Map(there.map((uid) => [uid, mailbox.message(uid)!.modseq]))
  const { changed, modified } = carryOut(turn, there, { ...change, flags: allowed })
  rememberOwn(view, mailbox, before, changed)
  tellNewKeywords(turn)
  tellResult(turn, there, modified, change.silent)
  return answer(turn, uids, there, modified, change)
}

function readChange(turn: Turn, reader: Reader): Change {
  let unchangedSince: number | null = null
  if (reader.next === '(') {
    reader.list(() => {
      const name = reader.word('a modifier')
      if (name !== 'UNCHANGEDSINCE' || !turn.offers('CONDSTORE')) reader.fail(`there is no modifier ${name}`)
      reader.sp()
      unchangedSince = reader.number('a modification sequence')
    })
    reader.sp()
  }
  const how = reader.try('+') ? 'add' : reader.try('-') ? 'remove' : 'replace'
  const item = reader.word('FLAGS')
  if (item !== 'FLAGS' && item !== 'FLAGS.SILENT') reader.fail(`there is no item ${item}`)
  reader.sp()
  const flags = reader.flags()
  const trouble = flagTrouble(flags)
  if (trouble !== null) reader.fail(trouble)
  return { how, silent: item === 'FLAGS.SILENT', flags, unchangedSince }
}

function carryOut(turn: Turn, uids: readonly number[], { how, flags, unchangedSince }: Change) {
  const { mailbox } = turn
  const { rights } = mailbox
  if (how !== 'replace' || ['s', 't', 'w'].every((right) => rights.includes(right)))
    return mailbox.setFlags(uids, how, flags, unchangedSince)
  // What the rights do not cover stays as it is, message by message.
  const changed: number[] = []
  const modified: number[] = []
  for (const uid of uids) {
    const fixed = mailbox.message(uid)!.flags.filter((flag) => !mayChange(rights, flag))
    const done = mailbox.setFlags([uid], 'replace', [...flags, ...fixed], unchangedSince)
    changed.push(...done.changed)
    modified.push(...done.modified)
  }
  return { changed, modified }
}

/** The flags as they are now, also where nothing had to be changed; of a silent STORE only what RFC 7162 3.1.3 wants. */
function tellResult(turn: Turn, uids: readonly number[], modified: readonly number[], silent: boolean): void {
  const { view, mailbox, session } = turn
  const withModseq = tellsModseq(session)
  if (silent && !withModseq) return
  const failed = new Set(modified)
  const line = flagsLines(turn)
  const withUid = tellsUid(turn)
  for (const uid of uids) {
    if (failed.has(uid)) continue
    const number = numberOf(view, uid)
    if (!silent) turn.untagged(line(uid, number))
    else turn.untagged(`${number} FETCH (${withUid ? `UID ${uid} ` : ''}MODSEQ (${mailbox.message(uid)!.modseq}))`)
  }
}

/**
 * Numbers that mean expunged messages are an error, UIDs that are not there are none (RFC 3501 6.4.8). RFC 7162 3.1.3 counts
 * the expunged among those that a conditional STORE by numbers has failed for.
 */
function answer(
  { view, byUid }: Turn,
  uids: readonly number[],
  there: readonly number[],
  modified: readonly number[],
  { unchangedSince, silent }: Change,
) {
  const gone = !byUid && there.length < uids.length
  if (gone && unchangedSince === null) return { outcome: silent && there.length > 0 ? 'silentGone' : 'gone' } as const
  const failed = new Set(modified)
  if (gone) {
    const left = new Set(there)
    for (const uid of uids) if (!left.has(uid)) failed.add(uid)
  }
  if (failed.size === 0) return { outcome: 'ok' } as const
  const numbers = uids.flatMap((uid) => (failed.has(uid) ? [byUid ? uid : numberOf(view, uid)] : []))
  return { outcome: gone ? 'modifiedGone' : 'modified', values: { set: writeSet(numbers) } } as const
}
