/**
 * The mail log, as `tail -f /var/log/mail.log` shows it: one line a note, in Postfix's manner, for that is what a
 * learner will meet outside. Date and host stand before it as syslog puts them; they are the caller's.
 */
import { harmless, utf8Octets, utf8Text } from '../bytes/utf8.ts'
import type { ConnId, HostName, Ipv4, Seq } from '../terms.ts'
import type { MailNote, ProtocolNote, TraceEvent } from '../trace/events.ts'
import { DIAL_WORDS } from './dial-words.ts'

/** What one event writes into the log of its own host; null when nothing. */
export function logLine(event: TraceEvent): string | null {
  const line = written(event)
  return line === null ? null : harmless(utf8Text(line))
}

/** The log of one host: it also knows who is connected, and whom it calls, which no single event tells. */
export class MailLog {
  private readonly host: HostName
  /** Who is connected, to whatever service; `greeted` by SMTP. */
  private readonly callers = new Map<ConnId, { address: Ipv4; greeted: boolean }>()

  /** The hosts that are being called, and the try for which one is called next. */
  private readonly called = new Map<ConnId, string>()
  private tries: { seq: Seq; place: string } | null = null

  constructor(host: HostName) {
    this.host = host
  }

  add(event: TraceEvent): string | null {
    if (event.kind === 'dial' && event.toHost === this.host)
      this.callers.set(event.conn, { address: event.from.address, greeted: false })
    if (isOver(event)) return this.unanswered(event) ?? this.leaves(event.conn)
    if (event.host !== this.host) return null
    if (event.kind === 'attempt') this.tries = { seq: event.seq, place: placeOf(event) }
    if (event.kind === 'dial' && this.tries && event.cause === this.tries.seq)
      this.called.set(event.conn, this.tries.place)
    if (event.kind === 'connected') this.called.delete(event.conn)
    if (event.kind === 'reply' && isSmtp(event)) {
      const caller = this.callers.get(event.conn)
      // The first thing a server says is its greeting, the last the answer to QUIT or 421.
      if (caller && event.verb === 'greeting' && event.outcome === 'ready') {
        caller.greeted = true
        return `facteur/smtpd: connect from [${caller.address}]`
      }
      if (caller && event.to === 'closing') return this.leaves(event.conn)
    }
    return logLine(event)
  }

  /** Another host may take it: so what did not answer is told at once. */
  private unanswered(event: TraceEvent & { kind: Over }): string | null {
    const place = this.called.get(event.conn)
    this.called.delete(event.conn)
    return place === undefined || event.kind !== 'dial-failed'
      ? null
      : `facteur/smtp: connect to ${place}: ${DIAL_WORDS[event.why]}`
  }

  private leaves(conn: ConnId): string | null {
    const caller = this.callers.get(conn)
    this.callers.delete(conn)
    return caller?.greeted ? `facteur/smtpd: disconnect from [${caller.address}]` : null
  }
}

type Over = 'dial-failed' | 'fin' | 'reset' | 'timed-out'
const OVER = new Set(['dial-failed', 'fin', 'reset', 'timed-out'])
const isOver = (event: TraceEvent): event is TraceEvent & { kind: Over } => OVER.has(event.kind)
const placeOf = ({ server, address, port }: MailNote & { kind: 'attempt' }) => `${server}[${address}]:${port ?? 25}`
const isSmtp = ({ protocol }: ProtocolNote & { kind: 'reply' }) => protocol !== 'pop3' && protocol !== 'imap'
const to = (recipients: readonly string[]) => `to=${recipients.map((recipient) => `<${recipient}>`).join(',')}`

function written(event: TraceEvent): string | null {
  switch (event.kind) {
    case 'accepted':
      return of('qmgr', event, `from=<${event.from}>, size=${event.octets}, nrcpt=${event.to.length} (queue active)`)
    case 'expanded':
      return of(
        'local',
        event,
        `${to([event.address])}, ${event.by} of ${event.into.map((one) => `<${one}>`).join(',')}`,
      )
    case 'routed': {
      const hosts = event.hosts.map(({ host, preference }) => `${host} (${preference})`).join(', ')
      return of('qmgr', event, `domain=${event.domain}, route=${event.how}${hosts === '' ? '' : `: ${hosts}`}`)
    }
    case 'attempt':
      return of(
        'smtp',
        event,
        `${to(event.recipients)}, ${event.conn === undefined ? 'connecting to' : 'over the open connection to'} ${placeOf(event)}`,
      )
    case 'sent':
      return of('smtp', event, `${to(event.recipients)}, relay=${event.server}, status=sent (${event.reply})`)
    case 'passed':
      return of('smtp', event, event.why)
    case 'deferred':
      return of('smtp', event, `${to(event.recipients)}, status=deferred (${event.why})`)
    case 'failed':
      return of('smtp', event, `${to(event.recipients)}, status=bounced (${event.why})`)
    case 'delivered':
      return of('local', event, `${to([event.address])}, relay=local, status=sent (delivered to mailbox)`)
    case 'bounced':
      return of('bounce', event, `sender non-delivery notification: ${event.bounce}`)
    case 'dropped':
      return of('bounce', event, `${to(event.recipients)}, status=dropped (${event.why})`)
    case 'repeated':
      return of('smtp', event, `${to(event.recipients)}, warning: ${event.why}`)
    case 'notified':
      return of('bounce', event, `sender ${NOTICES[event.what]} notification: ${event.report}`)
    case 'shown':
      return of('local', event, `${to([event.address])}, relay=local, status=sent (written to the terminal)`)
    case 'filtered': {
      const line = event.line === null ? '' : ` (line ${event.line})`
      return of(
        'local',
        event,
        `${to([event.address])}, sieve: ${event.does} ${utf8Octets(event.detail)}`.trimEnd() + line,
      )
    }
    case 'noticed':
      return of('cleanup', event, `warning: ${event.what}: ${event.detail}`)
    case 'touched':
      return of('cleanup', event, `body changed: ${event.what}`)
    case 'removed':
      return of('qmgr', event, 'removed')
    case 'reply': {
      const refused = event.verb === 'MAIL' || event.verb === 'RCPT' || event.verb === 'DATA'
      if (!refused || !isSmtp(event) || !/^[45]/.test(event.code)) return null
      return `facteur/smtpd: NOQUEUE: reject: ${event.verb}: ${event.code} ${event.lines.join(' ')}`
    }
    default:
      return null
  }
}

const NOTICES = { success: 'delivery', relayed: 'relay', expanded: 'expansion', delayed: 'delay' } as const

const of = (program: string, { id }: MailNote, text: string) => `facteur/${program}: ${id}: ${text}`
