/**
 * Handing one message to one of the hosts that take it: each host in turn, each of its addresses in turn, until one of
 * them has answered for it or refused it (RFC 5321 5.1). A host that cannot be reached, or that says 4xx, leads to the
 * next one, with those recipients for whom it said so.
 */
import { sha256Hex } from '../bytes/hashes.ts'
import type { MailTerms } from '../smtp/envelope.ts'
import type { Path } from '../smtp/path.ts'
import type {
  ClientDone,
  ClientFailure,
  ClientMessage,
  ClientResult,
  ClientSetup,
  SmtpConnection,
} from '../smtp/client-types.ts'
import { ask, type Task } from '../task.ts'
import type { ConnId, HostName, Ipv4, Seq } from '../terms.ts'
import { entryOf } from './config.ts'
import type { Consignment } from './consignment.ts'
import { DIAL_WORDS } from './dial-words.ts'
import type { Delivery } from './delivery.ts'
import type { Failure, Outcome } from './letter.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { isMemo } from './gateway/memo.ts'
import { toMemo } from './gateway/to-memo.ts'
import { addressesOf, loopsBack, SMTP_PORT, type Trouble } from './routing.ts'
import { failureOf, passedWords, replyText, saidOf } from './said-words.ts'
import type { MailSystem } from './system.ts'
import { isEightBit } from './touch.ts'

/** From so many octets on a message is sent under a name, so that a server can go on where the connection broke (RFC 1845). */
const LONG = 64_000

/** A connection on which a message went through: the next one for the same hosts can go over it. */
export interface OpenConnection {
  connection: SmtpConnection
  host: HostName
  address: Ipv4
  conn: ConnId
  /** These hosts have no other address. */
  only: boolean
}

/** The task ends with a connection that takes more, over which this one went; null when there is none. */
export function* handOver(
  system: MailSystem,
  delivery: Delivery,
  consignment: Consignment,
  open: OpenConnection | null,
): Task<OpenConnection | null> {
  const { machine } = system
  const { domain, hosts } = consignment
  const attempt = new HandOver(system, delivery, consignment)
  if (open !== null) {
    if (yield* attempt.over(open, true)) return attempt.left
    if (open.only && attempt.wasAsked) return attempt.giveUp(loopsBack(domain))
  }
  for (const [rank, { host }] of hosts.entries()) {
    const isLast = rank === hosts.length - 1
    const located = yield* addressesOf(machine, host)
    if (!('addresses' in located)) {
      attempt.remember(located)
      if (!isLast) attempt.passOver(host, located.why)
      continue
    }
    for (const [k, address] of located.addresses.entries()) {
      // Another name of our own: this host and those behind it would only send it back.
      if (address === machine.address) return attempt.giveUp(loopsBack(domain))
      const only = hosts.length === 1 && located.addresses.length === 1
      const more = !isLast || k < located.addresses.length - 1
      if (yield* attempt.at({ host, address, only }, system.startTls, more)) return attempt.left
    }
  }
  return attempt.giveUp(loopsBack(domain))
}

/** Over a connection that is there already, whoever has opened it (TURN): nobody else is asked. */
export function* handOverHere(
  system: MailSystem,
  delivery: Delivery,
  consignment: Consignment,
  open: OpenConnection,
): Task<boolean> {
  const attempt = new HandOver(system, delivery, consignment)
  const lost = { permanent: false, code: '4.4.2', why: `lost connection with ${open.host}[${open.address}]` }
  if (!(yield* attempt.over(open, false))) attempt.giveUp(lost)
  return attempt.left !== null
}

/** RFC 821 3.6: the host that took itself off the forward-path puts itself into the reverse-path. */
function reversePath(from: Path | null, taken: string | null): Path | null {
  return from === null || taken === null ? from : { ...from, route: [taken, ...from.route] }
}

type Translated = Pick<ClientMessage, 'content'> & Pick<MailTerms, 'body'>

class HandOver {
  /** What can take the next message. */
  left: OpenConnection | null = null
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly consignment: Consignment
  /** Those for whom nobody has said yes or no. */
  private recipients: readonly Recipient[]
  /** What a host said of one of them, who may fare better at the next. */
  private readonly later = new Map<Recipient, Failure>()
  /** Done once, for whichever of the hosts takes it. */
  private translation: Translated | null = null
  /** Said no already: it is not dialled for that. */
  private asked: Ipv4 | null = null
  private trouble: Trouble | null = null
  private last: Seq

  constructor(system: MailSystem, delivery: Delivery, consignment: Consignment) {
    this.system = system
    this.delivery = delivery
    this.consignment = consignment
    this.recipients = consignment.recipients
    this.last = consignment.cause
  }

  /** The connection that was open has led to an answer. */
  get wasAsked(): boolean {
    return this.asked !== null
  }

  /** What speaks for trying again outweighs what speaks against it. */
  remember(trouble: Trouble): void {
    if (this.trouble === null || this.trouble.permanent || !trouble.permanent) this.trouble = trouble
  }

  /** Where another one is asked, nothing else tells what this one said: not the end of the try, if that other takes it. */
  passOver(server: HostName, why: string, passed = this.recipients): void {
    const recipients = passed.map(({ address }) => address)
    const note = { kind: 'passed', id: this.consignment.entry.id, server, recipients, why } as const
    this.last = this.system.machine.note(note, this.last)
  }

  /** No host is left. `otherwise` is why, if none was even tried. */
  giveUp(otherwise: Trouble): OpenConnection | null {
    const { permanent, ...told } = this.trouble ?? otherwise
    const common = { is: permanent ? ('failed' as const) : ('deferred' as const), ...told }
    this.reportAll(this.recipients.map((recipient) => [recipient, this.later.get(recipient) ?? common]))
    return this.left
  }

  /**
   * True when that connection has settled it. What has gone wrong because it was old says nothing about the host. `goesOn`:
   * where it is not settled, what else there is is tried.
   */
  *over(open: OpenConnection, goesOn: boolean): Task<boolean> {
    const { connection, host, address, conn } = open
    this.attempt(host, address, conn)
    const result = yield* this.send(connection)
    this.left = connection.open ? open : null
    if (!connection.open && result.outcome === 'failed' && !result.uncertain) {
      if (goesOn) this.passOver(host, passedWords(failureOf(result, host, address)))
      return false
    }
    this.asked = address
    const more = goesOn && !open.only
    if (result.outcome === 'done') return this.answered(result, host, address, more)
    if (this.refused(result, host, address, more)) return true
    yield* this.leave()
    return false
  }

  /** True when this address has settled it, one way or the other; `more`: there are others. */
  *at(
    place: Omit<OpenConnection, 'connection' | 'conn'>,
    startTls: ClientSetup['startTls'],
    more: boolean,
  ): Task<boolean> {
    const { host, address } = place
    if (address === this.asked) return false
    const { machine, connect } = this.system
    const { port, protocol } = this.consignment
    this.attempt(host, address, null)
    const dialled = yield* ask(machine.dial(address, port))
    if (!dialled.ok) {
      const why = `connect to ${host}[${address}]:${port}: ${DIAL_WORDS[dialled.why]}`
      this.remember({ permanent: false, code: '4.4.1', why })
      return false
    }
    yield* this.leave()
    const setup: ClientSetup = { helo: machine.host, server: host, startTls, protocol }
    const connection = yield* connect(dialled.stream, setup, machine)
    if ('outcome' in connection) {
      // Encryption that nobody asked for must not be what stops the mail (RFC 7435).
      if (connection.stage === 'tls' && startTls === 'if-offered') {
        this.passOver(host, passedWords(failureOf(connection, host, address)))
        return yield* this.at(place, 'never', more)
      }
      return this.refused(connection, host, address, more)
    }
    const result = yield* this.send(connection)
    if (connection.open) this.left = { ...place, connection, conn: dialled.stream.id }
    if (result.outcome === 'done') return this.answered(result, host, address, more)
    if (this.refused(result, host, address, more)) return true
    yield* this.leave()
    return false
  }

  /** `conn` is the connection that is open already. */
  private attempt(server: HostName, address: Ipv4, conn: ConnId | null): void {
    const recipients = this.recipients.map((recipient) => recipient.address)
    const { entry, port } = this.consignment
    const how = { ...(port !== SMTP_PORT && { port }), ...(conn !== null && { conn }) }
    const note = { kind: 'attempt', id: entry.id, server, address, recipients, ...how } as const
    this.last = this.system.machine.note(note, this.last)
  }

  private *send(connection: SmtpConnection): Task<ClientResult> {
    const { recipients } = this
    const { entry, taken } = this.consignment
    this.noteRepetition()
    for (const recipient of recipients) recipient.uncertain = true
    const { eighthBit } = this.system.config.touches
    const { content, body } = this.translated()
    const message: ClientMessage = {
      envelope: { ...entry.terms, body, from: reversePath(entry.from, taken), recipients },
      content,
      eighthBit: eighthBit === 'strip' ? 'pass' : eighthBit,
    }
    if (content.length >= LONG) message.transid = transid(entry, recipients, this.system.machine.host)
    const result = yield* connection.send(message)
    recipients.forEach((recipient, k) => {
      recipient.uncertain = result.outcome === 'failed' ? result.uncertain : (result.recipients[k]?.uncertain ?? false)
    })
    return result
  }

  /** As the hosts of that domain have it: those of the X.400 world take memos. */
  private translated(): Translated {
    if (this.translation !== null) return this.translation
    const { entry, domain } = this.consignment
    const { machine, config } = this.system
    this.translation = { content: entry.content, body: entry.terms.body }
    if (entryOf(config.gateways, domain) !== undefined && !isMemo(entry.content)) {
      const content = toMemo(entry.content, config.gateways)
      this.translation = { content, body: isEightBit(content) ? '8BITMIME' : null }
      this.last = machine.note({ kind: 'touched', id: entry.id, what: 'memo' }, this.last)
    }
    return this.translation
  }

  /** Another host is asked: this one need not wait for it. */
  private *leave(): Task<void> {
    const { left } = this
    this.left = null
    if (left) yield* left.connection.quit()
  }

  /** True when nobody is left for the next host. What is in doubt (RFC 2033 4.2) must not go to a second one. */
  private answered(result: ClientDone, host: HostName, address: Ipv4, more: boolean): boolean {
    const { recipients: results, dsn, encoded } = result
    if (encoded !== null) {
      const note = { kind: 'touched', id: this.consignment.entry.id, what: encoded } as const
      this.last = this.system.machine.note(note, this.last)
    }
    const outcomes: (readonly [Recipient, Outcome])[] = []
    const left: Recipient[] = []
    const passed = new Map<string, Recipient[]>()
    this.recipients.forEach((recipient, k) => {
      const { reply, accepted } = results[k]!
      const text = replyText(reply)
      if (accepted) {
        outcomes.push([recipient, { is: 'sent', host, reply: text, dsn }])
        return
      }
      const said = saidOf(results[k]!, host, address)
      const told = { code: reply.code, why: said.why, remote: { host, reply: text } }
      if (reply.code.startsWith('5')) outcomes.push([recipient, { is: 'failed', ...told }])
      else if (recipient.uncertain) outcomes.push([recipient, { is: 'deferred', ...told }])
      else {
        this.later.set(recipient, { is: 'deferred', ...told })
        left.push(recipient)
        const words = passedWords(said)
        passed.set(words, [...(passed.get(words) ?? []), recipient])
      }
    })
    this.reportAll(outcomes)
    this.recipients = left
    if (more) for (const [why, recipients] of passed) this.passOver(host, why, recipients)
    return left.length === 0
  }

  /** Those who share an outcome are told of in one note. */
  private reportAll(outcomes: readonly (readonly [Recipient, Outcome])[]): void {
    const groups = new Map<string, { outcome: Outcome; recipients: Recipient[] }>()
    for (const [recipient, outcome] of outcomes) {
      const key = `${outcome.is} ${outcome.is === 'sent' ? outcome.reply : outcome.why}`
      const group = groups.get(key)
      if (group) group.recipients.push(recipient)
      else groups.set(key, { outcome, recipients: [recipient] })
    }
    for (const { outcome, recipients } of groups.values()) this.report(recipients, outcome)
  }

  private refused(result: ClientFailure, host: HostName, address: Ipv4, more: boolean): boolean {
    const { reply, permanent, stage, uncertain } = result
    // What this client found out by itself it says with a status of its own.
    const own = result.own ? /^\d\.\d{1,3}\.\d{1,3}/.exec(reply?.lines[0] ?? '')?.[0] : undefined
    const code = own ?? reply?.code ?? '4.4.2'
    const said = failureOf(result, host, address)
    const { why } = said
    const remote = reply && !result.own ? { remote: { host, reply: replyText(reply) } } : {}
    const atTheDoor = stage === 'greeting' || stage === 'hello'
    if (!uncertain && (atTheDoor || !permanent)) {
      this.remember({ permanent, code, why, ...remote })
      if (more) this.passOver(host, passedWords(said))
      return false
    }
    this.report(this.recipients, { is: permanent ? 'failed' : 'deferred', code, why, ...remote })
    return true
  }

  /** They may have got it already: then this is the second time. */
  private noteRepetition(): void {
    const again = this.recipients.filter(({ uncertain }) => uncertain)
    if (again.length === 0) return
    const why = 'the last connection was lost before its final reply: it may arrive twice'
    const names = again.map(({ address }) => address)
    this.system.machine.note({ kind: 'repeated', id: this.consignment.entry.id, recipients: names, why }, this.last)
  }

  private report(recipients: readonly Recipient[], outcome: Outcome): void {
    this.delivery.report(this.consignment.entry, recipients, outcome, this.last)
  }
}

/**
 * The same at every try (RFC 1845 2). A message that goes out in several copies has a name for each: the server would
 * take the one for the beginning of the other.
 */
function transid(entry: QueueEntry, recipients: readonly Recipient[], host: HostName): string {
  const places = entry.recipients.flatMap((recipient, k) => (recipients.includes(recipient) ? [k] : []))
  const copy = places.length === entry.recipients.length ? '' : `.${sha256Hex(places.join(' ')).slice(0, 8)}`
  return `<${entry.id}${copy}@${host}>`
}
