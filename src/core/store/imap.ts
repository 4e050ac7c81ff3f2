/** The store as one IMAP connection sees it: what the engine asks of its backend, and what it is told of in IDLE. */
import type { ImapAccount, ImapBackend, ImapProfile } from '../imap/backend.ts'
import type { Zone } from '../message/date.ts'
import { accountNamed, identities, storeOf } from './identities.ts'
import { StoreAccount } from './imap-account.ts'
import type { Store } from './store.ts'

export interface ConnectionParts {
  /** Whose accounts may log in here; those of the host itself first. */
  stores: () => readonly Store[]
  /** The host's idea of now: milliseconds since 1970 UTC. */
  now: () => number
  zone: Zone
  /** A string that was never given before, in the form of a Message-ID (RFC 2195 2). */
  nonce: () => string
}

/** The engine's backend, and the driver's two hooks. */
export interface ImapConnection extends ImapBackend {
  /** Until the function that comes back is called, `heard` is called while the engine heeds what others change. */
  watch(heard: () => void): () => void
}

export function imapBackend(profile: ImapProfile, parts: ConnectionParts): ImapConnection {
  const { stores, now, zone, nonce } = parts
  const accounts = new Map<string, StoreAccount>()
  let heeding = false
  let heard: (() => void) | null = null
  const changed = () => {
    if (heeding) heard?.()
  }
  const referred = (user: string) => {
    for (const store of stores()) {
      const referral = store.referral(user)
      if (referral) return referral
    }
    return null
  }
  const own = identities(stores, nonce)
  return {
    profile,
    now,
    zone,
    nonce,
    // Whose mail lies elsewhere has no account here, but a password all the same.
    login: (user, password) => own.login(user, password) ?? (referred(user)?.password === password ? user : null),
    secret(user) {
      const elsewhere = referred(user)
      return own.secret(user) ?? (elsewhere && { account: user, password: elsewhere.password })
    },
    referral: (user) => referred(user)?.url ?? null,
    account(user): ImapAccount {
      const known = accounts.get(user)
      if (known) return known
      const account = accountNamed(stores(), user)
      if (!account) throw new Error(`${user} has no account here`)
      const opened = new StoreAccount(storeOf(stores(), account), account, now, changed)
      accounts.set(user, opened)
      return opened
    },
    heed(on) {
      heeding = on
    },
    watch(listener) {
      heard = listener
      return () => {
        heard = null
      }
    },
    close() {
      heeding = false
      for (const account of accounts.values()) account.releaseAll()
      accounts.clear()
    },
  }
}
