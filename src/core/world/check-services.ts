/** What has to agree about the services of a host: ports, accounts, names of replies, what variants vary. */
import type { HostFile, WorldFile } from './schema.ts'
import { SERVICES, type Served, type ServiceName } from './services.ts'
import { movesOn, outcomesOf, sharedOutcomes } from './tables.ts'
import type { Draft, Place, Problem } from './yaml.ts'

/** What a check looks at in a service, or in what a variant says of one. */
interface Service {
  readonly protocol?: Served | undefined
  readonly port?: number | undefined
  readonly texts?: Readonly<Record<string, string | undefined>> | undefined
  readonly answers?: Readonly<Record<string, string | undefined>> | undefined
  readonly auth?:
    | {
        readonly accounts?: string | null | undefined
        readonly mechanisms?: readonly (string | undefined)[] | undefined
        readonly weak?: readonly (string | undefined)[] | undefined
      }
    | undefined
  readonly capabilities?: readonly (string | undefined)[] | undefined
  readonly local?: Readonly<Record<string, Local | undefined>> | undefined
  readonly greeting?: 'ok' | 'bye' | { readonly preauth?: string | undefined } | undefined
}

interface Local {
  readonly code?: string | undefined
  readonly status?: string | null | undefined
}

/** Each says that something comes to pass, and a command that only answers brings nothing about. */
const DOING: ReadonlySet<string> = new Set(['220', '221', '421'])

type Services = Readonly<Record<string, Service | Readonly<Record<string, Service | undefined>> | undefined>>

interface Found {
  name: string
  protocol: Served
  service: Service
  place: Place
}

/** All services of such a block, each with its name and its place. */
function found(services: object | null | undefined, place: Place): Found[] {
  const { more, ...named } = (services ?? {}) as Services
  const own = Object.entries(named).flatMap(([name, service]) =>
    service ? [{ name, protocol: SERVICES[name as ServiceName].protocol, service, place: [...place, name] }] : [],
  )
  const others = Object.entries((more ?? {}) as Readonly<Record<string, Service | undefined>>).flatMap(
    ([name, service]) =>
      service ? [{ name, protocol: service.protocol ?? 'imap', service, place: [...place, 'more', name] }] : [],
  )
  return [...own, ...others]
}

export function* checkServices(
  world: Draft<WorldFile>,
  name: string,
  host: Draft<HostFile> | undefined,
  place: Place,
): Generator<Problem> {
  const services = found(host?.services, [...place, 'services'])
  if (services.length > 0 && !host?.mail)
    yield {
      place: [...place, 'services'],
      message: 'A host with these services needs a mail block; "mail: {}" will do.',
    }
  const { port: web, https } = host?.webmail ?? {}
  const ports = new Map<number, string>()
  for (const port of [web, https]) if (typeof port === 'number') ports.set(port, 'the webmail')
  if (web !== undefined && web === https)
    yield { place: [...place, 'webmail', 'https'], message: `Port ${web} is taken by the webmail already.` }
  for (const each of services) {
    const { port, greeting } = each.service
    const other = ports.get(port ?? 0)
    if (other !== undefined) yield { place: each.place, message: `Port ${port} is taken by ${other} already.` }
    if (port !== undefined) ports.set(port, each.name)
    if (Object.hasOwn(SERVICES, each.name) && each.place.includes('more'))
      yield { place: each.place, message: `${each.name} is a service by itself, and stands one level higher.` }
    const preauth = typeof greeting === 'object' ? greeting.preauth : undefined
    if (preauth !== undefined && !hasAccount(world, each.service.auth?.accounts ?? name, preauth))
      yield { place: [...each.place, 'greeting', 'preauth'], message: `There is no account ${preauth} to log in here.` }
    yield* checkService(world, each)
  }
  for (const [variant, over] of Object.entries(host?.variants ?? {}))
    for (const each of found(over?.services, [...place, 'variants', variant, 'services'])) {
      if (!services.some((other) => other.name === each.name && other.protocol === each.protocol))
        yield { place: each.place, message: `${name} has no service ${each.name} that could vary.` }
      yield* checkService(world, each)
    }
}

function hasAccount(world: Draft<WorldFile>, host: string, login: string): boolean {
  const wanted = login.toLowerCase()
  return (world.accounts ?? []).some((account) => {
    const address = account?.address?.toLowerCase() ?? ''
    const user = account?.user?.toLowerCase() ?? address.slice(0, address.lastIndexOf('@'))
    return account?.host === host && (wanted === user || wanted === address)
  })
}

function* checkService(world: Draft<WorldFile>, { protocol, service, place }: Found): Generator<Problem> {
  const accounts = service.auth?.accounts
  if (typeof accounts === 'string' && !world.hosts?.[accounts])
    yield { place: [...place, 'auth', 'accounts'], message: `There is no host ${accounts} in this world.` }
  yield* checkOffer(service, place)
  for (const key of Object.keys(service.texts ?? {}))
    if (!isText(protocol, key))
      yield {
        place: [...place, 'texts', key],
        message: `No reply is called "${key}". Names are like greeting, ${EXAMPLE[protocol]}, unrecognized.`,
      }
  const shared = sharedOutcomes(protocol)
  for (const [verb, outcome] of Object.entries(service.answers ?? {})) {
    const at = [...place, 'answers', verb]
    const own = outcomesOf(protocol, verb)
    if (!own) yield { place: at, message: `There is no command ${verb}.` }
    else if (outcome !== undefined && ![...own, ...shared].includes(outcome))
      yield {
        place: at,
        message: `${verb} has no outcome "${outcome}". It has: ${own.join(', ')}; any command has: ${shared.join(', ')}.`,
      }
    else if (outcome !== undefined && movesOn(protocol, verb, outcome))
      yield { place: at, message: `${verb} cannot always answer "${outcome}": that is said of what was really done.` }
  }
}

function* checkOffer({ capabilities, auth, local }: Service, place: Place): Generator<Problem> {
  if (capabilities?.includes('BINARYMIME') && !capabilities.includes('CHUNKING'))
    yield { place: [...place, 'capabilities'], message: 'BINARYMIME needs CHUNKING beside it (RFC 3030 3).' }
  for (const mechanism of auth?.weak ?? [])
    if (auth?.mechanisms && !auth.mechanisms.includes(mechanism))
      yield {
        place: [...place, 'auth', 'weak'],
        message: `Who finds ${mechanism} too weak must know it: it belongs to the mechanisms, too.`,
      }
  for (const [verb, told] of Object.entries(local ?? {})) {
    const at = [...place, 'local', verb]
    const { code = '250', status } = told ?? {}
    if (DOING.has(code))
      yield { place: [...at, 'code'], message: `${code} says that something is done, and ${verb} only answers.` }
    if (typeof status === 'string' && status[0] !== code[0])
      yield { place: [...at, 'status'], message: `The status of a reply ${code} begins with ${code[0]}.` }
  }
}

const EXAMPLE: Readonly<Record<Served, string>> = { smtp: 'RCPT.ok', pop3: 'PASS.ok', imap: 'SELECT.readWrite' }

/** `greeting`, `VERB.outcome`, or an outcome that any command may have. */
function isText(protocol: Served, key: string): boolean {
  if (key === 'greeting' || sharedOutcomes(protocol).includes(key)) return true
  // The BYE before LOGOUT's tagged OK (RFC 3501 6.1.3) is said, but is no outcome.
  if (protocol === 'imap' && key === 'LOGOUT.bye') return true
  const dot = key.lastIndexOf('.')
  return outcomesOf(protocol, key.slice(0, dot))?.includes(key.slice(dot + 1)) ?? false
}
