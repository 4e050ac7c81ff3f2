/** VRFY and EXPN (RFC 5321 3.5): who is meant by a word, an address or a name, and who stands behind a list. */
import { utf8Text } from '../bytes/utf8.ts'
import { asciiDomain } from '../dns/idna.ts'
import { parsePath } from '../smtp/grammar.ts'
import type { VerifyVerdict } from '../smtp/backend.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import type { Directory, Place } from './directory.ts'

type Person = { name: string; address: string }
type Known = Exclude<Place, { at: 'elsewhere' | 'unknown' }>

const UNKNOWN: VerifyVerdict = { verdict: 'unknown' }

export function verify(directory: Directory, word: string): VerifyVerdict {
  const found = seen(directory, search(directory, word))
  if (!Array.isArray(found)) return found
  if (found.length > 1) return { verdict: 'ambiguous', candidates: found.map((place) => person(place)) }
  const [place] = found
  if (!place) return UNKNOWN
  if (isHidden(directory, place)) return { verdict: 'unverifiable' }
  // RFC 5321 3.5.1 leaves it open what VRFY says of a list or an alias: its address is there, so we say 250 with it.
  if (place.at !== 'forward') return { verdict: 'user', ...person(place) }
  return { verdict: place.reply === 551 ? 'moved' : 'forward', name: '', address: mailbox(place.to) }
}

export function expand(directory: Directory, word: string): VerifyVerdict {
  const found = seen(directory, search(directory, word))
  if (!Array.isArray(found)) return found
  if (found.length > 1) return { verdict: 'ambiguous', candidates: found.map((place) => person(place)) }
  const [place] = found
  if (!place) return UNKNOWN
  if (isHidden(directory, place)) return { verdict: 'unverifiable' }
  if (place.at === 'list') return members(directory, place.members)
  if (place.at === 'alias') return members(directory, place.into)
  if (place.at === 'account') return { verdict: 'user', ...person(place) }
  return { verdict: place.reply === 551 ? 'moved' : 'forward', name: '', address: mailbox(place.to) }
}

/** An address or a local part is one place; any other word is looked for in the names of people and lists. */
function search(directory: Directory, word: string): Known[] | VerifyVerdict {
  const text = word.trim().replace(/^<(.*)>$/, '$1')
  const address = text.includes('@') ? parsePath(text) : ({ route: [], local: text, domain: '' } satisfies Path)
  if (!('bad' in address)) {
    const place = directory.find(directory.peel(address).path)
    if (place.at === 'elsewhere') return relayed(directory, address)
    if (place.at !== 'unknown') return [place]
  }
  return text.includes('@') ? [] : byName(directory, text)
}

/** RFC 5321 3.5.3: 252 for an address that looks right and that another host would have to judge. */
function relayed(directory: Directory, path: Path): VerifyVerdict {
  const { relay, transports } = directory.config
  const domain = asciiDomain(path.domain)
  const ours =
    relay.all || Object.hasOwn(transports, domain) || relay.domains.some((other) => other.toLowerCase() === domain)
  return ours ? { verdict: 'unverifiable' } : UNKNOWN
}

function byName(directory: Directory, text: string): Known[] {
  const wanted = words(utf8Text(text))
  const fits = (name: string) => {
    const own = words(name)
    return wanted.length > 0 && wanted.every((word) => own.includes(word))
  }
  const found: Known[] = []
  for (const account of directory.store?.accounts.values() ?? []) {
    if (fits(account.name)) found.push({ at: 'account', account, address: account.addresses[0] ?? account.user })
  }
  for (const place of directory.places.values()) if (place.at === 'list' && fits(place.list.name)) found.push(place)
  return found
}

const words = (text: string) =>
  text
    .toLowerCase()
    .split(/[\s,."]+/)
    .filter((word) => word !== '')

function person(place: Known): Person {
  const name = place.at === 'account' ? place.account.name : place.at === 'list' ? place.list.name : ''
  // RFC 6531 3.7.4.2: without SMTPUTF8 a reply has no letters but those of US-ASCII.
  return { name: /^[ -~]*$/.test(name) ? name : '', address: place.address }
}

function members(directory: Directory, paths: readonly Path[]): VerifyVerdict {
  const shown = paths.flatMap((path): Person[] => {
    const place = directory.find(path)
    if (place.at === 'account') return isHidden(directory, place) ? [] : [person(place)]
    const address = mailbox(path)
    return isHidden(directory, { address }) ? [] : [{ name: '', address }]
  })
  return shown.length === 0 ? { verdict: 'unverifiable' } : { verdict: 'list', members: shown }
}

/** Among several, who is not to be told of is none; alone, it is said that nothing is said. */
function seen(directory: Directory, found: Known[] | VerifyVerdict): Known[] | VerifyVerdict {
  if (!Array.isArray(found) || found.length < 2) return found
  const shown = found.filter((place) => !isHidden(directory, place))
  return shown.length === 0 ? { verdict: 'unverifiable' } : shown
}

function isHidden(directory: Directory, place: { address: string }): boolean {
  const address = place.address.toLowerCase()
  return directory.config.unverifiable.some((other) => other.toLowerCase() === address)
}
