/** A small Internet for the mail system's tests: hosts, names and time, all by hand, everything in a fixed order. */
import type { Dialled, DialFailure, Machine } from '../../../src/core/machine.ts'
import type { Resolution, ResourceRecord } from '../../../src/core/dns/records.ts'
import type { MailConfig } from '../../../src/core/mta/config.ts'
import { Mta, type MtaOptions } from '../../../src/core/mta/mta.ts'
import { parsePath } from '../../../src/core/smtp/grammar.ts'
import type { AcceptVerdict, Client, SmtpBackend, SmtpProfile } from '../../../src/core/smtp/backend.ts'
import type {
  ClientFailure,
  ClientJob,
  ClientMessage,
  ClientReply,
  ClientResult,
  ClientSetup,
  OpenSmtp,
  SmtpConnection,
} from '../../../src/core/smtp/client-types.ts'
import { addressee, PLAIN_TERMS, type Addressee, type MailTerms } from '../../../src/core/smtp/envelope.ts'
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
/** What a host's ports do: answer a job, cannot be reached, or hold the line for ever. */
export type Server = Answering | DialFailure | 'hangs'
/** `door` is what becomes of a connection before there is any message; `etrn` and `turn` are what those are answered. */
export interface Answering {
  (job: ClientJob): ClientResult
  door?: (setup: ClientSetup) => ClientFailure | null
  etrn?: (node: string) => ClientReply | null
  turn?: () => ClientReply | null
}

export const path = (text: string): Path => {
  const parsed = parsePath(text)
  if ('bad' in parsed) throw new Error(parsed.why)
  return parsed
}

export const config = (given: Partial<MailConfig> = {}): MailConfig => ({
  domains: ['rennes.example'],
  transports: {},
  gateways: {},
  smarthost: null,
  relay: { networks: ['192.0.2.0/24'], domains: [], all: false },
  sourceRoutes: 'strip',
  aliases: {},
  lists: {},
  forwards: {},
  unverifiable: [],
  retry: { after: [MINUTE, 5 * MINUTE, HOUR], expire: 5 * DAY, notice: null },
  connections: 20,
  queue: { messages: 200_000, octets: 2 ** 28 },
  waiting: {},
  collect: [],
  hops: 30,
  policy: { greylist: null, rate: null, bombing: null },
  touches: { disclaimer: null, eighthBit: 'refuse' },
  ...given,
})

export const profile = (host: string, given: Partial<SmtpProfile> = {}): SmtpProfile => ({
  host,
  role: 'mx',
  dialect: 'lenient',
  capabilities: [],
  mechanisms: [],
  weak: [],
  authNeedsTls: false,
  texts: {},
  answers: {},
  local: {},
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
  readonly jobs: { address: string; conn: string; job: ClientJob }[] = []
  /** In the order of their greeting: where to, and how they stand. */
  readonly connections: { address: string; port: number; conn: string; setup: ClientSetup; over: boolean }[] = []
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
      connect: this.connect,
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
      dial: (to, port) => (resume) => {
        const server = this.servers.get(to) ?? 'unreachable'
        if (server === 'timeout') return timer(75_000, 'distant', () => resume({ ok: false, why: server }))
        const dialled: Dialled =
          typeof server === 'string' && server !== 'hangs'
            ? { ok: false, why: server }
            : { ok: true, stream: streamTo(address, to, port, `c${this.order}`) }
        return timer(10, 'soon', () => resume(dialled))
      },
      exchange: () => () => () => {},
      resolve: (name, type) => this.lookUp(timer, `${name.toLowerCase()} ${type}`),
      note: (note, cause = null) => {
        const seq = this.trace.length
        // Honest worlds stay below: 12,000 drawn ones wrote 112,043 events at the most.
        if (seq > 1_000_000) throw new Error('this goes round in circles')
        this.trace.push({ seq, at: this.now, host, cause, span: null, ...note })
        return seq
      },
    }
  }

  readonly connect: OpenSmtp = (stream, setup, machine) => this.open(stream, setup, machine)

  private *open(
    { id: conn, peer: { address, port } }: Stream,
    setup: ClientSetup,
    machine: Machine,
  ): Task<SmtpConnection | ClientFailure> {
    const asked = { address, port, conn, setup, over: false }
    this.connections.push(asked)
    const pause = () => ask(machine.sleep(10, 'soon'))
    yield* pause()
    const server = () => this.servers.get(address)
    const answering = server()
    const failure = typeof answering === 'function' ? (answering.door?.(setup) ?? null) : null
    if (failure) {
      asked.over = true
      return failure
    }
    const { jobs } = this
    return {
      get open() {
        return !asked.over
      },
      *send(message: ClientMessage): Task<ClientResult> {
        const job = { ...setup, ...message }
        jobs.push({ address, conn, job })
        yield* pause()
        const now = server()
        if (now === 'hangs') return yield* ask(() => () => {})
        // It cannot be reached any more: the client loses its patience.
        if (typeof now !== 'function') {
          yield* ask(machine.sleep(5 * MINUTE))
          asked.over = true
          return { outcome: 'failed', stage: 'mail', reply: null, own: false, permanent: false, uncertain: false }
        }
        const result = now(job)
        if (result.outcome === 'failed' && (result.reply === null || result.reply.code === '421')) asked.over = true
        return result
      },
      *etrn(node: string): Task<ClientReply | null> {
        yield* pause()
        const now = server()
        return typeof now === 'function' ? (now.etrn?.(node) ?? null) : null
      },
      *turn(): Task<ClientReply | null> {
        yield* pause()
        const now = server()
        const answer = typeof now === 'function' && now.turn ? now.turn() : reply('502', 'no')
        asked.over = answer === null
        return answer
      },
      *quit(): Task<void> {
        if (!asked.over) yield* pause()
        asked.over = true
      },
    }
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

export function streamTo(from: string, to: string, port = 25, id = `${from}-${to}`): Stream {
  return {
    id,
    local: { address: from, port: 49_152 },
    peer: { address: to, port },
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
  to: readonly (string | Addressee)[],
  options: { content?: string; client?: Client; terms?: Partial<MailTerms> } = {},
): AcceptVerdict {
  const sender = options.client ?? client()
  const reversePath = from === null ? null : path(from)
  const terms = { ...PLAIN_TERMS, ...options.terms }
  const recipients = to.map((one) => (typeof one === 'string' ? addressee(path(one)) : one))
  for (const recipient of recipients) {
    const { verdict } = backend.recipient(sender, reversePath, recipient.path, terms.how)
    if (verdict !== 'ok' && verdict !== 'forward') throw new Error(`RCPT: ${verdict}`)
  }
  const envelope = { ...terms, from: reversePath, recipients, declared: null }
  return backend.accept(sender, envelope, options.content ?? 'Subject: hi\r\n\r\nhello\r\n', -1)
}

const reply = (code: string, text: string) => ({ code, lines: [text] })

const done = (job: ClientJob, answer: (k: number) => ClientReply): ClientResult => ({
  outcome: 'done',
  dsn: false,
  encoded: null,
  recipients: job.envelope.recipients.map((to, k) => ({
    path: to.path,
    reply: answer(k),
    stage: 'rcpt',
    accepted: answer(k).code[0] === '2',
  })),
})

/** Answers every recipient alike. */
export const says =
  (code: string, text = 'so it is'): Answering =>
  (job) =>
    done(job, () => reply(code, text))

/** Answers each recipient by a code of its own. */
export const saysEach =
  (...codes: string[]): Answering =>
  (job) =>
    done(job, (k) => reply(codes[k]!, 'thus'))

const failure = (stage: ClientFailure['stage'], code: string | null, uncertain = false): ClientFailure => ({
  outcome: 'failed',
  stage,
  reply: code === null ? null : reply(code, 'no'),
  own: false,
  permanent: code !== null && code[0] === '5',
  uncertain,
})

export function fails(stage: ClientFailure['stage'], code: string | null = null, uncertain = false): Answering {
  const always = () => failure(stage, code, uncertain)
  const early = stage !== 'mail' && stage !== 'data' && stage !== 'content'
  return early ? Object.assign(always, { door: always }) : always
}

/** What our client finds out by itself. */
export const unfit = (code: string) => () => ({ ...failure('mail', code), own: true })

/** Whose handshake fails: it takes mail in the clear. */
export const failsTls = (server: Answering): Answering =>
  Object.assign((job: ClientJob) => server(job), {
    door: ({ startTls }: ClientSetup) => (startTls === 'never' ? null : failure('tls', null)),
  })

/** Another mail system as the server behind an address. */
export const relaysTo =
  (backend: SmtpBackend, caller: Client): Answering =>
  (job) => {
    const taken: Addressee[] = []
    const answers = job.envelope.recipients.map((to) => {
      const { verdict } = backend.recipient(caller, job.envelope.from, to.path, 'MAIL')
      if (verdict !== 'ok' && verdict !== 'forward') return reply('550', verdict)
      taken.push(to)
      return null
    })
    const { from } = job.envelope
    const envelope = { ...PLAIN_TERMS, from, recipients: taken, declared: null }
    const verdict = taken.length === 0 ? null : backend.accept(caller, envelope, job.content, -1)
    const final =
      verdict?.verdict === 'queued'
        ? reply('250', 'OK')
        : reply(verdict?.verdict === 'refused' || verdict?.verdict === 'loop' ? '554' : '452', 'no')
    return done(job, (k) => answers[k] ?? final)
  }
