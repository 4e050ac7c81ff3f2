/** The mail systems of a world: an MTA for each host that has one, and the services that are mounted on it and its store. */
import type { Engine } from '../engine.ts'
import { imapServer } from '../imap/server.ts'
import { Mta } from '../mta/mta.ts'
import type { Network } from '../net/network.ts'
import type { Random } from '../net/random.ts'
import { serve, serveStream, type OfConnection } from '../net/serve.ts'
import { pop3Server } from '../pop3/server.ts'
import { openSmtp } from '../smtp/client.ts'
import type { SmtpBackend, SmtpProfile } from '../smtp/backend.ts'
import { smtpServer } from '../smtp/server.ts'
import { imapBackend, type ConnectionParts } from '../store/imap.ts'
import { pop3Backend } from '../store/pop3.ts'
import type { Space } from '../store/space.ts'
import type { Store } from '../store/store.ts'
import type { Stream } from '../stream.ts'
import type { HostName } from '../terms.ts'
import { hostTime } from './epoch.ts'
import { imapProfile, pop3Profile, smtpProfile } from './profiles.ts'
import type { WorldFile } from './schema.ts'
import { servicesOf, type NamedService } from './named-services.ts'
import type { Served } from './services.ts'
import type { Terminals } from './terminals.ts'

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

export function startMail(
  file: WorldFile,
  network: Network,
  random: Random,
  stores: ReadonlyMap<HostName, Store>,
  space: Space,
  terminals: Terminals,
) {
  const mtas = new Map<HostName, Mta>()
  const services: MailService[] = []
  for (const [host, { mail, services: offered }] of Object.entries(file.hosts)) {
    if (!mail) continue
    const addressOf = (user: string) =>
      file.accounts.find((account) => account.host === host && account.user === user)?.address ?? null
    const smtp = offered.smtp
    const mta: Mta = new Mta({
      machine: network.machine(host),
      config: mail,
      store: stores.get(host) ?? null,
      organisation: () => {
        const other = mtas.get((offered.submission ?? offered.submissions ?? offered.smtp)?.auth.accounts ?? host)
        return other && other !== mta ? [other] : []
      },
      space,
      random: random.fork(host),
      connect: openSmtp,
      terminals: terminals.of(addressOf),
      ...(smtp && {
        answer: (stream: Stream) =>
          serveStream(network, host, stream, smtpServer, serving(mta, smtpProfile(host, 'smtp', smtp))),
      }),
      ...hostTime(file, host),
    })
    mtas.set(host, mta)
    network.onUp(host, () => mta.start())
    network.onDown(host, () => mta.stop())
    if (network.isUp(host)) mta.start()
    let nonces = 0
    const { epoch, skew, zone } = hostTime(file, host)
    const now = () => epoch + skew + network.clock.now
    for (const offer of servicesOf(offered)) {
      const home = stores.get(offer.told.auth.accounts ?? host)
      const parts: ConnectionParts = {
        stores: () => (home ? [home] : []),
        now,
        zone,
        nonce: () => `<${++nonces}.${Math.floor(now() / 1000)}@${host}>`,
      }
      const mount = <State, Backend>(engine: Engine<State, Backend>, backend: () => Backend & OfConnection) =>
        services.push(mounted(network, host, offer, engine, backend))
      if (offer.protocol === 'smtp') {
        const backend = serving(mta, smtpProfile(host, offer.name, offer.told))
        mount(smtpServer, () => backend)
      } else if (offer.protocol === 'pop3') {
        const profile = pop3Profile(host, offer.told)
        mount(pop3Server, () => pop3Backend(profile, parts))
      } else {
        const profile = imapProfile(host, offer.told)
        mount(imapServer, () => imapBackend(profile, parts))
      }
    }
  }
  return { mtas, services }
}

/** Where TURN is offered, the mail system goes on as the client of the one who turned. */
const serving = (mta: Mta, profile: SmtpProfile): SmtpBackend & OfConnection =>
  Object.assign(mta.backend(profile), {
    become: (stream: Stream, name: HostName) => void mta.become(stream, name),
  })

function mounted<State, Backend>(
  network: Network,
  host: HostName,
  { name, protocol, secure, told: { port } }: NamedService,
  engine: Engine<State, Backend>,
  backend: () => Backend & OfConnection,
): MailService {
  serve(network, host, port, engine, backend, { secure })
  return { host, service: name, protocol, port, secure, answer: (driver) => driver(engine, backend()) }
}
