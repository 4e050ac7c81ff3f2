/** The webmails of a world, and who sits in a browser before them. */
import { sha256Hex } from '../bytes/hashes.ts'
import { webServer } from '../http/server.ts'
import { serve } from '../net/serve.ts'
import { MailProgram } from '../mua/program.ts'
import { isMailRequest, type MailRequest } from '../mua/requests.ts'
import { WebBrowser } from '../mua/web/browser.ts'
import { leadingTo, Site } from '../mua/web/site.ts'
import type { HostName } from '../terms.ts'
import { serversFor } from './mailers.ts'
import type { WorldFile } from './schema.ts'
import { seatAt } from './seat.ts'
import type { World } from './world.ts'

/** The host where whoever has this address finds a webmail. */
export function webmailOf(file: WorldFile, address: string): HostName | null {
  const home = file.accounts.find((account) => account.address === address)?.host
  return Object.entries(file.hosts).find(([, { webmail }]) => webmail && webmail.accounts === home)?.[0] ?? null
}

/** What stands before its paths in the address line of a browser; a port that is not the usual one is told (RFC 3986 3.2.3). */
export function originOf(file: WorldFile, host: HostName): string {
  const { port = 80, https = null } = file.hosts[host]?.webmail ?? {}
  const usual = https === null ? 80 : 443
  const at = https ?? port
  return `${https === null ? 'http' : 'https'}://${host}${at === usual ? '' : `:${at}`}`
}

export function startWebmails(world: World): void {
  for (const [host, { webmail }] of Object.entries(world.file.hosts)) {
    if (!webmail) continue
    const site = new Site({
      soon: (action) => world.soon(host, action),
      secure: webmail.https !== null,
      token: () => sha256Hex(`${world.unique()} ${host} ${world.file.seed}`).slice(0, 32),
      program: (user) => programAt(world, host, webmail.accounts, user),
    })
    const { port, https } = webmail
    if (https === null) serve(world.network, host, port, webServer, () => site.backend())
    else {
      const origin = originOf(world.file, host)
      serve(world.network, host, port, webServer, () => leadingTo(origin))
      serve(world.network, host, https, webServer, () => site.backend(), { secure: true })
    }
    world.network.onDown(host, () => site.stop())
  }
}

/** One's address or one's login, as on the mail host. The password is what is typed, not what the world knows. */
function programAt(world: World, host: HostName, accounts: HostName, user: string): MailProgram | null {
  const name = user.trim().toLowerCase()
  const account = world.file.accounts.find(
    (each) => each.host === accounts && (each.address.toLowerCase() === name || each.user === name),
  )
  if (!account) return null
  const { password: _password, ...seat } = seatAt(world, host, account.user, account.address)
  return new MailProgram(seat, serversFor(world, account.address))
}

/** A browser at that machine, before that webmail; it is there from the first time that it is used. */
export function browserAt(world: World, host: HostName, user: string, web: HostName): WebBrowser | null {
  return world.browsers.get(`${user}@${host} ${web}`) ?? null
}

/** What no person could have asked for is not done. */
export function askBrowser(world: World, host: HostName, user: string, web: HostName, request: MailRequest): void {
  const { hosts } = world.file
  const site = Object.hasOwn(hosts, web) ? hosts[web]?.webmail : undefined
  if (!site || !Object.hasOwn(hosts, host) || !isMailRequest(request)) return
  // As browsers do today, it does not try in clear first where the site is known to have TLS (RFC 6797).
  const { port, https } = site
  const server = { host: web, port: https ?? port, secure: https !== null }
  const browser = browserAt(world, host, user, web) ?? new WebBrowser(seatAt(world, host, user), server)
  if (!browserAt(world, host, user, web)) {
    world.browsers.set(`${user}@${host} ${web}`, browser)
    world.network.onDown(host, () => browser.stop())
  }
  browser.request(request)
}
