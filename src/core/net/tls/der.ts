/**
 * The distinguished encoding of ASN.1 (X.690): tag, length, value, one inside the other. As much of it as a certificate
 * needs, both ways.
 */
import { MONTHS, asctime, daysSince1970 } from '../../message/date.ts'
import type { Octets } from '../../bytes/octets.ts'
import { utf8Octets } from '../../bytes/utf8.ts'
import type { Millis } from '../../terms.ts'

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OID = 0x06
export const SEQUENCE = 0x30
export const SET = 0x31
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

export function der(tag: number, ...parts: Octets[]): Octets {
  const content = parts.join('')
  let length = ''
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256))
    length = String.fromCharCode(rest & 255) + length
  const short = content.length < 128
  return (
    String.fromCharCode(tag) +
    (short ? String.fromCharCode(content.length) : String.fromCharCode(0x80 | length.length) + length) +
    content
  )
}

/** Context-specific and constructed: `[n]`, explicit. */
export const tagged = (n: number): number => 0xa0 | n

export function oid(dotted: string): Octets {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (n: number): Octets => {
    let octets = String.fromCharCode(n & 127)
    for (let more = n >>> 7; more > 0; more >>>= 7) octets = String.fromCharCode(0x80 | (more & 127)) + octets
    return octets
  }
  return der(OID, [first * 40 + second, ...rest].map(base128).join(''))
}

/** A number that is not negative. */
export const integer = (octets: Octets): Octets => der(INTEGER, octets.charCodeAt(0) >= 0x80 ? `\0${octets}` : octets)

/** `unused` bits at the end count for nothing. */
export const bitString = (octets: Octets, unused = 0): Octets => der(BIT_STRING, String.fromCharCode(unused), octets)

export const utf8String = (text: string): Octets => der(UTF8_STRING, utf8Octets(text))

/** RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from then on. */
export function time(millis: Millis): Octets {
  const [, month = '', day = '', clock = '', year = ''] = asctime(millis, { minutes: 0, name: null }).split(/ +/)
  const two = (n: number | string) => String(n).padStart(2, '0')
  const rest = `${two(MONTHS.findIndex((name) => name === month) + 1)}${two(day)}${clock.replaceAll(':', '')}Z`
  return Number(year) >= 1950 && Number(year) < 2050
    ? der(UTC_TIME, year.slice(2) + rest)
    : der(GENERALIZED_TIME, year.padStart(4, '0') + rest)
}

/** Thrown by whoever reads what is no DER. */
export class NotDer extends Error {}

export interface Value {
  tag: number
  content: Octets
  /** Tag and length with it. */
  whole: Octets
}

/** The values that stand one behind the other. */
export class DerReader {
  private readonly octets: Octets
  private at = 0

  constructor(octets: Octets) {
    this.octets = octets
  }

  get ended(): boolean {
    return this.at >= this.octets.length
  }

  /** What comes next, if it has this tag. */
  maybe(tag: number): Value | null {
    return !this.ended && this.octets.charCodeAt(this.at) === tag ? this.any() : null
  }

  next(tag: number): Value {
    const value = this.maybe(tag)
    if (!value) throw new NotDer()
    return value
  }

  /** The values inside the next one. */
  inside(tag: number): DerReader {
    return new DerReader(this.next(tag).content)
  }

  any(): Value {
    const { octets, at } = this
    let from = at + 2
    let length = octets.charCodeAt(at + 1)
    if (length >= 0x80) {
      const count = length & 0x7f
      from += count
      if (count === 0 || count > 3 || from > octets.length) throw new NotDer()
      length = 0
      for (let k = at + 2; k < from; k++) length = length * 256 + octets.charCodeAt(k)
    }
    // A comparison with NaN, where the length itself is missing, is false.
    if (!(from + length <= octets.length)) throw new NotDer()
    this.at = from + length
    return { tag: octets.charCodeAt(at), content: octets.slice(from, this.at), whole: octets.slice(at, this.at) }
  }
}

export function readOid(content: Octets): string {
  const numbers: number[] = []
  let n = 0
  for (const octet of content) {
    const code = octet.charCodeAt(0)
    n = n * 128 + (code & 127)
    if (code >= 0x80) continue
    if (numbers.length === 0) {
      const first = Math.min(2, Math.floor(n / 40))
      numbers.push(first, n - first * 40)
    } else numbers.push(n)
    n = 0
  }
  return numbers.join('.')
}

/** UTCTime and GeneralizedTime, in UTC and with seconds, as RFC 5280 wants them. */
export function readTime({ tag, content }: Value): Millis {
  const short = tag === UTC_TIME
  const parts = (short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/).exec(
    content,
  )
  if (!parts || (!short && tag !== GENERALIZED_TIME)) throw new NotDer()
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number)
  const full = short ? year + (year < 50 ? 2000 : 1900) : year
  return (daysSince1970(full, month, day) * 86_400 + hour * 3600 + minute * 60 + second) * 1000
}
