/** `--mail ADDRESS=PATH`: mail of this machine, read into a mailbox of the world without a changed octet; the file stays as it is. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Octets } from '../../core/bytes/octets.ts'
import { readMaildir, type MaildirFile } from '../../core/store/maildir.ts'
import { readMbox } from '../../core/store/mbox.ts'
import type { World } from '../../core/world/world.ts'

interface Found {
  mailbox: string
  octets: Octets
  flags: readonly string[]
  /** Milliseconds since 1970 UTC; null where nothing says it. */
  internalDate: number | null
}

const UTC = { minutes: 0, name: null }

/** Throws, in words for a person, where something cannot be read or kept. */
export function loadMail(world: World, address: string, path: string): void {
  const account = world.file.accounts.find((other) => other.address === address)
  const store = account && world.stores.get(account.host)
  if (!store) throw new Error(`--mail ${address}: this world has no such account`)
  for (const { mailbox, octets, flags, internalDate } of found(path)) {
    const delivered = store.deliver(account.user, mailbox, octets, internalDate ?? world.file.epoch, flags)
    if (typeof delivered === 'string') throw new Error(`--mail ${address}=${path}: ${delivered}`)
  }
}

/** A directory is a Maildir, a file that begins with a From_ line an mbox, any other one message. */
function found(path: string): Found[] {
  if (statSync(path).isDirectory()) return readMaildir(maildirFiles(path)).messages
  const octets = readFileSync(path, 'latin1')
  const messages = readMbox(octets, UTC)
  if (messages.length > 0) return messages.map((message) => ({ mailbox: 'INBOX', ...message }))
  return [{ mailbox: 'INBOX', octets: octets.replace(/(?<!\r)\n/g, '\r\n'), flags: [], internalDate: null }]
}

function maildirFiles(path: string): MaildirFile[] {
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.replace(/\/+$/, '').length + 1))
  return names.sort().map((name) => ({ path: name, octets: readFileSync(join(path, name), 'latin1') }))
}
