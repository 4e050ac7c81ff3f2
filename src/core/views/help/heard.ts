/** What was said on the connections of terminals: who logged in, which mailbox is open, which mechanisms there are. */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import type { ConnId, HostName } from '../../terms.ts'
import type { Fold, TraceEvent } from '../../trace/events.ts'

export interface Heard {
  host: HostName | null
  user: string | null
  mailbox: string | null
  mechanisms: readonly string[]
}

export const NOTHING: Readonly<Heard> = { host: null, user: null, mailbox: null, mechanisms: [] }

/** Nobody speaks on more connections at a time. */
const MOST = 100

export const heard: Fold<Map<ConnId, Heard>> = {
  empty: () => new Map(),
  add(view, event) {
    if (event.kind === 'terminal-conn') {
      view.set(event.conn, { ...NOTHING })
      if (view.size > MOST) view.delete(view.keys().next().value!)
    } else if ('conn' in event && event.conn !== null && event.conn !== undefined) {
      const told = view.get(event.conn)
      if (told) hear(told, event)
    }
  },
}

function hear(told: Heard, event: TraceEvent): void {
  if (event.kind === 'command') {
    told.host = event.host
    told.user = userIn(event.verb, event.line) ?? told.user
    if (event.verb === 'SELECT' || event.verb === 'EXAMINE') told.mailbox = mailboxIn(event.line)
  } else if (event.kind === 'reply' || event.kind === 'data') {
    for (const line of event.lines) told.mechanisms = mechanismsIn(line) ?? told.mechanisms
    const user = event.kind === 'reply' ? /^(\S+) authenticated/.exec(event.lines[0] ?? '')?.[1] : undefined
    if (user !== undefined) told.user = user
  }
}

/** `a2 SELECT INBOX`, or `a2 EXAMINE "My letters"`. */
function mailboxIn(line: Octets): string | null {
  const [, quoted, atom] = /^\S+\s+\S+\s+(?:"([^"]*)"|(\S+))/.exec(utf8Text(line)) ?? []
  return quoted ?? atom ?? null
}

/** `USER alice`, `APOP alice ...`, `a1 LOGIN alice ...`: the name alone, never what stands behind it. */
function userIn(verb: string | null, line: Octets): string | null {
  if (verb === 'USER' || verb === 'APOP') return /^\S+\s+(\S+)/.exec(line)?.[1] ?? null
  if (verb === 'LOGIN') return /^\S+\s+\S+\s+"?([^\s"]+)/.exec(line)?.[1] ?? null
  return null
}

/** `AUTH PLAIN LOGIN` of EHLO, `SASL PLAIN` of CAPA, `AUTH=PLAIN` of CAPABILITY. */
function mechanismsIn(line: string): string[] | null {
  const list = /^(?:AUTH|SASL)[ =](.*)$/.exec(line)?.[1]
  if (list !== undefined) return list.split(' ').filter((name) => name !== '')
  const each = [...line.matchAll(/\bAUTH=([\w-]+)/g)].map(([, name]) => name!)
  return each.length > 0 ? each : null
}
