/**
 * Who is who on this host: what an address of its domains leads to. RCPT, VRFY, EXPN and delivery all ask here, so that
 * what one promises the others keep.
 *
 * Local parts are compared without regard to case: RFC 5321 2.4 lets a host decide that for its own mailboxes.
 */
import { asciiDomain } from '../dns/idna.ts'
import { addressKey, unquoted } from '../message/address.ts'
import { parsePath } from '../smtp/grammar.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import type { Account } from '../store/account.ts'
import type { Store } from '../store/store.ts'
import type { HostName, Ipv4 } from '../terms.ts'
import type { MailConfig, MailingList } from './config.ts'

export type Place =
  | { at: 'account'; account: Account; address: string }
  | { at: 'alias'; address: string; into: readonly Path[] }
  | { at: 'list'; address: string; list: MailingList; owner: Path; members: readonly Path[] }
  | { at: 'forward'; address: string; to: Path; reply: 251 | 551 }
  /** Not one of ours. */
  | { at: 'elsewhere' }
  | { at: 'unknown' }

const ELSEWHERE: Place = { at: 'elsewhere' }
const UNKNOWN: Place = { at: 'unknown' }
const POSTMASTER = 'postmaster'

export class Directory {
  readonly config: MailConfig
  readonly store: Store | null
  /** Aliases, lists, their owners and forwards, by `addressKey`. */
  readonly places = new Map<string, Place>()
  private readonly domains: ReadonlySet<string>
  /** Other words for this host: nothing at all, its own name, its address. */
  private readonly selves: ReadonlySet<string>
  /** Accounts that were asked for before, likewise. */
  private readonly homes = new Map<string, Place>()

  constructor(config: MailConfig, host: HostName, address: Ipv4, store: Store | null) {
    this.config = config
    this.store = store
    this.domains = new Set(config.domains.map((domain) => domain.toLowerCase()))
    this.selves = new Set(['', host.toLowerCase(), `[${address}]`])
    for (const [alias, into] of Object.entries(config.aliases))
      this.places.set(addressKey(alias), { at: 'alias', address: alias, into: into.map(pathOf) })
    for (const [at, list] of Object.entries(config.lists)) {
      const own = pathOf(at)
      const owner: Path = { ...own, local: `${own.local}-owner` }
      const place = { at: 'list', address: at, list, owner, members: list.members.map(pathOf) } as const
      this.places.set(addressKey(at), place)
      // Bounces of a list come to this address; the person behind it may change.
      const ownerAddress = mailbox(owner)
      if (!this.places.has(addressKey(ownerAddress)))
        this.places.set(addressKey(ownerAddress), { at: 'alias', address: ownerAddress, into: [pathOf(list.owner)] })
    }
    for (const [at, { to, reply }] of Object.entries(config.forwards))
      this.places.set(addressKey(at), { at: 'forward', address: at, to: pathOf(to), reply })
  }

  isLocal(domain: string): boolean {
    const lower = asciiDomain(domain)
    return this.domains.has(lower) || this.selves.has(lower)
  }

  find(path: Path): Place {
    if (path.route.length > 0 || !this.isLocal(path.domain)) return ELSEWHERE
    for (const address of this.addressesOf(path)) {
      const place = this.places.get(address) ?? this.accountAt(address)
      if (place) return place
    }
    const account = this.domains.has(asciiDomain(path.domain)) ? null : this.store?.account(localPart(path))
    if (account) return { at: 'account', account, address: account.addresses[0] ?? mailbox(path) }
    return isPostmaster(path) ? this.postmaster() : UNKNOWN
  }

  /** The account at an address, even where an alias of the same name stands before it. */
  accountOf(path: Path): Place {
    for (const address of this.addressesOf(path)) {
      const place = this.accountAt(address)
      if (place) return place
    }
    return UNKNOWN
  }

  /**
   * The path without what a source route says of us. `strip` goes to the mailbox at its end (RFC 5321 3.6.1); `follow`
   * takes this host off, and `taken` is the name that RFC 821 3.6 then puts into the reverse-path.
   */
  peel(path: Path): { path: Path; taken: string | null } {
    if (path.route.length === 0) return { path, taken: null }
    if (this.config.sourceRoutes === 'strip') return { path: { ...path, route: [] }, taken: null }
    const next = path.route.findIndex((host) => !this.isLocal(host))
    const route = next < 0 ? [] : path.route.slice(next)
    return { path: { ...path, route }, taken: next === 0 ? null : path.route[0]! }
  }

  /** RFC 5321 4.5.1: every host that takes mail has a postmaster, whether or not somebody thought of it. */
  private postmaster(): Place {
    for (const domain of this.config.domains) {
      const place =
        this.places.get(`${POSTMASTER}@${domain.toLowerCase()}`) ??
        this.accountAt(`${POSTMASTER}@${domain.toLowerCase()}`)
      if (place) return place
    }
    for (const account of this.store?.accounts.values() ?? [])
      return { at: 'account', account, address: account.addresses[0] ?? account.user }
    const { relay, transports, smarthost } = this.config
    const behind = relay.domains[0] ?? Object.keys(transports)[0] ?? smarthost ?? undefined
    return behind === undefined
      ? UNKNOWN
      : { at: 'alias', address: POSTMASTER, into: [{ route: [], local: POSTMASTER, domain: behind }] }
  }

  /** As `addressKey` has them: `<Postmaster>` and `x@[192.0.2.10]` are asked for in each domain. */
  private addressesOf(path: Path): readonly string[] {
    const local = localPart(path)
    const domain = asciiDomain(path.domain)
    if (this.domains.has(domain)) return [`${local}@${domain}`]
    return this.config.domains.map((own) => `${local}@${own.toLowerCase()}`)
  }

  private accountAt(address: string): Place | null {
    const known = this.homes.get(address)
    if (known) return known
    const account = this.store?.accountAt(address)
    if (!account) return null
    const written = account.addresses.find((own) => addressKey(own) === address)
    const place: Place = { at: 'account', account, address: written ?? address }
    this.homes.set(address, place)
    return place
  }
}

const localPart = (path: Path) => unquoted(path.local).toLowerCase()

export const isPostmaster = (path: Path) => localPart(path) === POSTMASTER

/** An address of the world file as a path. The file was checked; what is no address now is a mistake of ours. */
function pathOf(address: string): Path {
  const path = parsePath(address)
  if ('bad' in path) throw new Error(`${address}: ${path.why}`)
  return path
}
