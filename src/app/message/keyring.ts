/**
 * What a reader's mail program knows of keys: the authorities that the machines of the world trust, and the reader's own
 * certificates with their private keys. All of them are files on simulated machines.
 */
import type { HostName } from '../../core/terms.ts'
import { homeOf } from '../../core/shell/files.ts'
import type { Sim } from '../../core/world/sim.ts'

export interface Keyring {
  /** PEM files. */
  readonly authorities: readonly string[]
  readonly identities: readonly { readonly certificate: string; readonly key: string }[]
  /** The reader's time, in milliseconds since 1970. */
  readonly at: number
}

const AUTHORITY = /^\/etc\/ssl\/certs\/[^/]+\.pem$/

/** `reader` is the account whose mail is read, by the host that keeps it: its owner may sit at another machine. */
export function keyringOf(sim: Sim, reader: { host: HostName; user: string } | null): Keyring {
  const { files } = sim.world
  const authorities = Object.keys(sim.file.hosts).flatMap((host) =>
    filesLike(sim, host, (path) => AUTHORITY.test(path)).map((path) => files.read(host, path) ?? ''),
  )
  const own = reader === null ? [] : machinesOf(sim, reader)
  const folder = `${homeOf(reader?.user ?? '')}/.smime/`
  const identities = own.flatMap((host) =>
    filesLike(sim, host, (path) => path.startsWith(folder) && path.endsWith('.pem')).map((path) => {
      // One file holds both, each in a block of its own.
      const pem = files.read(host, path) ?? ''
      return { certificate: pem, key: pem }
    }),
  )
  return { authorities: [...new Set(authorities)], identities, at: sim.file.epoch + sim.now }
}

const filesLike = (sim: Sim, host: HostName, isWanted: (path: string) => boolean): string[] =>
  [...sim.world.files.paths(host)].filter(isWanted)

/** The host that keeps the mail, and the machines of those who have this account. */
function machinesOf(sim: Sim, { host, user }: { host: HostName; user: string }): HostName[] {
  const account = sim.file.accounts.find((each) => each.host === host && each.user === user)
  const machines = sim.file.people.filter((person) => account && person.account === account.address)
  return [...new Set([host, ...machines.map((person) => person.host)])]
}

const DAY = 86_400_000

/** Would the same be found with both? Whether a certificate has ended is asked once a day. */
export const sameKeys = (one: Keyring | null, other: Keyring | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    Math.floor(one.at / DAY) === Math.floor(other.at / DAY) &&
    sameTexts(one.authorities, other.authorities) &&
    sameTexts(
      one.identities.map(({ key }) => key),
      other.identities.map(({ key }) => key),
    ))

const sameTexts = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, at) => text === others[at])
