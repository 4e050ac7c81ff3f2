/** The mail programs of a world: each person has one at each machine, and it is there from the first time that it is used. */
import type { Server, Servers } from '../mua/desk.ts'
import { MailProgram } from '../mua/program.ts'
import { isMailRequest, type MailRequest } from '../mua/requests.ts'
import type { HostName } from '../terms.ts'
import { seatAt } from './seat.ts'
import type { World } from './world.ts'

const keyOf = (host: HostName, user: string): string => `${user}@${host}`

export class Mailers {
  private readonly programs = new Map<string, MailProgram>()

  /** The program that is there already. */
  at(host: HostName, user: string): MailProgram | null {
    return this.programs.get(keyOf(host, user)) ?? null
  }

  request(world: World, host: HostName, user: string, request: MailRequest): void {
    if (!Object.hasOwn(world.file.hosts, host) || !isMailRequest(request)) return
    const program = this.at(host, user) ?? this.begin(world, host, user)
    program.request(request)
  }

  private begin(world: World, host: HostName, user: string): MailProgram {
    const program = new MailProgram(seatAt(world, host, user), serversFor(world, seatAt(world, host, user).address))
    this.programs.set(keyOf(host, user), program)
    // Nothing that ran there runs on.
    world.network.onDown(host, () => program.stop())
    return program
  }
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
export const isMailAct = ({ host, user, request }: Readonly<Record<string, unknown>>): boolean =>
  typeof host === 'string' && typeof user === 'string' && user.length <= 100 && isMailRequest(request)
