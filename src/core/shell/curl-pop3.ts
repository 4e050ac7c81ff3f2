/**
 * POP3 as curl speaks it: `pop3://HOST/` lists the maildrop, `/1` retrieves a message, -l lists only, -X says another
 * command, and -I expects no more than its first line (`curl -I -X DELE pop3://HOST/2`).
 */
import { sha256Hex } from '../bytes/hashes.ts'
import type { Octets } from '../bytes/octets.ts'
import { logIn } from '../pop3/client-login.ts'
import { Talk } from '../pop3/talk.ts'
import type { Task } from '../task.ts'
import { percentDecoded } from './curl-url.ts'
import { DENIED, failure, LOST, MALFORMED, secure, tell, WEIRD, type Failure, type Transfer } from './curl-transfer.ts'

type Capabilities = ReadonlyMap<string, string> | null

export function* curlPop3(transfer: Transfer): Task<Failure | null> {
  const { context, options, url } = transfer
  const id = percentDecoded(url.path)
  const request = options.request === null ? null : percentDecoded(options.request)
  if (id === undefined || request === undefined) return MALFORMED
  let quiet = false
  const talk = new Talk(transfer.stream, context.host.machine, (direction, line) => {
    if (!quiet) tell(transfer, direction === '>>>' ? '>' : '<', line)
  })
  const trouble = (yield* enter(talk, transfer)) ?? (yield* perform(talk, transfer, id, request))
  quiet = true
  if (trouble !== LOST) yield* talk.command('QUIT')
  return trouble
}

function* enter(talk: Talk, transfer: Transfer): Task<Failure | null> {
  const { options, login: who, stream, context } = transfer
  const greeting = yield* talk.hear()
  if (greeting === null) return LOST
  if (greeting.code !== '+OK') return failure(8, 'Got unexpected pop3-server response')
  let capabilities = yield* ask(talk, transfer)
  if (options.tls !== 'never' && !stream.secure) {
    if (capabilities?.has('STLS')) {
      const started = yield* talk.command('STLS')
      if (started === null) return LOST
      if (started.code === '+OK') {
        talk.answers.forget()
        const trouble = yield* secure(transfer)
        if (trouble) return trouble
        capabilities = yield* ask(talk, transfer)
      } else if (options.tls === 'required') return failure(64, 'STARTTLS denied')
    } else if (options.tls === 'required') return failure(64, 'STLS not supported.')
  }
  if (who === null) return null
  const nonce = sha256Hex(`${stream.id} ${stream.local.port} ${stream.peer.address} ${context.host.machine.now()}`)
  const login = yield* logIn(talk, { ...who, nonce }, greeting.text, capabilities)
  if (login.own) return DENIED
  if (login.reply === null) return LOST
  return login.reply.code === '+OK' ? null : DENIED
}

/** CAPA (RFC 2449); null where the server knows none. */
function* ask(talk: Talk, transfer: Transfer): Task<Capabilities> {
  const reply = yield* talk.command('CAPA')
  const data = reply?.code === '+OK' ? yield* talk.data() : null
  if (data === null) return null
  const lines = data.split('\r\n').slice(0, -1)
  for (const line of [...lines, '.']) tell(transfer, '<', line)
  return new Map(
    lines.map((line): [string, string] => {
      const [name = '', ...words] = line.split(' ')
      return [name.toUpperCase(), words.join(' ')]
    }),
  )
}

/** RFC 1939, 2449: what is answered in more than one line. LIST and UIDL of one message are not. */
const SEVERAL = /^(?:CAPA|RETR .*|TOP .*|(?:LIST|UIDL) *)$/i

function* perform(talk: Talk, { options, put }: Transfer, id: Octets, request: Octets | null): Task<Failure | null> {
  const command = request ?? (id === '' || options.listOnly ? 'LIST' : 'RETR')
  const line = id === '' ? command : `${command} ${id}`
  const reply = yield* talk.command(line)
  if (reply === null) return LOST
  if (reply.code !== '+OK') return WEIRD
  if (!SEVERAL.test(line)) return null
  const data = yield* talk.data()
  if (data === null) return LOST
  if (!options.head) put(data)
  return null
}
