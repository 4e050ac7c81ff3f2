/**
 * The store as one POP3 connection sees it: INBOX of one account, locked against a second POP3 session (RFC 1939 4), but
 * not against IMAP, which may expunge under it.
 */
import type { Content } from '../message/content.ts'
import { mailDate } from '../message/date.ts'
import type { Listed, OpenVerdict, Pop3Backend, Pop3Profile } from '../pop3/backend.ts'
import { wireSize } from '../pop3/wire.ts'
import type { Account } from './account.ts'
import { accountNamed, identities, storeOf } from './identities.ts'
import type { ConnectionParts } from './imap.ts'
import type { Mailbox } from './mailbox.ts'

export function pop3Backend(profile: Pop3Profile, parts: ConnectionParts): Pop3Backend {
  const { stores, now, zone, nonce } = parts
  let locked: { account: Account; inbox: Mailbox } | null = null
  const inbox = () => {
    if (!locked) throw new Error('no maildrop is open')
    return locked.inbox
  }
  return {
    ...identities(stores, nonce),
    profile,
    date: () => mailDate(now(), zone),
    open(user): OpenVerdict {
      const account = accountNamed(stores(), user)
      const found = account?.mailboxes.get('INBOX')
      if (!account || !found) return { verdict: 'unavailable' }
      const { maildrop } = account
      if (maildrop.locked) return { verdict: 'in-use' }
      // RFC 2449 6.5: so many seconds from one login to the next. A clock that was set back makes nobody wait.
      const since = maildrop.since === null ? Infinity : now() - maildrop.since
      if (since >= 0 && since < profile.loginDelay * 1000)
        return { verdict: 'login-delay', seconds: Math.ceil(profile.loginDelay - since / 1000) }
      account.maildrop = { locked: true, since: now() }
      locked = { account, inbox: found }
      const sizes = storeOf(stores(), account).wireSizes
      const messages = found.messages.map(({ uid, content, flags }): Listed => {
        return { uid, size: sizeOf(content, sizes), seen: flags.includes('\\Seen') }
      })
      return { verdict: 'open', uidValidity: found.uidValidity, messages }
    },
    content: (uid) => inbox().message(uid)?.content ?? null,
    remove(uids) {
      inbox().expunge(uids, null)
      return { kept: uids.filter((uid) => inbox().has(uid)).length }
    },
    seen(uids) {
      inbox().setFlags(uids, 'add', ['\\Seen'], null, null)
    },
    close() {
      if (locked) locked.account.maildrop.locked = false
      locked = null
    },
  }
}

/** A login counts the lines of messages that came since the last one, not of all. */
function sizeOf(content: Content, sizes: WeakMap<Content, number>): number {
  const known = sizes.get(content)
  if (known !== undefined) return known
  const size = wireSize(content.octets)
  sizes.set(content, size)
  return size
}
