/** What the bridge says of itself once all its ports listen: a line of JSON for programs, a table for people. */
import type { AccountFile, WorldFile } from '../../core/world/schema.ts'
import { firstExchange } from '../../core/world/exchange.ts'
import type { MountedService } from './mount.ts'

export interface AccountReport {
  address: string
  user: string
  password: string
  ports: Record<string, number>
}

export interface Report {
  ready: true
  world: string
  endpoints: readonly MountedService[]
  accounts: readonly AccountReport[]
  facts: Record<string, unknown>
}

export function report(file: WorldFile, services: readonly MountedService[]): Report {
  const account = (who: AccountFile): AccountReport => ({
    address: who.address,
    user: who.user,
    password: who.password,
    ports: portsOf(file, who, services),
  })
  const byAddress = (address: string) => {
    const found = file.accounts.find((other) => other.address === address)
    return found ? account(found) : address
  }
  const facts: Record<string, unknown> = { ...file.facts }
  for (const name of ['sevenbit', 'quota', 'transition', 'filter'] as const) {
    const address = file.facts[name]
    if (address !== undefined) facts[name] = byAddress(address)
  }
  for (const name of EXCHANGERS) {
    const address = file.facts[name]
    if (address !== undefined) facts[name] = { port: portOf(services, exchangeOf(file, address), 'smtp'), address }
  }
  const { lmtp, etrn, gateway, xcommand } = file.facts
  if (lmtp) facts['lmtp'] = { port: portOf(services, lmtp.host, 'lmtp'), address: lmtp.address }
  if (etrn) facts['etrn'] = { port: portOf(services, etrn.host, 'smtp'), domain: etrn.domain }
  if (gateway) facts['gateway'] = { port: portOf(services, gateway.host, 'smtp'), address: gateway.address }
  if (xcommand) facts['xcommand'] = { port: portOf(services, xcommand.host, 'smtp'), verb: xcommand.verb }
  const refuses = file.facts.refusesPlain
  if (refuses !== undefined) facts['refusesPlain'] = { submission: portOf(services, refuses, 'submission') }
  const { referral, preauth, bye } = file.facts
  if (referral) {
    const { host, user } = referral
    const password = file.hosts[host]?.mail?.referrals[user]?.password
    facts['referral'] = { user, password, port: portOf(services, host, 'imap') }
  }
  if (preauth) facts['preauth'] = portOf(services, preauth.host, preauth.service)
  if (bye) facts['bye'] = portOf(services, bye.host, bye.service)
  return { ready: true, world: file.name, endpoints: services, accounts: file.accounts.map(account), facts }
}

/** What their first exchanger does is told with its port. */
const EXCHANGERS = ['greylisted', 'dsn', 'chunking', 'binarymime', 'checkpoint', 'smtputf8', 'bombing'] as const

const portOf = (services: readonly MountedService[], host: string | null, service: string) =>
  services.find((other) => other.host === host && other.service === service)?.port

const exchangeOf = (file: WorldFile, address: string) =>
  firstExchange(file, address.slice(address.lastIndexOf('@') + 1))

/** `smtp` is the domain's first MX; the others the hosts where this account may log in. */
function portsOf(file: WorldFile, who: AccountFile, services: readonly MountedService[]): Record<string, number> {
  const ports: Record<string, number> = {}
  const smtp = portOf(services, exchangeOf(file, who.address), 'smtp')
  if (smtp !== undefined) ports['smtp'] = smtp
  for (const [host, { services: offered }] of Object.entries(file.hosts)) {
    for (const service of ['submission', 'submissions'] as const) {
      const told = offered[service]
      const port = told && (told.auth.accounts ?? host) === who.host ? portOf(services, host, service) : undefined
      if (port !== undefined) ports[service] = port
    }
  }
  for (const service of ['pop3', 'pop3s', 'imap', 'imaps'] as const) {
    const port = portOf(services, readingHost(file, who, service), service)
    if (port !== undefined) ports[service] = port
  }
  return ports
}

/** Where this account reads its mail: its own host, or one whose service knows the accounts of that. */
const readingHost = (file: WorldFile, who: AccountFile, service: 'pop3' | 'pop3s' | 'imap' | 'imaps') =>
  Object.entries(file.hosts).find(
    ([host, { services }]) => (services[service]?.auth.accounts ?? host) === who.host && services[service],
  )?.[0] ?? null

export function table(found: Report): string {
  const rows = found.endpoints.map(
    ({ host, service, port }) => `  ${host.padEnd(26)} ${service.padEnd(11)} telnet 127.0.0.1 ${port}`,
  )
  const people = found.accounts.map(
    ({ address, user, password, ports }) =>
      `  ${address.padEnd(30)} ${user.padEnd(12)} ${password.padEnd(14)} ${JSON.stringify(ports)}`,
  )
  const first = found.accounts[0]
  const attempt =
    first?.ports['smtp'] === undefined
      ? ''
      : `\nTry:\n  telnet 127.0.0.1 ${first.ports['smtp']}\n  EHLO there.example\n  MAIL FROM:<me@there.example>\n  RCPT TO:<${first.address}>\n  DATA\n  Subject: hello\n\n  hello\n  .\n  QUIT\n`
  return `World ${found.world} listens on 127.0.0.1:\n${rows.join('\n')}\n\nAccounts (address, user, password, ports):\n${people.join('\n')}\n${attempt}\nCtrl-C ends it.\n`
}
