/** What the parts of a mail program share: the machine, the servers, what is known, and the line that is open. */
import { sha256Hex } from '../bytes/hashes.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import type { ShellHost } from '../shell/host.ts'
import { resolveHost } from '../shell/names.ts'
import type { Stream } from '../stream.ts'
import { ask, type Task } from '../task.ts'
import type { HostName } from '../terms.ts'
import type { MailState, Word } from './state.ts'

export interface Server {
  host: HostName
  port: number
}

/** Where the person's mail can be read; null where that is not offered. */
export type Servers = Readonly<Record<'imap' | 'imaps' | 'pop3' | 'pop3s', Server | null>>

export interface Desk {
  readonly seat: ShellHost
  readonly servers: Servers
  readonly state: MailState
  /** What is open just now, so that it can be broken off. */
  stream: Stream | null
}

const KEPT_CONNECTIONS = 12

export const word = (key: string, values: Word['values'] = {}): Word => ({ key: `mailer.${key}`, values })

/** The password, as far as it is known; asked for where it is not. */
export function passwordOf({ seat, state }: Desk): string | null {
  const password = state.password ?? seat.password ?? null
  if (password === null) state.wantsPassword = true
  return password
}

/** Opens a connection, with TLS from the first octet on where that is wanted. Null: `trouble` says why not. */
export function* connect(desk: Desk, { host, port }: Server, implicit: boolean): Task<Stream | null> {
  const { seat, state } = desk
  const server = utf8Octets(host)
  const found = yield* resolveHost(seat, host)
  if (!found.ok) {
    state.trouble = word('trouble.name', { server, why: found.why })
    return null
  }
  const dialled = yield* ask(seat.machine.dial(found.addresses[0]!, port))
  if (!dialled.ok) {
    state.trouble = word(dialled.why === 'refused' ? 'trouble.closed' : `trouble.${dialled.why}`, { server, port })
    return null
  }
  const { stream } = dialled
  desk.stream = stream
  state.connections = [...state.connections, stream.id].slice(-KEPT_CONNECTIONS)
  const trouble = implicit ? yield* ask(stream.startTls(host)) : null
  if (trouble === null) return stream
  stream.close()
  state.trouble = word('trouble.tls', { server, why: utf8Octets(trouble) })
  return null
}

/** For mechanisms that want another word each time: no two connections of a machine have the same name at the same time. */
export const nonceFor = ({ id, local, peer }: Stream, now: number): string =>
  sha256Hex(`${id} ${local.port} ${peer.address} ${now}`)

/** What a server said, or that it said nothing more. */
export const answered = (text: Octets): Word => word(text === '' ? 'trouble.lost' : 'trouble.answer', { text })
