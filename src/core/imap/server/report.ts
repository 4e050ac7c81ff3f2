/**
 * What a session is told without having asked: expunges, arrivals, changed flags (RFC 3501 7.3, 7.4; RFC 7162 3.2.10). When it
 * may be told is the dispatcher's business; here is how it is said.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { ImapMessage } from '../backend.ts'
import { permanentFlags, SYSTEM_FLAGS } from '../flags.ts'
import type { ImapSession } from '../session.ts'
import type { Told } from '../view.ts'
import { writeSet } from '../wire/sequence-set.ts'
import type { Turn } from './turn.ts'

/** RFC 7162 3.1: from the first command that shows interest on, every FETCH with flags tells the modification sequence. */
export const tellsModseq = ({ enabled }: ImapSession): boolean => enabled.has('CONDSTORE') || enabled.has('QRESYNC')

/** RFC 9051 7.5.2 and RFC 7162 3.2.4: what nobody asked for names its UID. */
export const tellsUid = ({ session, byUid }: Pick<Turn, 'session' | 'byUid'>): boolean =>
  byUid || session.enabled.has('QRESYNC') || session.enabled.has('IMAP4rev2')

/** A command shows interest in modification sequences: those of the open mailbox begin here. */
export function enableCondstore(turn: Turn): void {
  const { enabled, view } = turn.session
  if (tellsModseq(turn.session)) return
  enabled.add('CONDSTORE')
  if (view) turn.untagged(`OK [HIGHESTMODSEQ ${turn.mailbox.highestModseq}] Highest`)
}

/** The flags of a message as this session sees them; IMAP4rev2 knows no \Recent. */
export function flagList({ flags }: ImapMessage, recent: boolean): Octets {
  const text = flags.length === 0 ? '' : flags.length === 1 ? flags[0]! : flags.join(' ')
  if (!recent) return `(${text})`
  return text === '' ? '(\\Recent)' : `(${text} \\Recent)`
}

/** What writes the untagged FETCH of a message's flags, without its `* `; what counts for all is looked up once. */
export function flagsLines(turn: Turn): (uid: number, number: number) => Octets {
  const { mailbox, view, session } = turn
  const withUid = tellsUid(turn)
  const withModseq = tellsModseq(session)
  const rev2 = session.enabled.has('IMAP4rev2')
  return (uid, number) => {
    const message = mailbox.message(uid)!
    const before = `${number} FETCH (${withUid ? `UID ${uid} ` : ''}${withModseq ? `MODSEQ (${message.modseq}) ` : ''}`
    return `${before}FLAGS ${flagList(message, !rev2 && view.recent.has(uid))})`
  }
}

/** FLAGS and PERMANENTFLAGS of the open mailbox, as SELECT tells them (RFC 3501 6.3.1). */
export function tellMailboxFlags(turn: Turn): void {
  const { mailbox, view } = turn
  const keywords = mailbox.keywords()
  view.keywords = keywords.length
  turn.untagged(`FLAGS (${[...SYSTEM_FLAGS, ...keywords].join(' ')})`)
  const permanent = permanentFlags(mailbox.rights, view.readOnly, keywords)
  turn.untagged(`OK [PERMANENTFLAGS ${permanent}] ${permanent === '()' ? 'No permanent flags permitted' : 'Limited'}`)
}

/** A keyword that the session has not heard of is told before it is used. */
export function tellNewKeywords(turn: Turn): void {
  if (turn.mailbox.keywords().length !== turn.view.keywords) tellMailboxFlags(turn)
}

/** All that `pull` found, in its order. */
export function writeTold(turn: Turn, told: readonly Told[]): void {
  const { session, view } = turn
  if (session.enabled.has('QRESYNC')) {
    const vanished = told.flatMap((each) => (each.told === 'expunged' ? [each.uid] : []))
    if (vanished.length > 0) turn.untagged(`VANISHED ${writeSet(vanished)}`)
  } else for (const each of told) if (each.told === 'expunged') turn.untagged(`${each.number} EXPUNGE`)
  tellNewKeywords(turn)
  const line = flagsLines(turn)
  for (const each of told) {
    if (each.told === 'flags') turn.untagged(line(each.uid, each.number))
    else if (each.told === 'exists') {
      turn.untagged(`${each.count} EXISTS`)
      if (!session.enabled.has('IMAP4rev2')) turn.untagged(`${view.recent.size} RECENT`)
    }
  }
}
