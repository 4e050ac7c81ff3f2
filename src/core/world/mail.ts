/** The mail systems of a world: stores with their accounts, an MTA for each host that has one, and their services. */
import { crlfLines, textMessage } from '../message/build.ts'
import { mailDate } from '../message/date.ts'
import { Mta } from '../mta/mta.ts'
import type { Network } from '../net/network.ts'
import type { Random } from '../net/random.ts'
import { serve } from '../net/serve.ts'
import type { SmtpBackend, SmtpProfile } from '../smtp/backend.ts'
import { speakSmtp } from '../smtp/client.ts'
import { smtpServer } from '../smtp/server.ts'
import { Space } from '../store/space.ts'
import { Store } from '../store/store.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import type { HostName } from '../terms.ts'
import { hostTime } from './epoch.ts'
import type { AccountFile, MessageFile, ServiceFile, WorldFile } from './schema.ts'
import { writtenOctets } from './files.ts'

/** A mounted SMTP service; the bridge mounts the same ones on real ports. */
export interface SmtpService {
  host: HostName
  service: 'smtp' | 'submission'
  port: number
  backend: SmtpBackend
}

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
    for (const [index, message] of account.mail.entries())
      store.deliver(user, 'INBOX', initialMail(file, account, message, index), file.epoch)
  }
  return stores
}

/** What lies in a mailbox when the world begins. */
function initialMail(file: WorldFile, account: AccountFile, message: MessageFile, index: number): string {
  if (typeof message === 'string') return crlfLines(utf8Octets(message))
  if ('base64' in message) return writtenOctets(message)
  const { zone } = hostTime(file, account.host)
  // Undated mail of old came an hour apart, before the world began.
  const date = message.date ?? file.epoch - (account.mail.length - index) * 3_600_000
  const text = textMessage(
    [
      ['From', message.from],
      ['To', message.to ?? `${account.name} <${account.address}>`],
      ['Subject', message.subject],
      ['Date', mailDate(date, zone)],
      ['Message-ID', `<${file.name}.${index + 1}.${account.user}@${account.host}>`],
    ],
    message.text,
  )
  const sender = /<([^<>]*)>/.exec(message.from)?.[1] ?? message.from
  return `Return-Path: <${sender}>\r\n${text}`
}

export function startMail(
  file: WorldFile,
  network: Network,
  random: Random,
  stores: ReadonlyMap<HostName, Store>,
  space: Space,
) {
  const mtas = new Map<HostName, Mta>()
  const services: SmtpService[] = []
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
    for (const service of ['smtp', 'submission'] as const) {
      const told = offered[service]
      if (!told) continue
      const backend = mta.backend(profileOf(host, service, told))
      serve(network, host, told.port, smtpServer, () => backend)
      services.push({ host, service, port: told.port, backend })
    }
  }
  return { mtas, services }
}

function profileOf(host: HostName, service: 'smtp' | 'submission', told: ServiceFile): SmtpProfile {
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
