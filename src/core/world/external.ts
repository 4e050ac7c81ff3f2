/**
 * What a message/external-body points at (RFC 2046 5.2.3, RFC 2017), fetched within the world: the site is found by the
 * world's names, must be up, and must have the file. No FTP is spoken and nothing crosses the network: what a reader
 * shall see is that the letter holds a description, and that what it describes may be gone.
 */
import type { Octets } from '../bytes/octets.ts'
import { answerFrom } from '../dns/authority.ts'
import { INTERNET } from '../dns/wire.ts'
import type { ExternalAccess } from '../message/mime/kinds/external-body.ts'
import { isIpv4 } from '../smtp/grammar.ts'
import type { HostName } from '../terms.ts'
import type { World } from './world.ts'

export type Fetched =
  | { octets: Octets; host: HostName; path: string }
  /** `unsupported`: a letter to a mail-server would have to be written first, or nobody knows this access type. */
  | { why: 'no-such-host' | 'host-down' | 'no-such-file' | 'unsupported' }

/** `reader` is the machine at which the message is read. */
export function fetchExternal(world: World, reader: HostName, where: ExternalAccess): Fetched {
  switch (where.access) {
    case 'local-file':
      return fileAt(world, reader, where.name, () => true)
    case 'ftp':
      return fromSite(world, where.site, joined(where.directory, where.name), () => true)
    case 'anon-ftp':
    case 'tftp':
      return fromSite(world, where.site, joined(where.directory, where.name), isPublic)
    case 'url':
      return fromUrl(world, reader, where.url)
    case 'mail-server':
    case 'other':
      return { why: 'unsupported' }
  }
}

function fromUrl(world: World, reader: HostName, url: string): Fetched {
  const [, scheme = '', site = '', path = ''] =
    /^([a-z]+):\/\/(?:[^@/]*@)?([^/:?#]*)(?::\d{1,5})?(\/[^?#]*)?/i.exec(url.replace(/\s/g, '')) ?? []
  const file = path.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  if (scheme.toLowerCase() === 'file') return fileAt(world, reader, file, () => true)
  if (!/^(?:ftp|https?)$/i.test(scheme)) return { why: 'unsupported' }
  return fromSite(world, site, file, isPublic)
}

function fromSite(world: World, site: string, path: string, mayRead: (path: string) => boolean): Fetched {
  const host = hostOf(world, site.toLowerCase().replace(/\.$/, ''))
  if (host === null) return { why: 'no-such-host' }
  return world.network.isUp(host) ? fileAt(world, host, path, mayRead) : { why: 'host-down' }
}

function fileAt(world: World, host: HostName, written: string, mayRead: (path: string) => boolean): Fetched {
  const path = absolute(written)
  const octets = mayRead(path) ? world.files.read(host, path) : null
  return octets === null ? { why: 'no-such-file' } : { octets, host, path }
}

/** Who has no account sees neither homes nor what others leave in `/tmp`. */
const isPublic = (path: string) => !/^\/(?:home|tmp)\//.test(path)

const joined = (directory: string | undefined, name: string) =>
  directory === undefined || name.startsWith('/') ? name : `${directory}/${name}`

function absolute(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** By address, by the A record of the world's zones, or by the machine's own name. */
function hostOf(world: World, site: string): HostName | null {
  if (isIpv4(site)) return world.network.hostAt(site)
  const question = { name: site, type: 'A', class: INTERNET } as const
  const zones = world.naming.zones.map(({ zone }) => zone)
  for (const record of answerFrom(zones, question, world.clock.now)?.answers ?? [])
    if (record.type === 'A') return world.network.hostAt(record.address)
  return Object.hasOwn(world.file.hosts, site) ? site : null
}
