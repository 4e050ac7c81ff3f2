/** The mail programs of a world: each person has one at each machine, and it is there from the first time that it is used. */
import type { Server, Servers } from '../mua/desk.ts'
import { MailProgram } from '../mua/program.ts'
import { isMailRequest, type MailRequest } from '../mua/requests.ts'
import type { HostName } from '../terms.ts'
import { seatAt } from './seat.ts'
import type { World } from './world.ts'

/** The program that is there already. */
export const mailerAt = ({ mailPrograms }: World, host: HostName, user: string): MailProgram | null =>
  mailPrograms.get(`${user}@${host}`) ?? null

/** What no person could have asked for is not done: journals come from files and links. */
export function askMailer(world: World, host: HostName, user: string, request: MailRequest): void {
  if (!Object.hasOwn(world.file.hosts, host) || !isMailRequest(request)) return
  const program = mailerAt(world, host, user) ?? begin(world, host, user)
  program.request(request)
}

function begin(world: World, host: HostName, user: string): MailProgram {
  const seat = seatAt(world, host, user)
  const program = new MailProgram(seat, serversFor(world, seat.address))
  world.mailPrograms.set(`${user}@${host}`, program)
  // Nothing that ran there runs on.
  world.network.onDown(host, () => program.stop())
  return program
}

/** Where the mail of this address is read. */
export function serversFor({ file }: Pick<World, 'file'>, address: string | null): Servers {
  const account = file.accounts.find((other) => other.address === address)
  const services = account ? file.hosts[account.host]?.services : undefined
  const at = (offered: { port: number } | undefined): Server | null =>
    account && offered ? { host: account.host, port: offered.port } : null
  return { imap: at(services?.imap), imaps: at(services?.imaps), pop3: at(services?.pop3), pop3s: at(services?.pop3s) }
}

/** Does an act of a saved journal ask a mail program for something that a person could have asked for? */
export const isMailAct = ({ host, user, web, request }: Readonly<Record<string, unknown>>): boolean =>
  typeof host === 'string' &&
  (web === undefined || typeof web === 'string') &&
  typeof user === 'string' &&
  user.length <= 100 &&
  isMailRequest(request)
