/** Who may log in on this host, and in whose name a person may send. */
import type { Path } from '../smtp/path.ts'
import type { Account } from '../store/account.ts'
import type { Directory, Place } from './directory.ts'

/** Whether an address is the account's own, however it is written, or an alias that leads to it. */
export function belongsTo(directories: readonly Directory[], account: Account, path: Path): boolean {
  const seen = new Set<Place>()
  const leads = (to: Path): boolean =>
    directories.some((directory) => {
      const place = directory.find(to)
      const home = place.at === 'alias' ? directory.accountOf(to) : place
      if (home.at === 'account' && home.account === account) return true
      // Aliases may lead in a circle.
      if (place.at !== 'alias' || seen.has(place)) return false
      seen.add(place)
      return place.into.some(leads)
    })
  return leads(path)
}
