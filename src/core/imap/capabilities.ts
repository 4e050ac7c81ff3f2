/**
 * What is offered, and what a session is told of it. A host's profile lists the names; AUTH=, STARTTLS and LOGINDISABLED
 * follow from its mechanisms. Before the login only what concerns it is told, as UW's server of the courses does and
 * Dovecot too: the rest may depend on who logs in.
 */
import type { ImapProfile } from './backend.ts'
import { imapCommands, type Verb } from './commands.ts'
import type { ImapSession } from './session.ts'

/** Told before somebody has logged in. */
const EARLY = /^(IMAP4.*|LITERAL[+-]|SASL-IR|LOGIN-REFERRALS|ID|ENABLE)$/i
/** And once somebody has: all but what only the login is for. */
const LATE = /^(?!LOGIN-REFERRALS$)/i

/** RFC 9051 appendix E: what IMAP4rev2 has within itself. */
const IN_REV2: ReadonlySet<string> = new Set([
  'ENABLE',
  'IDLE',
  'LITERAL-',
  'NAMESPACE',
  'UNSELECT',
  'UIDPLUS',
  'MOVE',
  'ESEARCH',
  'SEARCHRES',
  'SASL-IR',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'BINARY',
  'SPECIAL-USE',
  'STATUS=SIZE',
])

/** To whom they are told: enough of a session. */
export type Asking = Pick<ImapSession, 'secure' | 'user' | 'enabled'>

export function capabilities(profile: ImapProfile, { secure, user, enabled }: Asking): string[] {
  const names = profile.capabilities.filter((name) => (user === null ? EARLY : LATE).test(name))
  // RFC 9051 4.3: literals that nobody waits for are short ones there.
  if (enabled.has('IMAP4rev2')) return names.map((name) => (/^LITERAL\+$/i.test(name) ? 'LITERAL-' : name))
  if (user !== null) return names
  if (profile.startTls && !secure) names.push('STARTTLS')
  if (profile.passwordNeedsTls && !secure) {
    names.push('LOGINDISABLED')
    return [...names, ...profile.mechanisms.filter(isSafe).map((name) => `AUTH=${name}`)]
  }
  return [...names, ...profile.mechanisms.map((name) => `AUTH=${name}`)]
}

/** Mechanisms that show no password to who listens. */
export const isSafe = (mechanism: string): boolean => mechanism === 'CRAM-MD5' || mechanism === 'SCRAM-SHA-256'

/** What each profile offers, in capitals: it is asked for with every command. */
const known = new WeakMap<ImapProfile, ReadonlySet<string>>()

function names(profile: ImapProfile): ReadonlySet<string> {
  let set = known.get(profile)
  if (set) return set
  const all = profile.capabilities.map((name) => name.toUpperCase())
  // `THREAD` and `CONTEXT` stand for any of their kinds.
  const kinds = all.filter((name) => name.includes('=')).map((name) => name.slice(0, name.indexOf('=')))
  set = new Set([
    ...all,
    ...kinds,
    ...(all.includes('IMAP4REV2') ? IN_REV2 : []),
    ...(profile.startTls ? ['STARTTLS'] : []),
  ])
  known.set(profile, set)
  return set
}

export const offers = (profile: ImapProfile, name: string): boolean => names(profile).has(name)

export function offered(verb: Verb, profile: ImapProfile): boolean {
  const { extension } = imapCommands[verb]
  return extension === null || offers(profile, extension)
}
