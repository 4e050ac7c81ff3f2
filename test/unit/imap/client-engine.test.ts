/** The client against the server of the house: what one says, the other understands. */
import fc from '../../fast-check.ts'
import { describe, expect, it } from 'vitest'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { Input, Out } from '../../../src/core/engine.ts'
import type { ImapProfile } from '../../../src/core/imap/backend.ts'
import { ImapConnection } from '../../../src/core/imap/client/connection.ts'
import { login } from '../../../src/core/imap/client/login.ts'
import { fetchPart } from '../../../src/core/imap/client/part.ts'
import { textPart } from '../../../src/core/imap/client/parts.ts'
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
import { imapServer } from '../../../src/core/imap/server.ts'
import { MessageModel } from '../../../src/core/message/mime/model.ts'
import type { Mechanism } from '../../../src/core/sasl/mechanism.ts'
import { StoreAccount } from '../../../src/core/store/imap-account.ts'
import { imapBackend } from '../../../src/core/store/imap.ts'
import { Store } from '../../../src/core/store/store.ts'
import { run, type Task, type Waiter } from '../../../src/core/task.ts'
import { FakeStream } from '../shell/fake.ts'
import { machine } from './plain-server.ts'

const kinds: Readonly<Record<string, readonly string[]>> = {
  rev1: ['IMAP4rev1'],
  uidplus: ['IMAP4rev1', 'UIDPLUS', 'LITERAL+', 'LIST-EXTENDED', 'SPECIAL-USE'],
  condstore: ['IMAP4rev1', 'UIDPLUS', 'ENABLE', 'CONDSTORE', 'LITERAL-', 'UNSELECT'],
  qresync: ['IMAP4rev1', 'UIDPLUS', 'MOVE', 'ENABLE', 'CONDSTORE', 'QRESYNC', 'LITERAL+', 'IDLE', 'LIST-EXTENDED'],
}

const MAIL =
  'From: Alice Martin <alice@rennes.example>\r\nSubject: shadows\r\nMIME-Version: 1.0\r\n' +
  'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nLights go out.\r\n--b\r\n' +
  'Content-Type: message/rfc822\r\n\r\nSubject: within\r\n\r\nx\r\n--b--\r\n'
const letter = (n: number) =>
  `From: alice@rennes.example\r\nSubject: m${n}\r\nMessage-ID: <m${n}@rennes.example>\r\n\r\ntext ${n}\r\n`

class House {
  readonly store = new Store({ limit: 10_000_000, uidValidity: 1000 })
  private readonly profile: ImapProfile
  private nonces = 0

  constructor(capabilities: readonly string[], mechanisms: readonly Mechanism[] = []) {
    this.store.add({
      ...{ user: 'alice', password: 'tournesol', name: 'Alice', quota: null },
      addresses: ['alice@rennes.example'],
    })
    this.profile = {
      ...{ host: 'mx1.rennes.example', greeting: { is: 'ok' }, capabilities, mechanisms, startTls: false },
      ...{ passwordNeedsTls: false, texts: {}, answers: {} },
      limits: { append: 1_000_000, line: 65_536, errors: Infinity, idle: 1_800_000 },
    }
  }

  /** All that alice has, without a protocol in between. */
  get account(): StoreAccount {
    return new StoreAccount(
      this.store,
      this.store.account('alice')!,
      () => 0,
      () => {},
    )
  }

  has(): Record<string, string[]> {
    const { account } = this
    const selectable = account.mailboxes().filter((mailbox) => mailbox.selectable && !mailbox.remote)
    return Object.fromEntries(
      selectable.map(({ name }) => {
        const mailbox = account.open(name)
        if ('no' in mailbox) throw new Error(name)
        const lines = mailbox.uids().map((uid) => {
          const { flags, content } = mailbox.message(uid)!
          return `${uid} ${content.model.envelope.subject} ${[...flags].sort().join()}`
        })
        return [name, lines]
      }),
    )
  }

  /** A connection; its pieces are cut as `cut` says. */
  dial(cut: (octets: Octets) => Octets[] = (octets) => [octets]): ImapConnection {
    const stream = new FakeStream()
    const backend = imapBackend(this.profile, {
      stores: () => [this.store],
      now: () => 0,
      zone: { minutes: 0, name: null },
      nonce: () => `<${++this.nonces}@mx1.rennes.example>`,
    })
    let session = imapServer.start(backend)
    const out: Out = {
      do(effect) {
        if (effect.do === 'send') for (const piece of cut(effect.data)) stream.says(piece)
        else if (effect.do === 'close') stream.leaves()
      },
      note: () => 0,
    }
    const inputs: Input[] = []
    let stepping = false
    const step = (input: Input) => {
      inputs.push(input)
      if (stepping) return
      stepping = true
      for (let next = inputs.shift(); next; next = inputs.shift()) {
        session = structuredClone(session)
        imapServer.step(session, next, backend, out)
      }
      stepping = false
    }
    backend.watch(() => step({ on: 'changed' }))
    stream.onWrite = (data) => {
      for (const piece of cut(data)) step({ on: 'bytes', data: piece })
    }
    const { local, peer } = stream
    step({ on: 'open', conn: 'c1', peer: local, local: peer, secure: false })
    return new ImapConnection(stream, machine)
  }
}

function result<T>(task: Task<T>): T {
  const done: T[] = []
  run(task, (value) => done.push(value))
  if (done.length === 0) throw new Error('the task waits for something')
  return done[0]!
}

function* enter(connection: ImapConnection): Task<ImapConnection> {
  yield* connection.greeting()
  const done = yield* login(connection, 'alice', 'tournesol', { inClear: true, initialResponse: true })
  if (done.condition !== 'OK') throw new Error(done.text)
  return connection
}

const sync = (connection: ImapConnection, replica: Replica): SyncReport => {
  result(enter(connection))
  const report = result(synchronize(connection, replica))
  result(connection.logout())
  return report
}

const replicaHas = (replica: Replica) =>
  Object.fromEntries(
    [...replica.folders].map(([name, { messages }]) => [
      name,
      [...messages.values()]
        .sort((a, b) => a.uid - b.uid)
        .map(({ uid, flags, envelope }) => `${uid} ${envelope?.subject ?? ''} ${[...flags].sort().join()}`),
    ]),
  )

describe.each(Object.entries(kinds))('the server as %s', (_, capabilities) => {
  it('a replica, and a message taken apart', () => {
    const house = new House(capabilities)
    house.account.append('INBOX', [{ octets: MAIL, flags: ['\\Seen'], internalDate: 0 }])
    const replica = newReplica()
    expect(sync(house.dial(), replica)).toMatchObject({ lost: null, conflicts: [], refused: [] })
    expect(replicaHas(replica)).toEqual(house.has())
    const folder = replica.folders.get('INBOX')!
    const message = folder.messages.get(1)!
    const model = new MessageModel(MAIL)
    expect(message).toMatchObject({ size: MAIL.length, internalDate: ' 1-Jan-1970 00:00:00 +0000' })
    expect(message.envelope).toEqual(model.envelope)
    expect(message.structure).toEqual(model.structure)
    const connection = result(enter(house.dial()))
    const { section } = textPart(message.structure!)!
    expect(result(fetchPart(connection, folder, 1, section))).toEqual({ part: 'there', octets: 'Lights go out.' })
    expect(result(fetchPart(connection, folder, 1, '2.HEADER'))).toEqual({
      part: 'there',
      octets: 'Subject: within\r\n\r\n',
    })
    expect(result(fetchPart(connection, folder, 1, '7'))).toEqual({ part: 'gone' })
  })

  it('random changes by another session and offline: in the end both are the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 30), { minLength: 40, maxLength: 40 }), (numbers) => {
        let place = 0
        const next = (below: number) => numbers[place++ % numbers.length]! % below
        const house = new House(capabilities)
        let letters = 0
        const rival = result(enter(house.dial()))
        const disturb = () => {
          const name = ['INBOX', 'Drafts', 'New'][next(3)]!
          const what = next(6)
          if (what < 2) result(rival.command(`APPEND ${name} (\\Flagged) `, { literal: letter(++letters) }))
          else if (what === 5 && name === 'New') result(rival.command(`${next(2) ? 'CREATE' : 'DELETE'} New`))
          else if (result(rival.select(name)).condition === 'OK') {
            const count = rival.picture!.messages.length
            if (count > 0) {
              const flag = what === 2 ? '\\Deleted' : ['\\Seen', '$X', '\\Flagged'][next(3)]!
              result(rival.command(`STORE ${next(count) + 1} ${next(3) ? '+' : '-'}FLAGS (${flag})`))
            }
            if (what === 4) result(rival.command('EXPUNGE'))
          }
        }
        for (let n = 0; n < 5; n++) disturb()
        let replica = newReplica()
        const cut = (octets: Octets) => {
          const at = next(octets.length + 1)
          return [octets.slice(0, at), octets.slice(at)].filter((piece) => piece !== '')
        }
        for (let round = 0; round < 3; round++) {
          sync(house.dial(cut), replica)
          for (let n = next(4); n > 0; n--) disturb()
          for (let n = next(5); n > 0; n--) {
            const name = ['INBOX', 'Drafts'][next(2)]!
            const uids = [...replica.folders.get(name)!.messages.keys()]
            const uid = uids[next(Math.max(uids.length, 1))] ?? 1
            const to = ['INBOX', 'Drafts', 'New'][next(3)]!
            const what = next(5)
            if (what === 0) appendMessage(replica, to, letter(++letters), ['\\Draft'])
            else if (what === 1) changeFlags(replica, name, uid, ['\\Seen'], ['\\Flagged'])
            else if (what === 2) copyMessage(replica, 'copy', name, uid, to)
            else if (what === 3) copyMessage(replica, 'move', name, uid, to)
            else deleteMessage(replica, name, uid)
          }
          replica = structuredClone(replica)
        }
        expect(sync(house.dial(cut), replica).lost).toBeNull()
        expect(replica.changes).toEqual([])
        expect(replicaHas(replica)).toEqual(house.has())
      }),
      { numRuns: 25 },
    )
  })
})

describe('logging in', () => {
  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256'] as const)('with %s', (mechanism) => {
    const house = new House(['IMAP4rev1', 'SASL-IR'], [mechanism])
    expect(result(enter(house.dial())).state).toBe('authenticated')
    const wrong = house.dial()
    result(wrong.greeting())
    const wishes = { inClear: true, initialResponse: false }
    expect(result(login(wrong, 'alice', 'wrong', wishes))).toMatchObject({
      condition: 'NO',
      code: { name: 'AUTHENTICATIONFAILED' },
    })
  })
})

describe('an open folder', () => {
  it('follows what another session does, in IDLE', () => {
    const house = new House(kinds.qresync!)
    for (const n of [1, 2, 3]) house.account.append('INBOX', [{ octets: letter(n), flags: [], internalDate: null }])
    const replica = newReplica()
    sync(house.dial(), replica)
    const connection = result(enter(house.dial()))
    const never: Waiter<void> = () => () => {}
    const ends: (Octets | null)[] = []
    run(
      watchFolder(connection, replica.folders.get('INBOX')!, never, () => {}),
      (end) => ends.push(end),
    )
    const rival = result(enter(house.dial()))
    result(rival.select('INBOX'))
    for (const command of ['STORE 2 +FLAGS (\\Seen)', 'STORE 1 +FLAGS (\\Deleted)', 'EXPUNGE', 'COPY 1 INBOX']) {
      expect(result(rival.command(command))).toMatchObject({ condition: 'OK' })
      expect(replicaHas(replica).INBOX).toEqual(house.has().INBOX)
    }
    expect(ends).toEqual([])
  })
})
