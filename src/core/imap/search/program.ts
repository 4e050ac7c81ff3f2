/**
 * The search program (RFC 3501 6.4.4, RFC 9051 6.4.4; WITHIN, RFC 5032; MODSEQ, RFC 7162 3.1.5) as plain data, so that a
 * search that is kept up to date can be done again at any time. What depends on the moment at which the command came is
 * settled here: numbers of messages and `$` become UIDs (RFC 5267 4.3), strings come out of their charset.
 */
import type { Octets } from '../../bytes/octets.ts'
import { daysSince1970, MONTHS } from '../../message/date.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import { daysIn } from '../wire/date-time.ts'
import type { Reader } from '../wire/reader.ts'
import { settled } from '../wire/sequence-set.ts'

/** Pairs of UIDs; Infinity is `*`, whatever the last UID is when the search is done. */
type Ranges = readonly (readonly [number, number])[]

/** Texts are folded: case does not count. Days are counted from 1 January 1970. */
export type Key =
  | { is: 'all' }
  | { is: 'flag'; flag: string; set: boolean }
  | { is: 'recent'; set: boolean }
  | { is: 'larger' | 'smaller'; octets: number }
  | { is: 'uids'; ranges: Ranges }
  | { is: 'arrived' | 'sent'; how: 'before' | 'on' | 'since'; day: number }
  | { is: 'younger' | 'older'; seconds: number }
  | { is: 'modseq'; since: number }
  | { is: 'addresses'; field: string; text: string }
  | { is: 'header'; field: string; text: string }
  | { is: 'subject' | 'body' | 'text'; text: string }
  | { is: 'not'; key: Key }
  | { is: 'or'; one: Key; other: Key }
  | { is: 'and'; keys: readonly Key[] }

/** What there is when the command comes. */
export interface Present {
  /** UIDs in the order of their numbers, and those of `$` (RFC 5182). */
  uids: readonly number[]
  saved: readonly number[]
  /** The text of a string in the charset of the command. */
  text(octets: Octets): string
  offers(capability: string): boolean
}

export interface Program {
  key: Key
  /** It asks for modification sequences: the answer tells one. */
  modseq: boolean
}

/** Keys within keys, and keys in all. */
const DEEPEST = 100
const MOST_KEYS = 10_000

const FLAGS: ReadonlyMap<string, readonly [flag: string, set: boolean]> = new Map([
  ['ANSWERED', ['\\Answered', true]],
  ['DELETED', ['\\Deleted', true]],
  ['DRAFT', ['\\Draft', true]],
  ['FLAGGED', ['\\Flagged', true]],
  ['SEEN', ['\\Seen', true]],
  ['UNANSWERED', ['\\Answered', false]],
  ['UNDELETED', ['\\Deleted', false]],
  ['UNDRAFT', ['\\Draft', false]],
  ['UNFLAGGED', ['\\Flagged', false]],
  ['UNSEEN', ['\\Seen', false]],
])
const DATE = /(\d{1,2})-([A-Za-z]{3})-(\d{4})/y

/** To the end of the command. */
export function readProgram(reader: Reader, present: Present): Program {
  return new ProgramReader(reader, present).program()
}

class ProgramReader {
  private readonly reader: Reader
  private readonly present: Present
  private keys = 0
  private modseq = false

  constructor(reader: Reader, present: Present) {
    this.reader = reader
    this.present = present
  }

  program(): Program {
    const key = this.list(0)
    this.reader.end()
    return { key, modseq: this.modseq }
  }

  /** All of them must hold. */
  private list(depth: number): Key {
    const keys = [this.key(depth)]
    while (this.reader.trySp()) keys.push(this.key(depth))
    return keys.length === 1 ? keys[0]! : { is: 'and', keys }
  }

  private key(depth: number): Key {
    const { reader } = this
    if (depth > DEEPEST || ++this.keys > MOST_KEYS) reader.fail('the search is too deep, or has too many keys')
    if (reader.try('(')) {
      const key = this.list(depth + 1)
      reader.take(')')
      return key
    }
    if (/[\d*$]/.test(reader.next)) return { is: 'uids', ranges: this.numbers() }
    return this.named(reader.word('a search key'), depth)
  }

  private named(name: string, depth: number): Key {
    const { reader } = this
    const flag = FLAGS.get(name)
    if (flag) return { is: 'flag', flag: flag[0], set: flag[1] }
    switch (name) {
      case 'ALL':
        return { is: 'all' }
      case 'RECENT':
      case 'OLD':
        return { is: 'recent', set: name === 'RECENT' }
      case 'NEW':
        return {
          is: 'and',
          keys: [
            { is: 'recent', set: true },
            { is: 'flag', flag: '\\Seen', set: false },
          ],
        }
      case 'KEYWORD':
      case 'UNKEYWORD':
        reader.sp()
        return { is: 'flag', flag: reader.atom('a keyword'), set: name === 'KEYWORD' }
      case 'NOT':
        reader.sp()
        return { is: 'not', key: this.key(depth + 1) }
      case 'OR': {
        reader.sp()
        const one = this.key(depth + 1)
        reader.sp()
        return { is: 'or', one, other: this.key(depth + 1) }
      }
      case 'LARGER':
      case 'SMALLER':
        reader.sp()
        return { is: name === 'LARGER' ? 'larger' : 'smaller', octets: reader.number('a number of octets') }
      case 'UID':
        reader.sp()
        return { is: 'uids', ranges: this.uids() }
      case 'BCC':
      case 'CC':
      case 'FROM':
      case 'TO':
        return { is: 'addresses', field: name.toLowerCase(), text: this.text() }
      case 'SUBJECT':
        return { is: 'subject', text: this.text() }
      case 'BODY':
        return { is: 'body', text: this.text() }
      case 'TEXT':
        return { is: 'text', text: this.text() }
      case 'HEADER': {
        reader.sp()
        const field = caseFolded(reader.astring('the name of a header field'))
        return { is: 'header', field, text: this.text() }
      }
      case 'BEFORE':
      case 'SENTBEFORE':
        return this.date(name, 'before')
      case 'ON':
      case 'SENTON':
        return this.date(name, 'on')
      case 'SINCE':
      case 'SENTSINCE':
        return this.date(name, 'since')
      case 'YOUNGER':
      case 'OLDER': {
        this.needs(name, 'WITHIN')
        reader.sp()
        const seconds = reader.number('a number of seconds')
        if (seconds === 0) reader.fail('a number of seconds from 1 was expected')
        return { is: name === 'YOUNGER' ? 'younger' : 'older', seconds }
      }
      case 'MODSEQ':
        this.needs(name, 'CONDSTORE')
        return this.since()
      default:
        return reader.fail(`there is no search key ${name}`)
    }
  }

  private needs(name: string, capability: string): void {
    if (!this.present.offers(capability)) this.reader.fail(`${name} needs the capability ${capability}`)
  }

  private text(): string {
    this.reader.sp()
    return caseFolded(this.present.text(this.reader.astring('a text')))
  }

  /**
   * Numbers of messages, as UIDs. A number that no message has finds none: a search asks what there is, and so other servers
   * have it, although RFC 3501 9 would have BAD for it.
   */
  private numbers(): Ranges {
    const set = this.reader.sequenceSet()
    if (set === 'saved') return this.savedUids()
    const { uids } = this.present
    const ranges: [number, number][] = []
    for (const [from, to] of settled(set.ranges, uids.length)) {
      const first = uids[Math.max(from, 1) - 1]
      if (first !== undefined) ranges.push([first, uids[Math.min(to, uids.length) - 1]!])
    }
    return ranges
  }

  private uids(): Ranges {
    const set = this.reader.sequenceSet()
    return set === 'saved' ? this.savedUids() : set.ranges
  }

  private savedUids(): Ranges {
    this.needs('$', 'SEARCHRES')
    return settled(
      this.present.saved.map((uid) => [uid, uid]),
      0,
    )
  }

  private date(name: string, how: 'before' | 'on' | 'since'): Key {
    this.reader.sp()
    return { is: name.startsWith('SENT') ? 'sent' : 'arrived', how, day: readDay(this.reader) }
  }

  /** RFC 7162 3.1.5: which of a message's flags changed is not kept apart here, so that its entry names count for nothing. */
  private since(): Key {
    const { reader } = this
    reader.sp()
    if (reader.next === '"') {
      reader.string('the name of an entry')
      reader.sp()
      if (!/^(?:PRIV|SHARED|ALL)$/.test(reader.word('priv, shared or all')))
        reader.fail('priv, shared or all was expected')
      reader.sp()
    }
    this.modseq = true
    return { is: 'modseq', since: reader.number('a modification sequence') }
  }
}

/** RFC 3501 9, `date`: `1-Feb-1994`, quoted or not. */
function readDay(reader: Reader): number {
  const quoted = reader.try('"')
  const text = reader.match(DATE) ?? reader.fail('a date was expected, as 1-Feb-1994')
  if (quoted) reader.take('"')
  const [day, name, year] = text.split('-') as [string, string, string]
  const month = MONTHS.findIndex((other) => other.toLowerCase() === name.toLowerCase())
  if (month < 0 || Number(day) < 1 || Number(day) > daysIn(Number(year), month)) reader.fail(`${text} is no date`)
  return daysSince1970(Number(year), month + 1, Number(day))
}
