/**
 * The files that lie on the machines of a world: those of the world file, and what people write. Plain data, read by
 * everybody on the machine, and bounded. Directories are not made: there is one wherever a file lies, each user has a
 * home with a place for keys in it, and everybody has `/tmp`; only there may a person write. The machine's own
 * certificates lie below `/etc/ssl`, where its administrator puts them.
 */
import { decodeBase64 } from '../bytes/base64.ts'
import type { Octets } from '../bytes/octets.ts'
import { utf8Octets } from '../bytes/utf8.ts'
import { homeOf } from '../shell/files.ts'
import type { FileTrouble } from '../shell/host.ts'
import type { HostName, Millis } from '../terms.ts'
import { directoryOf, isFilePath, isTooLong } from './file-path.ts'
import type { WorldFile, Written } from './schema.ts'

/** Octets of one file, files that people may have on one machine, and octets that they may have in the whole world. */
export const FILE_LIMITS = { octets: 5_000_000, files: 1000, all: 50_000_000 } as const

const TMP = '/tmp'
const CERTIFICATES = '/etc/ssl'
const DIRECTORIES = new Set(['/', TMP, '/home', CERTIFICATES, `${CERTIFICATES}/certs`, `${CERTIFICATES}/private`])

/** Where a person's certificates and keys lie. */
export const keysOf = (user: string): string => `${homeOf(user)}/.smime`

interface Entry {
  octets: Octets
  /** When it was written; 0 for what was there when the world began. */
  at: Millis
}

export class Files {
  private readonly hosts = new Map<HostName, Map<string, Entry>>()
  private used = 0

  constructor(file: WorldFile) {
    for (const [host, { files }] of Object.entries(file.hosts)) {
      const entries = Object.entries(files).map(([path, text]): [string, Entry] => [
        path,
        { octets: writtenOctets(text), at: 0 },
      ])
      this.hosts.set(host, new Map(entries))
    }
  }

  read(host: HostName, path: string): Octets | null {
    return this.hosts.get(host)?.get(path)?.octets ?? null
  }

  /** When a file was written; null where there is none. */
  writtenAt(host: HostName, path: string): Millis | null {
    return this.hosts.get(host)?.get(path)?.at ?? null
  }

  paths(host: HostName): Iterable<string> {
    return this.hosts.get(host)?.keys() ?? []
  }

  /** Writes a whole file, or behind what is there. Null: it is done. */
  write(host: HostName, user: string, path: string, data: Octets, at: Millis, append = false): FileTrouble | null {
    const trouble = this.trouble(host, user, path)
    const files = this.hosts.get(host)
    if (trouble || !files) return trouble ?? 'No such file or directory'
    const before = files.get(path)?.octets
    const octets = append ? (before ?? '') + data : data
    if (octets.length > FILE_LIMITS.octets) return 'File too large'
    const used = this.used + octets.length - (before?.length ?? 0)
    if (used > FILE_LIMITS.all) return 'No space left on device'
    if (before === undefined && files.size >= FILE_LIMITS.files) return 'No space left on device'
    files.set(path, { octets, at })
    this.used = used
    return null
  }

  remove(host: HostName, user: string, path: string): FileTrouble | null {
    const files = this.hosts.get(host)
    const octets = files?.get(path)?.octets
    if (!files || octets === undefined)
      return this.isDirectory(host, user, path) ? 'Is a directory' : 'No such file or directory'
    if (!isOwn(user, path)) return 'Permission denied'
    files.delete(path)
    this.used -= octets.length
    return null
  }

  isDirectory(host: HostName, user: string, path: string): boolean {
    if (DIRECTORIES.has(path) || path === homeOf(user) || path === keysOf(user)) return true
    for (const other of this.paths(host)) if (other.startsWith(`${path}/`)) return true
    return false
  }

  private trouble(host: HostName, user: string, path: string): FileTrouble | null {
    if (isTooLong(path)) return 'File name too long'
    if (this.isDirectory(host, user, path)) return 'Is a directory'
    if (!isFilePath(path)) return 'No such file or directory'
    if (!isOwn(user, path)) return 'Permission denied'
    return this.isDirectory(host, user, directoryOf(path)) ? null : 'No such file or directory'
  }
}

const isOwn = (user: string, path: string) =>
  path.startsWith(`${homeOf(user)}/`) ||
  path.startsWith(`${TMP}/`) ||
  (user === 'root' && path.startsWith(`${CERTIFICATES}/`))

/** Text as UTF-8, with the line ends that it has; octets as they are. */
export function writtenOctets(written: Written): Octets {
  // The file was checked: what is no base64 never comes here.
  return typeof written === 'string' ? utf8Octets(written) : (decodeBase64(written.base64.replace(/\s/g, '')) ?? '')
}

/** Does an act of a saved journal lay a file that a person could have laid? */
export function isFileAct({ host, user, path, data }: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof host === 'string' &&
    typeof user === 'string' &&
    typeof path === 'string' &&
    isFilePath(path) &&
    typeof data === 'string' &&
    data.length <= FILE_LIMITS.octets &&
    !/[^\x00-\xff]/.test(data)
  )
}
