/**
 * The POP3 client: fetches what a plan asks for, and says how it went (RFC 1939, 2449, 5034, 2595). It reads like the
 * dialogue that it speaks. It runs over any `Stream`: the virtual network's or a socket's.
 *
 * A message is deleted only after it came in whole and was kept, and a session that fails says no QUIT behind a DELE:
 * what a client has not got is on the server still.
 */
import type { Octets } from '../bytes/octets.ts'
import { ask, type Task } from '../task.ts'
import { logIn } from './client-login.ts'
import type {
  Fate,
  Listed,
  Pop3Failure,
  Pop3Job,
  Pop3Reply,
  Pop3Result,
  Pop3Stage,
  Problem,
  SpeakPop3,
} from './client-types.ts'
import { PATIENCE, Talk } from './talk.ts'

/** So many commands under way at once: short enough for any window (RFC 2449 6.6). */
const PIPELINE = 100

/** What CAPA told: tag to its arguments; null where the server knows no CAPA. */
type Capabilities = ReadonlyMap<string, string> | null

export const speakPop3: SpeakPop3 = function* (stream, job, machine, log) {
  const talk = new Talk(stream, machine, log)
  const result = yield* visit(talk, job)
  if (result.outcome === 'done') stream.close()
  else if (result.reply === null) stream.reset()
  else {
    // Behind a DELE, QUIT would delete; a session that went wrong ends without.
    if (!talk.marked) {
      talk.say('QUIT')
      yield* talk.hear(PATIENCE.quit)
    }
    stream.close()
  }
  return result
}

const failed = (stage: Pop3Stage, reply: Pop3Reply | null, fetched: readonly Listed[] = []): Pop3Failure => ({
  outcome: 'failed',
  stage,
  reply,
  own: false,
  fetched,
})

/** The server does not offer what this job needs. */
const unfit = (stage: Pop3Stage, why: string): Pop3Failure => ({
  ...failed(stage, { code: '-ERR', status: null, text: why }),
  own: true,
})

function* visit(talk: Talk, job: Pop3Job): Task<Pop3Result> {
  const greeting = yield* talk.hear()
  if (greeting?.code !== '+OK') return failed('greeting', greeting)
  let capabilities = yield* askCapabilities(talk)
  if (capabilities === undefined) return failed('greeting', null)
  if (job.startTls !== 'never' && !talk.stream.secure) {
    const trouble = yield* startTls(talk, job, capabilities)
    if (trouble) return trouble
    if (talk.stream.secure) {
      capabilities = yield* askCapabilities(talk)
      if (capabilities === undefined) return failed('tls', null)
    }
  }
  const login = yield* logIn(talk, job, greeting.text, capabilities)
  if (login.own) return unfit('login', login.why)
  if (login.reply?.code !== '+OK') return failed('login', login.reply)
  const listed = yield* list(talk, job, capabilities)
  if ('outcome' in listed) return listed
  return yield* fetch(talk, job, listed, capabilities?.has('PIPELINING') ?? false)
}

/** Undefined where the connection was lost. */
function* askCapabilities(talk: Talk): Task<Capabilities | undefined> {
  const reply = yield* talk.command('CAPA')
  if (reply === null) return undefined
  if (reply.code !== '+OK') return null
  const data = yield* talk.data()
  if (data === null) return undefined
  const words = data.split('\r\n').map((line) => line.split(' '))
  return new Map(words.map(([tag = '', ...rest]) => [tag.toUpperCase(), rest.join(' ')]))
}

function* startTls(talk: Talk, job: Pop3Job, capabilities: Capabilities): Task<Pop3Failure | null> {
  const must = job.startTls === 'required'
  if (!capabilities?.has('STLS')) return must ? unfit('tls', 'The server does not offer STLS') : null
  const ready = yield* talk.command('STLS')
  if (ready === null) return failed('tls', null)
  if (ready.code !== '+OK') return must ? failed('tls', ready) : null
  talk.answers.forget()
  const trouble = yield* ask(talk.stream.startTls(job.server ?? talk.stream.peer.address))
  return trouble === null ? null : failed('tls', null)
}

/** Sends them at once where the server pipelines, else one by one; `each` hears the answers in order. */
function* inTurn(
  talk: Talk,
  commands: readonly Octets[],
  pipelining: boolean,
  each: (at: number) => Task<boolean>,
): Task<boolean> {
  const step = pipelining ? PIPELINE : 1
  for (let from = 0; from < commands.length; from += step) {
    const some = commands.slice(from, from + step)
    talk.sayAll(some)
    for (let k = 0; k < some.length; k++) if (!(yield* each(from + k))) return false
  }
  return true
}

/** What lies there: STAT, LIST and UIDL. */
function* list(talk: Talk, job: Pop3Job, capabilities: Capabilities): Task<Listed[] | Pop3Failure> {
  const stat = yield* talk.command('STAT')
  if (stat?.code !== '+OK') return failed('list', stat)
  if (/^0(?: |$)/.test(stat.text)) return []
  const replies: (Pop3Reply | null)[] = []
  const lists: string[][] = []
  const withIds = capabilities === null || capabilities.has('UIDL')
  const commands = withIds ? ['LIST', 'UIDL'] : ['LIST']
  yield* inTurn(talk, commands, capabilities?.has('PIPELINING') ?? false, function* (at) {
    const reply = yield* talk.hear()
    replies[at] = reply
    if (reply?.code !== '+OK') return reply !== null
    const data = yield* talk.data()
    if (data === null) replies[at] = null
    lists[at] = data?.split('\r\n').slice(0, -1) ?? []
    return data !== null
  })
  const [sizes, ids] = replies
  if (sizes?.code !== '+OK' || ids === null) return failed('list', sizes?.code === '+OK' ? null : (sizes ?? null))
  if (job.plan.needsIds && ids?.code !== '+OK')
    return unfit('list', 'The server has no UIDL, so nothing can be remembered')
  const idOf = new Map(
    (lists[1] ?? []).map((line) => [Number(line.split(' ', 1)[0]), line.slice(line.indexOf(' ') + 1)]),
  )
  return lists[0]!.map((line) => {
    const [number, size] = line.split(' ').map(Number)
    return { number: number!, size: size ?? 0, id: idOf.get(number!) ?? null }
  })
}

function* fetch(talk: Talk, job: Pop3Job, listed: readonly Listed[], pipelining: boolean): Task<Pop3Result> {
  const problems: Problem[] = []
  const fates = new Map<Listed, Fate | 'look'>(listed.map((message) => [message, job.plan.judge(message)]))
  const having = (...wanted: (Fate | 'look')[]) => listed.filter((message) => wanted.includes(fates.get(message)!))

  /** TOP or RETR: what comes goes to `use`; what the server refuses stays where it is. */
  function* get(of: readonly Listed[], command: (n: number) => string, use: (message: Listed, data: Octets) => void) {
    return yield* inTurn(
      talk,
      of.map((message) => command(message.number)),
      pipelining,
      function* (at) {
        const message = of[at]!
        const reply = yield* talk.hear()
        if (reply === null) return false
        if (reply.code !== '+OK') {
          problems.push({ message, reply })
          fates.set(message, 'leave')
          return true
        }
        const data = yield* talk.data()
        if (data !== null) use(message, data)
        return data !== null
      },
    )
  }

  const look = having('look')
  const looked = yield* get(
    look,
    (n) => `TOP ${n} 0`,
    (message, header) => {
      fates.set(message, job.plan.read(message, header))
    },
  )
  if (!looked) return failed('look', null)
  const fetched: Listed[] = []
  const got = yield* get(
    having('take', 'copy'),
    (n) => `RETR ${n}`,
    (message, content) => {
      job.keep(message, content)
      fetched.push(message)
    },
  )
  if (!got) return failed('fetch', null, fetched)
  const doomed = having('take', 'delete')
  const deleted: Listed[] = []
  talk.marked = doomed.length > 0
  const marked = yield* inTurn(
    talk,
    doomed.map((message) => `DELE ${message.number}`),
    pipelining,
    function* (at) {
      const reply = yield* talk.hear()
      if (reply === null) return false
      if (reply.code === '+OK') deleted.push(doomed[at]!)
      else problems.push({ message: doomed[at]!, reply })
      return true
    },
  )
  if (!marked) return failed('update', null, fetched)
  const bye = yield* talk.command('QUIT')
  if (bye?.code !== '+OK') return failed('update', bye, fetched)
  const away = new Set(deleted)
  const left = listed.filter((message) => !away.has(message))
  return { outcome: 'done', fetched, deleted, left, problems }
}
