/**
 * What the filter of an account (Sieve, RFC 5228) makes of a message that arrives for it: where it is filed, who gets it
 * instead or as well, whether it is refused. Whatever goes wrong in a filter, the message is kept (RFC 5228 2.10.6).
 */
import type { Octets } from '../bytes/octets.ts'
import { utf8Text } from '../bytes/utf8.ts'
import { fieldValues } from '../message/fields.ts'
import { parsePath } from '../smtp/grammar.ts'
import { mailbox, type Path } from '../smtp/path.ts'
import { parseSieve } from '../sieve/parse.ts'
import { runSieve, type SieveAction, type SieveResult } from '../sieve/run.ts'
import type { SieveProblem, SieveScript } from '../sieve/script.ts'
import type { Account } from '../store/account.ts'
import type { Seq } from '../terms.ts'
import { remember } from './policy.ts'
import type { QueueEntry, Recipient } from './queue.ts'
import type { MailSystem } from './system.ts'

/** Each wish has the note that tells of it, from which follows what is done. */
export interface Filtered {
  deliveries: readonly { mailbox: string; flags: readonly string[]; cause: Seq }[]
  redirects: readonly { path: Path; cause: Seq }[]
  /** The sender is told this, and nobody gets it. */
  reject: string | null
  last: Seq
}

const INBOX = 'INBOX'

export function filtered(
  system: MailSystem,
  entry: QueueEntry,
  { address }: Recipient,
  account: Account,
  content: Octets,
  cause: Seq,
): Filtered {
  if (account.filter === null) return kept(cause)
  const { machine } = system
  const note = (does: SieveAction['does'] | 'trouble', detail: string, line: number | null) =>
    machine.note({ kind: 'filtered', id: entry.id, address, does, detail, line }, cause)
  const { actions, trouble } = result(system, entry, address, account, content)
  let last = cause
  const deliveries: { mailbox: string; flags: readonly string[]; cause: Seq }[] = []
  const redirects: { path: Path; cause: Seq }[] = []
  let reject: string | null = null
  if (trouble) last = note('trouble', trouble.message, trouble.line)
  for (const action of actions) {
    switch (action.does) {
      case 'keep':
        // What nobody asked for needs no note: it is what happens without a filter.
        if (!action.implicit) last = note('keep', action.flags.join(' '), action.line)
        deliveries.push({ mailbox: INBOX, flags: action.flags, cause: last })
        break
      case 'fileinto': {
        const name = utf8Text(action.mailbox)
        const isThere = madeSure(account, name)
        last = isThere
          ? note('fileinto', name, action.line)
          : note('trouble', `no mailbox "${name}" here, and none can be made`, action.line)
        deliveries.push({ mailbox: isThere ? name : INBOX, flags: action.flags, cause: last })
        break
      }
      case 'redirect': {
        const path = parsePath(action.address)
        const isLoop = comesBack(content, address)
        if ('bad' in path || isLoop) {
          const why = isLoop ? 'it has been redirected from here before' : `"${utf8Text(action.address)}" is no address`
          last = note('trouble', `not redirected: ${why}`, action.line)
          deliveries.push({ mailbox: INBOX, flags: [], cause: last })
        } else {
          last = note('redirect', utf8Text(mailbox(path)), action.line)
          redirects.push({ path, cause: last })
        }
        break
      }
      case 'reject':
        reject = oneLine(action.reason)
        last = note('reject', reject, action.line)
        break
      case 'discard':
        last = note('discard', '', action.line)
        break
    }
  }
  return { deliveries, redirects, reject, last }
}

const kept = (cause: Seq): Filtered => ({
  deliveries: [{ mailbox: INBOX, flags: [], cause }],
  redirects: [],
  reject: null,
  last: cause,
})

function result({ watch }: MailSystem, entry: QueueEntry, to: string, account: Account, content: Octets): SieveResult {
  const parsed = read(account.filter!)
  if ('problems' in parsed) {
    const { line, message } = parsed.problems[0]!
    return { actions: [{ does: 'keep', flags: [], implicit: true, line: null }], trouble: { line, message } }
  }
  const now = watch.now()
  // RFC 7352 3: the time runs from the first one that was seen, or from the last, as the script says.
  const seen = (key: string, seconds: number, last: boolean) => {
    const isKnown = (account.seen.get(key) ?? 0) > now
    if (!isKnown || last) remember(account.seen, key, now + seconds * 1000)
    return isKnown
  }
  const mailboxExists = (name: Octets) => account.mailboxes.get(utf8Text(name)) !== undefined
  return runSieve(parsed.script, {
    content,
    from: entry.from === null ? '' : mailbox(entry.from),
    to,
    seen,
    mailboxExists,
  })
}

type Parsed = { script: SieveScript } | { problems: readonly SieveProblem[] }

/** Scripts are read once, however much mail comes. */
const scripts = new Map<Octets, Parsed>()
const MOST_SCRIPTS = 100

function read(text: Octets): Parsed {
  const known = scripts.get(text)
  if (known) return known
  if (scripts.size >= MOST_SCRIPTS) scripts.clear()
  const parsed = parseSieve(text)
  scripts.set(text, parsed)
  return parsed
}

/** A mailbox that a filter names is made when it is missing (Dovecot: lda_mailbox_autocreate): no mail waits for it. */
function madeSure({ mailboxes }: Account, name: string): boolean {
  if (mailboxes.get(name)) return true
  const made = mailboxes.create(name)
  return 'mailbox' in made
}

/** A redirected message has this address in Delivered-To once it comes back (the copy that is judged has it once itself). */
const comesBack = (content: Octets, address: string) =>
  fieldValues(content, 'Delivered-To').filter((other) => other.toLowerCase() === address.toLowerCase()).length > 1

/** As it can stand in a reply of SMTP: one line of ASCII. */
const oneLine = (reason: Octets) =>
  reason
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 200)
