/** Who may log in on this host, and in whose name a person may send. */
import type { Path } from '../smtp/path.ts'
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

/** Whether an address is the account's own, however it is written, or an alias that leads to it. */
export function belongsTo(directories: readonly Directory[], account: Account, path: Path, depth = 0): boolean {
  return directories.some((directory) => {
    const place = directory.find(path)
    const home = place.at === 'alias' ? directory.accountOf(path) : place
    if (home.at === 'account' && home.account === account) return true
    if (place.at !== 'alias' || depth === DEEPEST) return false
    return place.into.some((target) => belongsTo(directories, account, target, depth + 1))
  })
}
