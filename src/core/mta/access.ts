/** Who may log in on this host, and in whose name a person may send. */
import type { Path } from '../smtp/path.ts'
import type { Account } from '../store/account.ts'
import type { Directory } from './directory.ts'

const DEEPEST = 10

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
