/**
 * The map of a world: its file, and on top of it what the trace has changed. It is made anew after every change, of new
 * objects all through, so that whoever draws it sees by an object alone that nothing has changed.
 */
import type { HostName, Ipv4, Millis, Seq } from '../terms.ts'
import type { TraceEvent } from '../trace/events.ts'
import { faultHosts, parseFault } from '../world/faults.ts'
import { servicesOf, type NamedService } from '../world/named-services.ts'
import type { HostFile, WorldFile } from '../world/schema.ts'
import type { Connection, Connections } from './connections.ts'
import { linkKey, type NetworkView, type Queued } from './network.ts'

interface WebService {
  port: number
  secure: boolean
}

export interface MappedHost {
  readonly name: HostName
  /** Its name within its organisation, and the rest. */
  readonly short: string
  readonly domain: string
  readonly organisation: string | null
  readonly roles: HostFile['roles']
  readonly address: string
  readonly services: readonly NamedService[]
  /** Where its web server is; null where it has none. */
  readonly web: WebService | null
  /** Domains that its name server answers for; null where there is no name server. */
  readonly zones: readonly string[] | null
  readonly up: boolean
  /** What stopped or started it last. */
  readonly turned: Seq | null
  /** How many messages wait here, and the first of them. */
  readonly queued: number
  readonly queue: readonly Queued[]
}

export interface MappedLink {
  readonly key: string
  readonly between: readonly [HostName, HostName]
  /** The world file names it. */
  readonly named: boolean
  readonly cut: boolean
  readonly delay: Millis
  /** As it was built. */
  readonly usual: { readonly delay: Millis; readonly loss: number }
  readonly loss: number
  /** What broke or mended it last. */
  readonly fault: Seq | null
  readonly packets: number
  readonly lost: number
  /** Something other than questions to name servers has gone here. */
  readonly streams: boolean
  /** The latest last. */
  readonly open: readonly Connection[]
}

export interface NetworkMap {
  /** Hosts that belong to none come last, under null. */
  readonly organisations: readonly { name: string | null; hosts: readonly HostName[] }[]
  readonly hosts: ReadonlyMap<HostName, MappedHost>
  readonly links: ReadonlyMap<string, MappedLink>
}

/** So many messages of a queue are shown; it has a view of its own. */
const SHOWN = 5

export function networkMap(file: WorldFile, view: NetworkView): NetworkMap {
  const names = Object.keys(file.hosts)
  const organisations = [...new Set(names.map((name) => file.hosts[name]!.organisation))]
    .sort((one, other) => Number(one === null) - Number(other === null))
    .map((name) => ({ name, hosts: names.filter((host) => file.hosts[host]!.organisation === name) }))
  return {
    organisations,
    hosts: new Map(names.map((name) => [name, mappedHost(file, view, name)])),
    links: mappedLinks(file, view),
  }
}

function mappedHost(file: WorldFile, view: NetworkView, name: HostName): MappedHost {
  const { organisation, roles, address, services, webmail, down } = file.hosts[name]!
  const zones = [...new Set([...Object.keys(file.zones), ...view.zones.keys()])].filter((zone) => {
    const origin = zone === 'reverse' ? 'in-addr.arpa' : zone
    const server = view.zones.get(origin)
    return (server === undefined ? file.zones[zone]?.server : server) === name
  })
  const serves = zones.length > 0 || Object.values(file.hosts).some(({ resolver }) => resolver === name)
  const turned = view.hosts.get(name) ?? null
  const queue = view.queues.get(name)
  return {
    name,
    ...shortName(name, organisation),
    organisation,
    roles,
    address,
    services: servicesOf(services),
    web: webmail ? { port: webmail.https ?? webmail.port, secure: webmail.https !== null } : null,
    zones: serves ? zones : null,
    up: turned?.up ?? !down,
    turned: turned?.seq ?? null,
    queued: queue?.size ?? 0,
    queue: first(queue?.values() ?? [], SHOWN).map((queued) => ({ ...queued })),
  }
}

function first<T>(values: Iterable<T>, most: number): T[] {
  const found: T[] = []
  for (const value of values) {
    if (found.length === most) break
    found.push(value)
  }
  return found
}

/** So long a name of a host of its own is shown whole. */
const WHOLE = 9

/** `mx1` of `rennes.example`; a host that is all of its domain keeps its name. */
function shortName(name: HostName, organisation: string | null): { short: string; domain: string } {
  if (organisation !== null && name.endsWith(`.${organisation}`))
    return { short: name.slice(0, -organisation.length - 1), domain: organisation }
  const whole = name === organisation || (organisation === null && name.length <= WHOLE)
  const dot = whole ? -1 : name.indexOf('.')
  return dot < 0 ? { short: name, domain: '' } : { short: name.slice(0, dot), domain: name.slice(dot + 1) }
}

/** The way between two hosts: the link that the world names, or both ends' ways to the Internet. */
export function mappedLink(file: WorldFile, view: NetworkView, one: HostName, other: HostName): MappedLink {
  const key = linkKey(one, other)
  const named = file.links.find(({ between }) => linkKey(...between) === key)
  const built = named ?? {
    between: [one, other] as const,
    delay: (file.hosts[one]?.delay ?? 0) + (file.hosts[other]?.delay ?? 0),
    loss: 0,
    cut: false,
  }
  const tie = view.ties.get(key)
  const fault = view.links.get(key)
  return {
    key,
    between: built.between,
    named: named !== undefined,
    cut: fault?.cut ?? built.cut,
    delay: fault?.delay ?? built.delay,
    loss: fault?.loss ?? built.loss,
    usual: { delay: built.delay, loss: built.loss },
    fault: fault?.seq ?? null,
    packets: tie?.packets ?? 0,
    lost: tie?.lost ?? 0,
    streams: tie?.streams ?? false,
    open: [],
  }
}

/** Links that the world names, ways that anything has gone, and those that are broken. */
function mappedLinks(file: WorldFile, view: NetworkView): ReadonlyMap<string, MappedLink> {
  const open = new Map<string, Connection[]>()
  for (const connection of view.connections.values()) {
    const key = linkKey(connection.client, connection.server)
    open.set(key, [...(open.get(key) ?? []), { ...connection }])
  }
  const pairs = [
    ...file.links.map(({ between }) => between),
    ...[...view.ties.values()].map(({ between }) => between),
    ...[...view.links.keys()].map((key) => key.split('--') as [HostName, HostName]),
  ].filter(([one, other]) => one !== other && one in file.hosts && other in file.hosts)
  const byKey = new Map(pairs.map((between) => [linkKey(...between), between]))
  return new Map(
    [...byKey].map(([key, between]) => [key, { ...mappedLink(file, view, ...between), open: open.get(key) ?? [] }]),
  )
}

/** Slower, or losing more, than it was built. */
export const isSlow = ({ delay, usual }: MappedLink): boolean => delay > usual.delay
export const isLossy = ({ loss, usual }: MappedLink): boolean => loss > usual.loss

/** The hosts that an event is about: where it was noted, and the other end of what it belongs to. */
export function hostsOf(
  event: TraceEvent,
  connections: Connections,
  hostAt: (address: Ipv4) => HostName | null,
): readonly HostName[] {
  if (event.kind === 'fault') {
    const fault = parseFault(event.what)
    return 'error' in fault ? [] : faultHosts(fault)
  }
  const connection = 'conn' in event && event.conn !== null ? connections.get(event.conn) : undefined
  const others = connection
    ? [connection.client, connection.server]
    : event.kind === 'datagram' && event.toHost !== null
      ? [event.toHost]
      : event.kind === 'attempt' || event.kind === 'sent' || event.kind === 'passed'
        ? [event.server]
        : event.kind === 'lookup' && event.server !== null
          ? [hostAt(event.server) ?? '']
          : []
  return [...new Set([event.host, ...others])].filter((host) => host !== '')
}
