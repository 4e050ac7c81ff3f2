/**
 * Says to the server what was done offline, in the order in which it was done (RFC 4549 4.2.2). A change leaves the queue when
 * the server has answered, so that a connection that breaks loses none and repeats none that would do harm. Where the world
 * has changed meanwhile, nothing is forced, and no message is lost: what could not be done is reported.
 */
import type { Octets } from '../../bytes/octets.ts'
import { field } from '../../message/fields.ts'
import type { Task } from '../../task.ts'
import { writeSet } from '../wire/sequence-set.ts'
import type { Done, ImapConnection } from './connection.ts'
import { searchedUids } from './messages.ts'
import type { Change, Replica } from './replica.ts'
import { mailbox, string, type Piece } from './write.ts'

/**
 * - `gone`: the message, or its folder, is no more
 * - `uid-validity`: the folder began anew, and nobody knows which message was meant
 * - `merged`: another client changed the same message; both changes are in it now
 * - `kept`: the message changed after the person decided to delete it, and so it was not
 * - `refused`: the server does not want it; an appended message waits here for the next time
 * - `untraced`: the server has the copy, but did not say which it is, and this change of it was not made
 */
export interface Conflict {
  change: Change
  why: 'gone' | 'uid-validity' | 'merged' | 'kept' | 'refused' | 'untraced'
  /** What the server said. */
  text: Octets
}

type Flags = Extract<Change, { do: 'flags' }>
type Transfer = Extract<Change, { do: 'copy' | 'move' }>
type Delete = Extract<Change, { do: 'delete' }>
type Append = Extract<Change, { do: 'append' }>

/** What became of a change: it is through, in one way or the other, or waits; or all ended. */
type Fate = { fate: 'done' } | { fate: 'waits' } | { fate: 'conflict'; why: Conflict['why']; text: Octets } | Lost
interface Lost {
  fate: 'lost'
  done: Done
}

const DONE: Fate = { fate: 'done' }
const OK: Done = { condition: 'OK', code: null, text: '', data: [] }
const conflict = (why: Conflict['why'], text: Octets = ''): Fate => ({ fate: 'conflict', why, text })
/** An answer that is no OK. */
const refusedBy = (done: Done): Fate =>
  done.condition === 'LOST' ? { fate: 'lost', done } : conflict('refused', done.text)

export function* replay(connection: ImapConnection, replica: Replica, conflicts: Conflict[]): Task<Done> {
  return yield* new Replay(connection, replica, conflicts).all()
}

class Replay {
  private readonly connection: ImapConnection
  private readonly replica: Replica
  private readonly conflicts: Conflict[]

  constructor(connection: ImapConnection, replica: Replica, conflicts: Conflict[]) {
    this.connection = connection
    this.replica = replica
    this.conflicts = conflicts
  }

  *all(): Task<Done> {
    const { changes } = this.replica
    this.connection.listen = null
    for (let at = 0; at < changes.length;) {
      const change = changes[at]!
      // What it is about waits itself.
      const fate: Fate = change.do !== 'append' && change.uid < 0 ? { fate: 'waits' } : yield* this.one(change)
      if (fate.fate === 'lost') return fate.done
      if (fate.fate === 'conflict') this.conflicts.push({ change, why: fate.why, text: fate.text })
      if (fate.fate === 'waits' || (fate.fate === 'conflict' && fate.why === 'refused' && change.do === 'append')) at++
      else {
        changes.splice(at, 1)
        if (fate.fate === 'conflict' && (change.do === 'copy' || change.do === 'move'))
          this.resolve(change.to, change.temporary, null)
      }
    }
    return OK
  }

  private one(change: Change): Task<Fate> {
    switch (change.do) {
      case 'flags':
        return this.flags(change)
      case 'copy':
      case 'move':
        return this.transfer(change)
      case 'delete':
        return this.remove(change)
      case 'append':
        return this.append(change)
    }
  }

  /** RFC 7162 3.1.3: changes of single flags go together with whatever others did to the message. */
  private *flags(change: Flags): Task<Fate> {
    const opened = yield* this.open(change.folder, change.uidValidity)
    if (opened) return opened
    const conditional = change.modseq !== null && (yield* this.connection.has('CONDSTORE'))
    let condition = conditional ? ` (UNCHANGEDSINCE ${change.modseq})` : ''
    let modified = false
    for (const [sign, flags] of [
      ['+', change.add],
      ['-', change.remove],
    ] as const) {
      if (flags.length === 0) continue
      let stored = yield* this.store(change.uid, condition, sign, flags)
      if (stored.code?.code === 'MODIFIED') {
        modified = true
        stored = yield* this.store(change.uid, '', sign, flags)
      }
      condition = ''
      if (stored.condition === 'LOST') return refusedBy(stored)
      if (stored.condition !== 'OK') return (yield* this.gone(change.uid)) ?? conflict('refused', stored.text)
      this.hearModseq(change, stored)
      if (!stored.data.some((response) => response.is === 'fetch')) {
        const gone = yield* this.gone(change.uid)
        if (gone) return gone
      }
    }
    return modified ? conflict('merged') : DONE
  }

  private *store(uid: number, condition: Octets, sign: '+' | '-', flags: readonly string[]): Task<Done> {
    return yield* this.connection.command(`UID STORE ${uid}${condition} ${sign}FLAGS (${flags.join(' ')})`)
  }

  /** What this client changes itself must not look like another one's change to the rest of the queue. */
  private hearModseq({ folder, uid }: Flags, { data }: Done): void {
    for (const response of data) {
      if (response.is !== 'fetch' || response.data.uid !== uid || response.data.modseq === null) continue
      for (const later of this.replica.changes)
        if ((later.do === 'flags' || later.do === 'delete') && later.folder === folder && later.uid === uid)
          if (later.modseq !== null) later.modseq = Math.max(later.modseq, response.data.modseq)
    }
  }

  /** A conflict where the message is no more, or the loss of the connection; null where it is there. */
  private *gone(uid: number): Task<Fate | null> {
    const looked = yield* this.connection.command(`UID FETCH ${uid} (FLAGS)`)
    if (looked.condition === 'LOST') return refusedBy(looked)
    return looked.data.some(({ is }) => is === 'fetch') ? null : conflict('gone')
  }

  private *transfer(change: Transfer): Task<Fate> {
    const { connection } = this
    const { folder, uid, to, temporary } = change
    const opened = yield* this.open(folder, change.uidValidity)
    if (opened) return opened
    const gone = yield* this.gone(uid)
    if (gone) return gone
    const moves = change.do === 'move' && (yield* connection.has('MOVE'))
    const before = (yield* connection.has('UIDPLUS')) ? null : yield* this.uidNextOf(to)
    const moved = yield* this.creating(to, [`UID ${moves ? 'MOVE' : 'COPY'} ${uid} `, mailbox(to)])
    if (moved.condition !== 'OK') {
      // It stays where it was; the synchronisation finds it there.
      return (yield* this.gone(uid)) ?? refusedBy(moved)
    }
    const copied = [moved, ...moved.data].flatMap((response) => ('code' in response ? [response.code] : []))
    const found = copied.find((code) => code?.code === 'COPYUID')
    if (found?.code === 'COPYUID')
      this.resolve(to, temporary, { uid: found.to[0]?.[0] ?? null, uidValidity: found.uidValidity })
    else {
      const traced = yield* this.trace(to, temporary, before, null)
      if (traced) return traced
    }
    return change.do === 'move' && !moves ? yield* this.takeAway(change) : DONE
  }

  /** The second half of a move: if the connection breaks now, only this has still to be done. */
  private *takeAway(change: Transfer): Task<Fate> {
    const { folder, uid, uidValidity } = change
    const { changes } = this.replica
    const rest: Delete = { do: 'delete', folder, uid, uidValidity, modseq: null }
    changes[changes.indexOf(change)] = rest
    return yield* this.remove(rest)
  }

  private *remove({ folder, uid, uidValidity, modseq }: Delete): Task<Fate> {
    const opened = yield* this.open(folder, uidValidity)
    if (opened) return opened
    const conditional = modseq !== null && (yield* this.connection.has('CONDSTORE'))
    const expunged = yield* this.expunge(uid, conditional ? ` (UNCHANGEDSINCE ${modseq})` : '')
    if (expunged.condition === 'OK' && expunged.code?.code !== 'MODIFIED') return DONE
    if (expunged.condition === 'LOST') return refusedBy(expunged)
    const gone = yield* this.gone(uid)
    // That was what the person wanted.
    if (gone) return gone.fate === 'lost' ? gone : DONE
    const why = expunged.code?.code === 'MODIFIED' ? 'kept' : 'refused'
    return conflict(why, expunged.text)
  }

  /** This message and no other, also where UID EXPUNGE (RFC 4315) is not offered: the others are spared for a moment. */
  private *expunge(uid: number, condition: Octets): Task<Done> {
    const { connection } = this
    const deleted = yield* this.store(uid, condition, '+', ['\\Deleted'])
    if (deleted.condition !== 'OK' || deleted.code?.code === 'MODIFIED') return deleted
    if (yield* connection.has('UIDPLUS')) return yield* connection.command(`UID EXPUNGE ${uid}`)
    const searched = yield* connection.command('UID SEARCH DELETED')
    if (searched.condition !== 'OK') return searched
    const others = writeSet((searchedUids(searched) ?? []).filter((other) => other !== uid))
    if (others !== '') yield* connection.command(`UID STORE ${others} -FLAGS.SILENT (\\Deleted)`)
    const expunged = yield* connection.command('EXPUNGE')
    if (others !== '') yield* connection.command(`UID STORE ${others} +FLAGS.SILENT (\\Deleted)`)
    return expunged
  }

  private *append(change: Append): Task<Fate> {
    const { connection } = this
    const { folder, temporary, octets, flags, internalDate } = change
    if (change.uncertain) {
      const found = yield* this.search(folder, change.uidNext, octets)
      if (found === 'lost') return refusedBy(connection.lost())
      if (found.length > 0) {
        this.resolve(folder, temporary, { uid: found.length === 1 ? found[0]! : null, uidValidity: null })
        return DONE
      }
    }
    const before = (yield* connection.has('UIDPLUS')) ? null : yield* this.uidNextOf(folder)
    const list = flags.length > 0 ? ` (${flags.join(' ')})` : ''
    const date = internalDate === null ? '' : ` "${internalDate}"`
    change.uncertain = true
    const command = ['APPEND ', mailbox(folder), `${list}${date} `, { literal: octets }]
    const appended = yield* this.creating(folder, command)
    if (appended.condition === 'LOST') return refusedBy(appended)
    if (appended.condition !== 'OK') {
      change.uncertain = false
      return conflict('refused', appended.text)
    }
    const { code } = appended
    if (code?.code === 'APPENDUID')
      this.resolve(folder, temporary, { uid: code.uids[0]?.[0] ?? null, uidValidity: code.uidValidity })
    else {
      const traced = yield* this.trace(folder, temporary, before, octets)
      if (traced) return traced
    }
    return DONE
  }

  /** RFC 3501 7.1, TRYCREATE: the folder is made, and the command tried once more. */
  private *creating(name: string, command: Piece[]): Task<Done> {
    const { connection } = this
    const done = yield* connection.command(...command)
    if (done.condition !== 'NO' || done.code?.code !== 'other' || done.code.name !== 'TRYCREATE') return done
    const created = yield* connection.command('CREATE ', mailbox(name))
    return created.condition === 'OK' ? yield* connection.command(...command) : done
  }

  /** Null when the folder is open and is the one that was meant. */
  private *open(name: string, uidValidity: number | null): Task<Fate | null> {
    const { connection } = this
    const { picture } = connection
    if (picture?.mailbox !== name || picture.readOnly) {
      const opened = yield* connection.select(name)
      if (opened.condition === 'LOST') return refusedBy(opened)
      if (opened.condition !== 'OK') return conflict('gone', opened.text)
    }
    const same = uidValidity === null || connection.picture?.uidValidity === uidValidity
    return same ? null : conflict('uid-validity')
  }

  private *uidNextOf(name: string): Task<number | null> {
    const done = yield* this.connection.command('STATUS ', mailbox(name), ' (UIDNEXT)')
    const status = done.data.find((response) => response.is === 'status')
    // In a folder that has still to be made, everything is new.
    return status?.is === 'status' ? (status.items.UIDNEXT ?? null) : 1
  }

  /** Without UIDPLUS: finds what was just put there, if the rest of the queue speaks of it (RFC 4549 4.2.2.3). */
  private *trace(name: string, temporary: number, from: number | null, octets: Octets | null): Task<Fate | null> {
    const wanted = this.replica.changes.some((later) => later.do !== 'append' && later.uid === temporary)
    const found = wanted && from !== null ? yield* this.search(name, from, octets) : []
    if (found === 'lost') return refusedBy(this.connection.lost())
    this.resolve(name, temporary, { uid: found.length === 1 ? found[0]! : null, uidValidity: null })
    return null
  }

  /** UIDs from `from` on, with this Message-ID if it has one. */
  private *search(name: string, from: number, octets: Octets | null): Task<number[] | 'lost'> {
    const opened = yield* this.open(name, null)
    if (opened) return opened.fate === 'lost' ? 'lost' : []
    const id = octets === null ? null : field(octets, 'Message-ID')
    const header: Piece[] = id === null ? [] : [' HEADER Message-ID ', string(id.trim())]
    const done = yield* this.connection.command(`UID SEARCH UID ${from}:*`, ...header)
    // `n:*` always holds the last one (RFC 3501 9, seq-range).
    return done.condition === 'LOST' ? 'lost' : (searchedUids(done) ?? []).filter((uid) => uid >= from)
  }

  /** The server has given it a UID: the rest of the queue speaks of that. The next synchronisation brings the message. */
  private resolve(
    name: string,
    temporary: number,
    to: { uid: number | null; uidValidity: number | null } | null,
  ): void {
    this.replica.folders.get(name)?.messages.delete(temporary)
    const uid = to?.uid ?? null
    if (!to || uid === null) return this.untraced(temporary)
    for (const later of this.replica.changes)
      if (later.do !== 'append' && later.uid === temporary) {
        later.uid = uid
        later.uidValidity = to.uidValidity
        if ('modseq' in later) later.modseq = null
      }
  }

  /** Drops what was done to a copy that cannot be found, or was never made. */
  private untraced(temporary: number): void {
    const { changes } = this.replica
    for (let at = changes.length - 1; at >= 0; at--) {
      const change = changes[at]!
      if (change.do === 'append' || change.uid !== temporary) continue
      changes.splice(at, 1)
      this.conflicts.push({ change, why: 'untraced', text: '' })
      // A copy of the copy is none either.
      if (change.do === 'copy' || change.do === 'move') this.resolve(change.to, change.temporary, null)
    }
  }
}
