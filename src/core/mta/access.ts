/** Who may log in on this host, and in whose name a person may send. */
import { mailbox, type Path } from '../smtp/path.ts'
import type { Account } from '../store/store.ts'
import type { Directory } from './directory.ts'

const DEEPEST = 10

/** `alice` or `alice@rennes.example`; the host's own accounts come first. */
export function accountNamed(directories: readonly Directory[], user: string): Account | null {
  for (const { store } of directories) {
    const account = store?.account(user) ?? store?.accountAt(user)
    if (account) return account
  }
  return null
}

/** Whether an address is the account's own, or an alias that leads to it. */
export function belongsTo(directories: readonly Directory[], account: Account, path: Path, depth = 0): boolean {
  const address = mailbox(path).toLowerCase()
  if (account.addresses.some((own) => own.toLowerCase() === address)) return true
  if (depth === DEEPEST) return false
  return directories.some((directory) =>
    directory.aliasAt(path)?.some((target) => belongsTo(directories, account, target, depth + 1)),
  )
}
