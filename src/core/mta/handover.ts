/**
 * Handing one message to one of the hosts that take it: each host in turn, each of its addresses in turn, until one of
 * them has answered for it or refused it (RFC 5321 5.1). A host that cannot be reached, or that says 4xx before the
 * content was sent, leads to the next one.
 */
import type { DialFailure } from '../machine.ts'
import type { Path } from '../smtp/path.ts'
import type { ClientFailure, ClientJob, ClientReply, ClientStage, RecipientResult } from '../smtp/client-types.ts'
import { ask, type Task } from '../task.ts'
import type { HostName, Ipv4, Seq } from '../terms.ts'
import type { Delivery, Outcome } from './delivery.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import { addressesOf, loopsBack, type NextHost, type Trouble } from './routing.ts'
import type { MailSystem } from './system.ts'

const SMTP_PORT = 25

/** Those recipients of a message who share their next hosts: they get one copy (RFC 5321 4.5.4.1). */
export interface Consignment {
  domain: string
  hosts: readonly NextHost[]
  /** Our name, where a source route began with it. */
  taken: string | null
  recipients: Recipient[]
  /** The note of its route. */
  cause: Seq
}

export function* handOver(
  system: MailSystem,
  delivery: Delivery,
  entry: QueueEntry,
  { domain, hosts, taken, recipients, cause }: Consignment,
): Task<void> {
  const { machine } = system
  const attempt = new HandOver(system, delivery, entry, recipients, reversePath(entry.from, taken), cause)
  for (const { host } of hosts) {
    const located = yield* addressesOf(machine, host)
    if (!('addresses' in located)) {
      attempt.remember(located)
      continue
    }
    for (const address of located.addresses) {
      // Another name of our own: this host and those behind it would only send it back.
      if (address === machine.address) return attempt.giveUp(loopsBack(domain))
      if (yield* attempt.at(host, address, system.startTls)) return
    }
  }
  attempt.giveUp(loopsBack(domain))
}

/** RFC 821 3.6: the host that took itself off the forward-path puts itself into the reverse-path. */
function reversePath(from: Path | null, taken: string | null): Path | null {
  return from === null || taken === null ? from : { ...from, route: [taken, ...from.route] }
}

class HandOver {
  private readonly system: MailSystem
  private readonly delivery: Delivery
  private readonly entry: QueueEntry
  private readonly recipients: Recipient[]
  private readonly from: Path | null
  private trouble: Trouble | null = null
  private last: Seq

  constructor(
    system: MailSystem,
    delivery: Delivery,
    entry: QueueEntry,
    recipients: Recipient[],
    from: Path | null,
    cause: Seq,
  ) {
    this.system = system
    this.delivery = delivery
    this.entry = entry
    this.recipients = recipients
    this.from = from
    this.last = cause
  }

  /** What speaks for trying again outweighs what speaks against it. */
  remember(trouble: Trouble): void {
    if (this.trouble === null || this.trouble.permanent || !trouble.permanent) this.trouble = trouble
  }

  /** No host is left. `otherwise` is why, if none was even tried. */
  giveUp(otherwise: Trouble): void {
    const { permanent, code, why } = this.trouble ?? otherwise
    this.report(this.recipients, { is: permanent ? 'failed' : 'deferred', code, why })
  }

  /** True when this address has settled it, one way or the other. */
  *at(host: HostName, address: Ipv4, startTls: ClientJob['startTls']): Task<boolean> {
    const { machine, speak } = this.system
    const { recipients, entry } = this
    const names = recipients.map((recipient) => recipient.address)
    this.last = machine.note({ kind: 'attempt', id: entry.id, server: host, address, recipients: names }, this.last)
    const dialled = yield* ask(machine.dial(address, SMTP_PORT))
    const who = `${host}[${address}]`
    if (!dialled.ok) {
      this.remember({
        permanent: false,
        code: '4.4.1',
        why: `connect to ${who}:${SMTP_PORT}: ${DIAL_WORDS[dialled.why]}`,
      })
      return false
    }
    this.noteRepetition()
    for (const recipient of recipients) recipient.uncertain = true
    const job: ClientJob = {
      helo: machine.host,
      server: host,
      envelope: { from: this.from, recipients: recipients.map(({ path }) => path) },
      content: entry.content,
      startTls,
      eighthBit: this.system.config.touches.eighthBit === 'pass' ? 'pass' : 'refuse',
    }
    const result = yield* speak(dialled.stream, job, machine)
    const uncertain = result.outcome === 'failed' && result.uncertain
    for (const recipient of recipients) recipient.uncertain = uncertain
    if (result.outcome === 'done') {
      this.answered(result.recipients, host, who)
      return true
    }
    // Encryption that nobody asked for must not be what stops the mail (RFC 7435).
    if (result.stage === 'tls' && startTls === 'if-offered') return yield* this.at(host, address, 'never')
    return this.refused(result, who)
  }

  private answered(results: readonly RecipientResult[], host: HostName, who: string): void {
    const groups = new Map<string, { outcome: Outcome; recipients: Recipient[] }>()
    this.recipients.forEach((recipient, k) => {
      const { reply, accepted } = results[k]!
      const outcome: Outcome = accepted
        ? { is: 'sent', host, reply: replyText(reply) }
        : {
            is: isPermanent(reply) ? 'failed' : 'deferred',
            code: reply.code,
            why: `host ${who} said: ${replyText(reply)}`,
          }
      const key = `${outcome.is} ${replyText(reply)}`
      const group = groups.get(key)
      if (group) group.recipients.push(recipient)
      else groups.set(key, { outcome, recipients: [recipient] })
    })
    for (const { outcome, recipients } of groups.values()) this.report(recipients, outcome)
  }

  private refused(result: ClientFailure, who: string): boolean {
    const { reply, permanent, stage, uncertain } = result
    const code = reply?.code ?? '4.4.2'
    const why = reply
      ? `host ${who}${result.own ? `: ${reply.lines.join(' ')}` : ` said: ${replyText(reply)}`}`
      : `lost connection with ${who} ${STAGE_WORDS[stage]}`
    const atTheDoor = stage === 'greeting' || stage === 'hello'
    if (!uncertain && (atTheDoor || !permanent)) {
      this.remember({ permanent, code, why })
      return false
    }
    this.report(this.recipients, { is: permanent ? 'failed' : 'deferred', code, why })
    return true
  }

  /** They may have got it already: then this is the second time. */
  private noteRepetition(): void {
    const again = this.recipients.filter(({ uncertain }) => uncertain)
    if (again.length === 0) return
    const why = 'the last connection was lost before its final reply: it may arrive twice'
    const names = again.map(({ address }) => address)
    this.system.machine.note({ kind: 'repeated', id: this.entry.id, recipients: names, why }, this.last)
  }

  private report(recipients: readonly Recipient[], outcome: Outcome): void {
    this.delivery.report(this.entry, recipients, outcome, this.last)
  }
}

const isPermanent = ({ code }: ClientReply) => code.startsWith('5')
const replyText = ({ code, lines }: ClientReply) => [code, ...lines].join(' ').trimEnd()

const DIAL_WORDS: Readonly<Record<DialFailure, string>> = {
  refused: 'Connection refused',
  timeout: 'Connection timed out',
  unreachable: 'No route to host',
  reset: 'Connection reset by peer',
}

const STAGE_WORDS: Readonly<Record<ClientStage, string>> = {
  greeting: 'while waiting for its greeting',
  hello: 'after EHLO',
  tls: 'during the TLS handshake',
  auth: 'after AUTH',
  mail: 'in the envelope',
  data: 'after DATA',
  content: 'after the end of the message',
}
