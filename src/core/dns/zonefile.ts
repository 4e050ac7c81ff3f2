/**
 * Records as a zone file writes them (RFC 1035 section 5), a line each: `@ MX 10 mx1`, `mx1 300 A 192.0.2.10`.
 * Worlds are written in this form, and what a look-up found is shown in it.
 */
import type { Octets } from '../bytes/octets.ts'
import { harmless, utf8Octets } from '../bytes/utf8.ts'
import type { Ipv4 } from '../terms.ts'
import { addressOctets } from './address.ts'
import { escapeOctets, isAbsolute, isWithin, normalName, readCharacter } from './names.ts'
import type { RecordType, ResourceRecord } from './records.ts'

type Token = { text: string; quoted: boolean }

/** The parts of a record, each of which may be wrong by itself, as an error names them. */
const WORDS = {
  line: 'a record',
  name: 'a name',
  type: 'a record type',
  ttl: 'a time to live',
  address: 'an IPv4 address',
  server: 'a name',
  target: 'a name',
  preference: 'a preference',
  exchange: 'a name',
  priority: 'a priority',
  weight: 'a weight',
  port: 'a port',
  texts: 'a text',
  primary: 'a name',
  mailbox: 'a name',
  serial: 'a serial number',
  refresh: 'a refresh interval',
  retry: 'a retry interval',
  expire: 'an expiry',
  minimum: 'a minimum',
} as const

export type Field = keyof typeof WORDS

const WHYS = {
  open: 'a quote is open, or a backslash stands before nothing',
  blank: 'a record begins with its name, not with a blank',
  missing: '{what} is missing',
  name: 'not a domain name: {text}',
  address: 'not an IPv4 address: {text}',
  number: '{what} is a number from 0 to {most}, not: {text}',
  type: 'not a record type: {text}',
  escape: 'a backslash before what it does not go with: {text}',
  long: 'a text has more than 255 octets; write it as several, each in its quotes',
  more: 'too much in this line: {text}',
  directive: 'of the lines that begin with a dollar, only $ORIGIN and $TTL are known here: {text}',
  many: 'a zone has no more than {most} lines here',
  outside: '{text}. is not in the zone {zone}.',
} as const

/** Where a record is wrong, and why: a page says it in its own language. */
export interface Wrong {
  field: Field
  why: keyof typeof WHYS
  /** What stands there, harmless. */
  text: string
  /** The largest number that may. */
  most: number
}

export type ZoneFileError = { error: string; wrong: Wrong }

/** What makes up the data of each type, in this order. */
export const DATA_FIELDS: Readonly<Record<RecordType, readonly Field[]>> = {
  A: ['address'],
  NS: ['server'],
  CNAME: ['target'],
  MX: ['preference', 'exchange'],
  TXT: ['texts'],
  PTR: ['target'],
  SRV: ['priority', 'weight', 'port', 'target'],
  SOA: ['primary', 'mailbox', 'serial', 'refresh', 'retry', 'expire', 'minimum'],
}

/** Blanks, then one of: a quoted text, a word, a bracket (which changes nothing within one line), a comment. */
const TOKEN = /[ \t]*(?:"((?:\\.|[^"\\])*)"|((?:\\.|[^ \t"();\\])+)|[()]|;.*|$)/uy

const LARGEST_TTL = 2 ** 31 - 1
const LARGEST_16 = 2 ** 16 - 1
const LARGEST_32 = 2 ** 32 - 1

/** `origin` ends the names that have no final dot, `ttl` is for lines that give none; the record stands `within` a zone. */
export function parseRecord(
  line: string,
  origin: string,
  ttl: number,
  within = origin,
): ResourceRecord | ZoneFileError {
  const zone = normalName(origin)
  const whole = normalName(within)
  if (zone === null || whole === null) return wrong({ field: 'name', why: 'name', text: harmless(origin), most: 0 }, '')
  const failed = (why: keyof typeof WHYS) => wrong({ field: 'line', why, text: '', most: 0 }, whole)
  const tokens = tokensOf(line)
  if (tokens === null) return failed('open')
  if (/^[ \t]/.test(line)) return failed('blank')
  const fields = new Fields(tokens, zone)
  const name = fields.name('name')
  const seconds = fields.ttlAndClass() ?? ttl
  const record = parseData(fields, name, seconds)
  if (record !== null) fields.end()
  if (record !== null && fields.wrong === null && !isWithin(name, whole)) fields.fail('name', 'outside', name)
  if (fields.wrong !== null) return wrong(fields.wrong, whole)
  return record ?? failed('missing')
}

/** The words of a line: names, numbers, texts in their quotes. Null where a quote is open. */
function tokensOf(line: string): Token[] | null {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < line.length) {
    const match = TOKEN.exec(line)
    if (match === null) return null
    const [, quoted, word] = match
    if (quoted !== undefined) tokens.push({ text: quoted, quoted: true })
    else if (word !== undefined) tokens.push({ text: word, quoted: false })
  }
  return tokens
}

function wrong(what: Wrong, zone: string): ZoneFileError {
  const values: Readonly<Record<string, string | number>> = { ...what, what: WORDS[what.field], zone }
  return { error: WHYS[what.why].replace(/\{(\w+)\}/g, (_, key: string) => String(values[key])), wrong: what }
}

/** Null where the type is not one of ours. */
function parseData(fields: Fields, name: string, ttl: number): ResourceRecord | null {
  const type = fields.word('type').toUpperCase() as RecordType
  switch (type) {
    case 'A':
      return { name, ttl, type, address: fields.address() }
    case 'NS':
      return { name, ttl, type, server: fields.name('server') }
    case 'CNAME':
    case 'PTR':
      return { name, ttl, type, target: fields.name('target') }
    case 'MX':
      return {
        name,
        ttl,
        type,
        preference: fields.number('preference', LARGEST_16),
        exchange: fields.name('exchange'),
      }
    case 'TXT':
      return { name, ttl, type, texts: fields.texts() }
    case 'SRV':
      return {
        name,
        ttl,
        type,
        priority: fields.number('priority', LARGEST_16),
        weight: fields.number('weight', LARGEST_16),
        port: fields.number('port', LARGEST_16),
        target: fields.name('target'),
      }
    case 'SOA':
      return {
        name,
        ttl,
        type,
        primary: fields.name('primary'),
        mailbox: fields.name('mailbox'),
        serial: fields.number('serial', LARGEST_32),
        refresh: fields.number('refresh', LARGEST_32),
        retry: fields.number('retry', LARGEST_32),
        expire: fields.number('expire', LARGEST_32),
        minimum: fields.number('minimum', LARGEST_32),
      }
    default:
      fields.fail('type', 'type', type)
      return null
  }
}

/** The fields of a line, taken one by one; the first thing that is wrong stays in `wrong`. */
class Fields {
  wrong: Wrong | null = null
  readonly #tokens: readonly Token[]
  readonly #origin: string
  #at = 0

  constructor(tokens: readonly Token[], origin: string) {
    this.#tokens = tokens
    this.#origin = origin
  }

  fail(field: Field, why: Wrong['why'], text = '', most = 0): void {
    this.wrong ??= { field, why, text: harmless(text), most }
  }

  word(field: Field): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined || token.quoted) this.fail(field, 'missing')
    return token?.text ?? ''
  }

  /** `@` is the origin, and what has no final dot stands under it. */
  name(field: Field): string {
    const text = this.word(field)
    if (text === '@') return this.#origin
    const absolute = isAbsolute(text) ? text : `${text}.${this.#origin}`
    const name = normalName(absolute)
    if (name === null) this.fail(field, 'name', text)
    return name ?? ''
  }

  /** A time to live and `IN` may stand in either order, or not at all. */
  ttlAndClass(): number | null {
    let ttl: number | null = null
    for (let k = 0; k < 2; k++) {
      const text = this.#tokens[this.#at]?.text ?? ''
      if (ttl === null && /^\d/.test(text)) ttl = this.number('ttl', LARGEST_TTL)
      else if (text.toUpperCase() === 'IN') this.#at++
    }
    return ttl
  }

  number(field: Field, most: number): number {
    const text = this.word(field)
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Infinity
    if (number > most) this.fail(field, 'number', text, most)
    return number
  }

  address(): Ipv4 {
    const text = this.word('address')
    if (addressOctets(text) === null) this.fail('address', 'address', text)
    return text
  }

  texts(): Octets[] {
    const texts = this.#tokens.slice(this.#at).map((token) => this.#octets(token.text))
    this.#at = this.#tokens.length
    if (texts.length === 0) this.fail('texts', 'missing')
    return texts
  }

  end(): void {
    const token = this.#tokens[this.#at]
    if (token !== undefined) this.fail('line', 'more', token.text)
  }

  #octets(text: string): Octets {
    const written = utf8Octets(text)
    let octets = ''
    for (let at = 0; at < written.length;) {
      const [octet, next] = written[at] === '\\' ? readCharacter(written, at) : [written.charCodeAt(at), at + 1]
      if (octet < 0) this.fail('texts', 'escape', text)
      octets += String.fromCharCode(octet & 255)
      at = next
    }
    if (octets.length > 255) this.fail('texts', 'long')
    return octets
  }
}

/** A record in full, as `parseRecord` reads it: `rennes.example. 3600 IN MX 10 mx1.rennes.example.` */
export function recordText(record: ResourceRecord): string {
  return `${record.name}. ${record.ttl} IN ${record.type} ${dataText(record)}`
}

/** What stands behind the type. */
export function dataText(record: ResourceRecord): string {
  switch (record.type) {
    case 'A':
      return record.address
    case 'NS':
      return `${record.server}.`
    case 'CNAME':
    case 'PTR':
      return `${record.target}.`
    case 'MX':
      return `${record.preference} ${record.exchange}.`
    case 'TXT':
      return record.texts.map((text) => `"${escapeOctets(text, /[^ !#-[\]-~]/g)}"`).join(' ')
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}.`
    case 'SOA': {
      const { primary, mailbox, serial, refresh, retry, expire, minimum } = record
      return `${primary}. ${mailbox}. ${serial} ${refresh} ${retry} ${expire} ${minimum}`
    }
  }
}
