import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import { ImapConnection } from '../../../src/core/imap/client/connection.ts'
import { login } from '../../../src/core/imap/client/login.ts'
import { fetchPart } from '../../../src/core/imap/client/part.ts'
import {
  appendMessage,
  changeFlags,
  copyMessage,
  deleteMessage,
  newReplica,
  type Replica,
} from '../../../src/core/imap/client/replica.ts'
import { synchronize, type SyncReport } from '../../../src/core/imap/client/sync.ts'
import { watchFolder } from '../../../src/core/imap/client/watch.ts'
import { run, type Task, type Waiter } from '../../../src/core/task.ts'
import { machine, PlainAccount, PlainSession, subjectOf } from './plain-server.ts'

const kinds = {
  plain: [],
  middle: ['UIDPLUS', 'LITERAL+', 'LIST-EXTENDED'],
  condstore: ['CONDSTORE', 'UIDPLUS', 'ENABLE', 'LITERAL-'],
  qresync: ['QRESYNC', 'CONDSTORE', 'ENABLE', 'UIDPLUS', 'MOVE', 'LITERAL+', 'LIST-EXTENDED', 'SPECIAL-USE', 'IDLE'],
} as const

const letter = (subject: string) =>
  `Subject: ${subject}\r\nMessage-ID: <${subject.replace(/\W/g, '')}@rennes.example>\r\n\r\ntext of ${subject}\r\n`

function result<T>(task: Task<T>): T {
  const done: T[] = []
  run(task, (value) => done.push(value))
  if (done.length === 0) throw new Error('the task waits for something')
  return done[0]!
}

function* whole(connection: ImapConnection, replica: Replica): Task<SyncReport> {
  yield* connection.greeting()
  yield* login(connection, 'alice', 'tournesol', { inClear: true, initialResponse: true })
  const report = yield* synchronize(connection, replica)
  yield* connection.logout()
  return report
}

function sync(session: PlainSession, replica: Replica): SyncReport {
  return result(whole(new ImapConnection(session.stream, machine), replica))
}

/** Folders, their messages and flags, on either side. */
const serverHas = (account: PlainAccount) =>
  Object.fromEntries(
    [...account.mailboxes].map(([name, { messages }]) => [
      name,
      messages.map(({ uid, flags, octets }) => `${uid} ${subjectOf(octets)} ${[...flags].sort().join()}`),
    ]),
  )
const replicaHas = (replica: Replica) =>
  Object.fromEntries(
    [...replica.folders].map(([name, { messages }]) => [
      name,
      [...messages.values()]
        .sort((a, b) => a.uid - b.uid)
        .map(({ uid, flags, envelope }) => `${uid} ${envelope?.subject ?? ''} ${[...flags].sort().join()}`),
    ]),
  )

describe.each(Object.entries(kinds))('a server with %s', (_, capabilities) => {
  it('folders, new mail, flags and what is gone', () => {
    const account = new PlainAccount()
    const inbox = account.mailboxes.get('INBOX')!
    for (const n of [1, 2, 3]) inbox.append(letter(`m${n}`), n === 1 ? ['\\Seen'] : [])
    account.create('Drafts')
    const replica = newReplica()
    expect(sync(new PlainSession(account, capabilities), replica)).toEqual({
      lost: null,
      conflicts: [],
      folders: ['INBOX', 'Drafts'],
      refused: [],
    })
    expect(replicaHas(replica)).toEqual(serverHas(account))
    expect(replica.folders.get('INBOX')).toMatchObject({ subscribed: true, uidValidity: 1, uidNext: 4 })
    inbox.flag(2, ['\\Flagged'])
    inbox.expunge(1)
    inbox.append(letter('m4'))
    account.mailboxes.delete('Drafts')
    account.create('Sent')
    const second = new PlainSession(account, capabilities)
    sync(second, replica)
    expect(replicaHas(replica)).toEqual(serverHas(account))
    // What was there already is not fetched again.
    expect(second.said.filter((line) => line.includes('ENVELOPE')).join()).not.toMatch(/FETCH 1:/)
    inbox.renew()
    sync(new PlainSession(account, capabilities), replica)
    expect(replicaHas(replica)).toEqual(serverHas(account))
    expect(replica.folders.get('INBOX')!.uidValidity).toBe(2)
  })

  it('what was done offline is done on the server', () => {
    const account = new PlainAccount()
    const inbox = account.mailboxes.get('INBOX')!
    account.create('Saved')
    for (const n of [1, 2, 3, 4, 5]) inbox.append(letter(`m${n}`), n === 5 ? ['\\Deleted'] : [])
    const replica = newReplica()
    sync(new PlainSession(account, capabilities), replica)
    expect(changeFlags(replica, 'INBOX', 1, ['\\Seen', '$Work'], [])).toBe(true)
    expect(changeFlags(replica, 'INBOX', 1, [], ['$Work'])).toBe(true)
    const moved = copyMessage(replica, 'move', 'INBOX', 2, 'Saved')!
    expect(changeFlags(replica, 'Saved', moved, ['\\Flagged'], [])).toBe(true)
    expect(copyMessage(replica, 'copy', 'INBOX', 3, 'Saved')).toBe(-2)
    expect(deleteMessage(replica, 'INBOX', 4)).toBe(true)
    const draft = appendMessage(replica, 'Drafts', letter('draft'), ['\\Draft'], '07-Sep-2026 10:00:00 +0200')
    expect(changeFlags(replica, 'Drafts', draft, ['\\Seen'], [])).toBe(true)
    expect(deleteMessage(replica, 'INBOX', 99)).toBe(false)
    expect(copyMessage(replica, 'copy', 'INBOX', 99, 'Saved')).toBeNull()
    // It is plain data: a clone of it goes on.
    const clone = structuredClone(replica)
    expect(sync(new PlainSession(account, capabilities), clone)).toMatchObject({ lost: null, conflicts: [] })
    expect(clone.changes).toEqual([])
    expect(replicaHas(clone)).toEqual(serverHas(account))
    // Deleted by another one, and not expunged by us.
    expect(serverHas(account).INBOX).toEqual(['1 m1 \\Seen', '3 m3 ', '5 m5 \\Deleted'])
    expect(serverHas(account).Saved).toEqual(['1 m2 \\Flagged', '2 m3 '])
    expect(serverHas(account).Drafts).toEqual(['1 draft \\Draft,\\Seen'])
  })

  it('conflicts: gone, begun anew, refused', () => {
    const account = new PlainAccount()
    const inbox = account.mailboxes.get('INBOX')!
    const other = account.create('Other')
    for (const n of [1, 2, 3]) inbox.append(letter(`m${n}`))
    other.append(letter('o1'))
    const replica = newReplica()
    sync(new PlainSession(account, capabilities), replica)
    changeFlags(replica, 'INBOX', 1, ['\\Seen'], [])
    copyMessage(replica, 'move', 'INBOX', 2, 'Other')
    deleteMessage(replica, 'INBOX', 3)
    changeFlags(replica, 'Other', 1, ['\\Seen'], [])
    const kept = appendMessage(replica, 'INBOX', letter('REFUSE this'), [])
    changeFlags(replica, 'INBOX', kept, ['\\Flagged'], [])
    for (const uid of [1, 2, 3]) inbox.expunge(uid)
    other.renew()
    const report = sync(new PlainSession(account, capabilities), replica)
    expect(report.conflicts.map(({ change, why }) => `${change.do} ${why}`)).toEqual([
      'flags gone',
      'move gone',
      'flags uid-validity',
      'append refused',
    ])
    // Nothing that was written is lost: it waits with what was done to it.
    expect(replica.changes.map((change) => change.do)).toEqual(['append', 'flags'])
    expect(replica.folders.get('INBOX')!.messages.get(kept)?.flags).toEqual(['\\Flagged'])
    expect([...replica.folders.get('Other')!.messages.keys()]).toEqual([1])
  })

  it('single parts on demand', () => {
    const account = new PlainAccount()
    account.mailboxes.get('INBOX')!.append(letter('m1'))
    const replica = newReplica()
    sync(new PlainSession(account, capabilities), replica)
    const folder = replica.folders.get('INBOX')!
    const session = new PlainSession(account, capabilities)
    const connection = new ImapConnection(session.stream, machine)
    result(connection.greeting())
    expect(result(fetchPart(connection, folder, 1, '1'))).toEqual({ part: 'there', octets: letter('m1') })
    expect(folder.messages.get(1)!.parts.get('1')).toBe(letter('m1'))
    const asked = session.said.length
    expect(result(fetchPart(connection, folder, 1, '1'))).toMatchObject({ part: 'there' })
    expect(session.said.length).toBe(asked)
    expect(result(fetchPart(connection, folder, 9, '1'))).toEqual({ part: 'gone' })
    session.stream.leaves()
    expect(result(fetchPart(connection, folder, 1, '2'))).toMatchObject({ part: 'lost' })
  })

  it('random changes on both sides, also in the middle, and lost connections: in the end both are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 60, maxLength: 60 }), (numbers) => {
        let place = 0
        const next = (below: number) => numbers[place++ % numbers.length]! % below
        const account = new PlainAccount()
        account.create('Saved')
        let letters = 0
        const expunged = new Set<string>()
        const disturb = () => {
          const boxes = [...account.mailboxes.values()]
          const box = boxes[next(boxes.length)]!
          const message = box.messages[next(Math.max(box.messages.length, 1))]
          const what = next(12)
          if (what < 4) box.append(letter(`s${++letters}`), next(2) ? ['\\Seen'] : [])
          else if (what < 7 && message) box.flag(message.uid, [['\\Seen'], ['\\Flagged', '$X'], []][next(3)]!)
          else if (what < 10 && message) {
            box.expunge(message.uid)
            expunged.add(subjectOf(message.octets))
          } else if (what === 10) box.renew()
          else if (what === 11 && !account.mailboxes.has('New')) account.create('New')
        }
        for (let n = 0; n < 6; n++) disturb()
        let replica = newReplica()
        const connect = () =>
          new PlainSession(account, capabilities, (octets) => {
            const at = next(octets.length + 1)
            return [octets.slice(0, at), octets.slice(at)].filter((piece) => piece !== '')
          })
        const drafts: string[] = []
        for (let round = 0; round < 3; round++) {
          sync(connect(), replica)
          for (let n = next(5); n > 0; n--) disturb()
          for (let n = next(6); n > 0; n--) {
            const names = [...replica.folders.keys()]
            const name = names[next(names.length)]!
            const uids = [...replica.folders.get(name)!.messages.keys()]
            const uid = uids[next(Math.max(uids.length, 1))] ?? 1
            const what = next(6)
            if (what === 0) {
              drafts.push(`d${++letters}`)
              appendMessage(replica, name, letter(`d${letters}`), ['\\Draft'])
            } else if (what === 1) changeFlags(replica, name, uid, ['\\Seen'], ['\\Flagged'])
            else if (what === 2) changeFlags(replica, name, uid, ['\\Answered'], [])
            else if (what === 3) copyMessage(replica, 'copy', name, uid, names[next(names.length)]!)
            else if (what === 4) copyMessage(replica, 'move', name, uid, names[next(names.length)]!)
            else {
              const message = replica.folders.get(name)!.messages.get(uid)
              const subject = message?.envelope?.subject ?? subjectOf(message?.parts.get('') ?? '')
              if (!drafts.includes(subject)) deleteMessage(replica, name, uid)
            }
          }
          const restless = connect()
          restless.before = () => {
            if (next(4) === 0) disturb()
          }
          if (next(2)) restless.dies = { after: next(25), answered: next(2) === 1 }
          sync(restless, replica)
          replica = structuredClone(replica)
        }
        expect(sync(connect(), replica).lost).toBeNull()
        expect(replica.changes).toEqual([])
        expect(replicaHas(replica)).toEqual(serverHas(account))
        // Nothing that was written is lost, but by somebody who meant it.
        const there = JSON.stringify(serverHas(account))
        for (const draft of drafts) expect(expunged.has(draft) || there.includes(` ${draft} `)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

describe('with CONDSTORE', () => {
  it('a change of flags is merged with another one, and nothing is deleted that has changed since', () => {
    const account = new PlainAccount()
    const inbox = account.mailboxes.get('INBOX')!
    for (const n of [1, 2, 3]) inbox.append(letter(`m${n}`))
    const replica = newReplica()
    sync(new PlainSession(account, kinds.condstore), replica)
    changeFlags(replica, 'INBOX', 1, ['\\Seen'], [])
    changeFlags(replica, 'INBOX', 1, ['\\Answered'], [])
    deleteMessage(replica, 'INBOX', 2)
    // One's own change is none of another client.
    changeFlags(replica, 'INBOX', 3, ['\\Seen'], [])
    deleteMessage(replica, 'INBOX', 3)
    inbox.flag(1, ['\\Flagged'])
    inbox.flag(2, ['\\Flagged'])
    const report = sync(new PlainSession(account, kinds.condstore), replica)
    expect(report.conflicts.map(({ change, why }) => `${change.do} ${why}`)).toEqual(['flags merged', 'delete kept'])
    expect(serverHas(account).INBOX).toEqual(['1 m1 \\Answered,\\Flagged,\\Seen', '2 m2 \\Flagged'])
    expect(replicaHas(replica)).toEqual(serverHas(account))
  })
})

describe('an open folder', () => {
  it.each([[['IDLE', ...kinds.qresync]], [['IDLE']]])('follows the server: %j', (capabilities) => {
    const account = new PlainAccount()
    const inbox = account.mailboxes.get('INBOX')!
    for (const n of [1, 2, 3]) inbox.append(letter(`m${n}`))
    const replica = newReplica()
    sync(new PlainSession(account, capabilities), replica)
    const folder = replica.folders.get('INBOX')!
    const session = new PlainSession(account, capabilities)
    const connection = new ImapConnection(session.stream, machine)
    result(connection.greeting())
    let stop = () => {}
    const until: Waiter<void> = (resume) => {
      stop = resume
      return () => {}
    }
    let told = 0
    const ends: (string | null)[] = []
    run(
      watchFolder(connection, folder, until, () => told++),
      (end) => ends.push(end),
    )
    const same = () => expect(replicaHas(replica).INBOX).toEqual(serverHas(account).INBOX)
    for (const change of [
      () => inbox.flag(2, ['\\Seen']),
      () => inbox.expunge(1),
      () => inbox.append(letter('m4')),
      () => inbox.flag(4, ['\\Flagged']),
      () => inbox.expunge(3),
    ]) {
      const before = told
      change()
      session.changed()
      same()
      expect(told).toBeGreaterThan(before)
    }
    expect(ends).toEqual([])
    stop()
    expect(ends).toEqual([null])
    expect(session.said.filter((line) => line === 'DONE').length).toBeGreaterThan(1)
  })

  it('ends when the connection does', () => {
    const account = new PlainAccount()
    const replica = newReplica()
    sync(new PlainSession(account, ['IDLE']), replica)
    const session = new PlainSession(account, ['IDLE'])
    const connection = new ImapConnection(session.stream, machine)
    result(connection.greeting())
    const ends: (string | null)[] = []
    const never: Waiter<void> = () => () => {}
    run(
      watchFolder(connection, replica.folders.get('INBOX')!, never, () => {}),
      (end) => ends.push(end),
    )
    session.stream.says('* BYE shutting down\r\n')
    session.stream.leaves()
    expect(ends).toEqual(['shutting down'])
  })
})
