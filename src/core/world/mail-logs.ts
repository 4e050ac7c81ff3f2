/** /var/log/mail.log of every host that has mail: a fold over the trace, bounded as logrotate would. */
import { utf8Octets } from '../bytes/utf8.ts'
import type { Octets } from '../bytes/octets.ts'
import { logTime } from '../message/date.ts'
import { MailLog } from '../mta/log.ts'
import type { HostName } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { hostTime, type HostTime } from './epoch.ts'
import type { WorldFile } from './schema.ts'

const LONGEST = 500_000

export class MailLogs {
  private readonly writer: LogWriter
  private readonly texts = new Map<HostName, Octets>()

  constructor(file: WorldFile) {
    this.writer = new LogWriter(file)
  }

  add(event: TraceEvent): void {
    for (const { host, line } of this.writer.add(event)) {
      const text = `${this.text(host)}${utf8Octets(line)}\n`
      this.texts.set(host, text.length > LONGEST ? text.slice(text.indexOf('\n', LONGEST / 2) + 1) : text)
    }
  }

  text(host: HostName): Octets {
    return this.texts.get(host) ?? ''
  }
}

/** The lines that an event writes, each with the time of its host. */
export class LogWriter {
  private readonly logs = new Map<HostName, { log: MailLog; time: HostTime }>()

  constructor(file: WorldFile) {
    for (const [host, { mail }] of Object.entries(file.hosts))
      if (mail) this.logs.set(host, { log: new MailLog(host), time: hostTime(file, host) })
  }

  get hosts(): readonly HostName[] {
    return [...this.logs.keys()]
  }

  add(event: TraceEvent): readonly { host: HostName; line: string }[] {
    // A log also hears of connections to its host, which are noted where they begin.
    if (event.kind === 'dial') return this.hosts.flatMap((host) => this.written(host, event))
    return this.written(event.host, event)
  }

  private written(host: HostName, event: TraceEvent): readonly { host: HostName; line: string }[] {
    const entry = this.logs.get(host)
    const line = entry?.log.add(event) ?? null
    if (!entry || line === null) return NOTHING
    const stamp = logTime(entry.time.epoch + entry.time.skew + event.at, entry.time.zone)
    return [{ host, line: `${stamp} ${host.split('.')[0]} ${line}` }]
  }
}

const NOTHING: readonly never[] = []
