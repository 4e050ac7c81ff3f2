/**
 * Makes the replica what the server holds (RFC 4549 3): first the server hears what was done offline, then come the folders,
 * then each folder: what is new by UIDNEXT, what has changed and what is gone by QRESYNC or CONDSTORE where they are offered
 * (RFC 7162), else by the flags of all. A folder whose UIDVALIDITY is another one begins anew (RFC 3501 2.3.1.1).
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Task } from '../../task.ts'
import { writeSet } from '../wire/sequence-set.ts'
import type { Done, ImapConnection } from './connection.ts'
import { synchronizeFolders } from './folders.ts'
import { fetchMessages, searchedUids } from './messages.ts'
import { replay, type Conflict } from './replay.ts'
import type { Folder, Replica } from './replica.ts'
import { takeNews, type Doubts } from './taking.ts'

export interface SyncReport {
  /** Null, or why the connection ended before all was done: the replica is what it could become until then. */
  lost: Octets | null
  /** What was done offline and could not be done in the same way on the server. */
  conflicts: Conflict[]
  /** Folders that are now as the server has them. */
  folders: string[]
  /** Those that the server did not let us open, and its words. */
  refused: { folder: string; text: Octets }[]
}

/** Between two looks at a mailbox that others keep changing; after so many, the next synchronisation goes on. */
const MOST_LOOKS = 10

/** `connection` is logged in. */
export function* synchronize(connection: ImapConnection, replica: Replica): Task<SyncReport> {
  const report: SyncReport = { lost: null, conflicts: [], folders: [], refused: [] }
  const over = (done: Done) => {
    if (done.condition === 'LOST') report.lost = done.text
    return report.lost !== null
  }
  if (over(yield* replay(connection, replica, report.conflicts))) return report
  if (over(yield* synchronizeFolders(connection, replica))) return report
  for (const folder of [...replica.folders.values()].filter(({ selectable }) => selectable)) {
    const done = yield* synchronizeFolder(connection, folder)
    if (over(done)) return report
    if (done.condition === 'OK') report.folders.push(folder.name)
    else report.refused.push({ folder: folder.name, text: done.text })
  }
  return report
}

/** Opens the folder and leaves it open: from then on the replica takes in what the server tells of it. */
export function* synchronizeFolder(connection: ImapConnection, folder: Folder): Task<Done> {
  const doubts: Doubts = { messages: false, flags: false }
  const qresync = (yield* connection.has('QRESYNC')) && (yield* connection.enable('QRESYNC'))
  const condstore = qresync || (yield* connection.has('CONDSTORE'))
  const since = folder.uidValidity === null ? null : folder.highestModseq || null
  const bySelect = qresync && since !== null
  const parameters = bySelect ? ` (QRESYNC (${folder.uidValidity} ${since}))` : condstore ? ' (CONDSTORE)' : ''
  connection.listen = (news) => takeNews(folder, news, doubts)
  const opened = yield* connection.select(folder.name, false, parameters)
  const { picture } = connection
  if (opened.condition !== 'OK' || !picture) {
    connection.listen = null
    return opened
  }
  const { uidValidity, uidNext, highestModseq } = picture
  const first = folder.uidValidity === null || uidValidity !== folder.uidValidity
  if (first) begin(folder, uidValidity)
  folder.permanentFlags = picture.permanentFlags
  doubts.messages = folder.doubtful
  const known = folder.uidNext - 1
  let done = opened
  if (!first && known > 0 && (!bySelect || highestModseq === null)) {
    // A lower number than the one we have: the server has lost what it knew.
    const modseq = condstore && since !== null && since <= (highestModseq ?? 0) ? since : null
    if (modseq === null) done = yield* connection.command(`UID FETCH 1:${known} (FLAGS)`)
    else if (modseq !== highestModseq)
      done = yield* connection.command(`UID FETCH 1:${known} (FLAGS) (CHANGEDSINCE ${modseq})`)
  }
  if (done.condition === 'OK' && picture.messages.length > 0 && (uidNext === null || uidNext > folder.uidNext))
    done = yield* fetchArrivals(connection, folder)
  if (done.condition === 'OK') done = yield* settle(connection, folder, doubts)
  if (done.condition !== 'OK') return done
  folder.doubtful = false
  folder.uidNext = Math.max(folder.uidNext, uidNext ?? 1, highest(folder) + 1)
  // What comes after SELECT is told once more the next time: this number is the last that nothing was missed before.
  folder.highestModseq = highestModseq
  return done
}

/** What has come since the folder was last looked at. */
export function* fetchArrivals(connection: ImapConnection, folder: Folder): Task<Done> {
  const done = yield* fetchMessages(connection, `${folder.uidNext}:*`)
  folder.uidNext = Math.max(folder.uidNext, highest(folder) + 1)
  return done
}

/**
 * Until the replica has as many messages as the mailbox, and each number's UID is known: as long as nothing is in doubt, UIDs
 * only vanish or are added at the end, so the same count means the same messages.
 */
export function* settle(connection: ImapConnection, folder: Folder, doubts: Doubts): Task<Done> {
  let done: Done = { condition: 'OK', code: null, text: '', data: [] }
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { picture } = connection
    if (done.condition !== 'OK' || !picture) return done
    const uids = knownUids(folder)
    if (!doubts.messages && uids.length === picture.messages.length) {
      uids.forEach((uid, index) => (picture.messages[index]!.uid = uid))
      if (!doubts.flags) return done
      doubts.flags = false
      done = yield* connection.command('UID FETCH 1:* (FLAGS)')
      continue
    }
    doubts.messages = false
    done = yield* connection.command('UID SEARCH ALL')
    if (done.condition !== 'OK') return done
    const found = searchedUids(done) ?? (connection.picture?.messages.length === 0 ? [] : null)
    if (found === null) return { ...done, condition: 'BAD', text: 'The server does not say which messages there are' }
    const there = new Set(found)
    for (const uid of uids) if (!there.has(uid)) folder.messages.delete(uid)
    const missing = [...there].filter((uid) => !folder.messages.has(uid)).sort((a, b) => a - b)
    if (missing.length > 0) done = yield* fetchMessages(connection, writeSet(missing))
  }
  return done
}

/** RFC 4549 4.1: what the old UIDs meant is nothing any more; what only has a temporary number stays. */
function begin(folder: Folder, uidValidity: number | null): void {
  for (const uid of knownUids(folder)) folder.messages.delete(uid)
  folder.uidValidity = uidValidity
  folder.uidNext = 1
  folder.highestModseq = null
}

/** Rising. */
const knownUids = (folder: Folder): number[] =>
  [...folder.messages.keys()].filter((uid) => uid > 0).sort((a, b) => a - b)

const highest = (folder: Folder): number => knownUids(folder).at(-1) ?? 0
