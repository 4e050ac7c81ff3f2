/** The mail systems of a world: stores with their accounts, an MTA for each host that has one, and their services. */
import type { Engine } from '../engine.ts'
import { Mta } from '../mta/mta.ts'
import type { Network } from '../net/network.ts'
import type { Random } from '../net/random.ts'
import { serve, type OfConnection } from '../net/serve.ts'
import type { SmtpProfile } from '../smtp/backend.ts'
import { speakSmtp } from '../smtp/client.ts'
import { smtpServer } from '../smtp/server.ts'
import { Space } from '../store/space.ts'
import { Store } from '../store/store.ts'
import type { HostName } from '../terms.ts'
import { hostTime } from './epoch.ts'
import { initialMail } from './initial-mail.ts'
import type { WorldFile } from './schema.ts'
import { servicesOf, type NamedService, type Served, type SmtpServiceFile } from './service-forms.ts'

/** A mounted service; the bridge mounts the same ones on real ports. */
export interface MailService {
  host: HostName
  /** Its name at its host: `smtp`, `imaps`, or what the world calls it. */
  service: string
  protocol: Served
  port: number
  /** TLS from the first octet. */
  secure: boolean
  /** Gives the engine, and a backend for one connection. */
  answer(driver: Driver): void
}

type Driver = <State, Backend>(engine: Engine<State, Backend>, backend: Backend & OfConnection) => void

/** All stores together may hold what the largest of them may: a world with many hosts has no more memory than one. */
export function makeSpace(file: WorldFile): Space {
  return new Space(Math.max(...Object.values(file.hosts).map(({ mail }) => mail?.store.limit ?? 0)))
}

export function makeStores(file: WorldFile, space: Space): Map<HostName, Store> {
  const stores = new Map<HostName, Store>()
  for (const account of file.accounts) {
    let store = stores.get(account.host)
    if (!store) {
      store = new Store({
        limit: file.hosts[account.host]?.mail?.store.limit ?? 0,
        uidValidity: Math.floor(file.epoch / 1000),
        space,
      })
      stores.set(account.host, store)
    }
    const { user, password, name, address, quota, vacation } = account
    store.add({ user, password, name, addresses: [address], quota, vacation })
    for (const message of initialMail(file, account, account.mail))
      store.deliver(user, 'INBOX', message.octets, message.received)
  }
  return stores
}

export function startMail(
  file: WorldFile,
  network: Network,
  random: Random,
  stores: ReadonlyMap<HostName, Store>,
  space: Space,
) {
  const mtas = new Map<HostName, Mta>()
  const services: MailService[] = []
  for (const [host, { mail, services: offered }] of Object.entries(file.hosts)) {
    if (!mail) continue
    const mta: Mta = new Mta({
      machine: network.machine(host),
      config: mail,
      store: stores.get(host) ?? null,
      organisation: () => {
        const other = mtas.get(offered.submission?.auth.accounts ?? offered.smtp?.auth.accounts ?? host)
        return other && other !== mta ? [other] : []
      },
      space,
      random: random.fork(host),
      speak: speakSmtp,
      ...hostTime(file, host),
    })
    mtas.set(host, mta)
    network.onUp(host, () => mta.start())
    network.onDown(host, () => mta.stop())
    if (network.isUp(host)) mta.start()
    for (const offer of servicesOf(offered)) {
      const backend = offer.protocol === 'smtp' ? mta.backend(smtpProfile(host, offer.name, offer.told)) : null
      if (backend) services.push(mount(network, host, offer, smtpServer, () => backend))
    }
  }
  return { mtas, services }
}

function mount<State, Backend>(
  network: Network,
  host: HostName,
  { name, protocol, secure, told: { port } }: NamedService,
  engine: Engine<State, Backend>,
  backend: () => Backend & OfConnection,
): MailService {
  serve(network, host, port, engine, backend, { secure })
  return { host, service: name, protocol, port, secure, answer: (driver) => driver(engine, backend()) }
}

function smtpProfile(host: HostName, service: string, told: SmtpServiceFile): SmtpProfile {
  const { size, recipients, errors, idle } = told.limits
  return {
    host,
    role: service === 'smtp' ? 'mx' : 'submission',
    dialect: told.dialect,
    capabilities: told.capabilities,
    mechanisms: told.auth.mechanisms,
    authNeedsTls: told.auth.needsTls,
    texts: told.texts,
    limits: { size: size ?? Infinity, recipients, errors: errors ?? Infinity, idle: idle ?? Infinity },
    reverse: told.reverse,
    answers: told.answers,
  }
}
