/**
 * An IMAP server of a few lines over plain data, for the client's tests: it offers what a test wants it to, changes behind the
 * client's back, and dies in the middle of things. It knows the commands that our client says, and no more.
 */
import type { Octets } from '../../../src/core/bytes/octets.ts'
import type { Machine } from '../../../src/core/machine.ts'
import { FakeStream } from '../shell/fake.ts'

export interface PlainMessage {
  uid: number
  flags: string[]
  modseq: number
  octets: Octets
}

export class PlainMailbox {
  uidValidity: number
  uidNext = 1
  modseq = 1
  messages: PlainMessage[] = []
  expunged: { uid: number; modseq: number }[] = []

  constructor(uidValidity: number) {
    this.uidValidity = uidValidity
  }

  append(octets: Octets, flags: readonly string[] = []): number {
    this.messages.push({ uid: this.uidNext, flags: [...flags], modseq: ++this.modseq, octets })
    return this.uidNext++
  }

  expunge(uid: number): void {
    if (!this.messages.some((message) => message.uid === uid)) return
    this.messages = this.messages.filter((message) => message.uid !== uid)
    this.expunged.push({ uid, modseq: ++this.modseq })
  }

  flag(uid: number, flags: readonly string[]): void {
    const message = this.messages.find((other) => other.uid === uid)
    if (!message) return
    message.flags = [...flags]
    message.modseq = ++this.modseq
  }

  /** Everything anew. */
  renew(): void {
    this.uidValidity++
    for (const [index, message] of this.messages.entries()) message.uid = index + 1
    this.uidNext = this.messages.length + 1
    this.expunged = []
  }
}

export class PlainAccount {
  readonly mailboxes = new Map<string, PlainMailbox>([['INBOX', new PlainMailbox(1)]])
  readonly subscribed = new Set<string>(['INBOX'])
  validity = 100

  create(name: string): PlainMailbox {
    const mailbox = new PlainMailbox(++this.validity)
    this.mailboxes.set(name, mailbox)
    return mailbox
  }
}

export const subjectOf = (octets: Octets): string => /^Subject: (.*)\r\n/m.exec(octets)?.[1] ?? ''

type View = { name: string; mailbox: PlainMailbox; uids: number[]; seen: number; uidValidity: number }

export class PlainSession {
  readonly stream = new FakeStream()
  readonly said: Octets[] = []
  private readonly account: PlainAccount
  private readonly capabilities: readonly string[]
  private readonly cut: (octets: Octets) => Octets[]
  private input: Octets = ''
  private view: View | null = null
  private qresync = false
  private condstore = false
  private idling: Octets | null = null
  /** Called before each command. */
  before: (line: Octets) => void = () => {}
  /** Commands until the connection dies; with half an answer, or with none. */
  dies: { after: number; answered: boolean } | null = null
  private dead = false

  constructor(account: PlainAccount, capabilities: readonly string[], cut = (octets: Octets) => [octets]) {
    this.account = account
    this.capabilities = capabilities
    this.cut = cut
    this.stream.onWrite = (data) => this.hear(data)
    this.say('* OK ready\r\n')
  }

  private say(octets: Octets): void {
    if (this.dead) return
    for (const piece of this.cut(octets)) this.stream.says(piece)
  }

  private hear(data: Octets): void {
    this.input += data
    for (;;) {
      if (this.dead) return
      let from = 0
      let end: number
      for (;;) {
        end = this.input.indexOf('\r\n', from)
        if (end < 0) return
        const [, size, plus] = /\{(\d+)(\+?)\}$/.exec(this.input.slice(0, end)) ?? []
        if (size === undefined) break
        if (plus === '' && this.input.length === end + 2) this.say('+ go on\r\n')
        from = end + 2 + Number(size)
        if (this.input.length < from) return
      }
      const line = this.input.slice(0, end)
      this.input = this.input.slice(end + 2)
      this.said.push(line)
      this.command(line)
    }
  }

  private command(line: Octets): void {
    if (this.idling !== null) {
      const tag = this.idling
      this.idling = null
      return this.say(`${this.news(true)}${tag} OK done\r\n`)
    }
    this.before(line)
    // What the numbers meant is nothing any more: a server can only send such a client away.
    if (this.view && this.view.mailbox.uidValidity !== this.view.uidValidity) {
      this.say('* BYE the mailbox began anew\r\n')
      this.dead = true
      return this.stream.leaves()
    }
    const [, tag = '', verb = '', rest = ''] = /^(\S+) (UID \S+|\S+) ?(.*)$/s.exec(line) ?? []
    if (this.dies && this.dies.after-- === 0) {
      const answer = this.answer(tag, verb.toUpperCase(), rest)
      if (this.dies.answered) this.say(answer.slice(0, answer.length / 2))
      this.dead = true
      return this.stream.leaves('reset')
    }
    this.say(this.answer(tag, verb.toUpperCase(), rest))
    if (verb === 'LOGOUT') this.stream.leaves()
  }

  /** Something has happened: told at once to who idles. */
  changed(): void {
    if (this.idling !== null) this.say(this.news(true))
  }

  private has(name: string): boolean {
    return this.capabilities.includes(name)
  }

  private answer(tag: Octets, verb: string, rest: Octets): Octets {
    if (verb === 'IDLE') {
      this.idling = tag
      return `${this.news(true)}+ idling\r\n`
    }
    const done = this.run(verb, rest)
    const [untagged, tail = 'OK done'] = typeof done === 'string' ? [done] : done
    const expunges = !['FETCH', 'STORE', 'SEARCH'].includes(verb)
    return `${untagged}${this.news(expunges)}${tag} ${tail}\r\n`
  }

  private run(verb: string, rest: Octets): Octets | readonly [Octets, Octets] {
    const { account } = this
    const words = rest.split(' ')
    switch (verb) {
      case 'CAPABILITY':
        return `* CAPABILITY IMAP4rev1 ${this.capabilities.join(' ')}\r\n`
      case 'LOGIN':
      case 'NOOP':
        return ''
      case 'LOGOUT':
        return '* BYE good-bye\r\n'
      case 'ENABLE':
        this.qresync = rest === 'QRESYNC' && this.has('QRESYNC')
        this.condstore ||= this.qresync
        return this.qresync ? '* ENABLED QRESYNC\r\n' : '* ENABLED\r\n'
      case 'LIST':
        return [...account.mailboxes.keys()]
          .map((name) => {
            const told = rest.includes('RETURN') && account.subscribed.has(name) ? '\\Subscribed' : ''
            return `* LIST (${told}) "/" ${name}\r\n`
          })
          .join('')
      case 'LSUB':
        return [...account.subscribed].map((name) => `* LSUB () "/" ${name}\r\n`).join('')
      case 'CREATE':
        account.create(words[0]!)
        return ''
      case 'STATUS': {
        const mailbox = account.mailboxes.get(words[0]!)
        return mailbox ? `* STATUS ${words[0]} (UIDNEXT ${mailbox.uidNext})\r\n` : ['', 'NO none']
      }
      case 'SELECT':
      case 'EXAMINE':
        return this.select(words[0]!, rest)
      case 'APPEND':
        return this.append(rest)
      case 'EXPUNGE':
        return this.expunge(null)
      case 'UID EXPUNGE':
        return this.expunge(uidsOf(rest))
      case 'UID FETCH':
        return this.fetch(words[0]!, rest)
      case 'UID STORE':
        return this.store(words[0]!, rest)
      case 'UID SEARCH':
        return this.search(rest)
      case 'UID COPY':
      case 'UID MOVE':
        return this.copy(verb, Number(words[0]), words[1]!)
      default:
        return ['', `BAD ${verb} is not known`]
    }
  }

  private select(name: string, rest: Octets): Octets | readonly [Octets, Octets] {
    const mailbox = this.account.mailboxes.get(name)
    this.view = null
    if (!mailbox) return ['', 'NO [NONEXISTENT] none']
    if (rest.includes('CONDSTORE')) this.condstore = true
    const { uidValidity, modseq } = mailbox
    this.view = { name, mailbox, uids: mailbox.messages.map(({ uid }) => uid), seen: modseq, uidValidity }
    let told = `* FLAGS (\\Seen)\r\n* ${mailbox.messages.length} EXISTS\r\n* OK [UIDVALIDITY ${uidValidity}] x\r\n`
    told += `* OK [UIDNEXT ${mailbox.uidNext}] x\r\n`
    if (this.condstore || this.has('CONDSTORE')) told += `* OK [HIGHESTMODSEQ ${modseq}] x\r\n`
    const [, validity, since] = /QRESYNC \((\d+) (\d+)\)/.exec(rest) ?? []
    if (Number(validity) === uidValidity) {
      const gone = mailbox.expunged.filter((one) => one.modseq > Number(since)).map(({ uid }) => uid)
      if (gone.length > 0) told += `* VANISHED (EARLIER) ${gone.join()}\r\n`
      for (const [index, message] of mailbox.messages.entries())
        if (message.modseq > Number(since)) told += this.flagsLine(index + 1, message, true)
    }
    return [told, 'OK [READ-WRITE] done']
  }

  private flagsLine(number: number, { uid, flags, modseq }: PlainMessage, byUid: boolean): Octets {
    const named = byUid || this.qresync ? `UID ${uid} ` : ''
    return `* ${number} FETCH (${named}FLAGS (${[...flags, '\\Recent'].join(' ')})${this.condstore ? ` MODSEQ (${modseq})` : ''})\r\n`
  }

  /** What others did. */
  private news(expunges: boolean): Octets {
    const { view } = this
    if (!view) return ''
    const { mailbox } = view
    let told = ''
    if (expunges) {
      const there = new Set(mailbox.messages.map(({ uid }) => uid))
      const gone = view.uids.filter((uid) => !there.has(uid))
      if (this.qresync && gone.length > 0) told += `* VANISHED ${gone.join()}\r\n`
      if (!this.qresync) for (const uid of gone.reverse()) told += `* ${view.uids.indexOf(uid) + 1} EXPUNGE\r\n`
      view.uids = view.uids.filter((uid) => there.has(uid))
    }
    const last = view.uids.at(-1) ?? 0
    const arrived = mailbox.messages.filter(({ uid }) => uid > last && !view.uids.includes(uid))
    view.uids.push(...arrived.map(({ uid }) => uid))
    if (arrived.length > 0) told += `* ${view.uids.length} EXISTS\r\n`
    for (const message of mailbox.messages)
      if (message.modseq > view.seen && view.uids.includes(message.uid))
        told += this.flagsLine(view.uids.indexOf(message.uid) + 1, message, false)
    view.seen = mailbox.modseq
    return told
  }

  private append(rest: Octets): readonly [Octets, Octets] {
    const [, name = '', flags = '', octets = ''] =
      /^(\S+)(?: \(([^)]*)\))?(?: "[^"]*")? \{\d+\+?\}\r\n(.*)$/s.exec(rest) ?? []
    const mailbox = this.account.mailboxes.get(name)
    if (!mailbox) return ['', 'NO [TRYCREATE] none']
    if (octets.includes('REFUSE')) return ['', 'NO [OVERQUOTA] too much']
    const uid = mailbox.append(octets, flags === '' ? [] : flags.split(' '))
    return ['', this.has('UIDPLUS') ? `OK [APPENDUID ${mailbox.uidValidity} ${uid}] done` : 'OK done']
  }

  private expunge(uids: Octets | null | readonly (readonly [number, number])[]): Octets {
    const { mailbox } = this.view!
    for (const { uid, flags } of [...mailbox.messages])
      if (flags.includes('\\Deleted') && (uids === null || inside(uids as never, uid))) mailbox.expunge(uid)
    return ''
  }

  private fetch(set: Octets, rest: Octets): Octets {
    const { view } = this
    if (!view) return ''
    const since = /CHANGEDSINCE (\d+)/.exec(rest)?.[1]
    if (since !== undefined || rest.includes('MODSEQ')) this.condstore = true
    const ranges = uidsOf(set, view.uids.at(-1) ?? 0)
    let told = ''
    for (const message of view.mailbox.messages) {
      const number = view.uids.indexOf(message.uid) + 1
      if (number === 0 || !inside(ranges, message.uid) || message.modseq <= Number(since ?? 0)) continue
      const { octets } = message
      let more = ''
      if (rest.includes('ENVELOPE')) {
        more += ` RFC822.SIZE ${octets.length} INTERNALDATE "07-Sep-2026 10:00:00 +0200"`
        more += ` ENVELOPE (NIL "${subjectOf(octets)}" NIL NIL NIL NIL NIL NIL NIL NIL)`
        more += ` BODYSTRUCTURE ("TEXT" "PLAIN" NIL NIL NIL "7BIT" ${octets.length} 1)`
      }
      if (rest.includes('BODY.PEEK[1]')) more += ` BODY[1] {${octets.length}}\r\n${octets}`
      told += this.flagsLine(number, message, true).replace(/\)\r\n$/, `${more})\r\n`)
    }
    return told
  }

  private store(set: Octets, rest: Octets): readonly [Octets, Octets] | Octets {
    const { view } = this
    if (!view) return ['', 'NO closed']
    const unchanged = /UNCHANGEDSINCE (\d+)/.exec(rest)?.[1]
    if (unchanged !== undefined) this.condstore = true
    const [, sign, silent, list = ''] = /([+-])FLAGS(\.SILENT)? \(([^)]*)\)/.exec(rest) ?? []
    const flags = list.split(' ')
    const modified: number[] = []
    let told = ''
    for (const message of view.mailbox.messages) {
      const number = view.uids.indexOf(message.uid) + 1
      if (number === 0 || !inside(uidsOf(set), message.uid)) continue
      if (unchanged !== undefined && message.modseq > Number(unchanged)) {
        modified.push(message.uid)
        continue
      }
      const kept = message.flags.filter((flag) => !flags.includes(flag))
      view.mailbox.flag(message.uid, sign === '+' ? [...kept, ...flags] : kept)
      if (silent === undefined || this.condstore) told += this.flagsLine(number, message, true)
    }
    return [told, modified.length > 0 ? `OK [MODIFIED ${modified.join()}] some` : 'OK done']
  }

  private search(rest: Octets): Octets {
    const { view } = this
    if (!view) return '* SEARCH\r\n'
    const from = /^UID (\d+):\*/.exec(rest)?.[1]
    const id = /HEADER Message-ID "?([^"\s]+)"?/.exec(rest)?.[1]
    const last = view.uids.at(-1) ?? 0
    const found = view.mailbox.messages.filter(
      ({ uid, flags, octets }) =>
        view.uids.includes(uid) &&
        (from === undefined || uid >= Math.min(Number(from), last)) &&
        (id === undefined || octets.includes(`Message-ID: ${id}`)) &&
        (rest !== 'DELETED' || flags.includes('\\Deleted')),
    )
    return `* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}\r\n`
  }

  private copy(verb: string, uid: number, name: string): readonly [Octets, Octets] | Octets {
    const { view } = this
    const to = this.account.mailboxes.get(name)
    if (!to) return ['', 'NO [TRYCREATE] none']
    const message = view?.mailbox.messages.find((other) => other.uid === uid)
    if (!view || !message) return ''
    const copy = to.append(message.octets, message.flags)
    const code = `[COPYUID ${to.uidValidity} ${uid} ${copy}]`
    if (verb === 'UID COPY') return ['', this.has('UIDPLUS') ? `OK ${code} done` : 'OK done']
    view.mailbox.expunge(uid)
    return this.has('UIDPLUS') ? `* OK ${code} moved\r\n` : ''
  }
}

type Sets = readonly (readonly [number, number])[]

const uidsOf = (set: Octets, last = Infinity): Sets =>
  set.split(',').map((item): [number, number] => {
    const [a = '', b = a] = item.split(':')
    const [from, to] = [a === '*' ? last : Number(a), b === '*' ? last : Number(b)]
    return from <= to ? [from, to] : [to, from]
  })

const inside = (sets: Sets, uid: number) => sets.some(([from, to]) => uid >= from && uid <= to)

export const machine: Machine = {
  host: 'pc-alice.rennes.example',
  address: '192.0.2.50',
  now: () => 0,
  sleep: () => () => () => {},
  dial: () => () => () => {},
  exchange: () => () => () => {},
  // eslint-disable-next-line require-yield -- nobody asks
  resolve: function* () {
    return { result: 'nxdomain', records: [], aliases: [], cached: false }
  },
  note: () => 0,
}
