/** A small Internet for the mail system's tests: hosts, names and time, all by hand, everything in a fixed order. */
import type { Dialled, DialFailure, Machine } from '../../../src/core/machine.ts'
import type { Resolution, ResourceRecord } from '../../../src/core/dns/records.ts'
import type { MailConfig } from '../../../src/core/mta/config.ts'
import { Mta, type MtaOptions } from '../../../src/core/mta/mta.ts'
import { parsePath } from '../../../src/core/smtp/grammar.ts'
import type { AcceptVerdict, Client, SmtpBackend, SmtpProfile } from '../../../src/core/smtp/backend.ts'
import type { ClientJob, ClientResult, SpeakSmtp } from '../../../src/core/smtp/client-types.ts'
import type { Path } from '../../../src/core/smtp/path.ts'
import { Store } from '../../../src/core/store/store.ts'
import type { Stream } from '../../../src/core/stream.ts'
import { ask, type Task } from '../../../src/core/task.ts'
import type { Note, TraceEvent } from '../../../src/core/trace/events.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const EPOCH = Date.UTC(2026, 8, 7, 8)

type NotesOf<K extends Note['kind']> = (TraceEvent & { kind: K })[]
/** What a host's port 25 does: answers a job, cannot be reached, or holds the line for ever. */
export type Server = ((job: ClientJob) => ClientResult) | DialFailure | 'hangs'

export const path = (text: string): Path => {
  const parsed = parsePath(text)
  if ('bad' in parsed) throw new Error(parsed.why)
  return parsed
}

export const config = (given: Partial<MailConfig> = {}): MailConfig => ({
  domains: ['rennes.example'],
  transports: {},
  smarthost: null,
  relay: { networks: ['192.0.2.0/24'], domains: [], all: false },
  sourceRoutes: 'strip',
  aliases: {},
  lists: {},
  forwards: {},
  unverifiable: [],
  retry: { after: [MINUTE, 5 * MINUTE, HOUR], expire: 5 * DAY },
  hops: 30,
  policy: { greylist: null, rate: null },
  touches: { disclaimer: null, eighthBit: 'refuse' },
  ...given,
})

export const profile = (host: string, given: Partial<SmtpProfile> = {}): SmtpProfile => ({
  host,
  role: 'mx',
  dialect: 'lenient',
  capabilities: [],
  mechanisms: [],
  authNeedsTls: false,
  texts: {},
  answers: {},
  limits: { size: 1e7, recipients: 100, errors: Infinity, idle: 5 * MINUTE },
  reverse: false,
  ...given,
})

export const client = (given: Partial<Client> = {}): Client => ({
  peer: { address: '192.0.2.77', port: 50_000 },
  name: 'pc.rennes.example',
  helo: 'pc',
  esmtp: true,
  secure: false,
  user: null,
  ...given,
})

export const STRANGER = client({ peer: { address: '203.0.113.66', port: 50_000 }, name: null, helo: 'spam' })

type Timer = (after: number, kind: 'soon' | 'distant', action: () => void) => () => void

interface Person {
  user: string
  address: string
  name?: string
  quota?: number
}

export class Bench {
  now = 0
  readonly trace: TraceEvent[] = []
  readonly jobs: { address: string; job: ClientJob }[] = []
  private timers: { at: number; order: number; kind: string; action: () => void }[] = []
  private order = 0
  private readonly servers = new Map<string, Server>()
  private readonly zones = new Map<string, Resolution>()

  /** "bar.com MX 10 mx.bar.com", "mx.bar.com A 192.0.2.9", or "bar.com MX servfail". */
  names(...lines: string[]): void {
    for (const line of lines) {
      const [name = '', type = '', first = '', second = ''] = line.split(' ')
      const key = `${name} ${type}`
      if (['servfail', 'timeout', 'no-data', 'nxdomain', 'refused'].includes(first)) {
        this.zones.set(key, { result: first as Resolution['result'], records: [], aliases: [], cached: false })
        continue
      }
      const record: ResourceRecord =
        type === 'MX'
          ? { name, ttl: 1, type, preference: Number(first), exchange: second }
          : { name, ttl: 1, type: 'A', address: first }
      const records = [...(this.zones.get(key)?.records ?? []), record]
      this.zones.set(key, { result: 'found', records, aliases: [], cached: false })
    }
  }

  server(address: string, server: Server): void {
    this.servers.set(address, server)
  }

  /** An MX of its own domain, with everything that most tests need. */
  mta(
    host: string,
    address: string,
    given: Partial<MailConfig> = {},
    people: Person[] = [],
    more: Partial<MtaOptions> = {},
  ) {
    const store = new Store({ limit: 1e9, uidValidity: 1 })
    for (const { user, address: own, name = user, quota = null } of people)
      store.add({ user, password: `${user}-secret`, name, addresses: [own], quota })
    const mta = new Mta({
      machine: this.machine(host, address),
      config: config(given),
      store,
      zone: { minutes: 120, name: 'CEST' },
      skew: 0,
      epoch: EPOCH,
      // A list is turned round; the numbers of two hosts differ.
      random: { below: (n) => Number(address.replaceAll('.', '')) % n, shuffle: (list) => [...list].reverse() },
      speak: this.speak,
      ...more,
    })
    return { mta, store, backend: mta.backend(profile(host)), inbox: (user: string) => inbox(store, user) }
  }

  machine(host: string, address: string): Machine {
    const timer: Timer = (after, kind, action) => {
      const entry = { at: this.now + after, order: this.order++, kind, action }
      this.timers.push(entry)
      return () => {
        this.timers = this.timers.filter((other) => other !== entry)
      }
    }
    return {
      host,
      address,
      now: () => this.now,
      sleep:
        (duration, kind = 'distant') =>
        (resume) =>
          timer(duration, kind, () => resume()),
      dial: (to) => (resume) => {
        const server = this.servers.get(to) ?? 'unreachable'
        if (server === 'timeout') return timer(75_000, 'distant', () => resume({ ok: false, why: server }))
        const dialled: Dialled =
          typeof server === 'string' && server !== 'hangs'
            ? { ok: false, why: server }
            : { ok: true, stream: streamTo(address, to) }
        return timer(10, 'soon', () => resume(dialled))
      },
      exchange: () => () => () => {},
      resolve: (name, type) => this.lookUp(timer, `${name.toLowerCase()} ${type}`),
      note: (note, cause = null) => {
        const seq = this.trace.length
        if (seq > 100_000) throw new Error('this goes round in circles')
        this.trace.push({ seq, at: this.now, host, cause, span: null, ...note })
        return seq
      },
    }
  }

  readonly speak: SpeakSmtp = (stream, job, machine) => this.dialogue(stream, job, machine)

  private *dialogue(stream: Stream, job: ClientJob, machine: Machine): Task<ClientResult> {
    this.jobs.push({ address: stream.peer.address, job })
    yield* ask(machine.sleep(20, 'soon'))
    const server = this.servers.get(stream.peer.address)
    if (typeof server !== 'function') return yield* ask(() => () => {})
    return server(job)
  }

  private *lookUp(timer: Timer, key: string): Task<Resolution> {
    yield* ask((resume: (value: void) => void) => timer(5, 'soon', () => resume()))
    return this.zones.get(key) ?? { result: 'nxdomain', records: [], aliases: [], cached: false }
  }

  /** Everything that is in flight; the clock stands before the next alarm. */
  drain(): void {
    while (this.timers.some(({ kind }) => kind === 'soon')) this.step()
  }

  /** Past alarms, too, up to a moment. */
  runUntil(when: number): void {
    while (this.timers.some(({ at }) => at <= when)) this.step()
    this.now = when
  }

  get nextAlarm(): number | null {
    return this.timers.length === 0 ? null : Math.min(...this.timers.map(({ at }) => at))
  }

  notes<K extends Note['kind']>(kind: K, host?: string): NotesOf<K> {
    return this.trace.filter((event) => event.kind === kind && (host ?? event.host) === event.host) as NotesOf<K>
  }

  /** The kinds of notes that lead back from an event, itself first. */
  causes(event: TraceEvent): string[] {
    const kinds: string[] = []
    for (let at: TraceEvent | undefined = event; at; at = at.cause === null ? undefined : this.trace[at.cause])
      kinds.push(at.kind)
    return kinds
  }

  private step(): void {
    this.timers.sort((a, b) => a.at - b.at || a.order - b.order)
    const timer = this.timers.shift()!
    this.now = Math.max(this.now, timer.at)
    timer.action()
  }
}

function streamTo(from: string, to: string): Stream {
  return {
    id: `${from}-${to}`,
    local: { address: from, port: 49_152 },
    peer: { address: to, port: 25 },
    secure: false,
    read: () => () => {},
    write: () => {},
    close: () => {},
    reset: () => {},
    startTls: () => () => () => {},
  }
}

export const inbox = (store: Store, user: string) =>
  (store.account(user)?.mailboxes.get('INBOX')?.messages ?? []).map(({ content }) => content.octets)

/** Hands a message in as the SMTP engine does: sender, recipients, content. */
export function send(
  backend: SmtpBackend,
  from: string | null,
  to: readonly string[],
  options: { content?: string; client?: Client } = {},
): AcceptVerdict {
  const sender = options.client ?? client()
  const reversePath = from === null ? null : path(from)
  const recipients = to.map(path)
  for (const recipient of recipients) {
    const { verdict } = backend.recipient(sender, reversePath, recipient)
    if (verdict !== 'ok' && verdict !== 'forward') throw new Error(`RCPT: ${verdict}`)
  }
  const envelope = { from: reversePath, recipients, body: null, declared: null }
  return backend.accept(sender, envelope, options.content ?? 'Subject: hi\r\n\r\nhello\r\n', -1)
}

const reply = (code: string, text: string) => ({ code, lines: [text] })

/** Answers every recipient alike. */
export const says =
  (code: string, text = 'so it is') =>
  (job: ClientJob): ClientResult => ({
    outcome: 'done',
    recipients: job.envelope.recipients.map((to) => ({
      path: to,
      reply: reply(code, text),
      accepted: code[0] === '2',
    })),
  })

export const fails =
  (stage: (ClientResult & { outcome: 'failed' })['stage'], code: string | null = null, uncertain = false) =>
  (): ClientResult => ({
    outcome: 'failed',
    stage,
    reply: code === null ? null : reply(code, 'no'),
    own: false,
    permanent: code !== null && code[0] === '5',
    uncertain,
  })

/** Another mail system as the server behind an address. */
export const relaysTo =
  (backend: SmtpBackend, caller: Client) =>
  (job: ClientJob): ClientResult => {
    const taken: Path[] = []
    const answers = job.envelope.recipients.map((to) => {
      const { verdict } = backend.recipient(caller, job.envelope.from, to)
      if (verdict !== 'ok' && verdict !== 'forward') return reply('550', verdict)
      taken.push(to)
      return null
    })
    const envelope = { from: job.envelope.from, recipients: taken, body: null, declared: null }
    const verdict = taken.length === 0 ? null : backend.accept(caller, envelope, job.content, -1)
    const final =
      verdict?.verdict === 'queued' ? reply('250', 'OK') : reply(verdict?.verdict === 'refused' ? '554' : '452', 'no')
    return {
      outcome: 'done',
      recipients: job.envelope.recipients.map((to, k) => {
        const answer = answers[k] ?? final
        return { path: to, reply: answer, accepted: answer.code === '250' }
      }),
    }
  }
