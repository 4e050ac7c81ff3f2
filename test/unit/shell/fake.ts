/** A machine for the shell's tests: streams that follow a script, a DNS of a few records, files, and a terminal to read. */
import { VirtualTerminal } from '../../../src/core/shell/virtual-terminal.ts'
import type { FileTrouble, QueueEntryView, ShellHost } from '../../../src/core/shell/host.ts'
import { shell } from '../../../src/core/shell/shell.ts'
import type { Key } from '../../../src/core/shell/terminal.ts'
import { answerFrom } from '../../../src/core/dns/authority.ts'
import type { Resolution, Zone } from '../../../src/core/dns/records.ts'
import { decodeMessage, dnsMessage, encodeMessage } from '../../../src/core/dns/wire.ts'
import type { Octets } from '../../../src/core/bytes/octets.ts'
import { utf8Octets } from '../../../src/core/bytes/utf8.ts'
import type { DialFailure, Dialled, Machine } from '../../../src/core/machine.ts'
import type { Stream, StreamEvent } from '../../../src/core/stream.ts'
import { run, type Waiter } from '../../../src/core/task.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'
import en from '../../../src/texts/shell.en.ts'

/** Events for whoever waits, in order. */
export class Mailbag<T> {
  private readonly events: T[] = []
  private resume: ((event: T) => void) | null = null
  /** How many wait now. */
  waiting = 0

  readonly next: Waiter<T> = (resume) => {
    const event = this.events.shift()
    if (event !== undefined) {
      resume(event)
      return () => {}
    }
    this.resume = resume
    this.waiting++
    return () => {
      if (this.resume !== resume) return
      this.resume = null
      this.waiting--
    }
  }

  put(event: T): void {
    const { resume } = this
    if (!resume) {
      this.events.push(event)
      return
    }
    this.resume = null
    this.waiting--
    resume(event)
  }
}

export class FakeStream implements Stream {
  readonly id = 'c1'
  readonly local = { address: '192.0.2.50', port: 49152 }
  readonly peer = { address: '192.0.2.10', port: 25 }
  readonly secure = false
  readonly events = new Mailbag<StreamEvent>()
  readonly read = this.events.next
  written: Octets = ''
  ended: 'fin' | 'reset' | null = null
  onWrite: (data: Octets, stream: FakeStream) => void = () => {}
  onClose: (stream: FakeStream) => void = () => {}

  says(data: Octets): void {
    this.events.put({ on: 'bytes', data })
  }
  leaves(how: 'fin' | 'reset' | 'timeout' = 'fin'): void {
    this.events.put({ on: 'closed', how })
  }
  write(data: Octets): void {
    this.written += data
    this.onWrite(data, this)
  }
  close(): void {
    this.ended ??= 'fin'
    this.onClose(this)
  }
  reset(): void {
    this.ended = 'reset'
  }
  startTls(): Waiter<string | null> {
    return (resume) => {
      resume('no TLS in this test')
      return () => {}
    }
  }
}

/** A mail server of a few lines: it knows the verbs, and takes what it is given until the lone dot. */
export function smtpServer(answers: Record<string, string> = {}): FakeStream {
  const stream = new FakeStream()
  const replies: Record<string, string> = {
    EHLO: '250-mx1.rennes.example greets you\r\n250 HELP',
    HELO: '250 mx1.rennes.example',
    MAIL: '250 2.1.0 OK',
    RCPT: '250 2.1.5 OK',
    DATA: '354 Start mail input; end with <CRLF>.<CRLF>',
    QUIT: '221 2.0.0 mx1.rennes.example Service closing transmission channel',
    '.': '250 2.0.0 OK',
    ...answers,
  }
  let content = false
  stream.onWrite = (data, self) => {
    for (const line of data.split('\r\n').slice(0, -1)) {
      if (content && line !== '.') continue
      const verb = line === '.' ? '.' : (line.split(' ')[0] ?? '').toUpperCase()
      content = false
      const reply = replies[verb] ?? '500 5.5.2 Syntax error, command unrecognized'
      if (reply.startsWith('354')) content = true
      self.says(`${reply}\r\n`)
      if (verb === 'QUIT') self.leaves()
    }
  }
  stream.says('220 mx1.rennes.example ESMTP Facteur\r\n')
  return stream
}

const zone: Zone = {
  origin: 'example',
  records: [
    {
      name: 'example',
      ttl: 3600,
      type: 'SOA',
      primary: 'dns.example',
      mailbox: 'root.example',
      serial: 1,
      refresh: 1,
      retry: 1,
      expire: 1,
      minimum: 60,
    },
    { name: 'mx1.rennes.example', ttl: 3600, type: 'A', address: '192.0.2.10' },
    { name: 'two.example', ttl: 3600, type: 'A', address: '192.0.2.20' },
    { name: 'two.example', ttl: 3600, type: 'A', address: '192.0.2.21' },
    { name: 'rennes.example', ttl: 3600, type: 'MX', preference: 10, exchange: 'mx1.rennes.example' },
    { name: 'rennes.example', ttl: 3600, type: 'MX', preference: 20, exchange: 'mx2.rennes.example' },
    { name: 'www.rennes.example', ttl: 60, type: 'CNAME', target: 'mx1.rennes.example' },
    { name: 'nomail.example', ttl: 60, type: 'MX', preference: 0, exchange: '' },
  ],
}
const reverse: Zone = {
  origin: '2.0.192.in-addr.arpa',
  records: [{ name: '10.2.0.192.in-addr.arpa', ttl: 3600, type: 'PTR', target: 'mx1.rennes.example' }],
}

function answer(packet: Octets): Octets | null {
  const asked = decodeMessage(packet)
  if (!asked?.question) return null
  const zones = [zone, reverse].filter(({ origin }) => asked.question!.name.endsWith(origin))
  const reply = answerFrom(zones, asked.question, 0)
  if (!reply) return null
  const { id, question, recursionDesired } = asked
  return encodeMessage(dnsMessage({ id, reply: true, recursionDesired, recursionAvailable: true, question, ...reply }))
}

export class Desk {
  readonly notes: Note[] = []
  readonly terminal: VirtualTerminal
  readonly files: Record<string, Octets> = {}
  readonly followed = new Mailbag<Octets>()
  readonly packets = new Mailbag<TraceEvent>()
  captures = 0
  flushed = 0
  uniques = 0
  /** Why nothing can be written any more. */
  refused: FileTrouble | null = null
  queue: QueueEntryView[] = []
  /** Address and port to what happens there. */
  readonly servers: Record<string, FakeStream | DialFailure | 'silence'> = {}
  dnsDown = false
  private running: { stop(): void } | null = null
  private seen = 0
  readonly host: ShellHost

  constructor(more: Partial<ShellHost> = {}) {
    this.terminal = new VirtualTerminal('t1', (note) => this.notes.push(note))
    const machine: Machine = {
      host: 'pc-alice.rennes.example',
      address: '192.0.2.50',
      now: () => 0,
      sleep: () => () => () => {},
      dial: (address, port) => (resume) => {
        const server = this.servers[`${address}:${port}`] ?? 'refused'
        if (server === 'silence') return () => {}
        const dialled: Dialled = typeof server === 'string' ? { ok: false, why: server } : { ok: true, stream: server }
        resume(dialled)
        return () => {}
      },
      exchange: (_address, _port, data) => (resume) => {
        resume(this.dnsDown ? null : answer(data))
        return () => {}
      },
      // eslint-disable-next-line require-yield -- the fake knows at once
      resolve: function* (this: Desk, name: string, type: string) {
        const none = { records: [], aliases: [], cached: false }
        if (this.dnsDown) return { result: 'timeout', ...none } satisfies Resolution
        const records = zone.records.filter((record) => record.name === name && record.type === type)
        const known = zone.records.some((record) => record.name === name)
        const result = records.length > 0 ? 'found' : known ? 'no-data' : 'nxdomain'
        return { ...none, result, records } satisfies Resolution
      }.bind(this),
      note: (note) => this.notes.push(note) - 1,
    }
    this.host = {
      machine,
      user: 'alice',
      name: 'Alice Martin',
      address: 'alice@rennes.example',
      password: 'tournesol',
      submission: { host: 'mx1.rennes.example', port: 25 },
      resolver: '192.0.2.1',
      searchDomain: 'rennes.example',
      nameOf: (address) => (address === '192.0.2.10' ? 'mx1.rennes.example' : null),
      readFile: (path) => this.files[path] ?? null,
      listFiles: (directory) => {
        const inside = Object.keys(this.files).filter((path) => path.startsWith(`${directory}/`))
        return inside.length === 0 ? null : inside.map((path) => path.slice(directory.length + 1))
      },
      writeFile: (path, data, append) => {
        if (this.refused !== null) return this.refused
        if (path === '/tmp' || this.host.listFiles(path)) return 'Is a directory'
        if (!/^\/(?:home\/alice|tmp)\//.test(path)) return 'Permission denied'
        this.files[path] = append ? (this.files[path] ?? '') + data : data
        return null
      },
      removeFile: (path) => {
        if (this.files[path] === undefined) return 'No such file or directory'
        Reflect.deleteProperty(this.files, path)
        return null
      },
      changedAt: () => 'Mon Sep  7 10:00:00 2026',
      unique: () => `u${++this.uniques}`,
      follow: () => this.followed.next,
      loggedIn: () => [],
      queue: () => this.queue,
      flushQueue: () => this.flushed++,
      capture: () => {
        this.captures++
        return { next: this.packets.next, stop: () => this.captures-- }
      },
      connection: () => ({ from: { address: '192.0.2.50', port: 49152 }, to: { address: '192.0.2.10', port: 25 } }),
      date: () => 'Mon, 07 Sep 2026 10:00:00 +0200 (CEST)',
      say: (key, parameters = {}) =>
        en[key as keyof typeof en].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name])),
      ...more,
    }
  }

  start(): this {
    this.running = run(shell(this.terminal, this.host))
    this.read()
    return this
  }

  stop(): void {
    this.running?.stop()
  }

  /** All that stands on the screen. */
  get screen(): string {
    return this.notes.flatMap((note) => (note.kind === 'typed' || note.kind === 'printed' ? [note.text] : [])).join('')
  }

  /** What has come to the screen since the last time. */
  read(): string {
    const { screen } = this
    const text = screen.slice(this.seen)
    this.seen = screen.length
    return text
  }

  /** Types lines, and gives what comes of them. */
  type(...lines: string[]): string {
    for (const line of lines) this.terminal.type(utf8Octets(`${line}\n`))
    return this.read()
  }

  key(key: Key): string {
    this.terminal.key(key)
    return this.read()
  }

  /** The output of one command, without its echo and the next prompt. */
  output(line: string): string {
    this.read()
    const text = this.type(line)
    const prompt = 'alice@pc-alice:~$ '
    return text.endsWith(prompt) ? text.slice(line.length + 1, -prompt.length) : text.slice(line.length + 1)
  }
}
