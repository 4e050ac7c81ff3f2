/**
 * Reads one response of a server, whole with its literals but without its last line end (RFC 3501 9, RFC 9051 9). What no
 * RFC that is known here describes is `unknown`, what is against the grammar `garbled`; nothing is thrown, for a client must
 * be ready for any response at any time (RFC 3501 2.2.2).
 */
import type { Octets } from '../../bytes/octets.ts'
import type { Code, Condition, Namespace, Response, SearchUpdate, Thread } from './data.ts'
import { fetchData } from './fetch-data.ts'
import { Garbled, Scanner } from './scanner.ts'

export function readResponse(text: Octets, utf8 = false): Response {
  const scanner = new Scanner(text, utf8)
  try {
    if (scanner.try('+')) {
      scanner.trySp()
      return { is: 'continue', text: scanner.rest }
    }
    if (scanner.try('* ')) return untagged(scanner)
    return tagged(scanner)
  } catch (trouble) {
    if (trouble instanceof Garbled) return { is: 'garbled', why: trouble.message, text }
    throw trouble
  }
}

function tagged(scanner: Scanner): Response {
  const tag = scanner.atom('a tag')
  scanner.sp()
  const condition = scanner.word('OK, NO or BAD')
  if (condition !== 'OK' && condition !== 'NO' && condition !== 'BAD') scanner.fail('OK, NO or BAD was expected')
  return { is: 'tagged', tag, condition, ...responseText(scanner) }
}

function untagged(scanner: Scanner): Response {
  if (/\d/.test(scanner.next)) return numbered(scanner, scanner.number())
  const keyword = scanner.word('a response')
  const reader = readers[keyword]
  if (!reader) return { is: 'unknown', keyword, text: scanner.rest.replace(/^ /, '') }
  const response = reader(scanner)
  if (response.is !== 'condition') scanner.end()
  return response
}

function numbered(scanner: Scanner, number: number): Response {
  scanner.sp()
  const keyword = scanner.word('a response')
  if (keyword === 'FETCH') {
    scanner.sp()
    const data = fetchData(scanner)
    scanner.end()
    return { is: 'fetch', number, data }
  }
  const is = counts[keyword]
  if (!is) return { is: 'unknown', keyword, text: scanner.rest.replace(/^ /, '') }
  scanner.end()
  return { is, number }
}

const counts: Readonly<Record<string, 'exists' | 'recent' | 'expunge'>> = {
  EXISTS: 'exists',
  RECENT: 'recent',
  EXPUNGE: 'expunge',
}

const condition = (name: Condition) => (scanner: Scanner) =>
  ({ is: 'condition', condition: name, ...responseText(scanner) }) as const

/** Words up to the end of the line. */
function words(scanner: Scanner): Octets[] {
  const found: Octets[] = []
  while (scanner.trySp() && !scanner.atEnd) found.push(scanner.astring())
  return found
}

/** Each begins behind its keyword. */
const readers: Readonly<Record<string, (scanner: Scanner) => Response>> = {
  OK: condition('OK'),
  NO: condition('NO'),
  BAD: condition('BAD'),
  BYE: condition('BYE'),
  PREAUTH: condition('PREAUTH'),
  CAPABILITY: (scanner) => ({ is: 'capability', names: words(scanner) }),
  ENABLED: (scanner) => ({ is: 'enabled', names: words(scanner) }),
  LIST: (scanner) => list(scanner, 'LIST'),
  LSUB: (scanner) => list(scanner, 'LSUB'),
  STATUS: status,
  FLAGS: (scanner) => {
    scanner.sp()
    return { is: 'flags', flags: scanner.flags() }
  },
  SEARCH: (scanner) => ({ is: 'search', ...searched(scanner) }),
  SORT: (scanner) => ({ is: 'sort', ...searched(scanner) }),
  THREAD: (scanner) => ({ is: 'thread', threads: threads(scanner) }),
  ESEARCH: extendedSearch,
  VANISHED: (scanner) => {
    scanner.sp()
    const earlier = scanner.next === '('
    if (earlier) {
      if (scanner.list(() => scanner.word()).join() !== 'EARLIER') scanner.fail('(EARLIER) was expected')
      scanner.sp()
    }
    return { is: 'vanished', earlier, uids: scanner.set() }
  },
  NAMESPACE: (scanner) => ({
    is: 'namespace',
    personal: namespaces(scanner),
    others: namespaces(scanner),
    shared: namespaces(scanner),
  }),
  ID: (scanner) => {
    scanner.sp()
    if (scanner.tryNil()) return { is: 'id', fields: [] }
    const field = (): readonly [Octets, Octets | null] => {
      const name = scanner.string('a field name')
      scanner.sp()
      return [name, scanner.nstring()]
    }
    return { is: 'id', fields: scanner.list(field) }
  },
  QUOTA: (scanner) => {
    scanner.sp()
    const root = scanner.astring()
    scanner.sp()
    const resource = () => {
      const name = scanner.word()
      scanner.sp()
      const used = scanner.number()
      scanner.sp()
      return { name, used, limit: scanner.number() }
    }
    return { is: 'quota', root, resources: scanner.list(resource) }
  },
  QUOTAROOT: (scanner) => {
    scanner.sp()
    return { is: 'quotaroot', name: scanner.mailbox(), roots: words(scanner) }
  },
  ACL: (scanner) => {
    scanner.sp()
    const name = scanner.mailbox()
    const entries: (readonly [Octets, Octets])[] = []
    while (scanner.trySp() && !scanner.atEnd) {
      const identifier = scanner.astring()
      scanner.sp()
      entries.push([identifier, scanner.astring()])
    }
    return { is: 'acl', name, entries }
  },
  LISTRIGHTS: (scanner) => {
    scanner.sp()
    const name = scanner.mailbox()
    const [identifier = '', always = '', ...optional] = words(scanner)
    return { is: 'listrights', name, identifier, always, optional }
  },
  MYRIGHTS: (scanner) => {
    scanner.sp()
    const name = scanner.mailbox()
    scanner.sp()
    return { is: 'myrights', name, rights: scanner.astring() }
  },
}

function list(scanner: Scanner, kind: 'LIST' | 'LSUB'): Response {
  scanner.sp()
  const attributes = scanner.flags()
  scanner.sp()
  const delimiter = scanner.nstring('a delimiter')
  scanner.sp()
  const name = scanner.mailbox()
  let childInfo: Octets[] = []
  let oldName: string | null = null
  // RFC 5258 6, mbox-list-extended: tagged extension data.
  if (scanner.trySp() && scanner.next === '(')
    scanner.list(() => {
      const tag = scanner.astring().toUpperCase()
      scanner.sp()
      if (tag === 'CHILDINFO') childInfo = scanner.list(() => scanner.astring())
      else if (tag === 'OLDNAME') oldName = scanner.list(() => scanner.mailbox())[0] ?? null
      else scanner.skip()
    })
  return { is: 'list', kind, attributes, delimiter, name, childInfo, oldName }
}

function status(scanner: Scanner): Response {
  scanner.sp()
  const name = scanner.mailbox()
  scanner.sp()
  const items: Record<string, number | null> = {}
  scanner.list(() => {
    const item = scanner.word()
    scanner.sp()
    if (scanner.next === '(') scanner.skip()
    else items[item] = scanner.numberOrNil()
  })
  return { is: 'status', name, items }
}

/** `2 5 (MODSEQ 917162500)`; RFC 7162 3.1.5. */
function searched(scanner: Scanner): { numbers: number[]; modseq: number | null } {
  const numbers: number[] = []
  while (scanner.trySp() && !scanner.atEnd) {
    if (scanner.try('(')) {
      if (scanner.word() !== 'MODSEQ') scanner.fail('MODSEQ was expected')
      scanner.sp()
      const modseq = scanner.number()
      scanner.take(')')
      return { numbers, modseq }
    }
    numbers.push(scanner.number())
  }
  return { numbers, modseq: null }
}

/** `(2)(3 6 (4 23)(44 7 96))`, without recursion: chains of answers are long. */
function threads(scanner: Scanner): Thread[] {
  type Open = (number | Open)[]
  const roots: Open = []
  const open: Open[] = [roots]
  while (!scanner.atEnd) {
    const inner = open[open.length - 1]!
    if (scanner.trySp()) continue
    if (scanner.try('(')) {
      const thread: Open = []
      inner.push(thread)
      open.push(thread)
    } else if (scanner.try(')')) {
      if (open.length === 1) scanner.fail('a thread ends that never began')
      open.pop()
    } else if (open.length > 1) inner.push(scanner.number())
    else scanner.fail('a thread was expected')
  }
  if (open.length > 1) scanner.fail('a thread does not end')
  return roots as Thread[]
}

/** RFC 4731 3.1, RFC 5267, RFC 7162 3.1.5. */
function extendedSearch(scanner: Scanner): Response {
  type Esearch = Extract<Response, { is: 'esearch' }>
  const updates: SearchUpdate[] = []
  const found: Esearch = {
    ...{ is: 'esearch', tag: null, byUid: false, min: null, max: null, count: null, all: null },
    ...{ modseq: null, partial: null, updates },
  }
  scanner.trySp()
  if (scanner.next === '(')
    scanner.list(() => {
      const name = scanner.word()
      scanner.sp()
      const value = scanner.astring()
      if (name === 'TAG') found.tag = value
    })
  while (scanner.trySp() && !scanner.atEnd) {
    const name = scanner.word()
    if (name === 'UID') {
      found.byUid = true
      continue
    }
    scanner.sp()
    if (name === 'MIN') found.min = scanner.number()
    else if (name === 'MAX') found.max = scanner.number()
    else if (name === 'COUNT') found.count = scanner.number()
    else if (name === 'MODSEQ') found.modseq = scanner.number()
    else if (name === 'ALL') found.all = scanner.set()
    else if (name === 'PARTIAL') found.partial = partial(scanner)
    else if (name === 'ADDTO' || name === 'REMOVEFROM') {
      // RFC 5267 4.3.3: one pair of position and set after the other.
      const pairs = scanner.list(() => scanner.set())
      for (let at = 0; at + 1 < pairs.length; at += 2)
        updates.push({ what: name, position: pairs[at]![0]?.[0] ?? 0, set: pairs[at + 1]! })
    } else scanner.skip()
  }
  return found
}

function partial(scanner: Scanner): { range: readonly [number, number]; set: readonly (readonly [number, number])[] } {
  scanner.take('(')
  const range = scanner.set()[0] ?? scanner.fail('a range was expected')
  scanner.sp()
  const set = scanner.tryNil() ? [] : scanner.set()
  scanner.take(')')
  return { range, set }
}

function namespaces(scanner: Scanner): Namespace[] {
  scanner.sp()
  if (scanner.tryNil()) return []
  return scanner.list(() => {
    scanner.take('(')
    const prefix = scanner.mailbox()
    scanner.sp()
    const delimiter = scanner.nstring()
    while (scanner.trySp()) scanner.skip()
    scanner.take(')')
    return { prefix, delimiter }
  })
}

function responseText(scanner: Scanner): { code: Code | null; text: Octets } {
  scanner.trySp()
  if (scanner.next !== '[') return { code: null, text: scanner.rest }
  // A quoted string may hold the bracket.
  const inBrackets = scanner.match(/\[(?:[^\]"\r\n]|"(?:[^"\\\r\n]|\\.)*")*\]/y)
  if (inBrackets === null) return { code: null, text: scanner.rest }
  scanner.trySp()
  return { code: readCode(inBrackets.slice(1, -1)), text: scanner.rest }
}

/** A code that is against its own grammar is kept as words: it must not cost the response that it came with. */
function readCode(text: Octets): Code {
  const [, name = '', parameters = ''] = /^([^ ]*) ?(.*)$/s.exec(text) ?? []
  const known = codes[name.toUpperCase()]
  try {
    if (known) return known(new Scanner(parameters, false))
  } catch (trouble) {
    if (!(trouble instanceof Garbled)) throw trouble
  }
  return { code: 'other', name: name.toUpperCase(), text: parameters }
}

const numberCode = (code: 'UIDNEXT' | 'UIDVALIDITY' | 'UNSEEN' | 'HIGHESTMODSEQ') => (scanner: Scanner) =>
  ({ code, number: scanner.number() }) as const

const codes: Readonly<Record<string, (scanner: Scanner) => Code>> = {
  CAPABILITY: (scanner) => ({ code: 'CAPABILITY', names: scanner.rest.split(' ').filter((name) => name !== '') }),
  PERMANENTFLAGS: (scanner) => ({ code: 'PERMANENTFLAGS', flags: scanner.flags() }),
  BADCHARSET: (scanner) => ({
    code: 'BADCHARSET',
    charsets: scanner.atEnd ? [] : scanner.list(() => scanner.astring()),
  }),
  UIDNEXT: numberCode('UIDNEXT'),
  UIDVALIDITY: numberCode('UIDVALIDITY'),
  UNSEEN: numberCode('UNSEEN'),
  HIGHESTMODSEQ: numberCode('HIGHESTMODSEQ'),
  APPENDUID: (scanner) => {
    const uidValidity = scanner.number()
    scanner.sp()
    return { code: 'APPENDUID', uidValidity, uids: scanner.set() }
  },
  COPYUID: (scanner) => {
    const uidValidity = scanner.number()
    scanner.sp()
    const from = scanner.set()
    scanner.sp()
    return { code: 'COPYUID', uidValidity, from, to: scanner.set() }
  },
  MODIFIED: (scanner) => ({ code: 'MODIFIED', set: scanner.set() }),
}
