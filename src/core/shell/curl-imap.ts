/**
 * IMAP as curl speaks it: one command for a URL. `imap://HOST/` lists the mailboxes, `/INBOX;UID=1` fetches a message,
 * `/INBOX?SUBJECT%20shadows` searches, -X says any command, -T appends. The dialogue itself is that of our IMAP client.
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { decodeModifiedUtf7 } from '../bytes/utf7.ts'
import { ImapConnection, type Done } from '../imap/client/connection.ts'
import { login } from '../imap/client/login.ts'
import { mailbox as mailboxName } from '../imap/client/write.ts'
import type { Task } from '../task.ts'
import { percentDecoded, readImapPath, type ImapPath } from './curl-url.ts'
import { DENIED, examine, failure, LOST, MALFORMED, tell, type Failure, type Transfer } from './curl-transfer.ts'

export function* curlImap(transfer: Transfer): Task<Failure | null> {
  const path = readImapPath(transfer.url.path)
  const request = transfer.options.request === null ? null : percentDecoded(transfer.options.request)
  if (path === null || request === undefined) return MALFORMED
  const tap = new Tap(transfer)
  const connection = new ImapConnection(transfer.stream, transfer.context.host.machine, {
    tagLetter: 'A',
    log: (direction, octets) => (direction === '>' ? tap.said(octets) : tap.heard(octets)),
  })
  const trouble = (yield* enter(connection, transfer)) ?? (yield* perform(connection, transfer, tap, path, request))
  tap.quiet = true
  yield* connection.logout()
  return trouble
}

/** What is shown of the dialogue, and what of it is the result. */
class Tap {
  /** Good-bye is said when the transfer is over, and not shown. */
  quiet = false
  /** `message`: the first literal of a FETCH; `lines`: whole responses that begin with one of the words. */
  wanted: { is: 'nothing' } | { is: 'message' } | { is: 'lines'; words: RegExp } = { is: 'nothing' }
  found = false
  private readonly transfer: Transfer

  constructor(transfer: Transfer) {
    this.transfer = transfer
  }

  said(octets: Octets): void {
    // A literal follows its line; its octets are no line of the dialogue.
    if (!this.quiet) tell(this.transfer, '>', octets.split('\r\n', 1)[0]!)
  }

  heard(response: Octets): void {
    if (this.quiet) return
    const { wanted, transfer } = this
    const whole = wanted.is === 'lines' && wanted.words.test(response)
    for (let at = 0; at <= response.length;) {
      const lf = response.indexOf('\n', at)
      const line = lf < 0 ? response.slice(at) : response.slice(at, lf + 1)
      at += line.length
      tell(transfer, '<', line.replace(/\r?\n$/, ''))
      if (whole) transfer.put(lf < 0 ? `${line}\r\n` : line)
      const size = lf < 0 ? undefined : /\{(\d+)\+?\}\r?\n$/.exec(line)?.[1]
      if (size === undefined) break
      const literal = response.slice(at, at + Number(size))
      at += literal.length
      this.literal(literal, whole)
    }
  }

  private literal(octets: Octets, whole: boolean): void {
    const message = this.wanted.is === 'message' && !this.found
    if (!whole && !message) return
    tell(this.transfer, '*', `Found ${octets.length} bytes to download`)
    this.transfer.put(octets)
    if (message) this.found = true
  }
}

/** Up to the login. */
function* enter(connection: ImapConnection, transfer: Transfer): Task<Failure | null> {
  const { options, url, login: who } = transfer
  const greeting = yield* connection.greeting()
  if (greeting.condition !== 'OK') return failure(8, 'Got unexpected imap-server response')
  // curl asks, whatever the greeting has told already.
  if ((yield* connection.command('CAPABILITY')).condition === 'LOST') return LOST
  if (options.tls !== 'never' && !transfer.stream.secure) {
    if (yield* connection.has('STARTTLS')) {
      const started = yield* connection.startTls(url.host)
      if (started.condition === 'LOST') return failure(35, `TLS connect error: ${started.text}`)
      const denied = started.condition !== 'OK' && options.tls === 'required'
      const trouble = denied ? failure(64, 'STARTTLS denied') : transfer.stream.secure ? examine(transfer) : null
      if (trouble) return trouble
      if ((yield* connection.command('CAPABILITY')).condition === 'LOST') return LOST
    } else if (options.tls === 'required') return failure(64, 'STARTTLS not available.')
  }
  if (who === null || connection.state === 'authenticated') return null
  const done = yield* login(connection, who.user, who.password, { inClear: true, initialResponse: options.saslIr })
  if (done.condition === 'OK') return null
  return done.condition === 'LOST' ? LOST : DENIED
}

function* perform(
  connection: ImapConnection,
  { url, upload }: Transfer,
  tap: Tap,
  path: ImapPath,
  request: Octets | null,
): Task<Failure | null> {
  const { mailbox, uid, index } = path
  const query = uid === null && index === null ? url.query : null
  if (upload !== null) {
    if (mailbox === null) return failure(3, 'Cannot APPEND without a mailbox.')
    const done = yield* connection.command('APPEND ', mailboxName(nameOf(mailbox)), ' ', { literal: upload })
    return done.condition === 'OK' ? null : lostOr(done, 25, 'Upload failed (at start)')
  }
  if (mailbox !== null && (request !== null || uid !== null || index !== null || query !== null)) {
    const selected = yield* connection.select(nameOf(mailbox))
    if (selected.condition !== 'OK') return lostOr(selected, 67, 'Select failed')
    const now = connection.picture?.uidValidity ?? null
    if (path.uidValidity !== null && now !== null && now !== path.uidValidity)
      return failure(78, 'Mailbox UIDVALIDITY has changed')
  }
  if (request !== null) return yield* ordered(connection, tap, request)
  if (mailbox !== null && query !== null) return yield* listed(connection, tap, `SEARCH ${query}`)
  if (uid === null && index === null) {
    const reference = (mailbox ?? '').replace(/["\\]/g, '\\$&')
    return yield* listed(connection, tap, `LIST "${reference}" *`)
  }
  if (mailbox === null) return failure(3, 'Cannot SELECT without a mailbox.')
  const part = `BODY[${path.section ?? ''}]${path.partial === null ? '' : `<${path.partial}>`}`
  tap.wanted = { is: 'message' }
  const done = yield* connection.command(uid === null ? `FETCH ${index} ${part}` : `UID FETCH ${uid} ${part}`)
  if (done.condition !== 'OK') return lostOr(done, 78, 'Remote file not found')
  if (tap.found) return null
  // An empty or short section may come in quotes, which curl does not read.
  return done.data.some(({ is }) => is === 'fetch')
    ? failure(8, 'Failed to parse FETCH response.')
    : failure(78, 'Remote file not found')
}

/** Commands whose every untagged response is shown; of another only those that begin with its own name. */
const MANY = /^(?:STORE|FETCH|SELECT|EXAMINE|SEARCH|EXPUNGE|LSUB|UID|GETQUOTAROOT|NOOP)$/

function* ordered(connection: ImapConnection, tap: Tap, request: Octets): Task<Failure | null> {
  const verb = (request.split(' ', 1)[0] ?? '').toUpperCase()
  const own = verb.replace(/[^A-Z0-9-]/g, '')
  tap.wanted = { is: 'lines', words: MANY.test(verb) ? /^\* / : new RegExp(`^\\* (?:\\d+ )?${own}\\b`, 'i') }
  return yield* quoted(connection, request)
}

function* listed(connection: ImapConnection, tap: Tap, command: Octets): Task<Failure | null> {
  tap.wanted = { is: 'lines', words: new RegExp(`^\\* ${command.split(' ', 1)[0]}\\b`, 'i') }
  return yield* quoted(connection, command)
}

function* quoted(connection: ImapConnection, command: Octets): Task<Failure | null> {
  const done = yield* connection.command(command)
  return done.condition === 'OK' ? null : lostOr(done, 21, 'Quote command returned error')
}

const lostOr = ({ condition }: Done, code: number, text: string): Failure =>
  condition === 'LOST' ? LOST : failure(code, text)

/** What stands in the URL is what goes over the wire: UTF-8, or modified UTF-7 already. */
const nameOf = (octets: Octets): string =>
  /[\x80-\xff]/.test(octets) ? utf8Text(octets) : (decodeModifiedUtf7(octets) ?? octets)
