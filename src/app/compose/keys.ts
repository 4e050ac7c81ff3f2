/**
 * Certificates in the world. There is one authority, made by the machine of the first who needs a certificate: its key
 * stays there, and every person's machine gets its certificate, as system administrators do within an organisation. People
 * have their certificate and key in a file in their home. The page plays the authority, and vouches for whoever asks.
 *
 * All of it is laid into the world as files, by acts of the journal: a replay finds the same octets, and makes none.
 */
import { sameMailbox } from '../../core/message/address.ts'
import type { HostName } from '../../core/terms.ts'
import { keysOf } from '../../core/world/files.ts'
import type { Sim } from '../../core/world/sim.ts'
import { makeAuthority, issue, type Identity } from '../../smime/authority.ts'
import type { Run } from '../run.svelte.ts'

const KEY = '/etc/ssl/private/facteur-ca.pem'
const CERTIFICATE = '/etc/ssl/certs/facteur-ca.pem'
const ADMINISTRATOR = 'root'

/** Somebody who may have a certificate. */
interface Holder {
  name: string
  address: string
  user: string
  /** The machine that they sit at; without one, the host that keeps their mail. */
  host: HostName
}

/** Null where nobody of this world has that address for their own: a list or an alias signs and opens nothing. */
function holderOf(sim: Sim, address: string): Holder | null {
  const parts = (text: string) => {
    const at = text.lastIndexOf('@')
    return { local: text.slice(0, at), domain: text.slice(at + 1) }
  }
  const account = sim.file.accounts.find((each) => sameMailbox(parts(each.address), parts(address)))
  if (!account) return null
  const person = sim.file.people.find((each) => each.account === account.address)
  return {
    name: account.name ?? account.user,
    address: account.address,
    user: account.user,
    host: person?.host ?? account.host,
  }
}

/** The certificate and key of an address, made where there is none yet; null where it cannot have one. */
export async function identityOf(run: Run, address: string): Promise<Identity | null> {
  const holder = holderOf(run.sim, address)
  if (holder === null) return null
  const path = `${keysOf(holder.user)}/${holder.address}.pem`
  const kept = run.sim.world.files.read(holder.host, path)
  if (kept !== null) return inOneFile(kept)
  const { name } = holder
  const made = await issue(await authority(run, holder.host), { name, address: holder.address, now: nowOf(run.sim) })
  if ('refused' in made) return null
  const data = made.certificate + made.key
  run.do({ act: 'file', host: holder.host, user: holder.user, path, data })
  return inOneFile(data)
}

/** A PEM file may hold several things, each in a block of its own. */
const inOneFile = (pem: string): Identity => ({ certificate: pem, key: pem })

/** The time of the world, in milliseconds since 1970. */
export const nowOf = (sim: Sim): number => sim.file.epoch + sim.now

async function authority(run: Run, first: HostName): Promise<Identity> {
  const { files } = run.sim.world
  for (const host of Object.keys(run.sim.file.hosts)) {
    const key = files.read(host, KEY)
    const certificate = files.read(host, CERTIFICATE)
    if (key !== null && certificate !== null) return { certificate, key }
  }
  const made = await makeAuthority({ name: `Facteur CA, ${run.sim.file.name}`, now: nowOf(run.sim) })
  const lay = (host: HostName, path: string, data: string) =>
    run.do({ act: 'file', host, user: ADMINISTRATOR, path, data })
  lay(first, KEY, made.key)
  const machines = new Set([first, ...run.sim.file.people.map(({ host }) => host)])
  for (const host of machines) lay(host, CERTIFICATE, made.certificate)
  return made
}
