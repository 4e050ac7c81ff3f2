/** Who may log in: the accounts of some stores, as SMTP, POP3 and IMAP ask for them. */
import type { Identities } from '../sasl/mechanism.ts'
import type { Account } from './account.ts'
import type { Store } from './store.ts'

/** `alice` or `alice@rennes.example`; the host's own accounts come first. */
export function accountNamed(stores: readonly Store[], user: string): Account | null {
  for (const store of stores) {
    const account = store.account(user) ?? store.accountAt(user)
    if (account) return account
  }
  return null
}

/** The store that this account is in. */
export function storeOf(stores: readonly Store[], account: Account): Store {
  return stores.find((store) => store.account(account.user) === account)!
}

export function identities(stores: () => readonly Store[], nonce: () => string): Identities {
  return {
    login(user, password) {
      const account = accountNamed(stores(), user)
      if (account?.password !== password) return null
      // Now the password is known in every form (RFC 4954 6).
      account.transition = false
      return account.user
    },
    secret(user) {
      const account = accountNamed(stores(), user)
      return account && { account: account.user, password: account.password, transition: account.transition }
    },
    nonce,
  }
}
