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
export type ZoneFileError = { error: string }

/** Blanks, then one of: a quoted text, a word, a bracket (which changes nothing within one line), a comment. */
const TOKEN = /[ \t]*(?:"((?:\\.|[^"\\])*)"|((?:\\.|[^ \t"();\\])+)|[()]|;.*|$)/uy

const LARGEST_TTL = 2 ** 31 - 1
const LARGEST_16 = 2 ** 16 - 1
const LARGEST_32 = 2 ** 32 - 1

/** `origin` ends the names that have no final dot, `ttl` is for lines that give none. */
export function parseRecord(line: string, origin: string, ttl: number): ResourceRecord | ZoneFileError {
  const tokens = tokensOf(line)
  if (tokens === null) return { error: 'a quote is open, or a backslash stands before nothing' }
  if (/^[ \t]/.test(line)) return { error: 'a record begins with its name, not with a blank' }
  const zone = normalName(origin)
  if (zone === null) return { error: `not a domain name: ${harmless(origin)}` }
  const fields = new Fields(tokens, zone)
  const name = fields.name()
  const seconds = fields.ttlAndClass() ?? ttl
  const record = parseData(fields, name, seconds)
  if (record === null) return { error: fields.error ?? 'no record type' }
  fields.end()
  if (fields.error !== null) return { error: fields.error }
  if (!isWithin(name, zone)) return { error: `${name}. is not in the zone ${zone}.` }
  return record
}

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

/** Null where the type is not one of ours. */
function parseData(fields: Fields, name: string, ttl: number): ResourceRecord | null {
  const type = fields.word('a record type').toUpperCase() as RecordType
  switch (type) {
    case 'A':
      return { name, ttl, type, address: fields.address() }
    case 'NS':
      return { name, ttl, type, server: fields.name() }
    case 'CNAME':
    case 'PTR':
      return { name, ttl, type, target: fields.name() }
    case 'MX':
      return { name, ttl, type, preference: fields.number('a preference', LARGEST_16), exchange: fields.name() }
    case 'TXT':
      return { name, ttl, type, texts: fields.texts() }
    case 'SOA':
      return {
        name,
        ttl,
        type,
        primary: fields.name(),
        mailbox: fields.name(),
        serial: fields.number('a serial number', LARGEST_32),
        refresh: fields.number('a refresh interval', LARGEST_32),
        retry: fields.number('a retry interval', LARGEST_32),
        expire: fields.number('an expiry', LARGEST_32),
        minimum: fields.number('a minimum', LARGEST_32),
      }
    default:
      fields.fail(`not a record type: ${harmless(type)}`)
      return null
  }
}

/** The fields of a line, taken one by one; the first thing that is wrong stays in `error`. */
class Fields {
  error: string | null = null
  readonly #tokens: readonly Token[]
  readonly #origin: string
  #at = 0

  constructor(tokens: readonly Token[], origin: string) {
    this.#tokens = tokens
    this.#origin = origin
  }

  fail(error: string): void {
    this.error ??= error
  }

  word(what: string): string {
    const token = this.#tokens[this.#at++]
    if (token === undefined || token.quoted) this.fail(`${what} is missing`)
    return token?.text ?? ''
  }

  /** `@` is the origin, and what has no final dot stands under it. */
  name(): string {
    const text = this.word('a name')
    if (text === '@') return this.#origin
    const absolute = isAbsolute(text) ? text : `${text}.${this.#origin}`
    const name = normalName(absolute)
    if (name === null) this.fail(`not a domain name: ${harmless(text)}`)
    return name ?? ''
  }

  /** A time to live and `IN` may stand in either order, or not at all. */
  ttlAndClass(): number | null {
    let ttl: number | null = null
    for (let k = 0; k < 2; k++) {
      const text = this.#tokens[this.#at]?.text ?? ''
      if (ttl === null && /^\d/.test(text)) ttl = this.number('a time to live', LARGEST_TTL)
      else if (text.toUpperCase() === 'IN') this.#at++
    }
    return ttl
  }

  number(what: string, largest: number): number {
    const text = this.word(what)
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Infinity
    if (number > largest) this.fail(`${what} is a number from 0 to ${largest}, not: ${harmless(text)}`)
    return number
  }

  address(): Ipv4 {
    const text = this.word('an IPv4 address')
    if (addressOctets(text) === null) this.fail(`not an IPv4 address: ${harmless(text)}`)
    return text
  }

  texts(): Octets[] {
    const texts = this.#tokens.slice(this.#at).map((token) => this.#octets(token.text))
    this.#at = this.#tokens.length
    if (texts.length === 0) this.fail('a text is missing')
    return texts
  }

  end(): void {
    const token = this.#tokens[this.#at]
    if (token !== undefined) this.fail(`too much in this line: ${harmless(token.text)}`)
  }

  #octets(text: string): Octets {
    const written = utf8Octets(text)
    let octets = ''
    for (let at = 0; at < written.length;) {
      const [octet, next] = written[at] === '\\' ? readCharacter(written, at) : [written.charCodeAt(at), at + 1]
      if (octet < 0) this.fail(`a backslash before what it does not go with: ${harmless(text)}`)
      octets += String.fromCharCode(octet & 255)
      at = next
    }
    if (octets.length > 255) this.fail('a text has more than 255 octets; write it as several, each in its quotes')
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
    case 'SOA': {
      const { primary, mailbox, serial, refresh, retry, expire, minimum } = record
      return `${primary}. ${mailbox}. ${serial} ${refresh} ${retry} ${expire} ${minimum}`
    }
  }
}
