/** What the clock stands before, in the reader's words: the net room names its alarms for people who read code. */
import type { Connections } from '../../core/views/connections.ts'
import type { Translate } from '../../texts/index.ts'

const kinds: readonly [RegExp, string][] = [
  [/^(?<conn>\w+): connect time-out$/, 'alarm.connect'],
  [/^(?<conn>\w+): connection time-out$/, 'alarm.connection'],
  [/^(?<conn>\w+): idle$/, 'alarm.idle'],
  [/^no answer from (?<host>\S+) port \d+$/, 'alarm.answer'],
  [/^(?<host>\S+): a task waits$/, 'alarm.task'],
]

export function alarmText(what: string, connections: Connections, t: Translate): string {
  for (const [form, key] of kinds) {
    const found = form.exec(what)?.groups
    if (!found) continue
    const { conn, host } = found
    return t(key, { host: host ?? connections.get(conn ?? '')?.server ?? '?' })
  }
  return what
}
