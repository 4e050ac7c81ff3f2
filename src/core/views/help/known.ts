/**
 * What somebody at a terminal could know: who lives in this world and what runs there, what the server has told, which
 * mailboxes and messages whoever logged in has. Read when it is asked for: at a key, not at each event.
 */
import { homeOf } from '../../shell/files.ts'
import type { Account } from '../../store/account.ts'
import type { ConnId, HostName } from '../../terms.ts'
import { servicesOf } from '../../world/named-services.ts'
import { loginOf } from '../../world/seat.ts'
import type { World } from '../../world/world.ts'
import { tableOf } from '../protocols.ts'
import { reader, type TerminalsView, type TerminalView } from '../terminals.ts'
import { NOTHING, type Heard } from './heard.ts'
import type { Known, Listener, Scene } from './scene.ts'

export interface Seat {
  terminal: string
  host: HostName
  user: string
}

/** A list of more than this is no help. */
const MOST = 400

export function sceneOf(world: World, heard: ReadonlyMap<ConnId, Heard>, view: TerminalsView, seat: Seat): Scene {
  const terminal = view.terminals.get(seat.terminal) ?? null
  const listener: Listener = terminal ? listenerAt(terminal) : { to: 'nobody' }
  return { listener, known: knownAt(world, heard, view, terminal, seat) }
}

function listenerAt(terminal: TerminalView): Listener {
  const { speaking } = terminal
  switch (reader(terminal)) {
    case 'shell':
      return { to: 'shell' }
    case 'prompt':
      return terminal.unended.endsWith('telnet> ') ? { to: 'telnet' } : { to: 'nobody' }
    case 'program':
      return { to: 'nobody' }
    case 'server': {
      const { protocol, state, capabilities, commands } = speaking
      if (protocol === null || state === 'challenge' || state === 'chunk') return { to: 'nobody' }
      if (state === 'content') return { to: 'content', header: inHeader(terminal) }
      return { to: 'server', table: tableOf(protocol), state, capabilities, heard: commands }
    }
  }
}

/** No empty line was typed since the server has asked for the message. */
function inHeader({ pieces }: TerminalView): boolean {
  for (let at = pieces.length - 1; at >= 0; at--) {
    const { text, typed } = pieces[at]!
    if (typed && text.trim() === '') return false
    if (!typed && /^354/m.test(text)) return true
  }
  return false
}

function knownAt(
  world: World,
  heard: ReadonlyMap<ConnId, Heard>,
  view: TerminalsView,
  terminal: TerminalView | null,
  { host: here, user }: Seat,
): Known {
  const { file } = world
  const person = file.people.find(({ host, account, name }) => host === here && loginOf(world, account, name) === user)
  const told = terminal ? heardAt(heard, view, terminal) : NOTHING
  const account = told.host === null ? null : (world.stores.get(told.host)?.account(told.user ?? '') ?? null)
  return {
    hosts: Object.entries(file.hosts)
      .slice(0, MOST)
      .map(([name, { address, services }]) => ({
        name,
        address,
        ports: [...new Set(servicesOf(services).map((service) => service.told.port))].sort((a, b) => a - b),
      })),
    domains: world.naming.zones.map(({ zone }) => zone.origin).filter((origin) => !origin.endsWith('.arpa')),
    people: file.accounts.slice(0, MOST).map(({ address, name }) => ({ address, name })),
    here,
    own: person?.account ?? null,
    mailboxes: account ? namesOf(account) : [],
    messages: messagesIn(account, told.mailbox),
    mechanisms: told.mechanisms,
    files: filesOf(world, here, user),
  }
}

const namesOf = ({ mailboxes }: Account): string[] =>
  mailboxes
    .sorted()
    .slice(0, MOST)
    // Others are written in modified UTF-7 (RFC 3501 5.1.3), which nobody types by hand.
    .flatMap(({ name }) => (/^[ -~]+$/.test(name) ? [name] : []))

const messagesIn = (account: Account | null, mailbox: string | null): number =>
  mailbox === null ? 0 : (account?.mailboxes.get(mailbox)?.count ?? 0)

function filesOf({ files }: World, host: HostName, user: string): string[] {
  const home = `${homeOf(user)}/`
  const names: string[] = []
  for (const path of files.paths(host)) {
    if (names.length >= MOST) break
    names.push(path.startsWith(home) ? path.slice(home.length) : path)
  }
  return names
}

/** What was said on the connection of a terminal. */
function heardAt(heard: ReadonlyMap<ConnId, Heard>, view: TerminalsView, { speaking }: TerminalView): Readonly<Heard> {
  if (speaking.protocol === null) return NOTHING
  let told: Readonly<Heard> = NOTHING
  for (const [conn, session] of view.sessions) if (session === speaking) told = heard.get(conn) ?? NOTHING
  // POP3 knows one mailbox (RFC 1939 1).
  return speaking.protocol === 'pop3' ? { ...told, mailbox: 'INBOX' } : told
}
