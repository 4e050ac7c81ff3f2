/**
 * The search program (RFC 3501 6.4.4, RFC 9051 6.4.4; WITHIN, RFC 5032; MODSEQ, RFC 7162 3.1.5), read into a test for one
 * message after another. Of keys that must all hold the cheap ones are asked first.
 */
import type { Octets } from '../../bytes/octets.ts'
import { daysSince1970, MONTHS } from '../../message/date.ts'
import { caseFolded } from '../../message/mime/search-text.ts'
import type { ImapMessage } from '../backend.ts'
import { daysIn } from '../wire/date-time.ts'
import type { Reader } from '../wire/reader.ts'
import type { SequenceSet } from '../wire/sequence-set.ts'
import { foldedField, foldedText, holdsFolded } from './text.ts'

/** What a search knows beside the messages. */
export interface Scene {
  /** Milliseconds since 1970 UTC, and the minutes that the host's zone is east of it. */
  now: number
  zoneMinutes: number
  isRecent(uid: number): boolean
  /** UIDs of a set; null where a number of it is none. */
  uidsOf(set: SequenceSet, byUid: boolean): readonly number[] | null
  /** Text of a string in the charset of the command. */
  text(octets: Octets): string
  offers(capability: string): boolean
}

export type Test = (message: ImapMessage) => boolean

/** A test and what it costs: a flag 0, a kept field 2, a text 9. */
interface Weighed {
  test: Test
  cost: number
}

export interface Program {
  test: Test
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
const FIELDS: ReadonlySet<string> = new Set(['BCC', 'CC', 'FROM', 'SUBJECT', 'TO'])
const DATES: ReadonlySet<string> = new Set(['BEFORE', 'ON', 'SINCE', 'SENTBEFORE', 'SENTON', 'SENTSINCE'])
const DATE = /(\d{1,2})-([A-Za-z]{3})-(\d{4})/y
const DAY = 86_400_000

export function readProgram(reader: Reader, scene: Scene): Program {
  return new ProgramReader(reader, scene).program()
}

class ProgramReader {
  private readonly reader: Reader
  private readonly scene: Scene
  private keys = 0
  private modseq = false

  constructor(reader: Reader, scene: Scene) {
    this.reader = reader
    this.scene = scene
  }

  program(): Program {
    const keys = [this.key(0)]
    while (this.reader.trySp()) keys.push(this.key(0))
    this.reader.end()
    return { test: all(keys).test, modseq: this.modseq }
  }

  private key(depth: number): Weighed {
    const { reader } = this
    if (depth > DEEPEST || ++this.keys > MOST_KEYS) reader.fail('the search is too deep, or has too many keys')
    if (reader.try('(')) {
      const keys = [this.key(depth + 1)]
      while (reader.trySp()) keys.push(this.key(depth + 1))
      reader.take(')')
      return all(keys)
    }
    if (/[\d*$]/.test(reader.next)) return this.set(false)
    return this.named(reader.word('a search key'), depth)
  }

  private named(name: string, depth: number): Weighed {
    const { reader, scene } = this
    const flag = FLAGS.get(name)
    if (flag) return hasFlag(flag[0], flag[1])
    if (FIELDS.has(name)) return this.field(name.toLowerCase(), this.string())
    if (DATES.has(name)) return this.date(name)
    switch (name) {
      case 'ALL':
        return { test: () => true, cost: 0 }
      case 'RECENT':
        return { test: ({ uid }) => scene.isRecent(uid), cost: 0 }
      case 'OLD':
        return { test: ({ uid }) => !scene.isRecent(uid), cost: 0 }
      case 'NEW':
        return all([{ test: ({ uid }) => scene.isRecent(uid), cost: 0 }, hasFlag('\\Seen', false)])
      case 'KEYWORD':
      case 'UNKEYWORD': {
        reader.sp()
        return hasFlag(reader.atom('a keyword'), name === 'KEYWORD')
      }
      case 'NOT': {
        reader.sp()
        const { test, cost } = this.key(depth + 1)
        return { test: (message) => !test(message), cost }
      }
      case 'OR': {
        reader.sp()
        const one = this.key(depth + 1)
        reader.sp()
        const other = this.key(depth + 1)
        const [first, second] = one.cost <= other.cost ? [one, other] : [other, one]
        return { test: (message) => first.test(message) || second.test(message), cost: one.cost + other.cost }
      }
      case 'LARGER':
      case 'SMALLER': {
        reader.sp()
        const size = reader.number('a number of octets')
        const larger = name === 'LARGER'
        return { test: ({ content }) => (larger ? content.size > size : content.size < size), cost: 0 }
      }
      case 'UID':
        reader.sp()
        return this.set(true)
      case 'BODY': {
        const text = this.string()
        return { test: ({ content }) => foldedText(content).body.includes(text), cost: 9 }
      }
      case 'TEXT': {
        const text = this.string()
        return { test: ({ content }) => holdsFolded(content, text), cost: 10 }
      }
      case 'HEADER': {
        reader.sp()
        const field = reader.astring('the name of a header field').toLowerCase()
        return this.field(field, this.string())
      }
      case 'YOUNGER':
      case 'OLDER':
        return this.within(name)
      case 'MODSEQ':
        return this.since()
      default:
        return reader.fail(`there is no search key ${name}`)
    }
  }

  private string(): string {
    this.reader.sp()
    return caseFolded(this.scene.text(this.reader.astring('a text')))
  }

  /** An empty text asks whether there is such a field at all. */
  private field(lowerName: string, text: string): Weighed {
    return { test: ({ content }) => foldedField(content, lowerName)?.includes(text) ?? false, cost: 3 }
  }

  private set(byUid: boolean): Weighed {
    const { reader, scene } = this
    const set = reader.sequenceSet()
    const uids = scene.uidsOf(set, byUid) ?? reader.fail('there is no message of that number')
    const named = new Set(uids)
    return { test: ({ uid }) => named.has(uid), cost: 1 }
  }

  /** Days as they are written, whatever the zone: of the arrival by the host's clock, of the sending as the sender wrote it. */
  private date(name: string): Weighed {
    const { reader, scene } = this
    reader.sp()
    const day = readDay(reader)
    const holds = (other: number) =>
      name.endsWith('BEFORE') ? other < day : name.endsWith('ON') ? other === day : other >= day
    if (name.startsWith('SENT')) return { test: ({ content }) => holds(content.keep('sent day', sentDay)), cost: 2 }
    const offset = scene.zoneMinutes * 60_000
    return { test: ({ internalDate }) => holds(Math.floor((internalDate + offset) / DAY)), cost: 0 }
  }

  /** RFC 5032 3. */
  private within(name: string): Weighed {
    const { reader, scene } = this
    if (!scene.offers('WITHIN')) reader.fail(`${name} needs the capability WITHIN`)
    reader.sp()
    const seconds = reader.number('a number of seconds')
    if (seconds === 0) reader.fail('a number of seconds from 1 was expected')
    const moment = scene.now - seconds * 1000
    const younger = name === 'YOUNGER'
    return { test: ({ internalDate }) => (younger ? internalDate >= moment : internalDate <= moment), cost: 0 }
  }

  /** RFC 7162 3.1.5: which of a message's flags changed is not kept apart here, so that its entry names count for nothing. */
  private since(): Weighed {
    const { reader, scene } = this
    if (!scene.offers('CONDSTORE')) reader.fail('MODSEQ needs the capability CONDSTORE')
    reader.sp()
    if (reader.next === '"') {
      reader.string('the name of an entry')
      reader.sp()
      const kind = reader.word('priv, shared or all')
      if (kind !== 'PRIV' && kind !== 'SHARED' && kind !== 'ALL') reader.fail('priv, shared or all was expected')
      reader.sp()
    }
    const since = reader.number('a modification sequence')
    this.modseq = true
    return { test: ({ modseq }) => modseq >= since, cost: 0 }
  }
}

function all(keys: readonly Weighed[]): Weighed {
  if (keys.length === 1) return keys[0]!
  const tests = keys.toSorted((a, b) => a.cost - b.cost).map(({ test }) => test)
  const [first, second] = tests
  return {
    test:
      tests.length === 2
        ? (message) => first!(message) && second!(message)
        : (message) => tests.every((test) => test(message)),
    cost: keys.reduce((sum, { cost }) => sum + cost, 0),
  }
}

/** Keywords are the same whatever their case. */
function hasFlag(flag: string, set: boolean): Weighed {
  const wanted = flag.toLowerCase()
  // A mailbox shares the few sets of flags that there are among its messages.
  const known = new Map<readonly string[], boolean>()
  return {
    test({ flags }) {
      let found = known.get(flags)
      if (found === undefined) known.set(flags, (found = flags.some((other) => other.toLowerCase() === wanted) === set))
      return found
    },
    cost: 0,
  }
}

/** Days since 1970; of a message that does not say when it was sent, none that any search means. */
const sentDay = ({
  sortKeys: { date },
}: {
  sortKeys: { date: { year: number; month: number; day: number } | null }
}) => (date === null ? NaN : daysSince1970(date.year, date.month, date.day))

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
