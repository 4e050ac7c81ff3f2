/**
 * The items of FETCH (RFC 3501 6.4.5, RFC 3516, RFC 7162 3.1.4): read once for a command, each into a function that answers
 * for one message after another.
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Content } from '../../message/content.ts'
import { imapDateTime, type Zone } from '../../message/date.ts'
import type { ImapMessage } from '../backend.ts'
import { flagList } from '../server/report.ts'
import { writeEnvelope } from '../wire/envelope.ts'
import type { Reader } from '../wire/reader.ts'
import { writeStructure } from '../wire/structure.ts'
import { literal } from '../wire/writer.ts'
import {
  cut,
  readSection,
  readSubstring,
  sectionName,
  sectionReader,
  type Section,
  type Substring,
} from './sections.ts'

export interface FetchItem {
  /** As the answer names it. */
  readonly name: Octets
  /** It marks messages as read. */
  readonly reads: boolean
  /** Name and value; null where nobody knows the transfer encoding that had to be undone. */
  answer(message: ImapMessage): Octets | null
}

/** What answers depend on, beside the message. */
export interface FetchScene {
  /** UTF8=ACCEPT or IMAP4rev2 is enabled. */
  utf8: boolean
  zone: Zone
  offers(capability: string): boolean
  isRecent(uid: number): boolean
}

const NAME = /[A-Za-z\d.]+/y

/** RFC 3501 6.4.5: only alone, not in a list. */
const MACROS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ALL', ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE']],
  ['FAST', ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE']],
  ['FULL', ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY']],
])

/** Each item once, in the order of the command. */
export function readItems(reader: Reader, scene: FetchScene): FetchItem[] {
  const items = new Map<Octets, FetchItem>()
  const add = (item: FetchItem) => {
    const before = items.get(item.name)
    // BODY.PEEK[] and BODY[] have one name in the answer, and one of them marks the message.
    if (!before || item.reads) items.set(item.name, item)
  }
  if (reader.next === '(') reader.list(() => add(readItem(reader, nameOf(reader), scene)))
  else {
    const name = nameOf(reader)
    const macro = MACROS.get(name)
    for (const each of macro ?? [name]) add(readItem(reader, each, scene))
  }
  return [...items.values()]
}

const nameOf = (reader: Reader) => reader.match(NAME)?.toUpperCase() ?? reader.fail('the name of an item was expected')

function readItem(reader: Reader, name: string, scene: FetchScene): FetchItem {
  switch (name) {
    case 'FLAGS':
      return flagsItem(scene)
    case 'UID':
      return uidItem
    case 'MODSEQ':
      if (!scene.offers('CONDSTORE')) reader.fail('MODSEQ needs the capability CONDSTORE')
      return modseqItem
    case 'INTERNALDATE':
      return plain(name, ({ internalDate }) => `"${imapDateTime(internalDate, scene.zone)}"`)
    case 'RFC822.SIZE':
      return plain(name, ({ content }) => String(content.size))
    case 'ENVELOPE':
      return kept(name, (content) => content.keep(keyOf(name, scene), (m) => writeEnvelope(m.envelope, scene.utf8)))
    case 'BODYSTRUCTURE':
      return structureItem(name, true, scene)
    case 'RFC822':
      return octetsItem(name, true, { path: '', names: [] }, null)
    case 'RFC822.HEADER':
      return octetsItem(name, false, { path: 'HEADER', names: [] }, null)
    case 'RFC822.TEXT':
      return octetsItem(name, true, { path: 'TEXT', names: [] }, null)
    case 'BODY':
      if (reader.next !== '[') return structureItem(name, false, scene)
      return sectionItem(reader, true)
    case 'BODY.PEEK':
      return sectionItem(reader, false)
    case 'BINARY':
    case 'BINARY.PEEK':
    case 'BINARY.SIZE':
      if (!scene.offers('BINARY')) reader.fail(`${name} needs the capability BINARY`)
      return binaryItem(reader, name)
    default:
      return reader.fail(`there is no item ${name}`)
  }
}

const plain = (name: Octets, value: (message: ImapMessage) => Octets): FetchItem => ({
  name,
  reads: false,
  answer: (message) => `${name} ${value(message)}`,
})

const kept = (name: Octets, value: (content: Content) => Octets): FetchItem => ({
  name,
  reads: false,
  answer: ({ content }) => `${name} ${value(content)}`,
})

const keyOf = (name: string, { utf8 }: FetchScene) => (utf8 ? `${name} in UTF-8` : name)

export const uidItem: FetchItem = plain('UID', ({ uid }) => String(uid))
export const modseqItem: FetchItem = plain('MODSEQ', ({ modseq }) => `(${modseq})`)

/** Most messages have one of a few sets of flags, which a mailbox shares among them. */
export function flagsItem({ isRecent }: Pick<FetchScene, 'isRecent'>): FetchItem {
  const written = new Map<readonly string[], Octets>()
  return {
    name: 'FLAGS',
    reads: false,
    answer(message) {
      if (isRecent(message.uid)) return `FLAGS ${flagList(message, true)}`
      let text = written.get(message.flags)
      if (text === undefined) written.set(message.flags, (text = `FLAGS ${flagList(message, false)}`))
      return text
    },
  }
}

function structureItem(name: string, extended: boolean, scene: FetchScene): FetchItem {
  const form = { extended, utf8: scene.utf8 }
  const key = keyOf(name, scene)
  return kept(name, (content) => content.keep(key, ({ structure }) => writeStructure(structure, form)))
}

function sectionItem(reader: Reader, reads: boolean): FetchItem {
  const section = readSection(reader, false)
  const substring = readSubstring(reader)
  return octetsItem(`BODY${sectionName(section, substring)}`, reads, section, substring)
}

function octetsItem(name: Octets, reads: boolean, section: Section, substring: Substring | null): FetchItem {
  const read = sectionReader(section)
  return {
    name,
    reads,
    answer({ content }) {
      const octets = read(content)
      if (octets === null) return `${name} NIL`
      return `${name} ${octetsString(substring ? cut(octets, substring) : octets)}`
    },
  }
}

/** A literal whatever it holds, as all servers answer, but for nothing at all. */
const octetsString = (octets: Octets) => (octets === '' ? '""' : literal(octets))

/** RFC 3516 4.2: the octets without their transfer encoding; in a literal8 where there is a NUL among them. */
function binaryItem(reader: Reader, item: 'BINARY' | 'BINARY.PEEK' | 'BINARY.SIZE'): FetchItem {
  const section = readSection(reader, true)
  const size = item === 'BINARY.SIZE'
  const substring = size ? null : readSubstring(reader)
  const name = `${size ? item : 'BINARY'}${sectionName(section, substring)}`
  return {
    name,
    reads: item === 'BINARY',
    answer({ content }) {
      const decoded = content.model.binary(section.path)
      if (decoded === 'unknown-cte') return null
      if (size) return `${name} ${decoded?.length ?? 0}`
      if (decoded === null) return `${name} NIL`
      const octets = substring ? cut(decoded, substring) : decoded
      return `${name} ${octets.includes('\0') ? '~' : ''}${octetsString(octets)}`
    },
  }
}
