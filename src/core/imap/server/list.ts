/**
 * Which mailboxes there are: LIST (RFC 3501 6.3.8) with its extended form (RFC 5258), LSUB of those that one has subscribed to
 * (6.3.9), RLIST and RLSUB, which also tell of what lies on other servers (RFC 2193), and UW's SCAN.
 */
import type { Octets } from '../../bytes/octets.ts'
import { utf8Text } from '../../bytes/utf8.ts'
import { refused, type MailboxInfo } from '../backend.ts'
import { readListWish, type ListWish } from '../list/options.ts'
import { matches } from '../list/pattern.ts'
import { holdsText } from '../search/text.ts'
import type { Reader } from '../wire/reader.ts'
import { mailboxName } from '../wire/writer.ts'
import { statusLine } from './status.ts'
import type { Handler, Turn } from './turn.ts'

const OK = { outcome: 'ok' } as const
const DELIMITER = '/'

export const list: Handler<'LIST'> = (turn, reader) => {
  const wish = readListWish(turn, reader)
  reader.end()
  // RFC 3501 6.3.8: an empty name asks for the delimiter, and the root of the reference.
  if (!wish.extended && wish.patterns[0] === '') return tellDelimiter(turn, 'LIST', wish.reference)
  for (const name of found(turn, wish)) {
    turn.untagged(listLine(turn, 'LIST', name, attributes(turn, wish, name)))
    if (wish.status === null || !name.info.selectable || !name.info.exists) continue
    const status = statusLine(turn, name.info.name, wish.status)
    if (!refused(status)) turn.untagged(status)
  }
  return OK
}

/** A name that matches, and why. */
interface Listed {
  info: MailboxInfo
  /** It is here for what lies below it (RFC 5258 3.5, RECURSIVEMATCH). */
  childInfo: boolean
}

function found(turn: Turn, wish: ListWish): Listed[] {
  const { select } = wish
  const infos = known(turn, select.has('SUBSCRIBED'), select.has('REMOTE'))
  const isWanted = (info: MailboxInfo) =>
    (!select.has('SUBSCRIBED') || info.subscribed) && (!select.has('SPECIAL-USE') || info.specialUse.length > 0)
  const patterns = wish.patterns.map((pattern) => wish.reference + pattern)
  const isNamed = ({ name }: MailboxInfo) => patterns.some((pattern) => matches(pattern, name))
  const parents = select.has('RECURSIVEMATCH')
    ? parentsOf(infos.filter((info) => isWanted(info) && !isNamed(info)))
    : null
  return infos.flatMap((info): Listed[] => {
    if (!isNamed(info)) return []
    const childInfo = parents?.has(info.name) ?? false
    // A parent is only made up for LIST; among those subscribed there is none that is not.
    return isWanted(info) || childInfo ? [{ info, childInfo }] : []
  })
}

/** All names, in order; those that are subscribed and are not there as well where they are wanted. */
function known({ account }: Turn, subscribed: boolean, remote: boolean): MailboxInfo[] {
  const infos = account.mailboxes().filter((info) => remote || !info.remote)
  if (!subscribed) return infos
  const names = new Set(infos.map(({ name }) => name))
  const missing = account.subscriptions().filter((name) => !names.has(name))
  if (missing.length === 0) return infos
  const gone = missing.map((name): MailboxInfo => ({
    name,
    selectable: false,
    exists: false,
    hasChildren: false,
    subscribed: true,
    specialUse: [],
    remote: false,
  }))
  return [...infos, ...gone]
}

function parentsOf(infos: readonly MailboxInfo[]): Set<string> {
  const parents = new Set<string>()
  for (const { name } of infos)
    for (let at = name.indexOf(DELIMITER); at >= 0; at = name.indexOf(DELIMITER, at + 1)) parents.add(name.slice(0, at))
  return parents
}

function attributes(turn: Turn, { select, tell, extended }: ListWish, { info }: Listed): string[] {
  const told: string[] = []
  if (!info.exists) told.push(extended ? '\\NonExistent' : '\\Noselect')
  else if (!info.selectable) told.push('\\Noselect')
  if ((select.has('SUBSCRIBED') || tell.has('SUBSCRIBED')) && info.subscribed) told.push('\\Subscribed')
  if (info.remote) told.push('\\Remote')
  if (tell.has('CHILDREN') || turn.offers('CHILDREN')) told.push(info.hasChildren ? '\\HasChildren' : '\\HasNoChildren')
  if (tell.has('SPECIAL-USE') || turn.offers('SPECIAL-USE')) told.push(...info.specialUse)
  return told
}

function listLine(turn: Turn, response: 'LIST' | 'LSUB', { info, childInfo }: Listed, told: readonly string[]): Octets {
  const name = mailboxName(info.name, turn.utf8)
  return `${response} (${told.join(' ')}) "${DELIMITER}" ${name}${childInfo ? ' ("CHILDINFO" ("SUBSCRIBED"))' : ''}`
}

function tellDelimiter(turn: Turn, response: 'LIST' | 'LSUB', reference: string) {
  const { others, shared } = turn.account.namespaces()
  const root = [...others, ...shared].find(({ prefix }) => reference.startsWith(prefix))?.prefix ?? ''
  turn.untagged(`${response} (\\Noselect) "${DELIMITER}" ${root === '' ? '""' : mailboxName(root, turn.utf8)}`)
  return OK
}

/** RFC 3501 6.3.9. */
export const lsub: Handler<'LSUB'> = (turn, reader) => tellSubscribed(turn, reader, false)

/** RFC 2193 5.1: LIST, and what lies on other servers. */
export const rlist: Handler<'RLIST'> = (turn, reader) => {
  const wish = readPlainWish(reader)
  reader.end()
  if (wish.patterns[0] === '') return tellDelimiter(turn, 'LIST', wish.reference)
  for (const name of found(turn, { ...wish, select: new Set(['REMOTE']) }))
    turn.untagged(
      listLine(
        turn,
        'LIST',
        name,
        attributes(turn, wish, name).filter((told) => told !== '\\Remote'),
      ),
    )
  return OK
}

/** RFC 2193 5.2. */
export const rlsub: Handler<'RLSUB'> = (turn, reader) => tellSubscribed(turn, reader, true)

function readPlainWish(reader: Reader): ListWish {
  reader.sp()
  const reference = reader.mailbox()
  reader.sp()
  const patterns = [reader.listMailbox()]
  return { reference, patterns, select: new Set(), tell: new Set(), status: null, extended: false }
}

/** With `%` at the end a parent of what is subscribed is told too, as a mere parent (RFC 3501 6.3.9). */
function tellSubscribed(turn: Turn, reader: Reader, remote: boolean) {
  const wish = readPlainWish(reader)
  reader.end()
  const [pattern = ''] = wish.patterns
  if (pattern === '') return tellDelimiter(turn, 'LSUB', wish.reference)
  const whole = wish.reference + pattern
  const subscribed = known(turn, true, remote).filter((info) => info.subscribed)
  const told = new Set<string>()
  for (const info of subscribed) {
    if (!matches(whole, info.name)) continue
    told.add(info.name)
    const attribute = info.exists && info.selectable ? [] : ['\\Noselect']
    turn.untagged(listLine(turn, 'LSUB', { info, childInfo: false }, attribute))
  }
  if (!whole.endsWith('%')) return OK
  for (const parent of parentsOf(subscribed)) {
    if (told.has(parent) || !matches(whole, parent)) continue
    turn.untagged(`LSUB (\\Noselect) "${DELIMITER}" ${mailboxName(parent, turn.utf8)}`)
  }
  return OK
}

/** SCAN as UW's server does it: LIST lines of the mailboxes in which some message holds the text. */
export const scan: Handler<'SCAN'> = (turn, reader) => {
  const wish = readPlainWish(reader)
  reader.sp()
  const text = utf8Text(reader.astring('a text'))
  reader.end()
  for (const name of found(turn, wish))
    if (name.info.selectable && holds(turn, name.info.name, text))
      turn.untagged(listLine(turn, 'LIST', name, attributes(turn, wish, name)))
  return OK
}

function holds({ account }: Turn, name: string, text: string): boolean {
  const mailbox = account.open(name)
  if (refused(mailbox)) return false
  const found = mailbox.uids().some((uid) => holdsText(mailbox.message(uid)!.content, text))
  account.release(mailbox.key)
  return found
}
