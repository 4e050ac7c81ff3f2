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
  private readonly logs = new Map<HostName, { log: MailLog; time: HostTime; text: Octets }>()

  constructor(file: WorldFile) {
    for (const [host, { mail }] of Object.entries(file.hosts))
      if (mail) this.logs.set(host, { log: new MailLog(host), time: hostTime(file, host), text: '' })
  }

  add(event: TraceEvent): void {
    // A log also hears of connections to its host, which are noted where they begin.
    for (const [host, entry] of event.kind === 'dial' ? this.logs : this.only(event.host)) {
      const line = entry.log.add(event)
      if (line === null) continue
      const stamp = logTime(entry.time.epoch + entry.time.skew + event.at, entry.time.zone)
      entry.text += `${stamp} ${host.split('.')[0]} ${utf8Octets(line)}\n`
      if (entry.text.length > LONGEST) entry.text = entry.text.slice(entry.text.indexOf('\n', LONGEST / 2) + 1)
    }
  }

  text(host: HostName): Octets {
    return this.logs.get(host)?.text ?? ''
  }

  private only(host: HostName): readonly (readonly [HostName, { log: MailLog; time: HostTime; text: Octets }])[] {
    const entry = this.logs.get(host)
    return entry ? [[host, entry]] : []
  }
}
