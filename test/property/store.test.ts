import fc from '../fast-check.ts'
import { expect, test } from 'vitest'
import { refused, type ImapAccount, type ImapMailbox, type ImapProfile } from '../../src/core/imap/backend.ts'
import { imapBackend } from '../../src/core/store/imap.ts'
import { Maildir, readMaildir } from '../../src/core/store/maildir.ts'
import { mboxText, readMbox, writeMbox } from '../../src/core/store/mbox.ts'
import { statusOf, withStatus } from '../../src/core/store/status.ts'
import { Store } from '../../src/core/store/store.ts'

const profile: ImapProfile = {
  host: 'mx1',
  greeting: { is: 'ok' },
  capabilities: [],
  mechanisms: [],
  startTls: false,
  passwordNeedsTls: false,
  texts: {},
  limits: { append: 1000, line: 1000, errors: 10, idle: 1000 },
  answers: {},
}
const UTC = { minutes: 0, name: null }
const flagArb = fc.constantFrom('\\Answered', '\\Deleted', '\\Draft', '\\Flagged', '\\Seen', '$Forwarded', 'work')
const flagsArb = fc.uniqueArray(flagArb, { maxLength: 4 })

/** What a mailbox is, said as plainly as can be. */
interface Plain {
  uid: number
  text: string
  flags: Set<string>
  modseq: number
}

class PlainMailbox {
  messages: Plain[] = []
  next = 1

  add(text: string, flags: Iterable<string>, modseq: number): void {
    this.messages.push({ uid: this.next++, text, flags: new Set(flags), modseq })
  }
}

type Step =
  | { do: 'deliver'; box: number; size: number }
  | { do: 'append'; who: number; box: number; sizes: number[]; flags: string[] }
  | { do: 'copy'; who: number; from: number; to: number; which: number[] }
  | { do: 'move'; who: number; from: number; to: number; which: number[] }
  | { do: 'expunge'; who: number; box: number; which: number[] }
  | {
      do: 'store'
      who: number
      box: number
      which: number[]
      how: 'replace' | 'add' | 'remove'
      flags: string[]
      since: boolean
    }
  | { do: 'look'; who: number; box: number }
  | { do: 'reopen'; who: number; box: number }

const BOXES = ['INBOX', 'Archive', 'Sent']
const box = fc.nat(BOXES.length - 1)
const who = fc.nat(1)
const which = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 })
  .map((uids) => uids.sort((a, b) => a - b))
const how = fc.constantFrom('replace', 'add', 'remove')
const is = fc.constant
const size = fc.integer({ min: 1, max: 40 })
const step = fc.oneof(
  fc.record({ do: is('deliver'), box, size }),
  fc.record({ do: is('append'), who, box, sizes: fc.array(size, { minLength: 1, maxLength: 3 }), flags: flagsArb }),
  fc.record({ do: fc.constantFrom('copy', 'move'), who, from: box, to: box, which }),
  fc.record({ do: is('expunge'), who, box, which }),
  fc.record({ do: is('store'), who, box, which, how, flags: flagsArb, since: fc.boolean() }),
  fc.record({ do: is('look'), who, box }),
  fc.record({ do: is('reopen'), who, box }),
) as fc.Arbitrary<Step>

const QUOTA = 300

/** Two sessions with three mailboxes, and what each of them knows by the changes that it asked for. */
class House {
  readonly store = new Store({ limit: 400, uidValidity: 1 })
  readonly plain = BOXES.map(() => new PlainMailbox())
  readonly sessions: { account: ImapAccount; boxes: ImapMailbox[]; known: Map<number, Set<string>>[]; seen: number[] }[]
  private texts = 0

  constructor() {
    this.store.add({ user: 'alice', password: '', name: '', addresses: [], quota: QUOTA })
    this.sessions = [0, 1].map(() => {
      const parts = { stores: () => [this.store], now: () => 0, zone: UTC, nonce: () => '' }
      const account = imapBackend(profile, parts).account('alice')
      const boxes = BOXES.map((name) => account.open(name) as ImapMailbox)
      return { account, boxes, known: BOXES.map(() => new Map()), seen: boxes.map((one) => one.highestModseq) }
    })
  }

  run(given: Step): void {
    const { plain, store } = this
    if (given.do === 'deliver') {
      const text = this.text(given.size)
      const fits = this.fits(given.size)
      const delivered = store.deliver('alice', BOXES[given.box]!, text, 0)
      expect(typeof delivered === 'object').toBe(fits)
      if (fits) plain[given.box]!.add(text, [], this.modseq(given.box))
      return
    }
    const session = this.sessions[given.who]!
    if (given.do === 'look') return this.look(given.who, given.box)
    if (given.do === 'reopen') {
      session.account.release(session.boxes[given.box]!.key)
      session.boxes[given.box] = session.account.open(BOXES[given.box]!) as ImapMailbox
      const kept = plain[given.box]!.messages.map(({ uid, flags }) => [uid, new Set(flags)] as const)
      session.known[given.box] = new Map(kept)
      session.seen[given.box] = session.boxes[given.box]!.highestModseq
      return
    }
    if (given.do === 'append') {
      const texts = given.sizes.map((octets) => this.text(octets))
      const fits = this.fits(given.sizes.reduce((sum, octets) => sum + octets, 0))
      const messages = texts.map((octets) => ({ octets, flags: given.flags, internalDate: null }))
      const appended = session.account.append(BOXES[given.box]!, messages)
      expect(refused(appended)).toBe(!fits)
      if (fits) for (const text of texts) plain[given.box]!.add(text, given.flags, this.modseq(given.box))
      return
    }
    if (given.do === 'copy' || given.do === 'move') {
      const { from, to } = given
      const there = plain[from]!.messages.filter(({ uid }) => given.which.includes(uid))
      const octets = there.reduce((sum, { text }) => sum + text.length, 0)
      const copied = session.account[given.do](session.boxes[from]!.key, given.which, BOXES[to]!)
      const fits = given.do === 'move' || this.used() + octets <= QUOTA
      expect(refused(copied)).toBe(!fits)
      if (refused(copied)) return
      expect(copied.from).toEqual(there.map(({ uid }) => uid))
      const moved = given.do === 'move' && from === to && there.length > 0
      for (const { text, flags } of there) plain[to]!.add(text, flags, this.modseq(to) - (moved ? 1 : 0))
      if (given.do === 'move')
        plain[from]!.messages = plain[from]!.messages.filter((message) => !there.includes(message))
      return
    }
    const mailbox = session.boxes[given.box]!
    const model = plain[given.box]!
    const there = model.messages.filter(({ uid }) => given.which.includes(uid))
    if (given.do === 'expunge') {
      expect(mailbox.expunge(given.which)).toEqual(there.map(({ uid }) => uid))
      model.messages = model.messages.filter((message) => !there.includes(message))
      return
    }
    const since = given.since ? session.seen[given.box]! : null
    const result = mailbox.setFlags(given.which, given.how, given.flags, since)
    const passed = there.filter(({ modseq }) => since === null || modseq <= since)
    expect(result.modified).toEqual(there.filter((message) => !passed.includes(message)).map(({ uid }) => uid))
    const changed = passed.filter((message) => {
      const before = [...message.flags].sort().join(' ')
      if (given.how === 'replace') message.flags = new Set(given.flags)
      else
        for (const flag of given.flags)
          if (given.how === 'add') message.flags.add(flag)
          else message.flags.delete(flag)
      return [...message.flags].sort().join(' ') !== before
    })
    expect(result.changed).toEqual(changed.map(({ uid }) => uid))
    for (const message of changed) message.modseq = mailbox.highestModseq
  }

  /** What a session knows, and the changes since, are what there is; what it has not heard the end of is still there. */
  look(number: number, place: number): void {
    const session = this.sessions[number]!
    const mailbox = session.boxes[place]!
    const known = session.known[place]!
    for (const uid of known.keys()) expect(mailbox.message(uid)).not.toBeNull()
    for (const { uid, what } of mailbox.changesSince(session.seen[place]!)!)
      if (what === 'expunged') known.delete(uid)
      else known.set(uid, new Set(mailbox.message(uid)!.flags))
    session.seen[place] = mailbox.highestModseq
    mailbox.forget(mailbox.highestModseq)
    expect(known).toEqual(new Map(this.plain[place]!.messages.map(({ uid, flags }) => [uid, flags])))
  }

  check(): void {
    const { account, boxes } = this.sessions[0]!
    for (const [place, { messages, next }] of this.plain.entries()) {
      const mailbox = boxes[place]!
      expect(mailbox.uids()).toEqual(messages.map(({ uid }) => uid))
      for (const { uid, text, flags, modseq } of messages) {
        const message = mailbox.message(uid)!
        expect(message.content.octets).toBe(text)
        expect(new Set(message.flags)).toEqual(flags)
        expect(message.modseq).toBe(modseq)
      }
      const deleted = messages.filter(({ flags }) => flags.has('\\Deleted'))
      const octets = (of: readonly Plain[]) => of.reduce((sum, { text }) => sum + text.length, 0)
      expect(account.status(BOXES[place]!)).toMatchObject({
        messages: messages.length,
        unseen: messages.filter(({ flags }) => !flags.has('\\Seen')).length,
        deleted: deleted.length,
        uidNext: next,
        size: octets(messages),
        deletedStorage: octets(deleted),
      })
    }
    expect(this.store.usage('alice')).toBe(this.used())
  }

  /** When nobody holds anything any more, each text is in memory once. */
  end(): void {
    for (const { account, boxes } of this.sessions) for (const { key } of boxes) account.release(key)
    const texts = new Set(this.plain.flatMap(({ messages }) => messages.map(({ text }) => text)))
    expect(this.store.usage()).toBe([...texts].reduce((sum, text) => sum + text.length, 0))
  }

  private used(): number {
    return this.plain.flatMap(({ messages }) => messages).reduce((sum, { text }) => sum + text.length, 0)
  }

  private fits(octets: number): boolean {
    return this.used() + octets <= QUOTA && this.store.usage() + octets <= 400
  }

  private modseq = (place: number) => this.sessions[0]!.boxes[place]!.highestModseq

  /** No two are the same, so that a message can be told by what it says. */
  private text(octets: number): string {
    return `${this.texts++}`.padEnd(octets, 'x').slice(0, Math.max(octets, 4)).padEnd(octets, 'x')
  }
}

test('whatever two sessions do, the store is what a plain list would be', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const house = new House()
      for (const each of steps) {
        house.run(each)
        house.check()
      }
      for (const number of [0, 1]) for (const place of BOXES.keys()) house.look(number, place)
      house.end()
    }),
    { numRuns: 150 },
  )
})

const line = fc.oneof(
  fc.string({ unit: fc.constantFrom('F', 'r', 'o', 'm', ' ', '>', ':', '\r', '\xe9', '\x00', 'a'), maxLength: 12 }),
  fc.constantFrom(
    'From ',
    '>From x',
    'From a Tue Nov 26 09:05:03 2002',
    '',
    'Status: O',
    '\tfolded',
    'X-Keywords: a b',
  ),
)
/** Lines that end in CRLF, and in nothing else: where lines end in LF, a CR before it cannot be told from half a CRLF. */
const message = fc
  .array(line, { maxLength: 8 })
  .map((lines) => lines.map((each) => `${each.replace(/\r+$/, '')}\r\n`).join(''))
const from = fc.constantFrom(
  'a@x Tue Nov 26 09:05:03 2002',
  'MAILER-DAEMON Mon Sep  7 10:00:00 2026',
  '- Tue Nov 26 09:05 MET 2002',
)

test('what is written as an mbox is read back, and the file comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from, octets: message }), { maxLength: 6 }), (messages) => {
      const file = writeMbox(messages)
      const read = readMbox(file, UTC)
      expect(read.map(({ from, octets }) => ({ from, octets }))).toEqual(messages)
      expect(writeMbox(read)).toBe(file)
      expect(readMbox(file.replaceAll('\n', '\r\n'), UTC)).toEqual(read)
    }),
  )
})

test('any octets can be read as an mbox', () => {
  const pieces = fc.constantFrom(
    'From a Tue Nov 26 09:05:03 2002',
    '\n',
    '\r\n',
    '\n\n',
    'Content-Length: 7',
    'From ',
    'x',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
      const file = `From x\n${parts.join('')}`
      expect(readMbox(file, UTC).length).toBeGreaterThan(0)
    }),
  )
})

test('the lines that say the flags say just these, and nothing else changes', () => {
  fc.assert(
    fc.property(message, flagsArb, fc.boolean(), (text, flags, old) => {
      const octets = `Subject: x\r\n${text}`
      const status = { flags, old: old || flags.includes('\\Seen') }
      const changed = withStatus(octets, status)
      const read = statusOf(changed)
      expect({ old: read.old, flags: new Set(read.flags) }).toEqual({ old: status.old, flags: new Set(flags) })
      const rest = (whole: string) =>
        whole.replace(/(?<=^|\n)(?:X-)?(?:Status|Keywords): [^\n]*\n(?:[ \t][^\n]*\n)*/gi, '')
      expect(rest(changed)).toBe(rest(octets))
    }),
  )
})

const level = fc
  .string({
    unit: fc.constantFrom('a', 'B', '.', ' ', '&', '-', '\u00e9', '\u65e5', '~', ','),
    minLength: 1,
    maxLength: 5,
  })
  .filter((name) => !/^inbox$/i.test(name))
const mailboxName = fc.array(level, { minLength: 1, maxLength: 3 }).map((levels) => levels.join('/'))
const entry = fc.record({
  octets: message,
  flags: flagsArb,
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
})

test('a Maildir is read back with everything that lay in the mailboxes', () => {
  const boxes = fc.dictionary(fc.oneof(fc.constant('INBOX'), mailboxName), fc.array(entry, { maxLength: 4 }), {
    maxKeys: 4,
  })
  fc.assert(
    fc.property(boxes, fc.boolean(), (given, told) => {
      const store = new Store({ limit: 1e9, uidValidity: 1 })
      const account = store.add({ user: 'a', password: '', name: '', addresses: [], quota: null })
      for (const [name, entries] of Object.entries(given))
        for (const { octets, flags, at } of entries) store.deliver('a', name, octets, at, flags)
      if (told) for (const mailbox of account.mailboxes.values()) mailbox.recentUids(true)
      const files = [...new Maildir(account, 'mx1').files()]
      const { mailboxes, messages } = readMaildir(files)
      expect(new Set(mailboxes)).toEqual(new Set([...account.mailboxes.values()].map(({ name }) => name)))
      for (const [name, entries] of Object.entries(given)) {
        const read = messages.filter(({ mailbox }) => mailbox === name)
        const plain = ({ octets, flags }: { octets: string; flags: readonly string[] }) =>
          `${[...flags].sort().join(' ')} ${octets}`
        expect(read.map(plain).sort()).toEqual(entries.map(plain).sort())
        expect(read.map(({ internalDate }) => internalDate).sort()).toEqual(entries.map(({ at }) => at).sort())
      }
      // What lies in an mbox says its flags as well.
      const inbox = account.mailboxes.get('INBOX')!
      expect(readMbox(mboxText(inbox, UTC), UTC)).toHaveLength(inbox.count)
    }),
    { numRuns: 100 },
  )
})
