/**
 * The queue alone: messages for a thousand domains whose exchangers put them all off at the first try and take them at the
 * second. No network and no dialogue: a name is found at once, a connection answers in a few virtual milliseconds.
 */
import type { Octets } from '../../core/bytes/octets.ts'
import type { Machine } from '../../core/machine.ts'
import type { MailConfig } from '../../core/mta/config.ts'
import { Mta } from '../../core/mta/mta.ts'
import { Clock, type TimerKind } from '../../core/net/clock.ts'
import { Random } from '../../core/net/random.ts'
import type { Client, SmtpProfile } from '../../core/smtp/backend.ts'
import type { ClientMessage, ClientResult, OpenSmtp } from '../../core/smtp/client-types.ts'
import { addressee, PLAIN_TERMS } from '../../core/smtp/envelope.ts'
import type { Stream } from '../../core/stream.ts'
import { ask, type Waiter } from '../../core/task.ts'
import { bigMessage } from './messages.ts'

const DOMAINS = 1000
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const config: MailConfig = {
  domains: ['bench.example'],
  transports: {},
  gateways: {},
  smarthost: null,
  relay: { networks: [], domains: [], all: true },
  sourceRoutes: 'strip',
  aliases: {},
  lists: {},
  forwards: {},
  unverifiable: [],
  retry: { after: [10 * MINUTE], expire: 5 * DAY, notice: DAY },
  connections: 5,
  queue: { messages: Infinity, octets: Infinity },
  waiting: {},
  collect: [],
  hops: 30,
  policy: { greylist: null, rate: null, bombing: null },
  touches: { disclaimer: null, eighthBit: 'convert' },
}

const profile: SmtpProfile = {
  host: 'mx.bench.example',
  role: 'mx',
  dialect: 'rfc5321',
  capabilities: [],
  mechanisms: [],
  weak: [],
  authNeedsTls: false,
  texts: {},
  limits: { size: Infinity, recipients: 100, errors: Infinity, idle: Infinity },
  reverse: false,
  answers: {},
  local: {},
}

const client: Client = {
  peer: { address: '192.0.2.9', port: 49_152 },
  name: null,
  helo: 'client.example',
  esmtp: true,
  secure: false,
  user: null,
}

interface QueueRun {
  /** Microseconds a message: taken and put off, then tried again and sent. */
  queued: number
  drained: number
  /** Octets of heap that a message in the queue takes. */
  memory: number
}

/** `heap`: octets in use, when what is not needed has been swept out. */
export function queueRun(messages: number, heap: () => number): QueueRun {
  const clock = new Clock()
  const sleep =
    (duration: number, kind: TimerKind = 'distant'): Waiter<void> =>
    (resume) => {
      const timer = clock.at(clock.now + duration, kind, 'sleep', () => resume())
      return () => clock.cancel(timer)
    }
  let willing = false
  let taken = 0
  const mta = new Mta({
    machine: machineOn(clock, sleep),
    config,
    store: null,
    random: new Random(1),
    zone: { minutes: 0, name: null },
    skew: 0,
    epoch: 0,
    connect: connecting(sleep, () => {
      if (willing) taken++
      return willing
    }),
  })
  const backend = mta.backend(profile)
  const before = heap()
  const began = performance.now()
  for (let k = 0; k < messages; k++) {
    const recipients = [addressee({ route: [], local: `user${k}`, domain: `d${k % DOMAINS}.example` })]
    const envelope = { ...PLAIN_TERMS, from: { route: [], local: 'a', domain: 'client.example' }, recipients }
    const verdict = backend.accept(client, { ...envelope, declared: null }, content(k), 0)
    if (verdict.verdict !== 'queued') throw new Error('A message was not taken')
  }
  clock.drain()
  const queued = performance.now() - began
  const memory = heap() - before
  willing = true
  const again = performance.now()
  clock.runUntil(DAY)
  const drained = performance.now() - again
  if (taken !== messages || mta.queue().length > 0) throw new Error('The queue was not drained')
  return { queued: (queued * 1000) / messages, drained: (drained * 1000) / messages, memory: memory / messages }
}

const body = bigMessage(2_000).slice(0, -'.\r\n'.length)
/** No two messages are the same. */
const content = (k: number): Octets => `Message-ID: <${k}@client.example>\r\n${body}`

function machineOn(clock: Clock, sleep: Machine['sleep']): Machine {
  let seq = 0
  const address = '192.0.2.1'
  return {
    host: profile.host,
    address,
    now: () => clock.now,
    sleep,
    dial: (to, port) => (resume) => {
      resume({ ok: true, stream: streamTo(to, port) })
      return () => {}
    },
    exchange: () => () => () => {},
    *resolve(name, type) {
      yield* ask(sleep(1, 'soon'))
      const records =
        type === 'MX'
          ? [{ name, ttl: 60, type, preference: 10, exchange: `mx.${name}` }]
          : [{ name, ttl: 60, type: 'A' as const, address: '198.51.100.1' }]
      return { result: 'found', records, aliases: [], cached: true }
    },
    note: () => seq++,
  }
}

function streamTo(address: string, port: number): Stream {
  return {
    id: 'c1',
    local: { address: '192.0.2.1', port: 49_152 },
    peer: { address, port },
    secure: false,
    read: () => () => {},
    write: () => {},
    close: () => {},
    reset: () => {},
    startTls: () => () => () => {},
  }
}

const connecting = (sleep: Machine['sleep'], isWilling: () => boolean): OpenSmtp =>
  function* () {
    yield* ask(sleep(1, 'soon'))
    return {
      open: true,
      *send({ envelope }: ClientMessage) {
        yield* ask(sleep(1, 'soon'))
        const accepted = isWilling()
        const reply = accepted ? { code: '250', lines: ['OK'] } : { code: '450', lines: ['Later'] }
        const recipients = envelope.recipients.map(({ path }) => ({ path, reply, stage: 'rcpt' as const, accepted }))
        return { outcome: 'done', dsn: false, encoded: null, recipients } satisfies ClientResult
      },
      *etrn() {
        yield* ask(sleep(1, 'soon'))
        return null
      },
      *turn() {
        yield* ask(sleep(1, 'soon'))
        return null
      },
      *quit() {
        yield* ask(sleep(1, 'soon'))
      },
    }
  }
