/**
 * Three sessions on one mailbox, and mail that arrives in between, against a plain model: what is in the mailbox, and what each
 * session was told of it. The invariants are those that Dovecot's imaptest looks for.
 */
import fc from '../fast-check.ts'
import { expect, it } from 'vitest'
import { Desk, letter, type Line } from '../unit/imap/desk.ts'
import { parsed, type Atom, type Parsed, type Value } from '../unit/imap/second-opinion.ts'

interface Message {
  uid: number
  octets: string
  flags: Set<string>
  gone: boolean
}

/** All messages that ever were, by rising UID. */
class Mailbox {
  readonly messages: Message[] = []
  uidNext = 1

  add(octets: string, flags: Iterable<string> = []): number {
    this.messages.push({ uid: this.uidNext, octets, flags: new Set(flags), gone: false })
    return this.uidNext++
  }

  get(uid: number): Message {
    return this.messages.find((message) => message.uid === uid)!
  }

  get there(): Message[] {
    return this.messages.filter(({ gone }) => !gone)
  }
}

/** What the client of a session knows, by what it was told and by what it asked for. */
interface Seen {
  line: Line
  opened: 'SELECT' | 'EXAMINE' | null
  idling: boolean
  uids: number[]
  recentCount: number
  /** Flags as they were told; null: not yet. */
  flags: Map<number, Set<string> | null>
}

type Action =
  | 'open'
  | 'close'
  | 'noop'
  | 'check'
  | 'idle'
  | 'store'
  | 'fetch'
  | 'search'
  | 'copy'
  | 'move'
  | 'append'
  | 'expunge'
  | 'deliver'
const ACTIONS: readonly Action[] = [
  'open',
  'close',
  'noop',
  'check',
  'idle',
  ...(['store', 'store', 'store', 'store', 'fetch', 'fetch', 'search', 'search'] as const),
  ...(['copy', 'copy', 'move'] as const),
  'append',
  'expunge',
  'expunge',
  'deliver',
  'deliver',
]
const FLAGS = ['\\Seen', '\\Deleted', '\\Flagged', '$Work', '$Later']

const step = fc.record({
  who: fc.nat({ max: 2 }),
  action: fc.constantFrom(...ACTIONS),
  byUid: fc.boolean(),
  from: fc.nat({ max: 9 }),
  count: fc.integer({ min: 1, max: 4 }),
  flags: fc.subarray(FLAGS),
  how: fc.constantFrom('+', '-', ''),
  silent: fc.boolean(),
  pick: fc.nat({ max: 11 }),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const text = (value: Value | undefined): string => (value as Atom | undefined)?.value ?? ''

class Play {
  private readonly desk = new Desk()
  private readonly inbox = new Mailbox()
  private readonly archive = new Mailbox()
  private readonly sessions: Seen[]
  private letters = 0
  /** Which session saw a message as \Recent. */
  private readonly recentIn = new Map<number, Seen>()
  /** What the EXPUNGE under way removes, but first tells of. */
  private readonly going = new Set<number>()

  constructor() {
    this.sessions = [0, 1, 2].map((which) => {
      const line = this.desk.session({}, structuredClone)
      line.ok('LOGIN alice alice-pw')
      // One of them hears of UIDs instead of numbers (RFC 7162 3.2.10).
      if (which === 2) line.ok('ENABLE QRESYNC')
      return { line, opened: null, idling: false, uids: [], recentCount: 0, flags: new Map() }
    })
    this.deliver()
    this.deliver()
  }

  private letter(): string {
    return letter(`number ${++this.letters}`)
  }

  private deliver(): void {
    const octets = this.letter()
    this.desk.deliver('alice', octets)
    this.inbox.add(octets)
  }

  /** One command, and all that it says of the mailbox taken in; the condition and the text of its tagged answer. */
  private say(seen: Seen, command: string, asked: (answer: Parsed) => void = () => {}): string {
    const { untagged, tagged } = seen.line.say(command)
    const numbersStay = /^(FETCH|STORE|SEARCH)/.test(command)
    for (const each of untagged) this.hear(seen, each, numbersStay, asked)
    return tagged
  }

  private hearLines(seen: Seen, said: string): void {
    for (const untagged of said.split('\r\n').filter((each) => each.startsWith('* ')))
      this.hear(seen, untagged.slice(2), false, () => {})
  }

  private hear(seen: Seen, untagged: string, numbersStay: boolean, asked: (answer: Parsed) => void): void {
    if (/^(OK|BYE) /.test(untagged)) return
    const answer = parsed(`* ${untagged}`)
    const word = text(answer.attributes[0])
    const number = Number(answer.command)
    if (word === 'EXISTS') {
      // RFC 3501 7.3.1: less it is only by EXPUNGE.
      expect(number).toBeGreaterThanOrEqual(seen.uids.length)
      const last = seen.uids.at(-1) ?? 0
      const more = this.inbox.messages.filter(({ uid, gone }) => uid > last && (!gone || this.going.has(uid)))
      expect(number).toBe(seen.uids.length + more.length)
      for (const { uid } of more) seen.flags.set(uid, null)
      seen.uids.push(...more.map(({ uid }) => uid))
    } else if (word === 'RECENT') seen.recentCount = number
    else if (word === 'EXPUNGE') {
      expect(numbersStay).toBe(false)
      const uid = seen.uids[number - 1]!
      expect(this.inbox.get(uid).gone).toBe(true)
      seen.uids.splice(number - 1, 1)
      seen.flags.delete(uid)
    } else if (answer.command === 'VANISHED') {
      expect(numbersStay).toBe(false)
      for (const uid of members(word)) {
        expect(seen.uids).toContain(uid)
        expect(this.inbox.get(uid).gone).toBe(true)
        seen.uids.splice(seen.uids.indexOf(uid), 1)
        seen.flags.delete(uid)
      }
    } else if (word === 'FETCH') {
      expect(number).toBeLessThanOrEqual(seen.uids.length)
      this.hearFlags(seen, number, items(answer))
    }
    asked(answer)
  }

  private hearFlags(seen: Seen, number: number, told: Map<string, Value>): void {
    const uid = seen.uids[number - 1]!
    if (told.has('UID')) expect(Number(text(told.get('UID')))).toBe(uid)
    if (!told.has('FLAGS')) return
    const flags = new Set((told.get('FLAGS') as Value[]).map(text))
    if (flags.delete('\\Recent') && seen.opened === 'SELECT') {
      expect(this.recentIn.get(uid) ?? seen).toBe(seen)
      this.recentIn.set(uid, seen)
    }
    expect(flags).toEqual(this.inbox.get(uid).flags)
    seen.flags.set(uid, flags)
  }

  take(given: Step): void {
    const { action, pick } = given
    if (action === 'deliver') return this.deliver()
    const seen = this.sessions[given.who]!
    if (seen.idling) return this.endIdle(seen)
    if (action === 'append') return this.append(seen, given)
    if (seen.opened === null || action === 'open') return this.open(seen, pick % 4 === 0 ? 'EXAMINE' : 'SELECT')
    const from = given.from % Math.max(1, seen.uids.length)
    const uids = seen.uids.slice(from, from + given.count)
    switch (action) {
      case 'close':
        return this.close(seen)
      case 'noop':
      case 'check':
        return this.beIdle(seen, action)
      case 'idle':
        this.hearLines(seen, seen.line.feed('i IDLE\r\n'))
        seen.idling = true
        return
      case 'store':
        return this.store(seen, uids, given)
      case 'fetch':
        return this.fetch(seen, uids, given)
      case 'search':
        return this.search(seen, given)
      case 'copy':
      case 'move':
        return this.copy(seen, uids, action, given)
      case 'expunge':
        return this.expunge(seen, uids, given)
    }
  }

  private open(seen: Seen, command: 'SELECT' | 'EXAMINE'): void {
    Object.assign(seen, { opened: command, uids: [], recentCount: 0, flags: new Map() })
    expect(this.say(seen, `${command} INBOX`)).toMatch(
      command === 'SELECT' ? /^OK \[READ-WRITE\]/ : /^OK \[READ-ONLY\]/,
    )
    expect(seen.uids).toEqual(this.inbox.there.map(({ uid }) => uid))
    let recent = 0
    this.say(seen, 'UID FETCH 1:* FLAGS', (answer) => {
      if (JSON.stringify(answer).includes('\\\\Recent')) recent++
    })
    expect(seen.recentCount).toBe(recent)
  }

  private close(seen: Seen): void {
    const known = new Set(seen.uids)
    // CLOSE says nothing of what it expunges (RFC 3501 6.4.2).
    expect(this.say(seen, 'CLOSE', () => expect.fail('CLOSE told something'))).toMatch(/^OK/)
    if (seen.opened === 'SELECT')
      for (const message of this.inbox.there)
        if (known.has(message.uid) && message.flags.has('\\Deleted')) message.gone = true
    seen.opened = null
  }

  /** Behind a command that may tell everything, a session knows what there is: no message and no flag is lost. */
  private beIdle(seen: Seen, command: string): void {
    if (command !== 'DONE') expect(this.say(seen, command.toUpperCase())).toMatch(/^OK/)
    expect(seen.uids).toEqual(this.inbox.there.map(({ uid }) => uid))
    for (const [uid, flags] of seen.flags) if (flags) expect([uid, flags]).toEqual([uid, this.inbox.get(uid).flags])
  }

  private endIdle(seen: Seen): void {
    const heard = `${seen.line.heard()}${seen.line.feed('DONE\r\n')}`
    this.hearLines(seen, heard)
    expect(heard).toMatch(/(^|\n)i OK IDLE terminated\r\n$/)
    seen.idling = false
    this.beIdle(seen, 'DONE')
  }

  private setOf(seen: Seen, uids: readonly number[], byUid: boolean): string {
    return byUid ? uids.join(',') : uids.map((uid) => seen.uids.indexOf(uid) + 1).join(',')
  }

  private store(seen: Seen, uids: readonly number[], { byUid, flags, how, silent }: Step): void {
    if (uids.length === 0 || (flags.length === 0 && how !== '')) return
    const there = uids.filter((uid) => !this.inbox.get(uid).gone)
    const writes = seen.opened === 'SELECT'
    if (writes)
      for (const uid of there) {
        const message = this.inbox.get(uid)
        if (how === '') message.flags = new Set(flags)
        for (const flag of flags)
          if (how === '-') message.flags.delete(flag)
          else message.flags.add(flag)
      }
    const told = new Set<number>()
    const command = `STORE ${this.setOf(seen, uids, byUid)} ${how}FLAGS${silent ? '.SILENT' : ''} (${flags.join(' ')})`
    // What a silent change leaves unsaid the client works out by itself.
    if (writes && silent)
      for (const uid of there) {
        const before = seen.flags.get(uid)
        const after = new Set(how === '' ? [] : before)
        for (const flag of flags)
          if (how === '-') after.delete(flag)
          else after.add(flag)
        seen.flags.set(uid, before || how === '' ? after : null)
      }
    const before = [...seen.uids]
    const tagged = this.say(seen, `${byUid ? 'UID ' : ''}${command}`, (answer) => {
      if (text(answer.attributes[0]) === 'FETCH') told.add(before[Number(answer.command) - 1]!)
    })
    if (!writes) return expect(tagged).toMatch(/^NO \[READ-ONLY\]/)
    if (byUid || there.length === uids.length) expect(tagged).toMatch(/^OK/)
    else expect(tagged).toMatch(silent && there.length > 0 ? /^OK \[EXPUNGEISSUED\]/ : /^NO \[EXPUNGEISSUED\]/)
    if (!silent) for (const uid of there) expect(told).toContain(uid)
  }

  private fetch(seen: Seen, uids: readonly number[], { byUid, pick }: Step): void {
    if (uids.length === 0) return
    const wanted = [
      ['FLAGS'],
      ['UID', 'FLAGS', 'RFC822.SIZE'],
      ['BODY.PEEK[]', 'UID'],
      ['BODY[]'],
      ['ENVELOPE', 'INTERNALDATE', 'BODYSTRUCTURE'],
      ['RFC822.HEADER'],
    ][pick % 6]!
    const marks = wanted[0] === 'BODY[]' && seen.opened === 'SELECT'
    if (marks) for (const uid of uids) if (!this.inbox.get(uid).gone) this.inbox.get(uid).flags.add('\\Seen')
    const before = [...seen.uids]
    const answered = new Set<number>()
    const command = `${byUid ? 'UID ' : ''}FETCH ${this.setOf(seen, uids, byUid)} (${wanted.join(' ')})`
    const tagged = this.say(seen, command, (answer) => {
      if (text(answer.attributes[0]) !== 'FETCH') return
      const uid = before[Number(answer.command) - 1]
      const told = items(answer)
      // Flags that others changed are told too, of what has just arrived as well.
      if (uid === undefined || !wanted.every((item) => told.has(item.replace('.PEEK', '')))) return
      answered.add(uid)
      const { octets } = this.inbox.get(uid)
      if (told.has('BODY[]')) expect(text(told.get('BODY[]'))).toBe(octets)
      if (told.has('RFC822.SIZE')) expect(Number(text(told.get('RFC822.SIZE')))).toBe(octets.length)
    })
    expect(tagged).toMatch(/^OK/)
    for (const uid of uids) if (!this.inbox.get(uid).gone) expect(answered).toContain(uid)
    for (const uid of answered) if (!uids.includes(uid)) expect(wanted).toEqual(['FLAGS'])
  }

  private search(seen: Seen, { byUid, pick }: Step): void {
    const before = [...seen.uids]
    const searches: [string, (message: Message) => boolean][] = [
      ['ALL', () => true],
      ['SEEN', ({ flags }) => flags.has('\\Seen')],
      ['UNSEEN NOT FLAGGED', ({ flags }) => !flags.has('\\Seen') && !flags.has('\\Flagged')],
      ['OR DELETED KEYWORD $Work', ({ flags }) => flags.has('\\Deleted') || flags.has('$Work')],
      ['UID 2:4,7', ({ uid }) => (uid >= 2 && uid <= 4) || uid === 7],
      ['2:*', ({ uid }) => before.indexOf(uid) >= 1 || uid === before.at(-1)],
    ]
    const [key, matches] = searches[pick % searches.length]!
    if (key === '2:*' && before.length < 2) return
    const found = before.filter((uid) => !this.inbox.get(uid).gone && matches(this.inbox.get(uid)))
    let result: number[] | null = null
    const tagged = this.say(seen, `${byUid ? 'UID ' : ''}SEARCH ${key}`, (answer) => {
      if (answer.command === 'SEARCH') result = answer.attributes.map((each) => Number(text(each)))
    })
    expect(tagged).toMatch(/^OK/)
    expect(result).toEqual(byUid ? found : found.map((uid) => before.indexOf(uid) + 1))
  }

  private copy(seen: Seen, uids: readonly number[], action: 'copy' | 'move', { byUid, pick }: Step): void {
    if (uids.length === 0) return
    const target = action === 'copy' && pick % 2 === 0 ? 'INBOX' : 'Archive'
    const there = uids.filter((uid) => !this.inbox.get(uid).gone)
    const done = byUid || there.length === uids.length
    const places: number[] = []
    if (done && !(action === 'move' && seen.opened === 'EXAMINE'))
      for (const uid of there) {
        const { octets, flags } = this.inbox.get(uid)
        places.push((target === 'INBOX' ? this.inbox : this.archive).add(octets, flags))
        if (action === 'move') this.inbox.get(uid).gone = true
      }
    const command = `${action.toUpperCase()} ${this.setOf(seen, uids, byUid)} ${target}`
    const { untagged, tagged } = seen.line.say(`${byUid ? 'UID ' : ''}${command}`)
    for (const each of untagged) this.hear(seen, each, false, () => {})
    if (action === 'move' && seen.opened === 'EXAMINE') return expect(tagged).toMatch(/^NO \[READ-ONLY\]/)
    if (!done) return expect(tagged).toMatch(/^NO \[EXPUNGEISSUED\]/)
    expect(tagged).toMatch(/^OK/)
    if (places.length === 0) return
    const said = /\[COPYUID \d+ ([\d:,]+) ([\d:,]+)\]/.exec([...untagged, tagged].join('\n'))!
    expect(members(said[1]!)).toEqual(there)
    expect(members(said[2]!)).toEqual(places)
  }

  private append(seen: Seen, { flags, pick }: Step): void {
    const octets = this.letter()
    const [name, mailbox] = pick % 3 === 0 ? (['Archive', this.archive] as const) : (['INBOX', this.inbox] as const)
    const uid = mailbox.add(octets, flags)
    const tagged = this.say(seen, `APPEND ${name} (${flags.join(' ')}) {${octets.length}+}\r\n${octets}`)
    expect(tagged).toMatch(new RegExp(`^OK \\[APPENDUID \\d+ ${uid}\\]`))
  }

  private expunge(seen: Seen, uids: readonly number[], { byUid }: Step): void {
    if (byUid && uids.length === 0) return
    // It is told of everything first, and so removes what has arrived too.
    if (seen.opened === 'SELECT')
      for (const message of this.inbox.there)
        if (message.flags.has('\\Deleted') && (!byUid || uids.includes(message.uid))) {
          message.gone = true
          this.going.add(message.uid)
        }
    const tagged = this.say(seen, byUid ? `UID EXPUNGE ${uids.join(',')}` : 'EXPUNGE')
    this.going.clear()
    if (seen.opened === 'EXAMINE') return expect(tagged).toMatch(/^NO \[READ-ONLY\]/)
    expect(tagged).toMatch(/^OK/)
    expect(seen.uids).toEqual(this.inbox.there.map(({ uid }) => uid))
  }

  /** All are asked at the end: they agree with each other and with the mailbox. */
  end(): void {
    for (const seen of this.sessions) {
      if (seen.idling) this.endIdle(seen)
      if (seen.opened === null) this.open(seen, 'EXAMINE')
      this.beIdle(seen, 'NOOP')
      this.say(seen, 'UID FETCH 1:* FLAGS')
      for (const { uid, flags } of this.inbox.there) expect(seen.flags.get(uid)).toEqual(flags)
    }
    const [seen] = this.sessions
    const status = seen!.line.ok('STATUS Archive (MESSAGES UIDNEXT)')[0]
    expect(status).toBe(`STATUS Archive (MESSAGES ${this.archive.messages.length} UIDNEXT ${this.archive.uidNext})`)
  }
}

/** Of a FETCH: what it tells, by item. */
function items(answer: Parsed): Map<string, Value> {
  const pairs = answer.attributes[1] as Value[]
  const told = new Map<string, Value>()
  for (let at = 0; at < pairs.length; at += 2) {
    const name = pairs[at] as Atom
    told.set(name.section ? `${name.value}[]` : name.value, pairs[at + 1]!)
  }
  return told
}

const members = (set: string): number[] =>
  set.split(',').flatMap((range) => {
    const [from, to] = range.split(':').map(Number)
    return Array.from({ length: (to ?? from!) - from! + 1 }, (_, k) => from! + k)
  })

it('keeps three sessions on one mailbox right, whatever they do', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
      const play = new Play()
      for (const each of steps) play.take(each)
      play.end()
    }),
    { numRuns: 200 },
  )
})
